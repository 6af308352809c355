"""A driver whose n-th call fails: before it reached the database, after it, or from then on."""

import sqlite3
import sqlite3.dbapi2
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, partialmethod
from typing import Any, Literal

import attrs
import psycopg
import pymysql
import pytest

When = Literal["before", "after", "from then on"]
WHENS: tuple[When, ...] = ("before", "after", "from then on")


@attrs.define
class Failure:
    """Which call fails, and whether it did; nothing fails until it is armed."""

    make_error: Callable[[], Exception]
    when: When = "before"
    calls_left: int | None = None
    has_fired: bool = False

    def arm(self, call: int, when: When) -> None:
        """Let the call with this number fail; the next is 1."""
        self.calls_left, self.when, self.has_fired = call, when, False

    def disarm(self) -> bool:
        """Let nothing fail any more; return whether something did."""
        self.calls_left = None
        return self.has_fired

    def call(self, function: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Call the driver, unless it is this call that fails."""
        if self.calls_left is None:
            return function(*args, **more)
        self.calls_left -= 1
        fails = self.calls_left == 0 or (self.when == "from then on" and self.calls_left < 0)
        self.has_fired = self.has_fired or fails
        if fails and self.when != "after":
            raise self.make_error()
        result = function(*args, **more)
        if fails:
            raise self.make_error()
        return result


def make_sqlite_error() -> sqlite3.OperationalError:
    """Return the error for a disk that cannot be written."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error


@contextmanager
def fail_in_sqlite(patch: pytest.MonkeyPatch) -> Iterator[Failure]:
    """Lend a failure of all SQLite connections that are opened meanwhile."""
    failure = Failure(make_sqlite_error)

    class Cursor(sqlite3.Cursor):
        """A cursor whose statements may fail."""

        def execute(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement."""
            return failure.call(super().execute, *args)

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement for each row."""
            return failure.call(super().executemany, *args)

    class Connection(sqlite3.Connection):
        """A connection whose calls may fail."""

        def execute(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement."""
            return failure.call(super().execute, *args)

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement for each row."""
            return failure.call(super().executemany, *args)

        def cursor(self, *_: Any) -> sqlite3.Cursor:
            """Return a cursor whose statements may fail."""
            return super().cursor(Cursor)

        def commit(self) -> None:
            """End the transaction, if there is one."""
            failure.call(super().commit)

        def rollback(self) -> None:
            """Undo the transaction, if there is one."""
            failure.call(super().rollback)

    connect = sqlite3.connect

    def connect_failing(*args: Any, **more: Any) -> sqlite3.Connection:
        return connect(*args, **{**more, "factory": Connection})

    with patch.context() as patched:
        for module in (sqlite3, sqlite3.dbapi2):  # SQLAlchemy takes the latter
            patched.setattr(module, "connect", connect_failing)
        yield failure


def watch(gen: Any, asked: list[Any], result: list[Any]) -> Iterator[Any]:
    """Pass on what a generator of the driver waits for; note that, and what it gives."""
    try:
        asked.append(next(gen))
        while True:
            ready = yield asked[-1]
            asked.append(gen.send(ready))
    except StopIteration as done:
        result.append(done.value)
        return done.value  # as the driver's generators do


@contextmanager
def fail_in_mariadb(patch: pytest.MonkeyPatch) -> Iterator[Failure]:
    """Lend a failure of all PyMySQL connections: one is lost before or after a statement."""
    failure = Failure(lambda: pymysql.err.OperationalError(2013, "the connection is lost"))

    def call(function: Callable[..., Any], connection: Any, *args: Any, **more: Any) -> Any:
        try:
            return failure.call(function, connection, *args, **more)
        except pymysql.err.OperationalError:
            if failure.has_fired:
                connection._force_close()
            raise

    with patch.context() as patched:
        for name in ("query", "commit", "rollback"):
            function = getattr(pymysql.connections.Connection, name)
            lost = partialmethod(partial(call, function))
            patched.setattr(pymysql.connections.Connection, name, lost)
        yield failure


class LostError(psycopg.OperationalError):
    """The connection was lost, as we wished."""


@contextmanager
def fail_in_postgres(patch: pytest.MonkeyPatch) -> Iterator[Failure]:
    """Lend a failure of all psycopg connections: one is lost when it waits for the server.

    "before" sends nothing, and "after" loses the answer to what was sent.
    """
    failure = Failure(lambda: LostError("the connection is lost"))
    wait = psycopg.Connection.wait

    def wait_failing(connection: Any, gen: Any, *args: Any, **more: Any) -> Any:
        asked, result = list[Any](), list[Any]()
        gen = watch(gen, asked, result)
        try:
            return failure.call(wait, connection, gen, *args, **more)
        except LostError:
            connection.pgconn.finish()
            if not result:  # so the driver finds out by itself
                return wait(connection, gen, *args, **more)
            if asked:
                raise
            return result[0]  # nothing was sent, so no answer was lost

    with patch.context() as patched:
        patched.setattr(psycopg.Connection, "wait", wait_failing)
        yield failure


@contextmanager
def refuse_in_postgres(patch: pytest.MonkeyPatch) -> Iterator[Failure]:
    """Lend a failure of all psycopg statements: the server refuses one, as on a full disk.

    A transaction that it is in is broken from then on, to its last savepoint.
    """
    failure = Failure(lambda: psycopg.errors.DiskFull("the disk is full"))
    execute, executemany = psycopg.Cursor.execute, psycopg.Cursor.executemany

    def refuse(function: Callable[..., Any], cursor: Any, *args: Any, **more: Any) -> Any:
        try:
            return failure.call(function, cursor, *args, **more)
        except psycopg.errors.DiskFull:
            cursor.connection.pgconn.exec_(b"select 1/0")
            raise

    with patch.context() as patched:
        for name, function in (("execute", execute), ("executemany", executemany)):
            patched.setattr(psycopg.Cursor, name, partialmethod(partial(refuse, function)))
        yield failure


FAIL_IN = {
    "sqlite": fail_in_sqlite,
    "postgres": fail_in_postgres,
    "refused": refuse_in_postgres,
    "alchemy-sqlite": fail_in_sqlite,
    "alchemy-mariadb": fail_in_mariadb,
}
