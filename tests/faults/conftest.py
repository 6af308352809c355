"""A place of each engine that can be shared by threads and processes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.faults.failing import FAIL_IN, Failure
from tests.faults.places import Place, make_alchemy, make_postgres, make_sqlite
from tests.servers.mariadb import MariadbDatabase
from tests.servers.schema import PostgresSchema
from tests.stores.sqlalchemy.engines import psycopg_url

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=[*ENGINES, pytest.param("refused", marks=pytest.mark.postgres)])
def failing(request: pytest.FixtureRequest) -> Iterator[tuple[Place, Failure]]:
    """Return an empty place of each engine, and the failure of its driver.

    PostgreSQL fails in two ways: the connection is lost, and the server refuses a statement.
    The store tries nothing again by itself.
    """
    with ExitStack() as life:
        patch = life.enter_context(pytest.MonkeyPatch.context())
        if request.param != "sqlite":
            schema: PostgresSchema = request.getfixturevalue("postgres")
            found = make_postgres(schema.dsn, schema.name, retry_for=0)
        else:
            found = life.enter_context(make_sqlite(synchronous="NORMAL"))
        yield found, life.enter_context(FAIL_IN[request.param](patch))


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Return an empty place of each engine in turn, which waits long for its turn."""
    with lend_place(request) as made:
        yield made


@pytest.fixture(
    params=[
        *ENGINES,
        pytest.param("alchemy-sqlite", marks=pytest.mark.slow),
        pytest.param("alchemy-postgres", marks=[pytest.mark.slow, pytest.mark.postgres]),
        pytest.param("alchemy-mariadb", marks=pytest.mark.mariadb),
    ]
)
def every_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Return an empty place of each store that processes can share."""
    with ExitStack() as life:
        if request.param == "alchemy-sqlite":
            yield make_alchemy(f"sqlite:///{tmp_path / 'cases.db'}")
        elif request.param == "alchemy-postgres":
            schema: PostgresSchema = request.getfixturevalue("postgres")
            yield make_alchemy(psycopg_url(schema.dsn_inside))
        elif request.param == "alchemy-mariadb":
            database: MariadbDatabase = request.getfixturevalue("mariadb")
            yield make_alchemy(database.url)
        else:
            yield life.enter_context(lend_place(request))


@contextmanager
def lend_place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Lend an empty place of the engine that a fixture was asked for."""
    if request.param == "postgres":
        schema: PostgresSchema = request.getfixturevalue("postgres")
        yield make_postgres(schema.dsn, schema.name, timeout=60)
        return
    with make_sqlite(timeout=60) as made:
        yield made
