"""Defects of lists of changes: what readers see of them, and how two of them cross."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack

from phananh.errors import ConflictError, StoreError
from phananh.regulation.events import Event
from phananh.stores.base import Capability, Change, FeedEntry, Page, Query
from phananh.stores.conflicts import check_one_change
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.seeded import found_by


class _OneAfterAnother(MemoryStore):
    """Records a list one by one, and has readers wait for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = threading.RLock()

    def commit(self, changes: Sequence[Change], /) -> None:
        with self._turn:
            for change in changes:
                super().commit([change])
                time.sleep(0.0002)

    def load(self, case: str, /) -> tuple[Event, ...]:
        with self._turn:
            return super().load(case)

    def find(self, query: Query, /) -> Page:
        with self._turn:
            return super().find(query)

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        with self._turn:
            return super().scan(after, limit=limit)


@found_by("test_loads_no_part_of_a_list")
class LoadsAPart(_OneAfterAnother):
    """Shows the first history of a list before the second."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return MemoryStore.load(self, case)


@found_by("test_finds_no_part_of_a_list")
class FindsAPart(_OneAfterAnother):
    """Shows the first row of a list before the second."""

    def find(self, query: Query, /) -> Page:
        return MemoryStore.find(self, query)


@found_by("test_scans_no_part_of_a_list")
class ScansAPart(_OneAfterAnother):
    """Shows the first event of a list before the second."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        return MemoryStore.scan(self, after, limit=limit)


@found_by("test_events_of_a_list_stand_together_in_the_feed")
class FeedInterleaves(MemoryStore):
    """Numbers the events of a list one by one, after it was recorded."""

    def _record(self, change: Change) -> None:
        """Record, but for the feed."""
        end = len(self._feed)
        super()._record(change)
        del self._feed[end:]

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        for change in changes:
            for event in change.events:
                time.sleep(0.0001)
                self._feed.append((change.case, event.n))


@found_by("test_list_is_recorded_or_refused")
class KeepsTheLastOfAList(MemoryStore):
    """Takes one change a commit, and of a list records the last."""

    capabilities: frozenset[Capability] = frozenset()

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes[-1:])


@found_by("test_list_is_recorded_or_refused")
class RefusesAfterTheFirst(MemoryStore):
    """Takes one change a commit, and refuses a list when its first is recorded."""

    capabilities: frozenset[Capability] = frozenset()

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes[:1])
        check_one_change(changes)


class _LocksInOrderOfTheList(MemoryStore):
    """Locks the cases of a list one after the other, beside another who does so."""

    def __init__(self) -> None:
        super().__init__()
        self._both = threading.Barrier(2)
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def commit(self, changes: Sequence[Change], /) -> None:
        with ExitStack() as held:
            for change in changes:
                has_lock = self._locks[change.case].acquire(timeout=0.01)
                self._meet()
                if not has_lock:
                    self._give_up(change)
                held.callback(self._locks[change.case].release)
            super().commit(changes)

    def _meet(self) -> None:
        """Wait until the other has come as far, if there is another."""
        try:
            self._both.wait(0.3)
        except threading.BrokenBarrierError:
            self._both.reset()

    def _give_up(self, change: Change) -> None:
        raise NotImplementedError


@found_by("test_of_crossing_lists_one_wins")
class DeadlockIsAnError(_LocksInOrderOfTheList):
    """Calls a deadlock a failure, though surely nothing was recorded."""

    def _give_up(self, change: Change) -> None:
        raise StoreError(doing="recording", problem="deadlock detected")


@found_by("test_of_crossing_lists_of_new_cases_one_wins")
class NobodyWins(_LocksInOrderOfTheList):
    """Lets both lists lose."""

    def _give_up(self, change: Change) -> None:
        raise ConflictError(case=change.case, expected=change.expected)
