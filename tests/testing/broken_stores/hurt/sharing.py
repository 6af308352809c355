"""Defects that show between processes and handles: locks of one process, and stale answers."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import pickle
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from phananh.regulation.events import Event
from phananh.stores.base import Change, CommandRecord, Page, Query
from tests.testing.broken_stores.hurt.journal import Delta, JournalStore
from tests.testing.broken_stores.hurt.seeded import found_in

PROCESS = "test_another_process_sees_it_at_once"
HANDLE = "test_another_handle_sees_it_at_once"
WINDOW = 0.005  # seconds in which another comes in between, on a busy machine too


class _LocksItself(JournalStore):
    """Holds a lock that only its own threads see."""

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            self._catch_up()
            yield

    def _append(self, delta: Delta) -> None:
        time.sleep(WINDOW)
        super()._append(delta)


@found_in("test_one_of_racing_processes_wins", "B6")
class LetsTwoProcessesWin(_LocksItself):
    """Records two changes on one version."""


@found_in("test_one_of_the_retries_of_processes_is_recorded", "B6")
class LetsTwoRetriesWin(_LocksItself):
    """Records one command twice."""


@found_in("test_one_of_claiming_processes_has_the_lease", "B6")
class GivesTwoLeases(_LocksItself):
    """Gives two processes one lease."""


class _CatchesUpToWrite(JournalStore):
    """Reads what others wrote when it writes itself, and not before it reads."""

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            yield

    def commit(self, changes: Sequence[Change], /) -> None:
        with JournalStore._turn(self):
            super().commit(changes)


@found_in(PROCESS)
class ReadsOldThingsOfProcesses(_CatchesUpToWrite):
    """Shows what it knew when it last wrote."""


@found_in(HANDLE)
class ReadsOldThingsOfHandles(_CatchesUpToWrite):
    """Shows another handle what it knew when it last wrote."""


@found_in(PROCESS)
class RemembersThatACommandIsUnknown(JournalStore):
    """Never looks again for a command that it did not find."""

    def __init__(self, path: Path) -> None:
        """Begin without any."""
        super().__init__(path)
        self._unknown: set[str] = set()

    def find_command(self, command: str, /) -> CommandRecord | None:
        record = None if command in self._unknown else super().find_command(command)
        if record is None:
            self._unknown.add(command)
        return record


@found_in(HANDLE)
class RemembersHistories(JournalStore):
    """Reads a history once."""

    def __init__(self, path: Path) -> None:
        """Begin without any."""
        super().__init__(path)
        self._read: dict[str, tuple[Event, ...]] = {}

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        for change in changes:
            self._read.pop(change.case, None)

    def load(self, case: str, /) -> tuple[Event, ...]:
        return self._read.setdefault(case, super().load(case))


@found_in(HANDLE)
class RemembersCounts(JournalStore):
    """Counts once, and again when it records itself."""

    def __init__(self, path: Path) -> None:
        """Begin without any."""
        super().__init__(path)
        self._counted: dict[str, int] = {}

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        return self._counted.setdefault(repr(query), super().count(query, limit=limit))


@found_in(PROCESS)
class ListsWhatItWrote(JournalStore):
    """Lists the cases that this process recorded."""

    def __init__(self, path: Path) -> None:
        """Begin without any."""
        super().__init__(path)
        self._mine: set[str] = set()

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        self._mine |= {change.case for change in changes}

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        return Page(rows=tuple(row for row in page.rows if row.case in self._mine), next=page.next)


@found_in("test_feed_shows_nothing_behind_a_position_of_processes", "B28")
class SortsTheFeed(JournalStore):
    """Keeps the feed in the order of ids, so that what comes in may stand before what was read."""

    def _take_in(self, delta: Delta) -> None:
        super()._take_in(delta)
        self._feed.sort(reverse=True)


@found_in("test_works_in_children_forked_during_calls")
class KeepsLocksInAChild(JournalStore):
    """Waits in a child for a lock that a thread of the parent held when it forked."""

    def _begin_in_child(self) -> None:
        """Change nothing."""


@found_in("test_one_of_racing_threads_wins", "B5")
class ComparesBeforeItLocks(JournalStore):
    """Compares the versions under the lock, lets go of it, and records under it again."""

    def commit(self, changes: Sequence[Change], /) -> None:
        with self._turn():
            self._new_records(changes)
            self._check_versions(changes)
        time.sleep(WINDOW)
        self._write(lambda: self._record_all(changes))

    def _record_all(self, changes: Sequence[Change]) -> None:
        self._records.update(self._new_records(changes))
        for change in changes:
            self._record(change)


@found_in("test_another_handle_reads_on_after_an_erasure")
class SkipsErasuresBeforeActs(JournalStore):
    """Takes in what another handle erased only if no act came after it."""

    def _catch_up(self) -> None:
        deltas: list[Delta] = []
        with self.path.open("rb") as file:
            file.seek(self._offset)
            while (size := file.read(8)) and len(data := file.read(int(size))) == int(size):
                deltas.append(pickle.loads(data))
                self._offset = file.tell()
        for delta in deltas:
            if delta["_feed"] or not delta["_histories"] or delta is deltas[-1]:
                self._take_in(delta)
