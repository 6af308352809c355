"""Histories in one SQLite file: durable, and safe for many processes of one machine.

WAL with synchronous=FULL: an acknowledged act survives a loss of power. A commit waits for its turn
at a lock file, then for SQLite, at most `timeout` seconds each. Back up with `backup`: do not open,
copy or close the file beside SQLite while it is in use.

SQLite's own waiting sleeps longer and longer, and starves a process beside a busy one. So writers
take turns at a lock on a file of its own: opening and closing the database beside SQLite would drop
its locks. If the system has no flock, processes fall back to SQLite's own waiting. Only users who
may write the database can open, and so lock, the file.

Connections are lent to one thread at a time, and none across a fork: a child that inherits an open
SQLite file believes in locks that it does not hold, even for connections that it opens itself.

Before SQLite 3.51.3 a checkpoint that races a commit can corrupt the file: so none runs by itself,
and ours run while the lock is held.
"""

import errno
import os
import random
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from errno import EACCES
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
from phananh.stores.waiting import (
    check_seconds,
    is_cancelled,
)

HAS_FLOCK = os.name == "posix"
if HAS_FLOCK:  # Windows has no flock
    import fcntl

PRIVATE = 0o600
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


def create_private(path: str) -> None:
    """Make an empty file for its owner alone, whatever the umask is.

    Raises:
        FileExistsError: there is one.
    """
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE)
    if hasattr(os, "fchmod"):  # not on Windows
        os.fchmod(fd, PRIVATE)
    os.close(fd)


class LockFile:
    """One writer at a time: among the threads of this process, then among processes."""

    def __init__(self, database: str, *, timeout: float) -> None:
        """Remember the database. The file is made when it is first locked."""
        self._database = database
        self._path = f"{database}-lock"
        self._timeout = timeout
        self._threads = threading.Lock()
        self._fd: int | None = None

    def __enter__(self) -> None:
        """Wait for the turn.

        Raises:
            TimeoutError: it was waited for too long.
            OSError: the file cannot be made.
        """
        deadline = time.monotonic() + self._timeout
        if not self._threads.acquire(timeout=self._timeout):
            raise TimeoutError
        try:
            if self._fd is None:
                self._fd = self._open()
            if not self._try():
                self._wait(deadline)
        except BaseException:
            self._threads.release()
            raise

    def _open(self) -> int:
        """Open the file for those who may write the database, whatever the umask is.

        Raises:
            PermissionError: we are none of them.
        """
        if os.path.exists(self._database) and not os.access(self._database, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), self._database)
        fd = os.open(self._path, _FLAGS, PRIVATE)
        with suppress(OSError, AttributeError):  # it is another's, or this is Windows
            database = os.stat(self._database)
            with suppress(OSError):  # we are not of that group
                os.fchown(fd, database.st_uid if os.geteuid() == 0 else -1, database.st_gid)
            may_write = database.st_mode & 0o222
            os.fchmod(fd, PRIVATE | may_write | may_write << 1)
        return fd

    def _wait(self, deadline: float) -> None:
        while not self._try():
            if time.monotonic() >= deadline or is_cancelled():
                raise TimeoutError
            time.sleep(random.uniform(0.0, 0.001))  # noqa: S311  # spreads waiters, hides nothing

    def _try(self) -> bool:
        if not HAS_FLOCK:
            return True
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]  # it is open
        except BlockingIOError:
            return False
        return True

    def __exit__(self, *raised: object) -> None:
        """Let the next writer in."""
        if HAS_FLOCK:
            fcntl.flock(self._fd, fcntl.LOCK_UN)  # type: ignore[arg-type]  # it is open
        self._threads.release()

    @property
    def is_open(self) -> bool:
        """Whether this process has locked before, and not closed since."""
        return self._fd is not None

    def close(self) -> None:
        """Close the file when no thread holds it. It is opened again at the next lock."""
        with self._threads:
            fd, self._fd = self._fd, None
            if fd is not None:
                os.close(fd)


_POOLS: "weakref.WeakSet[ConnectionPool]" = weakref.WeakSet()
_BLOCKED: "list[ConnectionPool]" = []
_FORK_WAIT = 2.0


class ClosedError(sqlite3.ProgrammingError):
    """A connection was asked for after the store was closed."""


