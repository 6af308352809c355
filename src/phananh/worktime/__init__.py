"""Working time of Vietnamese offices: sessions, days off, swaps and deadlines (Art. 3.2, 9)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from phananh.worktime.algebra import Combined, Spans
from phananh.worktime.book import DayInfo
from phananh.worktime.calendar import WorkCalendar
from phananh.worktime.notice import Notice, NoticeDay
from phananh.worktime.official import OFFICIAL_NOTICES
from phananh.worktime.presets import PRESETS, Preset, vietnam_calendar
from phananh.worktime.session import Session
from phananh.worktime.span import Allotment, Span
from phananh.worktime.timetable import Hours, Timetable
from phananh.worktime.vietnam import PublicDay, PublicDays, VietnamDays

if TYPE_CHECKING:
    from phananh.worktime.contradiction import Contradiction
    from phananh.worktime.notice_toml import notices_from_toml
    from phananh.worktime.terms import Term
    from phananh.worktime.toml import calendar_from_toml

__all__ = [
    "OFFICIAL_NOTICES",
    "PRESETS",
    "Allotment",
    "Combined",
    "Contradiction",
    "DayInfo",
    "Hours",
    "Notice",
    "NoticeDay",
    "Preset",
    "PublicDay",
    "PublicDays",
    "Session",
    "Span",
    "Spans",
    "Term",
    "Timetable",
    "VietnamDays",
    "WorkCalendar",
    "calendar_from_toml",
    "notices_from_toml",
    "vietnam_calendar",
]

# Loaded at their first use: a deadline needs none of them.
_LATER = {
    "Contradiction": "contradiction",
    "Term": "terms",
    "calendar_from_toml": "toml",
    "notices_from_toml": "notice_toml",
}

if not TYPE_CHECKING:  # a type checker would take any name at all for known

    def __getattr__(name: str) -> Any:
        """Return a name that is loaded at its first use."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        return value
