"""Defects that show while others wait, or are in the way, and in what a handle does afterwards."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from phananh.errors import ConflictError, StoreError
from phananh.regulation.case import fold
from phananh.regulation.request import Erased
from phananh.stores.base import Change
from phananh.stores.sqlite.store import SqliteStore
from phananh.stores.waiting import forget_wait
from phananh.testing.conform.sqlite_stores import WAIT, SqliteConformance
from tests.testing.broken_stores.hurt.journal import JournalStore
from tests.testing.broken_stores.hurt.seeded import found_by_suite, found_in


@found_in("test_wait_for_others_ends")
class WaitsWithoutABound(JournalStore):
    """Waits until the lock is free."""

    def _wait_for(self, file: IO[str]) -> None:
        self.timeout = 20.0
        super()._wait_for(file)


@found_in("test_wait_for_others_ends")
class TakesAWaitForAConflict(JournalStore):
    """Says that the case has changed when it could not look."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except StoreError as error:
            if error.code == "busy":
                raise ConflictError(case=changes[0].case, expected=changes[0].expected) from error
            raise


@found_in("test_calls_that_share_a_wait_wait_once")
class WaitsAgainEachTime(JournalStore):
    """Takes no account of what the calls before it have waited."""

    def _wait_for(self, file: IO[str]) -> None:
        forget_wait()
        super()._wait_for(file)


@found_in("test_works_in_children_forked_at_each_step")
class KeepsTheLockOfAThread(JournalStore):
    """Waits in a child for a lock that a thread of the parent held at that step."""

    def _begin_in_child(self) -> None:
        """Change nothing."""


@found_in("test_goes_on_after_each_refusal")
class StaysInTheRefusedCall(JournalStore):
    """Takes part in no further call once one was refused."""

    is_in_a_call = False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self.is_in_a_call:
            raise StoreError(doing="recording", where=str(self.path), problem="still in a call")
        self.is_in_a_call = True
        with super()._turn():
            yield
        self.is_in_a_call = False


@found_in("test_goes_on_after_an_interrupt")
class StaysInTheInterruptedCall(StaysInTheRefusedCall):
    """Puts itself in order after an error, and not after Ctrl-C."""

    @contextmanager
    def _turn(self) -> Iterator[None]:
        try:
            with super()._turn():
                yield
        except Exception:
            self.is_in_a_call = False
            raise


@found_in("test_catches_up_with_ten_megabytes")
class CatchesUpInPart(JournalStore):
    """Reads a few megabytes of what others wrote, and takes the rest for torn."""

    def _catch_up(self) -> None:
        with self.path.open("rb") as file:
            file.seek(self._offset)
            data = memoryview(file.read(1 << 22))
        while len(data) > 8 and len(data) >= 8 + (size := int(bytes(data[:8]))):
            self._take_in(pickle.loads(data[8 : 8 + size]))
            self._offset, data = self._offset + 8 + size, data[8 + size :]


class _OwnSqlite(SqliteConformance):
    """The suite for a store in SQLite that has a fault."""

    kind = SqliteStore

    def open_file(self, path: Path | str, *, timeout: float = WAIT) -> SqliteStore:
        """Return a handle with the fault."""
        opened = self.kind(path, synchronous="NORMAL", timeout=timeout)
        self._opened = [*getattr(self, "_opened", ()), opened]
        return opened


class _SaysNothing(SqliteStore):
    def erase(self, case: str, *, at: datetime) -> None:
        with suppress(StoreError):
            super().erase(case, at=at)


@found_by_suite("test_erasure_beside_a_reader_erases_or_says_so")
class SaysNothingOfAReader(_OwnSqlite):
    """Says nothing if a reader keeps the bytes from being erased."""

    kind = _SaysNothing


class _ErasesOnce(SqliteStore):
    def erase(self, case: str, *, at: datetime) -> None:
        history: Any = self.load(case)
        if not (history and isinstance(fold(history).content, Erased)):
            super().erase(case, at=at)


@found_by_suite("test_erasure_beside_a_reader_erases_or_says_so")
class ErasesOnceOnly(_OwnSqlite):
    """Does not look at the bytes again if the texts of the case are gone."""

    kind = _ErasesOnce
