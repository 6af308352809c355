"""What SQLite's own errors mean, as codes of the store; the cause stays chained."""

import errno
import sqlite3
from typing import Any

from phananh.errors import StoreError

ENGINE = (sqlite3.Error, OSError, UnicodeError, OverflowError)
"""What the driver and the system raise, and a caller sees as the cause of a StoreError."""


class ClosedError(sqlite3.ProgrammingError):
    """A connection was asked for after the store was closed."""


_CODE = {
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_CORRUPT: "damaged_file",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_IOERR: "disk_failed",
}
# What the system raises for the file of the lock, by the code that SQLite has for it.
_SYSTEM = {
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
    errno.ENOSPC: sqlite3.SQLITE_FULL,
}


def engine_error(error: Exception, where: str, timeout: float, **doing: Any) -> StoreError:
    """Return the StoreError for what the driver or the system raised.

    `doing` are the arguments of a StoreError that say what was being done.
    """
    return StoreError(where=where, **_explain(error, timeout), **doing)


def _explain(error: Exception, timeout: float) -> dict[str, str]:
    """Return the code and facts of what failed; the driver's own words where we have no code."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if busy or isinstance(error, TimeoutError):
        return {"code": "busy", "seconds": f"{timeout:g}"}
    if isinstance(error, ClosedError):
        return {"code": "store_closed"}
    if isinstance(error, UnicodeError | OverflowError):
        return {"problem": type(error).__name__}  # its message would show the text
    if isinstance(error, sqlite3.IntegrityError) and "phananh_case.code" in str(error):
        return {"code": "code_taken"}
    if isinstance(error, OSError):
        code = _SYSTEM.get(error.errno or 0, 0)
    known = _CODE.get(code)
    return {"code": known, "cause": str(error)} if known else {"problem": str(error)}
