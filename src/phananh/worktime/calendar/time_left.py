"""The time left until a due instant, or over since, in the words of an officer (Art. 9)."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from phananh.errors import check_language
from phananh.worktime.durations import due_text, time_left_text
from phananh.worktime.instants import require_aware
from phananh.worktime.span import time_between

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar


def describe_time_left(
    calendar: "WorkCalendar", now: datetime, due: datetime, lang: str, *, fine: bool
) -> str:
    """Return what is left or over on a calendar, such as `còn 3 giờ làm việc`."""
    check_language(lang)
    at, end = require_aware(now, "now"), require_aware(due, "due")
    if at.astimezone(UTC) == end.astimezone(UTC):
        return due_text(lang)
    amount = calendar.between(at, end)
    day = calendar.timetable.length_of_day(calendar.local(at).date(), calendar.local(end).date())
    side = "left" if time_between(at, end) > timedelta() else "over"
    return time_left_text(abs(amount), lang, side=side, day=day, fine=fine)
