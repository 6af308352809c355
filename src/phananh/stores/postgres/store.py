"""Histories in PostgreSQL: a pool of connections over the statements that all SQL stores share.

No setting stays on a connection, so PgBouncer may lend it for one transaction at a time. The store
waits for a server that goes away, and then repeats the act if a command id shows whether it was
recorded.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any, TypeVar

import psycopg
from psycopg import IsolationLevel, conninfo
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from phananh.errors import DuplicateError, StoreError
from phananh.stores.base import Capability, Change, check_limit
from phananh.stores.postgres.address import check_name, describe
from phananh.stores.postgres.bound import BoundStore
from phananh.stores.postgres.locks import ThreadLock
from phananh.stores.postgres.retrying import enter_first, wait_for_server
from phananh.stores.postgres.session import ENGINE, BoundedConnection, PsycopgSession
from phananh.stores.sql.dialects.postgres.dialect import PostgresDialect
from phananh.stores.sql.dialects.postgres.tables import IS_AHEAD
from phananh.stores.sql.dialects.refusals import find_refusal, tell
from phananh.stores.sql.errors import driver_error
from phananh.stores.sql.migrations import Phases
from phananh.stores.sql.schema import check_state, read_state, schema_sql
from phananh.stores.sql.session import LostRaceError, Take, fetch_all
from phananh.stores.sql.store import Doing, SqlStore, Work
from phananh.stores.waiting import check_seconds

T = TypeVar("T")


class PostgresStore(SqlStore):
    """Histories in the PostgreSQL database that `dsn` names. `migrate` makes the tables.

    Threads may share it, and a process that was forked opens its own connections.
    """

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
        self._where = describe(dsn)
        self._timeout = check_seconds(timeout, field="timeout")
        self._reply_timeout = check_seconds(reply_timeout, field="reply_timeout")
        self._retry_for = check_seconds(retry_for, field="retry_for")
        self._pool_size, self._is_prepared = check_limit(pool_size), prepare
        self.dialect = PostgresDialect(schema=check_name(schema), timeout=self._timeout)
        self._is_checked = not check_schema
        self._pool: ConnectionPool[BoundedConnection] | None = None
        self._process = os.getpid()
        self._opening = ThreadLock()
        self._is_closed = False
        self._has_connected = False
        self._refusals: deque[psycopg.Error] = deque(maxlen=1)  # why the last try to connect failed

    def __repr__(self) -> str:
        """Name the server and the database, and no password."""
        return f"PostgresStore({self._where!r})"

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract."""
        names: tuple[Capability, ...] = (
            "durable", "multi_process", "multi_machine", "external_transaction", "sql_reports",
            "lists",
        )  # fmt: skip
        return frozenset(names)

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
                if not (tried and self._has_recorded(changes)):
                    raise  # else it was this call, and its answer was lost

        if all(change.commands for change in changes):
            self._wait_for_server(record)
        else:
            record()

    def _has_recorded(self, changes: Sequence[Change]) -> bool:
        """Return whether the histories hold the very events of the changes."""
        return all(
            self.load(change.case)[change.expected : change.row.version] == change.events
            for change in changes
        )

    def migrate(self, phase: Phases = "all") -> tuple[str, ...]:
        """Bring the tables to what this code needs, and return the names of the steps done.

        A database that was restored from a dump needs it too: see `check_schema` in the errors.
        """
        self._is_checked = True
        return super().migrate(phase)

    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        def read() -> Any:
            try:
                with self._borrow(lambda: {"doing": doing}) as session:
                    return take(session.execute(statement, values))
            except LostRaceError as lost:  # SERIALIZABLE, or a replica: there was none to win
                cause = lost.__cause__ or lost
                raise driver_error(cause, self.dialect, self._where, doing=doing) from cause

        return self._wait_for_server(read)

    def _run_alone(self, doing: Callable[[], Doing], work: Work) -> None:
        with self._borrow(doing) as session:
            work(session)

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        with self._borrow(doing) as session, session.transaction():
            work(session)

    @contextmanager
    def _borrow(self, doing: Callable[[], Doing]) -> Iterator[PsycopgSession]:
        """Lend a connection, translate the driver's errors, and drop a broken connection."""
        try:
            with ExitStack() as lent:
                connection = self._enter(lent)
                yield PsycopgSession(connection)
                connection.check_replicated()
        except PoolTimeout as error:
            raise self._no_connection_error(doing) from error
        except PoolClosed as error:
            raise self._error("store_closed", doing) from error
        except ENGINE as error:
            if self.dialect.is_lost_race(error):
                raise LostRaceError from error
            raise driver_error(
                error, self.dialect, self._where, seconds=self._timeout, **doing()
            ) from error

    def _enter(self, lent: ExitStack) -> BoundedConnection:
        pool = self._open()
        if self._has_connected:
            found = lent.enter_context(pool.connection())
        else:
            found = enter_first(lent, pool, seconds=self._timeout, refusals=self._refusals)
        self._check_once(found)
        return found

    def _no_connection_error(self, doing: Callable[[], Doing]) -> StoreError:
        """Return the error for a pool that gave none, with what the server said, if it did."""
        seconds, said = f"{self._timeout:g}", self._refusals.pop() if self._refusals else None
        if said is None:
            return self._error("pool_timeout", doing, seconds=seconds)
        if find_refusal(said) is not None:
            return driver_error(said, self.dialect, self._where, **doing())
        return self._error("no_connection", doing, seconds=seconds, cause=tell(said))

    def _error(self, code: str, doing: Callable[[], Doing], **facts: Any) -> StoreError:
        return StoreError(where=self._where, code=code, **facts, **doing())

    def _wait_for_server(self, call: Callable[[], T]) -> T:
        return wait_for_server(call, seconds=self._retry_for, between=self._discard_broken)

    def _discard_broken(self) -> None:
        """Let the pool look at its idle connections, as the server broke more than one."""
        if self._pool is not None and not self._is_closed:
            self._pool.check()

    def _open(self) -> "ConnectionPool[BoundedConnection]":
        """Return the pool of this process. That of its parent is left alone, with its threads."""
        with self._opening:
            if self._is_closed:
                raise PoolClosed("closed")
            if self._pool is None or self._process != os.getpid():
                self._pool, self._process = self._make_pool(), os.getpid()
        return self._pool

    def _make_pool(self) -> "ConnectionPool[BoundedConnection]":
        options = {
            "autocommit": True,
            "prepare_threshold": 5 if self._is_prepared else None,
            "connect_timeout": max(2, round(self._timeout)),
            "application_name": "phananh",
            "refusals": self._refusals,
            **conninfo.conninfo_to_dict(self._dsn),
            "client_encoding": "utf8",  # whatever the environment or the database has
        }
        return ConnectionPool(
            "",
            connection_class=BoundedConnection,
            kwargs=options,
            min_size=0,
            max_size=self._pool_size,
            timeout=self._timeout,
            configure=self._configure,
            reconnect_timeout=self._timeout,
            open=True,
        )

    def _configure(self, connection: BoundedConnection) -> None:
        self._has_connected, connection.reply_timeout = True, self._reply_timeout
        # What a transaction waited for it has to see, whatever the default of the database is.
        connection.isolation_level = IsolationLevel.READ_COMMITTED
        connection.watch_replication()

    def _check_once(self, connection: BoundedConnection) -> None:
        """Check the tables at the first use."""
        if self._is_checked:
            return
        session = PsycopgSession(connection)

        def select(statement: str, values: Sequence[Any]) -> Any:
            return session.execute(statement, values).fetchall()

        check_state(read_state(select, self.dialect), self.dialect, self._where)
        if select(self.dialect.say(IS_AHEAD), ()):
            raise StoreError(doing="opening", where=self._where, code="feed_restored")
        self._is_checked = True

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
        dialect = PostgresDialect(schema=check_name(schema), timeout=seconds)
        store = BoundStore(connection, dialect)
        store.check_schema()
        try:
            yield store
        finally:
            store.close()

    @staticmethod
    def schema_sql(*, since: int = 0, schema: str = "") -> str:
        """Return the statements that make the tables, for an application's own migrations.

        `since` is the schema that the tables have. The steps left to do are returned.
        """
        return schema_sql(PostgresDialect(schema=check_name(schema)), since=since)

    def close(self) -> None:
        """Close the connections. Threads in a call finish it first."""
        with self._opening:
            self._is_closed = True
            pool, self._pool = self._pool, None
        if pool is not None and self._process == os.getpid():
            pool.close()
