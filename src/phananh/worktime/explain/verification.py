"""A second count of a deadline, and the comparison with what is written (Art. 9).

Rule: no table, no search. It goes through the sessions of each date, in order, until the budget
is used up.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from phananh.errors import InputError
from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY
from phananh.worktime.span import Span

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar

MOST_DAYS = 7_305
"""The most days from start to due that are explained step by step: twenty years."""
_ZERO = timedelta()


def walk(calendar: "WorkCalendar", start: datetime, left: timedelta) -> tuple[Span, ...]:
    """Return the spans that use up a budget from `start`, found date by date.

    Raises:
        CoverageError: it begins or ends outside the days that the calendar covers.
        InputError: it takes more than `MOST_DAYS`.
    """
    joined: list[tuple[datetime, datetime]] = []
    openings = _openings(calendar, start)
    while left > _ZERO:  # and not one opening more, because it may have been the last
        opening, closing = next(openings)
        check_length(start, opening)
        end = closing if closing - opening <= left else opening + left
        left -= end - opening
        if joined and joined[-1][1] == opening:
            opening = joined.pop()[0]
        joined.append((opening, end))
    return tuple(Span(a.astimezone(start.tzinfo), b.astimezone(start.tzinfo)) for a, b in joined)


def check_length(start: datetime, due: datetime) -> None:
    """Refuse a deadline that takes more than `MOST_DAYS`."""
    days = (due - start).days
    if days > MOST_DAYS:
        raise InputError(code="too_long_to_explain", field="budget", days=days, most=MOST_DAYS)


def _openings(calendar: "WorkCalendar", start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield each opening from `start` on, in UTC. A night ends before the next day's hours."""
    last, today = start.astimezone(UTC), calendar.local(start).date()
    day = max(today - DAY, calendar.first_day)
    while True:
        for part in calendar.day(day).sessions:
            opening = max(last, to_instant(day, part.open, calendar.tzinfo))
            closing = to_instant(day, part.close, calendar.tzinfo)
            if opening < closing:
                yield opening, closing
                last = closing
        day += DAY


def different_keys(written: Mapping[str, Any], counted: Mapping[str, Any]) -> list[str]:
    """Return the keys under which two explanations, as plain data, differ."""
    keys = (*counted, *(key for key in written if key not in counted))
    return [
        k for k in keys if not (k in written and k in counted and _is_same(written[k], counted[k]))
    ]


def _is_same(one: Any, other: Any) -> bool:
    """Return whether two values are equal and of the same type: 1 is not True."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return type(one) is type(other) and bool(one == other)


def read_instant(text: object) -> datetime | None:
    """Return the instant of a text as an explanation writes it, or None."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if found is None or found.utcoffset() is None or found.isoformat() != text:
        return None
    return found if date.min.year < found.year < date.max.year else None


def read_budget(value: object) -> timedelta | None:
    """Return the budget of whole microseconds, or None."""
    try:
        return timedelta(microseconds=value) if type(value) is int and value >= 0 else None
    except OverflowError:
        return None


def in_zones(start: datetime, calendar: "WorkCalendar", zone: tzinfo | None) -> Iterator[datetime]:
    """Yield a start in the zones in which its explanation may have been written."""
    yield _put_in(zone or start.tzinfo or UTC, start)
    if zone is None and start.astimezone(calendar.tzinfo).utcoffset() == start.utcoffset():
        yield _put_in(calendar.tzinfo, start)


def _put_in(zone: tzinfo, t: datetime) -> datetime:
    """Return an instant in a zone with the offset as written, even if clocks skip its time."""
    for fold in (0, 1):
        local = t.replace(tzinfo=zone, fold=fold)
        if local.utcoffset() == t.utcoffset():
            return local
    return t.astimezone(zone)
