"""One line of an act log, read strictly: JSON in, an act out, or what is wrong and where.

Keys are those of docs/reference/act-log.md; an unknown, missing or doubled key, a wrong type
and a wrong slug are each an InputError that names the path.
"""

import difflib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from unicodedata import category

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.regulation.values import acts as a
from phananh.regulation.values.cleaning import clean_instant, clean_text, is_blank
from phananh.regulation.values.request import Accused, Assignee, Person, Role, Sender, parse_slug

Json = dict[str, Any]


@attrs.frozen(kw_only=True)
class Entry:
    """A line that could be read: its act (None for a sweep), case name, time and key."""

    trigger: str
    at: datetime
    case: str | None
    key: str | None
    act: a.Act | None


def _wrong(field: str, problem: str, way_out: str = "") -> InputError:
    return InputError(field=field, problem=problem, way_out=way_out)


def _pairs(pairs: list[tuple[str, Any]]) -> Json:
    found: Json = {}
    for key, value in pairs:
        if key in found:
            raise _wrong(short_repr(key), "stands twice", "keep one")
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise _wrong("line", f"{name} is no JSON")


def read_object(line: bytes) -> Json:
    """Return the JSON object of a line; anything else is an InputError."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _wrong("line", f"byte {error.start + 1} is not UTF-8", "save as UTF-8") from None
    try:
        value = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except InputError:
        raise
    except RecursionError:
        raise _wrong("line", "nested too deeply") from None
    except ValueError as error:
        raise _wrong("line", f"not JSON: {str(error)[:80]}", "one JSON object a line") from None
    return _object(value, "line")


def _object(value: Any, field: str) -> Json:
    if not isinstance(value, dict):
        raise InputTypeError(field=field, problem=f"not an object: {short_repr(value)}")
    return value


def _list(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputTypeError(field=field, problem=f"not a list: {short_repr(value)}")
    return value


def read_instant(value: Any, field: str) -> datetime:
    """Return an ISO 8601 instant with an offset; digits past the microsecond are cut."""
    if not isinstance(value, str):
        raise InputTypeError(field=field, problem=f"not text: {short_repr(value)}")
    way_out = "such as 2026-01-09T15:00:00+07:00"
    # Newer Pythons read 24:00 as the next day; an instant is never moved to a neighbour here.
    if value[10:13].lstrip("T ").startswith("24"):
        raise _wrong(field, f"no such time: {short_repr(value)}", way_out)
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise _wrong(field, f"not ISO 8601: {short_repr(value)}", way_out) from None
    return clean_instant(instant, field=field)


def _keys(found: Json, known: tuple[str, ...], needed: tuple[str, ...], where: str) -> None:
    prefix = f"{where}." if where else ""
    for key in found:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            way_out = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
            raise _wrong(f"{prefix}{short_repr(key)}", "unknown key", way_out)
    for key in needed:
        if key not in found:
            raise _wrong(f"{prefix}{key}", "is missing")


def _value(kind: Callable[..., Any], facts: Json, where: str) -> Any:
    try:
        return kind(**facts)
    except InputError as error:
        error.field = f"{where}.{error.field}"
        raise


def _person(value: Any, field: str) -> Person:
    found = _object(value, field)
    _keys(found, ("id", "role", "unit"), ("id", "role"), field)
    parse_slug(Role, found["role"], field=f"{field}.role")
    return _value(Person, found, field)  # type: ignore[no-any-return]  # built by its class


def _assignee(value: Any, field: str) -> Assignee:
    found = _object(value, field)
    _keys(found, ("id", "unit"), ("id",), field)
    return _value(Assignee, found, field)  # type: ignore[no-any-return]  # built by its class


def _sender(value: Any, field: str) -> Sender:
    found = _object(value, field)
    _keys(found, ("name", "address", "phone", "email"), (), field)
    return _value(Sender, found, field)  # type: ignore[no-any-return]  # built by its class


def _accused(value: Any, field: str) -> tuple[Accused, ...]:
    people = []
    for index, item in enumerate(_list(value, field)):
        where = f"{field}[{index}]"
        found = _object(item, where)
        _keys(found, ("id", "unit"), ("unit",), where)
        people.append(_value(Accused, found, where))
    return tuple(people)


def _texts(value: Any, field: str) -> tuple[str, ...]:
    for item in _list(value, field):
        if not isinstance(item, str):
            raise InputTypeError(field=field, problem=f"not text: {short_repr(item)}")
    return tuple(value)


def _as_is(value: Any, _field: str) -> Any:
    return value  # the act's own door checks it


Reader = Callable[[Any, str], Any]
# act: key: (needed, reader)
_SHAPES: dict[str, dict[str, tuple[bool, Reader]]] = {
    "receive": {
        "kind": (True, _as_is),
        "channel": (True, _as_is),
        "content": (True, _as_is),
        "sender": (True, _sender),
        "accused": (False, _accused),
        "about_unit": (False, _as_is),
        "language": (False, _as_is),
    },
    "complete": {
        "content": (False, _as_is),
        "sender": (False, _sender),
        "kind": (False, _as_is),
        "accused": (False, _accused),
        "about_unit": (False, _as_is),
    },
    "reject": {"reasons": (True, _texts), "guidance": (True, _as_is)},
    "answer": {"text": (True, _as_is), "documents": (False, _texts)},
    "escalate": {"to": (True, _person)},
    "advise": {"text": (True, _as_is)},
    "request_verification": {
        "agency": (True, _as_is),
        "appointment": (True, read_instant),
        "focal": (False, _as_is),
    },
    "report_findings": {"text": (True, _as_is)},
    "reschedule": {"to": (True, read_instant), "reason": (True, _as_is)},
    "reassign": {"to": (True, _assignee)},
    "notify_unit": {"unit": (True, _as_is), "text": (False, _as_is)},
    "close": {},
    "publish": {"text": (True, _as_is)},
    "commend": {"text": (True, _as_is)},
    "rate": {"score": (True, _as_is)},
    "sweep": {},
}
_COMMON = ("act", "at", "by", "case", "key")


def read_entry(found: Json) -> Entry:
    """Return the entry of a line's object, or raise InputError naming the path."""
    trigger = _trigger(found)
    shape = _SHAPES[trigger]
    sweep = trigger == "sweep"
    needed = ("at",) if sweep else ("at", "by", "case")
    own = tuple(key for key, (must, _) in shape.items() if must)
    common = tuple(key for key in _COMMON if key != "case") if sweep else _COMMON
    _keys(found, (*common, *shape), (*needed, *own), "")
    by = _person(found["by"], "by") if "by" in found else None
    return Entry(
        trigger=trigger,
        at=read_instant(found["at"], "at"),
        case=None if sweep else _name(found["case"]),
        key=_key(found["key"]) if "key" in found else None,
        act=None if by is None or sweep else _act(trigger, shape, found, by),
    )


