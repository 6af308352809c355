"""Of several workers of a consumer one at a time has the lease, and another takes it over."""

from datetime import datetime
from typing import TypeVar

import pytest

from phananh import Desk, MemoryStore, StoreError
from phananh.desk.consume import ConsumeResult
from phananh.regulation import events as e
from phananh.stores.base import FeedEntry, Lease
from tests.desk import people as p
from tests.desk.worker import MINUTE, Worker, keys_of

T = TypeVar("T")


def test_one_worker_at_a_time(desk: Desk) -> None:
    """A worker that comes while another reads is told so, and is handed nothing."""
    p.a_case(desk)
    inner: list[ConsumeResult] = []
    second = Worker()
    outer = desk.consume("mail", lambda _: inner.append(desk.consume("mail", second)))
    assert (outer, inner) == (ConsumeResult(handled=1), [ConsumeResult(is_held=True)])
    assert second.seen == []


def test_each_entry_renews_the_lease(desk: Desk, hand: p.Hand) -> None:
    """A worker keeps the consumer as long as no single entry takes longer than the lease."""
    for _ in range(5):
        p.a_case(desk)
    held: list[bool] = []

    def take_long(_: FeedEntry) -> None:
        hand.at += 0.9 * MINUTE
        held.append(desk.consume("mail", Worker()).is_held)

    assert desk.consume("mail", take_long, lease=MINUTE).handled == 5
    assert held == [True] * 5


def test_pages_without_a_wanted_event_renew_the_lease(hand: p.Hand) -> None:
    """A worker that passes much over keeps the consumer too."""

    class Slow(MemoryStore):
        """A store whose pages take most of a lease."""

        def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
            """Return a page, late."""
            hand.at += 0.9 * MINUTE
            return super().scan(after, limit=limit)

    desk = Desk(store=Slow(), clock=hand)
    for _ in range(4):
        p.a_case(desk)
    last = p.with_officer(desk)
    desk.answer(last, text="Đã giải quyết", by=p.OFFICER)
    held: list[bool] = []
    desk.consume(
        "mail",
        lambda _: held.append(desk.consume("mail", Worker()).is_held),
        events=[e.Answered],
        limit=2,
        lease=2 * MINUTE,
    )
    assert held == [True]


def test_a_worker_that_lost_its_lease_stops(desk: Desk, hand: p.Hand) -> None:
    """Who takes longer than the lease finds out; the entry goes to who took over as well."""
    for _ in range(3):
        p.a_case(desk)
    first, second = Worker(), Worker()

    def sleep(entry: FeedEntry) -> None:
        first(entry)
        if len(first.seen) == 2:
            hand.at += MINUTE
            assert desk.consume("mail", second, lease=MINUTE) == ConsumeResult(handled=2)

    assert desk.consume("mail", sleep, lease=MINUTE) == ConsumeResult(handled=1, is_lost=True)
    assert first.seen == keys_of(desk)[:2]
    assert second.seen == keys_of(desk)[1:]
    assert desk.consume("mail", first) == ConsumeResult()


def test_a_late_worker_that_nobody_followed_goes_on(desk: Desk, hand: p.Hand) -> None:
    """A lease that has ended is still the worker's while no other wants it."""
    for _ in range(2):
        p.a_case(desk)

    def oversleep(_: FeedEntry) -> None:
        hand.at += p.HOUR

    assert desk.consume("mail", oversleep, lease=MINUTE) == ConsumeResult(handled=2)


class Silent(MemoryStore):
    """A store that does what it is asked, and whose answers are lost where a test says so."""

    loses: str = ""

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        """Claim."""
        return self._answer("claim", super().claim(consumer, now, until, start=start))

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        """Advance."""
        return self._answer("advance", super().advance(lease, position, until=until))

    def _answer(self, asked: str, answer: T) -> T:
        if asked == self.loses:
            raise StoreError(doing="recording", problem="no answer")
        return answer


def test_a_lost_answer_to_an_advance_loses_nothing(hand: p.Hand) -> None:
    """The run ends with the StoreError, the lease is free, and the next run goes on."""
    store = Silent()
    desk = Desk(store=store, clock=hand)
    for _ in range(3):
        p.a_case(desk)
    worker = Worker()
    store.loses = "advance"
    with pytest.raises(StoreError, match="no answer"):
        desk.consume("mail", worker)
    store.loses = ""
    assert desk.consume("mail", worker).handled == 2
    assert worker.seen == keys_of(desk)


def test_a_lost_answer_to_a_claim_holds_the_consumer_until_the_lease_ends(hand: p.Hand) -> None:
    """Nobody knows of that lease, so all wait for its end, and then one goes on."""
    store = Silent()
    desk = Desk(store=store, clock=hand)
    p.a_case(desk)
    store.loses = "claim"
    with pytest.raises(StoreError, match="no answer"):
        desk.consume("mail", Worker(), lease=MINUTE)
    store.loses = ""
    hand.at += MINUTE - p.MICROSECOND
    assert desk.consume("mail", Worker()).is_held
    hand.at += p.MICROSECOND
    assert desk.consume("mail", Worker()).handled == 1
