"""The stores that addresses name by their schemes, including those of other packages."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, Self

from phananh.errors import InputError, short_repr
from phananh.stores.base import Store

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from phananh.stores.postgres.store import PostgresStore
    from phananh.stores.sqlalchemy.store import SqlalchemyStore
    from phananh.stores.sqlite.store import SqliteStore

GROUP = "phananh.stores"  # the entry points of stores that other packages bring
_LIBPQ = re.compile(r"\s*(host|hostaddr|port|dbname|user|password|service)\s*=", re.IGNORECASE)
_SQLALCHEMY = "sqlalchemy+mariadb+pymysql://user@host/database"
# What names a server without its address: how to write one, and the extra that opens it.
_EXTRAS = {
    "postgresql": ("postgresql://user@host/database", "postgres"),
    "postgres": ("postgresql://user@host/database", "postgres"),
    **dict.fromkeys(("sqlalchemy", "mariadb", "mysql"), (_SQLALCHEMY, "sqlalchemy")),
}
_KNOWN = ("memory:", "sqlite:///path", "postgresql://host/database", "sqlalchemy+URL")


class OpenStore(Store, Protocol):
    """A store that a `with` block closes, such as every store at an address."""

    def __enter__(self) -> Self:
        """Return the store."""

    def __exit__(self, *raised: object) -> None:
        """Close the store."""


def open_sqlite(path: str | os.PathLike[str], *, check_schema: bool) -> "SqliteStore":
    """Open the store in a file, at its path or `sqlite:///path`."""
    from phananh.stores.sqlite.store import SqliteStore  # sqlite3 is loaded only when it is used

    named = path.removeprefix("sqlite:///") if isinstance(path, str) else path
    return SqliteStore(named, check_schema=check_schema)


def open_postgres(address: str, *, check_schema: bool) -> "PostgresStore":
    """Open the store in a PostgreSQL database, with the store's options in the URL.

    Raises:
        InputError: no URL of libpq, an unknown option, or no driver.
    """
    with require_extra("postgres"):
        from phananh.stores.postgres.store import PostgresStore
    from phananh.stores.url_options import split_options

    scheme, _, rest = address.partition("://")
    url, options = split_options(f"{scheme.lower()}://{rest}")  # libpq knows small letters only
    return PostgresStore(url, check_schema=check_schema, **options)


def open_sqlalchemy(address: str, *, check_schema: bool) -> "SqlalchemyStore":
    """Open the store in the database of the URL of SQLAlchemy that follows `sqlalchemy+`.

    Raises:
        InputError: no such URL, or a missing package.
    """
    with require_extra("sqlalchemy"):
        from phananh.stores.sqlalchemy.opening import open_url
    return open_url(address.partition("+")[2], check_schema=check_schema)


@contextmanager
def require_extra(extra: str) -> Iterator[None]:
    """Say how to install what an import lacks."""
    try:
        yield
    except ImportError as error:
        facts = {"extra": extra, "cause": str(error.name or error)}
        raise InputError(field="store", code="extra_missing", **facts) from error


def open_entry(scheme: str, address: str) -> OpenStore:
    """Open a store of another package, which gets the whole address.

    Raises:
        InputError: no package brings this scheme, or its function cannot be loaded.
    """
    from importlib.metadata import entry_points  # takes as long to load as half of a desk

    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if scheme not in found:
        raise unknown_error(f"{scheme}:", found)
    store: OpenStore = _load(found[scheme])(address)
    return store


def _load(entry: "EntryPoint") -> Callable[[str], OpenStore]:
    try:
        opens: Callable[[str], OpenStore] = entry.load()
    except (ImportError, AttributeError) as error:
        facts = {"scheme": entry.name, "value": entry.value, "cause": str(error)}
        raise InputError(field="store", code="store_not_loaded", **facts) from error
    return opens


def unknown_error(value: str, more: Iterable[str] = ()) -> InputError:
    """Return the error for an address of no store. `more` are the schemes of other packages."""
    known = (*_KNOWN, *(f"{name}:" for name in sorted(more)))
    meant, name = _find_meant(value), value.casefold().removesuffix(":")
    if name in _EXTRAS:
        written, extra = _EXTRAS[name]
        facts = {"value": short_repr(value), "meant": written, "extra": extra}
        return InputError(field="store", code="store_of_extra", **facts)
    if meant is not None:
        value = "***" if is_libpq(value) else short_repr(value)
        return InputError(field="store", code="store_meant", value=value, meant=meant)
    return InputError(field="store", code="unknown_store", value=short_repr(value), known=known)


def is_libpq(address: str) -> bool:
    """Return whether an address is a connection string such as `host=... dbname=...`."""
    return _LIBPQ.match(address) is not None


def _find_meant(value: str) -> str | None:
    """Return the correct form of an address that is nearly a known one."""
    if is_libpq(value):
        return "postgresql://user@host/database"
    if value.lower() == "sqlite:":
        return "sqlite:///cases.db"
    if "+" in value:
        return f"sqlalchemy+{value}//user:password@host/database"
    return None
