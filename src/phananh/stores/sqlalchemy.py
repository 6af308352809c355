"""Histories in the database of an application: SQLite, PostgreSQL or MariaDB by its own engine.

The application makes the engine, and so decides on pool, driver and settings. A store takes a
connection for each call and gives it back. Inside a transaction of the application use `bound`.
Errors leave out statements and their values: they hold personal data.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Engine, QueuePool, create_engine, exc
from sqlalchemy.orm import Session, scoped_session

from phananh.errors import InputError, InputTypeError, StoreError, short_repr
from phananh.stores.base import Capability
from phananh.stores.passwords import hide_passwords, tell
from phananh.stores.sql.dialect import Dialect, LostRaceError, make_select
from phananh.stores.sql.dialects.mariadb import MariadbDialect
from phananh.stores.sql.dialects.postgres import PostgresDialect
from phananh.stores.sql.dialects.sqlite import SqliteDialect
from phananh.stores.sql.schema import schema_sql
from phananh.stores.sql.store import (
    BoundSqlStore,
    Doing,
    SqlStore,
    Work,
)
from phananh.stores.waiting import check_seconds

ENGINE = (exc.SQLAlchemyError, UnicodeError, OverflowError)
"""What SQLAlchemy raises, and a caller sees as the cause of a StoreError."""

_IMPORTED_IN = os.getpid()
_MARKS = {"qmark": "?", "format": "%s", "pyformat": "%s"}
_ANY: frozenset[Capability] = frozenset(
    {"multi_process", "external_transaction", "sql_reports", "lists"}
)
_PACKAGES = {"MySQLdb": "mysqlclient", "psycopg": "psycopg[binary]"}  # where the name is another
_CHECKED = "phananh_tables_checked"


_MARIADB = (MariadbDialect, ("pymysql", "mysqldb", "mariadbconnector"))
_KINDS: dict[str, tuple[Callable[..., Dialect], tuple[str, ...]]] = {
    "sqlite": (SqliteDialect, ("pysqlite",)),
    "postgresql": (PostgresDialect, ("psycopg",)),
    "mariadb": _MARIADB,
    "mysql": _MARIADB,  # also what an address that begins with mysql calls a MariaDB
}
_KNOWN = tuple(
    f"{name}+{driver}"
    for name, (_, drivers) in _KINDS.items()
    if name != "mysql"
    for driver in drivers
)


def make_dialect(engine: object, timeout: float) -> Dialect:
    """Return the SQL of an engine, with the marks of its driver.

    Raises:
        InputError: it is no engine, or one of a database or driver that is not known.
    """
    if not isinstance(engine, Engine):
        raise InputTypeError(field="engine", code="not_an_engine", value=short_repr(engine))
    name = engine.dialect.name
    dialect, drivers = _KINDS.get(name, (SqliteDialect, ()))
    if engine.driver not in drivers:
        given = f"{name}+{engine.driver}"
        raise InputError(field="engine", code="unknown_engine", value=given, known=_KNOWN)
    options = {} if name == "sqlite" else {"timeout": timeout}
    return dialect(mark=_MARKS[engine.dialect.paramstyle], **options)


class ConnectionSession:
    """A connection of SQLAlchemy as the statements of a store see it, handed to its driver."""

    __slots__ = ("_connection", "_run")

    def __init__(self, connection: Connection) -> None:
        """Take the connection."""
        self._connection = connection
        self._run = connection.exec_driver_sql

    def execute(self, statement: str, values: Sequence[Any], /) -> CursorResult[Any]:
        """Run a statement with its values."""
        return self._run(statement, tuple(values))

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]], /) -> CursorResult[Any]:
        """Run a statement once for each row."""
        return self._run(statement, [tuple(row) for row in rows])


class _EngineStore(SqlStore):
    """What a store with an engine and one with a connection share: errors, and the check."""

    @contextmanager
    def _translate_errors(
        self,
        doing: Callable[[], Doing],
        *driver: type[Exception],
        is_read: bool = False,
    ) -> Iterator[None]:
        """Raise errors from inside as those of a store, with the driver's own as the cause.

        `driver` is the class of the driver's errors, where SQLAlchemy may let one pass: it sets up
        a connection that it lends without wrapping what that raises. A read loses no race, but
        under SERIALIZABLE and on a replica the server may give it up.
        """
        start = time.monotonic()
        known: tuple[type[Exception], ...] = (*ENGINE, *driver)
        try:
            yield
        except known as error:
            cause = getattr(error, "orig", None) or error
            if not is_read and self.dialect.is_lost_race(cause):
                raise LostRaceError from cause
            raise self._name(error, round(time.monotonic() - start, 1), **doing()) from cause

    def _name(self, error: Exception, seconds: float, **doing: Any) -> StoreError:
        where = self._where
        if isinstance(error, exc.TimeoutError):
            return StoreError(where=where, code="pool_timeout", seconds=f"{seconds:g}", **doing)
        if isinstance(error, exc.DBAPIError) and error.orig is not None:
            if error.connection_invalidated and self.dialect.explain(error.orig) is None:
                cause = tell(error.orig) or "-"
                return StoreError(where=where, code="server_gone", cause=cause, **doing)
            return self._explain(error.orig, seconds=seconds, **doing)
        if isinstance(error, exc.SQLAlchemyError):
            return StoreError(where=where, problem=type(error).__name__, **doing)
        return self._explain(error, **doing)


class SqlalchemyStore(_EngineStore):
    """Histories in the database of an engine. `migrate` makes the tables.

    Threads may share it, as they share the engine. Closing it leaves the engine as it is.

    Example:
        >>> from sqlalchemy import create_engine
        >>> store = SqlalchemyStore(create_engine("sqlite:///office.db"))
        >>> steps = store.migrate()
        >>> Desk(store=store).count()
        0
    """

    _owns_engine: bool = False  # made of a URL for this store alone

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
        self._timeout = check_seconds(timeout, field="timeout")
        self.dialect = make_dialect(engine, self._timeout)
        self._where = _describe(engine.url)
        self._engine = self._reading = self._writing = engine
        if self.dialect.name == "postgresql":  # which costs no round trip
            self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
            self._writing = engine.execution_options(isolation_level="READ COMMITTED")
        self._is_file = engine.dialect.name == "sqlite"
        self._is_checked = not check_schema
        self._is_closed = False
        # The process that may have opened connections of the engine. A file must not be open in a
        # child at all, and only the process of this import is known to have opened its own.
        self._process = _IMPORTED_IN if self._is_file else os.getpid()

    @property
    def engine(self) -> Engine:
        """The application's engine."""
        return self._engine

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract."""
        if not self._is_file:
            return _ANY | {"durable", "multi_machine"}
        is_in_memory = self._engine.url.database in (None, "", ":memory:")
        return _ANY - {"multi_process"} if is_in_memory else _ANY

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case, also from SQLite's log.

        Raises:
            StoreError: a reader kept the old bytes in the log. Erase again when it is done.
        """
        super().erase(case, at=at)
        if not self._is_file:
            return
        doing = {"doing": "erasing_log", "case": case}
        with self._connect(self._writing, lambda: doing) as connection:
            # In no transaction, which SQLAlchemy may begin.
            cursor = _driver_of(connection).execute("pragma wal_checkpoint(truncate)")
            ((busy, *_),) = cursor.fetchall()
        if busy:
            raise StoreError(where=self._where, code="log_in_use", **doing)

    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        with self._connect(self._reading, lambda: {"doing": doing}, is_read=True) as connection:
            self._check_once(make_select(ConnectionSession(connection)))
            return ConnectionSession(connection).execute(statement, values).fetchall()

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        with (
            self._connect(self._writing, doing) as connection,
            connection.begin(),
        ):
            self._begin(connection)
            self._check_once(make_select(ConnectionSession(connection)))
            work(ConnectionSession(connection))

    def _begin(self, connection: Connection) -> None:
        """Begin as the engine wants it, unless the driver has begun.

        `connect_args={"autocommit": True}` makes a SQLite driver whose commit has no effect.
        """
        if self._is_file and _is_autocommitting(_driver_of(connection)):
            raise InputError(field="engine", code="commits_each_statement")
        if _is_in_transaction(connection):
            return
        for statement in self.dialect.begin:
            connection.exec_driver_sql(statement)

    @contextmanager
    def _connect(
        self, engine: Engine, doing: Callable[[], Doing], *, is_read: bool = False
    ) -> Iterator[Connection]:
        if self._is_closed:
            raise StoreError(where=self._where, code="store_closed", **doing())
        if self._process != os.getpid():
            self._forget_parent()
        driver = engine.dialect.loaded_dbapi.Error
        with (
            self._translate_errors(doing, driver, is_read=is_read),
            engine.connect() as connection,
        ):
            yield connection

    def _forget_parent(self) -> None:
        """Open connections of our own after a fork, and leave those of the parent alone.

        Those to an SQLite file are closed: while one is open, SQLite believes in the locks of the
        parent, and the parent deletes the log under the child. No server hears of it.
        """
        if isinstance(self._engine.pool, QueuePool):
            self._engine.dispose(close=self._is_file)
        self._process = os.getpid()

    @staticmethod
    @contextmanager
    def bound(
        connection: "Connection | Session | scoped_session[Any]", *, timeout: float = 5.0
    ) -> Iterator["BoundStore"]:
        """Lend a store inside the caller's transaction, which the caller commits or rolls back.

        It needs no open store. Inside it works in a savepoint, without a retry: after a StoreError
        begin your transaction anew.

        Raises:
            InputError: neither a Connection nor a Session, or one that would commit each statement
                by itself.
            SchemaError: the database lacks the tables of the library, or has others.
        """
        with BoundStore(connection, check_seconds(timeout, field="timeout")) as store:
            yield store

    def schema_sql(self, *, since: int = 0) -> str:
        """Return the statements that make the tables, for an application's own migrations.

        `since` is the schema that the tables have. The steps left to do are returned.
        """
        return schema_sql(self.dialect, since=since)

    def close(self) -> None:
        """End the use of this store. An engine of the application's stays open."""
        self._is_closed = True
        if self._owns_engine:
            self._engine.dispose()


