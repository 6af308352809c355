"""A report as an office hands it in: CSV, HTML for A4, and a workbook (Art. 12.1, 14, 15).

Rule 1: three tables have every count of a report and what is computed of it, in the order of
TABLES. The law prescribes no form, so these are the columns of Form 06 of Circular 01/2020/TT-VPCP
and what the Regulation asks for besides.
Rule 2: central bodies stand apart from those of the province (R30), if the desk has a directory.
Rule 3: in the workbook sums, shares and means are formulas, so that an office can correct a number.
"""

from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from html import escape
from io import BytesIO
from typing import Any

import attrs

from phananh.errors import check_language
from phananh.messages.labels import WORDS, capitalize, word
from phananh.messages.message import instant_text, say
from phananh.messages.texts import REPORT
from phananh.office.letters import Letterhead
from phananh.office.report import COUNTS, OF_HOLDERS, RATIOS, SUMS, Report, ReportRow
from phananh.spreadsheet import format_csv, open_workbook, to_text_cell

# Each table with the heads of its columns, and the counts under each.
TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "cases": {
        "received": ("carried_over", "received", "known"),
        "done": (
            "refused", "withdrawn", "answered_in_time", "answered_late", "done", "done_share",
        ),
        "open": ("open_in_time", "open_late", "open"),
    },
    "limits": {
        "limits": (
            "met", "late_officer", "late_agency", "late_other", "limits", "in_time_share", "points",
        ),
        "besides": ("late_as_promised", "entered_late", "lifted"),
        "cautions": ("waiting", "silent", "unit_not_told"),
    },
    "contact": {
        "appointments": (
            "sent_back", "put_off", "rescheduled", "rescheduled_days", "kept", "missed",
        ),
        "first_word": ("first_words", "first_word_hours", "first_word_mean"),
        "rating": ("rated", "stars", "stars_mean"),
        "after": ("published", "commended"),
    },
}  # fmt: skip
_SHARES = {"done_share", "in_time_share"}
_FINE = {"rescheduled_days", "first_word_hours", "first_word_mean", "stars_mean"}
_GREY = "#e7ecf2"
_FIRST_ROW, _HEADS = 8, 4  # of the workbook: above the tables, and above the lines of each
_LABEL = 38  # characters of a label in one line
_SHORT = 15  # lines of a table that stays on one page
_COLOURS = {
    "answered_in_time": "#2e7d5b", "open_in_time": "#a9cdb9", "refused": "#9aa5b1",
    "withdrawn": "#cfd6dd", "answered_late": "#c8553d", "open_late": "#eeb29f",
}  # fmt: skip


@attrs.frozen
class _Line:
    """A line of the tables: a section's head without a row, a row, or a sum. Rows are numbered."""

    kind: str
    label: str
    row: ReportRow | None = None
    number: int | None = None


