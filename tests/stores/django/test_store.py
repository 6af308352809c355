"""The store over Django's databases passes the whole contract, on each engine."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, ClassVar

import pytest
from django.db import connections, transaction

from phananh.stores.base import Capability, Store
from phananh.stores.django import DjangoStore
from tests.servers.mariadb import new_database
from tests.servers.schema import PostgresSchema
from tests.stores.django import databases
from tests.stores.patience import PatientFeed
from tests.stores.suites import SqlConformance


class PatientStore(PatientFeed, DjangoStore):
    """The store, on a server that is shared with other tests, in threads that close behind them."""

    @contextmanager
    def _cursor(self, *given: Any, **options: Any) -> Iterator[Any]:
        try:
            with super()._cursor(*given, **options) as cursor:
                yield cursor
        finally:
            if threading.current_thread() is not threading.main_thread():
                connections[self.using].close()


class DjangoConformance(SqlConformance):
    """The whole suite, on databases that the migrations made."""

    shares_statements = True

    capabilities: frozenset[Capability] = frozenset(
        {"durable", "multi_process", "external_transaction", "sql_reports", "lists"}
    )
    made = 0

    def add_database(self) -> str:
        """Add a new, empty database; return its alias."""
        raise NotImplementedError

    def make_store(self) -> Store:
        """Return a store in a database of its own, made by the migrations."""
        self.made += 1
        alias = self.add_database()
        databases.migrate(alias)
        return PatientStore(alias)

    def connect(self, store: Store) -> Store:
        """Return a store with a connection of its own to the same database."""
        assert isinstance(store, DjangoStore)
        return PatientStore(databases.add_database(**connections.settings[store.using]))

    def reopen(self, store: Store) -> Store:
        """Close the connection, and open another."""
        assert isinstance(store, DjangoStore)
        connections[store.using].close()
        return self.connect(store)

    @contextmanager
    def transaction(self, store: Store) -> Iterator[Store]:
        """Run in `atomic`: the store is the same."""
        assert isinstance(store, DjangoStore)
        with transaction.atomic(store.using):
            yield store

    def teardown_method(self) -> None:
        """Close what Django has open."""
        databases.close_all()
        super().teardown_method()


class TestDjangoOnSqlite(DjangoConformance):
    """Files of SQLite."""

    known_gaps: ClassVar = {
        "test_works_in_children_forked_during_calls": "a child may hang that is forked while "
        "another thread is inside SQLite; fork while no call runs, or use SqliteStore",
    }

    def test_works_in_children_forked_during_calls(self) -> None:
        """A child may hang, or may not, so this is not run."""
        raise NotImplementedError

    def add_database(self) -> str:
        """Add a file."""
        return databases.add_sqlite(self.folder / f"cases-{self.made}.db", timeout=30)

    def stored_bytes(self, store: Store) -> bytes:
        """Return the bytes of all files."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.iterdir()))


class TestDjangoOnPostgres(DjangoConformance):
    """Schemas of PostgreSQL."""

    capabilities = DjangoConformance.capabilities | {"multi_machine"}

    @pytest.fixture(autouse=True)
    def _take_server(self, postgres: PostgresSchema) -> None:
        self._schema = postgres

    def add_database(self) -> str:
        """Add a schema."""
        name = f"{self._schema.name}_{self.made}"
        with self._schema.connect() as connection:
            connection.execute(f"create schema {name}")
        return databases.add_postgres(self._schema.dsn, name, pool={"min_size": 0, "max_size": 10})


@pytest.mark.slow  # each thread of each test connects anew, as Django has no pool for it
class TestDjangoOnMariadb(DjangoConformance):
    """Databases of MariaDB."""

    capabilities = DjangoConformance.capabilities | {"multi_machine"}

    @pytest.fixture(autouse=True)
    def _take_server(self, mariadb_url: str) -> Iterator[None]:
        with ExitStack() as self._databases:
            self._url = mariadb_url
            yield
            databases.close_all()

    def add_database(self) -> str:
        """Add a database."""
        return databases.add_mariadb(self._databases.enter_context(new_database(self._url)).url)
