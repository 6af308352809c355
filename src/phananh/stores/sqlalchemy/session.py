"""Statements on a connection of SQLAlchemy, handed to its driver as they are."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.exc import DBAPIError

from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.schema import check_state, read_state
from phananh.stores.sqlalchemy.engines import driver_of


class ConnectionSession:
    """A session that a store runs its statements on."""

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

    def copy_rows(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Send rows by the COPY of psycopg, with errors that SQLAlchemy does not translate."""
        try:
            with driver_of(self._connection).cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except self._connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError(statement, None, error) from error


def check_schema(connection: Connection, dialect: Dialect, where: str) -> None:
    """Raise SchemaError unless this code can run on the tables of the database."""
    session = ConnectionSession(connection)

    def select(statement: str, values: Sequence[Any]) -> Any:
        return session.execute(statement, values).fetchall()

    check_state(read_state(select, dialect), dialect, where)
