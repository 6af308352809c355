"""Stores, suites and factories that the tests name as a target."""

import os
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from phananh.regulation.events import Event
from phananh.stores import MemoryStore, SqliteStore
from phananh.stores.base import Change, Store
from phananh.testing.conformance import StoreConformance

NOT_A_STORE = 3


class Broken(MemoryStore):
    """Checks no version."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        """Let everything pass."""


def make_file(path: Path) -> SqliteStore:
    """Return a store at a path."""
    return SqliteStore(path)


def make_from_two(path: Path, name: str) -> Store:
    """Return a store that nobody can make without knowing more."""
    raise NotImplementedError(f"{path}, {name}")


class FailsToOpen(MemoryStore):
    """Cannot be made."""

    def __init__(self) -> None:
        """Fail."""
        raise OSError("no such server")


class BlocksInMaking(MemoryStore):
    """Waits for ever when it is made."""

    def __init__(self) -> None:
        """Wait."""
        threading.Event().wait()


class HangsInClose(MemoryStore):
    """Waits for ever when it is closed."""

    def close(self) -> None:
        """Wait."""
        threading.Event().wait()


class Undeclared(MemoryStore):
    """Says nothing of what it offers."""

    capabilities = None  # type: ignore[assignment]  # the fault


class ExitsInMaking(MemoryStore):
    """Ends the process when it is made."""

    def __init__(self) -> None:
        """Exit."""
        sys.exit(3)


class ExitsInLoading(MemoryStore):
    """Ends the process when it is read."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Exit."""
        sys.exit(3)


class HangsInLoading(MemoryStore):
    """Waits for ever when it is read."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Wait."""
        threading.Event().wait()
        return super().load(case)


class CatchesEverything(MemoryStore):
    """Waits again whatever is raised."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Wait."""
        while True:
            with suppress(BaseException):
                time.sleep(1)


class StopsAtALoad(MemoryStore):
    """Stops the run, as a person or `timeout` does, when it is read for the third time."""

    loads = 0

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Send the signal."""
        StopsAtALoad.loads += 1
        if StopsAtALoad.loads == 3:
            os.kill(os.getpid(), int(os.environ["STOP_BY"]))
        return super().load(case)


class RaisesInside(MemoryStore):
    """Fails in a line of its own."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Fail."""
        return (self._histories["no such case"][0],)


class GapSuite(StoreConformance):
    """A suite with a gap, and a test of its own that needs pytest."""

    known_gaps: ClassVar = {"test_refuses_a_second_beginning": "versions, until 2.0"}

    def make_store(self) -> Store:
        """Return a broken store."""
        return Broken()

    def test_ours_takes_a_fixture(self, tmp_path: Path) -> None:
        """A test of the suite's own."""
        raise NotImplementedError(str(tmp_path))
