"""`phananh between`: how much working time lies between two moments."""

from datetime import timedelta

import click

from phananh.cli.context import RunContext, shared
from phananh.cli.input.parsing import instant
from phananh.cli.options.hours import calendar_of, hours_option, note_validity
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime.phrases import format_duration

_MICRO = timedelta(microseconds=1)


@click.command(
    "between", cls=TranslatedCommand,
    help="How much working time lies between A and B, negative when B is earlier.",
)  # fmt: skip
@click.argument("a")
@click.argument("b")
@hours_option
@shared
@click.pass_obj
def command(frame: RunContext, *, a: str, b: str, hours: str) -> int:
    """Print the working time."""
    first, last = instant(a).at, instant(b).at
    calendar = calendar_of(hours)
    note_validity(frame, hours, min(first, last))
    worked = calendar.between(first, last)
    if frame.json:
        found = {"a": first.isoformat(), "b": last.isoformat(), "worked_us": worked // _MICRO}
        frame.row({**found, "calendar": calendar.name, "version": calendar.version})
    else:
        sign = "-" if worked < _MICRO * 0 else ""
        frame.line(sign + format_duration(abs(worked), frame.lang))
    return 0
