"""When sample cases come: every day and hour, mostly in office hours, with few at night."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

_BY_DAY = (12, 11, 10, 10, 10, 4, 2)  # Monday first
_BY_HOUR = (
    1, 0.5, 0.3, 0.2, 0.3, 1, 3, 8, 12, 11, 10, 7, 4, 8, 11, 10, 8, 5, 4, 5, 5, 4, 3, 2,
)  # fmt: skip
_SHARES = [day * hour for day in _BY_DAY for hour in _BY_HOUR]
_SUMS = [0.0, *accumulate(_SHARES)]
_HOUR = timedelta(hours=1)
_WEEK = 168 * _HOUR


def draw_arrivals(
    chance: Random, count: int, *, since: datetime, until: datetime
) -> Iterator[datetime]:
    """Yield `count` instants in order, in whole seconds, from `since` to before `until`."""
    monday = since - timedelta(days=since.weekday(), hours=since.hour)
    first, last = _load_at(since - monday), _load_at(until - monday)
    for number in range(count):
        load = first + (number + chance.random()) / count * (last - first)
        at = monday + timedelta(seconds=_time_of(load) // timedelta(seconds=1))
        yield min(max(at, since), until - timedelta(seconds=1))


def _load_at(elapsed: timedelta) -> float:
    """Return how much has come since the Monday, as a part of a week's cases."""
    weeks, rest = divmod(elapsed, _WEEK)
    hour = int(rest / _HOUR)
    return weeks + (_SUMS[hour] + (rest / _HOUR - hour) * _SHARES[hour]) / _SUMS[-1]


def _time_of(load: float) -> timedelta:
    """Return by when that much has come."""
    wanted = load % 1 * _SUMS[-1]
    hour = max(bisect_left(_SUMS, wanted) - 1, 0)
    return int(load) * _WEEK + (hour + (wanted - _SUMS[hour]) / _SHARES[hour]) * _HOUR
