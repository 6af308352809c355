"""Consumers of the feed: one worker at a time hands each entry to a handler, and records it.

An entry is recorded as dealt with after the handler has returned. So each is handed over at least
once, in order, even if a worker is killed in between. The handler can recognise a repetition by its
event.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TypedDict

import attrs

from phananh.desk.arguments import check_lease, check_plain_handler
from phananh.desk.core import DeskCore, moment
from phananh.desk.feed import Feed, check_events, read_feed
from phananh.errors import CorruptError, InputError, LeaseLostError, StoreError
from phananh.plain_value import PlainValue
from phananh.regulation.events import Event
from phananh.stores.base import FeedEntry, Lease, Store, check_limit

LEASE = timedelta(minutes=5)
NAMED = 100  # damaged entries that a result names
Handler = Callable[[FeedEntry], object]


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
    desk: DeskCore,
    name: str,
    handler: Handler,
    *,
    events: Collection[type[Event]] | None = None,
    start: str | None = None,
    lease: timedelta = LEASE,
    limit: int = 500,
    at: datetime | None = None,
    on_damaged: Callable[[CorruptError], object] | None = None,
) -> ConsumeResult:
    """Hand each entry that a consumer has not dealt with to `handler`, to the end of the feed.

    Raises:
        InputError: a blank name, a handler that is no function, or a start that no feed gave.
        StoreError: the entry that was handed over last is perhaps not recorded.
    """
    check_plain_handler("handler", handler)
    check_plain_handler("on_damaged", handler if on_damaged is None else on_damaged)
    wanted, count, span = check_events(events), check_limit(limit), check_lease(lease)
    held = _claim(desk.store, name, moment(desk, at), span, start)
    if held is None:
        return ConsumeResult(is_held=True)
    run = _Run(desk=desk, lease=held, span=span, at=at, handler=handler, on_damaged=on_damaged)
    run.read_on(partial(read_feed, desk.store, events=wanted, limit=count))
    return ConsumeResult(handled=run.handled, is_lost=run.is_lost, damaged=tuple(run.damaged))


def _claim(
    store: Store, name: str, now: datetime, span: timedelta, start: str | None
) -> Lease | None:
    """Claim a consumer, and blame `start` for an error in a position."""
    try:
        return store.claim(name, now, now + span, start=start)
    except InputError as error:
        if error.field != "after":
            raise
        raise InputError(field="start", code=error.code, **error.facts) from error


@attrs.define(kw_only=True)
class _Run:
    """One run: its handler, its present lease, and what was done so far."""

    desk: DeskCore
    lease: Lease
    span: timedelta
    at: datetime | None
    handler: Handler
    on_damaged: Callable[[CorruptError], object] | None
    handled: int = 0
    is_lost: bool = False
    damaged: list[CorruptError] = attrs.field(factory=list)

    def read_on(self, read: Callable[..., Feed]) -> None:
        """Deal with piece after piece of the feed, and release the lease in every case."""
        try:
            while self._deal_with(read(after=self.lease.position)):
                pass
        except BaseException:
            with suppress(StoreError):  # a lease ends by itself; what went wrong first goes on
                self.desk.store.release(self.lease)
            raise
        self.desk.store.release(self.lease)

    def _deal_with(self, feed: Feed) -> bool:
        """Hand a piece of the feed over, and return whether there may be more to read."""
        for error in feed.damaged:
            self._name(error)
        for entry in feed.entries:
            self.handler(entry)
            if not self._advance(entry.position):
                return False
            self.handled += 1
        return feed.has_more and (feed.next == self.lease.position or self._advance(feed.next))

    def _name(self, error: CorruptError) -> None:
        if self.on_damaged is not None:
            self.on_damaged(error)
        elif len(self.damaged) < NAMED:
            self.damaged.append(error)

    def _advance(self, position: str | None) -> bool:
        """Record a position, renew the lease, and return whether it was still there."""
        assert position is not None  # where something was read, there is one
        until = moment(self.desk, self.at) + self.span
        try:
            self.lease = self.desk.store.advance(self.lease, position, until=until)
        except LeaseLostError:
            self.is_lost = True
        return not self.is_lost
