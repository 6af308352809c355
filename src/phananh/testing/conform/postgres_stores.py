"""The suite for `PostgresStore`: each store has a schema of its own, dropped after its test."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql

from phananh.stores.base import Store
from phananh.stores.open import split_options
from phananh.stores.postgres.store import PostgresStore
from phananh.testing.conform.sql_stores import SqlConformance
from phananh.testing.conformance import StoreConformance


class PostgresConformance(SqlConformance):
    """The whole suite, in schemas of one database."""

    dsn = ""

    def make_store(self) -> Store:
        """Return an empty store, in tables of its own."""
        schema = f"phananh_{uuid4().hex}"
        self._schemas = [*getattr(self, "_schemas", ()), schema]
        self._run("create schema {}", schema)
        store = PostgresStore(self.dsn, schema=schema)
        store.migrate()
        return store

    def _run(self, statement: str, schema: str) -> None:
        said = sql.SQL(statement).format(sql.Identifier(schema))
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(said)

    def connect(self, store: Store) -> Store:
        """Return another handle on the same tables."""
        return PostgresStore(self.dsn, schema=find_schema(store), pool_size=2)

    def impatient(self, store: Store) -> Store:
        """Return a handle on the same tables that waits shortly for others."""
        return PostgresStore(self.dsn, schema=find_schema(store), pool_size=2, timeout=0.3)

    def reopen(self, store: Store) -> Store:
        """Close the store and connect anew."""
        store.close()
        return self.connect(store)

    @contextmanager
    def transaction(self, store: Store) -> Iterator[Store]:
        """Run in a transaction of the application."""
        schema = find_schema(store)
        with (
            psycopg.connect(self.dsn) as connection,
            PostgresStore.bound(connection, schema=schema) as bound,
        ):
            yield bound

    def teardown_method(self) -> None:
        """Clean up as the suite does, and drop the schemas of the test."""
        super().teardown_method()
        for schema in getattr(self, "_schemas", ()):
            self._run("drop schema {} cascade", schema)


def find_schema(store: Store) -> str:
    """Return the schema that a store is in."""
    if not isinstance(store, PostgresStore):
        raise TypeError(f"{type(store).__name__} is no PostgresStore")
    return store.dialect.speech.schema


def suite_on_server(url: str) -> type[StoreConformance]:
    """Return the suite for the database at a URL."""
    dsn, _options = split_options(url)
    return type("PostgresSuite", (PostgresConformance,), {"dsn": dsn})
