"""Working time of Vietnamese offices: sessions, days off, swaps and deadlines (Art. 3.2, 9)."""

from phananh.worktime.algebra import Combined, Spans
from phananh.worktime.book import DayInfo
from phananh.worktime.calendar import WorkCalendar
from phananh.worktime.contradiction import Contradiction
from phananh.worktime.notice import Notice, NoticeDay
from phananh.worktime.notice_toml import notices_from_toml
from phananh.worktime.official import OFFICIAL_NOTICES
from phananh.worktime.presets import PRESETS, Preset, vietnam_calendar
from phananh.worktime.session import Session
from phananh.worktime.span import Allotment, Span
from phananh.worktime.terms import Term
from phananh.worktime.timetable import Hours, Timetable
from phananh.worktime.toml import calendar_from_toml
from phananh.worktime.vietnam import PublicDay, PublicDays, VietnamDays

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