def _key(value: Any) -> str:
    return _said(value, "key", "leave it out")


def _name(value: Any) -> str:
    """Return the log's own name of a case: any text that can be told apart on one line."""
    name = _said(value, "case", "name the case")
    if name != name.strip():
        raise _wrong("case", f"{short_repr(name)} has spaces at an edge", "leave them out")
    return name


def _said(value: Any, field: str, way_out: str) -> str:
    text = clean_text(value, field=field, limit=200)
    if is_blank(text):
        raise _wrong(field, "is blank", way_out)
    if any(category(c) in ("Cc", "Zl", "Zp") for c in text):
        raise _wrong(field, f"{short_repr(text)} holds a control character", "leave it out")
    return text


def _trigger(found: Json) -> str:
    if "act" not in found:
        raise _wrong("act", "is missing")
    trigger = found["act"]
    if isinstance(trigger, str) and trigger in _SHAPES:
        return trigger
    near = difflib.get_close_matches(str(trigger)[:40], _SHAPES, n=1)
    hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(_SHAPES)}"
    raise _wrong("act", f"unknown: {short_repr(trigger)}", hint)


def _act(trigger: str, shape: Mapping[str, tuple[bool, Reader]], found: Json, by: Person) -> a.Act:
    for key in shape:
        if key in found and found[key] is None:
            raise InputTypeError(field=key, problem="null", way_out="leave the key out")
    payload = {key: read(found[key], key) for key, (_, read) in shape.items() if key in found}
    return a.ACTS[trigger](by=by, **payload)
