"""`phananh between`: how much working time lies between two moments."""

from datetime import timedelta

import click

from phananh.cli.context import RunContext, speech_options
from phananh.cli.input.parsing import parse_instant
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.output.emit import emit
from phananh.cli.output.validity import warn_of_validity
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime.durations import format_duration

_MICRO = timedelta(microseconds=1)


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
    warn_of_validity(context, hours, min(first, last))
    worked = calendar.between(first, last)
    data = {
        "a": first.isoformat(),
        "b": last.isoformat(),
        "worked_us": worked // _MICRO,
        "calendar": calendar.name,
        "version": calendar.version,
    }
    sign = "-" if worked < timedelta() else ""
    emit(context, [data], [sign + format_duration(abs(worked), context.lang)])
    return 0
