"""Histories in one SQLite file: durable, and safe for many processes of one machine.

WAL with synchronous=FULL: an acknowledged act survives a loss of power. A commit waits for its turn
at a lock file, then for SQLite, at most `timeout` seconds each. Back up with `backup`: do not open,
copy or close the file beside SQLite while it is in use.

Before SQLite 3.51.3 a checkpoint that races a commit can corrupt the file: so none runs by itself,
and ours run while the lock is held.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from phananh.errors import InputError, InputTypeError, StoreError, short_repr
from phananh.stores.base import Capability
from phananh.stores.conflicts import new_salt
from phananh.stores.sql.dialects.sqlite import SqliteDialect
from phananh.stores.sql.schema import (
    check_state,
    migrate,
    needed_version,
    read_state,
    schema_error,
    schema_sql,
)
from phananh.stores.sql.store import BoundSqlStore, Doing, SqlStore, Work
from phananh.stores.sqlite.lockfile import HAS_FLOCK, LockFile, create_private
from phananh.stores.sqlite.pool import ClosedError, ConnectionPool, connect
from phananh.stores.waiting import check_seconds, count_wait, forget_wait, share_wait, time_left

DIALECT = SqliteDialect()
ENGINE = (sqlite3.Error, OSError, UnicodeError, OverflowError)
"""What the driver and the system raise, and a caller sees as the cause of a StoreError."""

# What the system raises for the file of the lock, by the code that we have for it.
_SYSTEM = {
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.ENOSPC: "disk_full",
}
_LEVELS = ("NORMAL", "FULL", "EXTRA")
_SMALLEST = 512  # bytes of a file that SQLite does not take for empty
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
        self._path = self._where = _resolve_path(path)
        self._level = str(synchronous).upper()
        if self._level not in _LEVELS:
            given = short_repr(synchronous)
            raise InputError(field="synchronous", code="unknown_value", value=given, known=_LEVELS)
        self._timeout = check_seconds(timeout, field="timeout")
        self._lock = LockFile(self._path, timeout=self._timeout)
        alone = ("pragma wal_autocheckpoint = 0",) if HAS_FLOCK else ()
        pragmas = (f"pragma synchronous = {self._level}", "pragma secure_delete = on", *alone)
        self._pool = ConnectionPool(
            self._path, timeout=self._timeout, pragmas=pragmas, lock=self._lock
        )
        self._commits_in_log = self._rows_in_log = 0
        try:
            self._open(is_checked=check_schema)
        except BaseException:
            self._pool.close()  # a store that was never made leaves nothing open
            raise

    @property
    def path(self) -> str:
        """The file, with links resolved."""
        return self._path

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract."""
        beyond: set[Capability] = {"multi_process", "external_transaction", "sql_reports", "lists"}
        return frozenset(beyond if self._level == "NORMAL" else beyond | {"durable"})

    def _open(self, *, is_checked: bool) -> None:
        """Make a missing file and the tables of an empty one, or check those that are there."""
        self._refuse_emptied()
        with self._borrow(doing="opening") as connection:
            if not _has_tables(connection):
                with self._lock:
                    _run_in_transaction(connection, self._create_tables)
            state = read_state(partial(_fetch, connection), self.dialect)
            if state is None:
                needed = needed_version(self.dialect)
                raise schema_error("foreign", needed, self._path, "tables_foreign")
            if is_checked:
                check_state(state, self.dialect, self._path)
            mode = connection.execute("pragma journal_mode").fetchone()[0]
            if mode != "wal" and os.access(self._path, os.W_OK):
                with self._lock:
                    connection.execute("pragma journal_mode = wal").fetchall()

    def _create_tables(self, connection: sqlite3.Connection) -> None:
        if not _has_tables(connection):  # another process was not first
            migrate(connection, self.dialect, "all", where=self._path)

    def _refuse_emptied(self) -> None:
        """Make a missing file, and refuse one that SQLite would take for empty, and write over.

        It also deletes the log beside an empty file, which may hold acknowledged acts.
        """
        size = os.path.getsize(self._path) if os.path.exists(self._path) else None
        log = Path(f"{self._path}-wal")
        if size and size < _SMALLEST:
            raise StoreError(doing="opening", where=self._path, code="not_sqlite")
        if not size and log.exists() and log.stat().st_size > 0:
            raise StoreError(doing="opening", where=self._path, code="log_without_file")
        if size is None:
            try:
                with suppress(FileExistsError):  # another process was first
                    create_private(self._path)
            except OSError as error:
                raise self._explain(error, doing="opening") from error

    def _explain(self, error: BaseException, **doing: Any) -> StoreError:
        """Return the StoreError for an error of the driver or the system."""
        if isinstance(error, ClosedError):
            return StoreError(where=self._where, code="store_closed", **doing)
        if isinstance(error, TimeoutError):
            seconds = f"{self._timeout:g}"
            return StoreError(where=self._where, code="busy", seconds=seconds, **doing)
        if isinstance(error, OSError) and error.errno in _SYSTEM:
            code, cause = _SYSTEM[error.errno], str(error)
            return StoreError(where=self._where, code=code, cause=cause, **doing)
        return super()._explain(error, seconds=self._timeout, **doing)

    @contextmanager
    def _borrow(self, **doing: Any) -> Iterator[sqlite3.Connection]:
        connection = None
        try:
            connection = self._pool.acquire()
            yield connection
        except ENGINE as error:
            raise self._explain(error, **doing) from error
        finally:
            if connection is not None:
                self._pool.release(connection)

    # The next two are `_borrow` written out: a generator costs a tenth of a load.
    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> list[Any]:
        connection = None
        try:
            connection = self._pool.acquire()
            return _fetch(connection, statement, values)
        except ENGINE as error:
            raise self._explain(error, doing=doing) from error
        finally:
            if connection is not None:
                self._pool.release(connection)

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        connection = None
        try:
            connection = self._pool.acquire()
            if time_left(self._timeout) <= 0 < self._timeout:
                raise TimeoutError  # calls that share their wait have waited already
            with self._lock:
                self._pool.require_file(doing)
                before = connection.total_changes
                _run_in_transaction(connection, work)
                forget_wait()
                self._checkpoint_sometimes(connection, connection.total_changes - before)
        except ENGINE as error:
            raise self._translate(error, **doing()) from error
        finally:
            if connection is not None:
                self._pool.release(connection)

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
            StoreError: a reader kept the old bytes in the log. Erase again when it is done.
        """
        doing = {"doing": "erasing_log", "case": case}
        with share_wait():
            super().erase(case, at=at)
            with self._borrow(**doing) as connection, self._lock, count_wait():
                busy = connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        if busy:
            raise StoreError(where=self._path, code="log_in_use", **doing)

    def backup(self, target: str | os.PathLike[str]) -> None:
        """Write a copy, whole and of one moment, to `target`, which must not exist.

        Others may read and write meanwhile.
        """
        final = _resolve_path(target)
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
    def bound(connection: sqlite3.Connection) -> Iterator["BoundStore"]:
        """Lend a store inside the caller's transaction, which the caller commits or rolls back.

        It records in the database of that connection, whatever file another store has open, and
        needs no open store: `SqliteStore.bound(connection)` will do. The tables must be there:
        see `schema_sql`.

        Raises:
            InputError: no connection, or in no transaction, so that no change could be undone.
            SchemaError: the caller's database lacks the tables of the library, or has others.
        """
        with BoundStore(connection) as store:
            store._check_schema(partial(store._select, "binding"))
            yield store

    @staticmethod
    def schema_sql(*, since: int = 0) -> str:
        """Return the statements that make the tables, for an application's own migrations.

        `since` is the schema that the tables have. The steps left to do are returned.
        """
        return schema_sql(DIALECT, since=since)

    def close(self) -> None:
        """Close the file. Threads in a call finish it first."""
        self._pool.close()


class BoundStore(BoundSqlStore):
    """A store in a transaction of the application's: a SAVEPOINT, and no commit.

    Erasing leaves old bytes in the log until the application checkpoints it.
    """

    dialect = DIALECT

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take the connection. It must be in a transaction at each call.

        Raises:
            InputTypeError: it is no connection, such as a path.
        """
        if not isinstance(getattr(connection, "in_transaction", None), bool):
            given = short_repr(connection)
            raise InputTypeError(field="connection", code="not_a_connection", value=given)
        self._connection = connection

    @contextmanager
    def _lend(self, **doing: Any) -> Iterator[sqlite3.Connection]:
        """Lend the connection, with rows as tuples and text as str, whatever types it reads."""
        connection: sqlite3.Connection = self._require_connection(**doing)
        if not connection.in_transaction:
            raise InputError(field="connection", code="lacks_transaction")
        rows, texts = connection.row_factory, connection.text_factory
        connection.row_factory, connection.text_factory = None, str
        try:
            yield connection
        finally:
            connection.row_factory, connection.text_factory = rows, texts

    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> list[Any]:
        try:
            with self._lend(doing=doing) as connection:
                return _fetch(connection, statement, values)
        except ENGINE as error:
            raise self._explain(error, doing=doing) from error

    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        try:
            with self._lend(**doing()) as connection:
                _run_in_savepoint(connection, work)
        except ENGINE as error:
            raise self._translate(error, **doing()) from error


