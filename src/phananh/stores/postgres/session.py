"""A psycopg connection as the statements of a store see it, and how long it waits for a reply."""

import time
from collections.abc import Generator, Iterable, MutableSequence, Sequence
from typing import Any

import psycopg
from psycopg.rows import TupleRow, tuple_row

ENGINE = (psycopg.Error, UnicodeError, OverflowError)
"""What the driver raises, and a caller sees as the cause of a StoreError."""

_NOT_REPLICATED = "01000"


class ReplyTimeoutError(psycopg.OperationalError):
    """The server did not answer in time. The statement is perhaps done."""


class NotReplicatedError(psycopg.OperationalError):
    """The wait for the replica was cancelled: the commit is done, but a failover may lose it."""


class BoundedConnection(psycopg.Connection[TupleRow]):
    """A connection that waits for a reply no longer than `reply_timeout` seconds.

    A server that is reached, and hangs, keeps a client waiting for ever otherwise.
    """

    reply_timeout: float | None = None
    _is_in_doubt: bool = False

    @classmethod
    def connect(  # type: ignore[override]  # one option more than the driver's
        cls, conninfo: str = "", *, refusals: MutableSequence[psycopg.Error], **options: Any
    ) -> "BoundedConnection":
        """Connect, and add the error if that fails: a pool keeps it to itself."""
        try:
            made = super().connect(conninfo, **options)
        except psycopg.Error as error:
            refusals.append(error)
            raise
        refusals.clear()
        return made

    def watch_replication(self) -> None:
        """Listen for the notice that a commit is on this server alone."""

        def listen(said: psycopg.errors.Diagnostic) -> None:
            if said.sqlstate == _NOT_REPLICATED:
                self._is_in_doubt = True

        self.add_notice_handler(listen)

    def check_replicated(self) -> None:
        """Raise NotReplicatedError if the wait for a replica was cancelled since the last time."""
        if self._is_in_doubt:
            self._is_in_doubt = False
            raise NotReplicatedError("the commit is on the primary, and perhaps on no replica")

    def wait(self, gen: Generator[Any, Any, Any], *given: Any, **options: Any) -> Any:
        """Wait with the driver, and close the connection if in vain."""
        if self.reply_timeout is None:
            return super().wait(gen, *given, **options)
        return super().wait(_limit(gen, self, self.reply_timeout), *given, **options)


def _limit(
    gen: Generator[Any, Any, Any], connection: BoundedConnection, seconds: float
) -> Generator[Any, Any, Any]:
    """Pass on the requests of a generator, until the time is over."""
    end = time.monotonic() + seconds
    try:
        asked = next(gen)
        while True:
            ready = yield asked
            if not ready and time.monotonic() > end:
                connection.pgconn.finish()
                raise ReplyTimeoutError(f"no reply within {seconds:g} s")
            asked = gen.send(ready)
    except StopIteration as done:
        return done.value


class PsycopgSession:
    """A session that a store runs its statements on."""

    __slots__ = ("_connection", "transaction")

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """Take the connection."""
        self._connection = connection
        self.transaction = connection.transaction

    def execute(self, statement: str, values: Sequence[Any], /) -> psycopg.Cursor[TupleRow]:
        """Run a statement with its values."""
        cursor = self._connection.cursor(row_factory=tuple_row)
        return cursor.execute(statement, values)

    def executemany(
        self, statement: str, rows: Sequence[Sequence[Any]], /
    ) -> psycopg.Cursor[TupleRow]:
        """Run a statement once for each row, without waiting for each."""
        cursor = self._connection.cursor(row_factory=tuple_row)
        cursor.executemany(statement, rows)
        return cursor

    def copy_rows(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Send rows by COPY."""
        cursor = self._connection.cursor()
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
