"""`phananh between`: how much working time lies between two moments."""

from datetime import timedelta

import click

from phananh.cli.base import OK, SENTENCES, RunContext, TranslatedCommand, speech_options
from phananh.cli.input import calendar_of, hours_option, parse_instant, warn_of_validity
from phananh.cli.terminal import emit
from phananh.worktime.durations import format_duration
from phananh.worktime.instants import VIETNAM


@click.command("between", cls=TranslatedCommand, help="between.help")
@click.argument("a")
@click.argument("b")
@hours_option
@speech_options
@click.pass_obj
def command(context: RunContext, *, a: str, b: str, hours: str) -> int:
    """Print the working time."""
    first, last = parse_instant(a).at, parse_instant(b).at
    calendar = calendar_of(hours)
    warn_of_validity(context, hours, min(first, last).astimezone(VIETNAM).date())
    worked = calendar.between(first, last)
    data = {
        "a": first.isoformat(),
        "b": last.isoformat(),
        "worked_us": worked // timedelta.resolution,
        "calendar": calendar.name,
        "version": calendar.version,
    }
    text = format_duration(abs(worked), context.lang)
    emit(context, [data], [text if worked >= timedelta() else f"-{text}"])
    return OK


SENTENCES.update({
    "between.help": (
        "Thời gian làm việc từ LÚC-ĐẦU đến LÚC-CUỐI, âm khi LÚC-CUỐI sớm hơn.",
        "Compute the working time between A and B, negative if B is earlier.",
    ),
})  # fmt: skip
