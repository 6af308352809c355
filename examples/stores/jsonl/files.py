"""What the store asks of the disk: a lock, a write that is there for good, a file replaced."""

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def lock_file(path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock alone, among all processes and all threads.

    The file is opened anew each time: a thread, or a child made by fork, so never holds the
    lock of another. The system lets go of the lock of a process that is killed.

    Raises:
        TimeoutError: others held it for `timeout` seconds.
    """
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(fd, time.monotonic() + timeout)
        try:
            yield
        finally:
            _unlock(fd)  # not by closing alone: a child may hold a copy of `fd`
    finally:
        os.close(fd)


def _wait(fd: int, deadline: float) -> None:
    while not _try_lock(fd):
        if time.monotonic() >= deadline:
            raise TimeoutError
        time.sleep(random.uniform(0.0001, 0.001))  # noqa: S311  # spreads those who wait


def _try_lock(fd: int) -> bool:
    with suppress(BlockingIOError, PermissionError):  # the second is what Windows says
        if sys.platform == "win32":
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _unlock(fd: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(fd, fcntl.LOCK_UN)


def write_durably(file: FileIO, data: bytes) -> None:
    """Write all of `data`, and return when the disk has it."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    os.fsync(file.fileno())


def cut_file(file: FileIO, size: int) -> None:
    """Leave the first `size` bytes, and return when that is on the disk."""
    os.ftruncate(file.fileno(), size)
    os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of another; after a crash there is the old one or the new one."""
    part = path.with_suffix(".part")
    try:
        with FileIO(part, "w") as file:
            write_durably(file, data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    if sys.platform != "win32":
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Return when the disk has the names in a folder too."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
