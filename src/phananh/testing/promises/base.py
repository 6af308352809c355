"""What every test of a promise needs: a store, another handle, a folder, and a check.

The tests need no fixture and no pytest: a plain class whose methods raise. `check` is used
and not `assert`, which vanishes under -O.
"""

import shutil
import tempfile
import threading
import unittest
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from pathlib import Path
from typing import Any

from phananh.errors import PhanAnhError
from phananh.stores.base import Capability, Change, Store


class BrokenPromise(AssertionError):  # noqa: N818  # named for what the store did
    """A store does not keep a promise; the message says which and how."""


def check(ok: object, message: str) -> None:
    """Raise `BrokenPromise` with `message` unless `ok`."""
    if not ok:
        raise BrokenPromise(message)


def refused(kind: type[PhanAnhError], store: Store, *changes: Change) -> Any:
    """Commit, and return the error of exactly this kind that it raises."""
    try:
        store.commit(list(changes))
    except PhanAnhError as error:
        check(type(error) is kind, f"raised {error!r}, not {kind.__name__}")
        return error
    raise BrokenPromise(f"recorded what should be a {kind.__name__}")


def together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the calls at the same moment, a thread each; return results and errors in order."""
    start = threading.Barrier(len(calls))
    outcomes: list[Any] = [None] * len(calls)

    def run(i: int, call: Callable[[], Any]) -> None:
        start.wait()
        try:
            outcomes[i] = call()
        except Exception as error:  # noqa: BLE001  # it is the outcome, and is looked at
            outcomes[i] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


class Promises:
    """The ground of all promises: what a third party overrides, and the cleaning up."""

    capabilities: frozenset[Capability] = frozenset()
    known_gaps: Mapping[str, str] = {}

    def make_store(self) -> Store:
        """Return a new, empty store."""
        raise NotImplementedError

    def connect(self, store: Store) -> Store:
        """Return another handle on the same histories, as another process would have."""
        return store

    def reopen(self, store: Store) -> Store:
        """Close the store and open it again; only asked of a durable one."""
        raise NotImplementedError

    def transaction(self, store: Store) -> AbstractContextManager[Store]:
        """Run in a transaction of the application, kept on success, undone on error."""
        raise NotImplementedError

    def stored_bytes(self, store: Store) -> bytes:
        """Return all bytes that the store keeps outside of memory."""
        raise unittest.SkipTest("not offered: bytes to look at")

    def offered(self, capability: Capability) -> None:
        """Skip the test unless the store declares the capability."""
        if capability not in self.capabilities:
            raise unittest.SkipTest(f"not offered: {capability}")

    def setup_method(self) -> None:
        """Begin a test: nothing is open, no folder is made."""
        self._stores: list[Store] = []
        self._folder: Path | None = None

    def teardown_method(self) -> None:
        """Close what the test opened, and remove its folder."""
        for store in self._stores:
            store.close()
        if self._folder is not None:
            shutil.rmtree(self._folder)

    @property
    def folder(self) -> Path:
        """A folder of this test's own, removed after it."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="phananh-"))
        return self._folder

    def store(self, *changes: Change) -> Store:
        """Return a new store that holds these changes."""
        store = self.kept(self.make_store())
        for change in changes:
            store.commit([change])
        return store

    def kept(self, store: Store) -> Store:
        """Return the store, to be closed after the test."""
        self._stores.append(store)
        return store

    def __init_subclass__(cls) -> None:
        """Refuse gaps that name no test, and wrap those that do."""
        super().__init_subclass__()
        if "known_gaps" not in vars(cls):
            return
        for name, reason in cls.known_gaps.items():
            test = getattr(cls, name, None)
            if test is None or not name.startswith("test_"):
                raise TypeError(f"known_gaps: there is no test {name}")
            setattr(cls, name, _gap(test, reason))


def _gap(test: Callable[[Any], None], reason: str) -> Callable[[Any], None]:
    @wraps(test)
    def run(self: Any) -> None:
        try:
            test(self)
        except (PhanAnhError, BrokenPromise):
            raise unittest.SkipTest(f"known gap: {reason}") from None
        raise BrokenPromise(f"the gap is closed ({reason}): remove it from known_gaps")

    return run
