"""The tools of every test of the contract: a store, another handle, a folder, and a check.

The tests need no fixture and no pytest: a plain class with methods that raise. `check` is used and
not `assert`, which vanishes under -O.
"""

import shutil
import tempfile
import unittest
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from phananh.stores.base import Capability, Change, Store
from phananh.testing.contract.harness.capabilities import describe_unknown, read_capabilities
from phananh.testing.contract.harness.checks import (
    ContractError,
    check,
    check_absent,
    check_is,
    expect_error,
    expect_input_error,
    record_apart,
    snapshot,
)
from phananh.testing.contract.harness.children import ChildProcess
from phananh.testing.contract.harness.gaps import check_gaps, guard_tests
from phananh.testing.contract.harness.hooks import StoreHooks
from phananh.testing.contract.harness.limits import DEFAULT_LIMIT, run_limited
from phananh.testing.contract.harness.threads import run_together

__all__ = [
    "ContractError",
    "ContractTests",
    "check",
    "check_absent",
    "check_is",
    "expect_error",
    "expect_input_error",
    "read_capabilities",
    "record_apart",
    "run_together",
    "snapshot",
]


class ContractTests(StoreHooks):
    """The base of all tests: the store to test, and the cleaning up.

    The tests are those of the capabilities that the store declares. `capabilities` is optional. If
    it is given, a store that declares others fails. So does a test that is not done after
    `time_limit`, in seconds. The folder of a test is made in `parent_folder`, or in the system's
    folder for temporary files.
    """

    capabilities: frozenset[Capability] = frozenset()
    known_gaps: Mapping[str, str] = {}
    time_limit: float = DEFAULT_LIMIT
    parent_folder: Path | None = None
    _declared: frozenset[Capability] | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        """Refuse unknown capabilities and gaps, and overridden tests, and guard the others."""
        super().__init_subclass__(**options)
        if wrong := describe_unknown(frozenset(cls.capabilities)):
            raise TypeError(f"{cls.__name__}.capabilities: {wrong}")
        check_gaps(cls, cls.known_gaps)
        guard_tests(cls)

    def skip_unless_declared(self, capability: Capability) -> None:
        """Skip the test unless the store declares the capability."""
        if capability not in self.read_declared():
            raise unittest.SkipTest(f"not offered: {capability}")

    def read_declared(self) -> frozenset[Capability]:
        """Return the capabilities of the store, which fails if it contradicts the test class.

        A store is made to ask it, once for each class: making one may be slow.
        """
        kept = vars(type(self)).get("_declared")
        if isinstance(kept, frozenset):
            return kept
        store = self.make_store()
        try:
            found = read_capabilities(store)
        finally:
            store.close()
        check(
            not self.capabilities or self.capabilities == found,
            f"the store declares {sorted(found)}, {type(self).__name__}.capabilities says "
            f"{sorted(self.capabilities)}: make them equal, or leave the latter out",
        )
        type(self)._declared = found  # of this very class
        return found

    def setup_method(self) -> None:
        """Begin a test without an open store or a folder."""
        self._stores: list[Store] = []
        self._children: list[ChildProcess] = []
        self._folder: Path | None = None

    def teardown_method(self) -> None:
        """End the child processes, close what the test opened, and remove its folder."""
        for child in self._children:
            child.kill()
        try:
            for store in self._stores:
                run_limited(store.close, self.time_limit)
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def folder(self) -> Path:
        """A folder of this test's own, removed after it."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="phananh-", dir=self.parent_folder))
        return self._folder

    def new_store(self, *changes: Change) -> Store:
        """Return a new store that holds these changes."""
        store = self.close_later(self.make_store())
        for change in changes:
            store.commit([change])
        return store

    def close_later(self, store: Store) -> Store:
        """Return the store, to be closed after the test."""
        self._stores.append(store)
        return store

    def open_in_child(self, store: Store) -> ChildProcess:
        """Return a process that has the same histories open, until the end of the test.

        If only one process may have them open, the child goes on with the parent's open store,
        which the parent must not use meanwhile.
        """
        if not read_capabilities(store) & {"multi_process", "multi_machine"}:
            return self.fork(store)
        return self._keep(ChildProcess(lambda: self.connect(store)))

    def fork(self, store: Store) -> ChildProcess:
        """Return a child process that goes on with the parent's open store."""
        return self._keep(ChildProcess(lambda: store))

    def _keep(self, child: ChildProcess) -> ChildProcess:
        self._children.append(child)
        return child
