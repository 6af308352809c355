"""Days that lie where a calendar covers none: a mistyped year, which must not pass in silence."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from phananh.errors import InputError
from phananh.worktime.timetable import Timetable

if TYPE_CHECKING:
    from phananh.worktime.calendar import WorkCalendar

_WAY_OUT = "check the year"


def refuse_beyond(calendar: "WorkCalendar") -> None:
    """Refuse overrides, notices and a `known_through` outside the days that are covered.

    Raises:
        InputError: the field and the day are named, and what is covered.
    """
    first, last = calendar.first_day, calendar.last_day
    for field, what, days in _dated(calendar):
        for day in days:
            if not first <= day <= last:
                problem = f"{what}{day} lies outside the days covered, {first} to {last}"
                raise InputError(field=field, problem=problem, way_out=_WAY_OUT)


def _dated(calendar: "WorkCalendar") -> Iterator[tuple[str, str, Iterable[date]]]:
    made = calendar.timetable
    own = (*(made.overrides if isinstance(made, Timetable) else ()), *calendar.overrides)
    yield "overrides", "", (day.date for day in own)
    for notice in calendar.notices:
        yield "notices", f"{notice.document}: ", (day.date for day in notice.days)
    yield "known_through", "", (calendar.known_through,)
