"""Working time computed the slow way, day by day and session by session.

It shares with the tables of a calendar only the sessions of a day.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from phananh.regulation.deadline import Budget
from phananh.worktime import WorkCalendar
from phananh.worktime.instants import to_instant

_DAY = timedelta(days=1)
Session = tuple[datetime, datetime]


def list_sessions(calendar: WorkCalendar, since: datetime) -> Iterator[Session]:
    """Yield the sessions that end after an instant, in order, as instants in UTC."""
    start = since.astimezone(UTC)
    day = start.astimezone(calendar.tzinfo).date() - _DAY  # a night belongs to its evening
    while day <= calendar.last_day:
        for part in calendar.day(day).sessions:
            opening, closing = (
                to_instant(day, offset, calendar.tzinfo).astimezone(UTC)
                for offset in (part.open, part.close)
            )
            if closing > start:
                yield opening, closing
        day += _DAY


def count_due(calendar: WorkCalendar, start: datetime, budget: Budget) -> datetime:
    """Return when a budget is used up: working time is counted here, a term by itself."""
    if not isinstance(budget, timedelta):
        return budget.due(start, on=calendar)
    left, at = budget, start.astimezone(UTC)
    if not left:
        return at
    for opening, closing in list_sessions(calendar, at):
        begin = max(opening, at)
        if left <= closing - begin:
            return begin + left
        left -= closing - begin
    raise LookupError(f"{budget} from {start} ends where calendar {calendar.name} does not reach")


def count_worked(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """Return the working time between two instants."""
    total = timedelta()
    for opening, closing in list_sessions(calendar, start):
        if opening >= end:
            break
        total += max(min(closing, end) - max(opening, start), timedelta())
    return total


def find_opening(calendar: WorkCalendar, at: datetime) -> datetime:
    """Return the instant itself if the office is open, else the next opening."""
    opening, _ = next(list_sessions(calendar, at))
    return max(opening, at.astimezone(UTC))
