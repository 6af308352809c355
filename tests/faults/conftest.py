"""A place of each store that can be shared by threads and processes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from phananh.testing.faulty_store import FaultPlan
from tests.faults.failing import FAIL_IN
from tests.faults.places import Place, make_postgres, make_sqlite
from tests.servers.schema import PostgresSchema

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
REFUSED = pytest.param("refused", marks=pytest.mark.postgres)


@contextmanager
def lend_place(name: str, request: pytest.FixtureRequest, **options: Any) -> Iterator[Place]:
    """Lend an empty place."""
    if name == "sqlite":
        with make_sqlite(**options) as made:
            yield made
    else:
        schema: PostgresSchema = request.getfixturevalue("postgres")
        yield make_postgres(schema.dsn, schema.name, **options)


@pytest.fixture(params=[*ENGINES, REFUSED])
def failing(request: pytest.FixtureRequest) -> Iterator[tuple[Place, FaultPlan]]:
    """Return an empty place of each store, and the failure of its driver.

    PostgreSQL fails in two ways: the connection is lost, and the server refuses a statement.
    The store tries nothing again by itself.
    """
    options = {"postgres": {"retry_for": 0}, "refused": {"retry_for": 0}}
    given = options.get(request.param, {"synchronous": "NORMAL"})
    with ExitStack() as life:
        patch = life.enter_context(pytest.MonkeyPatch.context())
        found = life.enter_context(lend_place(request.param, request, **given))
        yield found, life.enter_context(FAIL_IN[request.param](patch))


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Return an empty place of each engine, which waits long for its turn."""
    with lend_place(request.param, request, timeout=60) as made:
        yield made
