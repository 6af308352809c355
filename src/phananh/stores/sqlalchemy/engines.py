"""The SQL of an engine, its capabilities, and how its transactions are opened."""

import os
from collections.abc import Callable
from typing import Any

import attrs
from sqlalchemy import URL, Connection, Engine, QueuePool

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.stores.base import Capability
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.dialects.mariadb.dialect import MariadbDialect
from phananh.stores.sql.dialects.postgres.dialect import PostgresDialect
from phananh.stores.sql.dialects.sqlite.dialect import SqliteDialect

_IMPORTED_IN = os.getpid()
_MARKS = {"qmark": "?", "format": "%s", "pyformat": "%s"}
_ANY: frozenset[Capability] = frozenset(
    {"multi_process", "external_transaction", "sql_reports", "lists"}
)


@attrs.frozen(kw_only=True)
class Kind:
    """The kind of an engine: its SQL, and the isolation under which it reads and writes.

    If an isolation costs no round trip, SQLAlchemy sets it, else `Dialect.begin` does.
    """

    dialect: Callable[..., Dialect]
    drivers: tuple[str, ...]
    capabilities: frozenset[Capability]
    reading: str | None = None
    writing: str | None = None
    has_one_writer: bool = False

    def make_dialect(self, engine: Engine, timeout: float) -> Dialect:
        """Return the SQL of an engine, with the marks of its driver."""
        options = {} if self.dialect is SqliteDialect else {"timeout": timeout}
        return self.dialect(mark=_MARKS[engine.dialect.paramstyle], **options)

    def isolate(self, engine: Engine) -> tuple[Engine, Engine]:
        """Return the engine for reading and the one for writing, which share its pool."""
        reading, writing = (
            engine.execution_options(isolation_level=level) if level else engine
            for level in (self.reading, self.writing)
        )
        return reading, writing


_SERVER: frozenset[Capability] = _ANY | {"durable", "multi_machine"}
_MARIADB = Kind(
    dialect=MariadbDialect,
    drivers=("pymysql", "mysqldb", "mariadbconnector"),
    capabilities=_SERVER,
)
_KINDS = {
    "sqlite": Kind(
        dialect=SqliteDialect, drivers=("pysqlite",), capabilities=_ANY, has_one_writer=True
    ),
    "postgresql": Kind(
        dialect=PostgresDialect,
        drivers=("psycopg",),
        capabilities=_SERVER,
        reading="AUTOCOMMIT",
        writing="READ COMMITTED",
    ),
    "mariadb": _MARIADB,
    "mysql": _MARIADB,  # also what an address that begins with mysql calls a MariaDB
}
_KNOWN = tuple(
    f"{name}+{driver}"
    for name, kind in _KINDS.items()
    if name != "mysql"
    for driver in kind.drivers
)


def require_kind(engine: object) -> Kind:
    """Return the kind of an engine.

    Raises:
        InputError: it is no engine, or one of a database or driver that is not known.
    """
    if not isinstance(engine, Engine):
        raise InputTypeError(field="engine", code="not_an_engine", value=short_repr(engine))
    kind = _KINDS.get(engine.dialect.name)
    if kind is None or engine.driver not in kind.drivers:
        given = f"{engine.dialect.name}+{engine.driver}"
        raise InputError(field="engine", code="unknown_engine", value=given, known=_KNOWN)
    return kind


def describe(url: URL) -> str:
    """Return an address without what could be a password: for errors."""
    # What stands before an @ here is the rest of a password with an @ that nobody escaped.
    host = (url.host or "").rpartition("@")[2]
    server = f"{host}:{url.port}" if url.port else host
    return f"{url.get_backend_name()}://{server}/{url.database or ''}"


def process_of(engine: Engine) -> int:
    """Return the process that may have opened connections of an engine before a store was made.

    A file must not be open in a child at all, so an engine may be that of a parent. Only the
    process in which this module was imported is known to have opened its own.
    """
    return _IMPORTED_IN if engine.dialect.name == "sqlite" else os.getpid()


def forget_parent(engine: Engine) -> None:
    """Let a process that was forked open its own connections, and leave its parent's alone.

    Those to an SQLite file are closed: while one is open, SQLite believes in the locks of the
    parent, and the parent deletes the log under the child. No server hears of it.
    """
    if isinstance(engine.pool, QueuePool):
        engine.dispose(close=engine.dialect.name == "sqlite")


def is_in_memory(engine: Engine) -> bool:
    """Return whether an engine of SQLite has no file."""
    return engine.dialect.name == "sqlite" and engine.url.database in (None, "", ":memory:")


def is_in_transaction(connection: Connection) -> bool:
    """Return whether SQLite's driver has begun a transaction. Others do it by themselves."""
    return bool(getattr(driver_of(connection), "in_transaction", False))


def is_autocommitting(driver: Any) -> bool:
    """Return whether a driver's connection commits each statement by itself.

    PyMySQL and mysqlclient have a method for it, others an attribute.
    """
    ask = getattr(driver, "get_autocommit", None)
    return bool(ask()) if ask else getattr(driver, "autocommit", None) is True


def require_commit(connection: Connection) -> None:
    """Refuse a SQLite driver with a `commit` without effect, as all work would be undone.

    It is made by `connect_args={"autocommit": True}`, in Python 3.12 and later.
    """
    if connection.dialect.name == "sqlite" and is_autocommitting(driver_of(connection)):
        raise InputError(field="engine", code="commits_each_statement")


def driver_of(connection: Connection) -> Any:
    """Return the connection of the driver."""
    return connection.connection.driver_connection
