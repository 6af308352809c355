"""A store with an engine: its own transactions, whatever the settings, and what it erases."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from phananh import Desk
from phananh.errors import InputError, SchemaError, StoreError
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import SECRETS, START, change, received
from tests.stores.sqlalchemy.engines import new_engine, sqlite_engine

FIRST = received("HB-1")
SET = {
    "sqlite: the driver begins": ("sqlite", {}),
    "sqlite: nobody begins": ("sqlite", {"isolation_level": "AUTOCOMMIT"}),
    "postgresql: autocommit": ("postgresql", {"isolation_level": "AUTOCOMMIT"}),
    "postgresql: serializable": ("postgresql", {"isolation_level": "SERIALIZABLE"}),
    "mariadb: autocommit": ("mariadb", {"isolation_level": "AUTOCOMMIT"}),
}


@pytest.fixture(params=SET)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlalchemyStore]:
    """Return a store over an engine whose settings are not the usual ones."""
    name, options = SET[request.param]
    with new_engine(name, request, tmp_path) as place:
        url = f"sqlite:///{tmp_path / 'plain.db'}" if name == "sqlite" else place.url
        engine = create_engine(url, **options)
        made = SqlalchemyStore(engine)
        made.migrate()
        yield made
        engine.dispose()


@contextmanager
def before_each(engine: Engine, look: Any) -> Iterator[None]:
    """Call `look` with each statement before it is run."""

    def listen(connection: Connection, cursor: object, statement: str, *given: Any) -> None:
        look(statement)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.postgres
def test_postgresql_reads_what_is_committed(postgres_engine: Engine) -> None:
    """Several changes run under READ COMMITTED, whatever the server's default is."""
    strict = create_engine(postgres_engine.url, isolation_level="SERIALIZABLE")
    store, found = SqlalchemyStore(strict), list[Any]()

    @event.listens_for(strict, "commit")
    def look(connection: Connection) -> None:
        found.append(connection.exec_driver_sql("show transaction_isolation").scalar())

    store.commit([change(FIRST), change(received("HB-2"))])
    strict.dispose()
    assert found == ["read committed"]


def test_a_pool_without_a_free_connection_is_named(tmp_path: Path) -> None:
    """If all connections are in use, the error says so, and how long was waited."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.2)
    store = SqlalchemyStore(engine)
    store.migrate()
    with engine.connect(), pytest.raises(StoreError) as caught:
        store.load("HB-1")
    engine.dispose()
    assert (caught.value.code, caught.value.facts["seconds"]) == ("pool_timeout", "0.2")


class KeepingConnection(sqlite3.Connection):
    """What `connect_args={"autocommit": True}` makes in Python 3.12 and later."""

    autocommit = True

    def commit(self) -> None:
        """Do nothing."""

    def rollback(self) -> None:
        """Do nothing."""


def test_a_driver_that_does_not_commit_is_refused(tmp_path: Path) -> None:
    """Nothing would be kept of an act whose commit does nothing: the engine is refused."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine = create_engine(url, connect_args={"factory": KeepingConnection})
    with pytest.raises(InputError) as caught:
        SqlalchemyStore(engine).migrate()
    engine.dispose()
    assert caught.value.code == "commits_each_statement"


def test_missing_tables_are_named_at_the_first_call(tmp_path: Path) -> None:
    """To make a store connects to nothing; the first call says that the tables are missing."""
    engine = create_engine(f"sqlite:///{tmp_path / 'no folder' / 'a.db'}")
    SqlalchemyStore(engine)
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(SchemaError, match="schema_sql"):
        Desk(store=SqlalchemyStore(engine)).find()
    engine.dispose()


def test_a_closed_store_leaves_the_engine_alone(engine: Engine) -> None:
    """After `close` the store refuses its calls, and the application's engine goes on."""
    with SqlalchemyStore(engine) as store:
        store.commit([change(FIRST)])
    with pytest.raises(StoreError) as caught:
        store.load("HB-1")
    assert (caught.value.code, len(SqlalchemyStore(engine).load("HB-1"))) == ("store_closed", 1)


def test_no_error_repeats_what_is_personal(engine: Engine) -> None:
    """The words of a StoreError, and of its cause, have nothing of a statement's values."""
    store = SqlalchemyStore(engine)

    def fail(statement: str) -> None:
        raise OperationalError(statement, {"data": SECRETS[0]}, Exception("no reason"))

    with before_each(engine, fail), pytest.raises(StoreError) as caught:
        store.commit([change(FIRST)])
    assert SECRETS[0] not in f"{caught.value} {caught.value.__cause__!r}"


def _plain_engine(path: Path) -> Engine:
    return create_engine(f"sqlite:///{path}")


def _use_log(engine: Engine) -> SqlalchemyStore:
    store = SqlalchemyStore(engine)
    store.migrate()
    driver = engine.raw_connection()
    driver.cursor().execute("pragma journal_mode = wal")
    driver.close()
    store.commit([change(received("HB-1"))])
    return store


def _find_secrets(folder: Path) -> list[str]:
    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    return [secret for secret in SECRETS if secret.encode() in kept]


@pytest.mark.parametrize("make", [sqlite_engine, _plain_engine])
def test_log_of_sqlite_keeps_nothing_erased(make: Callable[[Path], Engine], tmp_path: Path) -> None:
    """Where the application has SQLite write a log, the log is emptied with an erasure."""
    engine = make(tmp_path / "a.db")
    store = _use_log(engine)
    assert _find_secrets(tmp_path)
    store.erase("HB-1", at=START)
    assert _find_secrets(tmp_path) == []
    engine.dispose()


def test_reader_that_keeps_the_log_is_told(tmp_path: Path) -> None:
    """Somebody still reads what was before: the erasure is to be asked for again."""
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}", connect_args={"timeout": 0.1})
    store = _use_log(engine)
    reader = engine.raw_connection()
    reader.cursor().execute("begin")
    reader.cursor().execute("select * from phananh_case").fetchall()
    with pytest.raises(StoreError) as caught:
        store.erase("HB-1", at=START)
    assert caught.value.code == "log_in_use"
    reader.rollback()
    reader.close()
    store.erase("HB-1", at=START)
    assert _find_secrets(tmp_path) == []
    engine.dispose()
