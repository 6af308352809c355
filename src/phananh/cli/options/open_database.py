"""The database of a command: named by `--db` or the environment, and opened by its address."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from phananh.cli.context import RunContext
from phananh.cli.errors import CommandError
from phananh.stores import open_store
from phananh.stores.schemes import OpenStore, is_libpq
from phananh.stores.sql.store import SqlStore

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def require_address(context: RunContext) -> str:
    """Return the address of the cases, without creating a database.

    Raises:
        CommandError: no database is named, or it is a file that is not there.
    """
    if context.address is None:
        raise CommandError("no_database_named")
    check_present(context.address)
    return context.address


def check_present(address: str) -> None:
    """Raise CommandError for a file that is not there. A server is asked when it is opened."""
    if is_url(address) or is_libpq(address):  # whoever opens it knows it, or says so
        return
    path = address.removeprefix("sqlite:///")
    try:
        found = Path(path).exists()
    except ValueError:
        found = False
    if not found:
        raise _no_database(path)


def is_url(address: str) -> bool:
    """Return whether an address is a URL, and not that of an SQLite file."""
    return not address.startswith("sqlite:///") and _SCHEME.match(address) is not None


@contextmanager
def open_database(address: str, *, check_schema: bool = True) -> Iterator[OpenStore]:
    """Open the store at an address and lend it, then close it."""
    # What fails is told once, by us; a pool of connections would log each attempt.
    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    try:
        store = open_store(address, check_schema=check_schema)
    except ValueError as error:  # a NUL in the path, or what no file name can hold
        if type(error) not in (ValueError, UnicodeEncodeError):
            raise
        raise _no_database(address) from None
    with store:
        yield store


def _no_database(path: str) -> CommandError:
    return CommandError("no_database_at", path=path)


def require_tables(store: OpenStore) -> SqlStore:
    """Return a store as one that keeps its cases in tables.

    Raises:
        CommandError: it is in memory, or of another package.
    """
    if not isinstance(store, SqlStore):
        raise CommandError("db.not_in_tables")
    return store
