"""Which of many deadlines a later notice may move: those that meet a provisional day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

import numpy as np

from phananh.worktime.bulk.session_arrays import (
    EPOCH,
    MICROSECOND,
    NEVER,
    Bools,
    Ints,
    microseconds,
)
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.session import DAY

# A date is its span of instants, unless clocks are set back across midnight. Instants nearer to
# it than any clock was ever set are then left to the scalar.
_NEAR = timedelta(hours=26)


def find_provisional(calendar: WorkCalendar, a: Ints, b: Ints) -> Bools:
    """Return `calendar.provisional` of each pair of instants."""
    low, high = np.broadcast_arrays(np.minimum(a, b), np.maximum(a, b))
    earliest, latest = (EPOCH + int(t) * MICROSECOND for t in (low.min(), high.max()))
    calendar.local(earliest)  # refuses what is not covered
    last = calendar.local(latest).date()
    found = np.zeros(low.shape, dtype=np.bool_)
    early = list(_days_before(calendar))
    late = list(_provisional_days(calendar, min(last, date.max - 2 * DAY) + DAY))
    if early or late:
        margin = _NEAR // MICROSECOND
        is_near = low < (early[0][1] + margin if early else -NEVER)
        is_near |= high >= (late[0][0] - margin if late else NEVER)
        near = np.flatnonzero(is_near & (low < high))
        found[near] = _meet_days(calendar, early + late, low[near], high[near])
    return found


def _days_before(calendar: WorkCalendar) -> Iterator[tuple[int, int]]:
    """Yield the days before the first that notices cover, as instants, if there are any."""
    known = date.fromordinal(calendar._years.day_rules.first_settled)
    if known > calendar.first_day:
        begin = microseconds(_midnight(calendar.first_day, calendar.tzinfo))
        yield begin - 2 * _NEAR // MICROSECOND, microseconds(_midnight(known, calendar.tzinfo))


def _provisional_days(calendar: WorkCalendar, last: date) -> Iterator[tuple[int, int]]:
    """Yield the provisional days as instants: all are, from the first that no notice covers."""
    day_rules, zone = calendar._years.day_rules, calendar.tzinfo
    for ordinal in range(day_rules.first_unsettled, last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day_rules.find_unsettled(day, day):
            if day > calendar.known_through:
                yield microseconds(_midnight(day, zone)), NEVER
                return
            yield microseconds(_midnight(day, zone)), microseconds(_midnight(day + DAY, zone))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _meet_days(
    calendar: WorkCalendar, spans: list[tuple[int, int]], low: Ints, high: Ints
) -> Bools:
    starts, ends = np.array(spans, dtype=np.int64).T
    edges = [edge for span in spans for edge in span if edge != NEVER]
    if not any(_has_clock_change_near(edge, calendar.tzinfo) for edge in edges):
        return _overlap(starts, ends, low, high)
    near = _NEAR // MICROSECOND
    perhaps = _overlap(starts - near, np.minimum(ends, NEVER - near) + near, low, high)
    surely = _overlap(starts + near, ends - near, low, high)
    for i in np.flatnonzero(perhaps & ~surely):
        pair = (EPOCH + int(t) * MICROSECOND for t in (low[i], high[i]))
        perhaps[i] = calendar.provisional(*pair)
    return perhaps


def _overlap(starts: Ints, ends: Ints, low: Ints, high: Ints) -> Bools:
    following = np.concatenate((starts, [NEVER]))[np.searchsorted(ends, low, side="right")]
    return np.greater_equal(high, following, dtype=np.bool_)


def _has_clock_change_near(edge: int, zone: tzinfo) -> bool:
    """Return whether clocks are set near an instant."""
    at = EPOCH + edge * MICROSECOND
    sides = ((at + side).astimezone(zone).utcoffset() for side in (-_NEAR, _NEAR))
    return len({*sides}) > 1
