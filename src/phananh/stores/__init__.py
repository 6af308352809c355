"""The stores of histories: a small contract, and the classes that fulfil it."""

from typing import TYPE_CHECKING, Any

from phananh.stores.base import Page, Query, Store
from phananh.stores.memory import MemoryStore
from phananh.stores.open import open_store

if TYPE_CHECKING:
    from phananh.stores.sqlite.store import SqliteStore

__all__ = ["MemoryStore", "Page", "Query", "SqliteStore", "Store", "open_store"]


def __getattr__(name: str) -> Any:
    """Load the SQLite store at its first use, and sqlite3 with it."""
    if name == "SqliteStore":
        from phananh.stores.sqlite.store import SqliteStore

        return SqliteStore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
