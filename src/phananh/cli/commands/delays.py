"""`phananh delays`: where the time of cases goes, in working hours and in all (Art. 9, 12.1)."""

from typing import Literal

import click
from rich.text import Text

from phananh.cli.base import OK, SENTENCES, RunContext, TranslatedCommand, shared_options
from phananh.cli.commands.report import find_period, period_options
from phananh.cli.database import open_desk
from phananh.cli.input import hours_option
from phananh.cli.terminal import draw_svg, emit, make_table
from phananh.messages.labels import WORDS, capitalize, word
from phananh.office.delays import Delay, measure_delays
from phananh.office.report_sheet import format_number
from phananh.spreadsheet import format_csv, to_text_cell

_HOURS = ("working_median", "working_p90", "median", "p90")
_FIELDS = ("group", "stage", "count", "median", "p90", "working_median", "working_p90")
_BAR = 24  # columns of the longest bar
_WIDE = 150  # columns of a picture


@click.command("delays", cls=TranslatedCommand, help="delays.help")
@period_options
@click.option(
    "--by", type=click.Choice(("unit", "kind", "procedure")), default="unit", help="delays.by"
)
@click.option(
    "--format", "form", type=click.Choice(("text", "csv", "json", "svg")), default="text",
    help="delays.format",
)  # fmt: skip
@hours_option
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, month: str | None, since: str | None, before: str | None,
    by: Literal["unit", "kind", "procedure"], form: str, hours: str,
) -> int:  # fmt: skip
    """Print how long each stage took."""
    first, last = find_period(month, since, before)
    with open_desk(context, hours=hours, at=None) as desk:
        found = measure_delays(desk, since=first, before=last, by=by)
    context.json = context.json or form == "json"
    if form == "csv":
        rows = (
            (to_text_cell(each.group or ""), each.stage, str(each.count),
             *(f"{getattr(each, name):.2f}" for name in _FIELDS[3:]))
            for each in found
        )  # fmt: skip
        context.write(format_csv((_FIELDS, *rows)), nl=False)
        return OK
    longest = max((each.working_p90 for each in found), default=0) or 1
    heads = ("group", "stage", "number", *_HOURS, "")
    is_unit = by != "procedure"
    nobody = context.say("delays.nobody" if is_unit else "delays.no_procedure")
    cells = [_list_cells(context, each, longest, nobody) for each in found]
    table = make_table(context, heads, cells)
    title = context.say("delays.title", since=first, before=last, hours=hours)
    if form == "svg":
        context.write(draw_svg(table, title=title, width=_WIDE))
    else:
        emit(context, found, (title, table))
    return OK


def _list_cells(
    context: RunContext, delay: Delay, longest: float, nobody: str
) -> tuple[str | Text, ...]:
    """Return a line of the table, with a bar of working hours: light from the median to 90 %."""
    group = delay.group or nobody
    if delay.group == "*":
        group = context.say("delays.all")
    elif group in WORDS["kind"]:
        group = capitalize(word("kind", group, context.lang))
    hours = [getattr(delay, name) for name in _HOURS]
    half, most = (round(_BAR * each / longest) for each in hours[:2])
    numbers = (format_number(each, context.lang, decimals=1) for each in hours)
    return (
        group,
        context.say(f"kind.{delay.stage}"),
        Text(str(delay.count), justify="right"),
        *(Text(number, justify="right") for number in numbers),
        Text("█" * half + "░" * (most - half)),
    )


SENTENCES.update({
    "delays.help": (
        "Thời gian xử lý: số giờ làm việc và số giờ kể cả ngoài giờ làm việc, đến phản hồi đầu "
        "tiên, ở tổng đài, bộ phận một cửa, cơ quan, đơn vị và đến khi trả lời: trung vị và bách "
        "phân vị 90.",
        "Where time goes: working hours, and hours with nights and days off, to the first word, "
        "with operator, officer and agency, and to the answer, as median and 90th percentile.",
    ),
    "delays.by": ("Phân theo đơn vị, loại nội dung hoặc thủ tục.", "By unit, kind or procedure."),
    "delays.format": ("Dạng kết quả.", "The form of the output."),
    "delays.title": (
        "Số giờ làm việc (bộ giờ {hours}), và mọi giờ kể cả đêm và ngày nghỉ, từ {since} đến trước "
        "{before}",
        "Working hours (by {hours}), and all hours with nights and days off, {since} to {before}",
    ),
    "delays.nobody": ("Tổng đài / không rõ đơn vị", "Hotline / unknown unit"),
    "delays.no_procedure": ("Không nêu thủ tục", "No procedure"),
    "delays.all": ("Tất cả", "All"),
    "kind.first_word": ("phản hồi lần đầu", "first word"),
    "kind.operator": ("ở tổng đài", "with the operator"),
    "kind.officer": ("ở bộ phận một cửa", "with the officer"),
    "kind.agency": ("ở cơ quan, đơn vị", "with the agency"),
    "kind.answer": ("đến khi trả lời", "to the answer"),
    "head.stage": ("Chặng", "Stage"),
    "head.number": ("Số lượng", "Number"),
    "head.working_median": ("Trung vị, giờ làm việc", "Median, working h"),
    "head.working_p90": ("90%, giờ làm việc", "90 %, working h"),
    "head.median": ("Trung vị, mọi giờ", "Median, all h"),
    "head.p90": ("90%, mọi giờ", "90 %, all h"),
})  # fmt: skip
