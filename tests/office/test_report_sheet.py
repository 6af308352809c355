"""A report is handed in as CSV, a page and a workbook (Art. 12.1, 14, 15)."""

import csv
import re
from io import BytesIO, StringIO
from typing import Any

import attrs
import pytest
from openpyxl import load_workbook

from phananh import Desk
from phananh.messages.labels import words
from phananh.office import Directory, Letterhead, Report, ReportSheet, make_report
from phananh.office.report import BREAKDOWNS, COUNTS, ReportRow
from phananh.office.report_sheet import TABLES
from tests.desk import people as p

MARCH = p.MORNING.replace(day=1, hour=0)
APRIL = MARCH.replace(month=4)
HEAD = Letterhead(
    body="Trung tâm mẫu",
    parent="Văn phòng mẫu",
    place="Hòa Bình",
    signer="Người Ký Mẫu",
    signer_title="Giám đốc mẫu",
)
UNITS = (
    {"id": "U-1", "name": "Sở <Mẫu>", "kind": "department"},
    {"id": "U-2", "name": "=Công an mẫu", "kind": "central"},
    {"id": "U-3", "name": "Bộ phận một cửa mẫu", "kind": "one_stop"},
)


@pytest.fixture(scope="module")
def report() -> Report:
    """Return a report by unit of four cases: one answered late, two open, one refused."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    asked, refused = p.with_agency(desk, hand), p.a_case(desk)
    desk.reject(refused, reasons=["unclear", "outside_article_4"], guidance="x", by=p.OPERATOR)
    p.with_officer(desk)
    hand.at = asked.due + p.HOUR
    desk.report_findings(asked.id, text="x", by=p.AGENCY)
    desk.answer(asked.id, text="x", by=p.OFFICER)
    p.a_case(desk)
    named = Desk(store=desk.store, clock=hand, directory=Directory.read(units=UNITS))
    return make_report(named, since=MARCH, before=APRIL, by="unit", with_cases=True)


class Cell(float):
    """A number of a cell. What is divided by nothing is not shown."""

    def __truediv__(self, other: float) -> float:
        """Return the quotient, or 0."""
        return float(self) / other if other else 0.0


def compute(sheet: Any, cell: str) -> float:
    """Return what a cell of the workbook computes to, from the numbers that were counted."""
    value = sheet[cell].value
    if not isinstance(value, str):
        return value or 0
    if found := re.fullmatch(r"=(SUM|SUBTOTAL)\((?:9,)?([A-Z])(\d+):[A-Z](\d+)\)", value):
        cells = [f"{found[2]}{row}" for row in range(int(found[3]), int(found[4]) + 1)]
        # As a spreadsheet does: a subtotal leaves out those within it.
        return sum(compute(sheet, each) for each in cells if "SUB" not in str(sheet[each].value))
    code = re.sub(r"[A-Z]\d+", lambda each: f"Cell({compute(sheet, each[0])})", value[1:])
    known = {"Cell": Cell, "IF": lambda test, yes, no: yes if test else no}
    return eval(re.sub("(?<![<>])=", "==", code), known) or 0  # noqa: S307  # our own formulas


def test_a_workbook_computes_what_was_counted(report: Report) -> None:
    """Its formulas give the numbers of the report, for each line, each section and in all."""
    file = ReportSheet(report=report, letterhead=HEAD).xlsx()
    sheet = load_workbook(BytesIO(file))["Báo cáo"]
    shown = load_workbook(BytesIO(file), data_only=True)["Báo cáo"]
    named = [cell.row for cell in sheet["B"] if cell.value == "Tổng cộng"]
    formulas = 0
    for last, table in zip(named, TABLES.values(), strict=True):
        for column, slug in enumerate((slug for part in table.values() for slug in part), 3):
            cell = sheet.cell(last, column)
            wanted = report.total.find(slug) or 0
            assert compute(sheet, cell.coordinate) == pytest.approx(wanted), slug
            assert (shown.cell(last, column).value or 0) == pytest.approx(wanted), slug
            formulas += cell.data_type == "f"
    assert formulas == sum(len(part) for table in TABLES.values() for part in table.values()) - 1
    texts = {str(cell.value) for row in sheet for cell in row}
    assert {"VĂN PHÒNG MẪU", "TRUNG TÂM MẪU", "Người Ký Mẫu", "NGƯỜI LẬP BIỂU", "3=1+2"} <= texts
    assert {"Cơ quan Trung ương trên địa bàn", "=Công an mẫu"} <= texts
    assert not [
        cell for row in sheet for cell in row if cell.data_type == "f" and "Công" in cell.value
    ]


def test_a_workbook_takes_no_points_for_the_lateness_of_another(report: Report) -> None:
    """R51: who has a case that was late before has the points in the formula too."""
    counts = dict.fromkeys(COUNTS, 0) | {"met": 1, "open_late": 1}
    made = attrs.evolve(report, rows=(ReportRow(group="U-1", counts=counts),))
    sheet = load_workbook(BytesIO(ReportSheet(report=made).xlsx()))["Báo cáo"]
    _, line, _ = (cell.row for cell in sheet["B"] if cell.value == "Tổng cộng")
    column = [slug for part in TABLES["limits"].values() for slug in part].index("points") + 3
    assert compute(sheet, sheet.cell(line - 1, column).coordinate) == 2


def test_a_long_workbook_repeats_the_heads_of_each_table(report: Report) -> None:
    """Each table has a sheet of its own. Without a limit to assess a unit has a dash for points."""
    idle = [
        ReportRow(group=f"U-{n}", name=f"Xã mẫu {n}", counts=dict.fromkeys(COUNTS, 0))
        for n in range(10, 30)
    ]
    long = attrs.evolve(report, rows=(*report.rows, *idle))
    book = load_workbook(BytesIO(ReportSheet(report=long).xlsx()))
    assert book.sheetnames == ["Báo cáo", "Báo cáo 2", "Báo cáo 3", "Biểu đồ", "PAKN"]
    assert [sheet.print_title_rows for sheet in book] == [
        "$10:$12", "$2:$4", "$2:$4", None, "$1:$1",
    ]  # fmt: skip
    assert book["Biểu đồ"].page_setup.fitToHeight != 0, "which is any number of pages"
    points = [cell for cell in book["Báo cáo 2"]["I"][4:] if cell.value]
    assert points[0].value.startswith("=IF('Báo cáo'!M14>0,0,IF(")
    assert len(points) == len(UNITS) - 1 + len(idle), "of no sum"
    sheet = ReportSheet(report=long)
    found = [sheet.format_value("points", row) for row in (*report.rows, idle[0], long.total)]
    assert found == ["0", "0", "", "-", ""]


def test_a_workbook_has_a_chart_and_the_cases(report: Report) -> None:
    """The chart is of the units of the province, and each case stands beside what counts it."""
    book = load_workbook(BytesIO(ReportSheet(report=report).xlsx()))
    assert book.sheetnames == ["Báo cáo", "Biểu đồ", "PAKN"]
    (chart,) = book["Biểu đồ"]._charts
    assert len(chart.series) == 6
    rows = [tuple(cell.value for cell in row) for row in book["PAKN"].iter_rows(min_row=2)]
    assert len(rows) == sum(len(each) for row in report.rows for each in row.cases.values())
    (late,) = report.total.cases["late_agency"]
    label = "Trễ hạn của cơ quan, đơn vị (khoản 2 Điều 9)"
    assert [row for row in rows if row[1] == label] == [("=Công an mẫu", label, late)]


def test_csv_has_every_count(report: Report) -> None:
    """Each line has the numbers of its row, a central body is marked, and no cell is computed."""
    lines = list(csv.DictReader(StringIO(ReportSheet(report=report, lang="en").csv())))
    assert [line["Unit"] for line in lines] == [
        "Sở <Mẫu>", "'=Công an mẫu", "Hotline / unknown unit", "Total",
    ]  # fmt: skip
    assert [line["Central body"] for line in lines] == ["", "x", "", ""]
    for line, row in zip(lines, (*report.rows, report.total), strict=True):
        for slug in COUNTS:
            label = words("count")[slug]
            assert float(line[label[:1].upper() + label[1:]]) == pytest.approx(
                row.counts[slug], abs=1e-4
            )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_shows_names_as_text(report: Report, lang: str) -> None:
    """The page has three tables, needs no other file, and a name in it is no markup."""
    page = ReportSheet(report=report, letterhead=HEAD, lang=lang).html()
    assert page.count("<table>") == 3
    assert "Sở &lt;Mẫu&gt;" in page
    assert not re.search(r"https?:|src=|@import|<Mẫu>", page)
    assert {"vi": "20,0%", "en": "20.0%"}[lang] not in page
    assert {"vi": "từ 01/03/2026 đến hết 31/03/2026", "en": "2026-03-01 to the end of 2026-03-31"}[
        lang
    ] in page


def test_every_breakdown_has_words(report: Report) -> None:
    """No line shows a slug, in either language, and a period of hours shows its hours."""
    desk = Desk(clock=p.Hand())
    refused = p.a_case(desk)
    desk.reject(refused, reasons=["unclear", "outside_article_4"], guidance="x", by=p.OPERATOR)
    p.with_officer(desk)
    for by in BREAKDOWNS:
        made = make_report(desk, since=p.MORNING, before=APRIL, by=by)
        for lang in ("vi", "en"):
            sheet = ReportSheet(report=made, lang=lang)
            labels = [sheet.name_row(row) for row in made.rows]
            assert not {"unclear, outside_article_4", "information", "phone", "None", ""} & {
                *labels
            }
            assert "08:00" in sheet.html() or "08 giờ 00" in sheet.html()
            assert "....." in sheet.html()


def test_a_report_of_nothing_can_be_handed_in() -> None:
    """Without a case the tables have one line, and the workbook no chart."""
    sheet = ReportSheet(report=make_report(Desk(), since=MARCH, before=APRIL))
    assert load_workbook(BytesIO(sheet.xlsx())).sheetnames == ["Báo cáo"]
    assert sheet.html().count("Tổng cộng") == 3
