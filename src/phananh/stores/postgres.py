"""Histories in PostgreSQL: a pool of connections over the statements that all SQL stores share.

No setting stays on a connection, so PgBouncer may lend it for one transaction at a time. The store
waits for a server that goes away, and then repeats the act if a command id shows whether it was
recorded: soon at first, then more seldom, and not for ever. A server that is reached, and hangs,
would keep a client waiting without end: so each wait for a reply is limited too.
"""

import os
import random
import re
import time
from collections.abc import (
    Callable,
    Generator,
    Iterator,
    Sequence,
)
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any, TypeVar

import psycopg
from psycopg import IsolationLevel, conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow, tuple_row
from psycopg.types.numeric import Int8BinaryDumper
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from phananh.errors import DuplicateError, InputError, InputTypeError, StoreError, short_repr
from phananh.stores.base import Capability, Change, check_limit
from phananh.stores.passwords import hide_passwords, tell
from phananh.stores.sql.dialect import LostRaceError, Select, make_select
from phananh.stores.sql.dialects.postgres import IS_AHEAD, PostgresDialect, find_refusal
from phananh.stores.sql.schema import schema_sql
from phananh.stores.sql.store import (
    BoundSqlStore,
    Doing,
    SqlStore,
    Work,
)
from phananh.stores.waiting import check_seconds, is_cancelled

_NAME = re.compile("[a-z_][a-z0-9_]{0,62}")
_PORTS = re.compile("[0-9,]*")
# A second @ before the path, or one in the path: in a URL each would be %40.
_SPLIT = re.compile(r"\w+://([^/?]*@[^/?]*@|[^/?]*/[^?]*@)")


def _describe(dsn: object) -> str:
    """Return a connection string as a name without its password.

    A password with an unescaped `/` or `@` is read by libpq as another part. Such a part is refused
    here, as no error of libpq may show it either.

    Raises:
        InputError: it is no connection string. The driver's own words would repeat it.
    """
    try:
        parts = conninfo.conninfo_to_dict(str(dsn))
    except psycopg.Error:
        raise InputError(field="dsn", code="not_a_dsn") from None
    host, port, name = (str(parts.get(each) or "") for each in ("host", "port", "dbname"))
    if _SPLIT.match(str(dsn)) or not _PORTS.fullmatch(port):
        raise InputError(field="dsn", code="not_a_dsn")
    return hide_passwords(f"postgresql://{host}{':' if port else ''}{port}/{name}")


def _check_name(schema: str) -> str:
    """Return the name of a schema, which is put into statements as it is, or refuse it."""
    if schema and not _NAME.fullmatch(schema):
        raise InputError(field="schema", code="not_a_schema_name", value=short_repr(schema))
    return schema


class NotReplicatedError(Exception):
    """The wait for the replica was cancelled: the commit is done, but a failover may lose it."""


ENGINE = (psycopg.Error, UnicodeError, OverflowError, NotReplicatedError)
"""What the driver raises, and a caller sees as the cause of a StoreError."""


class ReplyTimeoutError(psycopg.OperationalError):
    """The server did not answer in time. The statement is perhaps done."""


class BoundedConnection(psycopg.Connection[TupleRow]):
    """A connection that waits for a reply no longer than `reply_timeout` seconds."""

    reply_timeout: float | None = None
    said: list[str | None]  # the SQLSTATE of each notice since it was lent

    def wait(self, gen: Generator[Any, Any, Any], *given: Any, **options: Any) -> Any:
        """Wait with the driver, and close the connection if in vain."""
        if self.reply_timeout is None:
            return super().wait(gen, *given, **options)
        return super().wait(_limit(gen, self, self.reply_timeout), *given, **options)

    def write(self, work: Work) -> None:
        """Do work that commits, and refuse a commit that was not replicated.

        The server calls it a success, with a warning.
        """
        work(_make_session(self))
        if "01000" in self.said:
            raise NotReplicatedError("the commit is on the primary, and perhaps on no replica")


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


