"""The calls that a test makes, in words, the last of which prove its error."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

import attrs

from phananh.errors import short_repr
from phananh.regulation.events import Event
from phananh.stores.base import (
    Change,
    CommandRecord,
    FeedEntry,
    IndexRow,
    Lease,
    Page,
    Query,
    Store,
)

WRITES = ("commit", "erase", "claim", "advance", "release")
CALLS = (*WRITES, "load", "find", "find_command", "count", "scan", "list_calendars", "close")
_LAST = 3
_MOST = 4  # members of a list that are shown
_SHORT: dict[type, tuple[str, ...]] = {
    IndexRow: ("case", "version", "state"),
    Page: ("rows", "next", "damaged"),
    FeedEntry: ("position", "event"),
    CommandRecord: ("command", "case", "version", "is_erased"),
    Lease: ("consumer", "number", "position", "until"),
    Query: tuple(each.name for each in attrs.fields(Query)),
}
"""Which fields of an answer are shown, unless they are empty."""


class CallLog:
    """The last calls of a test, by all its handles and threads."""

    def __init__(self) -> None:
        """Begin without any: each is the name of a method, and the call in words."""
        self.calls: deque[tuple[str, str]] = deque(maxlen=60)

    def last_calls(self) -> tuple[str, ...]:
        """Return the last calls, with the last one that wrote among them."""
        calls = [call for call in self.calls.copy() if call[0] != "close"]
        shown = calls[-_LAST:]
        written = [call for call in calls[:-_LAST] if call[0] in WRITES]
        if written and not any(method in WRITES for method, _ in shown):
            shown = [written[-1], *shown]
        return tuple(said for _, said in shown)


class Handle:
    """A store that keeps its calls in a log. Everything else is that of the `inner` store."""

    def __init__(self, inner: Store, log: CallLog, name: str = "") -> None:
        """Log the calls of a store, under the name of the handle if there are several."""
        self.inner, self._log, self.name = inner, log, name

    def __getattr__(self, name: str) -> Any:
        """Return a member of the store. A call of the contract is logged."""
        value = getattr(self.inner, name)
        return self._log_call(name, value) if name in CALLS else value

    def _log_call(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: Any, **options: Any) -> Any:
            asked = f"{self.name}{describe_call(name, args, options)}"
            try:
                answer = method(*args, **options)
            except BaseException as error:
                said = " ".join(f"{type(error).__name__}: {error}".split())
                self._log.calls.append((name, f"{asked} raised {said[:300]}"))
                raise
            self._log.calls.append((name, f"{asked} returned {shorten(answer)}"))
            return answer

        return call


def describe_call(method: str, args: tuple[object, ...], options: Mapping[str, object]) -> str:
    """Return a call as it is written, its arguments in few words."""
    named = (f"{name}={shorten(value)}" for name, value in options.items())
    return f"{method}({', '.join((*map(shorten, args), *named))})"


def shorten(value: object) -> str:
    """Return a value in few words, also a wrong one of a store that is not sound."""
    try:
        return _describe(value)
    except Exception:  # noqa: BLE001  # such as a text in the place of a state
        return short_repr(value)


def _describe(value: Any) -> str:
    if isinstance(value, Event):
        return f"{type(value).__name__} {value.case}/{value.n}"
    if isinstance(value, list | tuple):
        shown = [shorten(each) for each in value[:_MOST]]
        more = [f"and {len(value) - _MOST} more"] if len(value) > _MOST else []
        return f"[{', '.join((*shown, *more))}]"
    if isinstance(value, Change):
        names = "".join(f", command {each.id!r}" for each in value.commands[:1])
        kinds = ", ".join(type(event).__name__ for event in value.events[:_MOST])
        more = [f" ({len(value.events)})"] if len(value.events) > _MOST else [""]
        return f"<{value.case!r} on version {value.expected}: {kinds}{more[0]}{names}>"
    if isinstance(value, datetime):
        return value.isoformat()
    if type(value) not in _SHORT:
        return short_repr(value)
    fields = {each.name: getattr(value, each.name) for each in attrs.fields(type(value))}
    given = {name: found for name, found in fields.items() if name in _SHORT[type(value)]}
    said = ", ".join(f"{name}={shorten(found)}" for name, found in given.items() if found)
    return f"{type(value).__name__}({said})"
