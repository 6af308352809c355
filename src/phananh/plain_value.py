"""The base of every value: `as_dict`, plain data that JSON can hold, and a short `str`."""

from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from phananh.errors import check_language, escape_controls
from phananh.plain_data import fields_to_plain, list_names, show_fields

T = TypeVar("T")
_LONGEST = 160
_new, _set = object.__new__, object.__setattr__


@cache
def _find_getter(kind: type[Any]) -> Any:
    names = (f.metadata.get("compared", f.name) for f in attrs.fields(kind) if f.eq)
    return attrgetter("__class__", *names)


def _list_compared(value: Any) -> Any:
    return _find_getter(value.__class__)(value)


class Value:
    """What is its fields: shown by them, and equal to another of its class with the same.

    Attrs would compile these methods anew for each class, which is a third of what an import takes.
    So a class that is seldom compared has these: `eq=False, repr=False`.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the class and its fields, without those that a repr hides."""
        return show_fields(self)

    def __eq__(self, other: object) -> bool:
        """Return whether the other value is of the same class, and its fields are the same."""
        if type(other) is not type(self):
            return NotImplemented
        return bool(_list_compared(self) == _list_compared(other))

    def __hash__(self) -> int:
        """Return a hash of the class and the fields."""
        return hash(_list_compared(self))


class PlainValue(Value):
    """A value that has `as_dict`, and is one short line if you print it."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return the value in one short line of English, without what can name citizens.

        The whole value is its `repr`, and its data `as_dict`.
        """
        text = escape_controls(self._to_line())
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."

    def _to_line(self) -> str:
        """Return the class and its fields, without empty ones. Of a tuple you get the length."""
        found = ((name, getattr(self, name)) for name in list_names(type(self), personal=False))
        parts = (
            f"{len(item)} {name}" if isinstance(item, tuple) else f"{name} {item}"
            for name, item in found
            if item not in (None, "", ())
        )
        return ", ".join((type(self).__name__, *parts))

    def as_dict(self, lang: str | None = None, *, personal: bool = False) -> dict[str, Any]:
        """Return the value as plain data, ready for JSON.

        Instants are ISO 8601, amounts of time whole microseconds (`budget_us`), slugs and
        clauses texts.

        Args:
            lang: `vi` or `en` adds words: `state_text` beside `state`. By default there are none.
            personal: include what can name people outside the offices. What was erased is
                then `{"erased": True, "length": ...}`.

        Raises:
            InputError: `lang` is another language.
        """
        return self._to_plain(None if lang is None else check_language(lang), personal=personal)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the value as plain data, with a language that was checked."""
        return fields_to_plain(self, lang, personal=personal)


def make_unchecked(kind: type[T], fields: dict[str, Any]) -> T:
    """Return a value of these fields, all of them, each of them valid. It must have no slots.

    A store and a decision make values of many fields for each act, and `__init__` takes longer.
    """
    value = _new(kind)
    _set(value, "__dict__", fields)
    return value
