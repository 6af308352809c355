"""From when to when a calendar's days are covered, and between which days notices settle them.

They are its parts', its country's, or always.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

import attrs

from phananh.worktime.timetables.algebra import CombinedTimetable
from phananh.worktime.timetables.timetable import Timetable


class Coverage(Protocol):
    """From when to when days are known, and through which day their notices are."""

    @property
    def first_day(self) -> date: ...  # noqa: D102 - said by the class
    @property
    def last_day(self) -> date: ...  # noqa: D102
    @property
    def known_through(self) -> date: ...  # noqa: D102


@attrs.frozen
class _Always:
    # Before 1900 clocks showed local mean time; after 2199 no rule of any zone is known.
    first_day: date = date(1900, 1, 1)
    last_day: date = date(2199, 12, 31)
    known_through: date = date(2199, 12, 31)


def coverages_of(
    timetable: Timetable | CombinedTimetable, days: Coverage | None
) -> Sequence[Coverage]:
    """Return whose days a calendar takes: its parts', if these are calendars, or its own."""
    return list_calendars(timetable) or [days or _Always()]


def first_known_day(timetable: Timetable | CombinedTimetable, days: Coverage | None) -> date:
    """Return the first day for which notices were looked up: the latest of its parts'.

    A country's days that say none are known from the first.
    """
    parts = coverages_of(timetable, days)
    return max(getattr(part, "known_from", part.first_day) for part in parts)


def list_calendars(timetable: Timetable | CombinedTimetable) -> list[Any]:
    """Return the calendars of which a timetable is put together, if it is."""
    if not isinstance(timetable, CombinedTimetable):
        return []
    return [leaf for leaf in timetable.leaves() if leaf.has_own_days]
