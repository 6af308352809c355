"""Working time of Vietnamese offices: sessions, days off, swaps and deadlines (Art. 3.2, 9)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.span import Span
from phananh.worktime.terms.term import Term
from phananh.worktime.timetable import Timetable

if TYPE_CHECKING:
    from phananh.worktime.formats.ical import notices_from_ical
    from phananh.worktime.formats.toml import (
        calendar_from_toml,
        calendar_to_toml,
        notices_from_toml,
    )
    from phananh.worktime.presets import vietnam_calendar

__all__ = [
    "Notice",
    "NoticeDay",
    "Span",
    "Term",
    "Timetable",
    "WorkCalendar",
    "calendar_from_toml",
    "calendar_to_toml",
    "notices_from_ical",
    "notices_from_toml",
    "vietnam_calendar",
]

_HOMES = {"notices_from_ical": "formats.ical", "vietnam_calendar": "presets"}

if not TYPE_CHECKING:  # a type checker would take any name at all for known

    def __getattr__(name: str) -> Any:
        """Load what a calendar of your own does not need, at its first use."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = _HOMES.get(name, "formats.toml")
        value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
        return value
