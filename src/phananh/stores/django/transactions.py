"""The transaction of a Django connection, and a block of the store inside or outside of it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import transaction

from phananh.stores.sql.replication import watch_replication
from phananh.stores.waiting import count_wait

_EARLY = ("IMMEDIATE", "EXCLUSIVE")


def begins_late(connection: Any) -> bool:
    """Return whether `atomic` takes the write lock of SQLite at its first write only."""
    return connection.vendor == "sqlite" and _find_mode(connection) not in _EARLY


def _find_mode(connection: Any) -> str:
    return str(connection.settings_dict["OPTIONS"].get("transaction_mode") or "").upper()


def is_in_transaction(connection: Any) -> bool:
    """Return whether the caller has to commit: in `atomic`, or without autocommit."""
    is_open = connection.connection is not None
    commits = connection.autocommit if is_open else connection.settings_dict["AUTOCOMMIT"]
    return bool(connection.in_atomic_block or not commits)


@contextmanager
def savepoint(connection: Any) -> Iterator[None]:
    """Run in a savepoint of the caller's transaction, or else in a transaction of its own."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        _begin_for_caller(connection)
    with ExitStack() as block:
        with count_wait():  # where SQLite waits for its lock
            block.enter_context(transaction.atomic(connection.alias))
        yield


def _begin_for_caller(connection: Any) -> None:
    """Begin where autocommit is off: SQLite would else commit at the end of our savepoint."""
    if not connection.get_autocommit() and not connection.connection.in_transaction:
        with connection.cursor() as cursor:
            cursor.execute(f"begin {_find_mode(connection)}")


@contextmanager
def watch_commits(connection: Any) -> Iterator[None]:
    """Raise NotReplicatedError if a commit of the store is perhaps on no replica."""
    connection.ensure_connection()
    with watch_replication(connection.connection):
        yield
