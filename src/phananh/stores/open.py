"""A store by its address, as the command line and configurations name it."""

import os
import re

from phananh.errors import InputError, shown
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_KNOWN = "memory:, sqlite:///path, or a plain path"


def open_store(address: str | os.PathLike[str]) -> Store:
    """Open the store at `memory:`, `sqlite:///relative`, `sqlite:////absolute` or a path.

    Raises:
        InputError: another scheme, or no address; the message lists those known.
        StoreError: the file cannot be opened, or is not ours.
    """
    scheme = _SCHEME.match(address) if isinstance(address, str) else None
    if scheme is None or not isinstance(address, str):
        return _sqlite(address)
    if address == "memory:":
        return MemoryStore()
    if address.startswith("sqlite:///"):
        return _sqlite(address.removeprefix("sqlite:///"))
    raise InputError(
        field="store", problem=f"unknown: {shown(scheme[0])}", way_out=f"one of {_KNOWN}"
    )


def _sqlite(path: str | os.PathLike[str]) -> Store:
    from phananh.stores.sqlite import SqliteStore  # sqlite3 is loaded only when it is used

    return SqliteStore(path)
