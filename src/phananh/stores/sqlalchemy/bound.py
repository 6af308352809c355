"""The store inside a transaction of the application: a SAVEPOINT, and no commit."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, NestedTransaction
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session

from phananh.errors import InputError, InputTypeError, StoreError, short_repr
from phananh.stores.base import Capability
from phananh.stores.sql.errors import refuse_lost_races
from phananh.stores.sql.migrations import Phases
from phananh.stores.sql.session import Take, fetch_all
from phananh.stores.sql.store import Doing, SqlStore, Work
from phananh.stores.sqlalchemy.engines import (
    driver_of,
    is_autocommitting,
    is_in_transaction,
    require_kind,
)
from phananh.stores.sqlalchemy.errors import is_lost_race, translate_errors
from phananh.stores.sqlalchemy.session import ConnectionSession, check_schema

WHERE = "connection"  # the name of the argument, in both languages
_CHECKED = "phananh_tables_checked"


def _describe_binding() -> Doing:
    return {"doing": "binding"}


class BoundStore(SqlStore):
    """A store that records with the caller's commit, and is undone with its rollback."""

    capabilities: frozenset[Capability] = frozenset(
        {"external_transaction", "sql_reports", "lists"}
    )
    _tries = 1  # again is for the caller to say, who may have to begin the transaction anew

    def __init__(self, connection: object, timeout: float) -> None:
        """Take a Connection, or a Session and its connection.

        Raises:
            InputError: neither, or of a database or driver that is not known, or one that would
                commit each statement by itself.
            SchemaError: the database lacks the tables of the library, or has others.
        """
        if not isinstance(connection, Connection | Session | scoped_session):
            code, given = "not_a_sqlalchemy_connection", short_repr(connection)
            raise InputTypeError(field="connection", code=code, value=given)
        bind = connection if isinstance(connection, Connection) else connection.get_bind()
        self.dialect = require_kind(bind.engine).make_dialect(bind.engine, timeout)
        self._where = WHERE
        self._connection: Connection | None = None
        with translate_errors(self.dialect, WHERE, _describe_binding):
            self._connection = (
                connection if isinstance(connection, Connection) else connection.connection()
            )
            self._check(self._connection)

    def require_transaction(self, **doing: Any) -> Connection:
        """Return the connection, or refuse one that would commit each statement by itself."""
        connection = self._connection
        if connection is None:
            raise StoreError(where=WHERE, code="bound_store_closed", **doing)
        with translate_errors(self.dialect, WHERE, lambda: doing):
            if self.dialect.name == "sqlite" and not is_in_transaction(connection):
                raise InputError(field="connection", code="driver_begins_late")
        return connection

    def _check(self, connection: Connection) -> None:
        """Refuse a connection that commits by itself, or a database without the tables."""
        self.require_transaction(**_describe_binding())
        if is_autocommitting(driver_of(connection)):
            raise InputError(field="connection", code="commits_each_statement")
        if _CHECKED not in connection.info:
            check_schema(connection, self.dialect, WHERE)
            connection.info[_CHECKED] = True

    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        connection = self.require_transaction(doing=doing)
        with (
            refuse_lost_races(self.dialect, WHERE, doing=doing),
            translate_errors(self.dialect, WHERE, lambda: {"doing": doing}),
        ):
            return take(ConnectionSession(connection).execute(statement, values))

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        connection = self.require_transaction(**doing())
        with translate_errors(self.dialect, WHERE, doing):
            savepoint = connection.begin_nested()
            try:
                work(ConnectionSession(connection))
                savepoint.commit()
            except BaseException as error:
                if not _undo(savepoint) and is_lost_race(error, self.dialect):
                    raise StoreError(where=WHERE, code="transaction_undone", **doing()) from error
                raise

    def migrate(self, phase: Phases = "all") -> tuple[str, ...]:
        """Make the tables in the caller's transaction, if the engine can undo that.

        Raises:
            InputError: MariaDB would keep the whole transaction.
        """
        if self.dialect.unlock_schema is not None:
            raise InputError(field="connection", code="tables_commit")
        return super().migrate(phase)

    def close(self) -> None:
        """Drop the connection, without closing it."""
        self._connection = None


def _undo(savepoint: NestedTransaction) -> bool:
    """Roll back to a savepoint, and return whether the caller's own work is still there.

    After a deadlock MariaDB has undone the whole transaction, and SQLite after a full disk. It is
    then ended here too: otherwise the caller's next work would be committed without the work
    before. The same is done if the savepoint could not be released, and cannot be undone by itself.
    """
    is_whole = savepoint.is_active
    try:
        savepoint.rollback()
    except SQLAlchemyError:
        is_whole = False
    transaction = savepoint.connection.get_transaction()
    if not is_whole and transaction is not None:
        transaction.rollback()
    return is_whole
