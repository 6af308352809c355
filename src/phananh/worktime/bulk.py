"""Many deadlines at once, on NumPy arrays: the same answers as `add`, at some 20 ns each (Art. 9).

Where every opening and closing is a multiple of some slot (30 minutes for the presets), no
search is needed: for each slot the work done before it, for each amount of work the slot in
which it is reached. Boundaries finer than a minute, or too many slots, are searched instead.
Budgets of zero or less, and calendars that are strict, take the scalar path one by one.

This module alone needs NumPy (the extra `numpy`); nothing imports it but its users.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

try:
    import numpy as np
except ModuleNotFoundError as error:
    if error.name != "numpy":
        raise
    problem = 'bulk deadlines need the extra "numpy": pip install "phananh[numpy]"'
    raise ModuleNotFoundError(problem, name="numpy") from None
from numpy.typing import NDArray

from phananh.errors import CoverageError, InputTypeError, shown
from phananh.worktime.calendar import WorkCalendar
from phananh.worktime.table import Table

Ints = NDArray[np.int64]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NAT = np.iinfo(np.int64).min
_MINUTE = 60_000_000
_MOST_SLOTS = 20_000_000
_CHUNK = 16_384  # temporaries of a chunk stay in the processor's cache


def add_many(
    calendar: WorkCalendar, starts: NDArray[Any], budgets: NDArray[Any] | timedelta
) -> NDArray[Any]:
    """Return `calendar.add` of each start and budget (Art. 9).

    Args:
        calendar: the office's working time.
        starts: datetime64 (microseconds or coarser) in UTC, or int64 microseconds since 1970.
        budgets: a timedelta, or an array of timedelta64 or int64 microseconds; broadcast.

    Returns:
        An array like `starts`: datetime64[us] in UTC or int64. NaT in either gives NaT.

    Raises:
        InputTypeError: another dtype. CoverageError: as `add`, for any one of them.
    """
    begins, amounts = _ints(starts, "M", "starts"), _budgets(budgets)
    shape = np.broadcast_shapes(begins.shape, amounts.shape)
    t = np.broadcast_to(begins, shape).ravel()
    w = amounts.ravel() if amounts.size == 1 else np.broadcast_to(amounts, shape).ravel()
    due = _mixed(calendar, t, w).reshape(shape)
    return due.view("datetime64[us]") if np.asarray(starts).dtype.kind == "M" else due


def _mixed(calendar: WorkCalendar, t: Ints, w: Ints) -> Ints:
    """Send each element where it belongs: NaT, the scalar path, or the quick one."""
    if t.size and not calendar.strict and int(t.min()) != _NAT and int(w.min()) > 0:
        return _quick(calendar, t, w)
    w = np.broadcast_to(w, t.shape)
    missing = (t == _NAT) | (w == _NAT)
    slow = ~missing & (calendar.strict | (w <= 0))
    fast = ~(missing | slow)
    due = np.full(t.shape, _NAT, dtype=np.int64)
    if fast.any():
        due[fast] = _quick(calendar, t[fast], w[fast])
    for i in np.flatnonzero(slow):
        due[i] = _scalar(calendar, int(t[i]), int(w[i]))
    return due


def _ints(given: object, kind: str, field: str) -> Ints:
    array = np.asarray(given)
    unit = {"M": "datetime64[us]", "m": "timedelta64[us]"}[kind]
    if array.dtype == np.int64:
        return array
    if array.dtype.kind == kind and np.can_cast(array.dtype, unit, "safe"):
        return array.astype(unit).view(np.int64)
    problem = f"an array of {array.dtype} is not understood"
    raise InputTypeError(field=field, problem=problem, way_out=f"use {unit} or int64 microseconds")


def _budgets(given: object) -> Ints:
    if isinstance(given, timedelta):
        return np.asarray(_clamped(given // _MICROSECOND), dtype=np.int64)
    if not isinstance(given, np.ndarray | np.timedelta64):
        raise InputTypeError(
            field="budgets",
            problem=f"{shown(given)} is not a timedelta",
            way_out="use timedelta, or an array of timedelta64[us] or int64 microseconds",
        )
    return _ints(given, "m", "budgets")


def _clamped(microseconds: int) -> int:
    """Keep a timedelta that int64 cannot hold out of every calendar's reach, not NaT."""
    return max(min(microseconds, np.iinfo(np.int64).max), int(_NAT) + 1)


def _scalar(calendar: WorkCalendar, t: int, w: int) -> int:
    return (calendar.add(_instant(calendar, t), w * _MICROSECOND) - _EPOCH) // _MICROSECOND


def _instant(calendar: WorkCalendar, t: int) -> datetime:
    try:
        return _EPOCH + t * _MICROSECOND
    except OverflowError:
        raise CoverageError(
            calendar=calendar.name,
            day=f"{t} microseconds since 1970",
            first=calendar.first_day.isoformat(),
            last=calendar.last_day.isoformat(),
        ) from None


