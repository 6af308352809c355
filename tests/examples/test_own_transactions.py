"""Our acts and the application's rows stand or fall together, with SQLAlchemy and Django."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from phananh import Case, Desk, RefusedError
from phananh.stores import SqliteStore
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

    raw = made.raw_connection()
    raw.driver_connection.executescript(SqliteStore.schema_sql())
    raw.close()
    with made.begin() as connection:
        connection.execute(text("create table calls (case_id text unique, seconds integer)"))
    yield made
    made.dispose()


@pytest.fixture
def store(tmp_path: Path, engine: Engine) -> Iterator[SqliteStore]:
    """Return the store over the same file, as the rest of the application has it."""
    with SqliteStore(tmp_path / "calls.db") as made:
        yield made


def take_call(connection: Connection, store: SqliteStore, seconds: int | None = 95) -> Case:
    """Record a case and a row of the application in the transaction of a connection."""
    with store.bound(connection.connection.driver_connection) as lent:
        case = p.a_case(Desk(store=lent, clock=p.Hand()))
    row = {"case": case.id, "seconds": seconds}
    connection.execute(text("insert into calls values (:case, :seconds)"), row)
    return case


def count(engine: Engine, store: SqliteStore) -> tuple[int, int]:
    """Return how many rows of the application there are, and how many cases."""
    with engine.connect() as connection:
        rows = connection.execute(text("select count(*) from calls")).scalar_one()
    return rows, len(Desk(store=store).find().rows)


def test_both_are_there_after_the_commit(engine: Engine, store: SqliteStore) -> None:
    """The application's commit keeps its row and the case, and nothing is seen before it."""
    with engine.begin() as connection:
        take_call(connection, store)
        assert len(Desk(store=store).find().rows) == 0
    assert count(engine, store) == (1, 1)


def test_what_the_database_refuses_takes_the_case_along(engine: Engine, store: SqliteStore) -> None:
    """A row that breaks a constraint of the application undoes the case of its transaction."""

    def take_it_twice() -> None:
        with engine.begin() as connection:
            case = take_call(connection, store)
            connection.execute(text("insert into calls values (:case, 1)"), {"case": case.id})

    with pytest.raises(IntegrityError):
        take_it_twice()
    assert count(engine, store) == (0, 0)


def test_what_we_refuse_leaves_the_rest_to_the_application(
    engine: Engine, store: SqliteStore
) -> None:
    """After a refused act the transaction goes on; the application may keep what it has."""
    with engine.begin() as connection:
        case = take_call(connection, store)
        with store.bound(connection.connection.driver_connection) as lent:
            desk = Desk(store=lent, clock=p.Hand())
            with pytest.raises(RefusedError):
                desk.answer(case, text=" ", by=p.OPERATOR)
    assert count(engine, store) == (1, 1)
    assert store.load(case.id)[-1].n == 1


def test_an_inner_savepoint_undoes_its_part(engine: Engine, store: SqliteStore) -> None:
    """What is undone to a savepoint of the application is undone with the case in it."""
    with engine.begin() as connection:
        take_call(connection, store)
        inner = connection.begin_nested()
        take_call(connection, store)
        inner.rollback()
    assert count(engine, store) == (1, 1)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_session_keeps_or_undoes_both(
    engine: Engine,
    store: SqliteStore,
    keeps: bool,  # noqa: FBT001
) -> None:
    """The connection of an ORM session is lent as any other is."""
    with Session(engine) as session:
        take_call(session.connection(), store)
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
                    take_call(connection, store)
        except Exception as error:  # noqa: BLE001 - shown by the test
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert count(engine, store) == (40, 40)


DJANGO = """
import django
from django.conf import settings

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": "calls.db",
            "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        }
    }
)
django.setup()
from django.db import connection, transaction
from phananh import Desk
from phananh.stores import SqliteStore
from tests.desk import people as p

asked = []
connection.ensure_connection()
connection.connection.executescript(SqliteStore.schema_sql())
cursor = connection.cursor()
cursor.execute("create table calls (case_id text, seconds integer not null)")
store = SqliteStore("calls.db")
connection.connection.set_trace_callback(asked.append)


def take_call(seconds):
    with store.bound(connection.connection) as lent:
        case = p.a_case(Desk(store=lent, clock=p.Hand()))
    cursor.execute("insert into calls values (%s, %s)", [case.id, seconds])


def count():
    rows = cursor.execute("select count(*) from calls").fetchone()[0]
    print(rows, len(Desk(store=store).find().rows))


with transaction.atomic():
    take_call(1)
print([each for each in asked if each.startswith("BEGIN")])
count()
try:
    with transaction.atomic():
        take_call(None)
except django.db.IntegrityError:
    count()
with transaction.atomic():
    take_call(2)
    try:
        with transaction.atomic():
            take_call(3)
            raise KeyError
    except KeyError:
        pass
count()
store.close()
"""


def test_django_keeps_or_undoes_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`atomic` begins immediately, commits both, undoes both, and an inner one its part."""
    root = Path(__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", f"{root / 'src'}:{root}" if _is_source(root) else str(root))
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", DJANGO],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == ["['BEGIN IMMEDIATE']", "1 1", "1 1", "2 2"]


def _is_source(root: Path) -> bool:
    """Return whether these tests run against the tree itself, not an installed wheel."""
    import phananh

    return Path(phananh.__file__).is_relative_to(root / "src")
