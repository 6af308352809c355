"""A connection on which nothing could be undone, or that is broken, is refused in our words."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from phananh.errors import InputError, InputTypeError, SchemaError, StoreError
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import change, received
from tests.stores.sqlalchemy.calls import UndoError, lend, list_calls, list_cases, note_call
from tests.stores.sqlalchemy.conftest import prepare
from tests.stores.sqlalchemy.engines import ENGINES, new_engine

FIRST = received("HB-1")


def test_a_driver_that_begins_late_is_refused(tmp_path: Path) -> None:
    """SQLite's driver in its usual mode begins with a write; before, nothing could be undone."""
    engine = prepare(create_engine(f"sqlite:///{tmp_path / 'a.db'}"))
    with engine.begin() as connection:
        with pytest.raises(InputError, match="BEGIN IMMEDIATE") as caught:
            lend(connection)
        assert caught.value.code == "driver_begins_late"
        note_call(connection, "HB-1")
        with SqlalchemyStore.bound(connection) as lent:
            lent.commit([change(FIRST)])
            connection.rollback()
            with pytest.raises(InputError):
                lent.commit([change(FIRST)])
    engine.dispose()
    assert list_cases(engine) == []
    engine.dispose()


@pytest.mark.parametrize("name", ["postgresql", "mariadb"])
def test_autocommit_is_refused(name: str, request: Any, tmp_path: Path) -> None:
    """A connection that keeps each statement by itself is refused before anything is recorded."""
    with new_engine(name, request, tmp_path) as engine:
        prepare(engine)
        options = engine.execution_options(isolation_level="AUTOCOMMIT")
        with options.connect() as connection, pytest.raises(InputError) as caught:
            lend(connection)
    assert caught.value.code == "commits_each_statement"


def test_what_is_no_connection_is_refused(tmp_path: Path) -> None:
    """An engine or a path is named, and what to give instead."""
    engine = create_engine("sqlite://")
    for wrong in (engine, "a.db", None):
        with pytest.raises(InputTypeError, match="Connection, or a Session"):
            lend(wrong)


def test_missing_tables_are_named(request: Any, tmp_path: Path) -> None:
    """Without our tables the way out is in the error, and the application's work goes on."""
    with new_engine("sqlite", request, tmp_path) as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("create table calls (case_id varchar(100) primary key)")
            with pytest.raises(SchemaError, match="schema_sql"):
                lend(connection)
            note_call(connection, "HB-1")
        assert list_calls(engine) == ["HB-1"]


def test_it_ends_with_its_block(engine: Engine) -> None:
    """After the block the store that was lent is closed, and the connection is not."""
    with engine.begin() as connection:
        with SqlalchemyStore.bound(connection) as lent:
            pass
        with pytest.raises(StoreError) as caught:
            lent.load("HB-1")
        note_call(connection, "HB-1")
    assert caught.value.code == "bound_store_closed"


@pytest.mark.mariadb
def test_tables_are_not_made_where_that_commits(mariadb_engine: Engine) -> None:
    """MariaDB would keep what the application did before: making tables is refused there."""
    with mariadb_engine.begin() as connection, SqlalchemyStore.bound(connection) as lent:
        note_call(connection, "HB-1")
        with pytest.raises(InputError) as caught:
            lent.migrate()
        connection.rollback()
    assert caught.value.code == "tables_commit"
    assert list_calls(mariadb_engine) == []


KILL = {
    "postgresql": ("select pg_backend_pid()", "select pg_terminate_backend({})"),
    "mariadb": ("select connection_id()", "kill {}"),
}


@pytest.mark.parametrize("name", ENGINES[1:])
def test_a_connection_that_breaks_is_named(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """If the server ends the connection, each call is a StoreError, and nothing is recorded."""
    own, kill = KILL[name]
    with new_engine(name, request, tmp_path) as engine:
        prepare(engine)
        with suppress(UndoError), engine.begin() as connection:
            with SqlalchemyStore.bound(connection) as lent:
                lent.commit([change(FIRST)])
                number = connection.exec_driver_sql(own).scalar()
                with engine.connect() as other:
                    other.exec_driver_sql(kill.format(number))
                with pytest.raises(StoreError) as caught:
                    lent.commit([change(received("HB-2"))])
                assert caught.value.code == "server_gone"
                with pytest.raises(StoreError):
                    lent.load("HB-1")
            with pytest.raises(StoreError):
                lend(connection)
            raise UndoError
        assert list_cases(engine) == []


def test_a_closed_connection_is_refused(engine: Engine) -> None:
    """A connection that was closed before is a StoreError in words of SQLAlchemy."""
    connection = engine.connect()
    connection.close()
    with pytest.raises(StoreError, match="ResourceClosedError"):
        lend(connection)


def test_a_server_that_is_away_is_named() -> None:
    """A session that cannot connect is a StoreError, and shows no password."""
    engine = create_engine("mysql+pymysql://lan:s3cret@127.0.0.1:1/x")
    with Session(engine) as session, pytest.raises(StoreError) as caught:
        lend(session)
    assert caught.value.code == "server_gone"
    assert "s3cret" not in str(caught.value)
