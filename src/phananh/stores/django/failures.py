"""What a database of Django's raised, as a StoreError that says what to do in a project."""

from typing import Any

from phananh.errors import StoreError
from phananh.stores.sql import Dialect, driver_error

_EARLY = ("IMMEDIATE", "EXCLUSIVE")


def begins_late(connection: Any) -> bool:
    """Return whether `atomic` takes the write lock of SQLite at its first write only."""
    return connection.vendor == "sqlite" and _mode(connection) not in _EARLY


def _mode(connection: Any) -> str:
    return str(connection.settings_dict["OPTIONS"].get("transaction_mode")).upper()


def recover(connection: Any) -> None:
    """Let Django drop a connection that the server has closed, so that the next call opens one.

    It does so by itself only between requests. A transaction of the caller's is left alone.
    """
    if connection.autocommit and not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def explain(
    cause: BaseException, connection: Any, dialect: Dialect, where: str, **doing: Any
) -> StoreError:
    """Return the StoreError for what the driver raised."""
    seconds = connection.settings_dict["OPTIONS"].get("timeout", 5)
    error = driver_error(cause, dialect, where, seconds=seconds, **doing)
    if error.code == "busy" and connection.in_atomic_block and begins_late(connection):
        return StoreError(where=where, code="atomic_began_late", **doing)
    return error