class ConnectionPool:
    """Connections that were opened and are lent out. The last one given back is lent first.

    Lending takes the gate. Giving back does not, so that whoever holds the gate can wait for it.
    """

    def __init__(
        self, path: str, *, timeout: float, pragmas: tuple[str, ...], lock: LockFile
    ) -> None:
        """Open no connection yet. `lock` is held while connections close, as closing may write."""
        self._path, self._timeout, self._pragmas = path, timeout, pragmas
        self._lock = lock
        self._gate = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._opened: set[sqlite3.Connection] = set()
        self._is_closed = False
        self._file: tuple[int, int] | None = None
        _POOLS.add(self)

    def acquire(self) -> sqlite3.Connection:
        """Return a connection for this caller alone."""
        with self._gate:
            return self._idle.pop() if self._idle else self._open()

    def _open(self) -> sqlite3.Connection:
        if self._is_closed:
            raise ClosedError
        connection = connect(self._path, timeout=self._timeout)
        try:
            for pragma in self._pragmas:
                connection.execute(pragma).fetchall()
        except BaseException:
            connection.close()
            raise
        self._opened.add(connection)
        self._file = self._file or self._find_file()
        return connection

    def _find_file(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def require_file(self, doing: Callable[[], Mapping[str, Any]]) -> None:
        """Refuse to write a file that its name no longer leads to, as the data would be lost."""
        if self._find_file() != self._file:
            raise StoreError(where=self._path, code="file_replaced", **doing())

    def release(self, connection: sqlite3.Connection) -> None:
        """Take a connection back, and close one that is in a transaction."""
        if connection.in_transaction:
            self._opened.discard(connection)
            connection.close()
            return
        self._idle.append(connection)
        if self._is_closed:
            self.close()

    def close(self) -> None:
        """Close the idle connections now, and those lent out when they come back."""
        with self._gate:
            self._is_closed = True
            self._close_idle()

    def _close_idle(self) -> None:
        with ExitStack() as held:
            if self._idle and self._lock.is_open:
                with suppress(OSError):  # a writer that takes too long is not waited for
                    held.enter_context(self._lock)
            while self._idle:
                connection = self._idle.pop()
                connection.close()
                self._opened.discard(connection)
        self._lock.close()

    def block(self) -> None:
        """Lend none until `unblock`, and close all as they come back, for a while."""
        self._gate.acquire()
        deadline = time.monotonic() + _FORK_WAIT
        self._close_idle()
        while self._opened and time.monotonic() < deadline:
            time.sleep(0.0005)
            self._close_idle()

    def unblock(self, *, in_child: bool) -> None:
        """Lend again. In a child the threads that borrowed do not exist."""
        if in_child:
            self._opened.clear()
        self._gate.release()


def connect(path: str, *, timeout: float) -> sqlite3.Connection:
    """Open a connection without the driver's own transactions: the store sends every BEGIN."""
    return sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)


def _before_fork() -> None:
    for pool in list(_POOLS):
        pool.block()
        _BLOCKED.append(pool)


def _after_fork(*, in_child: bool) -> None:
    while _BLOCKED:
        _BLOCKED.pop().unblock(in_child=in_child)


if hasattr(os, "register_at_fork"):  # not on Windows, which cannot fork
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=lambda: _after_fork(in_child=False),
        after_in_child=lambda: _after_fork(in_child=True),
    )


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

    Example:
        >>> with SqliteStore("office.db") as store:
        ...     Desk(store=store).count()
        0
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
        if not size and log.exists() and log.stat().st_size:
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
            with self._lock:
                self._pool.require_file(doing)
                before = connection.total_changes
                _run_in_transaction(connection, work)
                self._commits_in_log += 1
                self._rows_in_log += connection.total_changes - before
                if self._commits_in_log >= _CHECKPOINT_EVERY or self._rows_in_log >= _MOST_ROWS:
                    self._checkpoint(connection)
        except ENGINE as error:
            raise self._translate(error, **doing()) from error
        finally:
            if connection is not None:
                self._pool.release(connection)

    def _checkpoint(self, connection: sqlite3.Connection) -> None:
        self._commits_in_log = self._rows_in_log = 0
        if HAS_FLOCK:
            # The act is recorded; a copy that fails is made the next time.
            with suppress(sqlite3.OperationalError):
                connection.execute("pragma wal_checkpoint(passive)").fetchall()

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case, including its bytes in the files.

        Raises:
            StoreError: a reader kept the old bytes in the log. Erase again when it is done.
        """
        doing = {"doing": "erasing_log", "case": case}
        super().erase(case, at=at)
        with self._borrow(**doing) as connection, self._lock:
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
        code = "folder_missing" if os.path.isabs(text) else "folder_missing_here"
        raise StoreError(doing="opening", where=real, code=code)
    return real


def _has_tables(connection: sqlite3.Connection) -> bool:
    """Return whether there are any tables, ours or another's."""
    return connection.execute("select 1 from sqlite_master limit 1").fetchone() is not None


def _run_in_transaction(connection: sqlite3.Connection, work: Work) -> None:
    try:
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
    """Return the rows of a statement. Text that is not UTF-8 becomes another value from then on."""
    cursor = connection.cursor()
    try:
        return cursor.execute(statement, values).fetchall()
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        connection.text_factory = lambda raw: raw.decode(errors="backslashreplace")
        return cursor.execute(statement, values).fetchall()
    finally:
        cursor.close()
