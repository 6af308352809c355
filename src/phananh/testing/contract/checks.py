"""Checks that raise, with the difference between two values in words.

They are functions, because `assert` vanishes under -O.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import attrs

from phananh.errors import ConflictError, DuplicateError, InputError, PhanAnhError, short_repr
from phananh.regulation.events import Event
from phananh.regulation.request import Erased, ErasedPerson
from phananh.stores.base import (
    Change,
    CommandRecord,
    FeedEntry,
    IndexRow,
    Lease,
    Page,
    Query,
    Store,
)

_SHOWN = 80  # characters of a value that a message shows
_MOST = 4  # members of a list that are shown
_SHORT: dict[type, tuple[str, ...]] = {
    IndexRow: ("case", "version", "state"),
    Page: ("rows", "next", "damaged"),
    FeedEntry: ("position", "event"),
    CommandRecord: ("command", "case", "version", "is_erased"),
    Lease: ("consumer", "number", "position", "until"),
    Query: tuple(each.name for each in attrs.fields(Query)),
}
"""Which fields of an answer are shown, unless they are empty."""


class ContractError(AssertionError):
    """A store breaks its contract. The message says where and how."""


def check(ok: object, message: str) -> None:
    """Raise `ContractError` with `message` unless `ok`."""
    __tracebackhide__ = True  # by pytest
    if not ok:
        raise ContractError(message)


def check_same(wanted: object, found: object, what: str) -> None:
    """Raise `ContractError` unless a value is what was wanted, its types and offsets too.

    The message names the field that differs, the wanted value and the one that came.
    """
    __tracebackhide__ = True  # by pytest
    if repr(wanted) == repr(found) and wanted == found:  # most are the same, and this is quick
        return
    for path, one, other in _find_differences(wanted, found):
        raise ContractError(f"{what}{path}: {_show(one)} was wanted, and {_show(other)} came")


def _find_differences(wanted: Any, found: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield where two values differ, and both sides there."""
    if type(wanted) is not type(found):
        yield path, wanted, found
    elif isinstance(wanted, Mapping):
        yield from _compare_keys(wanted, found, path)
    elif isinstance(wanted, Sequence) and not isinstance(wanted, str | bytes):
        for i, (one, other) in enumerate(zip(wanted, found, strict=False)):
            yield from _find_differences(one, other, f"{path}, item {i + 1}")
        if len(wanted) != len(found):
            yield f"{path}, the number of items", wanted, found
    elif attrs.has(type(wanted)):
        fields = [field.name for field in attrs.fields(type(wanted)) if field.eq]
        one = {name: getattr(wanted, name) for name in fields}
        yield from _compare_keys(one, {name: getattr(found, name) for name in fields}, path)
    elif wanted != found:
        yield path, wanted, found


def _compare_keys(
    wanted: Mapping[Any, Any], found: Mapping[Any, Any], path: str
) -> Iterator[tuple[str, Any, Any]]:
    for key in (*wanted, *(key for key in found if key not in wanted)):
        pair = wanted.get(key, "nothing"), found.get(key, "nothing")
        yield from _find_differences(*pair, f"{path}, `{key}`")


def _show(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_show(each) for each in value[:6])}] ({len(value)})"
    text = value.isoformat() if isinstance(value, datetime) else repr(value)
    length = f" ({len(value)} characters)" if isinstance(value, str) else ""
    return text if len(text) <= _SHOWN else f"{text[:40]}…{text[-40:]}{length}"


@cache
def _list_fields(kind: Any) -> tuple[str, ...] | None:
    return tuple(each.name for each in attrs.fields(kind)) if attrs.has(kind) else None


def describe(value: Any) -> Any:
    """Return a value in plain parts, to be compared: its offsets too, a mark for what is erased."""
    if isinstance(value, tuple | list):
        return [describe(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    kind: Any = type(value)
    names = _list_fields(kind)
    if names is None:
        return value
    if isinstance(value, Erased):
        return f"erased, {value.length} characters"
    if isinstance(value, ErasedPerson):
        return f"an erased {value.role}"
    return {"type": type(value).__name__, **{k: describe(getattr(value, k)) for k in names}}


def describe_error(error: PhanAnhError) -> tuple[object, ...]:
    """Return the name of an error, and the facts that it must have on every store."""
    name = type(error).__name__.replace("InputTypeError", "InputError")
    if isinstance(error, ConflictError):
        return name, error.case, error.expected, error.actual
    if isinstance(error, DuplicateError):
        return name, error.command_id, error.case, error.version
    return (name,)


def find_outcome(call: Callable[[], object]) -> object:
    """Make a call, and return its result or its error."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # it is the outcome, and is looked at
        return error


def expect_error(kind: type[PhanAnhError], call: Callable[[], object], what: str) -> Any:
    """Make a call, and return the error of this kind that it raises."""
    __tracebackhide__ = True  # by pytest
    found = find_outcome(call)
    is_fine = isinstance(found, InputError) if kind is InputError else type(found) is kind
    said = f"raised {found!r}" if isinstance(found, Exception) else f"returned {short_repr(found)}"
    check(is_fine, f"{what}: it {said}, and a {kind.__name__} was wanted")
    return found


def expect_refused(kind: type[PhanAnhError], store: Store, *changes: Change) -> Any:
    """Commit, and return the error of this kind that refuses the changes."""
    __tracebackhide__ = True  # by pytest
    cases = [each.case for each in changes[:3]]
    return expect_error(kind, lambda: store.commit([*changes]), f"a commit of {cases}")


def shorten(value: object) -> str:
    """Return a value in few words, also a wrong one of a store that is not sound."""
    try:
        return _say(value)
    except Exception:  # noqa: BLE001  # such as a text in the place of a state
        return short_repr(value)


def _say(value: Any) -> str:
    if isinstance(value, Event):
        return f"{type(value).__name__} {value.case}/{value.n}"
    if isinstance(value, list | tuple):
        shown = [shorten(each) for each in value[:_MOST]]
        more = [f"and {len(value) - _MOST} more"] if len(value) > _MOST else []
        return f"[{', '.join((*shown, *more))}]"
    if isinstance(value, Change):
        names = "".join(f", command {each.id!r}" for each in value.commands[:1])
        kinds = ", ".join(type(event).__name__ for event in value.events[:_MOST])
        more = [f" ({len(value.events)})"] if len(value.events) > _MOST else [""]
        return f"<{value.case!r} on version {value.expected}: {kinds}{more[0]}{names}>"
    if isinstance(value, datetime):
        return value.isoformat()
    if type(value) not in _SHORT:
        return short_repr(value)
    fields = {each.name: getattr(value, each.name) for each in attrs.fields(type(value))}
    given = {name: found for name, found in fields.items() if name in _SHORT[type(value)]}
    said = ", ".join(f"{name}={shorten(found)}" for name, found in given.items() if found)
    return f"{type(value).__name__}({said})"
