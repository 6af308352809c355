"""Working time of Vietnamese offices: sessions, days off, swaps and deadlines (Art. 3.2, 9)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.days.official_notices import OFFICIAL_NOTICES
from phananh.worktime.days.vietnam import PublicDay, PublicDays, VietnamDays
from phananh.worktime.presets.office_hours import PRESETS, Preset
from phananh.worktime.presets.vietnam_calendar import vietnam_calendar
from phananh.worktime.session import Session
from phananh.worktime.span import Allotment, Span
from phananh.worktime.timetables.algebra import CombinedTimetable, Spans
from phananh.worktime.timetables.timetable import Hours, Timetable

if TYPE_CHECKING:
    from phananh.worktime.days.conflicts import Contradiction
    from phananh.worktime.formats.toml_notices import notices_from_toml
    from phananh.worktime.formats.toml_reader import calendar_from_toml, timetable_from_toml
    from phananh.worktime.formats.toml_writer import calendar_to_toml, timetable_to_toml
    from phananh.worktime.terms import Term

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
    "PublicDays",
    "Session",
    "Span",
    "Spans",
    "Term",
    "Timetable",
    "VietnamDays",
    "WorkCalendar",
    "calendar_from_toml",
    "calendar_to_toml",
    "notices_from_toml",
    "timetable_from_toml",
    "timetable_to_toml",
    "vietnam_calendar",
]

# Loaded at their first use: a deadline needs none of them.
_LATER = {
    "Contradiction": "days.conflicts",
    "Term": "terms",
    "calendar_from_toml": "formats.toml_reader",
    "calendar_to_toml": "formats.toml_writer",
    "notices_from_toml": "formats.toml_notices",
    "timetable_from_toml": "formats.toml_reader",
    "timetable_to_toml": "formats.toml_writer",
}

if not TYPE_CHECKING:  # a type checker would take any name at all for known

    def __getattr__(name: str) -> Any:
        """Return a name that is loaded at its first use."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        return value
