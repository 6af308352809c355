"""The store over a database of Django's: inside `atomic` a part of it, outside a block of its own.

It holds no connection. Each call uses this thread's connection of the alias, as models do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from phananh.errors import StoreError
from phananh.stores.base import Capability
from phananh.stores.django.engines import connect, find_dialect, limit_of_wait, name_database
from phananh.stores.django.failures import ENGINE, Failures
from phananh.stores.django.transactions import is_in_transaction, savepoint, watch_commits
from phananh.stores.sql import LostRaceError, SqlStore
from phananh.stores.sql.errors import refuse_lost_races
from phananh.stores.sql.session import Take, fetch_all
from phananh.stores.sql.store import Doing, Work
from phananh.stores.waiting import check_seconds, forget_wait, time_left


class DjangoSession:
    """A cursor of Django's as the statements of a store see it."""

    def __init__(self, cursor: Any) -> None:
        """Take the cursor. Its transaction is the caller's."""
        self._cursor = cursor
        self.copy_rows = self._copy_rows if hasattr(cursor, "copy") else None

    def execute(self, statement: str, values: Sequence[Any], /) -> Any:
        """Run a statement with its values."""
        self._cursor.execute(statement, values)
        return self._cursor

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]], /) -> Any:
        """Run a statement once for each row."""
        self._cursor.executemany(statement, rows)
        return self._cursor

    def _copy_rows(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Send rows by COPY, which Django does not offer."""
        with self._cursor.db.wrap_database_errors, self._cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


class DjangoStore(SqlStore):
    """Histories in the tables that `manage.py migrate` made in a database of the project.

    Inside `transaction.atomic` an act is a savepoint: the caller's commit keeps it, and a
    rollback undoes it. Outside of it an act is durable when it returns.
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
        self._seconds = limit_of_wait(connection, seconds)

    def __repr__(self) -> str:
        """Name the alias."""
        return f"DjangoStore({self.using!r})"

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

    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        # What fails on PostgreSQL ends the transaction, unless it was in a savepoint.
        is_ended = self.dialect.name == "postgresql" and is_in_transaction(connect(self.using))
        with (
            refuse_lost_races(self.dialect, self._where, doing=doing),
            self._cursor(lambda: {"doing": doing}, in_transaction=is_ended) as cursor,
        ):
            cursor.execute(statement, values)
            return take(cursor)

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        if time_left(self._seconds) <= 0 < self._seconds:
            seconds = f"{self._seconds:g}"
            raise StoreError(where=self._where, code="database_busy", seconds=seconds, **doing())
        with self._cursor(doing, in_transaction=True) as cursor:
            work(DjangoSession(cursor))
        forget_wait()

    def _run_alone(self, doing: Callable[[], Doing], work: Work) -> None:
        with self._cursor(doing, in_transaction=is_in_transaction(connect(self.using))) as cursor:
            work(DjangoSession(cursor))

    @contextmanager
    def _cursor(self, doing: Callable[[], Doing], *, in_transaction: bool) -> Iterator[Any]:
        connection = connect(self.using)
        try:
            with (
                nullcontext() if is_in_transaction(connection) else watch_commits(connection),
                savepoint(connection) if in_transaction else nullcontext(),
                connection.cursor() as cursor,
            ):
                yield cursor
        except ENGINE as error:
            failures = Failures(connection, self.dialect, self._seconds)
            failures.recover()
            if failures.is_lost_race(error):
                raise LostRaceError from error.__cause__
            raise failures.explain(error, **doing()) from error

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case. SQLite's log is emptied too, outside of `atomic`.

        Raises:
            CorruptError: the data found is erased, but damage may have hidden some.
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
