"""Histories in one SQLite file: durable, and safe for many processes of one machine.

WAL with synchronous=FULL: an acknowledged act survives a loss of power. A commit waits for its turn
at a lock file, then for SQLite, at most `timeout` seconds each. Back up with `backup`: do not open,
copy or close the file beside SQLite while it is in use.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from phananh.errors import CorruptError, InputError, StoreError, short_repr
from phananh.stores.base import Capability
from phananh.stores.conflicts import new_salt
from phananh.stores.sql.schema import check_state, read_state, schema_sql
from phananh.stores.sql.session import LostRaceError, Take, fetch_all
from phananh.stores.sql.store import Doing, SqlStore, Work
from phananh.stores.sqlite.bound import WHERE, BoundStore, read_plainly
from phananh.stores.sqlite.errors import DIALECT, ENGINE, engine_error
from phananh.stores.sqlite.left_log import check_log
from phananh.stores.sqlite.lockfile import HAS_FLOCK, LockFile, create_private
from phananh.stores.sqlite.pool import ConnectionPool, connect
from phananh.stores.sqlite.reading import fetch
from phananh.stores.sqlite.schema import (
    check_openable,
    make_file,
    prepare,
    resolve_path,
)
from phananh.stores.waiting import check_seconds, count_wait, forget_wait, share_wait, time_left

_LEVELS = ("NORMAL", "FULL", "EXTRA")
_CHECKPOINT_EVERY = 256  # commits, and
_MOST_ROWS = 20_000  # rows: the log of an import would grow to gigabytes


class SqliteStore(SqlStore):
    """Histories in the SQLite file at `path`, which is made if there is none.

    Threads may share it, and processes the file. `with SqliteStore(path) as store` closes it.
    """

    dialect = DIALECT

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        synchronous: str = "FULL",
        timeout: float = 5.0,
        check_schema: bool = True,
    ) -> None:
        """Open the file, or make it with the schema if it is missing or empty.

        Args:
            path: the file. Its folder must exist.
            synchronous: "FULL", "EXTRA", or "NORMAL", which may lose the last acts when the
                power fails and so does not declare `durable`.
            timeout: seconds to wait for other writers.
            check_schema: False opens a file of an older schema too, to `migrate` it.

        Raises:
            SchemaError: the schema is older, newer or foreign. The file is unchanged.
            StoreError: no database, or it cannot be opened. The file is unchanged.
        """
        self._path = self._where = resolve_path(path)
        self._level = _parse_level(synchronous)
        self._timeout = check_seconds(timeout, field="timeout")
        self._lock = LockFile(self._path, timeout=self._timeout)
        self._pool = ConnectionPool(
            self._path, timeout=self._timeout, pragmas=self._pragmas(), lock=self._lock
        )
        self._commits_in_log = self._rows_in_log = 0
        check_openable(self._path, self._lock)
        check_log(self._path, self._lock)
        self._prepare(checked=check_schema)

    def _prepare(self, *, checked: bool) -> None:
        try:
            self._make_file()
            with self._borrow(doing="opening") as connection:
                prepare(connection, self._path, self._lock, self.dialect, checked=checked)
        except BaseException:
            self._pool.close()  # a store that was never made leaves nothing open
            raise

    def _make_file(self) -> None:
        try:
            make_file(self._path, self._lock)
        except ENGINE as error:
            raise engine_error(error, self._path, self._timeout, doing="opening") from error

    def _pragmas(self) -> tuple[str, ...]:
        # Before SQLite 3.51.3 a checkpoint that races a commit can corrupt the file: so none
        # runs by itself, and ours run while the lock is held.
        alone = ("pragma wal_autocheckpoint = 0",) if HAS_FLOCK else ()
        return (f"pragma synchronous = {self._level}", "pragma secure_delete = on", *alone)

    @property
    def path(self) -> str:
        """The file, with links resolved."""
        return self._path

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract."""
        beyond: set[Capability] = {"multi_process", "external_transaction", "sql_reports", "lists"}
        return frozenset(beyond if self._level == "NORMAL" else beyond | {"durable"})

    @contextmanager
    def _borrow(self, **doing: Any) -> Iterator[sqlite3.Connection]:
        connection = None
        try:
            connection = self._pool.acquire()
            yield connection
        except ENGINE as error:
            raise engine_error(error, self._path, self._timeout, **doing) from error
        finally:
            if connection is not None:
                self._pool.release(connection)

    # The next two are `_borrow` written out: a generator costs a tenth of a load.
    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        connection = None
        try:
            connection = self._pool.acquire()
            return fetch(connection, statement, values, take)
        except ENGINE as error:
            raise engine_error(error, self._path, self._timeout, doing=doing) from error
        finally:
            if connection is not None:
                self._pool.release(connection)

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        connection = None
        try:
            connection = self._pool.acquire()
            left = time_left(self._timeout)
            with self._lock as waited:
                self._pool.require_file(doing)
                rows = self._run(connection, work, left - waited)
                forget_wait()
                self._checkpoint_sometimes(connection, rows)
        except ENGINE as error:
            raise self._translate(error, doing) from error
        finally:
            if connection is not None:
                self._pool.release(connection)

    def _translate(self, error: Exception, doing: Callable[[], Doing]) -> Exception:
        if DIALECT.is_lost_race(error):
            return LostRaceError()
        return engine_error(error, self._path, self._timeout, **doing())

    def _run(self, connection: sqlite3.Connection, work: Work, left: float) -> int:
        """Do the work in a transaction, and return how many rows it changed."""
        before = connection.total_changes
        if left == self._timeout:  # nobody waited, so there is no limit to set
            _run_in_transaction(connection, work)
        else:
            with self._limit_wait(connection, left):
                _run_in_transaction(connection, work)
        return connection.total_changes - before

    @contextmanager
    def _limit_wait(self, connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
        """Let SQLite wait no longer than the call has time left."""
        limit = max(0, round(seconds * 1000))
        connection.execute(f"pragma busy_timeout = {limit}").fetchall()
        try:
            yield
        finally:
            connection.execute(f"pragma busy_timeout = {self._timeout * 1000:.0f}").fetchall()

    def _checkpoint_sometimes(self, connection: sqlite3.Connection, rows: int) -> None:
        self._commits_in_log += 1
        self._rows_in_log += rows
        is_long = self._commits_in_log >= _CHECKPOINT_EVERY or self._rows_in_log >= _MOST_ROWS
        if HAS_FLOCK and is_long:
            self._commits_in_log = self._rows_in_log = 0
            # The act is recorded; a copy that fails is made the next time.
            with suppress(sqlite3.OperationalError):
                connection.execute("pragma wal_checkpoint(passive)").fetchall()

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case, including its bytes in the files.

        Raises:
            CorruptError: the data found is erased, but damage may have hidden some.
            StoreError: a reader kept the old bytes in the log. Erase again when it is done.
        """
        doing = {"doing": "erasing_log", "case": case}
        with share_wait():
            try:
                super().erase(case, at=at)
            except CorruptError:
                self._empty_log(**doing)
                raise
            busy = self._empty_log(**doing)
        if busy:
            raise StoreError(where=self._path, code="log_in_use", **doing)

    def _empty_log(self, **doing: Any) -> int:
        with self._borrow(**doing) as connection, self._lock, count_wait():
            busy: int = connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        return busy

    def backup(self, target: str | os.PathLike[str]) -> None:
        """Write a copy, whole and of one moment, to `target`, which must not exist.

        Others may read and write meanwhile.
        """
        final = resolve_path(target)
        if os.path.lexists(final):
            raise InputError(field="target", code="file_exists", value=short_repr(final))
        part = Path(f"{final}-part-{new_salt().hex()}")  # a name that nobody has
        with self._borrow(doing="backing_up") as connection:
            create_private(str(part))
            try:
                with closing(connect(str(part), timeout=self._timeout)) as copy:
                    connection.backup(copy)
                os.replace(part, final)
            finally:
                part.unlink(missing_ok=True)  # as after a full disk

    @staticmethod
    @contextmanager
    def bound(connection: sqlite3.Connection) -> Iterator[BoundStore]:
        """Lend a store inside the caller's transaction, which the caller commits or rolls back.

        It records in the database of that connection, whatever file another store has open, and
        needs no open store: `SqliteStore.bound(connection)` will do. The tables must be there:
        see `schema_sql`.

        Raises:
            InputError: no connection, or in no transaction, so that no change could be undone.
            SchemaError: the caller's database lacks the tables of the library, or has others.
        """
        store = BoundStore(connection)
        connected = store.require_transaction(doing="binding")
        try:
            with read_plainly(connected):
                state = read_state(lambda *given: connected.execute(*given).fetchall(), DIALECT)
                check_state(state, DIALECT, WHERE)
        except ENGINE as error:
            raise engine_error(error, WHERE, 0, doing="binding") from error
        try:
            yield store
        finally:
            store.close()

    @staticmethod
    def schema_sql(*, since: int = 0) -> str:
        """Return the statements that make the tables, for an application's own migrations.

        `since` is the schema that the tables have. The steps left to do are returned.
        """
        return schema_sql(DIALECT, since=since)

    def close(self) -> None:
        """Close the file. Threads in a call finish it first."""
        self._pool.close()


def _run_in_transaction(connection: sqlite3.Connection, work: Work) -> None:
    try:
        with count_wait():
            connection.execute("begin immediate")
        work(connection)
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("rollback")
        raise


def _parse_level(synchronous: str) -> str:
    level = str(synchronous).upper()
    if level not in _LEVELS:
        given = short_repr(synchronous)
        raise InputError(field="synchronous", code="unknown_value", value=given, known=_LEVELS)
    return level
