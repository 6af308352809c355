"""The days that a calendar covers, and the days that its notices settle.

Both come from its parts, or from its country, or are unlimited.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

import attrs

from phananh.worktime.timetables.algebra import CombinedTimetable
from phananh.worktime.timetables.timetable import Timetable


class Coverage(Protocol):
    """The first and the last day covered, and the last day that notices settle."""

    @property
    def first_day(self) -> date: ...  # noqa: D102 - said by the class
    @property
    def last_day(self) -> date: ...  # noqa: D102
    @property
    def known_through(self) -> date: ...  # noqa: D102


@attrs.frozen
class _Always:
    # Before 1900 clocks showed local mean time, and no zone has rules known after 2199.
    first_day: date = date(1900, 1, 1)
    last_day: date = date(2199, 12, 31)
    known_through: date = date(2199, 12, 31)


def coverages_of(
    timetable: Timetable | CombinedTimetable, days: Coverage | None
) -> Sequence[Coverage]:
    """Return the source of a calendar's days: its parts, if these are calendars, or its own."""
    return list_calendars(timetable) or [days or _Always()]


def first_known_day(timetable: Timetable | CombinedTimetable, days: Coverage | None) -> date:
    """Return the first day for which notices were looked up: the latest one of its parts.

    If a country's days do not say it, they are known from their first day.
    """
    parts = coverages_of(timetable, days)
    return max(getattr(part, "known_from", part.first_day) for part in parts)


def list_calendars(timetable: Timetable | CombinedTimetable) -> list[Any]:
    """Return the calendars that a combined timetable is made of, or an empty list."""
    if not isinstance(timetable, CombinedTimetable):
        return []
    return [leaf for leaf in timetable.leaves() if leaf.has_own_days]
