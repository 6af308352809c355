"""The base of the contract's tests: the hooks that you write, the store to test, the cleaning up.

A hook that is left out skips the tests that need it, unless the store declares its capability.
"""

import os
import pickle
import shutil
import signal
import tempfile
import threading
import traceback
import unittest
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial, wraps
from multiprocessing import Pipe, get_all_start_methods, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar, NoReturn
from unittest import SkipTest

import attrs

from phananh.errors import PhanAnhError
from phananh.stores.base import Capability, Change, IndexRow, Store
from phananh.testing.contract.checks import ContractError
from phananh.testing.contract.pair import Pair


class ChildProcess:
    """A child that opens a store and makes calls on it, until it is killed.

    `call` makes a call there and waits for its answer. `start` and `finish` do that in two steps,
    so that several children run at once.
    """

    def __init__(self, opens: Callable[[], Store]) -> None:
        """Fork, and open the store in the child.

        Raises:
            ContractError: it cannot be opened there. The message has the child's traceback.
            SkipTest: this system has no fork.
        """
        if "fork" not in get_all_start_methods():
            raise SkipTest("not offered: other processes, as this system has no fork")
        self._pipe, theirs = Pipe()
        self._asked = "opening the store"
        ends = theirs, self._pipe, opens
        self._process = get_context("fork").Process(target=_serve, args=ends, daemon=True)
        with warnings.catch_warnings():  # that the process has threads, from Python 3.12 on
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        theirs.close()
        self.finish()

    def call(self, method: str, /, *args: Any, **options: Any) -> Any:
        """Make a call of the store, and return its result, or raise its error."""
        self.start(method, *args, **options)
        return self.finish()

    def start(self, method: str | Callable[[Any], object], /, *args: Any, **options: Any) -> None:
        """Ask for a call, and do not wait for it. A function gets the store."""
        self._asked = str(method)
        self._pipe.send((method, args, options))

    def is_done(self, *, within: float) -> bool:
        """Wait at most that many seconds, and return whether the last call was answered."""
        return self._pipe.poll(within)

    def finish(self) -> Any:
        """Wait for the answer to the last call, and return it, or raise the store's error."""
        try:
            is_error, answer = self._pipe.recv()
        except (EOFError, OSError):
            self.kill()
            ended = f"ended with {self._process.exitcode} in {self._asked}"
            raise ContractError(f"a child process {ended}") from None
        if is_error:
            raise answer
        return answer

    def stop(self) -> None:
        """Let the process stand still where it is, until it is killed."""
        os.kill(self._process.pid or 0, signal.SIGSTOP)

    def kill(self) -> None:
        """End the process now, without closing anything. Safe to repeat."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, theirs: Connection, opens: Callable[[], Store]) -> None:
    """Answer calls until the parent is gone. No code of the parent runs on in the child."""
    theirs.close()  # so that the end of the parent is seen
    opened: list[Store] = []
    try:
        _answer(pipe, lambda: opened.append(opens()))
        while True:
            method, args, options = pipe.recv()
            call = partial(method, opened[0]) if callable(method) else getattr(opened[0], method)
            _answer(pipe, partial(call, *args, **options))
    finally:
        os._exit(0)


def _answer(pipe: Connection, call: Callable[[], Any]) -> None:
    """Send the result of a call, all of it, or its error, or one that it cannot be pickled."""
    try:
        found = call()
        answer = pickle.dumps((False, [*found] if isinstance(found, Iterator) else found))
    except BaseException as error:  # noqa: BLE001  # it is the answer
        said = ContractError(f"in a child process:\n{traceback.format_exc()}")
        answer = pickle.dumps((True, error if isinstance(error, PhanAnhError) else said))
    pipe.send_bytes(answer)


LAST = 4  # calls that a failure shows
_OURS = str(Path(__file__).parents[1])  # phananh/testing


@attrs.frozen(kw_only=True)
class StoredEvent:
    """An event as an earlier version of phananh encoded it. See `phananh.stores.codec`."""

    kind: str
    case: str
    version: int
    body: str
    personal: str | None
    salt: bytes


class _TimeUpError(BaseException):
    """Raised by the alarm. An `except Exception` of a store cannot swallow it."""


def skip(reason: str) -> NoReturn:
    """Skip the test, as the store does not offer what it is about."""
    raise unittest.SkipTest(f"not offered: {reason}")


class StoreHooks:
    """The hooks that make a store, open it in other ways, and hurt it."""

    def _require(self, signature: str, why: str) -> NoReturn:
        raise NotImplementedError(f"write `def {signature}` in {type(self).__name__}: {why}")

    def make_store(self) -> Store:
        """Return a new, empty store. A test may ask for several.

        Tests use the same ids of cases, so two stores on one server need a schema each.
        """
        self._require("make_store(self)", "it returns a new, empty store")

    def connect(self, store: Store) -> Store:
        """Return another handle on the same histories, as another process would have."""
        if "multi_process" in store.capabilities:
            self._require(
                "connect(self, store)",
                "another handle on the same histories, for the store declares multi_process",
            )
        return store

    def reopen(self, store: Store) -> Store:
        """Close the store and open it again. It is only called for a durable one."""
        self._require(
            "reopen(self, store)",
            "it closes the store and returns it opened again, for the store declares durable",
        )

    def transaction(self, store: Store) -> AbstractContextManager[Store]:
        """Run in a transaction of the application, committed on success, rolled back on error."""
        self._require(
            "transaction(self, store)",
            (
                "a context manager that gives a store in a transaction of the application, for the "
                "store declares external_transaction"
            ),
        )

    def stored_bytes(self, store: Store) -> bytes:
        """Return all bytes that the store keeps outside of memory."""
        skip("write `def stored_bytes(self, store)`, which returns all bytes that the store keeps")

    def fail_next(self, store: Store) -> AbstractContextManager[object]:
        """Let writes of the store fail as on a full disk while the block runs.

        At least the next write fails. After the block there is room again, and so there is once
        the process has ended. For a store that keeps files, `return full_disk(store.path, room=20)`
        is all: the path is that of the file which a commit is written to the end of.
        """
        skip("write `def fail_next(self, store)`, a context manager in which writes fail")

    def impatient(self, store: Store) -> Store:
        """Return another handle on the same histories, which waits 0.3 seconds for others."""
        skip("write `def impatient(self, store)`, which returns a handle that waits 0.3 seconds")

    def kill(self, child: ChildProcess) -> None:
        """End the process that holds the store, without closing anything.

        If the store runs its own engine beside it, end that too.
        """
        child.kill()

    def hole(self, store: Store, case: str, version: int) -> Store:
        """Lose a stored event without the store's knowledge, and return the store opened then."""
        skip("write `def hole(self, store, case, version)`, which loses a stored event")

    def spoil(self, store: Store, old: str, new: str) -> Store:
        """Replace a text by another of its length wherever the store keeps it, and open it again.

        The store must not know of it. For a store that keeps a file, close it, replace the bytes
        of the file, and return the store opened again.
        """
        skip("write `def spoil(self, store, old, new)`, which replaces a stored text")

    def back_up(self, store: Store) -> Store:
        """Return a store that is opened on a copy of this one, made as users make it."""
        skip("write `def back_up(self, store)`, which returns a store that is opened on a copy")

    def store_old(self, store: Store, events: Sequence[StoredEvent], row: IndexRow) -> Store:
        """Store the history of a case as an earlier version wrote it, and return the store.

        `store` is empty, and `row` is the sum of the events.
        """
        skip("write `def store_old(self, store, events, row)`, which stores a history of old")


