"""Every store that there is, each empty and in a place of its own: `with new_store(...)`."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from phananh.stores import MemoryStore, SqliteStore
from phananh.stores.base import Store
from phananh.stores.postgres import PostgresStore
from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.servers.schema import new_schema
from tests.stores.patience import PatientFeed
from tests.stores.sqlalchemy.engines import new_engine

EVERY = (
    "memory",
    "sqlite",
    pytest.param("postgres", marks=pytest.mark.postgres),
    "sqlalchemy+sqlite",
    pytest.param("sqlalchemy+postgresql", marks=pytest.mark.postgres),
    pytest.param("sqlalchemy+mariadb", marks=pytest.mark.mariadb),
)
"""What `new_store` knows, as the parameters of a test."""


class PatientPostgres(PatientFeed, PostgresStore):
    """The store on PostgreSQL, on a server that is shared with other tests."""


class PatientSqlalchemy(PatientFeed, SqlalchemyStore):
    """The store over SQLAlchemy, on a server that is shared with other tests."""


@contextmanager
def new_store(name: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Store]:
    """Lend an empty store whose tables are made; what it is in is gone afterwards."""
    with ExitStack() as stack:
        if name == "memory":
            yield MemoryStore()
        elif name == "sqlite":
            yield stack.enter_context(SqliteStore(folder / "cases.db", synchronous="NORMAL"))
        elif name == "postgres":
            schema = stack.enter_context(new_schema(request.getfixturevalue("postgres_dsn")))
            server = stack.enter_context(PatientPostgres(schema.dsn, schema=schema.name))
            server.migrate()
            yield server
        else:
            engine = name.removeprefix("sqlalchemy+")
            made = stack.enter_context(new_engine(engine, request, folder))
            store = stack.enter_context(PatientSqlalchemy(made))
            store.migrate()
            yield store
