"""A lock beside the database, so that writers of several processes take turns.

SQLite's own waiting sleeps longer and longer, and starves a process beside a busy one. The
lock is on a file of its own: opening and closing the database beside SQLite would drop its
locks. Where the system has no flock, processes fall back to SQLite's own waiting.
"""

import os
import random
import threading
import time
from types import TracebackType

HAS_FLOCK = os.name == "posix"
if HAS_FLOCK:  # Windows has no flock
    import fcntl

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


class LockFile:
    """One writer at a time: among the threads of this process, then among processes."""

    def __init__(self, path: str, *, timeout: float) -> None:
        """Remember `path`; the file is made when it is first locked."""
        self._path = path
        self._timeout = timeout
        self._threads = threading.Lock()
        self._fd: int | None = None

    def __enter__(self) -> None:
        """Wait for the lock, or raise TimeoutError; OSError where it cannot be made."""
        if not self._threads.acquire(timeout=self._timeout):
            raise TimeoutError
        try:
            if self._fd is None or not self._try():
                self._wait()
        except BaseException:
            self._threads.release()
            raise

    def _wait(self) -> None:
        if not HAS_FLOCK:
            return
        if self._fd is None:
            self._fd = os.open(self._path, _FLAGS, 0o666)
        deadline = time.monotonic() + self._timeout
        pause = 0.0001
        while not self._try():
            if time.monotonic() >= deadline:
                raise TimeoutError
            time.sleep(pause * random.random())  # noqa: S311  # spreads waiters, hides nothing
            pause = min(pause * 1.1, 0.001)

    def _try(self) -> bool:
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]  # it is open
        except BlockingIOError:
            return False
        return True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the next writer in."""
        if self._fd is not None:
            fcntl.flock(self._fd, fcntl.LOCK_UN)
        self._threads.release()

    @property
    def is_open(self) -> bool:
        """Whether this process has locked before, and not closed since."""
        return self._fd is not None

    def close(self) -> None:
        """Close the file when no thread holds it; it is opened again at the next lock."""
        with self._threads:
            fd, self._fd = self._fd, None
            if fd is not None:
                os.close(fd)
