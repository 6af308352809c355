"""Values as JSON text and back: one function each way for a class, made from its type hints.

Reading a history and writing an act is most of the cost of a store beside the disk. So, as attrs
does for __init__, the functions are composed as source, once for a class, from names and
expressions of this file. No value becomes part of the source.

Reading trusts values that were checked when they were recorded: it tests the type of each value,
but runs no converter, so that a history outlives a converter that became stricter.
"""

import json
import types
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import EnumMeta
from functools import cache, lru_cache, reduce
from json.encoder import encode_basestring
from operator import or_
from typing import Any, NoReturn, Union, get_args, get_origin, get_type_hints

import attrs

from phananh.errors import short_repr
from phananh.regulation.deadline import Budget
from phananh.worktime import Span
from phananh.worktime.terms import Term

Write = Callable[[Any], str]
Read = Callable[[Any], Any]
CORRUPTED = (TypeError, KeyError, ValueError, OverflowError, RecursionError, StopIteration)
"""What reading raises for data that was never written."""


class UnreadableError(ValueError):
    """Data that no store wrote. The code and facts are those of a message."""

    def __init__(self, code: str, **facts: Any) -> None:
        """Keep the code and its facts."""
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


def raise_wrong_type(raw: object) -> NoReturn:
    """Raise for a value of a type that is not written there."""
    raise UnreadableError("value_type", kind=type(raw).__name__)


def _raise_wrong_keys(raw: Any, kind: type) -> NoReturn:
    if type(raw) is not dict:
        raise_wrong_type(raw)
    keys = raw.keys() ^ {field.name for field in attrs.fields(kind)}
    raise UnreadableError("value_keys", kind=kind.__name__, keys=sorted(map(short_repr, keys)))


def _write_utc(value: datetime) -> str:
    return f'"{value.astimezone(UTC).isoformat()}"'


@lru_cache(maxsize=1024)
def _write_instant(at: datetime, _zone: tzinfo | None, _fold: int) -> str:
    """Return the text of an instant. Equal ones of one zone and fold have one text.

    The closing of a session and the moment of an act are written again and again.
    """
    return f'"{at.isoformat()}"'


def _raise_no_offset() -> NoReturn:
    raise UnreadableError("value_lacks_offset")


def _write_term(term: Term) -> str:
    return json.dumps(term.as_dict())


def _read_term(raw: Any) -> Term:
    return Term.from_dict(raw) if type(raw) is dict else raise_wrong_type(raw)


