"""`phananh report`: what a period counts, on the terminal or as a file (Art. 3.1, 12.1, 14, 15)."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path

import attrs
import click
from rich.console import RenderableType
from rich.text import Text

from phananh.cli.base import (
    OK,
    SENTENCES,
    CommandError,
    F,
    RunContext,
    TranslatedCommand,
    shared_options,
    to_json,
)
from phananh.cli.commands.letter import read_letterhead
from phananh.cli.database import open_desk
from phananh.cli.input import (
    TypedInstant,
    notices_option,
    parse_day,
    parse_day_or_instant,
    preset_option,
)
from phananh.cli.terminal import emit, make_table, write_file
from phananh.errors import short_repr
from phananh.office.directory import Directory
from phananh.office.report import BREAKDOWNS, OF_HOLDERS, By, ReportRow, make_report, parse_month
from phananh.office.report_sheet import ReportSheet
from phananh.regulation.cleaning import clean_instant
from phananh.worktime.instants import VIETNAM

_FORMATS = ("text", "csv", "json", "html", "xlsx")
# What each group shows on the terminal. The assessment (Art. 14) is of units and people.
_SHOWN = ("known", "done", "answered_late", "open", "open_late")
_ASSESSED = ("known", "done", "limits", "in_time_share", "points")


def period_options(command: F) -> F:
    """Add the options that name a period."""
    command = click.option("--before", metavar="TIME", help="period.before")(command)
    command = click.option("--since", metavar="TIME", help="period.since")(command)
    return click.option("--month", metavar="MONTH", help="period.month")(command)


@click.command("report", cls=TranslatedCommand, help="report.help")
@period_options
@click.option("--by", type=click.Choice(BREAKDOWNS), default="kind", help="report.by")
@click.option("--as-of", metavar="TIME", help="report.as_of")
@click.option("--cases", "with_cases", is_flag=True, help="report.cases")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="report.format")
@click.option("--out", metavar="FILE", help="report.out")
@click.option("--letterhead", "head", metavar="FILE", help="report.letterhead")
@click.option("--directory", metavar="FILE", help="report.directory")
@preset_option
@notices_option
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, month: str | None, since: str | None, before: str | None, by: By,
    as_of: str | None, with_cases: bool, form: str | None, out: str | None, head: str | None,
    directory: str | None, hours: str,
) -> int:  # fmt: skip
    """Print a report, or write it to a file."""
    first, last = find_period(month, since, before)
    ending = Path(out or "").suffix[1:]
    form = "json" if context.json else form or (ending if ending in _FORMATS else "text")
    if with_cases and form not in ("json", "xlsx"):
        raise CommandError("option_without_effect", name="--cases")
    if out is None and form == "xlsx":
        raise CommandError("report.no_file")
    letterhead = read_letterhead(head)[0] if head else None
    moment = None if as_of is None else _parse_moment("--as-of", as_of)
    people = Directory.read(directory) if directory else None
    with open_desk(context, hours=hours, at=None) as opened:
        desk = attrs.evolve(opened, directory=people)
        report = make_report(
            desk, since=first, before=last, by=by, as_of=moment, with_cases=with_cases
        )
    if report.entered_after:
        context.warn("report.entered_after", n=report.entered_after)
    sheet = ReportSheet(report=report, letterhead=letterhead, lang=context.lang)
    if form == "text" and out is None:
        emit(context, [], _list_tables(context, sheet))
        return OK
    makers: dict[str, Callable[[], str | bytes]] = {
        "csv": sheet.csv,
        "html": sheet.html,
        "xlsx": sheet.xlsx,
        "json": lambda: f"{to_json(report.as_dict())}\n",
    }
    if form not in makers:
        raise CommandError("report.no_format")
    made = makers[form]()
    if out is not None:
        write_file(out, made)
    else:
        context.write(str(made), nl=False)
    return OK


def find_period(
    month: str | None, since: str | None, before: str | None
) -> tuple[datetime, datetime]:
    """Return the beginning and the end of a month, or of a period between two moments."""
    if month is not None and (since or before):
        raise CommandError("option_without_effect", name="--month")
    if month is not None:
        try:
            first = parse_day(f"01/{month}" if "/" in month else f"{month}-01")
        except CommandError:
            raise CommandError("not_a_month", text=short_repr(month)) from None
        return parse_month(f"{first:%Y-%m}")
    if since is None or before is None:
        raise CommandError("period.missing")
    return _parse_moment("--since", since), _parse_moment("--before", before)


def _parse_moment(option: str, text: str) -> datetime:
    """Read a moment, or a day as its midnight."""
    said = parse_day_or_instant(text)
    at = said.at if isinstance(said, TypedInstant) else datetime.combine(said, time.min, VIETNAM)
    return clean_instant(at, field=option)


def _list_tables(context: RunContext, sheet: ReportSheet) -> Iterator[RenderableType]:
    """Yield the groups in short, then all that was counted."""
    report, said = sheet.report, sheet.list_texts()
    slugs = _ASSESSED if report.by in OF_HOLDERS else _SHOWN
    yield f"{said['by']}. {said['period']}. {said['as_of']}."
    rows: list[list[str | Text]] = [
        [line.label, *(_cell(sheet, slug, line.row) for slug in slugs)]
        for line in sheet.list_lines()
    ]
    yield make_table(context, ("group", *slugs), rows)
    for name, table in sheet.find_tables().items():
        yield from ("", sheet.text(f"table.{name}"))
        counted = [slug for part in table.values() for slug in part]
        every = [(sheet.name_count(slug), _cell(sheet, slug, report.total)) for slug in counted]
        yield make_table(context, ("count", "total"), every)
    yield from ("", said["notes"])


def _cell(sheet: ReportSheet, slug: str, row: ReportRow | None) -> Text:
    return Text("" if row is None else sheet.format_value(slug, row), justify="right")


SENTENCES.update({
    "report.help": (
        "Báo cáo tình hình tiếp nhận, xử lý phản ánh, kiến nghị trong một kỳ, trên màn hình hoặc "
        "ra tệp CSV, JSON, HTML (khổ A4) hay XLSX.",
        "What came in a period and what became of it, on the terminal or as a file: CSV, JSON, "
        "HTML for A4, or XLSX.",
    ),
    "period.month": ("Tháng báo cáo, ví dụ 04/2025.", "The month, such as 2025-04."),
    "period.since": ("Từ ngày hoặc thời điểm này.", "From this day or moment on."),
    "period.before": (
        "Đến trước ngày hoặc thời điểm này.", "Up to this day or moment, without it.",
    ),
    "not_a_month": (
        "{text} không phải tháng; viết như 04/2025 hoặc 2025-04",
        "{text} is not a month. Write it like 2025-04 or 04/2025",
    ),
    "period.missing": (
        "chưa nêu kỳ báo cáo; dùng --month, hoặc cả --since và --before",
        "no period is named. Give --month, or --since and --before.",
    ),
    "report.by": (
        "Phân theo loại nội dung (kind), hình thức (channel), đơn vị (unit), người xử lý (officer) "
        "hoặc lý do không tiếp nhận (ground).",
        "A line for each kind, channel, unit, officer or ground of refusal.",
    ),
    "report.as_of": (
        "Số liệu đã nhập đến thời điểm này; mặc định là cuối kỳ.",
        "What was entered by then. The default is the end of the period.",
    ),
    "report.cases": (
        "Kèm mã PAKN của từng số liệu (JSON, XLSX).",
        "Name the cases behind each count (JSON, XLSX).",
    ),
    "report.format": (
        "Dạng kết quả; mặc định theo tên tệp của --out, hoặc là bảng trên màn hình.",
        "The form. By default that of the file of --out, or tables on the terminal.",
    ),
    "report.out": ("Ghi ra tệp này.", "Write it to this file."),
    "report.letterhead": (
        "Tệp TOML về cơ quan báo cáo, như của phananh letter.",
        "The office that reports, in TOML, as for phananh letter.",
    ),
    "report.directory": (
        "Danh bạ cơ quan và cán bộ, để nêu tên và tách cơ quan Trung ương.",
        "The directory of bodies and people, which gives names and shows central bodies apart.",
    ),
    "report.entered_after": (
        "{n} PAKN có bước xử lý trong kỳ nhưng nhập vào sau thời điểm tính số liệu nên chưa được "
        "tính; muốn tính cả, hãy dùng --as-of THỜI-ĐIỂM",
        "{n} cases have steps of that time that were entered after the report's moment, and are "
        "not counted. Give a later --as-of TIME to count them.",
    ),
    "report.no_file": ("dạng xlsx cần --out TỆP", "xlsx needs --out FILE"),
    "report.no_format": (
        "tên tệp không cho biết dạng; dùng đuôi .csv, .json, .html hoặc .xlsx, hoặc --format",
        "the file has no known ending: .csv, .json, .html or .xlsx. Use one, or give --format.",
    ),
    "head.group": ("Phân theo", "Group"),
    "head.count": ("Chỉ tiêu", "Count"),
    "head.total": ("Tổng cộng", "Total"),
    "head.known": ("Tiếp nhận", "Known"),
    "head.done": ("Đã kết thúc xử lý", "Done"),
    "head.answered_late": ("Trả lời trễ", "Answered late"),
    "head.open": ("Đang giải quyết", "Open"),
    "head.open_late": ("Đang trễ hạn", "Open late"),
    "head.limits": ("Số thời hạn", "Limits"),
    "head.in_time_share": ("Đúng hạn", "Share in time"),
    "head.points": ("Điểm", "Points"),
})  # fmt: skip
