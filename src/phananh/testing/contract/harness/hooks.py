"""The methods that you write for your store: `make_store`, and the hooks that fit the store.

A hook that is left out skips the tests that need it, unless the store declares its capability.
"""

import unittest
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NoReturn

import attrs

from phananh.stores.base import IndexRow, Store
from phananh.testing.contract.harness.capabilities import read_capabilities
from phananh.testing.contract.harness.children import ChildProcess


@attrs.frozen(kw_only=True)
class StoredEvent:
    """An event as an earlier version of phananh encoded it. See `phananh.stores.codec`."""

    kind: str
    case: str
    version: int
    body: str
    personal: str | None
    salt: bytes


def _skip(signature: str, what: str) -> NoReturn:
    raise unittest.SkipTest(f"not offered: write `def {signature}`, {what}")


class MissingHookError(NotImplementedError):
    """A hook that a declared capability of the store needs. The message is the line to write."""


def _missing_method(self: object, signature: str, why: str) -> MissingHookError:
    return MissingHookError(f"write `def {signature}` in {_name_class(self)}: {why}")


def _name_class(suite: object) -> str:
    """Return the class in which a hook is to be written. A target may have none yet."""
    is_made = type(suite).__module__.startswith("phananh.testing.")
    return "a subclass of StoreConformance" if is_made else type(suite).__name__


class StoreHooks:
    """The hooks that make a store, open it in other ways, and hurt it."""

    def make_store(self) -> Store:
        """Return a new, empty store. A test may ask for several.

        Tests use the same ids of cases, so two stores on one server need a schema each.
        """
        raise _missing_method(self, "make_store(self)", "it returns a new, empty store")

    def connect(self, store: Store) -> Store:
        """Return another handle on the same histories, as another process would have."""
        if "multi_process" in read_capabilities(store):
            why = "another handle on the same histories, for the store declares multi_process"
            raise _missing_method(self, "connect(self, store)", why)
        return store

    def reopen(self, store: Store) -> Store:
        """Close the store and open it again. It is only called for a durable one."""
        why = "it closes the store and returns it opened again, for the store declares durable"
        raise _missing_method(self, "reopen(self, store)", why)

    def transaction(self, store: Store) -> AbstractContextManager[Store]:
        """Run in a transaction of the application, committed on success, rolled back on error."""
        why = (
            "a context manager that gives a store in a transaction of the application, for the "
            "store declares external_transaction"
        )
        raise _missing_method(self, "transaction(self, store)", why)

    def read_rows(self, store: Store) -> Sequence[tuple[str, int, str]]:
        """Return case, version and state of each index row, as SQL reads them."""
        from phananh.stores.sql.store import SqlStore

        if not isinstance(store, SqlStore):
            why = "it reads case, version and state of all rows, for the store declares sql_reports"
            raise _missing_method(self, "read_rows(self, store)", why)
        statement = store.dialect.say("select case_id, version, state from phananh_case")
        return [(case, n, state) for case, n, state in store._select("finding", statement, ())]

    def stored_bytes(self, store: Store) -> bytes:
        """Return all bytes that the store keeps outside of memory."""
        _skip("stored_bytes(self, store)", "which returns all bytes that the store keeps")

    def fail_next(self, store: Store) -> AbstractContextManager[object]:
        """Let writes of the store fail as on a full disk while the block runs.

        At least the next write fails. After the block there is room again. For a store that keeps
        files, `return full_disk(store.path, room=20)` is all.
        """
        _skip("fail_next(self, store)", "a context manager in which writes fail as on a full disk")

    def impatient(self, store: Store) -> Store:
        """Return another handle on the same histories, which waits 0.3 seconds for others."""
        _skip("impatient(self, store)", "which returns a handle that waits 0.3 seconds for others")

    def kill(self, child: ChildProcess) -> None:
        """End the process that holds the store, without closing anything.

        If the store runs its own engine beside it, end that too.
        """
        child.kill()

    def hole(self, store: Store, case: str, version: int) -> Store:
        """Lose a stored event without the store's knowledge, and return the store opened then."""
        _skip(
            "hole(self, store, case, version)",
            "which loses a stored event behind the store's back, and returns the store",
        )

    def spoil(self, store: Store, old: str, new: str) -> Store:
        """Replace a text by another of its length wherever the store keeps it, and open it again.

        The store must not know of it. For a store that keeps a file, close it, replace the bytes
        of the file, and return the store opened again.
        """
        _skip(
            "spoil(self, store, old, new)",
            "which replaces a stored text behind the store's back, and returns the store",
        )

    def back_up(self, store: Store) -> Store:
        """Return a store that is opened on a copy of this one, made as users make it."""
        _skip("back_up(self, store)", "which returns a store that is opened on a copy")

    def store_old(self, store: Store, events: Sequence[StoredEvent], row: IndexRow) -> Store:
        """Store the history of a case as an earlier version wrote it, and return the store.

        `store` is empty, and `row` is the sum of the events.
        """
        _skip(
            "store_old(self, store, events, row)",
            "which stores a history as an earlier version encoded it, and returns the store",
        )