class BoundStore(BoundSqlStore, _EngineStore):
    """A store in a transaction of the application's: a SAVEPOINT, and no commit."""

    def __init__(self, connection: object, timeout: float) -> None:
        """Take a Connection, or a Session and its connection.

        Raises:
            InputError: neither, or of a database or driver that is not known, or one that
                would commit each statement by itself.
            SchemaError: the database lacks the tables of the library, or has others.
        """
        if not isinstance(connection, Connection | Session | scoped_session):
            code, given = "not_a_sqlalchemy_connection", short_repr(connection)
            raise InputTypeError(field="connection", code=code, value=given)
        lent: Any = connection
        is_plain = isinstance(connection, Connection)
        self.dialect = make_dialect((lent if is_plain else lent.get_bind()).engine, timeout)
        doing = {"doing": "binding"}
        with self._translate_errors(lambda: doing):
            self._connection = lent if is_plain else lent.connection()
            found = self._lend(**doing)
            if _is_autocommitting(_driver_of(found)):
                raise InputError(field="connection", code="commits_each_statement")
            if _CHECKED not in found.info:
                self._check_schema(make_select(ConnectionSession(found)))
                found.info[_CHECKED] = True

    def _lend(self, **doing: Any) -> Connection:
        """Return the connection, or refuse one that would commit each statement by itself."""
        connection: Connection = self._require_connection(**doing)
        if self.dialect.name == "sqlite" and not _is_in_transaction(connection):
            raise InputError(field="connection", code="driver_begins_late")
        return connection

    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        with self._translate_errors(lambda: {"doing": doing}, is_read=True):
            connection = self._lend(doing=doing)
            return ConnectionSession(connection).execute(statement, values).fetchall()

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        with self._translate_errors(doing):
            connection = self._lend(**doing())
            savepoint = connection.begin_nested()
            try:
                work(ConnectionSession(connection))
                savepoint.commit()
            except BaseException as error:
                is_lost = self.dialect.is_lost_race(getattr(error, "orig", None) or error)
                if not _undo(savepoint) and is_lost:
                    code, where = "transaction_undone", self._where
                    raise StoreError(where=where, code=code, **doing()) from error
                raise


