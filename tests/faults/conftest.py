"""A place of each store that can be shared by threads and processes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from phananh.testing.faulty_store import FaultPlan
from tests.faults.failing import FAIL_IN
from tests.faults.places import Place, make_alchemy, make_django, make_postgres, make_sqlite
from tests.servers.mariadb import MariadbDatabase
from tests.servers.schema import PostgresSchema
from tests.stores.sqlalchemy.engines import psycopg_url

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
ALCHEMY = [
    pytest.param("alchemy-sqlite", marks=pytest.mark.slow),
    pytest.param("alchemy-mariadb", marks=[pytest.mark.slow, pytest.mark.mariadb]),
    pytest.param("alchemy-postgres", marks=[pytest.mark.slow, pytest.mark.postgres]),
]
DJANGO = [
    pytest.param("django-sqlite", marks=pytest.mark.slow),
    pytest.param("django-postgres", marks=[pytest.mark.slow, pytest.mark.postgres]),
]
REFUSED = pytest.param("refused", marks=pytest.mark.postgres)


@contextmanager
def lend_place(
    name: str, request: pytest.FixtureRequest, folder: Path, **options: Any
) -> Iterator[Place]:
    """Lend an empty place."""
    schema: PostgresSchema
    database: MariadbDatabase
    if name == "sqlite":
        with make_sqlite(**options) as made:
            yield made
    elif name == "alchemy-sqlite":
        yield make_alchemy(f"sqlite:///{folder / 'cases.db'}")
    elif name == "django-sqlite":
        yield make_django(kind="sqlite", path=str(folder / "cases.db"), timeout=60)
    elif name == "django-postgres":
        schema = request.getfixturevalue("postgres")
        yield make_django(kind="postgres", dsn=schema.dsn, schema=schema.name)
    elif name == "alchemy-mariadb":
        database = request.getfixturevalue("mariadb")
        yield make_alchemy(database.url)
    elif name == "alchemy-postgres":
        schema = request.getfixturevalue("postgres")
        yield make_alchemy(psycopg_url(schema.dsn_inside))
    else:
        schema = request.getfixturevalue("postgres")
        yield make_postgres(schema.dsn, schema.name, **options)


@pytest.fixture(params=[*ENGINES, REFUSED, *ALCHEMY[:2]])
def failing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, FaultPlan]]:
    """Return an empty place of each store, and the failure of its driver.

    PostgreSQL fails in two ways: the connection is lost, and the server refuses a statement.
    The store tries nothing again by itself.
    """
    options = {"postgres": {"retry_for": 0}, "refused": {"retry_for": 0}}
    given = options.get(request.param, {"synchronous": "NORMAL"})
    with ExitStack() as life:
        patch = life.enter_context(pytest.MonkeyPatch.context())
        found = life.enter_context(lend_place(request.param, request, tmp_path, **given))
        yield found, life.enter_context(FAIL_IN[request.param](patch))


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Return an empty place of each engine, which waits long for its turn."""
    with lend_place(request.param, request, tmp_path, timeout=60) as made:
        yield made


@pytest.fixture(params=[*ENGINES, *ALCHEMY, *DJANGO])
def every_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Return an empty place of each store, those over SQLAlchemy and Django too."""
    with lend_place(request.param, request, tmp_path, timeout=60) as made:
        yield made
