"""A store over an engine runs transactions of its own, however the engine is set."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from phananh import Desk
from phananh.errors import ConflictError, DuplicateError, InputError, SchemaError, StoreError
from phananh.stores.base import Query
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import SECRETS, START, change, completed, received
from tests.servers.postgres import PostgresServer
from tests.stores.sqlalchemy.engines import ENGINES, new_engine, psycopg_url

SERVERS = ENGINES[1:]
FIRST = received("HB-1")
SECOND = change(completed("HB-1", 2, text=SECRETS[3]), after=(FIRST,), command="c")
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


def test_an_act_is_whole_whatever_the_engine_does(store: SqlalchemyStore) -> None:
    """Whichever statement fails, the act is not there, and its command id says so."""
    store.commit([change(FIRST)])
    n = 0
    while True:
        n += 1
        left = [n]

        def fail(statement: str, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OperationalError(statement, None, Exception("no reason"))

        with before_each(store.engine, fail):
            try:
                store.commit([SECOND])
            except StoreError:
                pass
            else:
                break
        assert store.load("HB-1") == (FIRST,)
        assert store.find_command("c") is None
        assert [row.version for row in store.find(Query()).rows] == [1]
        assert len(store.scan()) == 1
    assert n > 1
    assert len(store.load("HB-1")) == 2


@pytest.mark.parametrize("name", SERVERS)
def test_what_is_recorded_while_a_case_is_erased(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """An act in the middle of an erasure is refused for a while: it would be erased in part."""
    done: list[str] = []
    with new_engine(name, request, tmp_path) as engine:
        store, other = SqlalchemyStore(engine), SqlalchemyStore(engine, timeout=1)
        store.migrate()
        store.commit([change(FIRST)])

        def act(statement: str) -> None:
            if "max(version)" in statement and not done:
                done.append("tried")
                try:
                    other.commit([SECOND])
                except StoreError as error:
                    done.append(str(error.code))

        with before_each(engine, act):
            store.erase("HB-1", at=START)
        assert done == ["tried", "busy"]
        store.commit([SECOND])
        assert len(store.load("HB-1")) == 2


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


@pytest.mark.postgres
def test_a_server_that_restarts_is_found_again(own_postgres: PostgresServer) -> None:
    """While it is away the error says so; once it is back the next call works."""
    engine = create_engine(psycopg_url(own_postgres.dsn()))
    store = SqlalchemyStore(engine)
    store.migrate()
    store.commit([change(FIRST)])
    own_postgres.stop("immediate")
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            store.commit([SECOND])
        assert caught.value.code == "server_gone"
    own_postgres.start()
    store.commit([SECOND])
    assert len(store.load("HB-1")) == 2
    engine.dispose()


def test_a_pool_without_a_free_connection_is_named(tmp_path: Path) -> None:
    """If all connections are in use, the error says so, and how long was waited."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.2)
    store = SqlalchemyStore(engine)
    store.migrate()
    with engine.connect(), pytest.raises(StoreError) as caught:
        store.load("HB-1")
    engine.dispose()
    assert caught.value.code == "pool_timeout"
    assert caught.value.facts["seconds"] == "0.2"


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
    assert caught.value.code == "store_closed"
    assert len(SqlalchemyStore(engine).load("HB-1")) == 1


def test_no_error_repeats_what_is_personal(engine: Engine) -> None:
    """The words of a StoreError, and of its cause, have nothing of a statement's values."""
    store = SqlalchemyStore(engine)

    def fail(statement: str) -> None:
        raise OperationalError(statement, {"data": SECRETS[0]}, Exception("no reason"))

    with before_each(engine, fail), pytest.raises(StoreError) as caught:
        store.commit([change(FIRST)])
    assert SECRETS[0] not in f"{caught.value} {caught.value.__cause__!r}"


def test_threads_share_a_store(engine: Engine) -> None:
    """Eight threads record on one store, and all of it is there."""
    store = SqlalchemyStore(engine, timeout=30)
    threads = [
        threading.Thread(target=store.commit, args=([change(received(f"HB-{n}"))],))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count(Query()) == 8


@pytest.mark.parametrize("known", ["case", "command"])
def test_an_import_is_whole(engine: Engine, known: str) -> None:
    """If one of many new cases is known, by itself or by its command, none of them is recorded."""
    store = SqlalchemyStore(engine)
    store.commit([change(FIRST, command="c")])
    many = [change(received(f"HB-X{n}")) for n in range(60)]
    if known == "case":
        wrong, error = change(FIRST), ConflictError
    else:
        wrong, error = change(received("HB-Y"), command="c"), DuplicateError
    with pytest.raises(error):
        store.commit([*many, wrong])
    assert store.count(Query()) == len(store.scan()) == 1
    store.commit(many)
    assert store.count(Query()) == len(store.scan()) == 61


@pytest.mark.parametrize("name", ENGINES)
def test_statements_make_the_tables(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """`schema_sql` is what `migrate` does, for an application's own migrations."""
    with new_engine(name, request, tmp_path) as engine:
        store = SqlalchemyStore(engine)
        with engine.begin() as connection:
            for statement in store.schema_sql().split(";\n")[:-1]:
                connection.exec_driver_sql(statement)
        store.commit([change(FIRST)])
        assert store.migrate() == ()
        assert store.schema_sql(since=99) == ""
