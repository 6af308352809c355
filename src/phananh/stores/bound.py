"""The SQLite store inside a transaction of the application: a SAVEPOINT, and no commit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from phananh.errors import InputError, StoreError
from phananh.stores.base import Capability
from phananh.stores.engine import engine_error
from phananh.stores.histories import Histories

_WHERE = "the application's connection"


class BoundStore(Histories):
    """A store that records with the caller's commit, and is undone with its rollback.

    Erasing leaves old bytes in the log until the application checkpoints it.
    """

    capabilities: frozenset[Capability] = frozenset({"external_transaction", "sql_reports"})

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take the connection; it must be in a transaction at each call."""
        self._connection: sqlite3.Connection | None = connection

    @contextmanager
    def _reading(self, doing: str) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        if connection is None:
            raise StoreError(doing=doing, where=_WHERE, problem="the bound store was closed")
        if not connection.in_transaction:
            raise InputError(
                field="connection",
                problem="is in no transaction, so what is recorded could not be undone with it",
                way_out='execute "begin immediate" first, or connect with autocommit=False',
            )
        try:
            yield connection
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            raise engine_error(error, doing, _WHERE, 0) from error

    @contextmanager
    def _writing(self, doing: str) -> Iterator[sqlite3.Connection]:
        with self._reading(doing) as connection:
            connection.execute("savepoint phananh")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:  # a full disk has undone all of it already
                    connection.execute("rollback to phananh")
                    connection.execute("release phananh")
                raise
            connection.execute("release phananh")

    def close(self) -> None:
        """Let go of the connection, without closing it."""
        self._connection = None
