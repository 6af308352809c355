"""A database of MariaDB, and stores over it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.servers.mariadb import MariadbDatabase


@pytest.fixture
def engine(mariadb: MariadbDatabase) -> Iterator[Engine]:
    """Return an engine of a database without tables."""
    made = create_engine(mariadb.url)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlalchemyStore:
    """Return an empty store, which waits a second for others."""
    made = SqlalchemyStore(engine, timeout=1)
    made.migrate()
    return made
