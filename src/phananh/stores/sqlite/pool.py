"""Connections to one SQLite file: lent to one thread at a time, and none across a fork.

A child that inherits an open SQLite file believes in locks that it does not hold, even for
connections that it opens itself. So before a fork the connections are closed as they come back,
none is lent meanwhile, and both sides open anew.
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

_POOLS: "weakref.WeakSet[ConnectionPool]" = weakref.WeakSet()
_BLOCKED: "list[ConnectionPool]" = []
_FORK_WAIT = 2.0


class ClosedError(sqlite3.ProgrammingError):
    """A connection was asked for after the store was closed."""


class ConnectionPool:
    """Connections that were opened and are lent out. The last one given back is lent first.

    Lending takes the gate. Giving back does not, so that whoever holds the gate can wait for it.
    """

    def __init__(
        self, path: str, *, timeout: float, pragmas: tuple[str, ...], lock: LockFile
    ) -> None:
        """Open no connection yet. `lock` is held while connections close, as closing may write."""
        self._path, self._timeout, self._pragmas = path, timeout, pragmas
        self._lock = lock
        self._gate = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._opened: set[sqlite3.Connection] = set()
        self._is_closed = False
        self._file: tuple[int, int] | None = None
        _POOLS.add(self)

    def acquire(self) -> sqlite3.Connection:
        """Return a connection for this caller alone."""
        with self._gate:
            return self._idle.pop() if self._idle else self._open()

    def _open(self) -> sqlite3.Connection:
        if self._is_closed:
            raise ClosedError
        connection = connect(self._path, timeout=self._timeout)
        try:
            for pragma in self._pragmas:
                connection.execute(pragma).fetchall()
        except BaseException:
            connection.close()
            raise
        self._opened.add(connection)
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
            self._opened.discard(connection)
            connection.close()
            return
        self._idle.append(connection)
        if self._is_closed:
            self.close()

    def close(self) -> None:
        """Close the idle connections now, and those lent out when they come back."""
        with self._gate:
            self._is_closed = True
            self._close_idle()

    def _close_idle(self) -> None:
        with ExitStack() as held:
            if self._idle and self._lock.is_open:
                with suppress(OSError):  # a writer that takes too long is not waited for
                    held.enter_context(self._lock)
            while self._idle:
                connection = self._idle.pop()
                connection.close()
                self._opened.discard(connection)
        self._lock.close()

    def block(self) -> None:
        """Lend none until `unblock`, and close all as they come back, if that takes not too long."""
        self._gate.acquire()
        deadline = time.monotonic() + _FORK_WAIT
        self._close_idle()
        while self._opened and time.monotonic() < deadline:
            time.sleep(0.0005)
            self._close_idle()

    def unblock(self, *, in_child: bool = False) -> None:
        """Lend again. In a child the threads that borrowed do not exist."""
        if in_child:
            self._opened.clear()
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
