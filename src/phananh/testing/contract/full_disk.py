"""A disk that is full for a while, for stores that keep files.

A test class says how much room is left. The tests try more room as well, so that small writes
pass and a large one fails, and a disk on which no further file is opened for writing.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from errno import ENOSPC
from typing import Any
from unittest import SkipTest

import attrs

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

MORE_ROOM = 4_000  # bytes: more than a row has, and less than the text of a failing act
MOST_OPENED = 12  # files that one call opens for writing, of which each fails once


@attrs.define
class FullDisk:
    """One way in which a disk is full.

    Either each file has `more_room` than the test class leaves, or opening a file for writing
    fails, and so does renaming one, from the time number `failing` on. With `is_empty` the room is
    all that a file may have, so that a small one is torn that is written anew. `path` is
    that of the file, if the test class takes `full_disk`, and `opened` how many were opened.
    """

    more_room: int = 0
    failing: int = 0
    is_empty: bool = False
    path: str = ""
    opened: int = 0

    @contextmanager
    def apply(self) -> Iterator[None]:
        """Let `full_disk` be full in this way while the block runs."""
        _chosen.append(self)
        try:
            yield
        finally:
            _chosen.pop()


_chosen: list[FullDisk] = []
_failing: list[FullDisk] = []
_hooked: list[bool] = []


def list_full_disks() -> Iterator[FullDisk]:
    """Yield the ways in which a disk is full, the next after the last was tried.

    There is one if the test class brings a failure of its own. Files fail one by one until a call
    opens no more of them.
    """
    first = FullDisk()
    yield first
    if first.path:
        yield FullDisk(more_room=MORE_ROOM)
        yield FullDisk(is_empty=True)
        for n in range(1, MOST_OPENED + 1):
            disk = FullDisk(failing=n)
            yield disk
            if disk.opened < n:
                return


def full_disk(path: str | os.PathLike[str], *, room: int = 0) -> AbstractContextManager[None]:
    """Let no file of this process grow beyond the size of the one at `path`, and `room` bytes.

    A write beyond it fails with an OSError ("File too large"), in SQLite with "disk is full".
    What fits is written, so with a few bytes of room a line is torn. The tests of the contract
    use it for more: they add room, or let no further file be opened for writing.
    """
    disk = _chosen[-1] if _chosen else FullDisk()
    disk.path = os.fspath(path)
    if disk.failing:
        return _fail_openings(disk)
    size = os.path.getsize(path) if os.path.exists(path) and not disk.is_empty else 0
    return _limit_size(size + room + disk.more_room)


@contextmanager
def _limit_size(size: int) -> Iterator[None]:
    if resource is None:
        raise SkipTest("not offered: a limit on the size of files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def _fail_openings(disk: FullDisk) -> Iterator[None]:
    if not _hooked:  # a hook stays for good
        _hooked.append(True)
        sys.addaudithook(_look_at)
    _failing.append(disk)
    try:
        yield
    finally:
        _failing.pop()


def _look_at(event: str, args: tuple[Any, ...]) -> None:
    """Count a file that is opened for writing, or renamed, by whatever call of Python, or fail."""
    is_written = event == "open" and bool(args[2] & (os.O_WRONLY | os.O_RDWR))
    if _failing and (event == "os.rename" or (is_written and args[0] != os.devnull)):
        _failing[-1].opened += 1
        if _failing[-1].opened >= _failing[-1].failing:
            raise OSError(ENOSPC, os.strerror(ENOSPC), args[0])
