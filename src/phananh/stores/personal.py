"""What a body holds in place of a personal value: its length and a salted digest (Art. 14).

The id of a citizen in `by` is personal, that of anybody else is not. A body that was written
before this was so holds the id of a citizen in the open, and is read as it is.
"""

import hashlib
from json.encoder import encode_basestring
from typing import Any, cast

from phananh.regulation.values.request import ErasedPerson, Person, Role
from phananh.stores.json_values import make_reader, make_writer


def make_mark(text: str, salt: bytes) -> str:
    """Return, as JSON, the length and salted digest that stand for a personal text."""
    digest = hashlib.blake2b(text.encode(), key=salt, digest_size=16).hexdigest()
    return f'{{"length":{len(text)},"digest":"{digest}"}}'


def write_by(by: Person | ErasedPerson, salt: bytes, private: list[str]) -> str:
    """Return who acted as JSON; the id of a citizen goes to the `private` parts instead."""
    if by.role is not Role.CITIZEN or isinstance(by, ErasedPerson):
        kind: Any = type(by)
        return make_writer(kind)(by)
    private.append('"by":' + encode_basestring(by.id))
    unit = "null" if by.unit is None else encode_basestring(by.unit)
    return f'{{"id":{make_mark(by.id, salt)},"role":"citizen","unit":{unit}}}'


def read_by(raw: Any, private: dict[str, Any]) -> Person | ErasedPerson:
    """Return who acted; a citizen whose id is not among the private values was erased."""
    if type(raw) is not dict or type(raw.get("id")) is not dict:
        return cast(Person, make_reader(Person)(raw))
    erased: ErasedPerson = make_reader(ErasedPerson)(raw)
    if "by" not in private:
        return erased
    return cast(Person, make_reader(Person)({**raw, "id": private["by"]}))
