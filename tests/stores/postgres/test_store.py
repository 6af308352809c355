"""The PostgreSQL store passes the whole contract, and is what its docstrings say."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from phananh.stores.base import Store
from phananh.stores.postgres import PostgresStore
from tests.servers.schema import PostgresSchema
from tests.stores.patience import PatientFeed
from tests.stores.suites import SqlConformance


class PatientStore(PatientFeed, PostgresStore):
    """The store, on a server that is shared with other tests."""


class TestPostgresStore(SqlConformance):
    """The whole suite, in a schema for each store."""

    capabilities = frozenset(
        {
            "durable",
            "multi_process",
            "multi_machine",
            "external_transaction",
            "sql_reports",
            "lists",
        }
    )

    @pytest.fixture(autouse=True)
    def _take_server(self, postgres: PostgresSchema) -> None:
        self._schema = postgres
        self._made = 0

    def make_store(self) -> Store:
        """Return an empty store, in tables of its own."""
        self._made += 1
        name = f"{self._schema.name}_{self._made}"
        with self._schema.connect() as connection:
            connection.execute(f"drop schema if exists {name} cascade")  # type: ignore[call-overload]
            connection.execute(f"create schema {name}")  # type: ignore[call-overload]
        store = PatientStore(self._schema.dsn, schema=name)
        store.migrate()
        return store

    def connect(self, store: Store) -> Store:
        """Return another handle on the same tables."""
        assert isinstance(store, PostgresStore)
        return PatientStore(self._schema.dsn, schema=store.dialect._schema, pool_size=2)

    def impatient(self, store: Store) -> Store:
        """Return a handle on the same tables that waits shortly for others."""
        assert isinstance(store, PostgresStore)
        schema = store.dialect._schema
        return PatientStore(self._schema.dsn, schema=schema, pool_size=2, timeout=0.3)

    def reopen(self, store: Store) -> Store:
        """Close the store and connect anew."""
        store.close()
        return self.connect(store)

    @contextmanager
    def transaction(self, store: Store) -> Iterator[Store]:
        """Run in a transaction of the application."""
        assert isinstance(store, PostgresStore)
        with (
            psycopg.connect(self._schema.dsn) as connection,
            PostgresStore.bound(connection, schema=store.dialect._schema) as bound,
        ):
            yield bound
