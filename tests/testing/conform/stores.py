"""Stores, suites and factories that the tests name as a target."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

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


class GapSuite(StoreConformance):
    """A suite with a gap, and a test of its own that needs pytest."""

    known_gaps: ClassVar = {"test_refuses_a_second_beginning": "versions, until 2.0"}

    def make_store(self) -> Store:
        """Return a broken store."""
        return Broken()

    def test_ours_takes_a_fixture(self, tmp_path: Path) -> None:
        """A test of the suite's own."""
        raise NotImplementedError(str(tmp_path))
