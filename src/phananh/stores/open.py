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
        InputError: another scheme; the message lists those known.
        StoreError: the file cannot be opened, or is not ours.
    """
    text = os.fspath(address)
    scheme = _SCHEME.match(text)
    if text == "memory:":
        return MemoryStore()
    if scheme is None or isinstance(address, os.PathLike):
        return _sqlite(text)
    if text.startswith("sqlite:///"):
        return _sqlite(text.removeprefix("sqlite:///"))
    raise InputError(
        field="store", problem=f"unknown: {shown(scheme[0])}", way_out=f"one of {_KNOWN}"
    )


def _sqlite(path: str) -> Store:
    from phananh.stores.sqlite import SqliteStore  # sqlite3 is loaded only when it is used

    return SqliteStore(path)
