"""A table's sessions as arrays: work and openings of many instants at once (Art. 9).

A sorted array is searched by a table of equal buckets, which gives the last key before the
bucket, and by as many halving steps as the fullest bucket needs, usually one. The cost is the
same for boundaries of any kind, on the half hour or on the second.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from phananh.worktime.calendar.table import Table

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NEVER = np.iinfo(np.int64).max
_MOST_BUCKETS = 1_000_000


def microseconds(instant: datetime) -> int:
    """Return an instant as whole microseconds since 1970."""
    return (instant - EPOCH) // MICROSECOND


@attrs.frozen(eq=False)
class BucketIndex:
    """Finds, for each value, the last of some sorted keys at or before it.

    `ahead` has the keys that lie 1, 2, 4 and so on further, the farthest first.
    """

    origin: int
    shift: int
    first: NDArray[np.int32]
    ahead: tuple[tuple[int, Ints], ...]

    @classmethod
    def of(cls, keys: Ints, stop: int) -> "BucketIndex":
        """Return the buckets of `keys`, for values from the first key up to `stop`."""
        origin = int(keys[0])
        width = max((stop - origin) // min(4 * len(keys), _MOST_BUCKETS), 1)
        shift = width.bit_length()
        edges = np.arange(((stop - origin) >> shift) + 2, dtype=np.int64) << shift
        first = np.searchsorted(keys, edges + origin, side="right") - 1
        fullest = int(np.diff(first).max())
        strides = [1 << n for n in reversed(range(fullest.bit_length()))]
        padded = np.concatenate((keys, np.full(2 * fullest, NEVER)))
        ahead = tuple((stride, padded[stride:]) for stride in strides)
        return cls(origin, shift, first.astype(np.int32), ahead)

    def find(self, values: Ints) -> NDArray[np.int32]:
        """Return the index of the last key that is not greater than each value."""
        bucket = values - self.origin
        bucket >>= self.shift
        k = self.first.take(bucket)
        for stride, keys in self.ahead:
            reached = keys.take(k) <= values
            k += reached if stride == 1 else reached * np.int32(stride)
        return k


@attrs.frozen(eq=False)
class Sessions:
    """The sessions of one table as arrays of microseconds: S, C and B of `table`, and finders.

    `following` is the next session's start, or `NEVER` after the last. `ends` is the work done by
    the end of each session, `total` that of all of them, and `floor` that by the first whole day.
    """

    by_start: BucketIndex
    by_work: BucketIndex
    following: Ints
    bases: Ints
    ends: Ints
    total: int
    floor: int

    @classmethod
    def of(cls, table: Table) -> "Sessions":
        """Return the arrays of a table."""
        bases = _array([microseconds(base) for base in table.bases])
        work = _array([amount // MICROSECOND for amount in table.work])
        starts, ends = bases + work[:-1], work[1:]
        after = datetime(max(table.years) + 1, 1, 3, tzinfo=UTC)  # New Year, in every zone
        stop = max(microseconds(after), int(starts[-1]))
        total = int(work[-1])
        by_start, by_work = BucketIndex.of(starts, stop), BucketIndex.of(work[:-1], total)
        following, floor = _array([*starts[1:], NEVER]), table.floor // MICROSECOND
        return cls(by_start, by_work, following, bases, ends, total, floor)

    def position(self, t: Ints) -> Ints:
        """Return the work done before each instant."""
        k = self.by_start.find(t)
        p: Ints = t - self.bases.take(k)
        return np.minimum(p, self.ends.take(k), out=p)

    def move(self, t: Ints, w: Ints) -> tuple[Ints, int]:
        """Return the instant `w` of work after each `t`, before it if negative, and `t` if zero.

        The second value is the index of an element that needs more years, or -1.
        """
        p = self.position(t) + w
        if int(p.max()) > self.total:
            return p, int(p.argmax())
        if int(p.min()) < self.floor:
            return p, int(p.argmin())
        found: Ints = self.bases.take(self.by_work.find(p - (w > 0)))  # earliest, else latest
        found += p
        still = w == 0
        return (np.where(still, t, found) if still.any() else found), -1

    def between(self, a: Ints, b: Ints) -> tuple[Ints, int]:
        """Return the work from each `a` to its `b`."""
        return self.position(b) - self.position(a), -1

    def is_open(self, t: Ints) -> tuple[Bools, int]:
        """Return whether each instant lies in a session."""
        k = self.by_start.find(t)
        return np.less(t - self.bases.take(k), self.ends.take(k)), -1

    def opening(self, t: Ints) -> tuple[Ints, int]:
        """Return each instant if open, else the next opening. The second value is as in `move`."""
        k = self.by_start.find(t)
        is_open = t - self.bases.take(k) < self.ends.take(k)
        found = np.where(is_open, t, self.following.take(k))
        last = int(found.argmax())
        return found, last if found[last] == NEVER else -1


def _array(values: list[Any]) -> Ints:
    return np.array(values, dtype=np.int64)