T = TypeVar("T")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
# A server that stops, starts, has no room, or was primary until now.
_AWAY = ("server_gone", "no_connection", "pool_timeout", "server_read_only")


def _wait_for_server(call: Callable[[], T], *, seconds: float, between: Callable[[], object]) -> T:
    """Return the result of a repeatable call, tried again while the server is away.

    `between` is called before each new try.

    Raises:
        StoreError: of the last try that reached the server, as it is perhaps done, else the last.
    """
    start, pause = time.monotonic(), _FIRST_PAUSE
    doubt: StoreError | None = None
    while True:
        try:
            return call()
        except StoreError as error:
            if error.code not in _AWAY:
                raise (doubt or error) from error.__cause__
            doubt = error if error.code == "server_gone" else doubt
            if is_cancelled() or time.monotonic() + pause > start + seconds:
                raise (doubt or error) from error.__cause__
        between()
        time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  # not all at one moment
        pause = min(2 * pause, _LONGEST_PAUSE)


class _SessionCursor(psycopg.Cursor[TupleRow]):
    """A cursor as the statements of a store see it."""

    def executemany(self, statement: Any, rows: Any, /) -> "_SessionCursor":  # type: ignore[override]
        """Run a statement once for each row, without waiting for each."""
        super().executemany(statement, rows)
        return self


def _make_session(connection: "psycopg.Connection[Any]") -> _SessionCursor:
    """Return a cursor that gives tuples, whatever rows the application reads."""
    return _SessionCursor(connection, row_factory=tuple_row)


class BoundStore(BoundSqlStore):
    """A store in a transaction of the application's: a SAVEPOINT, and no commit."""

    def __init__(self, connection: object, dialect: PostgresDialect) -> None:
        """Take the connection. With autocommit it must be in a transaction at each call.

        Raises:
            InputTypeError: it is no connection of psycopg.
        """
        if not isinstance(connection, psycopg.Connection):
            given = short_repr(connection)
            raise InputTypeError(field="connection", code="not_a_psycopg_connection", value=given)
        self.dialect, self._connection = dialect, connection

    def _lend(self, **doing: Any) -> "psycopg.Connection[Any]":
        """Return the connection, or refuse one that would commit each statement."""
        connection: psycopg.Connection[Any] = self._require_connection(**doing)
        if connection.autocommit and connection.info.transaction_status == TransactionStatus.IDLE:
            raise InputError(field="connection", code="lacks_transaction")
        return connection

    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> list[Any]:
        connection = self._lend(doing=doing)
        try:
            return _make_session(connection).execute(statement, values).fetchall()
        except ENGINE as error:
            raise self._explain(error, doing=doing) from error

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        connection = self._lend(**doing())
        session = _make_session(connection)
        try:
            if connection.info.transaction_status == TransactionStatus.IDLE:
                session.execute("select 1")  # which begins it, and leaves it to the caller
            with connection.transaction():
                work(session)
        except ENGINE as error:
            raise self._translate(error, **doing()) from error


