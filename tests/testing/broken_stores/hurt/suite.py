"""The suite for stores in a journal: how they are opened, filled up, damaged and copied."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import uuid4

from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.testing.conformance import StoreConformance, full_disk
from tests.testing.broken_stores.hurt.journal import TABLES, Delta, JournalStore


class JournalSuite(StoreConformance):
    """The whole contract on files in the folder of the test."""

    kind: type[JournalStore] = JournalStore

    def make_store(self) -> Store:
        """Return a store in a new file."""
        return self.kind(self.folder / f"{uuid4().hex}.journal")

    def connect(self, store: Any) -> Store:
        """Return another handle on the file."""
        return self.kind(store.path)

    def impatient(self, store: Any) -> Store:
        """Return another handle, which waits shortly for the lock."""
        other = self.kind(store.path)
        other.timeout = 0.3
        return other

    def reopen(self, store: Any) -> Store:
        """Close the store and open it again."""
        store.close()
        return self.kind(store.path)

    def fail_next(self, store: Any) -> AbstractContextManager[object]:
        """Let the file grow by a torn record at most."""
        return full_disk(store.path, room=20)

    def hole(self, store: Any, case: str, version: int) -> Store:
        """Record a history without the event."""
        with store._turn():
            left = tuple(event for event in store._histories[case] if event.n != version)
            delta: Delta = {"_feed": [], **{name: {} for name in TABLES}}
            store._append({**delta, "_histories": {case: left}})
        return self.kind(store.path)

    def back_up(self, store: Any) -> Store:
        """Copy the file."""
        copy = store.path.with_suffix(".copy")
        shutil.copy(store.path, copy)
        return self.kind(copy)


class FailsOnce(JournalSuite):
    """The disk is full for one write only."""

    @contextmanager
    def fail_next(self, store: Any) -> Iterator[None]:
        """Let the next write fail."""
        store.failures = 1
        yield
        store.failures = 0


class BoundJournal(MemoryStore):
    """A journal in a transaction: what it records is in memory until the end."""

    def __init__(self, store: JournalStore) -> None:
        """Begin with what the journal holds."""
        super().__init__()
        for name, value in store._copy_state().items():
            setattr(self, name, value)


class TransactionSuite(JournalSuite):
    """The suite for a journal that joins transactions of the application."""

    bound_kind: type[BoundJournal] = BoundJournal

    def make_store(self) -> Store:
        """Return a store that declares it."""
        store = super().make_store()
        store.capabilities |= {"external_transaction"}  # type: ignore[misc]  # of this one
        return store

    @contextmanager
    def transaction(self, store: Any) -> Iterator[Store]:
        """Keep all that the bound store recorded, or nothing."""
        with store._turn():
            before = store._copy_state()
            bound = self.bound_kind(store)
            yield bound
            for name in (*TABLES, "_feed"):
                setattr(store, name, getattr(bound, name))
            store._record_delta(before)
