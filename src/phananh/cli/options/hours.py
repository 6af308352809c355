"""Which office hours are meant: `--hours`, and `--notices` and `--as-of`, which change its days."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from phananh.cli.input.calendars import read_calendar
from phananh.cli.input.parsing import parse_day
from phananh.worktime import PRESETS, WorkCalendar

F = TypeVar("F", bound=Callable[..., Any])


def _store_value(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta[f"phananh.{param.name}"] = value


_OF_DAYS = (
    click.option(
        "--as-of", metavar="DATE", callback=_store_value, expose_value=False, help="hours.as_of",
    ),
    click.option(
        "--notices", metavar="FILE", multiple=True, callback=_store_value, expose_value=False,
        help="hours.notices",
    ),
)  # fmt: skip


def days_options(command: F) -> F:
    """Add the options that change the days of a calendar: `--notices`, `--as-of`."""
    for option in _OF_DAYS:
        command = option(command)
    return command


def _preset_name(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return the name of a preset however it is spelt. A file of that name goes first."""
    name = value.strip().upper()
    return name if name in PRESETS and not Path(value).exists() else value


def hours_option(command: F) -> F:
    """Add `--hours`, and what changes the days of its calendar: `--notices`, `--as-of`."""
    hours = click.option(
        "--hours", default="A", metavar="NAME|FILE", callback=_preset_name, help="hours.hours"
    )
    return hours(days_options(command))


def calendar_of(hours: str) -> WorkCalendar:
    """Return the calendar of `--hours`, with `--notices`, as it was known by `--as-of`."""
    calendar, context = read_calendar(hours), click.get_current_context(silent=True)
    meta = context.meta if context else {}
    for path in meta.get("phananh.notices") or ():
        from phananh.cli.input.notice_files import read_notices

        calendar = calendar.with_notices(read_notices(path).notices)
    day = meta.get("phananh.as_of")
    return calendar if day is None else calendar.as_of(parse_day(day))