def _undo(savepoint: Any) -> bool:
    """Roll back to a savepoint, and return whether the caller's own work is still there.

    After a deadlock MariaDB has undone the whole transaction, and SQLite after a full disk. It is
    then ended here too: otherwise the caller's next work would be committed without the work
    before. The same is done if the savepoint could not be released, and cannot be undone by itself.
    """
    is_whole: bool = savepoint.is_active
    try:
        savepoint.rollback()
    except exc.SQLAlchemyError:
        is_whole = False
    transaction = savepoint.connection.get_transaction()
    if not is_whole and transaction is not None:
        transaction.rollback()
    return is_whole


def _describe(url: URL) -> str:
    """Return an address without what could be a password: for errors."""
    # What stands before an @ here is the rest of a password with an @ that nobody escaped.
    host = (url.host or "").rpartition("@")[2]
    server = f"{host}:{url.port}" if url.port else host
    return hide_passwords(f"{url.get_backend_name()}://{server}/{url.database or ''}")


def _driver_of(connection: Connection) -> Any:
    """Return the connection of the driver."""
    return connection.connection.driver_connection


def _is_in_transaction(connection: Connection) -> bool:
    """Return whether SQLite's driver has begun a transaction. Others do it by themselves."""
    return bool(getattr(_driver_of(connection), "in_transaction", False))


def _is_autocommitting(driver: Any) -> bool:
    """Return whether a driver's connection commits each statement by itself.

    PyMySQL and mysqlclient have a method for it, others an attribute.
    """
    ask = getattr(driver, "get_autocommit", None)
    return bool(ask()) if ask else getattr(driver, "autocommit", None) is True


def open_url(url: str, **options: Any) -> SqlalchemyStore:
    """Open the store in the database of a URL of SQLAlchemy. `options` are the store's.

    Raises:
        InputError: no such URL, or its driver is not installed.
    """
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as error:
        name = error.name or "?"
        facts = {"package": _PACKAGES.get(name, name), "cause": str(error)}
        raise InputError(field="store", code="driver_missing", **facts) from error
    except (exc.ArgumentError, exc.NoSuchModuleError, ValueError, TypeError):
        # The words of these may repeat the URL, and a password in it.
        raise InputError(field="store", code="sqlalchemy_url") from None
    store = SqlalchemyStore(engine, **options)
    store._owns_engine = True
    return store
