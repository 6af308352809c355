"""Which of our dialects a database of Django's is spoken to in."""

import os
from functools import cache
from typing import Any

from django.db import connections
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
    if getattr(connection, "phananh_process", _IMPORTED_IN) != os.getpid():
        _leave_to_parent(connection)
    return connection


def _leave_to_parent(connection: Any) -> None:
    """Let a process that was forked open its own connection: two would talk over one."""
    connection.phananh_process = os.getpid()
    is_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    if connection.connection is not None and not connection.in_atomic_block and not is_memory:
        pools = getattr(connection, "_connection_pools", {})  # whose threads are not forked
        _LEFT_TO_PARENT.extend((connection.connection, pools.pop(connection.alias, None)))
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
