"""The feed, and workers that read it for a consumer: in order, at least once, one at a time."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from phananh import Desk, InputError, MemoryStore, StoreError
from phananh.desk.consume import ConsumeResult
from phananh.errors import CorruptError, InputTypeError, LeaseLostError
from phananh.regulation import events as e
from phananh.stores.base import FeedEntry, Lease
from tests.desk import people as p
from tests.desk.worker import MINUTE, Worker, keys_of


def test_every_event_in_order(desk: Desk) -> None:
    """Without a filter every event comes, in the order in which it was recorded."""
    case, other, feed = p.with_officer(desk), p.a_case(desk), desk.feed()
    seen = [(entry.event.case, entry.event.n) for entry in feed.entries]
    assert (seen, feed.next) == (
        [(case.id, 1), (case.id, 2), (other.id, 1)],
        feed.entries[-1].position,
    )
    assert feed.has_more
    assert not desk.feed(after=feed.next).has_more


def test_a_filter_that_lets_nothing_through_goes_on(desk: Desk) -> None:
    """A piece in which nothing is wanted still says where the next one begins."""
    for _ in range(3):
        p.a_case(desk)
    case = p.with_officer(desk)
    desk.answer(case, text="Đã giải quyết", by=p.OFFICER)
    after, pieces, answers = None, 0, []
    while True:
        feed = desk.feed(after=after, events=[e.Answered], limit=2)
        assert (feed.next != after) == (pieces < 3)
        after, pieces = feed.next, pieces + 1
        answers += feed.entries
        if not feed.has_more:
            break
    assert (pieces, [entry.event.case for entry in answers]) == (4, [case.id])


def test_nothing_new_stays_where_it_was(desk: Desk) -> None:
    """At the end of the feed `next` is where one stood; of an empty store it is None."""
    assert desk.feed() == desk.feed(events=[e.Answered])
    assert (desk.feed().entries, desk.feed().next, desk.feed().has_more) == ((), None, False)
    p.a_case(desk)
    end = desk.feed().next
    assert (desk.feed(after=end).entries, desk.feed(after=end).next) == ((), end)
    assert [p.a_case(desk).id] == [entry.event.case for entry in desk.feed(after=end).entries]


@pytest.mark.parametrize(
    "events", [e.Answered, "Answered", ["Answered"], [e.Event], [str], 5, iter([e.Answered])]
)
def test_what_is_no_list_of_events(desk: Desk, events: object) -> None:
    """One class alone, a name, and a class of no event are refused."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        desk.feed(events=events)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.field == "events"
    assert caught.value.text("vi")


