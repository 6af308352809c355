"""The arguments of what tests call, checked at once: names, numbers, functions, kinds of values."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.regulation.request import make_type_error, parse_slug

E = TypeVar("E", bound=StrEnum)


def list_given(given: Iterable[Any], *, field: str) -> tuple[Any, ...]:
    """Return the listed values. A text is one value.

    Raises:
        InputTypeError: it is no list.
    """
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable):
        raise InputTypeError(field=field, code="not_a_list", value=short_repr(given))
    return tuple(given)


def list_names(given: Iterable[str], *, known: tuple[str, ...], field: str) -> tuple[str, ...]:
    """Return the listed names, all of which are known.

    Raises:
        InputError: one is unknown. InputTypeError: it is no list.
    """
    found = list_given(given, field=field)
    for name in found:
        if name not in known:
            raise InputError(field=field, code="unknown_value", value=short_repr(name), known=known)
    return found


def list_members(kind: type[E], given: Iterable[E | str], *, field: str) -> tuple[E, ...]:
    """Return the members of an enumeration that are listed as such, or by their slugs.

    Raises:
        InputError: one is unknown, or none is listed. InputTypeError: it is no list.
    """
    found = [parse_slug(kind, each, field=field) for each in list_given(given, field=field)]
    if not found:
        raise InputError(field=field, code="not_one_of", known=tuple(kind))
    return tuple(found)


def require_kind(value: object, kind: type, *, field: str) -> None:
    """Refuse a value that is not of a kind."""
    if not isinstance(value, kind):
        raise make_type_error(value, kind, field=field)


def require_number(value: object, *, least: int, field: str) -> None:
    """Refuse a value that is no whole number, or below the least."""
    if type(value) is not int:
        raise InputTypeError(field=field, code="not_a_whole_number", value=short_repr(value))
    if value < least:
        raise InputError(field=field, code="below_least", value=str(value), least=str(least))
