"""Fields of acts that are not texts, ids or instants: slugs, lists, people, a score."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import attrs

from phananh.errors import InputError, InputTypeError
from phananh.regulation.values.cleaning import SHORT_LINE, clean_text
from phananh.regulation.values.request import (
    Accused,
    Channel,
    Kind,
    Reason,
    make_type_error,
    parse_slug,
)
from phananh.regulation.values.slugs import ChannelSlug, KindSlug, ReasonSlug

LONGEST_LIST = 200


def kind(value: Kind | KindSlug) -> Kind:
    """Return the kind that a slug names."""
    return parse_slug(Kind, value, field="kind")


def channel(value: Channel | ChannelSlug) -> Channel:
    """Return the channel that a slug names."""
    return parse_slug(Channel, value, field="channel")


def _clean_list(value: object, *, field: str) -> tuple[Any, ...]:
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        raise InputTypeError(field=field, code="not_a_list", value=type(value).__name__)
    items = tuple(islice(value, LONGEST_LIST + 1))
    if len(items) > LONGEST_LIST:
        raise InputError(field=field, code="list_too_long", most=LONGEST_LIST)
    return items


def accused(value: Iterable[Accused]) -> tuple[Accused, ...]:
    """Return the people accused as a tuple. A single one needs no list."""
    alone = isinstance(value, Accused | str)
    people = (value,) if alone else _clean_list(value, field="accused")
    for person in people:
        if type(person) is not Accused:
            raise make_type_error(person, Accused, field="accused")
    return people


def documents(value: Iterable[str]) -> tuple[str, ...]:
    """Return the names of documents, cleaned."""
    return tuple(
        clean_text(name, field="documents", limit=SHORT_LINE)
        for name in _clean_list(value, field="documents")
    )


def reasons(value: Iterable[Reason | ReasonSlug]) -> tuple[str, ...]:
    """Return the reasons why a request is rejected, each once."""
    given = (
        parse_slug(Reason, reason, field="reasons")
        for reason in _clean_list(value, field="reasons")
    )
    return tuple(dict.fromkeys(reason.value for reason in given))


def check_score(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse a value that is not a whole number from 1 to 5."""
    if type(value) is not int or not 1 <= value <= 5:
        is_shown = isinstance(value, int | float) and -100 < value < 100
        shown = repr(value) if is_shown else type(value).__name__
        raise InputError(field=field.name, code="not_a_score", value=shown)


def check_yes_or_no(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse a value that is not True or False: `"no"` would count as true."""
    if type(value) is not bool:
        raise InputTypeError(field=field.name, code="not_a_boolean", value=type(value).__name__)
