"""Workers read the feed for a consumer: in order, at least once, one worker at a time."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from phananh import Desk, InputError, MemoryStore, StoreError
from phananh.desk.consume import ConsumeResult
from phananh.errors import InputTypeError, LeaseLostError
from phananh.regulation import events as e
from phananh.stores.base import FeedEntry, Lease
from tests.desk import people as p
from tests.desk.worker import Worker, keys_of


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
    assert desk.consume("by-1", worker).handled == 1
    assert worker.seen == keys_of(desk)


def test_reads_no_more_at_a_time_than_it_is_asked(hand: p.Hand) -> None:
    """A run keeps one piece of the feed in memory, of `limit` entries."""

    class Counting(MemoryStore):
        """A store that notes how much is read at a time."""

        def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
            """Note the limit, and read."""
            limits.append(limit)
            return super().scan(after, limit=limit)

    limits: list[int] = []
    desk = Desk(store=Counting(), clock=hand)
    for _ in range(5):
        p.a_case(desk)
    assert desk.consume("mail", Worker(), limit=2).handled == 5
    assert limits == [2, 2, 2, 2]


def test_consumers_do_not_know_each_other(desk: Desk) -> None:
    """Each name has a position of its own."""
    p.a_case(desk)
    assert desk.consume("mail", Worker()).handled == 1
    assert desk.consume("sms", Worker()).handled == 1


def test_only_wanted_events_are_handed_over(desk: Desk) -> None:
    """What is not wanted is passed over for good, though the handler never sees it."""
    for _ in range(3):
        case = p.with_officer(desk)
    desk.answer(case, text="Đã giải quyết", by=p.OFFICER)
    worker = Worker()
    assert desk.consume("mail", worker, events=[e.Answered], limit=2).handled == 1
    assert worker.seen == [(case.id, 3)]
    assert desk.consume("mail", worker).handled == 0


def test_a_new_consumer_starts_where_it_likes(desk: Desk) -> None:
    """At the beginning, after a position, or at the end; a known one goes on where it stood."""
    for _ in range(2):
        p.a_case(desk)
    second = keys_of(desk)[1:]
    position = desk.feed(limit=1).next
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
    assert desk.consume("mail", worker) == ConsumeResult(handled=2)
    assert worker.seen == keys_of(desk)


def test_a_worker_that_is_interrupted_releases_the_lease(desk: Desk) -> None:
    """Ctrl-C in a handler leaves the consumer free."""
    p.a_case(desk)

    def interrupt(_: FeedEntry) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.consume("mail", interrupt)
    assert desk.consume("mail", Worker()).handled == 1


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


def test_a_handler_may_act_on_the_desk(desk: Desk) -> None:
    """What a handler records comes after it in the feed, and is handed over in the same run."""
    case = p.with_officer(desk)

    def note_once(entry: FeedEntry) -> None:
        if entry.event.n == 2:
            desk.note(entry.event.case, text="Đã gửi thư", by=p.OFFICER)

    assert desk.consume("mail", note_once).handled == 3
    assert desk.get(case.id).version == 3


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
        ("lease", InputTypeError, lambda d: d.consume("mail", Worker(), lease=300)),
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
    with pytest.raises(InputError) as caught:
        call(desk)
    assert (caught.value.field, type(caught.value)) == (field, kind)
    assert caught.value.text("vi") != caught.value.text("en")
    assert desk.consume("mail", Worker(), start="end") == ConsumeResult()


def test_a_block_of_acts_lends_no_feed(desk: Desk) -> None:
    """Inside `together` nothing is consumed: what is done there is not recorded yet."""
    with desk.together() as d, pytest.raises(InputError) as caught:
        d.consume("mail", Worker())
    assert caught.value.facts["method"] == "consume"


def test_the_result_as_plain_data(desk: Desk) -> None:
    """A result is plain data, ready for a log."""
    p.a_case(desk)
    shown = desk.consume("mail", Worker()).as_dict()
    assert shown == {"handled": 1, "is_held": False, "is_lost": False, "damaged": []}
