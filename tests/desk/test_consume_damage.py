"""What cannot be read is named to the worker, passed over, and hides no other entry."""

import pytest

from phananh import Desk, MemoryStore
from phananh.desk.consume import ConsumeResult
from phananh.errors import CorruptError
from phananh.stores.base import FeedEntry
from tests.desk import people as p
from tests.desk.worker import Worker


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
        first_hole = next((i for i, entry in enumerate(page) if entry not in whole), len(page))
        return page[:first_hole]


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
    desk = make_holed(hand, range(2, 4), 5)
    worker = Worker()
    result = desk.consume("mail", worker)
    assert (result.handled, [error.facts["position"] for error in result.damaged]) == (
        3,
        ["2", "3"],
    )
    assert len(worker.seen) == 3
    assert desk.consume("mail", worker) == ConsumeResult()


def test_no_damage_is_lost_if_the_handler_raises_behind_it(hand: p.Hand) -> None:
    """A damaged entry is passed over with the next entry only, so the next run names it again."""
    desk = make_holed(hand, range(1, 2), 2)
    with pytest.raises(ZeroDivisionError):
        desk.consume("mail", Worker(fails_at=1))
    result = desk.consume("mail", Worker())
    assert [error.facts["position"] for error in result.damaged] == ["1"]
    assert desk.consume("mail", Worker()) == ConsumeResult()
