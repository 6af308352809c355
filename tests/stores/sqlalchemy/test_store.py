"""The store over SQLAlchemy passes the whole contract on each of its three engines."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import ClassVar

import pytest
from sqlalchemy import create_engine

from phananh.stores.base import Capability, Store
from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.stores.patience import PatientFeed
from tests.stores.sqlalchemy.engines import begin_immediate, new_engine
from tests.stores.suites import SqlConformance

BEYOND: frozenset[Capability] = frozenset(
    {"multi_process", "external_transaction", "sql_reports", "lists"}
)


class PatientStore(PatientFeed, SqlalchemyStore):
    """The store, on a server that is shared with other tests."""


class EngineConformance(SqlConformance):
    """The whole suite, over an engine for each store."""

    shares_statements = True

    engine = ""

    @pytest.fixture(autouse=True)
    def _take_request(self, request: pytest.FixtureRequest) -> Iterator[None]:
        self._request = request
        with ExitStack() as self._engines:
            yield
            super().teardown_method()

    def teardown_method(self) -> None:
        """Leave it to the fixture, whose engines are still needed by what was opened."""

    def make_store(self) -> Store:
        """Return an empty store, in a database of its own."""
        self._made = getattr(self, "_made", 0) + 1
        folder = self.folder / str(self._made)
        folder.mkdir()
        engine = self._engines.enter_context(new_engine(self.engine, self._request, folder))
        store = PatientStore(engine, timeout=30)
        store.migrate()
        return store

    def connect(self, store: Store) -> Store:
        """Return another handle on the same tables, over an engine of its own."""
        assert isinstance(store, SqlalchemyStore)
        engine = create_engine(store.engine.url, connect_args=self._options())
        self._engines.callback(engine.dispose)
        return PatientStore(begin_immediate(engine) if self.engine == "sqlite" else engine)

    def _options(self) -> dict[str, float]:
        return {"timeout": 30} if self.engine == "sqlite" else {}

    def impatient(self, store: Store) -> Store:
        """Return another handle that waits shortly, unless the server waits whole seconds."""
        if self.engine == "mariadb":
            return super().impatient(store)
        assert isinstance(store, SqlalchemyStore)
        is_sqlite = self.engine == "sqlite"
        options = {"timeout": 0.3} if is_sqlite else {}
        engine = create_engine(store.engine.url, connect_args=options)
        self._engines.callback(engine.dispose)
        return PatientStore(begin_immediate(engine) if is_sqlite else engine, timeout=0.3)

    def reopen(self, store: Store) -> Store:
        """Close the store and every connection, and connect anew."""
        assert isinstance(store, SqlalchemyStore)
        store.close()
        store.engine.dispose()
        return self.connect(store)

    @contextmanager
    def transaction(self, store: Store) -> Iterator[Store]:
        """Run in a transaction of the application."""
        assert isinstance(store, SqlalchemyStore)
        with store.engine.begin() as connection, SqlalchemyStore.bound(connection) as bound:
            yield bound


class TestOnSqlite(EngineConformance):
    """The suite over SQLite, whose settings are the application's: `durable` is not declared."""

    known_gaps: ClassVar = {
        "test_works_in_children_forked_during_calls": "a child may hang that is forked while "
        "another thread is inside SQLite; fork while no call runs, or use SqliteStore",
    }

    def test_works_in_children_forked_during_calls(self) -> None:
        """A child may hang, or may not, so this is not run."""
        raise NotImplementedError

    engine = "sqlite"
    capabilities = BEYOND


@pytest.mark.postgres
class TestOnPostgres(EngineConformance):
    """The suite over PostgreSQL."""

    engine = "postgresql"
    capabilities = BEYOND | {"durable", "multi_machine"}


@pytest.mark.mariadb
class TestOnMariadb(EngineConformance):
    """The suite over MariaDB."""

    engine = "mariadb"
    has_own_collation = True
    capabilities = BEYOND | {"durable", "multi_machine"}
