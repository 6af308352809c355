"""A store in a schema of its own, on the server that the tests share."""

from collections.abc import Iterator

import pytest

from phananh.stores.postgres import PostgresStore
from tests.servers.schema import PostgresSchema


@pytest.fixture
def store(postgres: PostgresSchema) -> Iterator[PostgresStore]:
    """Give a store whose tables are made."""
    with PostgresStore(postgres.dsn, schema=postgres.name, retry_for=0) as store:
        store.migrate()
        yield store
