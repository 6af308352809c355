"""The feed of recorded events, and its consumers: one worker at a time hands each to a handler.

An entry is recorded as dealt with after the handler has returned. So each is handed over at least
once, in order, even if a worker is killed in between. The handler can recognise a repetition by its
event.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, TypedDict, Unpack

import attrs

from phananh.errors import (
    CorruptError,
    InputError,
    InputTypeError,
    LeaseLostError,
    StoreError,
    short_repr,
)
from phananh.plain_value import PlainValue
from phananh.regulation.events import EVENTS, Event
from phananh.stores.base import FeedEntry, Lease, Store, check_limit
from phananh.worktime.validators import tuple_of

if TYPE_CHECKING:
    from phananh.desk.desk import Desk

LEASE = timedelta(minutes=5)
NAMED = 100  # damaged entries that a result names
Handler = Callable[[FeedEntry], object]


@attrs.frozen(kw_only=True)
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


def feed(
    desk: Desk,
    *,
    after: str | None = None,
    events: Collection[type[Event]] | None = None,
    limit: int = 500,
) -> Feed:
    """Return a piece of the feed: recorded events in order, and where the next piece begins.

    Args:
        after: `next` of the piece before, which `consume` stores for you. None is the
            beginning.
        events: the classes of events that you want, such as `[Answered]`. None means all.
        limit: how many entries are read, wanted or not.

    Raises:
        InputError: a position that no feed gave, or a value that is no class of an event.
    """
    return _read_feed(desk.store, after, _check_events(events), limit)


def _read_feed(
    store: Store, after: str | None, wanted: frozenset[type[Event]] | None, limit: int
) -> Feed:
    try:
        found = store.scan(after, limit=limit)
    except CorruptError as error:
        if (position := error.facts.get("position")) is None:
            raise
        return Feed(entries=(), next=str(position), has_more=True, damaged=(error,))
    return Feed(
        entries=tuple(each for each in found if wanted is None or type(each.event) in wanted),
        next=found[-1].position if found else after,
        has_more=bool(found),
    )


def _check_events(events: Collection[type[Event]] | None) -> frozenset[type[Event]] | None:
    """Return the classes of events that are wanted, None for all, and refuse any other value."""
    if events is None:
        return None
    found = tuple_of(type, "events", events)
    for each in found:
        if each not in EVENTS.values():
            names = tuple(EVENTS)
            raise InputError(
                field="events", code="not_an_event_class", value=short_repr(each), known=names
            )
    return frozenset(found)


@attrs.frozen(kw_only=True)
class ConsumeResult(PlainValue):
    """What one run of a worker did.

    `handled` entries were handed over and recorded as dealt with. `is_held`: another worker has the
    consumer, so no entry was read. `is_lost`: another worker took it over during the run, so the
    entry that was handed over last is not recorded, and goes to that worker too. `damaged` are the
    first hundred entries that could not be read. All others are read.
    """

    handled: int = 0
    is_held: bool = False
    is_lost: bool = False
    damaged: tuple[CorruptError, ...] = ()


class ConsumeOptions(TypedDict, total=False):
    """The options of `Desk.consume`, besides a name and a handler.

    Args:
        events: the classes of events that you want, such as `[Answered]`. None means all.
        start: where a new consumer begins: None at the beginning of the feed, "end" with the
            entries recorded from now on, or `next` of a feed. Ignored once the name is known.
        lease: how long a worker has the consumer, counted anew after each entry, 5 minutes by
            default. It must outlast the longest call of the handler, or another worker takes over
            meanwhile. If a worker was killed, others wait that long. A day at most.
        limit: how many entries are read at a time, 500 by default.
        at: the moment of the lease, for tests and replays. It defaults to now.
        on_damaged: takes each entry that cannot be read, before it is passed over. The result then
            names none. Without it you do not learn of them if the handler raises later.
    """

    events: Collection[type[Event]] | None
    start: str | None
    lease: timedelta
    limit: int
    at: datetime | None
    on_damaged: Callable[[CorruptError], object] | None


def consume(
    desk: Desk, name: str, handler: Handler, **options: Unpack[ConsumeOptions]
) -> ConsumeResult:
    """Hand each entry that a consumer has not dealt with to `handler`, to the end of the feed.

    Each is recorded when the handler returns, so it is handed over at least once. Its case and
    number identify it. Of several workers one at a time has the consumer.

    Args:
        name: of the consumer, such as "mail". The store keeps its position.
        handler: takes a FeedEntry. If it raises, that entry stays, and the exception goes on.
        options: see ConsumeOptions.

    Raises:
        InputError: a blank name, a handler that is no function, or a start that no feed gave.
        StoreError: the entry that was handed over last is perhaps not recorded.
    """
    check_plain_handler("handler", handler)
    run = _Run(desk, name, handler, **options)
    check_plain_handler("on_damaged", run.on_damaged or handler)
    if not run.claim():
        return ConsumeResult(is_held=True)
    run.read_on()
    return ConsumeResult(handled=run.handled, is_lost=run.is_lost, damaged=tuple(run.damaged))


def check_handler(field: str, value: object) -> None:
    """Refuse a handler that cannot be called."""
    if not callable(value):
        raise InputTypeError(field=field, code="not_a_handler", value=short_repr(value))


def check_plain_handler(field: str, value: object) -> None:
    """Refuse a coroutine function too, as its result would not be awaited."""
    check_handler(field, value)
    if iscoroutinefunction(value):
        raise InputTypeError(field=field, code="async_handler", value=short_repr(value))


def _check_lease(value: object) -> timedelta:
    """Return for how long a worker claims a consumer: more than zero, a day at most."""
    if not isinstance(value, timedelta):
        raise InputTypeError(field="lease", code="not_a_lease", value=short_repr(value))
    if not timedelta() < value <= timedelta(days=1):
        raise InputError(field="lease", code="not_a_lease", value=str(value))
    return value


@attrs.define
class _Run:
    """One run: its options, its present lease, and what was done so far."""

    desk: Desk
    name: str
    handler: Handler
    events: frozenset[type[Event]] | None = attrs.field(default=None, converter=_check_events)
    start: str | None = None
    span: timedelta = attrs.field(default=LEASE, converter=_check_lease, alias="lease")
    limit: int = attrs.field(default=500, converter=check_limit)
    at: datetime | None = None
    on_damaged: Callable[[CorruptError], object] | None = None
    lease: Lease = attrs.field(init=False)
    handled: int = attrs.field(default=0, init=False)
    is_lost: bool = attrs.field(default=False, init=False)
    damaged: list[CorruptError] = attrs.field(factory=list, init=False)

    def claim(self) -> bool:
        """Claim the consumer, and return whether it was free. A wrong `start` is blamed."""
        now = self.desk.moment(self.at)
        try:
            lease = self.desk.store.claim(self.name, now, now + self.span, start=self.start)
        except InputError as error:
            if error.field != "after":
                raise
            raise InputError(field="start", code=error.code, **error.facts) from error
        if lease is None:
            return False
        self.lease = lease
        return True

    def read_on(self) -> None:
        """Deal with piece after piece of the feed, and release the lease in every case."""
        store = self.desk.store
        try:
            while self._deal_with(_read_feed(store, self.lease.position, self.events, self.limit)):
                pass
        except BaseException:
            with suppress(StoreError):  # a lease ends by itself; what went wrong first goes on
                store.release(self.lease)
            raise
        store.release(self.lease)

    def _deal_with(self, piece: Feed) -> bool:
        """Hand a piece of the feed over, and return whether there may be more to read."""
        for error in piece.damaged:
            if self.on_damaged is not None:
                self.on_damaged(error)
            elif len(self.damaged) < NAMED:
                self.damaged.append(error)
        for entry in piece.entries:
            self.handler(entry)
            if not self._advance(entry.position):
                return False
            self.handled += 1
        return piece.has_more and (
            piece.next == self.lease.position or self._advance(str(piece.next))
        )

    def _advance(self, position: str) -> bool:
        """Record a position, renew the lease, and return whether it was still there."""
        until = self.desk.moment(self.at) + self.span
        try:
            self.lease = self.desk.store.advance(self.lease, position, until=until)
        except LeaseLostError:
            self.is_lost = True
        return not self.is_lost
