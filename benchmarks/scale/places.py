"""Where the cases of a run are kept: a file or a schema for each size."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import attrs

from phananh.stores import SqliteStore

ROOT = Path(__file__).parents[2]
# What an office would give a server of its own; the rest is as it comes.
SERVER = {"shared_buffers": "2GB", "max_wal_size": "8GB", "checkpoint_timeout": "15min"}


@attrs.frozen(kw_only=True)
class Place:
    """One database of so many cases; plain data, so that processes can be given it."""

    engine: str
    size: int
    where: str = attrs.field(repr=False)
    schema: str | None = None

    def open(self) -> Any:
        """Return its store, made where there is none; close it yourself."""
        if self.engine == "SQLite":
            return SqliteStore(self.where)
        from phananh.stores.postgres import PostgresStore

        return PostgresStore(self.where, schema=self.schema)

    def make(self) -> None:
        """Make the tables."""
        with self.open() as store:
            if self.engine != "SQLite":
                store.migrate()

    def settle(self) -> None:
        """Let the engine do what it would do by itself later: statistics, log, free space."""
        if self.engine == "SQLite":
            return
        import psycopg

        with psycopg.connect(self.where, autocommit=True) as connection:
            for name in self._tables():
                connection.execute(f"vacuum (analyze) {self.schema}.{name}")  # type: ignore[call-overload]
            connection.execute("checkpoint")

    def bytes_of_tables(self) -> dict[str, int]:
        """Return the size of each table with its indexes, in bytes."""
        if self.engine == "SQLite":
            return self._bytes_of_file()
        import psycopg

        with psycopg.connect(self.where, autocommit=True) as connection:
            return {
                name: connection.execute(
                    "select pg_total_relation_size(%s::regclass)", (f"{self.schema}.{name}",)
                ).fetchone()[0]  # type: ignore[index]
                for name in self._tables()
            }

    def _bytes_of_file(self) -> dict[str, int]:
        import sqlite3

        connection = sqlite3.connect(self.where)
        try:
            pages = connection.execute(
                """select m.tbl_name, sum(s.pgsize) from dbstat s
                join sqlite_master m on m.name = s.name group by m.tbl_name"""
            ).fetchall()
        except sqlite3.OperationalError:  # a library without the table of statistics
            pages = [("all", Path(self.where).stat().st_size)]
        finally:
            connection.close()
        return {name: size for name, size in pages if name.startswith(("phananh_", "all"))}

    def _tables(self) -> list[str]:
        import psycopg

        query = "select tablename from pg_tables where schemaname = %s order by tablename"
        with psycopg.connect(self.where, autocommit=True) as connection:
            return [name for (name,) in connection.execute(query, (self.schema,))]


@contextmanager
def sqlite_places(sizes: Sequence[int], folder: Path) -> Iterator[list[Place]]:
    """Lend a file for each size, in a folder on the disk that is measured."""
    yield [
        Place(engine="SQLite", size=size, where=str(folder / f"cases-{size}.db")) for size in sizes
    ]


@contextmanager
def postgres_places(sizes: Sequence[int], dsn: str | None) -> Iterator[list[Place]]:
    """Lend a schema for each size, on the server of `dsn`, or on one that is started for it."""
    import psycopg

    with ExitStack() as stack:
        if dsn is None:
            from tests.servers.postgres import postgres_server

            dsn = stack.enter_context(postgres_server(durable=True, options=SERVER)).dsn()
        with psycopg.connect(dsn, autocommit=True) as connection:
            for size in sizes:
                connection.execute(f"drop schema if exists scale_{size} cascade")
                connection.execute(f"create schema scale_{size}")
        yield [
            Place(engine="PostgreSQL", size=size, where=dsn, schema=f"scale_{size}")
            for size in sizes
        ]
