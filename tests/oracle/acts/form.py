"""The form of a line: which keys an act has and what may stand under them.

A key missing or unknown, a wrong type or slug, a score out of range: the line is invalid.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.oracle.acts.values import (
    InvalidLineError,
    read_id,
    read_instant,
    read_language,
    read_name,
    read_text,
)

Reader = Callable[[Any], Any]

ROLES = [
    "citizen",
    "operator",
    "officer",
    "provider",
    "leadership",
    "agency",
    "agency_head",
    "office",
    "system",
]
KINDS = ["information", "regulation", "conduct", "proposal", "service", "complaint", "denunciation"]
CHANNELS = ["phone", "portal", "email", "message"]
REASONS = [
    "complaint_or_denunciation",
    "outside_article_4",
    "unclear",
    "not_vietnamese",
    "no_name",
    "no_contact",
    "out_of_competence",
]
TARGETS = ["officer", "provider", "leadership"]
SENDER_KEYS = ["name", "address", "phone", "email"]
COMPLETED_KEYS = ["content", "sender", "kind", "accused", "about_unit", "language"]


@dataclass(frozen=True)
class Person:
    """Who acts, or is handed the case."""

    id: str
    role: str
    unit: str | None


@dataclass(frozen=True)
class Line:
    """One act as a line has it; `more` are the act's further keys, by their names in the log."""

    act: str
    at: datetime
    by: Person | None
    case: str
    key: str | None
    more: Mapping[str, Any]


def _one_of(slugs: list[str]) -> Reader:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in slugs:
            raise InvalidLineError("no such slug")
        return value

    return read


def _maybe(reader: Reader) -> Reader:
    return lambda value: None if value is None else reader(value)


def _list_of(reader: Reader) -> Reader:
    def read(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise InvalidLineError("not a list")
        return [reader(item) for item in value]

    return read


def _object(required: Mapping[str, Reader], optional: Mapping[str, Reader]) -> Reader:
    """Return what reads an object; what is null in it is as good as left out."""
    readers = {**required, **optional}

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise InvalidLineError("not an object")
        if not required.keys() <= value.keys() <= readers.keys():
            raise InvalidLineError("a key is missing or unknown")
        found = {key: readers[key](item) for key, item in value.items()}
        return {key: item for key, item in found.items() if item is not None}

    return read


def _score(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 5:
        raise InvalidLineError("no score")
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidLineError("neither true nor false")
    return value


_UNIT = {"unit": _maybe(read_id)}
_SENDER = _object({}, {"id": _maybe(read_id), **{key: _maybe(read_text) for key in SENDER_KEYS}})
_ACCUSED = _list_of(_object({"unit": read_id}, {"id": _maybe(read_id)}))
_PERSON = _object({"id": read_id, "role": _one_of(ROLES)}, _UNIT)
_TARGET = _object({"id": read_id, "role": _one_of(TARGETS)}, _UNIT)
_COLLEAGUE = _object({"id": read_id}, _UNIT)
_TEXT: dict[str, Reader] = {"text": read_text}
_NONE: dict[str, Reader] = {}
_ABOUT: dict[str, Reader] = {"accused": _ACCUSED, "about_unit": read_id}

# Each act: the keys that it must have, and those that it may have.
FORMS: dict[str, tuple[dict[str, Reader], dict[str, Reader]]] = {
    "receive": (
        {
            "kind": _one_of(KINDS),
            "channel": _one_of(CHANNELS),
            "content": read_text,
            "sender": _SENDER,
        },
        {**_ABOUT, "language": read_language},
    ),
    "complete": (
        _NONE,
        {
            "content": read_text,
            "sender": _SENDER,
            "kind": _one_of(KINDS),
            **_ABOUT,
            "language": read_language,
        },
    ),
    "note": (_TEXT, _NONE),
    "reject": ({"reasons": _list_of(_one_of(REASONS)), "guidance": read_text}, _NONE),
    "answer": (_TEXT, {"documents": _list_of(read_text)}),
    "escalate": ({"to": _TARGET}, _NONE),
    "advise": ({**_TEXT, "within_competence": _yes_or_no}, _NONE),
    "request_verification": (
        {"agency": read_id, "appointment": read_instant},
        {"focal": read_id},
    ),
    "report_findings": (_TEXT, _NONE),
    "reschedule": ({"to": read_instant, "reason": read_text}, _NONE),
    "reassign": ({"to": _COLLEAGUE}, _NONE),
    "notify_unit": ({"unit": read_id}, _TEXT),
    "close": (_NONE, _NONE),
    "publish": (_TEXT, _NONE),
    "commend": (_TEXT, _NONE),
    "rate": ({"score": _score}, _NONE),
    "sweep": (_NONE, _NONE),
}
ACTS = [*FORMS]


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidLineError("a key stands twice")
    return found


def read_json(text: str) -> dict[str, Any]:
    """Return the object that a line is."""
    try:
        found = json.loads(text, object_pairs_hook=_no_key_twice)
    except ValueError:
        raise InvalidLineError("no JSON") from None
    if not isinstance(found, dict):
        raise InvalidLineError("not an object")
    return found


def read_line(found: dict[str, Any]) -> Line:
    """Return the act that an object says."""
    act = found.get("act")
    if not isinstance(act, str) or act not in FORMS:
        raise InvalidLineError("no such act")
    required, optional = FORMS[act]
    shared: dict[str, Reader] = {"act": read_text, "at": read_instant}
    who_and_what: dict[str, Reader] = {"by": _PERSON, "case": read_name}
    if act == "sweep":
        read = _object(shared, {"by": _PERSON, "key": read_name})(found)
    else:
        read = _object({**shared, **who_and_what, **required}, {**optional, "key": read_name})(
            found
        )
    if act == "complete" and all(read.get(key, {}) == {} for key in COMPLETED_KEYS):
        raise InvalidLineError("one of them at least")
    return Line(
        act=act,
        at=read["at"],
        by=_person(read["by"]) if "by" in read else None,
        case=read.get("case", ""),
        key=read.get("key"),
        more={key: read[key] for key in read if key in required or key in optional},
    )


def _person(found: dict[str, Any]) -> Person:
    return Person(id=found["id"], role=found["role"], unit=found.get("unit"))
