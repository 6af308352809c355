"""Conversion of NumPy arrays to whole microseconds since 1970 in UTC, and back.

Values are not rounded: nanoseconds are accepted if they are whole microseconds. NaT stays NaT,
which is the least int64. Years that a datetime cannot have stay outside every calendar.
"""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.worktime.bulk.session_arrays import EPOCH, MICROSECOND, NEVER, Ints
from phananh.worktime.instants import budget_error_code, require_aware

NAT = int(np.iinfo(np.int64).min)
_THOUSAND = 1_000
# The range of a datetime, and more days than any calendar covers.
_EDGES: dict[str, tuple[Any, Any]] = {
    "M": (np.datetime64("0001-01-01"), np.datetime64("9999-12-31")),
    "m": (np.timedelta64(-400_000, "D"), np.timedelta64(400_000, "D")),
}


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
    code = budget_error_code(given, "not_amounts")
    raise InputTypeError(code=code, field=field, value=short_repr(given))


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
    kind = type(given)
    if isinstance(given, np.ma.MaskedArray):
        raise InputTypeError(code="array_masked", field=field, name=field)
    if kind.__module__.partition(".")[0] == "pandas":
        raise InputTypeError(code="array_wanted", field=field, type=kind.__name__)
    return np.asarray(given)


def _as_ints(array: NDArray[Any], kind: str, field: str) -> Ints:
    dtype, unit = array.dtype, {"M": "datetime64[us]", "m": "timedelta64[us]"}[kind]
    if dtype.kind == "i" and dtype.itemsize == 8:
        return array.astype(np.int64, copy=False)
    if dtype.kind == kind and np.datetime_data(dtype)[0] == "ns":
        return _drop_nanoseconds(array.astype(f"{kind}8[ns]").view(np.int64), field)
    if dtype.kind == kind and np.can_cast(dtype, unit, "safe") and _has_unit(array):
        return _scale(array, unit)
    raise InputTypeError(code="array_of_type", field=field, type=str(dtype), unit=unit)


def _has_unit(array: NDArray[Any]) -> bool:
    """Return whether its unit is known. An array of NaT needs none."""
    return np.datetime_data(array.dtype)[0] != "generic" or bool(np.isnat(array).all())


def _scale(array: NDArray[Any], unit: str) -> Ints:
    """Return coarser units in microseconds. What would overflow is outside every calendar."""
    if np.datetime_data(array.dtype)[0] not in ("us", "generic"):
        low, high = (np.array(edge).astype(array.dtype) for edge in _EDGES[array.dtype.kind])
        beyond = np.where(array > high, NEVER, np.where(array < low, -NEVER, 0))
        if beyond.any():
            near = np.where(beyond == 0, array, low)
            return np.where(beyond == 0, near.astype(unit).view(np.int64), beyond)
    return array.astype(unit).view(np.int64)


def _drop_nanoseconds(nanoseconds: Ints, field: str) -> Ints:
    found: Ints = nanoseconds // _THOUSAND
    wrong = found * _THOUSAND != nanoseconds
    if wrong.any():
        missing = nanoseconds == NAT
        found = np.where(missing, NAT, found)
        if (wrong & ~missing).any():
            place = np.argwhere(wrong & ~missing)[0].tolist()
            element, rest = f"{field}{place or ''}", int(nanoseconds[tuple(place)] % 1000)
            raise InputError(code="nanoseconds", field=field, element=element, rest=rest)
    return found


def _count_microseconds(span: timedelta, given: object, field: str) -> int:
    amount, rest = divmod(span, MICROSECOND)  # a Timedelta of pandas may have nanoseconds
    if rest:
        raise InputError(code="finer_than_microseconds", field=field, value=short_repr(given))
    return amount