def _resolve_path(path: str | os.PathLike[str]) -> str:
    """Return the path with links resolved, so that both names of a file share one lock.

    Raises:
        InputError: no path, or SQLite's name for a database in memory.
        StoreError: the path is a folder, or its folder is missing.
    """
    if not isinstance(path, str | os.PathLike):
        raise InputTypeError(field="path", code="not_a_path", value=short_repr(path))
    text = os.fspath(path)
    if not text or text == ":memory:" or "\0" in text:
        code = "memory_for_file" if text == ":memory:" else "not_a_file"
        raise InputError(field="path", code=code, value=short_repr(text))
    real = os.path.realpath(text)
    if os.path.isdir(real):
        raise StoreError(doing="opening", where=real, code="folder_named")
    if not os.path.isdir(os.path.dirname(real)):
        raise StoreError(doing="opening", where=real, code="folder_missing")
    return real


def _has_tables(connection: sqlite3.Connection) -> bool:
    """Return whether there are any tables, ours or another's."""
    return connection.execute("select 1 from sqlite_master limit 1").fetchone() is not None


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


def _fetch(connection: sqlite3.Connection, statement: str, values: Sequence[Any]) -> list[Any]:
    """Return the rows of a statement. Text that is not UTF-8 becomes another value."""
    cursor = connection.cursor()
    try:
        return cursor.execute(statement, values).fetchall()
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        connection.text_factory = _decode_leniently
        try:
            return cursor.execute(statement, values).fetchall()
        finally:
            connection.text_factory = str
    finally:
        cursor.close()


def _decode_leniently(raw: bytes) -> str:
    return raw.decode(errors="backslashreplace")
