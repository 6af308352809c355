"""Why an office is closed at an instant: the day off, the pause, or the hours (Art. 3.2)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from phananh.messages.explanations import PAUSES
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.explain.gaps import (
    Gap,
    describe_closed_days,
    find_cut,
    has_opened,
    since_midnight,
)
from phananh.worktime.localtime import to_instant
from phananh.worktime.timetables.timetable import Timetable

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar


def explain_closed(calendar: "WorkCalendar", t: datetime) -> Gap | None:
    """Return why a calendar is closed at an instant, or None if it is open."""
    if calendar.is_open(t):
        return None
    local = calendar.local(t)
    day = calendar.day(local.date())
    if not day.sessions:
        return describe_closed_days((day,))
    cut = find_cut(calendar, local, local + timedelta.resolution)
    if cut is not None:
        return Gap(code="override", article="9", vi=cut[0], en=cut[1], days=(day,))
    if day.kind == "hours" and _is_usually_open(calendar, day, local):
        return describe_closed_days((day,))
    code = _name_pause(calendar, day, local)
    vi, en = PAUSES[code]
    return Gap(code=code, article="9", vi=vi, en=en, days=(day,))


def _name_pause(calendar: "WorkCalendar", day: DayInfo, local: datetime) -> str:
    if not has_opened(calendar, local):
        return "before_opening"
    closing = to_instant(day.date, day.sessions[-1].close, calendar.tzinfo)
    return "after_closing" if local >= closing else "lunch"


def _is_usually_open(calendar: "WorkCalendar", day: DayInfo, local: datetime) -> bool:
    """Return whether the week alone would open the office at that time of a special day."""
    timetable, clock = calendar.timetable, since_midnight(local)
    usual = timetable.sessions_on(day.date) if isinstance(timetable, Timetable) else ()
    return any(part.open <= clock < part.close for part in usual)
