"""Engines of each database, and the application's own table in them."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text

from phananh.stores.base import Query
from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.servers.mariadb import new_database
from tests.servers.schema import new_schema

ENGINES = (
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.postgres),
    pytest.param("mariadb", marks=pytest.mark.mariadb),
)


def begin_immediate(engine: Engine) -> Engine:
    """Let SQLAlchemy begin the transactions of SQLite, as its documentation says."""

    @event.listens_for(engine, "connect")
    def leave_transactions_alone(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def sqlite_engine(path: Path) -> Engine:
    """Return an engine of a file, whose transactions begin when SQLAlchemy's do."""
    return begin_immediate(create_engine(f"sqlite:///{path}", connect_args={"timeout": 30}))


def psycopg_url(url: str) -> str:
    """Return a URL of PostgreSQL as SQLAlchemy wants it."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def new_engine(name: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """Lend an engine of a database that nobody else uses."""
    with ExitStack() as stack:
        if name == "sqlite":
            engine = sqlite_engine(folder / "application.db")
        elif name == "postgresql":
            schema = stack.enter_context(new_schema(request.getfixturevalue("postgres_dsn")))
            engine = create_engine(psycopg_url(schema.dsn_inside))
        else:
            server = request.getfixturevalue("mariadb_url")
            engine = create_engine(stack.enter_context(new_database(server)).url)
        stack.callback(engine.dispose)
        yield engine


class UndoError(Exception):
    """Raised by the application."""


def note_call(place: Any, case: str) -> None:
    """Record a row of the application."""
    place.execute(text("insert into calls values (:case)"), {"case": case})


def lend(place: Any) -> None:
    """Lend a store to a place, and do nothing with it."""
    with SqlalchemyStore.bound(place):
        pass


def list_calls(engine: Engine) -> list[str]:
    """Return the rows of the application."""
    with engine.connect() as connection:
        return [case for (case,) in connection.execute(text("select case_id from calls"))]


def list_cases(engine: Engine) -> list[str]:
    """Return the cases that are listed; each must have its events."""
    store = SqlalchemyStore(engine)
    found = [row.case for row in store.find(Query()).rows]
    assert sorted({entry.event.case for entry in store.scan()}) == sorted(found)
    assert all(store.load(case) for case in found)
    return found
