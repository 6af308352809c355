"""The store over a database of Django's: inside `atomic` a part of it, outside a block of its own.

It holds no connection. Each call uses this thread's connection of the alias, as models do.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, transaction

from phananh.stores.base import Capability
from phananh.stores.django.engines import connect, find_dialect, name_database
from phananh.stores.django.failures import explain, recover
from phananh.stores.sql import LostRaceError, SqlStore
from phananh.stores.sql.session import Take, fetch_all
from phananh.stores.sql.store import Doing, Work

_ENGINE = (Error, UnicodeError, OverflowError)


class DjangoSession:
    """A cursor of Django's as the statements of a store see it."""

    def __init__(self, cursor: Any) -> None:
        """Take the cursor; its transaction is the caller's."""
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
    """

    def __init__(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Take the alias of a database in DATABASES; nothing is opened here.

        Raises:
            InputError: no such alias, or a database that we have no tables for.
        """
        connection = connect(using)
        self.dialect = find_dialect(connection)
        self.using, self._where = using, name_database(connection)

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the store offers beyond the contract; durable as far as its settings are."""
        offered: set[Capability] = {
            "durable", "multi_process", "external_transaction", "sql_reports", "lists",
        }  # fmt: skip
        return frozenset(offered if self.dialect.name == "sqlite" else {*offered, "multi_machine"})

    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        # What fails on PostgreSQL ends the transaction, unless it was in a savepoint.
        connection = connect(self.using)
        guarded = connection.in_atomic_block and connection.vendor == "postgresql"
        with self._cursor(lambda: {"doing": doing}, in_transaction=guarded) as cursor:
            cursor.execute(statement, values)
            return take(cursor)

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        with self._cursor(doing, in_transaction=True) as cursor:
            work(DjangoSession(cursor))

    @contextmanager
    def _cursor(self, doing: Callable[[], Doing], *, in_transaction: bool) -> Iterator[Any]:
        connection = connect(self.using)
        try:
            block = transaction.atomic(self.using) if in_transaction else nullcontext()
            with block, connection.cursor() as cursor:
                yield cursor
        except _ENGINE as error:
            cause = error.__cause__ or error
            recover(connection)
            if in_transaction and self.dialect.is_lost_race(cause):
                raise LostRaceError from cause
            raise explain(cause, connection, self.dialect, self._where, **doing()) from error

    def close(self) -> None:
        """Leave the connections to Django, whose they are."""
