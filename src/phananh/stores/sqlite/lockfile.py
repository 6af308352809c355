"""A lock beside the database, so that writers of several processes take turns.

SQLite's own waiting sleeps longer and longer, and starves a process beside a busy one. The
lock is on a file of its own: opening and closing the database beside SQLite would drop its
locks. If the system has no flock, processes fall back to SQLite's own waiting.

Only users who may write the database can open, and so lock, the file.
"""

import os
import random
import threading
import time
from contextlib import suppress
from errno import EACCES

from phananh.stores.waiting import count_wait, is_cancelled, time_left

HAS_FLOCK = os.name == "posix"
if HAS_FLOCK:  # Windows has no flock
    import fcntl

PRIVATE = 0o600
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


def create_private(path: str) -> None:
    """Make an empty file for its owner alone, whatever the umask is.

    Raises:
        FileExistsError: there is one.
    """
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE)
    if hasattr(os, "fchmod"):  # not on Windows
        os.fchmod(fd, PRIVATE)
    os.close(fd)


class LockFile:
    """One writer at a time: among the threads of this process, then among processes."""

    def __init__(self, database: str, *, timeout: float) -> None:
        """Remember the database. The file is made when it is first locked."""
        self._database = database
        self._path = f"{database}-lock"
        self._timeout = timeout
        self._threads = threading.Lock()
        self._fd: int | None = None

    def __enter__(self) -> None:
        """Wait for the turn.

        Raises:
            TimeoutError: it was waited for too long.
            OSError: the file cannot be made.
        """
        deadline = time.monotonic() + time_left(self._timeout)
        if not self._threads.acquire(blocking=False):
            with count_wait():
                if not self._threads.acquire(timeout=max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
        try:
            if self._fd is None:
                self._fd = self._open()
            if not self._try():
                self._wait(deadline)
        except BaseException:
            self._threads.release()
            raise

    def _open(self) -> int:
        """Open the file for those who may write the database, whatever the umask is.

        Raises:
            PermissionError: we are none of them.
        """
        if os.path.exists(self._database) and not os.access(self._database, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), self._database)
        fd = os.open(self._path, _FLAGS, PRIVATE)
        with suppress(OSError, AttributeError):  # it is another's, or this is Windows
            os.fchmod(fd, PRIVATE)
            self._share_as_database(fd)
        return fd

    def _share_as_database(self, fd: int) -> None:
        database = os.stat(self._database)
        with suppress(OSError):  # we are not of that group
            os.fchown(fd, database.st_uid if os.geteuid() == 0 else -1, database.st_gid)
        may_write = database.st_mode & 0o222
        os.fchmod(fd, PRIVATE | may_write | may_write << 1)

    def _wait(self, deadline: float) -> None:
        pause = 0.0001
        with count_wait():
            while not self._try():
                if time.monotonic() >= deadline or is_cancelled():
                    raise TimeoutError
                time.sleep(pause * random.random())  # noqa: S311  # spreads waiters, hides nothing
                pause = min(pause * 1.1, 0.001)

    def _try(self) -> bool:
        if not HAS_FLOCK:
            return True
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]  # it is open
        except BlockingIOError:
            return False
        return True

    def __exit__(self, *raised: object) -> None:
        """Let the next writer in."""
        if self._fd is not None and HAS_FLOCK:
            fcntl.flock(self._fd, fcntl.LOCK_UN)
        self._threads.release()

    @property
    def is_open(self) -> bool:
        """Whether this process has locked before, and not closed since."""
        return self._fd is not None

    def close(self) -> None:
        """Close the file when no thread holds it. It is opened again at the next lock."""
        with self._threads:
            fd, self._fd = self._fd, None
            if fd is not None:
                os.close(fd)
