"""A store that is lent to the application's transaction: all of it is kept, or nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import InvalidRequestError, OperationalError
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from phananh import Desk, Person
from phananh.errors import ConflictError, StoreError
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.contract.races import run_together
from phananh.testing.sample_events import START, answered, change, completed, received
from tests.stores.sqlalchemy.calls import UndoError, list_calls, list_cases, note_call

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


def test_erasing_is_undone_with_the_application(engine: Engine) -> None:
    """What was erased in a transaction that is rolled back is still there."""
    store = SqlalchemyStore(engine)
    store.commit([change(FIRST)])
    with suppress(UndoError), engine.begin() as connection:
        with SqlalchemyStore.bound(connection) as lent:
            lent.erase("HB-1", at=START)
            assert lent.load("HB-1") != (FIRST,)
        raise UndoError
    assert store.load("HB-1") == (FIRST,)


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


def cross(engine: Engine, *, then: str = "raise") -> list[Any]:
    """Let two transactions lock a case each, and then record on the other's; return outcomes."""
    cases = ("HB-1", "HB-2")
    SqlalchemyStore(engine).commit([change(received(case)) for case in cases])
    barrier = threading.Barrier(2)

    def act(own: str, other: str) -> None:
        with engine.begin() as connection, SqlalchemyStore.bound(connection) as lent:
            note_call(connection, own)
            lock = text("select 1 from phananh_case where case_id = :own for update")
            connection.execute(lock, {"own": own})
            barrier.wait(timeout=10)
            lent.commit([change(completed(other, 2), after=(received(other),))])

    return run_together([lambda: act(*cases), lambda: act(*cases[::-1])])


@pytest.mark.postgres
def test_a_deadlock_is_a_conflict_on_postgresql(postgres_engine: Engine) -> None:
    """Of two that wait for each other, one is recorded, and the other has a conflict."""
    outcomes = cross(postgres_engine)
    assert outcomes.count(None) == 1
    assert [type(found) for found in outcomes if found] == [ConflictError]
    assert len(list_calls(postgres_engine)) == 1


@pytest.mark.mariadb
def test_a_deadlock_ends_the_transaction_on_mariadb(mariadb_engine: Engine) -> None:
    """MariaDB undoes all of one: the error says so, for a conflict would be tried again there."""
    outcomes = cross(mariadb_engine)
    assert outcomes.count(None) == 1
    ((code, is_store_error),) = [(e.code, isinstance(e, StoreError)) for e in outcomes if e]
    assert (code, is_store_error) == ("transaction_undone", True)
    assert len(list_calls(mariadb_engine)) == 1


@pytest.mark.mariadb
def test_an_application_cannot_go_on_where_its_work_is_undone(mariadb_engine: Engine) -> None:
    """After a row changed under a snapshot nothing more is recorded in that transaction."""
    store = SqlalchemyStore(mariadb_engine)
    store.commit([change(FIRST)])
    with mariadb_engine.begin() as connection:
        note_call(connection, "lost")
        with SqlalchemyStore.bound(connection) as lent:
            assert lent.load("HB-1") == (FIRST,)
            store.commit([change(completed("HB-1", 2), after=(FIRST,))])
            with pytest.raises(StoreError) as caught:
                lent.commit([change(answered("HB-1", 2), after=(FIRST,))])
        assert caught.value.code == "transaction_undone"
        with pytest.raises(InvalidRequestError):
            note_call(connection, "kept without the row before")
    assert list_calls(mariadb_engine) == []


def test_a_read_never_loses_a_race(engine: Engine) -> None:
    """What would be a conflict of a write is a StoreError of a read, as of a refused snapshot."""
    SqlalchemyStore(engine).commit([change(FIRST)])

    def lose(_connection: object, _cursor: object, sql: str, given: Any, *_: object) -> Any:
        if sql.startswith("select e.version"):
            return "insert into phananh_case select * from phananh_case", ()
        return sql, given

    with suppress(UndoError), engine.begin() as connection:
        with SqlalchemyStore.bound(connection) as lent:
            event.listen(engine, "before_cursor_execute", lose, retval=True)
            with pytest.raises(StoreError):
                lent.load("HB-1")
            event.remove(engine, "before_cursor_execute", lose)
        raise UndoError
