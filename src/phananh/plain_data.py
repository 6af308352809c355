"""Values as plain data: what JSON can hold, the same for every value of the library."""

from collections.abc import Mapping, Set
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import attrs

from phananh.articles import Article

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Return a value as dicts, lists, texts and numbers.

    What has `as_dict` says itself how. Another attrs value becomes a dict of its fields, an
    enum its value, a date or an instant ISO 8601, a set a sorted list, a clause its id.
    What is none of these becomes its text.
    """
    match value:
        case None | bool() | int():
            return value
        case Article():
            return value.id
        case Enum():
            return value.value
        case str():
            return value
        case date():  # an instant too
            return value.isoformat()
        case Mapping():
            return {str(key): to_plain(item) for key, item in value.items()}
        case tuple() | list():
            return [to_plain(item) for item in value]
        case Set():
            return sorted(map(to_plain, value))
    if hasattr(value, "as_dict"):
        return value.as_dict()
    return fields_to_plain(value) if attrs.has(type(value)) else str(value)


def fields_to_plain(value: Any, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of an attrs value as plain data, in their order; for its `as_dict`."""
    names = (field.name for field in attrs.fields(type(value)) if field.name not in without)
    return {name: to_plain(getattr(value, name)) for name in names}


def rebuild(kind: type[T], fields: dict[str, Any]) -> T:
    """Return the value of these fields; what a pickle calls, so that they go by keyword."""
    return kind(**fields)
