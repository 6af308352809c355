"""The meaning of SQLite's own errors, as codes of the store. The cause stays chained."""

import errno
import sqlite3
from typing import Any

from phananh.errors import StoreError
from phananh.stores.sql.dialects.sqlite.dialect import SqliteDialect
from phananh.stores.sql.errors import driver_error

DIALECT = SqliteDialect()

ENGINE = (sqlite3.Error, OSError, UnicodeError, OverflowError)
"""What the driver and the system raise, and a caller sees as the cause of a StoreError."""


class ClosedError(sqlite3.ProgrammingError):
    """A connection was asked for after the store was closed."""


# What the system raises for the file of the lock, by the code that we have for it.
_SYSTEM = {
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.ENOSPC: "disk_full",
}


def engine_error(error: Exception, where: str, timeout: float, **doing: Any) -> StoreError:
    """Return the StoreError for an error of the driver or the system.

    `doing` are the arguments of a StoreError that name the task.
    """
    if isinstance(error, ClosedError):
        return StoreError(where=where, code="store_closed", **doing)
    if isinstance(error, TimeoutError):
        return StoreError(where=where, code="busy", seconds=f"{timeout:g}", **doing)
    if isinstance(error, OSError) and error.errno in _SYSTEM:
        return StoreError(where=where, code=_SYSTEM[error.errno], cause=str(error), **doing)
    return driver_error(error, DIALECT, where, seconds=timeout, **doing)
