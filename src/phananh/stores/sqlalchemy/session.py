"""Statements of ours on a connection of SQLAlchemy, handed to its driver as they are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult

from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.schema import check_state, read_state


class ConnectionSession:
    """What a store runs its statements on."""

    __slots__ = ("_run",)

    def __init__(self, connection: Connection) -> None:
        """Take the connection."""
        self._run = connection.exec_driver_sql

    def execute(self, statement: str, values: Sequence[Any], /) -> CursorResult[Any]:
        """Run a statement with its values."""
        return self._run(statement, tuple(values))

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]], /) -> CursorResult[Any]:
        """Run a statement once for each row."""
        return self._run(statement, [tuple(row) for row in rows])


def check_schema(connection: Connection, dialect: Dialect, where: str) -> None:
    """Raise SchemaError unless this code can run on the tables of the database."""
    session = ConnectionSession(connection)

    def select(statement: str, values: Sequence[Any]) -> Any:
        return session.execute(statement, values).fetchall()

    check_state(read_state(select, dialect), dialect, where)