class PostgresStore(SqlStore):
    """Histories in the PostgreSQL database that `dsn` names. `migrate` makes the tables.

    Threads may share it, and a process that was forked opens its own connections.

    Example:
        >>> store = PostgresStore("postgresql://office@localhost/cases")
        >>> steps = store.migrate()  # doctest: +SKIP
        >>> desk = Desk(store=store)
    """

    capabilities: frozenset[Capability] = frozenset({
        "durable", "multi_process", "multi_machine", "external_transaction", "sql_reports", "lists",
    })  # fmt: skip

    def __init__(
        self,
        dsn: str,
        *,
        schema: str = "",
        timeout: float = 5.0,
        reply_timeout: float = 30.0,
        retry_for: float = 30.0,
        pool_size: int = 10,
        prepare: bool = True,
        check_schema: bool = True,
    ) -> None:
        """Take the settings. The first call connects.

        Args:
            dsn: a URL or a libpq string. Several hosts with `target_session_attrs=read-write` find
                the primary of a cluster.
            schema: of the tables, by default the first of the connection's `search_path`.
            timeout: seconds to wait for another writer, or for a connection of the pool.
            reply_timeout: seconds to wait for the answer to one statement.
            retry_for: seconds to wait for a server that is away. An act without a command id is not
                tried again, as it is perhaps recorded.
            pool_size: connections at most, each for one thread at a time.
            prepare: False for a PgBouncer before 1.22.
            check_schema: False lets the tables be of another schema, to `migrate` them.

        Raises:
            InputError: no connection string, or no name of a schema.
        """
        self._dsn = dsn
        self._where = _describe(dsn)
        self._timeout = check_seconds(timeout, field="timeout")
        self._reply_timeout = check_seconds(reply_timeout, field="reply_timeout")
        self._retry_for = check_seconds(retry_for, field="retry_for")
        self._pool_size, self._is_prepared = check_limit(pool_size), prepare
        self.dialect = PostgresDialect(schema=_check_name(schema), timeout=self._timeout)
        self._is_checked = not check_schema
        # Of each process: that of a parent is left alone in its child, with its threads.
        self._pools: dict[int, ConnectionPool[BoundedConnection]] = {}
        self._is_closed = False

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none. If the server is away, wait until it is back.

        Raises:
            DuplicateError, CommandReusedError: a command id is known. No change was recorded.
            ConflictError: an expected version is too low or too high. No change was recorded.
            StoreError: the engine failed. The same command id settles what was recorded.
        """
        tries = count()

        def record() -> None:
            tried = next(tries)
            try:
                SqlStore.commit(self, changes)
            except DuplicateError:
                if not tried or any(
                    self.load(each.case)[each.expected : each.row.version] != each.events
                    for each in changes
                ):
                    raise  # else it was this call, and its answer was lost

        if all(change.commands for change in changes):
            self._wait_for_server(record)
        else:
            record()

    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> list[Any]:
        def read(connection: BoundedConnection) -> list[Any]:
            return _make_session(connection).execute(statement, values).fetchall()

        return self._wait_for_server(
            lambda: self._lend(lambda: {"doing": doing}, read, is_read=True)
        )

    def _run_alone(self, doing: Callable[[], Doing], work: Work) -> None:
        self._lend(doing, lambda connection: connection.write(work))

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        def write(connection: BoundedConnection) -> None:
            def run(session: Any) -> None:
                with connection.transaction():
                    work(session)

            connection.write(run)

        self._lend(doing, write)

    def _lend(
        self,
        doing: Callable[[], Doing],
        use: Callable[[BoundedConnection], T],
        *,
        is_read: bool = False,
    ) -> T:
        """Lend a connection, translate the driver's errors, and drop a broken connection.

        A read loses no race, but under SERIALIZABLE and on a replica the server may give it up.
        """
        try:
            pool = self._find_pool(doing)
            connection = pool.getconn()
            try:
                connection.said.clear()
                if not self._is_checked:
                    self._check_once(make_select(_make_session(connection)))
                return use(connection)
            finally:
                pool.putconn(connection)
        except PoolTimeout as error:
            seconds = f"{self._timeout:g}"
            raise self._find_refusal(doing) or StoreError(
                where=self._where, code="pool_timeout", seconds=seconds, **doing()
            ) from error
        except ENGINE as error:
            if not is_read and self.dialect.is_lost_race(error):
                raise LostRaceError from error
            raise self._explain(error, **doing()) from error

    def _explain(self, error: BaseException, **doing: Any) -> StoreError:
        """Return the StoreError for an error of the driver or the pool."""
        if isinstance(error, PoolClosed):
            return StoreError(where=self._where, code="store_closed", **doing)
        if isinstance(error, NotReplicatedError):
            return StoreError(where=self._where, code="not_replicated", **doing)
        return super()._explain(error, seconds=self._timeout, **doing)

    def _wait_for_server(self, call: Callable[[], T]) -> T:
        return _wait_for_server(call, seconds=self._retry_for, between=self._discard_broken)

    def _discard_broken(self) -> None:
        """Let the pool look at its idle connections, as the server broke more than one."""
        pool = self._pools.get(os.getpid())
        if pool is not None and not self._is_closed:
            pool.check()

    def _check_schema(self, select: Select) -> None:
        super()._check_schema(select)
        if select(self.dialect.say(IS_AHEAD), ()):
            raise StoreError(doing="opening", where=self._where, code="feed_restored")

    def _find_refusal(self, doing: Callable[[], Doing]) -> StoreError | None:
        """Return why the server lets nobody connect, or None if it does.

        A pool tries again without a word, whatever the server answers, so it is asked without one.
        """
        try:
            BoundedConnection.connect(**self._list_options()).close()
        except psycopg.Error as error:
            if find_refusal(error) is not None:
                return self._explain(error, **doing())
            facts = {"seconds": f"{self._timeout:g}", "cause": tell(error)}
            return StoreError(where=self._where, code="no_connection", **facts, **doing())
        return None

    def _find_pool(self, doing: Callable[[], Doing]) -> ConnectionPool[BoundedConnection]:
        """Return the pool of this process, opened at its first use."""
        if self._is_closed:
            raise PoolClosed("closed")
        pool = self._pools.get(os.getpid())
        if pool is None:
            refused = self._find_refusal(doing)
            if refused is not None:
                raise refused
            pool = self._pools.setdefault(
                os.getpid(),
                ConnectionPool(
                    "",
                    connection_class=BoundedConnection,
                    kwargs=self._list_options(),
                    min_size=0,
                    max_size=self._pool_size,
                    timeout=self._timeout,
                    configure=self._configure,
                    reconnect_timeout=self._timeout,
                    open=False,
                ),
            )
            pool.open()  # of two threads that come first, one pool stays unopened
        return pool

    def _list_options(self) -> dict[str, Any]:
        return {
            "autocommit": True,
            "prepare_threshold": 5 if self._is_prepared else None,
            "connect_timeout": max(2, round(self._timeout)),
            "application_name": "phananh",
            **conninfo.conninfo_to_dict(self._dsn),
            "client_encoding": "utf8",  # whatever the environment or the database has
        }

    def _configure(self, connection: BoundedConnection) -> None:
        connection.reply_timeout = self._reply_timeout
        # Else each int names the least type that holds it, and a statement has a plan for each.
        connection.adapters.register_dumper(int, Int8BinaryDumper)
        # What a transaction waited for it has to see, whatever the default of the database is.
        connection.isolation_level = IsolationLevel.READ_COMMITTED
        connection.said = []
        connection.add_notice_handler(lambda notice: connection.said.append(notice.sqlstate))

    @staticmethod
    @contextmanager
    def bound(
        connection: "psycopg.Connection[Any]", *, schema: str = "", timeout: float = 5.0
    ) -> Iterator[BoundStore]:
        """Lend a store inside the caller's transaction, which the caller commits or rolls back.

        It needs no open store. Inside it works in a savepoint, without a retry: after a
        ConflictError, or if the server has gone, begin your transaction anew.

        Raises:
            InputError: no connection of psycopg, or one with autocommit in no transaction.
            SchemaError: the database lacks the tables of the library, or has others.
        """
        seconds = check_seconds(timeout, field="timeout")
        dialect = PostgresDialect(schema=_check_name(schema), timeout=seconds)
        with BoundStore(connection, dialect) as store:
            store._check_schema(partial(store._select, "binding"))
            yield store

    @staticmethod
    def schema_sql(*, since: int = 0, schema: str = "") -> str:
        """Return the statements that make the tables, for an application's own migrations.

        `since` is the schema that the tables have. The steps left to do are returned.
        """
        return schema_sql(PostgresDialect(schema=_check_name(schema)), since=since)

    def close(self) -> None:
        """Close the connections. Threads in a call finish it first."""
        self._is_closed = True
        pool = self._pools.pop(os.getpid(), None)
        if pool is not None:
            pool.close()
