"""The personal values of an event, and the marks that its body holds in place (Art. 14).

A mark is the length and the salted digest of a value. Reading compares the two, so that a
value that was changed, or belongs to another event, is seen. Once the value was erased, with
the salt, the mark says only that there was one.

The id of a citizen in `by` is personal, that of anybody else is not. A body that was written
before this was so holds the id of a citizen in the open, and is read as it is.
"""

import json
from json.decoder import scanstring  # type: ignore[attr-defined]  # what reads a JSON string
from json.encoder import encode_basestring
from typing import Any, Protocol, cast

from phananh.regulation.request import ErasedPerson, Person, Role
from phananh.stores.base import digest_content
from phananh.stores.json_values import CORRUPTED, UnreadableError, make_reader, make_writer

_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # what raw_decode calls


class Private(Protocol):
    """The personal values of an event by their names, with None for an erased one."""

    def get(self, name: str, otherwise: Any, /) -> Any:
        """Return a value, None if it was erased, or `otherwise` if it is lost."""


class ErasedValues:
    """Personal values of which none is left."""

    def get(self, name: str, otherwise: Any, /) -> None:
        """Return None for every name: it was erased."""


def make_mark(text: str, salt: bytes) -> str:
    """Return, as JSON, the length and salted digest that replace a personal text."""
    return f'{{"length":{len(text)},"digest":"{digest_content(text.encode(), salt)}"}}'


def read_private(text: str, salt: bytes, marks: dict[str, Any]) -> dict[str, Any]:
    """Return the personal values of an event, each of which must be what its mark says.

    The digest is taken of the stored text, so that a check need not write it again.

    Raises:
        UnreadableError: a value is another, or the text was not written by a store. It has no error
            of the parser as its cause, as that would hold the text.
    """
    try:
        return _read_values(text, salt, marks)
    except CORRUPTED:
        pass
    raise UnreadableError("personal_differs")


def _read_values(text: str, salt: bytes, marks: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    end, last = 0, len(text) - 1
    if text[:1] != "{" or text[-1:] != "}":
        raise UnreadableError("not_json_object")
    while end < last and last > 1:  # at the brace, or at the comma before the next
        name, end = scanstring(text, end + 2)
        start = end + 1
        value, end = _scan(text, start)
        values[name] = value
        if value is not None:
            mark = marks[name]["id"] if name == "by" else marks[name]
            said = value if type(value) is str else text[start:end]
            if digest_content(said.encode(), salt) != mark["digest"]:
                raise UnreadableError("personal_differs")
    return values


def raise_lost() -> None:
    """Raise for a personal value that is not there and was not erased."""
    raise UnreadableError("personal_lost")


def write_by(by: Person | ErasedPerson, salt: bytes, private: list[str]) -> str:
    """Return the acting person as JSON. The id of a citizen goes to the `private` parts instead."""
    if isinstance(by, ErasedPerson):
        private.append('"by":null')
        return make_writer(ErasedPerson)(by)
    if by.role is not Role.CITIZEN:
        return make_writer(Person)(by)
    private.append('"by":' + encode_basestring(by.id))
    unit = "null" if by.unit is None else encode_basestring(by.unit)
    return f'{{"id":{make_mark(by.id, salt)},"role":"citizen","unit":{unit}}}'


def read_by(raw: Any, private: Private) -> Person | ErasedPerson:
    """Return the citizen who acted. `raw` has a mark in place of the id, which may be erased."""
    kept = private.get("by", raise_lost)
    if kept is raise_lost:
        raise_lost()
    if kept is None:
        return cast(ErasedPerson, make_reader(ErasedPerson)(raw))
    return cast(Person, make_reader(Person)({**raw, "id": kept}))
