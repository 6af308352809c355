"""Many instants at once, on NumPy arrays: the scalar's answers at some 10 ns each (Art. 9).

Each function has the name of the method of `WorkCalendar` that it repeats, and takes

- the calendar
- instants as datetime64 in UTC, int64 microseconds since 1970, or one aware datetime
- amounts as timedelta64, int64 microseconds, or one timedelta, positive or not

Arrays are broadcast against each other. NaT in gives NaT out, or False. Instants are returned in
the form in which you gave them, in microseconds (or nanoseconds if you gave those). If the scalar
raises for one element, the call raises.

Only this module needs NumPy (the extra `numpy`), and the rest of phananh does not import it.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import attrs

from phananh.errors import InputError, InputTypeError, make_extra_error, short_repr

try:
    import numpy as np
except ModuleNotFoundError as error:
    raise make_extra_error(error, "numpy", "bulk deadlines need", "numpy") from None
from numpy.typing import NDArray

from phananh.worktime.calendar.table import Table
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.instants import budget_error_code, require_aware, to_instant
from phananh.worktime.session import DAY
from phananh.worktime.validators import check_kind

# A sorted array is searched by a table of equal buckets, which gives the last key before the
# bucket, and by as many halving steps as the fullest bucket needs, usually one. The cost is the
# same for boundaries of any kind, on the half hour or on the second. Values are not rounded:
# nanoseconds are accepted if they are whole microseconds. NaT stays NaT, which is the least int64.
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NEVER = np.iinfo(np.int64).max
_MOST_BUCKETS = 1_000_000
Instants = NDArray[Any] | np.datetime64 | datetime
Amounts = NDArray[Any] | np.timedelta64 | timedelta
T = TypeVar("T", bound=np.generic)
_CHUNK = 16_384  # temporaries of a chunk stay in the processor's cache
_FAR = timedelta(days=400_000) // MICROSECOND  # more than any calendar covers
Found = NDArray[Any]
Ask = Callable[..., Found]  # a calendar and its elements, none of them missing
NAT = int(np.iinfo(np.int64).min)
_THOUSAND = 1_000
# The range of a datetime, and more days than any calendar covers.
_EDGES: dict[str, tuple[Any, Any]] = {
    "M": (np.datetime64("0001-01-01"), np.datetime64("9999-12-31")),
    "m": (np.timedelta64(-400_000, "D"), np.timedelta64(400_000, "D")),
}


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
        work = _array([0, *(amount // MICROSECOND for amount in table.ends)])
        starts, ends = bases + work[:-1], work[1:]
        after = datetime(max(table.years) + 1, 1, 3, tzinfo=UTC)  # New Year, in every zone
        stop = max(microseconds(after), int(starts[-1]))
        total = int(work[-1])
        by_start, by_work = BucketIndex.of(starts, stop), BucketIndex.of(work[:-1], total)
        following, floor = _array([*starts[1:], NEVER]), table.floor // MICROSECOND
        return cls(by_start, by_work, following, bases, ends, total, floor)

    def position(self, at: Ints) -> Ints:
        """Return the work done before each instant."""
        k = self.by_start.find(at)
        p: Ints = at - self.bases.take(k)
        return np.minimum(p, self.ends.take(k), out=p)

    def move(self, start: Ints, budget: Ints) -> tuple[Ints, int]:
        """Return the end of each budget of work, before its start if negative, the start if zero.

        The second value is the index of an element that needs more years, or -1.
        """
        p = self.position(start) + budget
        if int(p.max()) > self.total:
            return p, int(p.argmax())
        if int(p.min()) < self.floor:
            return p, int(p.argmin())
        found: Ints = self.bases.take(self.by_work.find(p - (budget > 0)))  # earliest, else latest
        found += p
        still = budget == 0
        return (np.where(still, start, found) if still.any() else found), -1

    def between(self, start: Ints, end: Ints) -> tuple[Ints, int]:
        """Return the work from each `start` to its `end`."""
        return self.position(end) - self.position(start), -1

    def is_open(self, at: Ints) -> tuple[Bools, int]:
        """Return whether each instant lies in a session."""
        k = self.by_start.find(at)
        return np.less(at - self.bases.take(k), self.ends.take(k)), -1

    def opening(self, at: Ints) -> tuple[Ints, int]:
        """Return each instant if open, else the next opening. The second value is as in `move`."""
        k = self.by_start.find(at)
        is_open = at - self.bases.take(k) < self.ends.take(k)
        found = np.where(is_open, at, self.following.take(k))
        last = int(found.argmax())
        return found, last if found[last] == NEVER else -1


def _array(values: list[Any]) -> Ints:
    return np.array(values, dtype=np.int64)


def add_many(calendar: WorkCalendar, starts: Instants, budgets: Amounts) -> Any:
    """Return `calendar.add` of each start and budget, in the form of the starts (Art. 9).

    Raises:
        InputTypeError: another dtype.
        InputError: a fraction of a microsecond, or arrays that do not fit each other.
        CoverageError: an element for which `add` raises it.
    """
    start, budget = read_instants(starts, "starts"), read_amounts(budgets)
    return in_form_of(_ask_present(_move, calendar, (start, budget), NAT), starts)


def subtract_many(calendar: WorkCalendar, ends: Instants, budgets: Amounts) -> Any:
    """Return `calendar.subtract` of each end and budget. It raises as `add_many` does."""
    end, budget = read_instants(ends, "ends"), read_amounts(budgets)
    return in_form_of(_ask_present(_move, calendar, (end, -budget), NAT), ends)  # -NaT is NaT


def between_many(calendar: WorkCalendar, starts: Instants, ends: Instants) -> Any:
    """Return `calendar.between` of each start and end: timedelta64[us], or int64 for int64."""
    start, end = read_instants(starts, "starts"), read_instants(ends, "ends")
    return amounts_in_form_of(_ask_present(_between, calendar, (start, end), NAT), starts, ends)


def is_open_many(calendar: WorkCalendar, at: Instants) -> Any:
    """Return `calendar.is_open` of each instant, which is False for NaT."""
    return _ask_present(_is_open, calendar, (read_instants(at, "at"),), 0)[()]


def next_opening_many(calendar: WorkCalendar, at: Instants) -> Any:
    """Return `calendar.next_opening` of each instant, in the form of those given (Art. 3.2)."""
    return in_form_of(_ask_present(_next_opening, calendar, (read_instants(at, "at"),), NAT), at)


def provisional_many(calendar: WorkCalendar, starts: Instants, dues: Instants) -> Any:
    """Return `calendar.provisional` of each start and due: whether a later notice may move it."""
    start, due = read_instants(starts, "starts"), read_instants(dues, "dues")
    return _ask_present(find_provisional, calendar, (start, due), 0)[()]


def _move(calendar: WorkCalendar, start: Ints, budget: Ints) -> Ints:
    def ask_scalar(at: int, amount: int) -> None:
        calendar.add(_to_datetime(calendar, at), amount * MICROSECOND)

    if int(budget.max()) > _FAR or int(budget.min()) < -_FAR:
        budget = np.clip(budget, -_FAR, _FAR)  # so that sums stay within int64
    due = _ask_by_chunks(calendar, Sessions.move, ask_scalar, np.int64, (start,), (budget,))
    if calendar.strict:
        for i in np.flatnonzero(find_provisional(calendar, start, due)):
            ask_scalar(int(start[i % start.size]), int(budget[i % budget.size]))
    return due


def _between(calendar: WorkCalendar, start: Ints, end: Ints) -> Ints:
    return _ask_by_chunks(calendar, Sessions.between, None, np.int64, (start, end))


def _is_open(calendar: WorkCalendar, at: Ints) -> Bools:
    return _ask_by_chunks(calendar, Sessions.is_open, None, np.bool_, (at,))


def _next_opening(calendar: WorkCalendar, at: Ints) -> Ints:
    def ask_scalar(at: int) -> None:
        calendar.next_opening(_to_datetime(calendar, at))

    return _ask_by_chunks(calendar, Sessions.opening, ask_scalar, np.int64, (at,))


def _ask_by_chunks(
    calendar: WorkCalendar,
    ask: Callable[..., tuple[NDArray[T], int]],
    ask_scalar: Callable[..., None] | None,
    dtype: type[T],
    times: tuple[Ints, ...],
    others: tuple[Ints, ...] = (),
) -> NDArray[T]:
    """Return what `ask` finds, chunk by chunk.

    If it names an element that needs a year not loaded yet, `ask_scalar` loads the years or
    raises. What was found until then stays valid.
    """
    first, last = _outer_instants(calendar, *times)
    given = (*times, *others)
    found: NDArray[T] = np.empty(max(array.size for array in given), dtype)
    sessions, begin = _load_sessions(calendar, first, last), 0
    while begin < found.size:
        part = slice(begin, begin + _CHUNK)
        chunk = [array[part] if array.size > 1 else array for array in given]
        found_here, lacking = ask(sessions, *chunk)
        if lacking < 0 or ask_scalar is None:
            found[part] = found_here
            begin += _CHUNK
        else:
            ask_scalar(*(int(array[lacking % array.size]) for array in chunk))
            sessions = _load_sessions(calendar, first, last)
    return found


def _outer_instants(calendar: WorkCalendar, *times: Ints) -> tuple[datetime, datetime]:
    """Return the first and the last of some instants."""
    low, high = min(int(t.min()) for t in times), max(int(t.max()) for t in times)
    return _to_datetime(calendar, low), _to_datetime(calendar, high)


def _to_datetime(calendar: WorkCalendar, at: int) -> datetime:
    try:
        return EPOCH + at * MICROSECOND
    except OverflowError:
        raise calendar.coverage_error(f"{at} microseconds since 1970") from None


def _load_sessions(calendar: WorkCalendar, first: datetime, last: datetime) -> Sessions:
    """Return the arrays of a table that has the days of both. They are cached with the table."""
    _, _, table = calendar.locate_both(first, last)
    kept = calendar._arrays
    if kept is not None and kept[0] is table and isinstance(kept[1], Sessions):
        return kept[1]
    sessions = Sessions.of(table)
    calendar._set(_arrays=(table, sessions))
    return sessions


def read_instants(given: object, field: str) -> Ints:
    """Return datetime64, int64 microseconds or one aware datetime as microseconds in UTC.

    Raises:
        InputTypeError: another dtype.
        InputError: no offset, or fractions of a microsecond.
    """
    if isinstance(given, datetime):
        since = require_aware(given, field) - EPOCH
        return np.array(_count_microseconds(since, given, field), dtype=np.int64)
    return _as_ints(_as_array(given, field), "M", field)


def read_amounts(given: object, field: str = "budgets") -> Ints:
    """Return a timedelta, timedelta64 or int64 microseconds as microseconds.

    Raises:
        InputTypeError: another type.
        InputError: fractions of a microsecond.
    """
    if isinstance(given, timedelta):
        amount = _count_microseconds(given, given, field)
        return np.array(max(min(amount, NEVER), -NEVER), dtype=np.int64)
    if isinstance(given, np.ndarray | np.timedelta64):
        return _as_ints(_as_array(given, field), "m", field)
    raise InputTypeError(
        code=budget_error_code(given, "not_amounts"), field=field, value=short_repr(given)
    )


def in_form_of(found: Ints, given: object) -> Any:
    """Return instants in the form of what was given: int64, or datetime64 in us or ns."""
    dtype = None if isinstance(given, datetime) else np.asarray(given).dtype
    if dtype is not None and dtype.kind == "i":
        return found[()]
    if dtype is not None and np.datetime_data(dtype)[0] == "ns":
        missing = found == NAT
        found = np.where(missing, NAT, found * _THOUSAND) if missing.any() else found * _THOUSAND
        return found.view("M8[ns]")[()]
    return found.view("M8[us]")[()]


def amounts_in_form_of(found: Ints, *given: object) -> Any:
    """Return amounts as int64 if every instant was int64, else as timedelta64[us]."""
    arrays = [np.asarray(one) for one in given if not isinstance(one, datetime)]
    plain = arrays and all(array.dtype.kind == "i" for array in arrays)
    return found[()] if plain else found.view("m8[us]")[()]


def _as_array(given: object, field: str) -> NDArray[Any]:
    if isinstance(given, np.ma.MaskedArray):
        raise InputTypeError(code="array_masked", field=field, name=field)
    return np.asarray(given)


def _as_ints(array: NDArray[Any], kind: str, field: str) -> Ints:
    dtype, unit = array.dtype, {"M": "datetime64[us]", "m": "timedelta64[us]"}[kind]
    if dtype.kind == "i" and dtype.itemsize == 8:
        return array.astype(np.int64, copy=False)
    if dtype.kind == kind and np.datetime_data(dtype)[0] == "ns":
        return _drop_nanoseconds(array.astype(f"{kind}8[ns]").view(np.int64), field)
    has_unit = dtype.kind == kind and np.can_cast(dtype, unit, "safe")
    if has_unit and (np.datetime_data(dtype)[0] != "generic" or np.isnat(array).all()):
        return _scale(array, unit)  # NaT needs no unit
    raise InputTypeError(code="array_of_type", field=field, type=str(dtype), unit=unit)


def _scale(array: NDArray[Any], unit: str) -> Ints:
    """Return coarser units in microseconds. What would overflow is outside every calendar."""
    if np.datetime_data(array.dtype)[0] not in ("us", "generic"):
        low, high = (np.array(edge).astype(array.dtype) for edge in _EDGES[array.dtype.kind])
        array = np.clip(array, low, high)
    return array.astype(unit).view(np.int64)


def _drop_nanoseconds(nanoseconds: Ints, field: str) -> Ints:
    missing = nanoseconds == NAT
    wrong = (nanoseconds % _THOUSAND != 0) & ~missing
    if wrong.any():
        place = np.argwhere(wrong)[0].tolist()
        raise InputError(
            code="nanoseconds",
            field=field,
            element=f"{field}{place or ''}",
            rest=int(nanoseconds[tuple(place)] % _THOUSAND),
        )
    return np.where(missing, NAT, nanoseconds // _THOUSAND)


def _count_microseconds(span: timedelta, given: object, field: str) -> int:
    amount, rest = divmod(span, MICROSECOND)  # a Timedelta of pandas may have nanoseconds
    if rest:
        raise InputError(code="finer_than_microseconds", field=field, value=short_repr(given))
    return amount


def _ask_present(ask: Ask, calendar: WorkCalendar, given: tuple[Ints, ...], missing: int) -> Found:
    """Return `ask` of the elements of arrays that are broadcast, `missing` where one is NaT."""
    check_kind(WorkCalendar, "calendar", [calendar], code="not_a_calendar")
    try:
        shape = np.broadcast_shapes(*(array.shape for array in given))
    except ValueError:
        raise InputError(
            code="array_shapes", field="arrays", shapes=tuple(str(array.shape) for array in given)
        ) from None
    flat = [each if each.size == 1 else np.broadcast_to(each, shape) for each in given]
    flat = [each.ravel() for each in flat]
    size = int(np.prod(shape))
    if size and all(int(array.min()) != NAT for array in flat):
        return np.broadcast_to(ask(calendar, *flat), size).reshape(shape)
    there = np.ones(size, dtype=np.bool_)
    for array in flat:
        there &= array != NAT
    found: Found = np.full(size, missing, dtype=np.int64 if missing else np.bool_)
    if there.any():
        some = (array[there] if array.size > 1 else array for array in flat)
        found[there] = ask(calendar, *some)
    return found.reshape(shape)


def find_provisional(calendar: WorkCalendar, start: Ints, due: Ints) -> Bools:
    """Return `calendar.provisional` of each pair of instants.

    It looks for the days that a later notice may move, as spans of instants from midnight to
    midnight, between each pair.
    """
    low, high = np.broadcast_arrays(np.minimum(start, due), np.maximum(start, due))
    _, last = map(calendar.local, _outer_instants(calendar, low, high))  # if covered
    spans = [*_unsettled_spans(calendar, last.date()), (NEVER, NEVER)]
    if spans[0][0] != -NEVER:
        spans.insert(0, (-NEVER, -NEVER))
    starts, ends = np.array(spans, dtype=np.int64).T
    found = np.zeros(low.shape, dtype=np.bool_)
    near = np.flatnonzero((low < ends[0]) | (high >= starts[1]))  # few, in most lists
    following = starts[np.searchsorted(ends[:-1], low[near], side="right")]
    found[near] = (high[near] >= following) & (low[near] < high[near])
    return found


def _unsettled_spans(calendar: WorkCalendar, last: date) -> Iterator[tuple[int, int]]:
    """Yield the days up to `last` that a later notice may move, as instants.

    All are, before the first that the notices cover and from the first that they do not.
    """
    day_rules = calendar.day_rules
    known = date.fromordinal(day_rules.first_settled)
    if known > calendar.first_day:
        yield -NEVER, _midnight(calendar, known)
    for ordinal in range(day_rules.first_unsettled, last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day > calendar.known_through:
            yield _midnight(calendar, day), NEVER
            return
        if day_rules.find_unsettled(day, day):
            yield _midnight(calendar, day), _midnight(calendar, day + DAY)


def _midnight(calendar: WorkCalendar, day: date) -> int:
    return microseconds(to_instant(day, timedelta(), calendar.tzinfo))
