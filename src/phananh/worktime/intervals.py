"""Sets of instants as half-open intervals: union, intersection and difference, one pass each.

Normal form: in order, apart, touching ones joined, none empty. Two sets in normal form are
equal as lists exactly when they are equal as sets. All ends of one set are in UTC, because
datetimes of one zone compare by the wall clock, which is exact only without clock changes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

Interval = tuple[datetime, datetime]
Intervals = list[Interval]


def union(*sets: Iterable[Interval]) -> Intervals:
    """Return the instants of any of the sets, which need not be in normal form."""
    merged: Intervals = []
    for start, end in sorted(pair for one in sets for pair in one):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        elif start < end:
            merged.append((start, end))
    return merged


def intersection(one: Sequence[Interval], other: Sequence[Interval]) -> Intervals:
    """Return the instants of both sets."""
    common: Intervals = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            common.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return common


def difference(one: Iterable[Interval], other: Sequence[Interval]) -> Intervals:
    """Return the instants of the first set that are not in the second."""
    left: Intervals = []
    j = 0
    for start, end in one:
        while j < len(other) and other[j][1] <= start:
            j += 1
        k = j
        while k < len(other) and other[k][0] < end:
            if start < other[k][0]:
                left.append((start, other[k][0]))
            start = max(start, other[k][1])
            k += 1
        if start < end:
            left.append((start, end))
    return left


def clip(one: Iterable[Interval], begin: datetime, stop: datetime) -> Intervals:
    """Return the instants of a set from `begin` up to, not including, `stop`."""
    return [(max(a, begin), min(b, stop)) for a, b in one if a < stop and b > begin]
