"""Values as plain JSON and back, driven by the type hints of their attrs classes.

Each class is compiled once, into closures. Reading trusts what was checked when it was
recorded: it tests the type of each leaf, but walks through no door, so that a history
outlives a door that became stricter.
"""

import types
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import EnumMeta
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from phananh.worktime import Span

_MICROSECOND = timedelta(microseconds=1)
_new = object.__new__
_set = object.__setattr__


@attrs.frozen
class Form:
    """How one type is written and read; a value of exactly `leaf` is its own plain form."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    leaf: type | None = None


CORRUPTED = (TypeError, KeyError, ValueError, OverflowError, RecursionError)
"""What reading raises for data that was never written by `write`."""


def _same(value: Any) -> Any:
    return value


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(raw: Any) -> Any:
        if type(raw) is not kind:
            raise TypeError(f"not {kind.__name__}")
        return raw

    return read


def _read_instant(raw: str) -> datetime:
    value = datetime.fromisoformat(raw)
    if value.tzinfo is None:
        raise ValueError("an instant without offset")
    return value


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def _read_duration(raw: int) -> timedelta:
    if type(raw) is not int:
        raise TypeError("not a whole number of microseconds")
    return timedelta(microseconds=raw)


_LEAVES = {
    str: Form(_same, _exactly(str), str),
    int: Form(_same, _exactly(int), int),
    bool: Form(_same, _exactly(bool), bool),
    datetime: Form(datetime.isoformat, _read_instant),
    date: Form(date.isoformat, date.fromisoformat),
    timedelta: Form(lambda value: value // _MICROSECOND, _read_duration),
}


def _member(kind: EnumMeta) -> Form:
    members = {member.value: member for member in kind}  # type: ignore[var-annotated]  # any enum
    return Form(lambda value: value._value_, members.__getitem__)


def _span(instant: Form) -> Form:
    write, read = instant.write, instant.read

    def read_pair(raw: list[Any]) -> Span:
        start, end = raw
        span = _new(Span)
        _set(span, "start", read(start))
        _set(span, "end", read(end))
        return span

    return Form(lambda span: [write(span.start), write(span.end)], read_pair)


def _many(item: Form) -> Form:
    write, read = item.write, item.read

    def read_all(raw: list[Any]) -> tuple[Any, ...]:
        if type(raw) is not list:
            raise TypeError("not a list")
        return tuple([read(one) for one in raw])

    return Form(lambda values: [write(one) for one in values], read_all)


def _optional(inner: Form) -> Form:
    write, read = inner.write, inner.read
    return Form(
        lambda value: None if value is None else write(value),
        lambda raw: None if raw is None else read(raw),
        inner.leaf,
    )


def alternatives(hint: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the hint itself as the only one."""
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


@cache
def form(hint: Any, *, utc: bool = False) -> Form:
    """Return how values of the type `hint` are written and read; `utc` turns instants to UTC.

    Raises:
        TypeError: the hint is none that a history may hold; found when a class is compiled.
    """
    if hint is datetime and utc:
        return Form(_utc, _read_instant)
    if hint in _LEAVES:
        return _LEAVES[hint]
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return _many(form(get_args(hint)[0], utc=utc))
    kinds = [kind for kind in alternatives(hint) if kind is not type(None)]
    if len(kinds) == 1 and kinds[0] is not hint:
        return _optional(form(kinds[0], utc=utc))
    return _class_form(hint, utc=utc)


def _class_form(hint: Any, *, utc: bool) -> Form:
    if isinstance(hint, EnumMeta):
        return _member(hint)
    if hint is Span:
        return _span(form(datetime, utc=utc))
    if isinstance(hint, type) and attrs.has(hint):
        return _object(hint, utc=utc)
    raise TypeError(f"no plain form for {hint!r}")


def _object(kind: type, *, utc: bool) -> Form:
    hints = get_type_hints(kind)
    parts = tuple((f.name, form(hints[f.name], utc=utc)) for f in attrs.fields(kind))
    names = frozenset(name for name, _ in parts)
    write, fill = write_fields(parts), fill_fields(parts)

    def read(raw: dict[str, Any]) -> Any:
        if type(raw) is not dict:
            raise TypeError("not an object")
        if raw.keys() != names:
            raise ValueError(f"keys of {kind.__name__} differ: {sorted(raw.keys() ^ names)}")
        value: Any = _new(kind)
        fill(value, raw)
        return value

    return Form(write, read)


Parts = tuple[tuple[str, Form], ...]


def write_fields(parts: Parts) -> Callable[[Any], dict[str, Any]]:
    """Return what writes these fields of a value into a new dict."""
    writers = tuple((name, part.leaf, part.write) for name, part in parts)

    def write(value: Any) -> dict[str, Any]:
        plain = {}
        for name, leaf, out in writers:
            one = getattr(value, name)
            plain[name] = one if type(one) is leaf else out(one)
        return plain

    return write


def fill_fields(parts: Parts) -> Callable[[Any, dict[str, Any]], None]:
    """Return what sets these fields of a value from a dict, past frozen and converters."""
    readers = tuple((name, part.leaf, part.read) for name, part in parts)

    def fill(value: Any, raw: dict[str, Any]) -> None:
        for name, leaf, into in readers:
            one = raw[name]
            _set(value, name, one if type(one) is leaf else into(one))

    return fill
