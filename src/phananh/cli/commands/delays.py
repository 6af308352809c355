"""`phananh delays`: where the time of cases goes, in hours that passed (Art. 9, 12.1)."""

from typing import Literal

import click
from rich.text import Text

from phananh.cli.base import SENTENCES, RunContext, TranslatedCommand, shared_options
from phananh.cli.commands.report import find_period, period_options
from phananh.cli.database import open_desk
from phananh.cli.terminal import draw_svg, emit, make_table
from phananh.desk.recalculation import format_csv
from phananh.messages.labels import WORDS, capitalize, word
from phananh.office.delays import Delay, measure_delays
from phananh.office.report_sheet import format_number
from phananh.spreadsheet import to_text_cell

_FIELDS = ("group", "stage", "count", "median", "p90")
_BAR = 24  # columns of the longest bar
_WIDE = 110  # columns of a picture


@click.command("delays", cls=TranslatedCommand, help="delays.help")
@period_options
@click.option("--by", type=click.Choice(("unit", "kind")), default="unit", help="delays.by")
@click.option(
    "--format", "form", type=click.Choice(("text", "csv", "json", "svg")), default="text",
    help="delays.format",
)  # fmt: skip
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, month: str | None, since: str | None, before: str | None,
    by: Literal["unit", "kind"], form: str,
) -> int:  # fmt: skip
    """Print how long each stage took."""
    first, last = find_period(month, since, before)
    with open_desk(context, hours="A", at=None) as desk:
        found = measure_delays(desk, since=first, before=last, by=by)
    context.json = context.json or form == "json"
    if form == "csv":
        rows = (
            (to_text_cell(each.group or ""), each.stage, str(each.count),
             f"{each.median:.2f}", f"{each.p90:.2f}")
            for each in found
        )  # fmt: skip
        context.write(format_csv((_FIELDS, *rows)), nl=False)
        return 0
    longest = max((each.p90 for each in found), default=0) or 1
    heads = ("group", "stage", "number", "median", "p90", "")
    table = make_table(context, heads, [_list_cells(context, each, longest) for each in found])
    title = context.say("delays.title", since=first, before=last)
    if form == "svg":
        context.write(draw_svg(table, title=title, width=_WIDE))
    else:
        emit(context, found, (title, table))
    return 0


def _list_cells(context: RunContext, delay: Delay, longest: float) -> tuple[str | Text, ...]:
    """Return a line of the table. Its bar is full to the median, and light from there to 90 %."""
    group = delay.group or context.say("delays.nobody")
    if delay.group == "*":
        group = context.say("delays.all")
    elif group in WORDS["kind"]:
        group = capitalize(word("kind", group, context.lang))
    hours = (delay.median, delay.p90)
    half, most = (round(_BAR * each / longest) for each in hours)
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
        "Thời gian xử lý: số giờ (kể cả ngoài giờ làm việc) đến phản hồi đầu tiên, ở bộ phận một "
        "cửa, ở cơ quan, đơn vị và đến khi trả lời: trung vị và bách phân vị 90.",
        "Where time goes: hours that passed to the first word, with the officer, with the agency "
        "and to the answer, as median and 90th percentile.",
    ),
    "delays.by": ("Phân theo đơn vị hoặc loại nội dung.", "By unit or by kind."),
    "delays.format": ("Dạng kết quả.", "The form of the output."),
    "delays.title": (
        "Số giờ đã qua, từ {since} đến trước {before}", "Hours that passed, {since} to {before}",
    ),
    "delays.nobody": ("Tổng đài", "Hotline"),
    "delays.all": ("Tất cả", "All"),
    "kind.first_word": ("phản hồi lần đầu", "first word"),
    "kind.officer": ("ở bộ phận một cửa", "with the officer"),
    "kind.agency": ("ở cơ quan, đơn vị", "with the agency"),
    "kind.answer": ("đến khi trả lời", "to the answer"),
    "head.stage": ("Chặng", "Stage"),
    "head.number": ("Số lượng", "Number"),
    "head.median": ("Trung vị", "Median"),
    "head.p90": ("90%", "90 %"),
})  # fmt: skip
