"""The errors of a Django database, as StoreErrors with the way out in a project."""

from collections.abc import Sequence
from typing import Any

import attrs
from django.db import Error

from phananh.errors import SchemaError, StoreError
from phananh.stores.django.engines import name_database
from phananh.stores.django.transactions import begins_late
from phananh.stores.sql import Dialect, driver_error
from phananh.stores.sql.replication import NotReplicatedError
from phananh.stores.sql.schema import check_state, read_state

ENGINE = (Error, UnicodeError, OverflowError, NotReplicatedError)
"""What Django and the drivers raise, and a caller sees as the cause of a StoreError."""

_IN_WORDS = "own_words"


@attrs.frozen
class Failures:
    """The meaning of the errors of one connection. Django's have the driver's as their cause."""

    connection: Any
    dialect: Dialect
    seconds: float  # how long a lock is waited for, at most

    def recover(self) -> None:
        """Let Django drop a connection that the server has closed: the next call opens one.

        It does so by itself only between requests. A transaction of the caller's is left alone.
        """
        is_broken = self.connection.errors_occurred and not self.connection.in_atomic_block
        if is_broken and self.connection.autocommit:
            self.connection.close_if_unusable_or_obsolete()

    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether another was first, and the caller's transaction goes on."""
        return self.dialect.is_lost_race(error.__cause__ or error) and not self._is_undone()

    def _is_undone(self) -> bool:
        """Return whether the engine undid the whole transaction, so Django ends the block."""
        return bool(self.connection.in_atomic_block and self.connection.needs_rollback)

    def explain(self, error: BaseException, **doing: Any) -> StoreError:
        """Return the StoreError for an exception."""
        where, seconds = name_database(self.connection), self.seconds
        cause = error.__cause__ or error
        if isinstance(error, NotReplicatedError):
            return StoreError(where=where, code="not_replicated", **doing)
        if self._is_undone() and self.dialect.is_lost_race(cause):
            return StoreError(where=where, code="transaction_undone", **doing)
        found = driver_error(cause, self.dialect, where, seconds=seconds, **doing)
        if found.code == "busy":
            if self.connection.in_atomic_block and begins_late(self.connection):
                return StoreError(where=where, code="atomic_began_late", **doing)
            return StoreError(where=where, code="database_busy", seconds=f"{seconds:g}", **doing)
        return (found.code == _IN_WORDS and self._find_schema_error(where, **doing)) or found

    def _find_schema_error(self, where: str, **doing: Any) -> StoreError | None:
        """Return the error for tables that are missing or old, where that is why."""
        try:
            check_state(read_state(self._select, self.dialect), self.dialect, where)
        except SchemaError as schema:
            found = {"found": schema.found, "needed": schema.needed}
            return SchemaError(where=where, code="tables_not_migrated", **found, **doing)
        except Error:
            return None  # then it is for another reason
        return None

    def _select(self, statement: str, values: Sequence[Any]) -> Any:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()
