"""`phananh calendar`: a year or a month as it is worked, and where each day comes from."""

import calendar as months
import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
import click
from rich.console import Group

from phananh.cli.context import RunContext, shared
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.output.month import Day, listing, picture
from phananh.cli.output.terminal import save_svg, show
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime import DayInfo, WorkCalendar
from phananh.worktime.calendar.combined import CombinedDayRules
from phananh.worktime.calendar.day_rules import DayRules


def days(calendar: WorkCalendar, year: int, month: int | None) -> Iterator[Day]:
    """Yield each day of a year or month, with what a proposed notice would make of it."""
    proposed, week = attrs.evolve(calendar, expected=True), worked_week(calendar.day_rules)
    for each in (month,) if month else range(1, 13):
        for number in range(1, months.monthrange(year, each)[1] + 1):
            date = dt.date(year, each, number)
            info, other = calendar.day(date), proposed.day(date)
            yield Day(info, other if other.kind != info.kind else None, is_unset(info, week))


def worked_week(day_rules: DayRules | CombinedDayRules) -> frozenset[int]:
    """Return the weekdays on which an office opens in some season, Monday 0."""
    if isinstance(day_rules, CombinedDayRules):
        return frozenset().union(*map(worked_week, day_rules.part_rules))
    return frozenset(n for part in day_rules.timetable.hours if part.sessions for n in part.days)


def is_unset(info: DayInfo, week: frozenset[int]) -> bool:
    """Say whether a day is closed only because no hours are set for it."""
    would_be_worked = info.date.weekday() in week or info.swapped_with is not None
    return info.reason_code == "no_hours" and would_be_worked


def _facts(day: Day) -> dict[str, Any]:
    info = day.info
    return {
        "date": info.date.isoformat(),
        "kind": info.kind,
        "sessions": [str(session) for session in info.sessions],
        "reason": info.reason_code,
        "vi": info.vi,
        "en": info.en,
        "source": info.source,
        "status": info.status,
        "predicted": info.predicted,
        "swapped_with": info.swapped_with.isoformat() if info.swapped_with else None,
        "proposed": day.proposed.kind if day.proposed else None,
    }


@click.command(
    "calendar", cls=TranslatedCommand,
    help="A year as it is worked: open, off, worked Saturdays, and where each day comes from.",
)  # fmt: skip
@click.argument("year", type=click.IntRange(1, 9999))
@click.argument("month", type=click.IntRange(1, 12), required=False)
@hours_option
@click.option("--svg", metavar="FILE", help="Also write the picture to an SVG file.")
@shared
@click.pass_obj
def command(frame: RunContext, *, year: int, month: int | None, hours: str, svg: str | None) -> int:
    """Draw a year, or list the days of a month."""
    calendar = calendar_of(hours)
    found = list(days(calendar, year, month))
    drawn = picture(frame, calendar, found)
    listed = listing(frame, found, special=month is None)
    if svg:
        save_svg(svg, Group(drawn, listed), title=f"phananh calendar {year}", width=120)
    if frame.json:
        for day in found:
            frame.row(_facts(day))
        return 0
    show(frame, drawn, in_pipe=100)
    show(frame, listed)
    return 0
