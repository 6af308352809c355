"""A store by its address, as the command line and configurations name it."""

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, overload

from phananh.errors import InputTypeError, short_repr
from phananh.stores.memory import MemoryStore
from phananh.stores.schemes import (
    OpenStore,
    is_libpq,
    open_entry,
    open_postgres,
    open_sqlalchemy,
    open_sqlite,
    unknown_error,
)

if TYPE_CHECKING:
    from phananh.stores.sqlite.store import SqliteStore

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_OPENS: dict[str, Callable[..., Any]] = {
    "sqlite:///": open_sqlite,
    "postgresql://": open_postgres,
    "postgres://": open_postgres,
    "sqlalchemy+": open_sqlalchemy,
}
# What means a store, and no file of that name.
_WORDS = (
    "memory",
    "sqlite",
    "postgresql",
    "postgres",
    "sqlalchemy",
)


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
    if not isinstance(address, str):
        return open_sqlite(address, check_schema=check_schema)
    if address == "memory:":
        return MemoryStore()
    for begin, opens in _OPENS.items():
        if address.lower().startswith(begin):
            store: OpenStore = opens(address, check_schema=check_schema)
            return store
    if address.casefold() in _WORDS or is_libpq(address):
        raise unknown_error(address)
    scheme = _SCHEME.match(address)
    if scheme is None:
        return open_sqlite(address, check_schema=check_schema)
    return open_entry(scheme[1], address)
