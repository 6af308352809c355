"""Which of our dialects a database of Django's is spoken to in, and by whose connection.

A child that inherits an open SQLite file believes in locks that it does not hold, even for
connections that it opens itself, and its parent deletes the log under it. So it closes those of
all threads that its parent had.
"""

import os
import weakref
from functools import cache
from typing import Any

from django.db import connections
from django.db.backends.signals import connection_created
from django.utils.connection import ConnectionDoesNotExist
from django.utils.module_loading import import_string

from phananh.errors import InputError, short_repr
from phananh.stores.sql import Dialect

_DIALECTS = {
    "mysql": "phananh.stores.sql.dialects.mariadb.dialect.MariadbDialect",
    "postgresql": "phananh.stores.sql.dialects.postgres.dialect.PostgresDialect",
    "sqlite": "phananh.stores.sql.dialects.sqlite.dialect.SqliteDialect",
}
VENDORS = tuple(_DIALECTS)
_IMPORTED_IN = os.getpid()
_OPENED: "weakref.WeakKeyDictionary[Any, int]" = weakref.WeakKeyDictionary()  # in which process
_LEFT_TO_PARENT: list[Any] = []  # kept, for a driver says goodbye to the server when it forgets


def connect(using: str) -> Any:
    """Return this thread's connection of an alias, without opening it.

    Raises:
        InputError: DATABASES has no such alias.
    """
    try:
        connection = connections[using]
    except ConnectionDoesNotExist:
        given, known = short_repr(using), tuple(connections)
        raise InputError(field="using", code="unknown_value", value=given, known=known) from None
    if is_inherited(connection):
        for each in [connection, *filter(is_inherited, list(_OPENED))]:
            _leave_to_parent(each)
    return connection


def note_process(connection: Any, **_: object) -> None:
    """Note in which process a connection was opened."""
    _OPENED[connection] = os.getpid()


connection_created.connect(note_process)


def is_inherited(connection: Any) -> bool:
    """Tell whether a connection may have been opened by the parent of this process."""
    return _OPENED.get(connection, _IMPORTED_IN) != os.getpid()


def _leave_to_parent(connection: Any) -> None:
    """Let a process that was forked open its own connection: two would talk over one."""
    note_process(connection)
    driver, is_file = connection.connection, connection.vendor == "sqlite"
    if driver is None or connection.in_atomic_block:
        return
    if is_file and (connection.is_in_memory_db() or driver.in_transaction):
        return
    if is_file:
        driver.close()
    else:
        pools = getattr(connection, "_connection_pools", {})  # whose threads are not forked
        _LEFT_TO_PARENT.extend((driver, pools.pop(connection.alias, None)))
    connection.connection = None


def name_database(connection: Any) -> str:
    """Return how errors name a database: by its alias, without its address and password."""
    return f"DATABASES[{connection.alias!r}]"


def find_dialect(connection: Any, timeout: float = 5.0) -> Dialect:
    """Return the dialect of a database, which waits for a lock `timeout` seconds at most.

    Raises:
        InputError: we have no tables for it.
    """
    vendor: str = connection.vendor
    if vendor not in _DIALECTS:
        facts = {"where": name_database(connection), "vendor": vendor, "known": VENDORS}
        raise InputError(field="using", code="database_unsupported", **facts)
    return _make_dialect(vendor, timeout)


@cache
def _make_dialect(vendor: str, timeout: float) -> Dialect:
    options = {} if vendor == "sqlite" else {"timeout": timeout}
    made: Dialect = import_string(_DIALECTS[vendor])(mark="%s", **options)
    return made


def limit_of_wait(connection: Any, timeout: float) -> float:
    """Return how many seconds a lock is waited for: on SQLite as the driver's own option says."""
    found = connection.settings_dict["OPTIONS"].get("timeout", 5.0)
    return float(found) if connection.vendor == "sqlite" else timeout
