"""Days outside those that a calendar covers: a mistyped year, which must not be ignored."""

from collections.abc import Iterable
from datetime import date

from phananh.errors import InputError
from phananh.worktime.calendar.value import CalendarValue
from phananh.worktime.days.notices import NoticeDay
from phananh.worktime.timetables.timetable import Timetable


def check_covered(calendar: CalendarValue, known: date) -> None:
    """Refuse overrides, notices and a `known_through` outside the days that are covered.

    Args:
        calendar: the calendar that is being made.
        known: the last day that its notices cover, which may lie beyond its last.

    Raises:
        InputError: the field and the day are named, and what is covered.
    """
    first, last = calendar.first_day, calendar.last_day
    if calendar.known_through > max(last, known):
        day, covered = calendar.known_through, {"first": first, "last": last}
        raise InputError(code="day_outside", field="known_through", day=day, **covered)
    hours = calendar.timetable
    own = (*(hours.overrides if isinstance(hours, Timetable) else ()), *calendar.overrides)
    _check_days(own, first, last, code="day_outside", field="overrides")
    for notice in calendar.notices:
        facts = {"field": "notices", "document": notice.document}
        _check_days(notice.days, first, last, code="notice_day_outside", **facts)


def _check_days(days: Iterable[NoticeDay], first: date, last: date, **facts: str) -> None:
    for day in days:
        if not first <= day.date <= last:
            raise InputError(day=day.date, first=first, last=last, **facts)
