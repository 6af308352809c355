"""What every test of the contract needs: a store, another handle, a folder, and a check.

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
from typing import Any, get_args

from phananh.errors import InputError, PhanAnhError
from phananh.stores.base import Capability, Change, Query, Store

KNOWN: frozenset[str] = frozenset(get_args(Capability))


class ContractError(AssertionError):
    """A store breaks its contract; the message says where and how."""


def check(ok: object, message: str) -> None:
    """Raise `ContractError` with `message` unless `ok`."""
    if not ok:
        raise ContractError(message)


def expect_input_error(call: Callable[[], object], message: str) -> None:
    """Call, and fail with `message` unless it raises an InputError."""
    try:
        call()
    except InputError:
        return
    raise ContractError(message)


def expect_error(kind: type[PhanAnhError], store: Store, *changes: Change) -> Any:
    """Commit, and return the error of exactly this kind that it raises."""
    try:
        store.commit(list(changes))
    except PhanAnhError as error:
        check(type(error) is kind, f"raised {error!r}, not {kind.__name__}")
        return error
    raise ContractError(f"recorded what should be a {kind.__name__}")


def snapshot(store: Store, *cases: str) -> tuple[object, ...]:
    """Return all that a store shows, to compare before and after."""
    histories = tuple(store.load(case) for case in cases)
    return histories, store.find(Query(limit=1000)), store.scan(limit=1000)


def run_together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
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


def read_capabilities(store: Store) -> frozenset[Capability]:
    """Return what a store declares beyond the contract; check the names."""
    found = getattr(store, "capabilities", None)
    check(
        isinstance(found, frozenset),
        f"`capabilities` of {type(store).__name__} is {found!r}, not a frozenset of names",
    )
    assert isinstance(found, frozenset)  # just checked, for the reader of types
    wrong = describe_unknown(found)
    check(not wrong, f"{type(store).__name__} declares {wrong}")
    return found


def describe_unknown(names: frozenset[Any]) -> str:
    """Return in words which names are no capabilities, and which are; empty if all are."""
    wrong = ", ".join(sorted(str(name) for name in names - KNOWN))
    return f"no such capability: {wrong}; there are {', '.join(sorted(KNOWN))}" if wrong else ""


def _missing_method(self: object, signature: str, why: str) -> NotImplementedError:
    return NotImplementedError(f"write `def {signature}` in {type(self).__name__}: {why}")


class ContractTests:
    """The base of all tests: what a third party overrides, and the cleaning up.

    What is tested is what the store declares. `capabilities` need not be given; where it is, a
    store that declares something else fails.
    """

    capabilities: frozenset[Capability] = frozenset()
    known_gaps: Mapping[str, str] = {}
    _declared: frozenset[Capability] | None = None

    def make_store(self) -> Store:
        """Return a new, empty store; a test may ask for several.

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
        """Close the store and open it again; only asked of a durable one."""
        why = "it closes the store and returns it opened again, for the store declares durable"
        raise _missing_method(self, "reopen(self, store)", why)

    def transaction(self, store: Store) -> AbstractContextManager[Store]:
        """Run in a transaction of the application, kept on success, undone on error."""
        why = (
            "a context manager that gives a store in a transaction of the application, for the "
            "store declares external_transaction"
        )
        raise _missing_method(self, "transaction(self, store)", why)

    def stored_bytes(self, store: Store) -> bytes:
        """Return all bytes that the store keeps outside of memory."""
        raise unittest.SkipTest("not offered: bytes to look at")

    def skip_unless_declared(self, capability: Capability) -> None:
        """Skip the test unless the store declares the capability."""
        if capability not in self.read_declared():
            raise unittest.SkipTest(f"not offered: {capability}")

    def read_declared(self) -> frozenset[Capability]:
        """Return what the store declares; one that contradicts the test class fails.

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

    def __init_subclass__(cls) -> None:
        """Refuse unknown capabilities and gaps that name no test, and wrap those that do."""
        super().__init_subclass__()
        if wrong := describe_unknown(frozenset(cls.capabilities)):
            raise TypeError(f"{cls.__name__}.capabilities: {wrong}")
        if "known_gaps" not in vars(cls):
            return
        for name, reason in cls.known_gaps.items():
            test = getattr(cls, name, None)
            if test is None or not name.startswith("test_"):
                raise TypeError(f"known_gaps: there is no test {name}")
            setattr(cls, name, _expect_gap(test, reason))


def _expect_gap(test: Callable[[Any], None], reason: str) -> Callable[[Any], None]:
    @wraps(test)
    def run(self: Any) -> None:
        try:
            test(self)
        except (PhanAnhError, ContractError):
            raise unittest.SkipTest(f"known gap: {reason}") from None
        raise ContractError(f"the gap is closed ({reason}): remove it from known_gaps")

    return run
