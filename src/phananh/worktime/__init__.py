"""Working time of Vietnamese offices: sessions, days off, swaps and deadlines (Art. 3.2, 9)."""

from typing import TYPE_CHECKING

from phananh.lazy import make_getattr
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

# What a calendar of your own does not need.
_NAMES = {
    "phananh.worktime.formats.ical": ("notices_from_ical",),
    "phananh.worktime.formats.toml": (
        "calendar_from_toml",
        "calendar_to_toml",
        "notices_from_toml",
    ),
    "phananh.worktime.presets": ("vietnam_calendar",),
}

if not TYPE_CHECKING:  # a type checker would take any name at all for known
    __getattr__ = make_getattr(globals(), _NAMES)
