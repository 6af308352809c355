"""Connections to one SQLite file: lent to one thread at a time, and none across a fork.

A child that inherits an open SQLite file believes in locks that it does not hold, even for
connections that it opens itself. So before a fork the idle connections are closed, and both
sides open anew.
"""

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from typing import Any

from phananh.errors import StoreError
from phananh.stores.sqlite.lockfile import LockFile


class ClosedError(sqlite3.ProgrammingError):
    """A connection was asked for after the store was closed."""


_POOLS: "weakref.WeakSet[ConnectionPool]" = weakref.WeakSet()
_BLOCKED: "list[ConnectionPool]" = []
_FORK_WAIT = 2.0


class ConnectionPool:
    """Connections that were opened and are lent out. The last one given back is lent first.

    Lending and giving back is one step of a list each, and takes no lock. Opening, closing and
    forking do.
    """

    def __init__(
        self, path: str, *, timeout: float, pragmas: tuple[str, ...], lock: LockFile
    ) -> None:
        """Open no connection yet. `lock` is held while connections close, as closing may write."""
        self._path = path
        self._lock = lock
        self._timeout = timeout
        self._pragmas = pragmas
        self._gate = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._opened = 0
        self._closed = False
        self._is_blocked = False
        self._file: tuple[int, int] | None = None
        _POOLS.add(self)

    def acquire(self) -> sqlite3.Connection:
        """Return a connection for this caller alone."""
        while not self._is_blocked:
            try:
                return self._idle.pop()
            except IndexError:
                break
        with self._gate:
            return self._open()

    def _open(self) -> sqlite3.Connection:
        if self._closed:
            raise ClosedError
        connection = connect(self._path, timeout=self._timeout)
        try:
            for pragma in self._pragmas:
                connection.execute(pragma).fetchall()
        except BaseException:
            connection.close()
            raise
        self._opened += 1
        self._file = self._file or self._find_file()
        return connection

    def _find_file(self) -> tuple[int, int] | None:
        with suppress(OSError):
            found = os.stat(self._path)
            return found.st_dev, found.st_ino
        return None

    def require_file(self, doing: Callable[[], Mapping[str, Any]]) -> None:
        """Refuse to write a file that its name no longer leads to, as the data would be lost."""
        if self._find_file() != self._file:
            raise StoreError(where=self._path, code="file_replaced", **doing())

    def release(self, connection: sqlite3.Connection) -> None:
        """Take a connection back, and close one that is in a transaction."""
        if connection.in_transaction:
            connection.close()
            with self._gate:
                self._opened -= 1
            return
        self._idle.append(connection)
        if self._closed:
            self.close()

    def close(self) -> None:
        """Close the idle connections now, and those lent out when they come back."""
        with self._gate:
            self._closed = True
            self._close_idle(self._idle)

    def _close_idle(self, idle: list[sqlite3.Connection]) -> None:
        with ExitStack() as held:
            if idle and self._lock.is_open:
                with suppress(OSError):  # a writer that takes too long is not waited for
                    held.enter_context(self._lock)
            while idle:
                idle.pop().close()
                self._opened -= 1
        self._lock.close()

    def block(self) -> None:
        """Wait until none is lent, close them, and lend none until `unblock`.

        Idle connections are taken out one by one as they come back. If one stayed in the list
        while others are awaited, it could be lent again, and a thread would be inside SQLite when
        the process forks.
        """
        self._gate.acquire()
        self._is_blocked = True
        deadline = time.monotonic() + _FORK_WAIT
        taken: list[sqlite3.Connection] = []
        while len(taken) < self._opened and time.monotonic() < deadline:
            if self._idle:
                with suppress(IndexError):  # another thread was first
                    taken.append(self._idle.pop())
            else:
                time.sleep(0.0005)
        self._close_idle(taken)

    def unblock(self, *, in_child: bool = False) -> None:
        """Lend again. In a child the threads that borrowed do not exist."""
        if in_child:
            self._opened = 0
        self._is_blocked = False
        self._gate.release()


def connect(path: str, *, timeout: float) -> sqlite3.Connection:
    """Open a connection without the driver's own transactions: the store sends every BEGIN."""
    return sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)


def _before_fork() -> None:
    for pool in list(_POOLS):
        pool.block()
        _BLOCKED.append(pool)


def _after_fork(*, in_child: bool) -> None:
    while _BLOCKED:
        _BLOCKED.pop().unblock(in_child=in_child)


if hasattr(os, "register_at_fork"):  # not on Windows, which cannot fork
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=lambda: _after_fork(in_child=False),
        after_in_child=lambda: _after_fork(in_child=True),
    )
