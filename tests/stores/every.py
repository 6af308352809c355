"""Every store that there is, each empty and in a place of its own: `with new_store(...)`."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from phananh.stores import MemoryStore, SqliteStore
from phananh.stores.base import Store
from phananh.stores.django import DjangoStore
from phananh.stores.postgres import PostgresStore
from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.servers.mariadb import new_database
from tests.servers.schema import new_schema
from tests.stores.django import databases
from tests.stores.patience import PatientFeed
from tests.stores.sqlalchemy.engines import new_engine

EVERY = (
    "memory",
    "sqlite",
    pytest.param("postgres", marks=pytest.mark.postgres),
    "sqlalchemy+sqlite",
    pytest.param("sqlalchemy+postgresql", marks=pytest.mark.postgres),
    pytest.param("sqlalchemy+mariadb", marks=pytest.mark.mariadb),
    "django+sqlite",
    pytest.param("django+postgresql", marks=pytest.mark.postgres),
    pytest.param("django+mariadb", marks=pytest.mark.mariadb),
)
"""What `new_store` knows, as the parameters of a test."""


class PatientPostgres(PatientFeed, PostgresStore):
    """The store on PostgreSQL, on a server that is shared with other tests."""


class PatientSqlalchemy(PatientFeed, SqlalchemyStore):
    """The store over SQLAlchemy, on a server that is shared with other tests."""


class PatientDjango(PatientFeed, DjangoStore):
    """The store over Django, on a server that is shared with other tests."""


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
        elif name.startswith("django+"):
            yield stack.enter_context(_new_django_store(name, request, folder))
        else:
            engine = name.removeprefix("sqlalchemy+")
            made = stack.enter_context(new_engine(engine, request, folder))
            store = stack.enter_context(PatientSqlalchemy(made))
            store.migrate()
            yield store


@contextmanager
def _new_django_store(
    name: str, request: pytest.FixtureRequest, folder: Path
) -> Iterator[DjangoStore]:
    """Lend a store over a database of Django, whose migrations were run."""
    with ExitStack() as stack:
        if name == "django+sqlite":
            alias = databases.add_sqlite(folder / "cases.db")
        elif name == "django+mariadb":
            server = request.getfixturevalue("mariadb_url")
            alias = databases.add_mariadb(stack.enter_context(new_database(server)).url)
        else:
            schema = stack.enter_context(new_schema(request.getfixturevalue("postgres_dsn")))
            alias = databases.add_postgres(schema.dsn, schema.name)
        stack.callback(databases.close_all)
        databases.migrate(alias)
        yield PatientDjango(alias)
