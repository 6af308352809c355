"""A due time by a loop over days: weekends and public days are off, and nothing else is known."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

SESSIONS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
DAYS_OFF = frozenset({date(2026, 1, 1), date(2026, 1, 2)})


def add(start: datetime, budget: timedelta, *, worked: Collection[date] = ()) -> datetime:
    """Return when a budget of working time is used up; `worked` are Saturdays that are worked."""
    day = start.date()
    while True:
        if (day.weekday() < 5 and day not in DAYS_OFF) or day in worked:
            for opens, closes in SESSIONS:
                begin = max(start, datetime.combine(day, opens, start.tzinfo))
                left = datetime.combine(day, closes, start.tzinfo) - begin
                if left > timedelta() and budget <= left:
                    return begin + budget
                budget -= max(left, timedelta())
        day += timedelta(days=1)
