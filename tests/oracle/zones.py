"""Sessions of a zone that changes its clocks, in UTC.

A wall-clock time that is skipped is the first instant after the gap; one that comes twice is
the first of the two.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tests.oracle.hours import Session, Sessions

_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=15)


@cache
def first_instant(wall: datetime, zone: str) -> datetime:
    """Return the first instant, as naive UTC, when the clocks of `zone` show `wall` or later.

    Clocks change on quarters of an hour, and so must `wall`: each quarter is looked at.
    """
    at = wall - _DAY
    while at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wall:
        at += _QUARTER
    return at


def weekly(zone: str, hours: dict[int, Sequence[tuple[time, time]]]) -> Sessions:
    """Return what tells the sessions of a date in UTC, from the hours of each weekday.

    Monday is 0; a session that closes no later than it opens closes on the next day.
    """

    def sessions(day: date) -> list[Session]:
        found = []
        for opens, closes in hours.get(day.weekday(), ()):
            end = day if closes > opens else day + _DAY
            begin = first_instant(datetime.combine(day, opens), zone)
            found.append((begin, first_instant(datetime.combine(end, closes), zone)))
        return found

    return sessions