@attrs.frozen(kw_only=True)
class ReportSheet:
    """A report in a language, with the letterhead of the office that hands it in.

    Without a letterhead its places are dotted lines.

    Example:
        >>> sheet = ReportSheet(report=make_report(desk, month="2025-04"), lang="en")
        >>> print(sheet.csv())
        Id,Kind,Central body,Carried over,Received,...
        information,Request for information,,0,1,...
        ,Total,,0,1,...
    """

    report: Report
    letterhead: Letterhead | None = None
    lang: str = attrs.field(default="vi", converter=check_language)

    def csv(self) -> str:
        """Return a line of CSV for each group, and one for all, with numbers as programs write."""
        slugs = [slug for table in self.find_tables().values() for slug in _list_slugs(table)]
        rows: list[list[Any]] = [[
            self.text("id"), self.list_texts()["group"], self.text("central"),
            *map(self.name_count, slugs),
        ]]  # fmt: skip
        for row in (*self.report.rows, self.report.total):
            named = (row.group or "", self.name_row(row), "x" if row.is_central else "")
            rows.append([
                *map(to_text_cell, named),
                *("" if each is None else round(each, 4) for each in map(row.find, slugs)),
            ])  # fmt: skip
        return format_csv(rows)

    def html(self) -> str:
        """Return a page that prints on A4 and needs no other file."""
        most = max(
            (row.rates["known"] or 0 for row in self.report.rows if row.group is not None),
            default=0,
        )
        facts = {name: escape(text) for name, text in self.list_texts().items()}
        return _PAGE.format(
            lang=self.lang,
            tables="\n".join(self._draw(*each, most) for each in self.find_tables().items()),
            **facts,
        )

    def xlsx(self) -> bytes:
        """Return a workbook: the report, a chart, and the cases behind each count if it has them.

        Raises:
            InputError: the extra `xlsx` is not installed.
        """
        file = BytesIO()
        with open_workbook(file, "report") as book:
            book.set_properties({
                "title": self.text("title"), "created": self.report.as_of.replace(tzinfo=None),
            })  # fmt: skip
            _Workbook(self, book).write()
        return file.getvalue()

    # What all of them say.

    def text(self, name: str, **facts: object) -> str:
        """Return a text of a report in its language."""
        return say(REPORT[name], self.lang, **facts)

    def name_count(self, slug: str) -> str:
        """Return the words for a count."""
        return capitalize(word("count", slug, self.lang))

    def name_row(self, row: ReportRow) -> str:
        """Return the words for a line: a name, an id, or what a slug means."""
        by = self.report.by
        if row is self.report.total:
            return self.text("total")
        if row.group is None:
            return self.text(f"none.{by}")
        known = WORDS.get("reason" if by == "ground" else by)
        return (
            row.name or row.group
            if known is None
            else capitalize(
                "; ".join(
                    say(known.get(slug, (slug, slug)), self.lang) for slug in row.group.split(", ")
                )
            )
        )

    def list_texts(self) -> dict[str, str]:
        """Return what stands above and below the tables."""
        report, head = self.report, self.letterhead
        period: dict[str, object] = {"since": report.since, "until": report.before}
        if report.since.time() == report.before.time() == time.min:
            period = {
                "since": report.since.date(),
                "until": report.before.date() - timedelta(days=1),
            }
        as_of = self.text("as_of", at=instant_text(report.as_of, self.lang, in_cell=True))
        if report.entered_after:
            as_of += f" ({self.text('entered_after', n=report.entered_after)})"
        names = (
            "nation", "motto", "title", "decision", "measure", "notes", "writer", "sign", "seal",
        )  # fmt: skip
        place = (head.place if head else "") or "..............."
        return {
            **{name: self.text(name) for name in names},
            "by": self.text("by", by=self.text(f"by.{report.by}")),
            "group": capitalize(self.text(f"by.{report.by}")),
            "period": self.text("period", **period),
            "as_of": as_of,
            "dated": self.text("dated", place=place, year=str(report.as_of.year)),
            "parent": (head.parent if head else "").upper(),
            "body": (head.body if head else "").upper(),
            "signer": head.signer if head else "",
            "signer_title": (head.signer_title.upper() if head else "") or self.text("signer"),
        }

    def find_tables(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return TABLES, without the points of what is not assessed."""
        left_out = () if self.report.by in OF_HOLDERS else ("points",)
        return {
            name: {head: tuple(x for x in slugs if x not in left_out) for head, slugs in t.items()}
            for name, t in TABLES.items()
        }

    def list_lines(self) -> list[_Line]:
        """Return the lines of each table, central bodies apart (R30)."""
        central = [row for row in self.report.rows if row.is_central]
        own = [row for row in self.report.rows if not row.is_central]
        lines, number = list[_Line](), 0
        for section, rows in (("own", own), ("central", central)):
            if central and rows:
                lines.append(_Line("section", self.text(f"section.{section}")))
            for row in rows:
                number += 1
                lines.append(_Line("row", self.name_row(row), row, number))
            if central and rows:
                summed = ReportRow(
                    group=None,
                    counts={name: sum(row.counts[name] for row in rows) for name in COUNTS},
                )
                lines.append(_Line("subtotal", self.text("subtotal"), summed))
        return [*lines, _Line("total", self.text("total"), self.report.total)]

    # The page.

    def _draw(self, name: str, table: dict[str, tuple[str, ...]], most: float) -> str:
        slugs, has_bars, lines = _list_slugs(table), name == "cases", self.list_lines()
        size = "short" if len(lines) <= _SHORT else "long"
        bars = f'<th rowspan="2" class="bar">{escape(self.text("chart"))}</th>' if has_bars else ""
        over = "".join(
            f'<th colspan="{len(part)}">{escape(self.text(f"head.{head}"))}</th>'
            for head, part in table.items()
        )
        under = "".join(f"<th>{escape(self.name_count(slug))}</th>" for slug in slugs)
        signs = "".join(f"<td>{each}</td>" for each in ("A", "B", *_list_signs(slugs)))
        legend, widest = "", most if has_bars else None
        if has_bars:
            named = (
                f'<span><i style="background:{colour}"></i>{escape(self.name_count(slug))}</span>'
                for slug, colour in _COLOURS.items()
            )
            legend = f'\n<p class="legend">{" ".join(named)}</p>'
        body = "\n".join(self._draw_line(line, slugs, widest) for line in lines)
        return (
            f'<section class="{size}"><h2>{escape(self.text(f"table.{name}"))}</h2>\n<table><thead>'
            f'<tr><th rowspan="2" class="no">{escape(self.text("no"))}</th>'
            f'<th rowspan="2" class="name">{escape(self.list_texts()["group"])}</th>'
            f"{over}{bars}</tr><tr>{under}</tr>"
            f'<tr class="signs">{signs}{"<td></td>" if has_bars else ""}</tr></thead>\n'
            f"<tbody>\n{body}\n</tbody></table>{legend}</section>"
        )

    def _draw_line(self, line: _Line, slugs: Sequence[str], most: float | None) -> str:
        row, label = line.row, f"<th>{escape(line.label)}</th>"
        if row is None:
            return (
                f'<tr class="section"><td></td><th colspan="{len(slugs) + 1 + (most is not None)}">'
                f"{escape(line.label)}</th></tr>"
            )
        cells = "".join(
            f'<td data-label="{escape(self.name_count(slug))}">{self.format_value(slug, row)}</td>'
            for slug in slugs
        )
        bar = ""
        if most is not None:
            most = max(most, row.rates["known"] or 0)
            parts = (
                f'<i style="background:{colour};width:{100 * row.counts[slug] / most:.2f}%"></i>'
                for slug, colour in _COLOURS.items()
                if row.counts[slug]
            )
            bar = f'<td class="bar">{"".join(parts) if line.kind == "row" else ""}</td>'
        return f'<tr class="{line.kind}"><td>{line.number or ""}</td>{label}{cells}{bar}</tr>'

    def format_value(self, slug: str, row: ReportRow) -> str:
        """Return a number as people write it in the language: `1.234` or `97,5%` in Vietnamese.

        A unit or person without a limit has `-` for points.
        """
        if (value := row.find(slug)) is None:
            return "-" if slug == "points" and row.group else ""
        if slug in _SHARES:
            return format_number(value * 100, self.lang, decimals=1) + "%"
        return (
            format_number(value, self.lang, decimals=1 if slug in _FINE else 0)
            if value or slug == "points"
            else "-"
        )


def format_number(value: float, lang: str, *, decimals: int) -> str:
    """Return a number with these decimals, as `1.234,5` in Vietnamese."""
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def _list_slugs(table: dict[str, tuple[str, ...]]) -> list[str]:
    return [slug for part in table.values() for slug in part]


def _list_signs(slugs: Sequence[str]) -> Iterator[str]:
    """Yield the number of each column, and how it follows from others: `3=1+2`, `9=8:3`."""
    at = {slug: str(n) for n, slug in enumerate(slugs, 1)}
    for slug in slugs:
        parts, joined = (SUMS[slug], "+") if slug in SUMS else (RATIOS.get(slug, ()), ":")
        named = [at[part] for part in parts if part in at]
        yield f"{at[slug]}={joined.join(named)}" if named and len(named) == len(parts) else at[slug]


class _Workbook:
    """The workbook of a report while it is written. A long one has a sheet for each table."""

    def __init__(self, sheet: ReportSheet, book: Any) -> None:
        self.sheet, self.book, self.lines = sheet, book, sheet.list_lines()
        self.tables, self.said = sheet.find_tables(), sheet.list_texts()
        self.is_long, self.end = len(self.lines) > _SHORT, _FIRST_ROW
        # Where each count is: the row of the first line, and the column.
        self.at: dict[str, tuple[int, int]] = {}
        for name, table in self.tables.items():
            self.end = 0 if self.is_long and name != "cases" else self.end
            for column, slug in enumerate(_list_slugs(table), 2):
                self.at[slug] = self.end + _HEADS, column
            self.end += _HEADS + len(self.lines) + 1
        self.last = max(column for _, column in self.at.values())
        self.page = self._add_page(sheet.text("report"), is_whole=not self.is_long)

    def _add_page(self, name: str, *, is_whole: bool) -> Any:
        """Add a sheet as wide as a page of A4, and no longer than one if it is whole."""
        page = self.book.add_worksheet(name)
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, int(is_whole))
        page.center_horizontally()
        page.set_footer("&C&P/&N")
        return page

    def _form(self, **options: Any) -> Any:
        return self.book.add_format(
            {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter", **options}
        )

    def _span(
        self, page: Any, row: int, columns: tuple[int, int], text: str, **options: Any
    ) -> None:
        page.merge_range(
            row, columns[0], row, columns[1], text, self._form(**{"align": "center", **options})
        )

    def write(self) -> None:
        """Write the report, then a chart, and the cases if there are any."""
        said, end, whole = self.said, self.end, (0, self.last)
        left, right = (0, 3), (self.last - 5, self.last)
        period = f"{said['period']}. {said['as_of']}."
        bold, italic = {"bold": True}, {"italic": True}
        texts: tuple[tuple[int, tuple[int, int], str, dict[str, Any]], ...] = (
            (0, left, said["parent"], {}),
            (0, right, said["nation"], bold),
            (1, left, said["body"], bold),
            (1, right, said["motto"], {**bold, "underline": 1}),
            (3, whole, said["title"], {**bold, "font_size": 14}),
            (4, whole, said["by"], bold),
            (5, whole, said["decision"], italic),
            (6, whole, period, italic),
            (7, right, said["measure"], {**italic, "align": "right"}),
            (end, right, said["dated"], italic),
            (end + 9, whole, said["notes"], {**italic, "align": "left"}),
            (end + 1, left, said["writer"], bold),
            (end + 1, right, said["signer_title"], bold),
            (end + 2, left, said["sign"], italic),
            (end + 2, right, said["seal"], italic),
            (end + 7, right, said["signer"], bold),
        )
        first = self.page
        for n, (name, table) in enumerate(self.tables.items(), 1):
            if self.is_long and n > 1:
                self.page = self._add_page(f"{self.sheet.text('report')} {n}", is_whole=False)
            self._write_table(name, table)
        for row, columns, text, style in texts:
            self._span(first if row < _FIRST_ROW else self.page, row, columns, text, **style)
        self._write_chart()
        if self.sheet.report.total.cases:
            self._write_cases()

    def _write_table(self, name: str, table: dict[str, tuple[str, ...]]) -> None:
        sheet, page, slugs = self.sheet, self.page, _list_slugs(table)
        first, column = self.at[slugs[0]]
        page.set_landscape()
        page.set_column(0, 0, 5)
        page.set_column(1, 1, _LABEL)
        page.set_column(2, self.last, 10)
        top, style = first - _HEADS, {"border": 1, "bold": True, "bg_color": _GREY}
        head = self._form(**style, text_wrap=True, align="center")
        if self.is_long:
            page.repeat_rows(top + 1, top + 3)
        page.write(top, 0, sheet.text(f"table.{name}"), self._form(bold=True, font_size=12))
        page.merge_range(top + 1, 0, top + 2, 0, sheet.text("no"), head)
        page.merge_range(top + 1, 1, top + 2, 1, self.said["group"], head)
        for group, part in table.items():
            self._span(
                page, top + 1, (column, column + len(part) - 1), sheet.text(f"head.{group}"),
                **style,
            )  # fmt: skip
            column += len(part)
        page.set_row(top + 2, 64)
        page.write_row(top + 2, 2, map(sheet.name_count, slugs), head)
        page.write_row(
            top + 3,
            0,
            ("A", "B", *_list_signs(slugs)),
            self._form(border=1, align="center", italic=True, font_size=9),
        )
        for at, line in enumerate(self.lines):
            style = {"border": 1, "bold": line.kind != "row"}
            page.set_row(first + at, 17 * (1 + len(line.label) // (_LABEL + 6)))
            page.write(first + at, 0, line.number, self._form(align="center", **style))
            page.write(first + at, 1, line.label, self._form(text_wrap=True, **style))
            for slug in slugs:
                self._write_count(slug, at, style)

    def _write_count(self, slug: str, at: int, style: dict[str, Any]) -> None:
        row, formula, place = self.lines[at].row, self._find_formula(slug, at), self._cell(slug, at)
        number = "#,##0.0" if slug in _FINE else "#,##0"
        shown = f'{number}_);-{number}_);"-"_)'  # a margin, as wide as a bracket
        shown = "0.0%_)" if slug in _SHARES else "0_)" if slug == "points" else shown
        form = self._form(align="right", num_format=shown, **style)
        value = None if row is None else row.find(slug)
        if row is None or formula is None:
            self.page.write(place, value, form)
        else:
            self.page.write_formula(
                place, formula, form, self.sheet.format_value(slug, row) if value is None else value
            )

    def _find_formula(self, slug: str, at: int) -> str | None:
        """Return the formula of a cell, or None if it is a number that was counted."""
        cells = {name: self._cell(name, at) for name in self.at}
        if slug in SUMS:
            return "=" + "+".join(cells[part] for part in SUMS[slug])
        if slug in RATIOS:
            part, whole = RATIOS[slug]
            return f'=IF({cells[whole]}=0,"",{cells[part]}/{cells[whole]})'
        if slug == "points":
            share = cells["in_time_share"]
            score = f'IF({cells["limits"]}=0,"-",IF({share}=1,2,IF({share}>=0.9,1,0)))'
            row = self.lines[at].row
            if row is None or row.group is None:
                return None
            if row.counts["open_late"] and not row.is_prolonged:  # others are late
                return f"={score}"
            return f"=IF('{self.sheet.text('report')}'!{cells['open_late']}>0,0,{score})"
        kinds = [line.kind for line in self.lines[:at]]
        kind = self.lines[at].kind
        if kind == "row" or not kinds:
            return None
        # Sums of sections do not count again in the sum of all.
        start = at - kinds[::-1].index("section") if kind == "subtotal" else 0
        added = f"{self._cell(slug, start)}:{self._cell(slug, at - 1)}"
        return f"=SUBTOTAL(9,{added})" if "section" in kinds else f"=SUM({added})"

    def _cell(self, slug: str, at: int) -> str:
        row, column = self.at[slug]
        return f"{chr(ord('A') + column)}{row + at + 1}"

    def _write_chart(self) -> None:
        """Draw the outcomes of each group, or of those of the province, from the report's cells."""
        report, (first, _) = self.sheet.text("report"), self.at["known"]
        shown = [
            first + at
            for at, line in enumerate(self.lines)
            if line.kind == "row" and line.row and not line.row.is_central and line.row.group
        ]
        if not shown:
            return
        page, chart = (
            self._add_page(self.sheet.text("chart"), is_whole=True),
            self.book.add_chart({"type": "bar", "subtype": "stacked"}),
        )
        for slug, colour in _COLOURS.items():
            column = self.at[slug][1]
            chart.add_series({
                "name": self.sheet.name_count(slug),
                "categories": [report, shown[0], 1, shown[-1], 1],
                "values": [report, shown[0], column, shown[-1], column],
                "fill": {"color": colour}, "gap": 40,
            })  # fmt: skip
        chart.set_title(
            {"name": f"{self.said['by']}. {self.said['period']}", "name_font": {"size": 11}}
        )
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#d5dbe1"}}})
        chart.set_y_axis({"reverse": True, "interval_unit": 1})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 740, "height": 200 + 24 * len(shown)})
        page.insert_chart(0, 0, chart)

    def _write_cases(self) -> None:
        """Name the cases behind each count, a line each."""
        sheet, page = self.sheet, self._add_page(self.sheet.text("cases"), is_whole=False)
        found = [
            (sheet.name_row(row), sheet.name_count(slug), case)
            for row in sheet.report.rows
            for slug in COUNTS
            for case in row.cases.get(slug, ())
        ]
        heads = (self.said["group"], sheet.text("counted"), sheet.text("case"))
        page.set_column(0, 2, _LABEL)
        page.write_row(0, 0, heads, self._form(bold=True, border=1))
        for n, texts in enumerate(found, 1):
            page.write_row(n, 0, texts)
        page.autofilter(0, 0, len(found), 2)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)