@pytest.mark.parametrize("odd", ["nonsense", ""])
def test_a_position_that_no_feed_gave_says_where_one_is_found(desk: Desk, odd: str) -> None:
    """An emptied file of a worker is refused in the words of the feed, and not begun anew."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        desk.feed(after=odd)
    said = "give `next` of the previous read, or None to start at the beginning"
    assert (caught.value.field, caught.value.way_out) == ("after", said)


def test_each_entry_is_recorded_once(hand: p.Hand) -> None:
    """A run records each entry as dealt with once, and a run without news records nothing."""

    class Counting(MemoryStore):
        """A store that keeps which positions were recorded."""

        def advance(self, lease: Lease, position: str, /, **more: Any) -> Lease:
            """Keep, and record."""
            advanced.append(position)
            return super().advance(lease, position, **more)

        def scan(self, after: str | None = None, *, limit: int = 0) -> tuple[FeedEntry, ...]:
            """Keep how many entries are asked for, and read."""
            limits.append(limit)
            return super().scan(after, limit=limit)

    advanced: list[str] = []
    limits: list[int] = []
    desk = Desk(store=Counting(), clock=hand)
    for _ in range(3):
        p.a_case(desk)
    for _ in range(2):
        desk.consume("mail", Worker(), limit=2)
    assert (set(limits), advanced) == ({2}, [entry.position for entry in desk.feed().entries])
    desk.consume("sms", Worker())
    assert set(limits) == {2, 500}


def test_hands_everything_over_once_and_in_order(desk: Desk) -> None:
    """A run takes what is there, by pages of any size; the next takes what came since."""
    for _ in range(3):
        p.with_officer(desk)
    for limit in (1, 4, 6, 500):
        worker = Worker()
        assert desk.consume(f"by-{limit}", worker, limit=limit) == ConsumeResult(handled=6)
        assert worker.seen == keys_of(desk)
        assert desk.consume(f"by-{limit}", worker, limit=limit) == ConsumeResult()
    p.a_case(desk)
    assert (desk.consume("by-1", worker).handled, worker.seen) == (1, keys_of(desk))


def test_only_wanted_events_are_handed_over(desk: Desk) -> None:
    """What is not wanted is passed over for good, though the handler never sees it."""
    for _ in range(3):
        case = p.with_officer(desk)
    desk.answer(case, text="Đã giải quyết", by=p.OFFICER)
    worker = Worker()
    assert desk.consume("mail", worker, events=[e.Answered], limit=2).handled == 1
    assert (worker.seen, desk.consume("mail", worker).handled) == ([(case.id, 3)], 0)


def test_a_new_consumer_starts_where_it_likes(desk: Desk) -> None:
    """At the beginning, after a position, or at the end; a known one goes on where it stood."""
    for _ in range(2):
        p.a_case(desk)
    second, position = keys_of(desk)[1:], desk.feed(limit=1).next
    for name, start, wanted in (("a", None, 2), ("b", position, 1), ("c", "end", 0)):
        assert desk.consume(name, Worker(), start=start).handled == wanted
    worker = Worker()
    desk.consume("d", worker, start=position)
    assert worker.seen == second
    p.a_case(desk)
    for name in ("a", "b", "c", "d"):
        assert desk.consume(name, Worker(), start="end").handled == 1


def test_a_handler_that_raises_stays_before_its_entry(desk: Desk) -> None:
    """What was handled before stays recorded, the rest is handed over again, at once."""
    for _ in range(4):
        p.a_case(desk)
    worker = Worker(fails_at=3)
    with pytest.raises(ZeroDivisionError):
        desk.consume("mail", worker)
    assert worker.seen == keys_of(desk)[:2]
    worker.fails_at = None
    assert (desk.consume("mail", worker), worker.seen) == (ConsumeResult(handled=2), keys_of(desk))


def test_a_worker_that_is_interrupted_releases_the_lease(desk: Desk) -> None:
    """Ctrl-C in a handler leaves the consumer free."""
    p.a_case(desk)

    def interrupt(_: FeedEntry) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.consume("mail", interrupt)
    assert desk.consume("mail", Worker()).handled == 1


def test_a_worker_that_is_told_to_end_hands_no_further_entry_over(desk: Desk) -> None:
    """The entry that it has is recorded, and another worker can have the rest at once."""
    for _ in range(3):
        p.a_case(desk)
    stop = Event()
    assert desk.consume("mail", lambda _: stop.set(), stop=stop) == ConsumeResult(handled=1)
    assert desk.consume("mail", Worker(), stop=stop) == ConsumeResult()
    assert desk.consume("mail", Worker()) == ConsumeResult(handled=2)


def test_an_error_of_the_handler_about_a_lease_is_its_own(desk: Desk) -> None:
    """A LeaseLostError that the handler raises goes on, as any exception does."""
    p.a_case(desk)

    def lose(_: FeedEntry) -> None:
        raise LeaseLostError(consumer="other", number=1)

    with pytest.raises(LeaseLostError, match="other"):
        desk.consume("mail", lose)
    assert desk.consume("mail", Worker()).handled == 1


def test_what_went_wrong_first_goes_on(hand: p.Hand) -> None:
    """If the lease cannot be released after an exception, the exception goes on all the same."""

    class Gone(MemoryStore):
        """A store that cannot be reached any more when a lease is released."""

        def release(self, lease: Lease, /) -> None:
            """Fail."""
            raise StoreError(doing="recording", problem="gone")

    desk = Desk(store=Gone(), clock=hand)
    p.a_case(desk)
    with pytest.raises(ZeroDivisionError):
        desk.consume("mail", Worker(fails_at=1))
    with pytest.raises(StoreError, match="gone"):
        desk.consume("sms", Worker())


Call = Callable[[Desk], object]


async def send_later(entry: FeedEntry) -> None:
    """Send nothing, as nobody awaits it."""


@pytest.mark.parametrize(
    ("field", "kind", "call"),
    [
        ("consumer", InputError, lambda d: d.consume(" ", Worker())),
        ("consumer", InputTypeError, lambda d: d.consume(None, Worker())),
        ("handler", InputTypeError, lambda d: d.consume("mail", send_later)),
        ("events", InputError, lambda d: d.consume("mail", Worker(), events=[str])),
        ("lease", InputError, lambda d: d.consume("mail", Worker(), lease=timedelta())),
        ("lease", InputError, lambda d: d.consume("mail", Worker(), lease=timedelta(days=2))),
        ("lease", InputError, lambda d: d.consume("mail", Worker(), lease=300)),
        ("limit", InputError, lambda d: d.consume("mail", Worker(), limit=0)),
        ("start", InputError, lambda d: d.consume("mail", Worker(), start="nonsense")),
        ("start", InputError, lambda d: d.consume("mail", Worker(), start="99")),
    ],
)
def test_what_is_wrong_is_refused_and_leaves_no_trace(
    desk: Desk, field: str, kind: type[InputError], call: Call
) -> None:
    """A refused call claims nothing: the consumer is new after it, and starts where it likes."""
    p.a_case(desk)
    with pytest.raises(InputError, match=r"\w \w") as caught:
        call(desk)
    assert (caught.value.field, type(caught.value)) == (field, kind)
    assert caught.value.text("vi") != caught.value.text()
    assert desk.consume("mail", Worker(), start="end") == ConsumeResult()


class Holed(MemoryStore):
    """A store whose feed has entries that cannot be read, at some positions."""

    holes: range = range(0)

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return a page that ends before the next hole, or raise at one, as the contract says."""
        page = super().scan(after, limit=limit)
        whole = tuple(entry for entry in page if int(entry.position) not in self.holes)
        if page and page[0] not in whole:
            where = page[0].position
            raise CorruptError(
                doing="scanning",
                where="here",
                case="?",
                version=0,
                code="event_missing",
                position=where,
            )
        return page[: next((i for i, entry in enumerate(page) if entry not in whole), len(page))]


