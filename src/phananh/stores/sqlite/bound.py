"""The SQLite store inside a transaction of the application: a SAVEPOINT, and no commit."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from phananh.errors import InputError, InputTypeError, StoreError, short_repr
from phananh.stores.base import Capability
from phananh.stores.sql.session import LostRaceError, Take, fetch_all
from phananh.stores.sql.store import Doing, SqlStore, Work
from phananh.stores.sqlite.errors import DIALECT, ENGINE, engine_error
from phananh.stores.sqlite.reading import fetch

WHERE = "connection"  # the name of the argument, in both languages


@contextmanager
def read_plainly(connection: sqlite3.Connection) -> Iterator[None]:
    """Read rows as tuples and text as str meanwhile, whatever types the application reads."""
    rows, texts = connection.row_factory, connection.text_factory
    connection.row_factory, connection.text_factory = None, str
    try:
        yield
    finally:
        connection.row_factory, connection.text_factory = rows, texts


def _run_in_savepoint(connection: sqlite3.Connection, work: Work) -> None:
    connection.execute("savepoint phananh")
    try:
        work(connection)
    except BaseException:
        if connection.in_transaction:  # a full disk has undone all of it already
            connection.execute("rollback to phananh")
            connection.execute("release phananh")
        raise
    connection.execute("release phananh")


class BoundStore(SqlStore):
    """A store that records with the caller's commit, and is undone with its rollback.

    Erasing leaves old bytes in the log until the application checkpoints it.
    """

    dialect = DIALECT
    capabilities: frozenset[Capability] = frozenset(
        {"external_transaction", "sql_reports", "lists"}
    )
    _tries = 1  # again is for the caller to say, who may have to begin the transaction anew

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take the connection. It must be in a transaction at each call.

        Raises:
            InputTypeError: it is no connection, such as a path.
        """
        if not isinstance(getattr(connection, "in_transaction", None), bool):
            given = short_repr(connection)
            raise InputTypeError(field="connection", code="not_a_connection", value=given)
        self._connection: sqlite3.Connection | None = connection

    def require_transaction(self, **doing: Any) -> sqlite3.Connection:
        """Return the connection, or refuse one that is in no transaction."""
        connection = self._connection
        if connection is None:
            raise StoreError(where=WHERE, code="bound_store_closed", **doing)
        if not connection.in_transaction:
            raise InputError(field="connection", code="lacks_transaction")
        return connection

    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        try:
            connection = self.require_transaction(doing=doing)
            with read_plainly(connection):
                return fetch(connection, statement, values, take)
        except ENGINE as error:
            raise engine_error(error, WHERE, 0, doing=doing) from error

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        connection = self.require_transaction(**doing())
        try:
            with read_plainly(connection):
                _run_in_savepoint(connection, work)
        except ENGINE as error:
            if DIALECT.is_lost_race(error):
                raise LostRaceError from error
            raise engine_error(error, WHERE, 0, **doing()) from error

    def close(self) -> None:
        """Drop the connection, without closing it."""
        self._connection = None
