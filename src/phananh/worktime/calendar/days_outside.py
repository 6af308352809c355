"""Days that lie where a calendar covers none: a mistyped year, which must not pass in silence."""

from collections.abc import Iterable, Iterator
from datetime import date

from phananh.errors import InputError
from phananh.worktime.calendar.value import CalendarValue
from phananh.worktime.timetables.timetable import Timetable

_WAY_OUT = "check the year"


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
        raise _refused("known_through", f"{calendar.known_through}", calendar)
    for field, what, days in _dated(calendar):
        for day in days:
            if not first <= day <= last:
                raise _refused(field, f"{what}{day}", calendar)


def _refused(field: str, what: str, calendar: CalendarValue) -> InputError:
    covered = f"{calendar.first_day} to {calendar.last_day}"
    problem = f"{what} lies outside the days covered, {covered}"
    return InputError(field=field, problem=problem, way_out=_WAY_OUT)


def _dated(calendar: CalendarValue) -> Iterator[tuple[str, str, Iterable[date]]]:
    made = calendar.timetable
    own = (*(made.overrides if isinstance(made, Timetable) else ()), *calendar.overrides)
    yield "overrides", "", (day.date for day in own)
    for notice in calendar.notices:
        yield "notices", f"{notice.document}: ", (day.date for day in notice.days)
