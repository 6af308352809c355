"""Our acts and the application's rows stand or fall together, with SQLAlchemy."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from phananh import Case, Desk, RefusedError
from phananh.stores import SqliteStore
from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.desk import people as p


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return an engine that begins each transaction immediately, with our tables and one more."""
    made = create_engine(f"sqlite:///{tmp_path / 'calls.db'}")

    @event.listens_for(made, "connect")
    def leave_transactions_alone(connection, _record):
        connection.isolation_level = None

    @event.listens_for(made, "begin")
    def begin_immediate(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    SqlalchemyStore(made).migrate()
    with made.begin() as connection:
        connection.execute(text("create table calls (case_id text unique, seconds integer)"))
    yield made
    made.dispose()


@pytest.fixture
def store(tmp_path: Path, engine: Engine) -> Iterator[SqliteStore]:
    """Return the store over the same file, as the rest of the application has it."""
    with SqliteStore(tmp_path / "calls.db") as made:
        yield made


def take_call(place: Connection | Session, seconds: int | None = 95) -> Case:
    """Record a case and a row of the application in the transaction of a connection or session."""
    with SqlalchemyStore.bound(place) as lent:
        case = p.a_case(Desk(store=lent, clock=p.Hand()))
    row = {"case": case.id, "seconds": seconds}
    place.execute(text("insert into calls values (:case, :seconds)"), row)
    return case


def count(engine: Engine, store: SqliteStore) -> tuple[int, int]:
    """Return how many rows of the application there are, and how many cases."""
    with engine.connect() as connection:
        rows = connection.execute(text("select count(*) from calls")).scalar_one()
    return rows, len(Desk(store=store).find().rows)


def test_both_are_there_after_the_commit(engine: Engine, store: SqliteStore) -> None:
    """The application's commit keeps its row and the case, and nothing is seen before it."""
    with engine.begin() as connection:
        take_call(connection)
        assert len(Desk(store=store).find().rows) == 0
    assert count(engine, store) == (1, 1)


def test_what_the_database_refuses_takes_the_case_along(engine: Engine, store: SqliteStore) -> None:
    """A row that breaks a constraint of the application undoes the case of its transaction."""

    def take_it_twice() -> None:
        with engine.begin() as connection:
            case = take_call(connection)
            connection.execute(text("insert into calls values (:case, 1)"), {"case": case.id})

    with pytest.raises(IntegrityError):
        take_it_twice()
    assert count(engine, store) == (0, 0)


def test_what_we_refuse_leaves_the_rest_to_the_application(
    engine: Engine, store: SqliteStore
) -> None:
    """After a refused act the transaction goes on; the application may keep what it has."""
    with engine.begin() as connection:
        case = take_call(connection)
        with SqlalchemyStore.bound(connection) as lent:
            desk = Desk(store=lent, clock=p.Hand())
            with pytest.raises(RefusedError):
                desk.answer(case, text=" ", by=p.OPERATOR)
    assert count(engine, store) == (1, 1)
    assert store.load(case.id)[-1].n == 1


def test_an_inner_savepoint_undoes_its_part(engine: Engine, store: SqliteStore) -> None:
    """What is undone to a savepoint of the application is undone with the case in it."""
    with engine.begin() as connection:
        take_call(connection)
        inner = connection.begin_nested()
        take_call(connection)
        inner.rollback()
    assert count(engine, store) == (1, 1)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_session_keeps_or_undoes_both(
    engine: Engine,
    store: SqliteStore,
    keeps: bool,  # noqa: FBT001
) -> None:
    """A store is lent to an ORM session as to a connection."""
    with Session(engine) as session:
        take_call(session)
        if keeps:
            session.commit()
        else:
            session.rollback()
    assert count(engine, store) == ((1, 1) if keeps else (0, 0))


def test_writers_wait_for_each_other(engine: Engine, store: SqliteStore) -> None:
    """Two transactions that each read and then write both get through, one after the other."""
    inside, failed = threading.Barrier(2), []

    def work() -> None:
        try:
            inside.wait(timeout=10)
            for _ in range(20):
                with engine.begin() as connection:
                    connection.execute(text("select count(*) from calls")).scalar_one()
                    take_call(connection)
        except Exception as error:  # noqa: BLE001 - shown by the test
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert count(engine, store) == (40, 40)
