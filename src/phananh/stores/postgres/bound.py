"""The PostgreSQL store inside a transaction of the application: a SAVEPOINT, and no commit."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from phananh.errors import InputError, InputTypeError, StoreError, short_repr
from phananh.stores.base import Capability
from phananh.stores.postgres.session import ENGINE, PsycopgSession
from phananh.stores.sql.dialects.postgres.dialect import PostgresDialect
from phananh.stores.sql.errors import driver_error
from phananh.stores.sql.schema import check_state, read_state
from phananh.stores.sql.session import LostRaceError, Take, fetch_all
from phananh.stores.sql.store import Doing, SqlStore, Work

WHERE = "connection"  # the name of the argument, in both languages


class BoundStore(SqlStore):
    """A store that records with the caller's commit, and is undone with its rollback."""

    capabilities: frozenset[Capability] = frozenset(
        {"external_transaction", "sql_reports", "lists"}
    )
    _tries = 1  # again is for the caller to say, who may have to begin the transaction anew

    def __init__(self, connection: object, dialect: PostgresDialect) -> None:
        """Take the connection. With autocommit it must be in a transaction at each call.

        Raises:
            InputTypeError: it is no connection of psycopg.
        """
        if not isinstance(connection, psycopg.Connection):
            given = short_repr(connection)
            raise InputTypeError(field="connection", code="not_a_psycopg_connection", value=given)
        self.dialect, self._where = dialect, WHERE
        self._connection: psycopg.Connection[Any] | None = connection

    def require_transaction(self, **doing: Any) -> "psycopg.Connection[Any]":
        """Return the connection, or refuse one that would commit each statement."""
        connection = self._connection
        if connection is None:
            raise StoreError(where=WHERE, code="bound_store_closed", **doing)
        is_idle = connection.info.transaction_status == TransactionStatus.IDLE
        if connection.autocommit and is_idle:
            raise InputError(field="connection", code="lacks_transaction")
        return connection

    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        connection = self.require_transaction(doing=doing)
        try:
            return take(PsycopgSession(connection).execute(statement, values))
        except ENGINE as error:
            raise driver_error(error, self.dialect, WHERE, doing=doing) from error

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        connection = self.require_transaction(**doing())
        session = PsycopgSession(connection)
        try:
            if connection.info.transaction_status == TransactionStatus.IDLE:
                session.execute("select 1", ())  # which begins it, and leaves it to the caller
            with connection.transaction():
                work(session)
        except ENGINE as error:
            if self.dialect.is_lost_race(error):
                raise LostRaceError from error
            raise driver_error(error, self.dialect, WHERE, **doing()) from error

    def check_schema(self) -> None:
        """Raise SchemaError unless this code can run on the tables of the database."""
        state = read_state(partial(self._select, "binding"), self.dialect)
        check_state(state, self.dialect, WHERE)

    def close(self) -> None:
        """Drop the connection, without closing it."""
        self._connection = None