def make_holed(hand: p.Hand, holes: range, cases: int) -> Desk:
    """Return a desk with so many cases, some of whose events cannot be read."""
    store = Holed()
    store.holes = holes
    desk = Desk(store=store, clock=hand)
    for _ in range(cases):
        p.a_case(desk)
    return desk


def test_what_cannot_be_read_is_named_and_hides_no_other(hand: p.Hand) -> None:
    """A damaged entry is named once, and passed over; the others are handed over."""
    desk, worker = make_holed(hand, range(2, 4), 5), Worker()
    result = desk.consume("mail", worker)
    assert (result.handled, [error.facts["position"] for error in result.damaged]) == (
        3,
        ["2", "3"],
    )
    assert (len(worker.seen), desk.consume("mail", worker)) == (3, ConsumeResult())


def test_no_damage_is_lost_if_the_handler_raises_behind_it(hand: p.Hand) -> None:
    """A damaged entry is passed over with the next entry only, so the next run names it again."""
    desk = make_holed(hand, range(1, 2), 2)
    with pytest.raises(ZeroDivisionError):
        desk.consume("mail", Worker(fails_at=1))
    assert [error.facts["position"] for error in desk.consume("mail", Worker()).damaged] == ["1"]
    assert desk.consume("mail", Worker()) == ConsumeResult()


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
    assert not desk.consume("sms", Worker(), lease=timedelta(days=1)).is_held
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
    desk.answer(p.with_officer(desk), text="Đã giải quyết", by=p.OFFICER)
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
    assert (first.seen, second.seen) == (keys_of(desk)[:2], keys_of(desk)[1:])
    assert desk.consume("mail", first) == ConsumeResult()


def test_a_worker_that_lost_its_lease_between_two_pages_stops(hand: p.Hand) -> None:
    """What comes behind pages without a wanted event is left to who took over meanwhile."""

    class Slow(MemoryStore):
        """A store whose pages take a whole lease, so that another worker takes over."""

        def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
            """Let the lease end, and return a page."""
            hand.at += MINUTE
            self.claim("mail", hand.at, hand.at + 9 * MINUTE)
            return super().scan(after, limit=limit)

    desk, worker = Desk(store=Slow(), clock=hand), Worker()
    desk.answer(p.with_officer(desk), text="Đã giải quyết", by=p.OFFICER)
    lost = desk.consume("mail", worker, events=[e.Answered], limit=1, lease=MINUTE)
    assert (lost, worker.seen) == (ConsumeResult(is_lost=True), [])
