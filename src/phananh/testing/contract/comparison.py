"""The differences between stored and returned values: the field, and both values."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import attrs

from phananh.regulation.case import fold
from phananh.regulation.events import Event
from phananh.stores.base import Query, Store
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.base import ContractError

Found = TypeVar("Found")
_SHOWN = 80  # characters of a value that a message shows


def check_same(stored: object, returned: object, what: str) -> None:
    """Raise `ContractError` unless a value came back as it was stored, its types too.

    The message names the field that differs, the stored value and the returned one.
    """
    __tracebackhide__ = True  # by pytest
    difference = _describe_difference(stored, returned, what)
    if difference is not None:
        raise ContractError(difference)


def require(found: Found | None, message: str) -> Found:
    """Return a value that was found, or raise `ContractError` with `message`."""
    if found is None:
        raise ContractError(message)
    return found


def check_history(store: Store, events: Sequence[Event]) -> None:
    """Check that a case comes back with exactly these events, and that its row is their sum."""
    __tracebackhide__ = True  # by pytest
    case = events[0].case
    check_events(events, store.load(case), f"the history of {case}")
    found = [row for row in store.find(Query(code=_code_of(events))).rows if row.case == case]
    check_same([make_index_row(fold(tuple(events)))], found, f"the rows of {case}")


def check_events(stored: Sequence[Event], returned: Sequence[Event], what: str) -> None:
    """Check that events came back equal and in order, as a tuple."""
    __tracebackhide__ = True  # by pytest
    check_same(tuple(stored), returned, what)


def _code_of(events: Sequence[Event]) -> str:
    return make_index_row(fold(tuple(events))).code


def _describe_difference(stored: Any, returned: Any, what: str) -> str | None:
    """Return in words the first difference, or None."""
    if type(stored) is not type(returned):
        return f"{what}: {_pair(stored, returned)}, of another type ({type(returned).__name__})"
    if isinstance(stored, tuple | list):
        return _compare_items(stored, returned, what)
    if isinstance(stored, dict):
        return _compare_keys(stored, returned, what)
    if attrs.has(type(stored)):
        return _compare_fields(stored, returned, what)
    if stored == returned:
        return None
    return f"{what}: {_pair(stored, returned)}"


def _compare_items(stored: Sequence[Any], returned: Sequence[Any], what: str) -> str | None:
    for i, (one, other) in enumerate(zip(stored, returned, strict=False)):
        difference = _describe_difference(one, other, f"{what}, {_name_item(one, i)}")
        if difference is not None:
            return difference
    if len(stored) == len(returned):
        return None
    return f"{what}: {len(stored)} were stored, {len(returned)} came back"


def _compare_keys(stored: dict[Any, Any], returned: dict[Any, Any], what: str) -> str | None:
    for key, value in stored.items():
        if key not in returned:
            return f"{what}: {key!r} is missing"
        difference = _describe_difference(value, returned[key], f"{what}, {key!r}")
        if difference is not None:
            return difference
    added = [key for key in returned if key not in stored]
    return f"{what}: {added[0]!r} came back, and was not stored" if added else None


def _name_item(item: object, i: int) -> str:
    if isinstance(item, Event):
        return f"version {item.n} ({type(item).__name__})"
    return f"item {i + 1}"


def _compare_fields(stored: Any, returned: Any, what: str) -> str | None:
    for field in (each for each in attrs.fields(type(stored)) if each.eq):
        pair = getattr(stored, field.name), getattr(returned, field.name)
        difference = _describe_difference(*pair, f"{what}, field `{field.name}`")
        if difference is not None:
            return difference
    return None


def _pair(stored: object, returned: object) -> str:
    where = _first_difference(stored, returned)
    return f"stored {_show(stored)}, came back {_show(returned)}{where}"


def _first_difference(stored: object, returned: object) -> str:
    """Return where two long texts part, empty for other values."""
    if not (isinstance(stored, str) and isinstance(returned, str)):
        return ""
    if max(len(stored), len(returned)) <= _SHOWN:
        return ""
    pairs = enumerate(zip(stored, returned, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(stored), len(returned)))
    return f", which differ from character {at + 1}"


def _show(value: object) -> str:
    text = value.isoformat() if isinstance(value, datetime) else repr(value)
    if len(text) <= _SHOWN:
        return text
    length = f" ({len(value)} characters)" if isinstance(value, str) else ""
    return f"{text[:_SHOWN]}…{length}"