class ContractTests(StoreHooks):
    """The base of all tests: the store to test, and the cleaning up.

    The tests are those of the capabilities that the store declares. `capabilities` is optional. If
    it is given, a store that declares others fails. So does a test that is not done after
    `time_limit`, in seconds, on the main thread of a POSIX system. `known_gaps` maps names of tests
    to reasons: such a test is skipped while it fails, and fails once it passes.
    """

    capabilities: frozenset[Capability] = frozenset()
    known_gaps: ClassVar[Mapping[str, str]] = {}
    time_limit: float = 120.0

    def __init_subclass__(cls, **options: Any) -> None:
        """Refuse gaps that name no test, and hold each test to its time and its gap."""
        super().__init_subclass__(**options)
        for name in cls.known_gaps:
            if not hasattr(cls, name):
                raise TypeError(f"{cls.__name__}.known_gaps: there is no test {name}")
        for name, test in [*vars(cls).items()]:
            if name.startswith("test_") and callable(test):
                setattr(cls, name, _guard(name, test))

    def setup_method(self) -> None:
        """Begin a test without an open store or a folder."""
        self.calls: deque[str] = deque(maxlen=60)
        self._opened: list[Store] = []
        self._children: list[ChildProcess] = []
        self._folder: Path | None = None

    def teardown_method(self) -> None:
        """End the child processes, close what the test opened, and remove its folder."""
        for child in self._children:
            child.kill()
        try:
            with _limit_time(self.time_limit):
                for store in self._opened:
                    store.close()
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def folder(self) -> Path:
        """A folder of this test's own, removed after it."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="phananh-"))
        return self._folder

    def keep(self, store: Store) -> Any:
        """Return a store, which is closed after the test."""
        self._opened.append(store)
        return store

    def new_store(self, *changes: Change) -> Any:
        """Return a new store that holds these changes."""
        store = self.keep(self.make_store())
        for change in changes:
            store.commit([change])
        return store

    def open_another(self, store: Any) -> Any:
        """Return another handle on the histories of a store, or the same if it has no other."""
        other = self.connect(store)
        return store if other is store else self.keep(other)

    def open_others(self, store: Any, count: int) -> list[Any]:
        """Return the store and other handles on its histories, so many in all."""
        return [store, *(self.open_another(store) for _ in range(count - 1))]

    def reopen_handle(self, store: Any) -> Any:
        """Close a durable store, and return it opened again."""
        return self.keep(self.reopen(store))

    def new_pair(self, *changes: Change) -> Pair:
        """Return a new store and its model, which hold these changes, with three handles."""
        handles = self.open_others(self.new_store(), 3)
        pair = Pair(handles, self.reopen_handle, self.open_another, self.calls)
        for change in changes:
            pair.commit(change)
        return pair

    def need(self, store: Any, *capabilities: Capability) -> None:
        """Skip the test unless the store declares one of the capabilities."""
        if not store.capabilities & {*capabilities}:
            skip(" or ".join(capabilities))

    def open_in_child(self, store: Any) -> ChildProcess:
        """Return a process that has the same histories open, until the end of the test.

        If only one process may have them open, the child goes on with the parent's open store,
        which the parent must not use meanwhile.
        """
        is_shared = bool(store.capabilities & {"multi_process", "multi_machine"})
        return self.fork(lambda: self.connect(store) if is_shared else store)

    def fork(self, opens: Callable[[], Store]) -> ChildProcess:
        """Return a child process that opens a store, until the end of the test."""
        self._children.append(ChildProcess(opens))
        return self._children[-1]


def describe_line(frame: FrameType | None) -> str:
    """Return where a call stands: the store's method that a test called, and the line in it."""
    inner = frame
    while frame is not None and not frame.f_code.co_filename.startswith(_OURS):
        inner, frame = frame, frame.f_back
    if inner is None:
        return "a place that is not known"
    code = inner.f_code
    return f"{code.co_qualname} ({Path(code.co_filename).name}:{inner.f_lineno})"


