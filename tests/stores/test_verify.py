"""Any store is compared with itself through the calls that every store has."""

from collections.abc import Sequence

import attrs
import pytest

from phananh import Desk
from phananh.stores import MemoryStore
from phananh.stores.base import Change, FeedEntry
from phananh.stores.verify import find_differences
from phananh.testing.sample_events import change, received
from tests.desk import people as p


class ForgetfulStore(MemoryStore):
    """Leaves out of its feed what is received at once with others."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return entries, but of HB-1 none."""
        return tuple(e for e in super().scan(after, limit=limit) if e.event.case != "HB-1")


class TwofoldStore(MemoryStore):
    """Shows HB-1 in its feed in place of HB-2."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return entries, of HB-1 twice."""
        first = {e.event.case: e.event for e in super().scan()}.get("HB-1")
        return tuple(
            attrs.evolve(e, event=first) if e.event.case == "HB-2" and first else e
            for e in super().scan(after, limit=limit)
        )


class LateStore(MemoryStore):
    """Writes every row as late."""

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record changes whose rows say something else."""
        super().commit([attrs.evolve(c, row=attrs.evolve(c.row, late=True)) for c in changes])


def test_sound_store_has_no_differences() -> None:
    """Of a store in memory that nobody damaged nothing is said."""
    store = MemoryStore()
    desk = Desk(store=store, clock=p.Hand())
    for _ in range(5):
        p.with_officer(desk)
    assert [*find_differences(store)] == []


def test_row_of_another_history_is_named() -> None:
    """A row that its history does not add up to is named with the column."""
    store = LateStore()
    store.commit([change(received("HB-1"))])
    (error,) = find_differences(store)
    assert (error.code, error.facts["columns"]) == ("row_not_of_history", ["late"])


@pytest.mark.parametrize("kind", [ForgetfulStore, TwofoldStore])
def test_feed_that_shows_other_events_is_named(kind: type[MemoryStore]) -> None:
    """A feed that leaves an event out, or shows one twice in place of another, is named."""
    store = kind()
    store.commit([change(received(f"HB-{i}")) for i in range(4)])
    (error,) = find_differences(store)
    assert error.code == "feed_differs"
