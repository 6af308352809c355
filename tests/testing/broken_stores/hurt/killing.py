"""Defects that show when a process dies, or when a store is opened again."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import os
import pickle
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

import attrs

from phananh.errors import StoreError
from phananh.stores.base import Capability, Change, Lease
from tests.testing.broken_stores.hurt.journal import Delta, JournalStore
from tests.testing.broken_stores.hurt.seeded import found_in

KILLED = "test_acknowledged_acts_survive_a_kill"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@found_in(KILLED)
class WritesInClose(JournalStore):
    """Keeps what is recorded in memory until it is closed."""

    capabilities: frozenset[Capability] = frozenset({"durable", "lists"})

    def __init__(self, path: Path) -> None:
        """Begin with nothing to write."""
        super().__init__(path)
        self._waiting: list[Delta] = []

    def _append(self, delta: Delta) -> None:
        self._waiting.append(delta)

    def close(self) -> None:
        for delta in self._waiting:
            super()._append(delta)
        self._waiting = []


@found_in(KILLED, "B22")
class WritesALittleLater(WritesInClose):
    """Acknowledges an act before a thread of its own has written it."""

    def _append(self, delta: Delta) -> None:
        super()._append(delta)
        threading.Timer(0.05, self._write_waiting).start()

    def _write_waiting(self) -> None:
        with self._turn():
            self.close()


@found_in("test_everything_survives_reopening", "B37")
class LosesTheLastAct(JournalStore):
    """Writes what is recorded with the next act."""

    capabilities: frozenset[Capability] = frozenset({"durable", "lists"})

    def __init__(self, path: Path) -> None:
        """Begin with nothing to write."""
        super().__init__(path)
        self._last: Delta | None = None

    def _append(self, delta: Delta) -> None:
        if self._last is not None:
            super()._append(self._last)
        self._last = delta


@found_in("test_another_process_sees_it_at_once", "B15")
class WritesTheCommandAfterwards(JournalStore):
    """Writes the command of an act after its commit, with the next act."""

    def __init__(self, path: Path) -> None:
        """Begin with no command to write."""
        super().__init__(path)
        self._command: Delta = {}

    def _append(self, delta: Delta) -> None:
        super()._append({**delta, "_records": self._command})
        self._command = delta["_records"]


@found_in("test_act_of_a_killed_process_is_whole_or_absent", "B9")
class WritesAnActInSteps(JournalStore):
    """Writes the first change of a list, and after a while the others."""

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes[:1])
        if changes[1:]:
            time.sleep(0.02)
            super().commit(changes[1:])


@found_in("test_lease_of_a_killed_worker_ends")
class ForgetsLeases(JournalStore):
    """Keeps leases in memory, so that they are lost with the process."""

    def _find_delta(self, before: Delta) -> Delta:
        return {**super()._find_delta(before), "_leases": {}}


@found_in("test_lease_of_a_killed_worker_ends", "B41")
class LeasesForEver(JournalStore):
    """Waits for a worker to release its lease, alive or not."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        renewed = super().advance(lease, position, until=NEVER)
        return attrs.evolve(renewed, until=until or lease.until)


@found_in("test_works_in_a_forked_child")
class BelongsToOneProcess(JournalStore):
    """Refuses to record in a child made by fork."""

    def __init__(self, path: Path) -> None:
        """Remember the process."""
        super().__init__(path)
        self._owner = os.getpid()

    def commit(self, changes: Sequence[Change], /) -> None:
        if os.getpid() != self._owner:
            raise StoreError(doing="recording", problem="opened by another process")
        super().commit(changes)


@found_in("test_rows_can_be_read_with_sql")
class HasNoRowsForReports(JournalStore):
    """Declares that SQL can read its rows, and there are none."""

    capabilities: frozenset[Capability] = frozenset({"sql_reports", "lists"})


TORN = "test_list_torn_by_a_full_disk_is_whole_or_absent"


@found_in(TORN)
class WritesAListInPieces(JournalStore):
    """Writes a record for each change of a list, and takes them back if one fails."""

    def commit(self, changes: Sequence[Change], /) -> None:
        before, end = self._copy_state(), self._offset
        try:
            for change in changes:
                super().commit([change])
        except StoreError:
            self._restore(before)
            self._take_back(end)
            raise

    def _take_back(self, end: int) -> None:
        os.truncate(self.path, end)
        self._offset = end


@found_in(TORN)
class LeavesWhatWasTorn(JournalStore):
    """Writes over what a killed writer left, and does not cut it first."""

    def _append(self, delta: Delta) -> None:
        data = pickle.dumps(delta)
        with self.path.open("r+b", buffering=0) as file:
            file.seek(self._offset)
            try:
                self._write_all(file, b"%8d" % len(data) + data)
            except OSError:
                file.truncate(self._offset)
                raise
            self._offset = file.tell()

    def _write_all(self, file: FileIO, data: bytes) -> None:
        if file.write(data) < len(data):
            raise OSError(28, "No space left on device")


@found_in("test_failed_advance_is_whole_or_absent")
class WritesLeasesInPlace(JournalStore):
    """Writes all leases anew over the old ones, in a small file of their own."""

    def _append(self, delta: Delta) -> None:
        if delta["_leases"]:
            leases = pickle.dumps(self._leases)
            with FileIO(self.path.with_suffix(".leases"), "w") as file:
                if file.write(leases) < len(leases):
                    raise OSError(28, "No space left on device")
        super()._append({**delta, "_leases": {}})

    def _catch_up(self) -> None:
        super()._catch_up()
        path = self.path.with_suffix(".leases")
        if path.exists():
            self._leases = pickle.loads(path.read_bytes())
