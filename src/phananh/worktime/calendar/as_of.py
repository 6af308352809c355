"""The calendar with other knowledge: as it was known on a day, or with later notices.

A notice counts from the day it became known. The office's own overrides have no date and always
count. If you need their history, write them as notices.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from phananh.errors import InputError
from phananh.worktime.calendar.coverage import coverages_of
from phananh.worktime.days.notices import Notice, last_settled_day, notices_known_on
from phananh.worktime.days.vietnam import PublicDays
from phananh.worktime.timetables.algebra import CombinedTimetable
from phananh.worktime.validators import tuple_of

if TYPE_CHECKING:
    from phananh.worktime.calendar.value import CalendarValue

_Calendar = TypeVar("_Calendar", bound="CalendarValue")


def view_as_of(calendar: _Calendar, day: date) -> _Calendar:
    """Return the calendar as it was known on a day.

    It does not have the notices known later, and `known_through` is what had been announced.

    Raises:
        InputError: the public days have no history for that day.
    """
    notices = notices_known_on(calendar.notices, day)
    days = _days(calendar.days, day) if calendar.days else None
    timetable: Any = _parts(calendar.timetable, day)
    known = min(part.known_through for part in coverages_of(timetable, days))
    through = min(calendar.known_through, max(known, last_settled_day(notices) or date.min))
    return attrs.evolve(
        calendar, timetable=timetable, days=days, notices=notices, known_through=through
    )


def with_notices(calendar: _Calendar, notices: Iterable[Notice]) -> _Calendar:
    """Return a calendar with more notices, and known as far as they settle it.

    Raises:
        InputError: a notice contradicts another of its date of issue.
        InputTypeError: it is not a list of notices.
    """
    more = tuple_of(Notice, "notices", notices)
    through = max(calendar.known_through, last_settled_day(more) or date.min)
    return attrs.evolve(calendar, notices=(*calendar.notices, *more), known_through=through)


def _parts(timetable: Any, day: date) -> Any:
    """Return the parts of a calendar, with each calendar in them as it was known on the day."""
    if isinstance(timetable, CombinedTimetable):
        return attrs.evolve(timetable, parts=tuple(_parts(p, day) for p in timetable.parts))
    return view_as_of(timetable, day) if timetable.has_own_days else timetable


def _days(days: PublicDays, day: date) -> PublicDays:
    view = getattr(days, "as_of", None)
    if view is None:
        raise InputError(code="public_days_without_history", field="as_of", name=days.name)
    found: PublicDays = view(day)
    return found
