"""Many instants at once, on NumPy arrays: the scalar's answers at some 10 ns each (Art. 9).

Each function has the name of the method of `WorkCalendar` that it repeats, and takes

- the calendar of all elements, or a mapping and `keys=`, the key of each element's calendar
- instants as datetime64 in UTC, int64 microseconds since 1970, or one aware datetime
- amounts as timedelta64, int64 microseconds, or one timedelta, positive or not

Arrays are broadcast against each other. NaT in gives NaT out, or False. Instants are returned in
the form in which you gave them, in microseconds (or nanoseconds if you gave those). If the scalar
raises for one element, the call raises.

Only this module needs NumPy (the extra `numpy`), and the rest of phananh does not import it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

try:
    import numpy as np
except ModuleNotFoundError as error:
    if error.name != "numpy":
        raise  # pragma: no cover - numpy is installed, and lacks something itself
    problem = 'bulk deadlines need the extra "numpy"; in a clone: pip install ".[numpy]"'
    raise ModuleNotFoundError(problem, name="numpy") from None
from numpy.typing import ArrayLike, NDArray

from phananh.worktime.bulk.arrays import (
    NAT,
    amounts_in_form_of,
    in_form_of,
    read_amounts,
    read_instants,
)
from phananh.worktime.bulk.by_key import Calendars, ask_each
from phananh.worktime.bulk.provisional import find_provisional
from phananh.worktime.bulk.session_arrays import (
    EPOCH,
    MICROSECOND,
    Bools,
    Ints,
    Sessions,
    microseconds,
)
from phananh.worktime.calendar.work_calendar import WorkCalendar

Instants = NDArray[Any] | np.datetime64 | datetime
Amounts = NDArray[Any] | np.timedelta64 | timedelta
T = TypeVar("T", bound=np.generic)
_TWO_DAYS = timedelta(days=2) // MICROSECOND
_CHUNK = 16_384  # temporaries of a chunk stay in the processor's cache


def add_many(
    calendar: Calendars, starts: Instants, budgets: Amounts, *, keys: ArrayLike | None = None
) -> Any:
    """Return `calendar.add` of each start and budget, in the form of the starts (Art. 9).

    Raises:
        InputTypeError: another dtype.
        InputError: an unknown key, or a fraction of a microsecond.
        CoverageError: an element for which `add` raises it.
    """
    t, w = read_instants(starts, "starts"), read_amounts(budgets)
    return in_form_of(ask_each(_move, calendar, keys, (t, w), NAT), starts)


def subtract_many(
    calendar: Calendars, ends: Instants, budgets: Amounts, *, keys: ArrayLike | None = None
) -> Any:
    """Return `calendar.subtract` of each end and budget. It raises as `add_many` does."""
    t, w = read_instants(ends, "ends"), read_amounts(budgets)
    return in_form_of(ask_each(_move, calendar, keys, (t, -w), NAT), ends)  # -NaT is NaT


def between_many(
    calendar: Calendars, starts: Instants, ends: Instants, *, keys: ArrayLike | None = None
) -> Any:
    """Return `calendar.between` of each start and end: timedelta64[us], or int64 for int64."""
    a, b = read_instants(starts, "starts"), read_instants(ends, "ends")
    return amounts_in_form_of(ask_each(_between, calendar, keys, (a, b), NAT), starts, ends)


def is_open_many(calendar: Calendars, at: Instants, *, keys: ArrayLike | None = None) -> Any:
    """Return `calendar.is_open` of each instant, which is False for NaT."""
    return ask_each(_is_open, calendar, keys, (read_instants(at, "at"),), 0)[()]


def next_opening_many(calendar: Calendars, at: Instants, *, keys: ArrayLike | None = None) -> Any:
    """Return `calendar.next_opening` of each instant, in the form of those given (Art. 3.2)."""
    return in_form_of(ask_each(_next_opening, calendar, keys, (read_instants(at, "at"),), NAT), at)


def provisional_many(
    calendar: Calendars, starts: Instants, dues: Instants, *, keys: ArrayLike | None = None
) -> Any:
    """Return `calendar.provisional` of each start and due: whether a later notice may move it."""
    a, b = read_instants(starts, "starts"), read_instants(dues, "dues")
    return ask_each(_provisional, calendar, keys, (a, b), 0)[()]


def _move(calendar: WorkCalendar, t: Ints, w: Ints) -> Ints:
    def ask_scalar(at: int, amount: int) -> None:
        calendar.add(_to_datetime(calendar, at), amount * MICROSECOND)

    _ask_where_out_of_range(calendar, t, w, ask_scalar)
    due = _ask_by_chunks(calendar, Sessions.move, ask_scalar, np.int64, (t,), (w,))
    if calendar.strict:
        for i in np.flatnonzero(find_provisional(calendar, t, due)):
            ask_scalar(int(t[i % t.size]), int(w[i % w.size]))
    return due


def _ask_where_out_of_range(
    calendar: WorkCalendar, t: Ints, w: Ints, ask_scalar: Callable[[int, int], None]
) -> None:
    """Refuse budgets longer than all covered time, so that sums stay within int64."""
    start = microseconds(datetime(calendar.first_day.year, 1, 1, tzinfo=UTC)) - _TWO_DAYS
    stop = microseconds(datetime(calendar.last_day.year, 12, 31, tzinfo=UTC)) + _TWO_DAYS
    _outer_instants(calendar, t)  # keeps the differences below within int64
    if int(w.max()) > stop - int(t.max()) or int(w.min()) < start - int(t.min()):
        for i in np.flatnonzero(  # pragma: no branch - the first one is refused
            (w > stop - t) | (w < start - t)
        ):
            ask_scalar(int(t[i % t.size]), int(w[i % w.size]))


def _between(calendar: WorkCalendar, a: Ints, b: Ints) -> Ints:
    return _ask_by_chunks(calendar, Sessions.between, None, np.int64, (a, b))


def _is_open(calendar: WorkCalendar, t: Ints) -> Bools:
    return _ask_by_chunks(calendar, Sessions.is_open, None, np.bool_, (t,))


def _next_opening(calendar: WorkCalendar, t: Ints) -> Ints:
    def ask_scalar(at: int) -> None:
        calendar.next_opening(_to_datetime(calendar, at))

    return _ask_by_chunks(calendar, Sessions.opening, ask_scalar, np.int64, (t,))


def _provisional(calendar: WorkCalendar, a: Ints, b: Ints) -> Bools:
    _outer_instants(calendar, a, b)
    return find_provisional(calendar, a, b)


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


def _to_datetime(calendar: WorkCalendar, t: int) -> datetime:
    try:
        return EPOCH + t * MICROSECOND
    except OverflowError:
        raise calendar._years.not_covered(f"{t} microseconds since 1970") from None


def _load_sessions(calendar: WorkCalendar, first: datetime, last: datetime) -> Sessions:
    """Return the arrays of a table that has the days of both. They are cached with the table."""
    years = calendar._years
    _, _, table = years.locate_both(first, last)
    kept = years.arrays
    if kept is not None and kept[0] is table and isinstance(kept[1], Sessions):
        return kept[1]
    sessions = Sessions.of(table)
    years.arrays = (table, sessions)
    return sessions
