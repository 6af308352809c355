"""One calendar for all elements, or one for each by its key.

Rule: an unknown key is an error that names it and its position. There is no fallback.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.worktime.bulk.arrays import NAT
from phananh.worktime.bulk.session_arrays import Ints
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.validators import check_kind

Found = NDArray[Any]
Ask = Callable[..., Found]  # a calendar and its elements, none of them missing
Calendars = WorkCalendar | Mapping[Any, WorkCalendar]
Codes = NDArray[np.int16]
# Up to so many names of that type, comparing is faster than looking up.
_FEW: Mapping[str, tuple[type, int]] = {"U": (str, 8), "i": (int, 100), "u": (int, 100)}
_LISTED = 8


def ask_each(
    ask: Ask, calendar: Calendars, keys: object, given: tuple[Ints, ...], missing: int
) -> Found:
    """Return `ask` of each element's calendar, `missing` where any of its values is."""
    chosen, codes = _choose(calendar, keys)
    shape = _common_shape([codes.shape, *(array.shape for array in given)])
    size = int(np.prod(shape))
    flat = [_flatten(array, shape) for array in given]
    if codes.size == 1:
        return _ask_present(ask, chosen[codes.item()], flat, size, missing).reshape(shape)
    found: Found = np.empty(size, np.int64 if missing else np.bool_)
    for one, part in zip(chosen, _split(np.broadcast_to(codes, shape).ravel()), strict=False):
        some = [array[part] if array.size > 1 else array for array in flat]
        found[part] = _ask_present(ask, one, some, len(part), missing)
    return found.reshape(shape)


def _common_shape(shapes: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the shape of the answer, or refuse arrays that do not fit each other."""
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        given = tuple(str(shape) for shape in shapes if shape)
        raise InputError(code="array_shapes", field="arrays", shapes=given) from None


def _split(codes: Codes) -> list[NDArray[np.intp]]:
    """Return the positions of each code from 0 on."""
    ends = np.cumsum(np.bincount(codes))
    return np.split(np.argsort(codes, kind="stable"), ends[:-1])


def _flatten(array: Ints, shape: tuple[int, ...]) -> Ints:
    """Return an array in one dimension, as long as the answer, or of one element for all."""
    return array.ravel() if array.size == 1 else np.broadcast_to(array, shape).ravel()


def _ask_present(
    ask: Ask, calendar: WorkCalendar, given: list[Ints], size: int, missing: int
) -> Found:
    """Ask for the elements that are present, if there are any."""
    if size and all(int(array.min()) != NAT for array in given):
        return np.broadcast_to(ask(calendar, *given), size)
    there = np.ones(size, dtype=np.bool_)
    for array in given:
        there &= array != NAT
    if not there.any():
        return np.full(size, missing, dtype=np.bool_ if missing == 0 else np.int64)
    some = ask(calendar, *(array[there] if array.size > 1 else array for array in given))
    found = np.full(size, missing, dtype=some.dtype)
    found[there] = some
    return found


def _choose(calendar: object, keys: object) -> tuple[list[WorkCalendar], Codes]:
    """Return the calendars and, for each key, the number of its calendar."""
    if isinstance(calendar, Mapping):
        check_kind(WorkCalendar, "calendar", calendar.values())
        if keys is None:
            raise InputError(code="calendar_of_whom", field="keys")
        names = list(calendar)
        return [calendar[name] for name in names], _number_keys(names, np.asarray(keys))
    if not isinstance(calendar, WorkCalendar):
        shown = short_repr(calendar)
        raise InputTypeError(code="not_a_calendar_or_mapping", field="calendar", value=shown)
    if keys is not None:
        raise InputTypeError(code="keys_of_one_calendar", field="calendar")
    return [calendar], np.zeros((), dtype=np.int16)


def _number_keys(names: list[Any], keys: NDArray[Any]) -> Codes:
    codes: Codes = np.full(keys.shape, -1, dtype=np.int16)
    kind, few = _FEW.get(keys.dtype.kind, (object, 0))
    if len(names) <= few and all(isinstance(name, kind) for name in names):
        for code, name in enumerate(names):
            codes[keys == name] = code
    else:
        numbers = {name: code for code, name in enumerate(names)}
        codes = np.array(_look_up(numbers, keys), dtype=np.int16).reshape(keys.shape)
    if codes.size and int(codes.min()) < 0:
        place = np.argwhere(codes < 0)[0].tolist()
        key = keys.astype(object)[tuple(place)]
        raise unknown_key_error(key, f"keys{place or ''}", names)
    return codes


def _look_up(numbers: Mapping[Any, int], keys: NDArray[Any]) -> list[int]:
    try:
        return [numbers.get(key, -1) for key in keys.ravel().tolist()]
    except TypeError as error:
        raise InputTypeError(code="keys_unhashable", field="keys", cause=str(error)) from None


def unknown_key_error(key: object, where: str, names: list[Any]) -> InputError:
    """Return the error for a key without a calendar."""
    known = (*map(short_repr, names[:_LISTED]), *["..."][: len(names) > _LISTED])
    facts = {"element": where, "value": short_repr(key), "known": known or "{}"}
    return InputError(code="key_of_no_calendar", field="keys", **facts)