_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
@page {{ size: A4 landscape; margin: 10mm; }}
body {{ font: 10.5pt/1.3 "Times New Roman", Tinos, "Liberation Serif", serif; color: #000; }}
@media screen {{ body {{ max-width: 277mm; margin: 10mm auto; padding: 0 5mm; }} }}
.ends {{ display: flex; justify-content: space-between; text-align: center; }}
.ends > div {{ min-width: 40%; white-space: pre-line; }}
.motto {{ border-bottom: 1px solid; padding-bottom: 1pt; }}
h1 {{ font-size: 14pt; text-align: center; margin: 14pt 0 0; }}
.about {{ text-align: center; white-space: pre-line; margin: 2pt 0 0; }}
.measure {{ text-align: right; font-style: italic; margin: 0; }}
h2 {{ font-size: 11.5pt; margin: 7pt 0 2pt; break-after: avoid; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 9pt; }}
th, td {{ border: 1px solid #777; padding: 1.2pt 3pt; line-height: 1.2; }}
thead th {{ background: #e7ecf2; padding: 1pt; font-size: 8pt; print-color-adjust: exact; }}
tbody th {{ text-align: left; font-weight: normal; }}
td {{ text-align: right; font-variant-numeric: tabular-nums; }}
td:first-child, .signs td {{ text-align: center; }}
.signs td {{ font: italic 7pt/1 sans-serif; color: #444; }}
tr {{ break-inside: avoid; }}
.total *, .subtotal *, .section th {{ font-weight: bold; }}
.no {{ width: 8mm; }} .name {{ width: 52mm; }} th.bar {{ width: 34mm; }}
td.bar {{ text-align: left; white-space: nowrap; padding: 0; }}
.bar i, .legend i {{ display: inline-block; height: 8pt; print-color-adjust: exact; }}
.legend {{ font-size: 9pt; margin: 3pt 0; }} .legend span {{ margin-right: 10pt; }}
.legend i {{ width: 8pt; margin-right: 3pt; }}
.short {{ break-inside: avoid; }}
.foot {{ margin-top: 12pt; break-inside: avoid; }}
.foot b:last-child {{ display: block; margin-top: 20mm; }}
@media screen and (max-width: 48em) {{
  thead, tbody td:first-child, td.bar {{ display: none; }}
  .ends, table, tbody, tr, tbody th {{ display: block; }}
  .ends > div, tr {{ margin-bottom: 8pt; }}
  tbody th {{ font-weight: bold; }}
  tbody td {{ display: flex; justify-content: space-between; gap: 8pt; }}
  td::before {{ content: attr(data-label); text-align: left; }}
}}
</style>
</head>
<body>
<div class="ends"><div>{parent}
<b>{body}</b></div><div><b>{nation}</b>
<b class="motto">{motto}</b></div></div>
<h1>{title}</h1>
<p class="about"><b>{by}</b>
<i>{decision}</i>
<i>{period}. {as_of}.</i></p>
<p class="measure">{measure}</p>
{tables}
<p><i>{notes}</i></p>
<div class="ends foot"><div>
<b>{writer}</b>
<i>{sign}</i></div><div><i>{dated}</i>
<b>{signer_title}</b>
<i>{seal}</i><b>{signer}</b></div></div>
</body>
</html>
"""
