"""Working time of Vietnamese offices: sessions, days off, swaps and deadlines (Art. 3.2, 9)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from phananh.worktime.algebra import CombinedTimetable, Spans
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.notices import Contradiction, Notice, NoticeDay
from phananh.worktime.days.vietnam import OFFICIAL_NOTICES, PublicDay, VietnamDays
from phananh.worktime.presets import PRESETS, Preset, vietnam_calendar
from phananh.worktime.session import Session
from phananh.worktime.span import Allotment, Span
from phananh.worktime.terms.term import Term
from phananh.worktime.timetable import Hours, Timetable

if TYPE_CHECKING:
    from phananh.worktime.formats.ical import notices_from_ical, notices_to_ical
    from phananh.worktime.formats.toml import (
        calendar_from_toml,
        calendar_to_toml,
        notices_from_toml,
    )

__all__ = [
    "OFFICIAL_NOTICES",
    "PRESETS",
    "Allotment",
    "CombinedTimetable",
    "Contradiction",
    "DayInfo",
    "Hours",
    "Notice",
    "NoticeDay",
    "Preset",
    "PublicDay",
    "Session",
    "Span",
    "Spans",
    "Term",
    "Timetable",
    "VietnamDays",
    "WorkCalendar",
    "calendar_from_toml",
    "calendar_to_toml",
    "notices_from_ical",
    "notices_from_toml",
    "notices_to_ical",
    "vietnam_calendar",
]

if not TYPE_CHECKING:  # a type checker would take any name at all for known

    def __getattr__(name: str) -> Any:
        """Return a reader or writer of files, loaded at its first use: a deadline needs none."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = "ical" if name.endswith("_ical") else "toml"
        value = getattr(import_module(f"{__name__}.formats.{module}"), name)
        globals()[name] = value
        return value
