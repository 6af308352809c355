"""A place of each engine that can be shared by threads and processes."""

from collections.abc import Iterator

import pytest

from tests.faults.places import Place, make_postgres, make_sqlite
from tests.servers.schema import PostgresSchema

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Return an empty place of each engine in turn, which waits long for its turn."""
    if request.param == "postgres":
        schema: PostgresSchema = request.getfixturevalue("postgres")
        yield make_postgres(schema.dsn, schema.name, timeout=60)
        return
    with make_sqlite(timeout=60) as made:
        yield made
