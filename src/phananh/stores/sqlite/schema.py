"""Opening an SQLite file: one of the library, a new one, or refused and left as it is."""

import os
import sqlite3
from pathlib import Path

from phananh.errors import InputError, InputTypeError, StoreError, short_repr
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.migrations import needed_version
from phananh.stores.sql.schema import check_state, migrate, read_state, schema_error
from phananh.stores.sqlite.lockfile import LockFile, create_private
from phananh.stores.sqlite.pool import is_frozen

_OPENING = "opening"
_SMALLEST = 512


def resolve_path(path: str | os.PathLike[str]) -> str:
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
    folder = os.path.dirname(real)
    if os.path.isdir(real):
        raise StoreError(doing=_OPENING, where=real, code="folder_named")
    if not os.path.isdir(folder):
        raise StoreError(doing=_OPENING, where=real, code="folder_missing")
    return real


def check_openable(path: str, lock: LockFile) -> None:
    """Raise StoreError for a file that SQLite would take for empty, and write over.

    It also deletes the log beside an empty file, which may hold acknowledged acts.
    """
    size = os.path.getsize(path) if os.path.exists(path) else None
    log = Path(f"{path}-wal")
    if size == 0 and lock.remembers:
        raise StoreError(doing=_OPENING, where=path, code="file_emptied")
    if size and size < _SMALLEST:
        raise StoreError(doing=_OPENING, where=path, code="not_sqlite")
    if not size and log.exists() and log.stat().st_size > 0:
        raise StoreError(doing=_OPENING, where=path, code="log_without_file")


def make_file(path: str, lock: LockFile) -> None:
    """Make a missing file, for its owner alone, whatever the umask is."""
    if os.path.exists(path):
        return
    with lock:
        if not os.path.exists(path):  # another process was not first
            lock.forget()
            create_private(path)


def prepare(
    connection: sqlite3.Connection, path: str, lock: LockFile, dialect: Dialect, *, checked: bool
) -> None:
    """Make the schema if the file is empty, else check it before any change.

    Unless it is `checked`, only check whether the tables are those of the library.
    """
    if _is_empty(connection):
        with lock:
            if _is_empty(connection):
                _create(connection, path, dialect)
            lock.remember()
    state = read_state(lambda *given: connection.execute(*given).fetchall(), dialect)
    if state is None:
        needed = needed_version(dialect.migrations)
        raise schema_error("foreign", needed, path, "tables_foreign")
    if checked:
        check_state(state, dialect, path)
    if not _uses_wal(connection):
        _switch_to_wal(connection, path, lock)


def _tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("select name from sqlite_master").fetchall()
    return {name for (name,) in rows}


def _is_empty(connection: sqlite3.Connection) -> bool:
    return not _tables(connection)


def _create(connection: sqlite3.Connection, path: str, dialect: Dialect) -> None:
    connection.execute("begin immediate")
    try:
        # Another process may have been first, if somebody deleted the file of the lock.
        if _is_empty(connection):
            migrate(connection, dialect, "all", where=path)
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")


def _uses_wal(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("pragma journal_mode").fetchone() == ("wal",))


def _switch_to_wal(connection: sqlite3.Connection, path: str, lock: LockFile) -> None:
    if not os.access(path, os.W_OK) or is_frozen(path):
        return
    with lock:
        mode = connection.execute("pragma journal_mode = wal").fetchone()[0]
    if mode != "wal":
        raise StoreError(doing=_OPENING, where=path, code="lacks_wal", mode=mode)
