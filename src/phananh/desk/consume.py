"""The feed of recorded events, and its consumers: one worker at a time hands each to a handler.

An entry is recorded as dealt with after the handler has returned. So each is handed over at least
once, in order, even if a worker is killed in between. The handler can recognise a repetition by its
event.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import attrs

from phananh.errors import (
    CorruptError,
    InputError,
    InputTypeError,
    LeaseLostError,
    short_repr,
)
from phananh.plain_value import PlainValue
from phananh.regulation.events import EVENTS, Event
from phananh.stores.base import FeedEntry, Lease
from phananh.worktime.validators import tuple_of

if TYPE_CHECKING:
    from phananh.desk.desk import Desk

Handler = Callable[[FeedEntry], object]


class StopSignal(Protocol):
    """A `threading.Event`, or whatever else says whether a worker is to end."""

    def is_set(self) -> bool:
        """Return whether the worker is to end."""


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Feed(PlainValue):
    """A piece of the feed: the entries that were wanted, and where the next piece begins.

    `next` goes on after the last entry that was read, wanted or not. It is None only if the store
    is empty. `has_more`: an entry was read, so there may be more to read at once. `damaged`: an
    event that cannot be read. All others are read.
    """

    entries: tuple[FeedEntry, ...]
    next: str | None
    has_more: bool
    damaged: tuple[CorruptError, ...] = ()


def check_events(events: Collection[type[Event]] | None) -> frozenset[type[Event]] | None:
    """Return the classes of events that are wanted, None for all, and refuse any other value."""
    if events is None:
        return None
    if not isinstance(events, Collection):  # one without an end would never return
        raise InputTypeError(field="events", code="not_a_list", value=short_repr(events))
    found = tuple_of(type, "events", events)
    for each in found:
        if each not in EVENTS.values():
            raise InputError(
                field="events",
                code="not_an_event_class",
                value=short_repr(each),
                known=tuple(EVENTS),
            )
    return frozenset(found)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class ConsumeResult(PlainValue):
    """What one run of a worker did.

    `handled` entries were handed over and recorded as dealt with. `is_held`: another worker has the
    consumer, so no entry was read. `is_lost`: another worker took it over during the run, so the
    entry that was handed over last is not recorded, and goes to that worker too. `damaged` are the
    entries that could not be read. All others are read.
    """

    handled: int = 0
    is_held: bool = False
    is_lost: bool = False
    damaged: tuple[CorruptError, ...] = ()


def check_lease(value: object) -> None:
    """Refuse a span for which no worker claims a consumer: more than zero, a day at most."""
    if not isinstance(value, timedelta) or not timedelta() < value <= timedelta(days=1):
        raise InputError(field="lease", code="not_a_lease", value=short_repr(value))


@attrs.define
class ConsumerRun:
    """One run: its present lease, how far it has read, and what was done so far.

    A damaged entry is passed over only with the entry behind it, or at the end of the feed. So if
    the handler raises there, the next run names the damaged one again, and none is lost.
    """

    desk: Desk
    handler: Handler
    span: timedelta
    lease: Lease
    position: str | None
    stop: StopSignal | None
    handled: int = 0
    is_lost: bool = False
    damaged: list[CorruptError] = attrs.Factory(list)

    @property
    def is_stopping(self) -> bool:
        """Whether the worker is to end."""
        return self.stop is not None and self.stop.is_set()

    def deal_with(self, piece: Feed) -> bool:
        """Hand a piece of the feed over, and return whether there may be more to read."""
        for entry in piece.entries:
            if self.is_stopping:
                return False
            self.handler(entry)
            if not self._advance(entry.position):
                return False
            self.handled += 1
        self.damaged += piece.damaged
        self.position = piece.next
        if not piece.damaged and piece.next != self.lease.position:
            self._advance(str(piece.next))
        return piece.has_more and not self.is_lost

    def _advance(self, position: str) -> bool:
        """Record a position, renew the lease, and return whether it was still there."""
        try:
            self.lease = self.desk.store.advance(
                self.lease, position, until=self.desk.now() + self.span
            )
        except LeaseLostError:
            self.is_lost = True
        return not self.is_lost
