"""A store by its address, as the command line and configurations name it."""

import os
import re
from typing import TYPE_CHECKING, Literal, overload

from phananh.errors import InputError, short_repr
from phananh.stores.memory import MemoryStore

if TYPE_CHECKING:
    from phananh.stores.sqlite.store import SqliteStore

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")


@overload
def open_store(address: Literal["memory:"]) -> MemoryStore: ...
@overload
def open_store(address: os.PathLike[str]) -> "SqliteStore": ...
@overload
def open_store(address: str) -> "MemoryStore | SqliteStore": ...
def open_store(address: str | os.PathLike[str]) -> "MemoryStore | SqliteStore":
    """Open the store at `memory:`, `sqlite:///relative`, `sqlite:////absolute` or a path.

    Open it once a process. Threads share it; several processes of one machine may open one
    file. A writer waits for its turn at a lock file, `cases.db-lock`, and in SQLite, up to 5
    seconds each (`SqliteStore(path, timeout=...)` for longer). Close it when nobody acts any
    more, or use `with`; every act is durable before it returns, closed or not.

    Args:
        address: a str, or a path. A file that is not there is made; its folder must exist.

    Raises:
        InputError: another scheme, no address, or "memory", which is none; the message lists
            those known.
        StoreError: the file cannot be opened, or is not ours (SchemaError).
    """
    if isinstance(address, str) and address.casefold() in ("memory", "sqlite"):
        raise InputError(field="store", code="unknown_store", value=short_repr(address))
    scheme = _SCHEME.match(address) if isinstance(address, str) else None
    if scheme is None or not isinstance(address, str):
        return _sqlite(address)
    if address == "memory:":
        return MemoryStore()
    if address.startswith("sqlite:///"):
        return _sqlite(address.removeprefix("sqlite:///"))
    raise InputError(field="store", code="unknown_store", value=short_repr(scheme[0]))


def _sqlite(path: str | os.PathLike[str]) -> "SqliteStore":
    from phananh.stores.sqlite.store import SqliteStore  # sqlite3 is loaded only when it is used

    return SqliteStore(path)