def _quick(calendar: WorkCalendar, t: Ints, w: Ints) -> Ints:
    """Return the due instants of positive budgets, loading years until all are reached.

    `w` is as long as `t`, or one budget for all.
    """
    first, last = _instant(calendar, int(t.min())), _instant(calendar, int(t.max()))
    _refuse_far(calendar, t, w)
    while True:
        _, _, table = calendar._years.both(first, last)
        lookup = _lookup(calendar, table)
        found, worst = _chunked(lookup, t, w)
        if worst < 0:
            return found
        _scalar(calendar, int(t[worst]), int(w[worst % w.size]))  # loads the years, or refuses


def _refuse_far(calendar: WorkCalendar, t: Ints, w: Ints) -> None:
    """Refuse budgets longer than all the time there is; below, sums stay within int64."""
    end = datetime(calendar.last_day.year + 1, 1, 2, tzinfo=UTC)
    stop = (end - _EPOCH) // _MICROSECOND
    if int(w.max()) > stop - int(t.max()):
        for i in np.flatnonzero(w > stop - t)[:1]:
            _scalar(calendar, int(t[i]), int(w[i % w.size]))


def _chunked(lookup: "Slots | Search", t: Ints, w: Ints) -> tuple[Ints, int]:
    """Return the due instants, or the index of the element that needs most years, else -1."""
    due = np.empty_like(t)
    worst, most = -1, lookup.total
    for i in range(0, len(t), _CHUNK):
        part = slice(i, i + _CHUNK)
        p = lookup.position(t[part])
        p += w[part] if w.size > 1 else w
        high = int(p.max())
        if high > most:
            worst, most = i + int(p.argmax()), high
        elif worst < 0:
            due[part] = lookup.instant(p)
    return due, worst


@attrs.frozen(eq=False)
class Slots:
    """Positions and instants by slot, without a search.

    With x counted from `origin`, the position is `base[k] + slope[k] * x` in slot k, and the
    instant of position p is `reach[q] + p`, where q is p in slots, rounded up.
    """

    origin: int
    length: int
    base: Ints
    slope: Ints
    reach: Ints
    total: int

    def position(self, t: Ints) -> Ints:
        """Return the work done before each instant."""
        x = t - self.origin
        k = x // self.length
        x *= self.slope.take(k)
        x += self.base.take(k)
        return x

    def instant(self, p: Ints) -> Ints:
        """Return the earliest instant of each position."""
        q = p + (self.length - 1)
        q //= self.length
        due = self.reach.take(q)
        due += p
        return due


@attrs.frozen(eq=False)
class Search:
    """Positions and instants by binary search, for boundaries of any kind."""

    starts: Ints
    bases: Ints
    work: Ints
    total: int

    def position(self, t: Ints) -> Ints:
        """Return the work done before each instant."""
        k = np.searchsorted(self.starts, t, side="right") - 1
        found: Ints = np.minimum(t - self.bases[k], self.work[k + 1])
        return found

    def instant(self, p: Ints) -> Ints:
        """Return the earliest instant of each position."""
        found: Ints = self.bases[np.searchsorted(self.work, p, side="left") - 1] + p
        return found


def _lookup(calendar: WorkCalendar, table: Table) -> "Slots | Search":
    kept = calendar._years.slots
    if kept is not None and kept[0] is table and isinstance(kept[1], Slots | Search):
        return kept[1]
    made = _made(table)
    calendar._years.slots = (table, made)
    return made


def _since(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND


def _array(values: Any, convert: Callable[[Any], int]) -> Ints:
    return np.fromiter(map(convert, values), dtype=np.int64, count=len(values))


def _made(table: Table) -> "Slots | Search":
    starts = _array(table.starts[:-1], _since)
    work = _array(table.work, lambda amount: amount // _MICROSECOND)
    ends = starts + work[1:] - work[:-1]
    last = datetime.fromordinal(table.days.stop).replace(tzinfo=table.zone)
    final = max(_since(last), int(ends[-1]))
    length = int(np.gcd.reduce(np.concatenate((starts[1:], ends[1:])))) if len(starts) > 1 else 0
    if length < _MINUTE or (final - int(starts[0])) // length > _MOST_SLOTS:
        return Search(starts, starts - work[:-1], work, int(work[-1]))
    return _slots(starts, ends, final, length)


def _slots(starts: Ints, ends: Ints, final: int, length: int) -> Slots:
    origin = int(starts[0]) // length * length
    count = (final - origin) // length + 2
    edges = np.zeros(count + 1, dtype=np.int64)
    np.add.at(edges, (starts[1:] - origin) // length, 1)
    np.add.at(edges, (ends[1:] - origin) // length, -1)
    slope = np.cumsum(edges)[:count]
    before = np.cumsum(slope) - slope
    base = length * (before - slope * np.arange(count))
    reached = np.concatenate(([0], np.flatnonzero(slope) + 1))
    reach = origin + length * (reached - np.arange(len(reached)))
    return Slots(origin, length, base, slope, reach, length * int(slope.sum()))
