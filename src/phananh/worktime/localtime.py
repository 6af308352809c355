"""From the wall clock of a zone to instants, across its changes of clocks."""

import functools
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from phananh.worktime.session import DAY


def _load_vietnam() -> tzinfo:
    """Return Vietnam's zone (+07:00 all year since 1975), or that offset without zone data.

    So a system without time zone data can show times and say what is missing. A calendar, which
    names its zone, is refused there.
    """
    try:
        return ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:
        return timezone(timedelta(hours=7))


VIETNAM = _load_vietnam()
_SECOND = timedelta(seconds=1)


@functools.lru_cache(maxsize=4096)
def has_one_offset(zone: tzinfo, year: int) -> bool:
    """Return whether the zone has one offset from New Year's Eve to the next New Year."""
    first = datetime(year, 1, 1, tzinfo=zone) - DAY
    return len({(first + DAY * n).utcoffset() for n in range(369)}) == 1


def to_instant(day: date, offset: timedelta, zone: tzinfo) -> datetime:
    """Return a wall-clock time in UTC.

    A time that the clocks skip is the first instant after the gap, one that comes twice is
    its first occurrence.
    """
    wall = datetime(day.year, day.month, day.day) + offset  # noqa: DTZ001 - zone comes next
    local = wall.replace(tzinfo=zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    return _gap_end(local.replace(fold=1).astimezone(UTC), instant, zone)


def _gap_end(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """Return the change of clocks between two instants, by halving, on a whole second."""
    low, high = (t.replace(microsecond=0) for t in (low, high))
    before = low.astimezone(zone).utcoffset()
    while high - low > _SECOND:
        middle = low + (high - low) // (2 * _SECOND) * _SECOND
        middle = middle if middle > low else low + _SECOND
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
