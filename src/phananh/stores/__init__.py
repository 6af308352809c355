"""The stores of histories: a small contract, and the classes that fulfil it.

Names are loaded at their first use, so that you need the extra of an engine only if you use it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phananh.stores.base import (
        Change,
        CommandRecord,
        FeedEntry,
        IndexRow,
        Lease,
        Page,
        Query,
        Store,
    )
    from phananh.stores.codec import decode, encode
    from phananh.stores.django.store import DjangoStore
    from phananh.stores.memory import MemoryStore
    from phananh.stores.open import open_store
    from phananh.stores.postgres import PostgresStore
    from phananh.stores.sql import Dialect, SqlStore
    from phananh.stores.sqlalchemy import SqlalchemyStore
    from phananh.stores.sqlite import SqliteStore

__all__ = [
    "Change",
    "CommandRecord",
    "Dialect",
    "DjangoStore",
    "FeedEntry",
    "IndexRow",
    "Lease",
    "MemoryStore",
    "Page",
    "PostgresStore",
    "Query",
    "SqlStore",
    "SqlalchemyStore",
    "SqliteStore",
    "Store",
    "decode",
    "encode",
    "open_store",
]

_HOMES = {
    **dict.fromkeys(("Dialect", "SqlStore"), "sql"),
    **dict.fromkeys(("decode", "encode"), "codec"),
    "DjangoStore": "django",
    "MemoryStore": "memory",
    "PostgresStore": "postgres",
    "SqlalchemyStore": "sqlalchemy",
    "SqliteStore": "sqlite",
    "open_store": "open",
}

if not TYPE_CHECKING:  # a type checker would take any name at all for known

    def __getattr__(name: str) -> object:
        """Load a public name from its home, once."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = _HOMES.get(name, "base")
        try:
            value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
        except ModuleNotFoundError as error:
            if str(error.name).startswith("phananh"):
                raise
            problem = f'{name} needs the extra "{home}"; in a clone: pip install ".[{home}]"'
            raise ModuleNotFoundError(problem, name=error.name) from None
        return value
