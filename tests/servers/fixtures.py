"""The servers as fixtures of pytest: one schema or database a test.

A test that takes one of them is marked `postgres`, `pgbouncer` or `mariadb` by itself. Where
the server is missing the test is skipped, and the line of the skip says how to get it.
`PHANANH_REQUIRE_POSTGRES=1` makes it fail instead.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.servers.home import NoServerError, shared
from tests.servers.mariadb import MariadbDatabase, new_database, start_mariadb
from tests.servers.pgbouncer import find_pgbouncer, pgbouncer
from tests.servers.postgres import (
    PostgresServer,
    is_postgres_required,
    postgres_server,
    server_from,
)
from tests.servers.programs import find_programs
from tests.servers.schema import PostgresSchema, new_schema

MARKS = {
    "postgres_dsn": "postgres",
    "postgres_programs": "postgres",
    "pgbouncer_dsn": "pgbouncer",
    "mariadb_url": "mariadb",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the servers that it takes, so that `-m postgres` finds it."""
    for item in items:
        for fixture in set(getattr(item, "fixturenames", ())) & MARKS.keys():
            item.add_marker(MARKS[fixture])


def give_up(error: NoServerError) -> NoReturn:
    """Skip the test, or fail it where PostgreSQL is required."""
    if is_postgres_required():
        pytest.fail(f"PHANANH_REQUIRE_POSTGRES is set: {error}", pytrace=False)
    pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres_programs() -> Path:
    """Return the folder of PostgreSQL's programs, for a test that starts its own servers."""
    try:
        return find_programs()
    except NoServerError as error:
        give_up(error)


@pytest.fixture(scope="session")
def postgres_dsn(request: pytest.FixtureRequest) -> str:
    """Return the URL of a PostgreSQL of this process: a fast one, which would not survive a crash.

    A feed waits for every open transaction of its server, those of other processes' tests too.
    """
    if named := os.environ.get("PHANANH_TEST_POSTGRES"):
        return named
    request.getfixturevalue("postgres_programs")
    return shared(f"pg{os.environ.get('PYTEST_XDIST_WORKER', '')}", server_from)


@pytest.fixture
def postgres(postgres_dsn: str) -> Iterator[PostgresSchema]:
    """Return an empty schema on the run's PostgreSQL."""
    with new_schema(postgres_dsn) as schema:
        yield schema


@pytest.fixture
def own_postgres(postgres_programs: Path) -> Iterator[PostgresServer]:
    """Return a durable PostgreSQL of the test's own, to stop and to kill."""
    with postgres_server(durable=True) as server:
        yield server


@pytest.fixture(scope="session")
def pgbouncer_dsn(postgres_dsn: str) -> Iterator[str]:
    """Return the URL of a PgBouncer in transaction mode before the run's PostgreSQL."""
    try:
        find_pgbouncer()
    except NoServerError as error:
        pytest.skip(str(error))
    with pgbouncer(postgres_dsn) as url:
        yield url


@pytest.fixture(scope="session")
def mariadb_url() -> str:
    """Return the URL of the run's MariaDB: a fast one, which would not survive a crash."""
    try:
        return os.environ.get("PHANANH_TEST_MARIADB") or shared("my", start_mariadb)
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture
def mariadb(mariadb_url: str) -> Iterator[MariadbDatabase]:
    """Return an empty database on the run's MariaDB."""
    with new_database(mariadb_url) as database:
        yield database
