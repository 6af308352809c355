"""JSON Schema of the plain form of every value, made from the type hints of the classes.

A class that says itself how it is plain data has a row in `tests/json_shapes.py`. What a schema
says is compared with real values by `tests/test_plain_value.py`.
"""

import importlib
import pkgutil
import sys
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Literal

import phananh
from phananh.articles import Article
from phananh.errors import PhanAnhError, Refusal
from phananh.messages.labels import WORDS
from phananh.plain_data import GROUPS, list_names
from phananh.plain_value import PlainValue
from phananh.regulation.acts import Act
from phananh.regulation.events import EVENTS, Event
from tests.json_shapes import SHAPES, TEXT, Hints, Json, fields_of

NUMBER: Json = {"type": "integer"}
SIMPLE: dict[Any, Json] = {
    str: TEXT,
    int: NUMBER,
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    time: {"type": "string", "format": "time"},
    timedelta: NUMBER,
    Article: {"type": "string", "description": "the id of a clause"},
    Any: {},
    object: {},
}


def load_everything() -> None:
    """Import every module, so that every class of values is known."""
    for module in pkgutil.walk_packages(phananh.__path__, "phananh."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def find_values() -> dict[str, type[Any]]:
    """Return every class of the library that has `as_dict` of its own, by its name."""
    load_everything()
    todo, found = [PlainValue], {"Refusal": Refusal}
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            # A class that attrs has made anew with slots stays behind until it is collected.
            is_ours = kind.__module__.startswith("phananh.")
            is_ours = is_ours and vars(sys.modules[kind.__module__]).get(kind.__name__) is kind
            if is_ours and kind not in (Act, Event) and not kind.__name__.startswith("_"):
                assert found.setdefault(kind.__name__, kind) is kind, kind
    return dict(sorted(found.items()))


def schema_of(kind: type[Any]) -> Json:
    """Return the schema of the plain form of a class."""
    hints, optional = shape_of(kind)
    properties: Json = {}
    for name, hint in hints.items():
        key = f"{name}_us" if timedelta in members(hint) else name
        properties[key] = hint if isinstance(hint, dict) else type_schema(hint)
        if may_have_words(name, hint):
            several = any(typing.get_origin(one) in (tuple, frozenset) for one in members(hint))
            properties[f"{name}_text"] = {"type": "array", "items": TEXT} if several else TEXT
    required = [key for key in properties if not key.endswith("_text") and key not in optional]
    return {
        "description": (kind.__doc__ or "").splitlines()[0],
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def shape_of(kind: type[Any]) -> tuple[Hints, set[str]]:
    """Return the keys of the plain form with their types, and those that may be missing."""
    if kind in SHAPES:
        return SHAPES[kind]()
    # Nothing for a page, not even of what is personal.
    hints = fields_of(kind, "code_digest", "is_prolonged")
    personal = hints.keys() - {*list_names(kind, personal=False)}
    if issubclass(kind, Event):
        return {"event": {"const": kind.__name__}, "event_text": TEXT, **hints}, personal
    if issubclass(kind, Act):
        return {"act": {"const": kind.trigger}, "act_text": TEXT, **hints}, personal
    return hints, personal


def members(hint: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the hint itself."""
    union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    return typing.get_args(hint) if union else (hint,)


def may_have_words(name: str, hint: Any) -> bool:
    """Return whether words can stand beside what has this name and type."""
    if isinstance(hint, dict):
        return False
    for one in members(hint):
        if typing.get_origin(one) in (tuple, frozenset):
            one = typing.get_args(one)[0]
        is_words = isinstance(one, type) and issubclass(one, Enum) and one.__name__.lower() in WORDS
        is_text = one is str or typing.get_origin(one) is Literal
        if is_words or (is_text and name in (*GROUPS, "article")) or one in (Article, timedelta):
            return True
    return False


def type_schema(hint: Any) -> Json:
    """Return the schema of a type."""
    several = members(hint)
    if len(several) > 1:
        return {"anyOf": [type_schema(one) for one in several]}
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in SIMPLE:
        return SIMPLE[hint]
    if origin is Literal:
        return {"enum": [*arguments]}
    if origin in (tuple, list) and arguments[1:] in ((...,), ()):
        return {"type": "array", "items": type_schema(arguments[0])}
    if origin is frozenset:
        return {"type": "array", "items": type_schema(arguments[0]), "uniqueItems": True}
    if origin is tuple:
        return {"type": "array", "prefixItems": [type_schema(each) for each in arguments]}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": type_schema(arguments[1])}
    return class_schema(hint)


def class_schema(kind: Any) -> Json:
    """Return the schema of a class: of an enum its slugs, of a value where its own stands."""
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if issubclass(kind, PhanAnhError):
        return {"$ref": "#/$defs/Error"}
    if kind is Event:
        return {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in EVENTS]}
    if issubclass(kind, PlainValue) or kind is Refusal:
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return schema_of(kind)


def document() -> Json:
    """Return the schema of every value, each under its name in `$defs`."""
    error = {
        "description": "An error: the name of its class, its message, and its own fields.",
        "type": "object",
        "properties": {"error": TEXT, "message": TEXT},
        "required": ["error", "message"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "phananh: values as plain data",
        "$defs": {"Error": error, **{n: schema_of(kind) for n, kind in find_values().items()}},
    }
