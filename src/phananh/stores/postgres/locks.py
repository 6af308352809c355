"""A lock of threads that is free in a child made by fork, whoever held it in the parent."""

import os
import threading
import weakref

_LOCKS: "weakref.WeakSet[ThreadLock]" = weakref.WeakSet()


class ThreadLock:
    """A lock of threads. In a child made by fork it is a new one."""

    def __init__(self) -> None:
        """Begin free."""
        self.renew()
        _LOCKS.add(self)

    def renew(self) -> None:
        """Begin anew: the thread that held it does not exist in this process."""
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        """Wait for it, and hold it."""
        self._lock.acquire()

    def __exit__(self, *raised: object) -> None:
        """Let it go."""
        self._lock.release()


def _renew_all() -> None:
    for lock in list(_LOCKS):
        lock.renew()


if hasattr(os, "register_at_fork"):  # not on Windows, which cannot fork
    os.register_at_fork(after_in_child=_renew_all)
