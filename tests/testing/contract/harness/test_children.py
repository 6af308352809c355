"""A store in a child process answers, fails and dies as one in its own process does."""

import faulthandler
import os
import signal
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from phananh.errors import ConflictError
from phananh.stores import MemoryStore, SqliteStore
from phananh.stores.base import Change
from phananh.testing.conformance import ContractError
from phananh.testing.contract.harness import limits
from phananh.testing.contract.harness.children import ChildProcess, call_in_children
from phananh.testing.sample_events import change, received


class Odd(MemoryStore):
    """Fails, dies or hangs at a commit, as it is told by its name."""

    def __init__(self, how: str) -> None:
        """Keep how."""
        super().__init__()
        self.how = how

    def commit(self, changes: Sequence[Change], /) -> None:
        """Do so."""
        if self.how == "dies":
            os._exit(3)
        if self.how == "crashes":
            faulthandler.disable()  # no stack of a crash that is meant
            os.kill(os.getpid(), signal.SIGSEGV)
        if self.how == "hangs":
            time.sleep(100)
        if self.how == "driver":
            raise sqlite3.OperationalError("disk I/O error")
        raise _UnpicklableError(self.how)


class _UnpicklableError(Exception):
    """Cannot be copied into another process."""

    def __init__(self, how: str) -> None:
        super().__init__(how, lambda: None)


@pytest.fixture
def child(tmp_path: Path) -> Any:
    """Give a child that has a store in a file open."""
    path = tmp_path / "cases.db"
    SqliteStore(path).close()
    found = ChildProcess(lambda: SqliteStore(path))
    yield found
    found.kill()


def test_calls_are_made_in_the_child(child: ChildProcess, tmp_path: Path) -> None:
    """What the child recorded is there for the parent, and errors keep their facts."""
    child.store.commit([change(received("HB-1"))])
    with SqliteStore(tmp_path / "cases.db") as store:
        assert store.load("HB-1") == child.store.load("HB-1") == (received("HB-1"),)
    with pytest.raises(ConflictError) as raised:
        child.store.commit([change(received("HB-1"))])
    assert (raised.value.case, raised.value.expected) == ("HB-1", 0)


def test_killed_child_is_gone_and_again_is_nothing(child: ChildProcess) -> None:
    """After a kill no process is left, and to kill again does nothing."""
    pid = child._pid
    assert pid is not None
    child.kill()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    child.kill()


def test_several_children_run_at_once(tmp_path: Path) -> None:
    """Results and errors come in the order of the children."""
    path = tmp_path / "cases.db"
    SqliteStore(path).close()
    children = [ChildProcess(lambda: SqliteStore(path)) for _ in range(2)]
    try:
        calls = [("commit", [change(received("HB-1"))])] * 2
        outcomes = call_in_children(children, calls)
        assert outcomes.count(None) == 1
        assert {type(outcome) for outcome in outcomes} == {type(None), ConflictError}
    finally:
        for each in children:
            each.kill()


@pytest.mark.parametrize(
    ("how", "kind", "says"),
    [
        ("driver", sqlite3.OperationalError, "disk I/O"),
        ("odd", ContractError, "in a child process:(.|\n)*in commit(.|\n)*_UnpicklableError"),
        ("dies", ContractError, "a child process exited with 3 in commit"),
        ("crashes", ContractError, "a child process died of SIGSEGV in commit"),
    ],
)
def test_what_goes_wrong_in_a_child_is_raised(how: str, kind: type[Exception], says: str) -> None:
    """A driver's error, one that cannot be copied, and a death all reach the parent."""
    child = ChildProcess(lambda: Odd(how))
    try:
        with pytest.raises(kind, match=says) as raised:
            child.store.commit([])
        if how == "driver":
            assert "in commit" in raised.value.__notes__[0]
    finally:
        child.kill()


def test_a_store_that_cannot_be_opened_in_a_child_says_why() -> None:
    """The error of opening it is that of the child, with its traceback."""

    def fail() -> MemoryStore:
        raise RuntimeError("no such server")

    with pytest.raises(RuntimeError, match="no such server") as raised:
        ChildProcess(fail)
    assert "in fail" in raised.value.__notes__[0]


def test_a_child_that_hangs_is_ended_and_reported() -> None:
    """The parent waits no longer than the time limit, and no process is left."""
    child = ChildProcess(lambda: Odd("hangs"))
    with pytest.raises(ContractError, match="a child process is still in commit"):
        limits.run_limited(lambda: child.store.commit([]), 0.3)
    assert child._pid is None


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    """A child whose pipe was closed at the other end exits by itself."""
    child = ChildProcess(MemoryStore)
    pid = child._pid
    assert pid is not None
    child._pipe.close()
    ended, end = 0, time.monotonic() + 20
    while not ended and time.monotonic() < end:
        time.sleep(0.002)
        ended = os.waitpid(pid, os.WNOHANG)[0]
    assert ended == pid
