"""Where a store is: a value that another process can open, whatever engine it is of."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import attrs
import psycopg

from phananh.stores import SqliteStore
from phananh.stores.base import Store
from phananh.stores.postgres import PostgresStore


@attrs.frozen
class Place:
    """An engine, an address and options; `open` gives a new store on the same histories."""

    engine: str
    address: str
    options: tuple[tuple[str, Any], ...] = ()

    def open(self, **more: Any) -> Any:
        """Return a store of its own on what lies here."""
        return _OPEN[self.engine](self.address, **{**dict(self.options), **more})

    def connect(self) -> Any:
        """Return a connection of an application, in which `begin` and `commit` are statements."""
        return _CONNECT[self.engine](self)

    @contextmanager
    def transact(self) -> Iterator[Store]:
        """Lend a store in a transaction of an application, which commits it at the end."""
        with closing(self.connect()) as connection:
            connection.execute("begin immediate" if self.engine == "sqlite" else "begin")
            with self.bind(connection) as bound:
                yield bound
            connection.execute("commit")

    def bind(self, connection: Any) -> AbstractContextManager[Store]:
        """Lend a store bound to a connection that is in a transaction."""
        return _BIND[self.engine](self, connection)


def _connect_sqlite(place: Place) -> sqlite3.Connection:
    return sqlite3.connect(place.address, isolation_level=None, timeout=60)


def _connect_postgres(place: Place) -> psycopg.Connection[Any]:
    schema = dict(place.options)["schema"]
    return psycopg.connect(place.address, autocommit=True, options=f"-csearch_path={schema}")


_OPEN: dict[str, Callable[..., Any]] = {
    "sqlite": SqliteStore,
    "postgres": PostgresStore,
}
_CONNECT = {
    "sqlite": _connect_sqlite,
    "postgres": _connect_postgres,
}
_BIND: dict[str, Callable[[Place, Any], AbstractContextManager[Store]]] = {
    "sqlite": lambda _, connection: SqliteStore.bound(connection),
    "postgres": lambda place, connection: PostgresStore.bound(
        connection, schema=dict(place.options)["schema"]
    ),
}


@contextmanager
def make_sqlite(**options: Any) -> Iterator[Place]:
    """Lend a new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="phananh-") as folder:
        place = Place("sqlite", str(Path(folder) / "cases.db"), tuple(options.items()))
        place.open().close()
        yield place


def make_postgres(dsn: str, schema: str, **options: Any) -> Place:
    """Return a place in a schema, which is made if it is not there, with its tables."""
    with psycopg.connect(dsn) as connection:
        connection.execute(f"create schema if not exists {schema}")
    place = Place("postgres", dsn, (("schema", schema), *options.items()))
    with place.open() as store:
        store.migrate()
    return place
