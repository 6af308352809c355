"""Opening an SQLite file: ours, new, or refused and left as it is."""

import os
import sqlite3
from pathlib import Path

from phananh.errors import InputError, InputTypeError, SchemaError, StoreError, short_repr
from phananh.stores.sqlite.lockfile import LockFile
from phananh.stores.sqlite.sql import SCHEMA_VERSION, TABLES

_OPENING = "opening the store"
_SMALLEST = 512
_MISSING = "our tables are missing; run schema_sql() on the connection first"


def real_path(path: str | os.PathLike[str]) -> str:
    """Return the path with links resolved, so that both names of a file share one lock.

    Raises:
        InputError: no path, or SQLite's name for a database in memory.
        StoreError: the path is a folder, or its folder is missing.
    """
    if not isinstance(path, str | os.PathLike):
        raise InputTypeError(
            field="path", problem=f"not a path: {short_repr(path)}", way_out="a text, or a Path"
        )
    text = os.fspath(path)
    if not text or text == ":memory:" or "\0" in text:
        memory = 'a path; for memory, MemoryStore() or open_store("memory:")'
        way_out = memory if text == ":memory:" else "a path, or MemoryStore()"
        raise InputError(field="path", problem=f"no file: {short_repr(text)}", way_out=way_out)
    real = os.path.realpath(text)
    folder = os.path.dirname(real)
    if os.path.isdir(real):
        raise StoreError(doing=_OPENING, where=real, problem="is a folder; name a file in it")
    if not os.path.isdir(folder):
        raise StoreError(doing=_OPENING, where=real, problem="its folder is missing; make it")
    return real


def refuse_unopened(path: str) -> None:
    """Raise StoreError for a file that SQLite would take for empty, and write over.

    It also deletes the log beside an empty file, which may hold what was acknowledged.
    """
    size = os.path.getsize(path) if os.path.exists(path) else 0
    log = Path(f"{path}-wal")
    if 0 < size < _SMALLEST:
        problem = "the file is no SQLite database; it was left as it is"
        raise StoreError(doing=_OPENING, where=path, problem=problem)
    if size == 0 and log.exists() and log.stat().st_size > 0:
        problem = "the file is missing or empty, but its log is not; restore a backup"
        raise StoreError(doing=_OPENING, where=path, problem=problem)


def prepare(connection: sqlite3.Connection, path: str, lock: LockFile) -> None:
    """Make the schema where the file is empty; else check it, before anything is changed."""
    if _is_empty(connection):
        with lock:
            if _is_empty(connection):
                _create(connection)
    check_schema(connection, path)
    if not _uses_wal(connection):
        _switch_to_wal(connection, path, lock)


def check_schema(connection: sqlite3.Connection, where: str, *, lent: bool = False) -> None:
    """Raise SchemaError unless the database holds exactly our schema version.

    The database of an application, where ours is `lent`, has other tables by right.
    """
    if "phananh_schema" not in _tables(connection):
        foreign = "the tables are not ours; name another file, or see schema_sql"
        _refuse("none" if lent else "foreign", where, _MISSING if lent else foreign)
    found = connection.execute("select version from phananh_schema").fetchall()
    if found == [(SCHEMA_VERSION,)]:
        return
    versions = ", ".join(str(version) for (version,) in found) or "unknown"
    newer = any(isinstance(v, int) and v > SCHEMA_VERSION for (v,) in found)
    way_out = "upgrade phananh" if newer else "migrate it with the phananh that came between"
    _refuse(versions, where, f"the file was left as it is; {way_out}")


def _refuse(found: str, where: str, problem: str) -> None:
    raise SchemaError(
        doing=_OPENING, where=where, problem=problem, found=found, needed=str(SCHEMA_VERSION)
    )


def _tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("select name from sqlite_master").fetchall()
    return {name for (name,) in rows}


def _is_empty(connection: sqlite3.Connection) -> bool:
    return not _tables(connection)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("begin immediate")
    try:
        for statement in TABLES:
            connection.execute(statement)
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")


def _uses_wal(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("pragma journal_mode").fetchone() == ("wal",))


def _switch_to_wal(connection: sqlite3.Connection, path: str, lock: LockFile) -> None:
    if not os.access(path, os.W_OK):
        return
    with lock:
        mode = connection.execute("pragma journal_mode = wal").fetchone()[0]
    if mode != "wal":
        problem = f"no write-ahead log on this disk (journal mode {mode}); use a local disk"
        raise StoreError(doing=_OPENING, where=path, problem=problem)
