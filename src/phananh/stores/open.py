"""A store by its address, as the command line and configurations name it."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, overload
from urllib.parse import unquote_plus

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore

if TYPE_CHECKING:
    from phananh.stores.sqlite import SqliteStore

GROUP = "phananh.stores"  # the entry points of stores that other packages bring
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_LIBPQ = re.compile(r"\s*(host|hostaddr|port|dbname|user|password|service)\s*=", re.IGNORECASE)
_SERVER = re.compile(r"://|:[^/\\]*@")  # as in a URL behind a blank, a quote or a name
_KNOWN = ("memory:", "sqlite:///path", "postgresql://host/database", "sqlalchemy+URL")
_POSTGRES = "postgresql://user@host/database"
# What names a kind of store without its address, and no file: how to write one.
_MEANT = {
    "memory": "memory:",
    "sqlite": "sqlite:///cases.db",
    **dict.fromkeys(("postgres", "postgresql"), _POSTGRES),
    **dict.fromkeys(
        ("sqlalchemy", "mariadb", "mysql"), "sqlalchemy+mariadb+pymysql://user@host/database"
    ),
}
_FLAGS = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
# What a URL may say to a store, and how each is read.
_OPTIONS: dict[str, Callable[[str], Any]] = {
    "phananh_schema": str,
    "phananh_timeout": float,
    "phananh_retry_for": float,
    "phananh_prepare": lambda text: _FLAGS[text.lower()],
}


def split_options(url: str) -> tuple[str, dict[str, Any]]:
    """Return a URL without the library's options, and these as arguments of the store.

    Raises:
        InputError: an unknown option, or a value that it cannot have.
    """
    base, mark, query = url.partition("?")
    parts = query.split("&") if mark else []
    ours = [part for part in parts if part.startswith("phananh_")]
    rest = "&".join(part for part in parts if part not in ours)
    return base + (f"?{rest}" if rest else ""), dict(_read_option(part) for part in ours)


def _read_option(part: str) -> tuple[str, Any]:
    name, _, text = part.partition("=")
    if name not in _OPTIONS:
        value, known = short_repr(name), tuple(_OPTIONS)
        raise InputError(field="store", code="unknown_value", value=value, known=known)
    try:
        return name.removeprefix("phananh_"), _OPTIONS[name](unquote_plus(text))
    except (KeyError, ValueError):
        value = short_repr(part)
        raise InputError(field="store", code="url_option", value=value) from None


class OpenStore(Store, Protocol):
    """A store that a `with` block closes, such as every store at an address."""

    def __enter__(self) -> Self:
        """Return the store."""

    def __exit__(self, *raised: object) -> None:
        """Close the store."""


@overload
def open_store(address: Literal["memory:"], *, check_schema: bool = True) -> MemoryStore: ...
@overload
def open_store(address: os.PathLike[str], *, check_schema: bool = True) -> "SqliteStore": ...
@overload
def open_store(address: str, *, check_schema: bool = True) -> OpenStore: ...
def open_store(address: str | os.PathLike[str], *, check_schema: bool = True) -> OpenStore:
    """Open the store at an address: a path, or a URL of one of these schemes.

    - a path, `sqlite:///relative` and `sqlite:////absolute`: a `SqliteStore`. A missing file is
      made. Its folder must exist.
    - `postgresql://user:password@host/database`, as libpq has it: a `PostgresStore`, by the
      extra `postgres`. The query string may hold `phananh_schema`, `phananh_timeout`,
      `phananh_retry_for` and `phananh_prepare=off`. The tables are made by `phananh db migrate`.
    - `sqlalchemy+` before any URL of SQLAlchemy, such as
      `sqlalchemy+mariadb+pymysql://user:password@host/database`: a `SqlalchemyStore` with an
      engine of its own, by the extra `sqlalchemy` and the driver.
    - `memory:`: a new `MemoryStore`.
    - the name of an entry point in the group `phananh.stores` that another package installed:
      its value is a function of the whole address that returns a store.

    Open it once per process: threads share it. Close it after the last act, or use `with`. Every
    act is durable before it returns, closed or not.

    Args:
        address: a str, or a path.
        check_schema: False opens tables of an older schema too, to `migrate` them.

    Raises:
        InputError: an address of no store, with the known schemes in the message. Or its driver is
            not installed, with the command that installs it in the message.
        StoreError: it cannot be opened, or its tables are not those of the library (SchemaError).

    Example:
        >>> from phananh import Desk
        >>> with open_store("cases.db") as store:
        ...     Desk(store=store).count()
        0
    """
    if not isinstance(address, str | os.PathLike):
        raise InputTypeError(field="store", code="not_an_address", value=short_repr(address))
    if address == "memory:":
        return MemoryStore()
    text = str(address) if isinstance(address, str) else ""
    for begin, opens in _OPENS.items():
        if text.lower().startswith(begin):
            store: OpenStore = opens(text, check_schema)
            return store
    if is_libpq(text) or text.casefold() in _MEANT:
        raise unknown_error(text)
    scheme = _SCHEME.match(text)
    if scheme is None and _SERVER.search(text):
        raise unknown_error("***")
    return open_entry(scheme[1], text) if scheme else _open_sqlite(address, check_schema)


def _open_sqlite(path: str | os.PathLike[str], check_schema: bool) -> OpenStore:  # noqa: FBT001  # private
    """Open the store in a file, at its path or `sqlite:///path`."""
    from phananh.stores.sqlite import SqliteStore  # sqlite3 is loaded only when it is used

    named = path.removeprefix("sqlite:///") if isinstance(path, str) else path
    return SqliteStore(named, check_schema=check_schema)


def _open_postgres(address: str, check_schema: bool) -> OpenStore:  # noqa: FBT001  # private
    """Open the store in a PostgreSQL database, with the store's options in the URL."""
    with _require_extra("postgres"):
        from phananh.stores.postgres import PostgresStore

    scheme, _, rest = address.partition("://")
    url, options = split_options(f"{scheme.lower()}://{rest}")  # libpq knows small letters only
    return PostgresStore(url, check_schema=check_schema, **options)


