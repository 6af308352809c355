"""The arguments and the answer of a store's call, for a person to read on one line."""

from collections.abc import Mapping
from datetime import datetime
from functools import singledispatch

import attrs

from phananh.errors import short_repr
from phananh.regulation.events import EVENTS
from phananh.stores.base import Change, CommandRecord, FeedEntry, IndexRow, Lease, Page, Query

MOST = 4  # members of a list that are shown
_EVENT_TYPES = tuple(EVENTS.values())


def shorten(value: object) -> str:
    """Return a value in few words, also a wrong one of a store that is not sound."""
    try:
        return _describe(value)
    except Exception:  # noqa: BLE001  # such as a text in the place of a state
        return short_repr(value)


@singledispatch
def _describe(value: object) -> str:
    if isinstance(value, _EVENT_TYPES):
        return f"{type(value).__name__} {value.case}/{value.n}"
    return short_repr(value)


@_describe.register(list | tuple)
def _(value: list[object] | tuple[object, ...]) -> str:
    shown = [shorten(each) for each in value[:MOST]]
    more = [f"and {len(value) - MOST} more"] if len(value) > MOST else []
    left, right = "[]" if isinstance(value, list) else "()"
    return left + ", ".join((*shown, *more)) + right


@_describe.register
def _(value: Change) -> str:
    names = "".join(f", command {each.id!r}" for each in value.commands[:1])
    kinds = shorten([type(event).__name__ for event in value.events]).replace("'", "")
    return f"<{value.case} on version {value.expected}: {kinds}{names}>"


@_describe.register
def _(value: IndexRow) -> str:
    return f"<row of {value.case}/{value.version}: {value.state.value}>"


@_describe.register
def _(value: Page) -> str:
    return f"<page {shorten(value.rows)}, next {short_repr(value.next)}>"


@_describe.register
def _(value: FeedEntry) -> str:
    return f"<{value.position}: {shorten(value.event)}>"


@_describe.register
def _(value: CommandRecord) -> str:
    return f"<command {value.command!r}: {value.case}/{value.version}>"


@_describe.register
def _(value: Lease) -> str:
    position = short_repr(value.position)
    return f"<lease {value.number} of {value.consumer!r} at {position} until {value.until}>"


@_describe.register
def _(value: datetime) -> str:
    return value.isoformat()


@_describe.register
def _(value: Query) -> str:
    given = [
        f"{field.name}={shorten(getattr(value, field.name))}"
        for field in attrs.fields(Query)
        if getattr(value, field.name) != field.default
    ]
    return f"Query({', '.join(given)})"


def describe_call(method: str, args: tuple[object, ...], options: Mapping[str, object]) -> str:
    """Return a call as it is written, its arguments in few words."""
    named = (f"{name}={shorten(value)}" for name, value in options.items())
    return f"{method}({', '.join((*map(shorten, args), *named))})"