def _guard(name: str, test: Callable[..., None]) -> Callable[..., None]:
    """Return a test that ends within the time limit, holds to its gap, and shows its last calls."""

    @wraps(test)
    def run(self: ContractTests, *args: Any, **options: Any) -> None:
        __tracebackhide__ = True  # by pytest
        reason = self.known_gaps.get(name)
        try:
            with _limit_time(self.time_limit):
                test(self, *args, **options)
        except unittest.SkipTest:
            raise
        except Exception as error:
            if reason is not None:
                raise unittest.SkipTest(f"known gap: {reason}") from error
            for said in [*self.calls][-LAST:]:
                error.add_note(f"call    {said}")
            raise
        if reason is not None:
            raise ContractError(f"the gap is closed ({reason}): remove it from known_gaps")

    return run


@contextmanager
def _limit_time(seconds: float) -> Iterator[None]:
    """Raise ContractError if the block takes longer, with the place at which the store stands."""

    def ring(_number: int, frame: FrameType | None) -> None:
        raise _TimeUpError(describe_line(frame))

    is_main = threading.current_thread() is threading.main_thread()
    if not (hasattr(signal, "setitimer") and is_main):
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    # Once a second from then on: a store may catch what it does not expect, and wait again.
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    except _TimeUpError as error:
        raise ContractError(
            f"not done after {seconds:g} seconds: {error}; if your store is only slow, give the "
            "test class a higher `time_limit`, in seconds"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, before)
