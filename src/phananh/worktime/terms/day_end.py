"""When a day ends on an office's clock: at 24:00 or at closing, even if clocks change."""

import datetime as dt
from typing import TYPE_CHECKING

from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar

_TICK = dt.timedelta.resolution


def closing_of(day: dt.date, on: "WorkCalendar") -> dt.datetime:
    """Return in UTC when the last session that begins on a working day closes."""
    return to_instant(day, on.day(day).sessions[-1].close, on.tzinfo)


def midnight_after(day: dt.date, on: "WorkCalendar") -> dt.datetime:
    """Return in UTC when a day is over for good: its 24:00 (Civil Code 2015, Art. 148.6).

    A midnight that the clocks skip is the change itself. If they go back over midnight, the day
    goes on, and ends when the clocks show midnight again.
    """
    end = to_instant(day, DAY, on.tzinfo)
    again = dt.datetime.combine(day + DAY, dt.time(), on.tzinfo).replace(fold=1)
    later = again.astimezone(dt.UTC)
    if later > end and (later - _TICK).astimezone(on.tzinfo).date() == day:
        return later
    return end
