"""A driver whose n-th call fails: before it reached the database, after it, or from then on."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, partialmethod
from typing import Any, Literal

import psycopg
import pytest

from phananh.testing.faulty_store import FaultPlan

When = Literal["before", "after", "from then on"]
WHENS: tuple[When, ...] = ("before", "after", "from then on")


def arm(plan: FaultPlan, call: int, when: When) -> None:
    """Let the call with this number fail; the next is 1."""
    plan.arm(call, "after" if when == "after" else "before", persistent=when == "from then on")


def make_plan(make_error: Callable[[], Exception]) -> FaultPlan:
    """Return a plan whose calls fail with what is made here; nothing fails until it is armed."""
    return FaultPlan(make_error=lambda _name, _when: make_error())


def make_sqlite_error() -> sqlite3.OperationalError:
    """Return the error for a disk that cannot be written."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error


@contextmanager
def fail_in_sqlite(patch: pytest.MonkeyPatch) -> Iterator[FaultPlan]:
    """Lend a failure of all SQLite connections that are opened meanwhile."""
    failure = make_plan(make_sqlite_error)

    class Cursor(sqlite3.Cursor):
        """A cursor whose statements may fail."""

        def execute(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement."""
            return failure.call("execute", partial(super().execute, *args))

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement for each row."""
            return failure.call("executemany", partial(super().executemany, *args))

    class Connection(sqlite3.Connection):
        """A connection whose calls may fail."""

        def cursor(self) -> Cursor:  # type: ignore[override]  # ours takes no factory
            """Return a cursor whose statements may fail."""
            return super().cursor(Cursor)

        def execute(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement."""
            return failure.call("execute", partial(super().execute, *args))

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement for each row."""
            return failure.call("executemany", partial(super().executemany, *args))

        def commit(self) -> None:
            """End the transaction, if there is one."""
            failure.call("commit", super().commit)

        def rollback(self) -> None:
            """Undo the transaction, if there is one."""
            failure.call("rollback", super().rollback)

    connect = sqlite3.connect

    def connect_failing(*args: Any, **more: Any) -> sqlite3.Connection:
        return connect(*args, **{**more, "factory": Connection})

    with patch.context() as patched:
        patched.setattr(sqlite3, "connect", connect_failing)
        yield failure


def watch(gen: Any, asked: list[Any], result: list[Any]) -> Iterator[Any]:
    """Pass on what a generator of the driver waits for; note that, and what it gives."""
    try:
        asked.append(next(gen))
        while True:
            asked.append(gen.send((yield asked[-1])))
    except StopIteration as done:
        result.append(done.value)
        return done.value  # as the driver's generators do


class LostError(psycopg.OperationalError):
    """The connection was lost, as we wished."""


@contextmanager
def fail_in_postgres(patch: pytest.MonkeyPatch) -> Iterator[FaultPlan]:
    """Lend a failure of all psycopg connections: one is lost when it waits for the server.

    "before" sends nothing, and "after" loses the answer to what was sent.
    """
    failure = make_plan(lambda: LostError("the connection is lost"))
    wait = psycopg.Connection.wait

    def wait_failing(connection: Any, gen: Any, *args: Any, **more: Any) -> Any:
        asked, result = list[Any](), list[Any]()
        gen = watch(gen, asked, result)
        try:
            return failure.call("wait", partial(wait, connection, gen, *args, **more))
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
def refuse_in_postgres(patch: pytest.MonkeyPatch) -> Iterator[FaultPlan]:
    """Lend a failure of all psycopg statements: the server refuses one, as on a full disk.

    A transaction that it is in is broken from then on, to its last savepoint.
    """
    failure = make_plan(lambda: psycopg.errors.DiskFull("the disk is full"))
    execute, executemany = psycopg.Cursor.execute, psycopg.Cursor.executemany

    def refuse(function: Callable[..., Any], cursor: Any, *args: Any, **more: Any) -> Any:
        try:
            return failure.call("call", partial(function, cursor, *args, **more))
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
}