def _open_sqlalchemy(address: str, check_schema: bool) -> OpenStore:  # noqa: FBT001  # private
    """Open the store in the database of the URL of SQLAlchemy that follows `sqlalchemy+`."""
    with _require_extra("sqlalchemy"):
        from phananh.stores.sqlalchemy import open_url
    return open_url(address.partition("+")[2], check_schema=check_schema)


_OPENS: dict[str, Callable[..., OpenStore]] = {
    "sqlite:///": _open_sqlite,
    "postgresql://": _open_postgres,
    "postgres://": _open_postgres,
    "sqlalchemy+": _open_sqlalchemy,
}


@contextmanager
def _require_extra(extra: str) -> Iterator[None]:
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
    try:
        opens: Callable[[str], OpenStore] = found[scheme].load()
    except (ImportError, AttributeError) as error:
        facts = {"scheme": scheme, "value": found[scheme].value, "cause": str(error)}
        raise InputError(field="store", code="store_not_loaded", **facts) from error
    return opens(address)


def unknown_error(value: str, more: Iterable[str] = ()) -> InputError:
    """Return the error for an address of no store. `more` are the schemes of other packages."""
    meant = _POSTGRES if is_libpq(value) else _MEANT.get(value.casefold().removesuffix(":"))
    if meant is not None:
        value = "***" if is_libpq(value) else short_repr(value)
        return InputError(field="store", code="store_meant", value=value, meant=meant)
    known = (*_KNOWN, *(f"{name}:" for name in sorted(more)))
    return InputError(field="store", code="unknown_store", value=short_repr(value), known=known)


def is_libpq(address: str) -> bool:
    """Return whether an address is a connection string such as `host=... dbname=...`."""
    return _LIBPQ.match(address) is not None
