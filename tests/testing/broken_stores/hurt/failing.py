"""Defects that show when a write fails, as on a full disk."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import pickle
import resource
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import attrs

from phananh.errors import ConflictError, StoreError
from phananh.stores.base import Change, IndexRow, Lease, Page, Query
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.hurt.journal import Delta, JournalStore
from tests.testing.broken_stores.hurt.seeded import found_in
from tests.testing.broken_stores.hurt.suite import FailsOnce

ERROR = "test_failed_write_is_a_store_error"


@found_in(ERROR)
class LetsDriverErrorsOut(JournalStore):
    """Raises what the disk raised."""

    def _fail(self, error: OSError) -> None:
        raise error


@found_in(ERROR, "B8")
class TakesFailuresForConflicts(JournalStore):
    """Calls every failure a conflict, as if it were certain that no act was recorded."""

    def _fail(self, error: OSError) -> None:
        raise ConflictError(case="HB-1", expected=1) from error


@found_in(ERROR)
class HidesTheCause(JournalStore):
    """Says that something failed, and not what."""

    def _fail(self, error: OSError) -> None:
        raise StoreError(doing="recording", problem="failed") from None


@found_in(ERROR)
class SwallowsFailures(JournalStore):
    """Takes a failure for done."""

    def _fail(self, error: OSError) -> None:
        """Go on."""


@found_in("test_failed_act_is_whole_or_absent")
class KeepsWhatWasLost(JournalStore):
    """Holds in memory what is not in the file, and answers that it was recorded."""

    def _restore(self, state: Delta) -> None:
        """Change nothing back."""


@found_in("test_failed_act_is_whole_or_absent")
class KeepsTheCommand(JournalStore):
    """Knows the command of an act that was lost."""

    def _restore(self, state: Delta) -> None:
        super()._restore({**state, "_records": self._records})


@found_in("test_failed_act_is_whole_or_absent")
class KeepsTheRow(JournalStore):
    """Lists an act that was lost."""

    def _restore(self, state: Delta) -> None:
        super()._restore({**state, "_rows": self._rows})


@found_in("test_store_goes_on_after_a_failed_write", "B11")
class WritesTheFeedApart(JournalStore):
    """Writes the feed outside of the commit, so that it shows an act that was lost."""

    def _restore(self, state: Delta) -> None:
        super()._restore({**state, "_feed": self._feed})


@found_in("test_failed_beginning_takes_nothing", "B12")
class WritesTextsFirst(JournalStore):
    """Writes personal rows before the commit, so that those of a lost act are in its way."""

    def __init__(self, path: Path) -> None:
        """Begin without rows."""
        super().__init__(path)
        self._texts: set[tuple[str, int]] = set()

    def commit(self, changes: Sequence[Change], /) -> None:
        new = {(change.case, event.n) for change in changes for event in change.events}
        if new & self._texts:
            raise StoreError(doing="recording", problem="a personal row is there")
        self._texts |= new
        super().commit(changes)


@found_in("test_failed_beginning_takes_nothing")
class KeepsTheCode(JournalStore):
    """Keeps the tracking code of a case that was lost for another."""

    def _restore(self, state: Delta) -> None:
        lost = {code: f"{case} that was lost" for code, case in self._codes.items()}
        super()._restore({**state, "_codes": {**lost, **state["_codes"]}})


@found_in("test_failed_act_is_recorded_once_there_is_room", "B21")
class IsDeadAfterAnError(JournalStore):
    """Fails for ever once something has failed."""

    def _fail(self, error: OSError) -> None:
        self.failures = 10**9
        super()._fail(error)


@found_in("test_store_goes_on_after_a_failed_write", "B20")
class LeavesATornRecord(JournalStore):
    """Goes on behind a record that was torn, and what follows cannot be read."""

    def _append(self, delta: Delta) -> None:
        self._offset = self.path.stat().st_size
        super()._append(delta)


@found_in("test_failed_list_is_whole_or_absent")
class KeepsTheFirstOfAList(JournalStore):
    """Writes a list one by one, and takes only the change back that failed."""

    def commit(self, changes: Sequence[Change], /) -> None:
        if len(changes) < 2:
            super().commit(changes)
            return
        with self.path.open("ab") as file:
            room = file.tell()
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))  # the first still fits
        super().commit(changes[:1])
        grown = self._offset - room
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft if soft < 0 else soft + grown, hard))
        super().commit(changes[1:])


class _RowsApart(JournalStore):
    """Keeps rows in a file of their own, and finds them there."""

    def _read_rows(self) -> dict[str, IndexRow]:
        file = self.path.with_suffix(".rows")
        return pickle.loads(file.read_bytes()) if file.exists() else {}

    def _write_rows(self, delta: Delta) -> None:
        data = pickle.dumps({**self._read_rows(), **delta["_rows"]})
        part = self.path.with_suffix(".part")
        part.write_bytes(data.ljust(self.path.stat().st_size + 1_000))
        part.replace(self.path.with_suffix(".rows"))

    def find(self, query: Query, /) -> Page:
        with self._turn():
            known, self._rows = self._rows, self._read_rows()
            try:
                return MemoryStore.find(self, query)
            finally:
                self._rows = known


@found_in("test_failed_act_is_whole_or_absent")
class WritesTheRowFirst(_RowsApart):
    """Writes the row into a file of its own before it writes the events."""

    def _append(self, delta: Delta) -> None:
        self._write_rows(delta)
        super()._append(delta)


@found_in("test_failed_act_is_whole_or_absent")
class WritesTheRowLast(_RowsApart):
    """Writes the row into a file of its own after the events, and leaves these if that fails."""

    def _append(self, delta: Delta) -> None:
        super()._append(delta)
        self._write_rows(delta)


@found_in("test_failed_act_is_whole_or_absent", "B19", suite=FailsOnce)
class RetriesUnderANewId(JournalStore):
    """Retries what failed by itself, without the command that the caller gave."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except StoreError:
            super().commit([attrs.evolve(change, commands=()) for change in changes])


@found_in("test_failed_erasure_keeps_every_history", suite=FailsOnce)
class ErasesByWritingAnew(JournalStore):
    """Empties the file before it writes what is left."""

    def erase(self, case: str, *, at: datetime) -> None:
        with self._turn():
            MemoryStore.erase(self, case, at=at)
            whole = self._find_delta({name: type(v)() for name, v in self._copy_state().items()})
            self.path.write_bytes(b"")
            self._offset = 0
            try:
                self._append(whole)
            except OSError as error:
                self._fail(error)


@found_in("test_failed_advance_is_whole_or_absent")
class AnswersALostAdvance(JournalStore):
    """Says that a position was recorded, though its writing failed."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        with suppress(StoreError):
            return super().advance(lease, position, until=until)
        return attrs.evolve(lease, position=position, until=until or lease.until)
