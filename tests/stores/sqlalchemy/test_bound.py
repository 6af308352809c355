"""In a transaction of the application ours is kept or undone with it, or it is refused."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from phananh import Desk, Person
from phananh.errors import InputError, InputTypeError, SchemaError, StoreError
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import change, completed, received
from tests.stores.sqlalchemy.conftest import prepare
from tests.stores.sqlalchemy.engines import (
    UndoError,
    lend,
    list_calls,
    list_cases,
    new_engine,
    note_call,
)

OPERATOR = Person(id="OP-1", role="operator")
FIRST = received("HB-1")


@contextmanager
def open_place(engine: Engine, kind: str) -> Iterator[Any]:
    """Begin a transaction as applications do, with a Connection or a Session."""
    if kind == "connection":
        with engine.begin() as connection:
            yield connection
    elif kind == "session":
        with Session(engine) as session, session.begin():
            yield session
    else:
        registry = scoped_session(sessionmaker(engine))
        try:
            yield registry
            registry.commit()
        finally:
            registry.remove()


@pytest.mark.parametrize("kind", ["connection", "session", "registry"])
def test_a_rollback_of_the_application_undoes_ours(engine: Engine, kind: str) -> None:
    """If the application rolls back, neither its row nor a case, a command or an event is left."""
    with suppress(UndoError), open_place(engine, kind) as place:
        with SqlalchemyStore.bound(place) as lent:
            case = Desk(store=lent).receive(
                kind="conduct", channel="phone", content="x", by=OPERATOR, command_id="c"
            )
            assert Desk(store=lent).get(case.id).content == "x"
        note_call(place, case.id)
        raise UndoError
    assert list_calls(engine) == list_cases(engine) == []
    assert SqlalchemyStore(engine).find_command("c") is None


@pytest.mark.parametrize("kind", ["connection", "session", "registry"])
def test_a_commit_of_the_application_keeps_ours(engine: Engine, kind: str) -> None:
    """If the application commits, its row and the case are both there."""
    with open_place(engine, kind) as place, SqlalchemyStore.bound(place) as lent:
        note_call(place, "HB-1")
        lent.commit([change(FIRST, command="c")])
    assert list_calls(engine) == list_cases(engine) == ["HB-1"]


def test_failing_anywhere_leaves_no_half_of_an_act(engine: Engine) -> None:
    """Whichever statement fails, nothing of the act is kept, and the application's row is.

    Where the savepoint cannot be released, all of the transaction is undone.
    """
    SqlalchemyStore(engine).commit([change(FIRST)])
    second = change(completed("HB-1", 2), after=(FIRST,), command="c")
    for n in range(1, 20):
        with engine.begin() as connection, SqlalchemyStore.bound(connection) as lent:
            note_call(connection, f"call {n}")
            failed = commit_failing_at(n, connection, lent, second)
        assert (f"call {n}" in list_calls(engine)) == ("RELEASE" not in failed)
        if not failed:
            break
        assert SqlalchemyStore(engine).load("HB-1") == (FIRST,)
        assert SqlalchemyStore(engine).find_command("c") is None
        assert list_cases(engine) == ["HB-1"]
    assert n > 2, "no statement was failed"
    assert len(SqlalchemyStore(engine).load("HB-1")) == 2


def commit_failing_at(n: int, connection: Connection, lent: Any, second: Any) -> str:
    """Commit while the n-th statement fails; return it, if there was one. It is not repeated."""
    seen: list[str] = []

    def fail(_: object, cursor: Any, statement: str, *given: Any) -> None:
        seen.append(statement)
        if len(seen) == n:
            raise OperationalError(statement, None, Exception("no reason"))

    event.listen(connection, "before_cursor_execute", fail)
    try:
        lent.commit([second])
    except StoreError:
        # Behind the failing one there is at most what undoes the savepoint.
        assert len(seen) <= n + 1
        return seen[n - 1]
    finally:
        event.remove(connection, "before_cursor_execute", fail)
    return ""


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
    for wrong in (create_engine("sqlite://"), "a.db", None):
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


BOOM = (
    "create function boom() returns boolean stable language plpgsql as "
    "$$ begin raise sqlstate '40001'; end $$",
    "alter table phananh_event rename to hidden",
    "create view phananh_event as select * from hidden where boom()",
)


def test_serialization_failure_of_a_read_is_a_store_error(postgres_engine: Engine) -> None:
    """As under SERIALIZABLE, and on a replica: a StoreError, in the caller's transaction too."""
    with postgres_engine.begin() as connection:
        for statement in BOOM:
            connection.exec_driver_sql(statement)
    with pytest.raises(StoreError, match="40001"):
        SqlalchemyStore(postgres_engine).load("HB-1")
    with (
        postgres_engine.connect() as connection,
        SqlalchemyStore.bound(connection) as bound,
        pytest.raises(StoreError, match="40001"),
    ):
        bound.load("HB-1")
