"""Histories in the database of an application: SQLite, PostgreSQL or MariaDB by its own engine.

The application makes the engine, and so decides on pool, driver and settings. A store takes a
connection for each call and gives it back. Inside a transaction of the application use `bound`.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session, scoped_session

from phananh.errors import CorruptError, StoreError
from phananh.stores.base import Capability
from phananh.stores.sql.migrations import Phases
from phananh.stores.sql.replication import watch_replication
from phananh.stores.sql.schema import schema_sql
from phananh.stores.sql.session import Take, fetch_all
from phananh.stores.sql.store import Doing, SqlStore, Work
from phananh.stores.sqlalchemy.bound import BoundStore
from phananh.stores.sqlalchemy.engines import (
    describe,
    driver_of,
    forget_parent,
    is_in_memory,
    is_in_transaction,
    process_of,
    require_commit,
    require_kind,
)
from phananh.stores.sqlalchemy.errors import refuse_lost_read, translate_errors
from phananh.stores.sqlalchemy.session import ConnectionSession, check_schema
from phananh.stores.waiting import check_seconds, count_wait, forget_wait, time_left


class SqlalchemyStore(SqlStore):
    """Histories in the database of an engine. `migrate` makes the tables.

    Threads may share it, as they share the engine. Closing it leaves the engine as it is.
    """

    def __init__(self, engine: Engine, *, timeout: float = 5.0, check_schema: bool = True) -> None:
        """Take the engine. The first call connects.

        Args:
            engine: of SQLite (pysqlite), PostgreSQL (psycopg) or MariaDB (PyMySQL, mysqlclient,
                MariaDB's own).
            timeout: seconds to wait for another writer. On SQLite the driver waits, and so its
                own limit counts: `connect_args={"timeout": 5}`.
            check_schema: False lets the tables be of another schema, to `migrate` them.

        Raises:
            InputError: no engine, or of a database or driver that is not known.
        """
        kind = require_kind(engine)
        self._timeout = check_seconds(timeout, field="timeout")
        self.dialect = kind.make_dialect(engine, self._timeout)
        self._where = describe(engine.url)
        self._kind, self._engine = kind, engine
        self._reading, self._writing = kind.isolate(engine)
        self._is_checked = not check_schema
        self._is_closed = False
        self._process = process_of(engine)

    def __repr__(self) -> str:
        """Name the server and the database, and no password."""
        return f"SqlalchemyStore({self._where!r})"

    @property
    def engine(self) -> Engine:
        """The application's engine."""
        return self._engine

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract."""
        alone: set[Capability] = {"multi_process"} if is_in_memory(self._engine) else set()
        return self._kind.capabilities - alone

    def migrate(self, phase: Phases = "all") -> tuple[str, ...]:
        """Bring the tables to what this code needs, and return the names of the steps done.

        MariaDB commits each statement by itself. Steps that were broken off are finished the next
        time.
        """
        self._is_checked = True
        return super().migrate(phase)

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case, also from SQLite's log.

        Raises:
            CorruptError: the data found is erased, but damage may have hidden some.
            StoreError: a reader kept the old bytes in the log. Erase again when it is done.
        """
        try:
            super().erase(case, at=at)
        except CorruptError:
            self._empty_log(case)
            raise
        self._empty_log(case)

    def _empty_log(self, case: str) -> None:
        """Let SQLite write its log into the file: in no transaction, which SQLAlchemy may begin."""
        if not self._kind.has_one_writer:
            return
        doing = {"doing": "erasing_log", "case": case}
        with self._connect(self._writing, lambda: doing) as connection:
            cursor = driver_of(connection).execute("pragma wal_checkpoint(truncate)")
            ((busy, *_),) = cursor.fetchall()
        if busy:
            raise StoreError(where=self._where, code="log_in_use", **doing)

    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        with (
            refuse_lost_read(self.dialect, self._where, doing),
            self._connect(self._reading, lambda: {"doing": doing}) as connection,
        ):
            self._check_once(connection)
            return take(ConnectionSession(connection).execute(statement, values))

    def _run_alone(self, doing: Callable[[], Doing], work: Work) -> None:
        if self._kind.reading is None:  # no connection commits by itself
            self._transact(doing, work)
            return
        with (
            self._connect(self._reading, doing) as connection,
            watch_replication(driver_of(connection)),
        ):
            self._check_once(connection)
            work(ConnectionSession(connection))

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        with (
            self._connect(self._writing, doing) as connection,
            watch_replication(driver_of(connection)),
            connection.begin(),
        ):
            self._begin(connection, doing)
            self._check_once(connection)
            work(ConnectionSession(connection))
        forget_wait()

    def _begin(self, connection: Connection, doing: Callable[[], Doing]) -> None:
        """Begin as the engine wants it, unless the driver has begun."""
        require_commit(connection)
        if is_in_transaction(connection):
            return
        if self._kind.has_one_writer and time_left(self._timeout) <= 0:
            seconds = f"{self._timeout:g}"
            raise StoreError(where=self._where, code="busy", seconds=seconds, **doing())
        with count_wait():
            for statement in self.dialect.begin:
                connection.exec_driver_sql(statement)

    @contextmanager
    def _connect(self, engine: Engine, doing: Callable[[], Doing]) -> Iterator[Connection]:
        if self._is_closed:
            raise StoreError(where=self._where, code="store_closed", **doing())
        if self._process != os.getpid():
            forget_parent(self._engine)
            self._process = os.getpid()
        driver = engine.dialect.loaded_dbapi.Error
        with (
            translate_errors(self.dialect, self._where, doing, driver),
            engine.connect() as connection,
        ):
            yield connection

    def _check_once(self, connection: Connection) -> None:
        """Check the tables at the first use."""
        if not self._is_checked:
            check_schema(connection, self.dialect, self._where)
            self._is_checked = True

    @staticmethod
    @contextmanager
    def bound(
        connection: "Connection | Session | scoped_session[Any]", *, timeout: float = 5.0
    ) -> Iterator[BoundStore]:
        """Lend a store inside the caller's transaction, which the caller commits or rolls back.

        It needs no open store. Inside it works in a savepoint, without a retry: after a StoreError
        begin your transaction anew.

        Raises:
            InputError: neither a Connection nor a Session, or one that would commit each statement
                by itself.
            SchemaError: the database lacks the tables of the library, or has others.
        """
        store = BoundStore(connection, check_seconds(timeout, field="timeout"))
        try:
            yield store
        finally:
            store.close()

    def schema_sql(self, *, since: int = 0) -> str:
        """Return the statements that make the tables, for an application's own migrations.

        `since` is the schema that the tables have. The steps left to do are returned.
        """
        return schema_sql(self.dialect, since=since)

    def close(self) -> None:
        """End the use of this store. The engine and its connections are the application's."""
        self._is_closed = True
