"""The store over a database of Django's: inside `atomic` a part of it, outside a block of its own.

It holds no connection. Each call uses this thread's connection of the alias, as models do. A child
that inherits an open SQLite file believes in locks that it does not hold, even for connections that
it opens itself, and its parent deletes the log under it. So it closes those of all threads that its
parent had.
"""

import os
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.signals import connection_created
from django.utils.connection import ConnectionDoesNotExist

from phananh.errors import InputError, SchemaError, StoreError, short_repr
from phananh.stores.base import Capability
from phananh.stores.sql.dialect import Dialect, LostRaceError, Select, make_select
from phananh.stores.sql.dialects.mariadb import MariadbDialect
from phananh.stores.sql.dialects.postgres import PostgresDialect
from phananh.stores.sql.dialects.sqlite import SqliteDialect
from phananh.stores.sql.store import Doing, SqlStore, Work
from phananh.stores.waiting import check_seconds

_EARLY = ("IMMEDIATE", "EXCLUSIVE")


def begins_late(connection: Any) -> bool:
    """Return whether `atomic` takes the write lock of SQLite at its first write only."""
    mode = str(connection.settings_dict["OPTIONS"].get("transaction_mode") or "").upper()
    return connection.vendor == "sqlite" and mode not in _EARLY


def is_in_transaction(connection: Any) -> bool:
    """Return whether the caller has to commit: in `atomic`, or without autocommit."""
    is_open = connection.connection is not None
    commits = connection.autocommit if is_open else connection.settings_dict["AUTOCOMMIT"]
    return bool(connection.in_atomic_block or not commits)


_DIALECTS: dict[str, Callable[..., Dialect]] = {
    "mysql": MariadbDialect,
    "postgresql": PostgresDialect,
    "sqlite": SqliteDialect,
}
_OPENED: "weakref.WeakSet[Any]" = weakref.WeakSet()  # the connections of all threads
_LEFT_TO_PARENT: list[Any] = []  # kept, for a driver says goodbye to the server when it forgets


def connect(using: str) -> Any:
    """Return this thread's connection of an alias, without opening it.

    Raises:
        InputError: DATABASES has no such alias.
    """
    try:
        return connections[using]
    except ConnectionDoesNotExist:
        given, known = short_repr(using), tuple(connections)
        raise InputError(field="using", code="unknown_value", value=given, known=known) from None


def _leave_to_parent() -> None:
    """Let a process that was forked open connections of its own: two would talk over one."""
    for connection in list(_OPENED):
        driver, is_file = connection.connection, connection.vendor == "sqlite"
        if driver is None or connection.in_atomic_block:
            continue
        if is_file and connection.is_in_memory_db():
            continue
        if is_file:
            driver.close()
        else:
            pools = getattr(connection, "_connection_pools", {})  # whose threads are not forked
            _LEFT_TO_PARENT.extend((driver, pools.pop(connection.alias, None)))
        connection.connection = None


def _note(connection: Any, **_: object) -> None:
    _OPENED.add(connection)


connection_created.connect(_note)
if hasattr(os, "register_at_fork"):  # not on Windows, which cannot fork
    os.register_at_fork(after_in_child=_leave_to_parent)


def name_database(connection: Any) -> str:
    """Return how errors name a database: by its alias, without its address and password."""
    return f"DATABASES[{connection.alias!r}]"


def find_dialect(connection: Any, timeout: float = 5.0) -> Dialect:
    """Return the dialect of a database, which waits for a lock `timeout` seconds at most.

    Raises:
        InputError: we have no tables for it.
    """
    vendor: str = connection.vendor
    if vendor not in _DIALECTS:
        facts = {"where": name_database(connection), "vendor": vendor, "known": tuple(_DIALECTS)}
        raise InputError(field="using", code="database_unsupported", **facts)
    return _DIALECTS[vendor](mark="%s", **({} if vendor == "sqlite" else {"timeout": timeout}))


ENGINE = (Error, UnicodeError, OverflowError)
"""What Django and the drivers raise, and a caller sees as the cause of a StoreError."""


class DjangoSession:
    """A cursor of Django's as the statements of a store see it."""

    def __init__(self, cursor: Any) -> None:
        """Take the cursor. Its transaction is the caller's."""
        self._cursor = cursor

    def execute(self, statement: str, values: Sequence[Any], /) -> Any:
        """Run a statement with its values."""
        self._cursor.execute(statement, values)
        return self._cursor

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]], /) -> Any:
        """Run a statement once for each row."""
        self._cursor.executemany(statement, rows)
        return self._cursor


