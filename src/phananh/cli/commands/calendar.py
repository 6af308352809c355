"""`phananh calendar`: a year or a month as it is worked, and where each day comes from."""

import calendar as months
import datetime as dt
import sys
from collections.abc import Iterator
from typing import Any

import attrs
import click
from rich.console import Group
from rich.constrain import Constrain

from phananh.cli.context import RunContext, speech_options
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.output.emit import emit
from phananh.cli.output.month import Day, draw_months, list_days
from phananh.cli.output.svg import draw_svg, write_svg
from phananh.cli.output.terminal import is_terminal
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime import DayInfo, WorkCalendar
from phananh.worktime.calendar.combined import CombinedDayRules
from phananh.worktime.calendar.day_rules import DayRules

_IN_PIPE = 100  # columns of the months where nobody looks


def find_days(calendar: WorkCalendar, year: int, month: int | None) -> Iterator[Day]:
    """Yield each day of a year or month, with the effect of a proposed notice."""
    proposed, week = attrs.evolve(calendar, expected=True), find_weekdays(calendar.day_rules)
    for each in (month,) if month else range(1, 13):
        for number in range(1, months.monthrange(year, each)[1] + 1):
            date = dt.date(year, each, number)
            info, other = calendar.day(date), proposed.day(date)
            yield Day(info, other if other.kind != info.kind else None, is_unset(info, week))


def find_weekdays(day_rules: DayRules | CombinedDayRules) -> frozenset[int]:
    """Return the weekdays on which an office opens in some season, Monday 0."""
    if isinstance(day_rules, CombinedDayRules):
        return frozenset().union(*map(find_weekdays, day_rules.part_rules))
    return frozenset(n for part in day_rules.timetable.hours if part.sessions for n in part.days)


def is_unset(info: DayInfo, week: frozenset[int]) -> bool:
    """Return whether a day is closed only because no hours are set for it."""
    would_be_worked = info.date.weekday() in week or info.swapped_with is not None
    return info.reason_code == "no_hours" and would_be_worked


def _facts(day: Day) -> dict[str, Any]:
    info = day.info
    return {
        "date": info.date,
        "kind": info.kind,
        "sessions": [str(session) for session in info.sessions],
        "reason": info.reason_code,
        "vi": info.vi,
        "en": info.en,
        "source": info.source,
        "status": info.status,
        "predicted": info.predicted,
        "swapped_with": info.swapped_with,
        "proposed": day.proposed.kind if day.proposed else None,
    }


@click.command("calendar", cls=TranslatedCommand, help="calendar.help")
@click.argument("year", type=click.IntRange(1, 9999))
@click.argument("month", type=click.IntRange(1, 12), required=False)
@hours_option
@click.option("--svg", metavar="FILE", help="picture_svg")
@speech_options
@click.pass_obj
def command(
    context: RunContext, *, year: int, month: int | None, hours: str, svg: str | None
) -> int:
    """Draw a year, or list the days of a month."""
    calendar = calendar_of(hours)
    days = list(find_days(calendar, year, month))
    drawn, listed = (
        draw_months(context, calendar, days),
        list_days(context, days, special=not month),
    )
    if svg:
        write_svg(svg, draw_svg(Group(drawn, listed), title=f"phananh calendar {year}", width=120))
    width = None if is_terminal(sys.stdout) else _IN_PIPE
    emit(context, map(_facts, days), [Constrain(drawn, width), listed])
    return 0
