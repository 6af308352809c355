"""What the fields of a value may hold: a text, a date, True or False, a list of one kind.

Rule: another type is refused by the name of its field. It would be read wrongly later, or be
lost when the value is written as text.
"""

import datetime as dt
from collections.abc import Iterable
from types import UnionType
from typing import Any

import attrs

from phananh.errors import InputError, InputTypeError, short_repr

Field = attrs.Attribute


def check_text(_: object, attribute: "Field[str]", value: str) -> None:
    """Refuse a value that is not a text."""
    if not isinstance(value, str):
        raise InputTypeError(code="not_a_text", field=attribute.name, value=short_repr(value))


def check_name(_: object, attribute: "Field[str]", value: str) -> None:
    """Refuse a value that is not a text, or is blank."""
    check_text(_, attribute, value)
    if not value.strip():
        raise InputError(code="blank_name", field=attribute.name)


def check_flag(_: object, attribute: "Field[bool]", value: bool) -> None:  # noqa: FBT001 - attrs calls it
    """Refuse a value that is not a bool: `"no"` would count as true."""
    if type(value) is not bool:
        raise InputTypeError(code="not_a_boolean", field=attribute.name, value=short_repr(value))


def check_date(_: object, attribute: "Field[dt.date]", value: dt.date) -> None:
    """Refuse a value that is not a date, such as a datetime."""
    require_date(value, attribute.name)


def require_date(value: object, field: str) -> dt.date:
    """Return `value` if it is a date.

    Raises:
        InputTypeError: it is not. A datetime is not either, and the message says how to get one.
    """
    if type(value) is dt.date:
        return value
    raise InputTypeError(
        code="datetime_for_date" if isinstance(value, dt.datetime) else "not_a_date",
        field=field,
        value=short_repr(value),
    )


def to_plain_datetime(at: dt.datetime, field: str) -> dt.datetime:
    """Return a datetime, such as a Timestamp of pandas, as a plain one.

    Raises:
        InputError: it has nanoseconds, which a datetime cannot hold.
    """
    if getattr(at, "nanosecond", 0):
        raise InputError(code="finer_than_microseconds", field=field, value=short_repr(at))
    # A method of the subclass could say anything.
    return dt.datetime.combine(dt.datetime.date(at), dt.datetime.timetz(at))


def to_plain_timedelta(budget: dt.timedelta, field: str) -> dt.timedelta:
    """Return a timedelta as a plain one. It raises as `to_plain_datetime` does."""
    if getattr(budget, "nanoseconds", 0):
        raise InputError(code="finer_than_microseconds", field=field, value=short_repr(budget))
    return dt.timedelta(days=budget.days, seconds=budget.seconds, microseconds=budget.microseconds)


def check_date_or_none(
    _: object, attribute: "Field[dt.date | None]", value: dt.date | None
) -> None:
    """Refuse a value that is neither a date nor None."""
    if value is not None:
        require_date(value, attribute.name)


def one_of(known: tuple[str, ...], field: str = "") -> Any:
    """Return a validator that refuses a value that is none of those known."""

    def check(_: object, attribute: "Field[str]", value: object) -> None:
        if value not in known:
            shown, name = short_repr(value), field or attribute.name
            raise InputError(code="unknown_value", field=name, value=shown, known=known)

    return check


def check_kind(
    kind: type | UnionType, field: str, values: Iterable[object], *, code: str = "not_of_kind"
) -> None:
    """Refuse values of another type than `kind`. `code` is the message's code."""
    for value in values:
        if not isinstance(value, kind):
            name = getattr(kind, "__name__", "Timetable")
            raise InputTypeError(code=code, field=field, value=short_repr(value), kind=name)


def tuple_of(kind: type, field: str, given: object) -> tuple[Any, ...]:
    """Return the listed values of a kind. A single one, or a text, is not a list."""
    if isinstance(given, kind | str) or not isinstance(given, Iterable):
        raise InputTypeError(code="not_a_list", field=field, value=short_repr(given))
    found = tuple(given)
    check_kind(kind, field, found)
    return found
