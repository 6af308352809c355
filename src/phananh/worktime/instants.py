"""Instants: aware datetimes and timedeltas as arguments, zones, and the wall clock of a zone.

Rule: a subclass, such as a Timestamp of pandas, becomes a plain datetime or timedelta. One that
is finer than a microsecond is refused, because neither can hold it.
"""

import functools
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.worktime.session import DAY
from phananh.worktime.validators import to_plain_datetime, to_plain_timedelta


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


def require_aware(at: object, field: str = "at") -> datetime:
    """Return an instant as a plain datetime with an offset. `field` is its name in messages.

    Raises:
        InputTypeError: it is not a datetime.
        InputError: it has no offset, or has nanoseconds.
    """
    if not isinstance(at, datetime) or at != at:  # NaT of pandas is a datetime, but not a time
        raise InputTypeError(code="not_a_datetime", field=field, value=short_repr(at))
    if at.utcoffset() is None:
        raise InputError(code="naive_datetime", field=field, value=at.isoformat())
    return at if type(at) is datetime else to_plain_datetime(at, field)


def cut_to_minute(at: datetime) -> datetime:
    """Return the full minute at or before an instant, on its own clock."""
    return at.replace(second=0, microsecond=0)


def require_timedelta(budget: object, field: str = "budget") -> timedelta:
    """Return a budget as a plain timedelta. `field` is its name in messages.

    Raises:
        InputTypeError: it is not a timedelta. A bare number could be hours, minutes or days.
        InputError: it has nanoseconds.
    """
    if not isinstance(budget, timedelta):
        raise InputTypeError(code=budget_error_code(budget), field=field, value=short_repr(budget))
    return budget if type(budget) is timedelta else to_plain_timedelta(budget, field)


def budget_error_code(given: object, code: str = "not_a_timedelta") -> str:
    """Return the code for a value that is not working time. A term in days has its own."""
    return "term_as_budget" if getattr(type(given), "is_term", False) else code


def load_zone(name: str) -> tzinfo:
    """Return the zone of that IANA name.

    Raises:
        InputError: there is none of that name, or the system has no time zone data at all.
    """
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        raise InputError(
            code="unknown_zone" if isinstance(VIETNAM, ZoneInfo) else "no_zone_data",
            field="zone",
            value=short_repr(name),
        ) from None


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
    """Return the change of clocks between two instants, which is on a whole second."""
    low, before = low.replace(microsecond=0), low.astimezone(zone).utcoffset()
    seconds = range((high - low) // _SECOND + 1)
    return low + _SECOND * bisect_left(
        seconds, 1, key=lambda n: (low + _SECOND * n).astimezone(zone).utcoffset() != before
    )
