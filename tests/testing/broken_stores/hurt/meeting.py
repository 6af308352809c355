"""Defects that show while one call stands still and another handle is used."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.hurt.journal import JournalStore
from tests.testing.broken_stores.hurt.seeded import found_in


@found_in("test_act_beside_an_erasure_is_not_lost")
class ErasesInTwoTurns(JournalStore):
    """Reads the file in one turn, and writes it anew in another."""

    def erase(self, case: str, *, at: datetime) -> None:
        with self._turn():
            data = self.path.read_bytes()
        with self._turn():
            self.path.write_bytes(data)
            self._offset = 0
            MemoryStore.__init__(self)
        super().erase(case, at=at)


@found_in("test_act_is_not_lost_though_others_erase")
class CatchesUpBeforeItLocks(JournalStore):
    """Reads what others wrote, then waits for the lock, and writes where the file ended before."""

    @contextmanager
    def _turn(self) -> Iterator[None]:
        self._begin_in_child()
        with self._lock, self._open_lock() as file:
            self._catch_up()
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)


@found_in("test_closing_a_handle_lets_no_second_act_through")
class RemovesTheLock(JournalStore):
    """Leaves no file of the lock behind when it is closed."""

    def close(self) -> None:
        super().close()
        self.path.with_suffix(".lock").unlink(missing_ok=True)
