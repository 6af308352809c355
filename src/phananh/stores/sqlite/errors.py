"""What SQLite's own errors mean, in words of the store; the cause stays chained."""

import errno
import sqlite3

from phananh.errors import StoreError

ENGINE = (sqlite3.Error, OSError, UnicodeError, OverflowError)
"""What the driver and the system raise, and a caller sees as the cause of a StoreError."""

_MEANING = {
    sqlite3.SQLITE_READONLY: "the file or its folder, where readers too keep a log, is read-only",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database; it was left as it is",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore a backup",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; see who may read and write it and "
    "its folder",
    sqlite3.SQLITE_IOERR: "reading or writing the disk failed",
}
# What the system raises for the file of the lock, by the code that SQLite has for it.
_SYSTEM = {
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
    errno.ENOSPC: sqlite3.SQLITE_FULL,
}


def engine_error(error: Exception, doing: str, where: str, timeout: float) -> StoreError:
    """Return the StoreError for what the driver or the system raised."""
    return StoreError(doing=doing, where=where, problem=_problem(error, timeout))


def _problem(error: Exception, timeout: float) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if busy or isinstance(error, TimeoutError):
        return f"busy: another process is writing, waited {timeout:g} s; try again"
    if isinstance(error, UnicodeError | OverflowError):
        return type(error).__name__  # its message would show the text
    if isinstance(error, sqlite3.IntegrityError) and "phananh_case.code" in str(error):
        return "the tracking code is taken"
    if isinstance(error, OSError):
        code = _SYSTEM.get(error.errno or 0, 0)
    meaning = _MEANING.get(code)
    return f"{meaning} ({error})" if meaning else str(error)
