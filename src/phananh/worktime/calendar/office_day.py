"""The office day of an instant: a night's hours belong to the day of its evening."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY, Session

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar


def office_day(calendar: "WorkCalendar", t: datetime) -> DayInfo:
    """Return the office day of an instant: a night belongs to the day of its evening."""
    today = calendar.local(t).date()
    for day in (today, today - DAY):
        if day >= calendar.first_day:
            found = calendar.day(day)
            if any(_is_in_session(calendar, day, part, t) for part in found.sessions):
                return found
    return calendar.day(today)


def _is_in_session(calendar: "WorkCalendar", day: date, part: Session, t: datetime) -> bool:
    zone = calendar.tzinfo
    return to_instant(day, part.open, zone) <= t < to_instant(day, part.close, zone)