def union_members(hint: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the hint itself as the only one."""
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _tuple_item(hint: Any) -> Any:
    """Return T of `tuple[T, ...]`, or None for another hint."""
    return get_args(hint)[0] if get_origin(hint) is tuple and get_args(hint)[1:] == (...,) else None


def _optional_type(hint: Any) -> Any:
    """Return T of `T | None`, which may be a union itself, or None for another hint."""
    kinds = [kind for kind in union_members(hint) if kind is not type(None)]
    return reduce(or_, kinds) if kinds != [*union_members(hint)] else None


# Expressions: how a value named `{0}` of a leaf type is written, and how it is read.
_WRITE = {
    str: "quote({0})",
    int: "repr({0})",
    bool: "('true' if {0} else 'false')",
    datetime: "instant_text({0}, {0}.tzinfo, {0}.fold)",
    date: "'\"' + {0}.isoformat() + '\"'",
    timedelta: "repr({0} // microsecond)",
    Budget: "(repr({0} // microsecond) if type({0}) is timedelta else term_text({0}))",
}
_READ = {
    str: "({0} if type({0}) is str else raise_wrong_type({0}))",
    int: "({0} if type({0}) is int else raise_wrong_type({0}))",
    bool: "({0} if type({0}) is bool else raise_wrong_type({0}))",
    datetime: "(at if (at := instant({0})).tzinfo is not None else raise_no_offset())",
    date: "date.fromisoformat({0})",
    timedelta: "(timedelta(0, 0, {0}) if type({0}) is int else raise_wrong_type({0}))",
    Budget: "(timedelta(0, 0, {0}) if type({0}) is int else term({0}))",
}


class CodeBuilder:
    """Builds the source of a function. `names` are the values that its expressions use."""

    def __init__(self, *, utc: bool = False) -> None:
        """Begin the function. `utc` writes instants in UTC."""
        self._utc = utc
        self.names: dict[str, Any] = {
            "quote": encode_basestring,
            "microsecond": timedelta(microseconds=1),
            "instant": datetime.fromisoformat,
            "instant_text": _write_instant,
            "raise_no_offset": _raise_no_offset,
            "timedelta": timedelta,
            "term": _read_term,
            "term_text": _write_term,
            "date": date,
            "raise_wrong_type": raise_wrong_type,
            "utc": _write_utc,
        }

    def bind(self, value: object) -> str:
        """Return a name for a value that expressions use."""
        name = f"_{len(self.names)}"
        self.names[name] = value
        return name

    def write_expression(self, hint: Any, value: str) -> str:
        """Return the expression that writes `value`, an expression of type `hint`."""
        if hint is datetime and self._utc:
            return f"utc({value})"
        if hint in _WRITE:
            return _WRITE[hint].format(value)
        if item := _tuple_item(hint):
            return f"'[' + ','.join([{self.write_expression(item, 'x')} for x in {value}]) + ']'"
        if inner := _optional_type(hint):
            return f"('null' if {value} is None else {self.write_expression(inner, value)})"
        if isinstance(hint, EnumMeta):
            return f"quote({value}._value_)"
        return f"{self.bind(make_writer(hint, utc=self._utc))}({value})"

    def read_expression(self, hint: Any, raw: str) -> str:
        """Return the expression that reads `raw`, a name, as a value of type `hint`."""
        if hint in _READ:
            return _READ[hint].format(raw)
        if item := _tuple_item(hint):
            each = f"tuple([{self.read_expression(item, 'x')} for x in {raw}])"
            return f"({each} if type({raw}) is list else raise_wrong_type({raw}))"
        if inner := _optional_type(hint):
            return f"(None if {raw} is None else {self.read_expression(inner, raw)})"
        if isinstance(hint, EnumMeta):
            members = {member.value: member for member in hint}  # type: ignore[var-annotated]  # any enum
            return f"{self.bind(members)}[{raw}]"
        return f"{self.bind(make_reader(hint))}({raw})"

    def compile_function(self, source: str) -> Callable[..., Any]:
        """Return the function `convert` that `source` defines."""
        exec(source, self.names)  # noqa: S102  # made of the hints and names of our own classes
        convert: Callable[..., Any] = self.names["convert"]
        return convert


def _field_types(kind: Any) -> dict[str, Any]:
    if not (isinstance(kind, type) and attrs.has(kind)):
        raise TypeError(f"no plain form for {kind!r}")
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in attrs.fields(kind)}


@cache
def make_writer(kind: Any, *, utc: bool = False, leave_out: str = "") -> Write:
    """Return a function that writes a value of an attrs class as JSON text, all fields in order.

    Its last fields, if they are marked `later` with "left_out", are only written where they say
    something: digests of what was written before them stay the same.

    Args:
        kind: the class.
        utc: whether instants are turned to UTC, so that equal instants are equal texts.
        leave_out: the name of a field that is not written.

    Raises:
        TypeError: a field has a type that a history may not hold.
    """
    source = CodeBuilder(utc=utc)
    fields = {name: hint for name, hint in _field_types(kind).items() if name != leave_out}
    if kind is Span:
        start, end = (source.write_expression(datetime, f"v.{name}") for name in fields)
        text = f"'[' + {start} + ',' + {end} + ']'"
        return source.compile_function(f"def convert(v): return {text}\n")
    later = {f.name for f in attrs.fields(kind) if f.metadata.get("later") == "left_out"}
    parts = [f"'{name}':%s".replace("'", '"') for name in fields if name not in later]
    each = []
    for name, hint in fields.items():
        one = source.write_expression(hint, f"v.{name}")
        if name in later:
            one = f"('' if v.{name} is None else ',\"{name}\":' + {one})"
        each.append(one)
    values = "".join(f"{one}, " for one in each)
    template = source.bind("{" + ",".join(parts) + "%s" * len(later) + "}")
    return source.compile_function(f"def convert(v): return {template} % ({values})\n")


@cache
def make_reader(kind: Any) -> Read:
    """Return a function that makes a value of an attrs class from parsed JSON, past converters."""
    source = CodeBuilder()
    fields = _field_types(kind)
    new, put, own = source.bind(object.__new__), source.bind(object.__setattr__), source.bind(kind)
    # Fields that came after a value was written are absent, and None.
    later = {field.name for field in attrs.fields(kind) if field.metadata.get("later")}
    there = "".join(f" + ({name!r} in raw)" for name in fields if name in later)
    check = f"type(raw) is not dict or len(raw) != {len(fields) - len(later)}{there}"
    refuse = f"{source.bind(_raise_wrong_keys)}(raw, {own})"
    take = {name: f"raw.get({name!r})" if name in later else f"raw[{name!r}]" for name in fields}
    if kind is Span:
        check, refuse = "type(raw) is not list or len(raw) != 2", "raise_wrong_type(raw)"
        take = {"start": "raw[0]", "end": "raw[1]"}
    lines = ["def convert(raw):", f" if {check}: {refuse}", f" result = {new}({own})"]
    for name, hint in fields.items():
        lines.append(f" one = {take[name]}")
        lines.append(f" {put}(result, {name!r}, {source.read_expression(hint, 'one')})")
    return source.compile_function("\n".join([*lines, " return result\n"]))
