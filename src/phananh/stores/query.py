"""Which cases a list shows, in which order, and how many at a time."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, Literal, TypedDict, get_args

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_value import PlainValue
from phananh.regulation.cleaning import clean_id, clean_instant
from phananh.regulation.request import (
    Kind,
    KindSlug,
    Role,
    RoleSlug,
    State,
    StateSlug,
    check_type,
    parse_slug,
)

Order = Literal["oldest", "newest", "due"]
ORDERS: tuple[Order, ...] = get_args(Order)


def check_limit(limit: int) -> int:
    """Return a number of rows, or refuse one below 1, and one that no store can count to."""
    if type(limit) is not int or not 1 <= limit < 2**31:
        raise InputError(field="limit", code="not_a_number_of_rows", value=short_repr(limit))
    return limit


def _parse_states(value: object) -> frozenset[State] | None:
    if value is None:
        return None
    if not isinstance(value, frozenset | set | list | tuple):
        raise InputTypeError(field="states", code="not_a_list", value=short_repr(value))
    return frozenset(parse_slug(State, each, field="states") for each in value)


def _parse_order(value: object) -> Order:
    if value not in ORDERS:
        raise InputError(field="order", code="unknown_value", value=short_repr(value), known=ORDERS)
    return value


def _checked_field(check: Callable[..., object], *first: object) -> Any:
    """Return an attrs field, None by default. A given value is checked as in an act."""

    def validate(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        check(*first, value, field=field.name)

    return attrs.field(default=None, validator=attrs.validators.optional(validate))


def _id_field() -> Any:
    """Return an attrs field of an id or unit, None by default, cleaned as in an act."""

    def convert(value: object, field: "attrs.Attribute[Any]") -> str | None:
        return None if value is None else clean_id(value, field=field.name)

    return attrs.field(default=None, converter=attrs.Converter(convert, takes_field=True))


def _typed_field(kind: type) -> Any:
    return attrs.field(default=None, validator=attrs.validators.optional(check_type(kind)))


def _text_field() -> Any:
    """Return an attrs field of text, None by default, that a database can be asked for."""

    def check(_: object, field: "attrs.Attribute[Any]", value: str) -> None:
        if "\0" in value:
            raise InputError(field=field.name, code="nul_character")
        half = next((i for i, char in enumerate(value) if "\ud800" <= char <= "\udfff"), None)
        if half is not None:
            raise InputError(field=field.name, code="half_surrogate", position=half)

    both = attrs.validators.and_(check_type(str), check)
    return attrs.field(default=None, validator=attrs.validators.optional(both))


@attrs.frozen(kw_only=True)
class Query(PlainValue):
    """Which rows, and in which order. Every filter must match, and ids and units compare folded.

    Rows of one time come in the order of their ids, by code point. "newest" is the exact reverse of
    "oldest".

    Args:
        states: any of these states.
        holder, holder_id, unit: the role, person and unit that hold the case.
        kind: the kind of the request.
        is_open: neither rejected, nor answered, nor closed.
        late: some limit has run out, ever.
        due_before: a limit runs that ends before this aware datetime, not at it.
        received_since, received_before: received at this aware datetime or later, and before it.
        code: the digest of a tracking code.
        rules: the id of the rules.
        order: "oldest" or "newest" received first, or "due": the limit that ends first comes
            first, and cases without a running limit come last, the oldest first. By default
            "due" if `due_before` is given, else "oldest".
        limit: rows per page, 1 or more.
        after: the `next` of the page before. Another string is an InputError.

    Raises:
        InputError: a filter that no case could meet: an unknown slug, a naive time, a blank id.
    """

    states: frozenset[State] | None = attrs.field(default=None, converter=_parse_states)
    holder: str | None = _checked_field(parse_slug, Role)
    holder_id: str | None = _id_field()
    unit: str | None = _id_field()
    kind: str | None = _checked_field(parse_slug, Kind)
    is_open: bool | None = _typed_field(bool)
    late: bool | None = _typed_field(bool)
    due_before: datetime | None = _checked_field(clean_instant)
    received_since: datetime | None = _checked_field(clean_instant)
    received_before: datetime | None = _checked_field(clean_instant)
    code: str | None = _text_field()
    rules: str | None = _text_field()
    order: Order = attrs.field(converter=_parse_order)
    limit: int = attrs.field(default=100, converter=check_limit)
    after: str | None = _text_field()

    @order.default
    def _default_order(self) -> Order:
        return "oldest" if self.due_before is None else "due"


class Filters(TypedDict, total=False):
    """The filters of `Query`, as `Desk.count` takes them."""

    states: Collection[State | StateSlug] | None
    holder: Role | RoleSlug | None
    holder_id: str | None
    unit: str | None
    kind: Kind | KindSlug | None
    is_open: bool | None
    late: bool | None
    due_before: datetime | None
    received_since: datetime | None
    received_before: datetime | None
    code: str | None
    rules: str | None


class PageOptions(Filters, total=False):
    """The arguments of `Query`, as `Desk.find` takes them."""

    order: Order
    limit: int
    after: str | None