class DjangoStore(SqlStore):
    """Histories in the tables that `manage.py migrate` made in a database of the project.

    Inside `transaction.atomic` an act is a savepoint: the caller's commit keeps it, and a
    rollback undoes it. Outside of it an act is durable when it returns.

    Example:
        >>> Desk(store=DjangoStore()).count()  # doctest: +SKIP
        0
    """

    def __init__(self, using: str = DEFAULT_DB_ALIAS, *, timeout: float = 5.0) -> None:
        """Take the alias of a database in DATABASES, without opening it.

        `timeout` is how many seconds an act waits for another writer. On SQLite the driver
        waits, and so `timeout` in the OPTIONS of the database counts.

        Raises:
            InputError: no such alias, or a database of an unknown engine.
        """
        connection = connect(using)
        seconds = check_seconds(timeout, field="timeout")
        self.dialect = find_dialect(connection, seconds)
        self.using, self._where = using, name_database(connection)
        if self.dialect.name == "sqlite":  # as the driver's own option says
            seconds = float(connection.settings_dict["OPTIONS"].get("timeout", 5.0))
        self._seconds = seconds

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract, durable as far as its settings are."""
        offered: set[Capability] = {
            "durable", "multi_process", "external_transaction", "sql_reports", "lists",
        }  # fmt: skip
        return frozenset(offered if self.dialect.name == "sqlite" else {*offered, "multi_machine"})

    @property
    def _tries(self) -> int:  # type: ignore[override]  # it is another at each call
        return 1 if is_in_transaction(connect(self.using)) else 5

    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        # What fails on PostgreSQL ends the transaction, unless it was in a savepoint.
        is_ended = self.dialect.name == "postgresql" and is_in_transaction(connect(self.using))
        lent = self._cursor(lambda: {"doing": doing}, in_transaction=is_ended, is_read=True)
        with lent as cursor:
            cursor.execute(statement, values)
            rows: Sequence[Any] = cursor.fetchall()
            return rows

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        with self._cursor(doing, in_transaction=True) as cursor:
            work(DjangoSession(cursor))

    @contextmanager
    def _cursor(
        self, doing: Callable[[], Doing], *, in_transaction: bool, is_read: bool = False
    ) -> Iterator[Any]:
        """Lend a cursor, and raise Django's errors as those of a store.

        A read loses no race, but a snapshot of the caller's may refuse it.
        """
        connection = connect(self.using)
        try:
            with (
                transaction.atomic(self.using) if in_transaction else nullcontext(),
                connection.cursor() as cursor,
            ):
                self._check_once(make_select(DjangoSession(cursor)))
                yield cursor
        except ENGINE as error:
            _drop_broken(connection)
            cause = error.__cause__ or error
            if self.dialect.is_lost_race(cause) and not is_read and not _is_undone(connection):
                raise LostRaceError from error.__cause__
            raise self._name(error, connection, **doing()) from error

    def _name(self, error: BaseException, connection: Any, **doing: Any) -> StoreError:
        """Return the StoreError for an error of Django's, which has the driver's as its cause."""
        cause, where = error.__cause__ or error, self._where
        if _is_undone(connection) and self.dialect.is_lost_race(cause):
            return StoreError(where=where, code="transaction_undone", **doing)
        found = self._explain(cause, **doing)
        if found.code != "busy":
            return found
        if connection.in_atomic_block and begins_late(connection):
            return StoreError(where=where, code="atomic_began_late", **doing)
        seconds = f"{self._seconds:g}"
        return StoreError(where=where, code="database_busy", seconds=seconds, **doing)

    def _check_schema(self, select: Select) -> None:
        try:
            super()._check_schema(select)
        except SchemaError as error:
            facts = {"found": error.found, "needed": error.needed}
            code, where = "tables_not_migrated", self._where
            raise SchemaError(doing="opening", where=where, code=code, **facts) from None

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case. SQLite's log is emptied too, outside of `atomic`.

        Raises:
            StoreError: a reader kept the old bytes in the log. Erase again when it is done.
        """
        super().erase(case, at=at)
        if self.dialect.name == "sqlite" and not is_in_transaction(connect(self.using)):
            doing = "erasing"
            ((busy, *_),) = self._select(doing, "pragma wal_checkpoint(truncate)", ())
            if busy:
                raise StoreError(where=self._where, doing=doing, code="log_in_use")

    def close(self) -> None:
        """Leave the connections open: they belong to Django."""


def _drop_broken(connection: Any) -> None:
    """Let Django drop a connection that the server has closed: the next call opens one.

    It does so by itself only between requests. A transaction of the caller's is left alone.
    """
    is_broken = connection.errors_occurred and not connection.in_atomic_block
    if is_broken and connection.autocommit:
        connection.close_if_unusable_or_obsolete()


def _is_undone(connection: Any) -> bool:
    """Return whether the engine undid the whole transaction, so Django ends the block."""
    return bool(connection.in_atomic_block and connection.needs_rollback)
