"""What `check_whole` is for: each way to be half done is seen."""

from collections.abc import Callable

import attrs
import pytest

from phananh import MemoryStore
from phananh.testing.sample_events import change, completed, received
from tests.faults import whole
from tests.faults.whole import Acknowledged, check_whole

FIRST = received("HB-1")
TOLD = [Acknowledged("c1", "HB-1", 1), Acknowledged("c2", "HB-1", 2)]


def make_store() -> MemoryStore:
    """Return a store of one case with two acts."""
    store = MemoryStore()
    store.commit([change(FIRST, command="c1")])
    store.commit([change(completed("HB-1", 2), after=(FIRST,), command="c2")])
    return store


def lose_row(store: MemoryStore) -> None:
    """Leave the row behind the events."""
    store._rows["HB-1"] = attrs.evolve(store._rows["HB-1"], version=1)


def lose_event(store: MemoryStore) -> None:
    """Lose the last event, with its row and its place in the feed."""
    store._histories["HB-1"] = (FIRST,)
    store._rows["HB-1"] = change(FIRST).row
    store._feed.pop()


def lose_case(store: MemoryStore) -> None:
    """Lose all of a case but its commands."""
    store._histories.clear()
    store._rows.clear()
    store._feed.clear()


def lose_entry(store: MemoryStore) -> None:
    """Lose an entry of the feed."""
    store._feed.pop(0)


def swap_entries(store: MemoryStore) -> None:
    """Turn the feed round."""
    store._feed.reverse()


def lose_command(store: MemoryStore) -> None:
    """Lose a command of what is recorded."""
    store._records.pop("c2")


def double_command(store: MemoryStore) -> None:
    """Give one version to two commands."""
    store._records["c1"] = attrs.evolve(store._records["c1"], version=2)


def test_whole_store_passes() -> None:
    """A store that lacks nothing is whole."""
    assert list(check_whole(make_store(), acknowledged=TOLD, named=["c1", "c2", "c3"])) == ["HB-1"]


@pytest.mark.parametrize(
    "spoil",
    [lose_row, lose_event, lose_case, lose_entry, swap_entries, lose_command, double_command],
)
@pytest.mark.parametrize("told", [TOLD, []], ids=["told", "untold"])
def test_what_is_half_done_is_seen(
    spoil: Callable[[MemoryStore], None],
    told: list[Acknowledged],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each thing that is lost or half done is found, whether the act was acknowledged or not."""
    monkeypatch.setattr(whole, "_FENCED", 0.0)
    store = make_store()
    spoil(store)
    with pytest.raises((AssertionError, KeyError)):
        check_whole(store, acknowledged=told, named=["c1", "c2"])
