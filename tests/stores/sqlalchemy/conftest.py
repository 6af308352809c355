"""An application's engine: with our tables, and a table of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.stores.sqlalchemy.engines import ENGINES, new_engine


def prepare(engine: Engine) -> Engine:
    """Make our tables and the application's, `calls`."""
    SqlalchemyStore(engine).migrate()
    with engine.begin() as connection:
        connection.exec_driver_sql("create table calls (case_id varchar(100) primary key)")
    return engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return an engine of each database in turn."""
    with new_engine(request.param, request, tmp_path) as made:
        yield prepare(made)


@pytest.fixture
def postgres_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return an engine of PostgreSQL."""
    with new_engine("postgresql", request, tmp_path) as made:
        yield prepare(made)
