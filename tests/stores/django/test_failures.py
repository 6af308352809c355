"""What fails and waits in a database of Django's, as a StoreError with the way out in a project."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from sqlalchemy import create_engine

from phananh import Desk, Sender
from phananh.errors import ConflictError, InputError, SchemaError, StoreError
from phananh.stores.django import DjangoStore
from phananh.stores.postgres import PostgresStore
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import START, change, received
from tests.desk import people as p
from tests.servers.postgres import PostgresServer
from tests.servers.schema import PostgresSchema
from tests.stores.django import databases


@pytest.mark.postgres
def test_a_connection_that_broke_is_opened_again(postgres: PostgresSchema) -> None:
    """After the server has closed a connection one call fails, and the next connects."""
    alias = databases.add_postgres(postgres.dsn, postgres.name)
    databases.migrate(alias)
    store = DjangoStore(alias)
    store.commit([change(received("HB-1"))])
    kill(postgres, alias)
    with pytest.raises(StoreError, match="server is down"):
        store.load("HB-1")
    assert len(store.load("HB-1")) == 1
    with suppress(StoreError), transaction.atomic(alias):
        store.commit([change(received("HB-2", code_digest="x" * 64))])
        kill(postgres, alias)
        store.load("HB-2")
    assert store.load("HB-2") == ()
    databases.close_all()


def kill(postgres: PostgresSchema, alias: str) -> None:
    """Let the server close the connection of an alias."""
    with postgres.connect() as admin, databases.cursor(alias) as cursor:
        cursor.execute("select pg_backend_pid()")
        admin.execute("select pg_terminate_backend(%s)", cursor.fetchone())


def test_a_database_that_was_not_migrated_says_so(alias: str) -> None:
    """Without tables the error names the command of Django that makes them."""
    store = DjangoStore(alias)
    with pytest.raises(SchemaError, match=r"run `manage\.py migrate`"):
        store.load("HB-1")
    with pytest.raises(SchemaError), transaction.atomic(alias):
        store.commit([change(received("HB-1"))])


def test_an_alias_that_is_none_is_refused() -> None:
    """A name that DATABASES does not have is refused with those that it has."""
    with pytest.raises(InputError, match="default"):
        DjangoStore("no-such-alias")


def test_a_database_that_we_do_not_speak_is_refused() -> None:
    """A database without tables of ours is refused when the store is made."""
    alias = databases.add_database(ENGINE="django.db.backends.dummy", NAME="x")
    with pytest.raises(InputError, match="router"):
        DjangoStore(alias)


@pytest.mark.parametrize("tries", [1, 5])
def test_inside_the_callers_transaction_nothing_is_tried_again(
    store: DjangoStore, tries: int
) -> None:
    """An erasure that loses every race is tried once inside `atomic`, and a few times outside."""
    store.commit([change(received("HB-1"))])
    lost: list[str] = []

    def lose(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if "phananh_personal" in sql:
            lost.append(sql)
            sql, given = "insert into phananh_case select * from phananh_case", (None, *given[1:])
        return execute(sql, *given)

    block = transaction.atomic(store.using) if tries == 1 else nullcontext()
    with block, connections[store.using].execute_wrapper(lose):
        with pytest.raises(StoreError) as raised:
            store.erase("HB-1", at=START)
        assert raised.value.code == "always_second"
    assert len(lost) == tries


def test_a_read_never_loses_a_race(store: DjangoStore) -> None:
    """What would be a conflict of a write is a StoreError of a read, in `atomic` or not."""
    store.commit([change(received("HB-1"))])

    def lose(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if sql.startswith("select"):
            sql, given = "insert into phananh_case select * from phananh_case", (None, *given[1:])
        return execute(sql, *given)

    with connections[store.using].execute_wrapper(lose):
        with pytest.raises(StoreError):
            store.load("HB-1")
        with transaction.atomic(store.using), pytest.raises(StoreError):
            store.load("HB-1")


def test_an_erasure_leaves_no_bytes_in_the_log(tmp_path: Path) -> None:
    """With WAL the log is emptied, and a reader that keeps it is told of."""
    wal = "pragma journal_mode = wal"
    alias = databases.add_sqlite(tmp_path / "wal.db", init_command=wal, timeout=0.1)
    databases.migrate(alias)
    store = DjangoStore(alias)
    said = "Nội dung phải xóa".encode()
    store.commit([change(received("HB-1", content=said.decode()))])
    assert said in read_files(tmp_path)
    with databases.elsewhere(alias) as other, databases.cursor(other) as cursor:
        cursor.execute("begin deferred")
        cursor.execute("select count(*) from phananh_case")
        with pytest.raises(StoreError, match="erase the case again"):
            store.erase("HB-1", at=START)
        cursor.execute("rollback")
    store.erase("HB-1", at=START)
    assert said not in read_files(tmp_path)
    databases.close_all()


def read_files(folder: Path) -> bytes:
    """Return the bytes of all files."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


# The warning is the one that a cancelled wait for a replica ends with, also at the commit.


class UndoError(Exception):
    """Raised inside `atomic` to undo it."""


def run(alias: str, statement: str) -> None:
    """Run a statement of the application."""
    with databases.cursor(alias) as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_late_write_says_how_to_begin_early(tmp_path: Path, journal: str) -> None:
    """After a read, and while another writes or after it has, the error names transaction_mode."""
    alias = databases.add_sqlite(tmp_path / "late.db", transaction_mode=None, timeout=0.2)
    with databases.cursor(alias) as cursor:
        cursor.execute(f"pragma journal_mode = {journal}")
    databases.migrate(alias)
    late = DjangoStore(alias)
    with databases.elsewhere(alias) as other, transaction.atomic(alias):
        late.load("HB-1")
        with suppress(UndoError), transaction.atomic(other):
            DjangoStore(other).commit([change(received("HB-2", code_digest="x" * 64))])
            check_late(late)
            if journal == "delete":  # where a reader keeps another from committing
                raise UndoError
        if journal == "wal":
            check_late(late)
    with transaction.atomic(alias):  # again is the way out
        late.commit([change(received("HB-1"))])
    databases.close_all()


def check_late(store: DjangoStore) -> None:
    """Try to write in a transaction that began late."""
    with pytest.raises(StoreError, match='"transaction_mode": "IMMEDIATE"') as raised:
        store.commit([change(received("HB-1"))])
    assert raised.value.code == "atomic_began_late"


def test_a_lock_that_is_held_is_waited_for_as_long_as_the_settings_say(tmp_path: Path) -> None:
    """Outside of a block of the caller's a busy file is an error after `timeout`, and then over."""
    alias = databases.add_sqlite(tmp_path / "busy.db", timeout=0.1)
    databases.migrate(alias)
    store = DjangoStore(alias)
    with databases.elsewhere(alias) as other:
        with transaction.atomic(other), pytest.raises(StoreError, match=r"waited 0\.1 s"):
            store.commit([change(received("HB-1"))])
        store.commit([change(received("HB-1"))])
    databases.close_all()


@pytest.mark.parametrize("kind", ["psycopg", "sqlalchemy", "django", "django, bound on the server"])
def test_double_clicks_leave_nothing_in_the_log_of_the_server(
    own_postgres: PostgresServer, kind: str
) -> None:
    """Of two clicks at once one is recorded, without an error that the server logs with the act."""
    store: Any = PostgresStore(own_postgres.dsn())
    store.migrate()
    if kind == "sqlalchemy":
        engine = create_engine(own_postgres.dsn().replace("postgresql:", "postgresql+psycopg:"))
        store = SqlalchemyStore(engine)
    elif kind != "psycopg":
        bound = {"server_side_binding": "bound" in kind}
        store = DjangoStore(databases.add_postgres(own_postgres.dsn(), "public", **bound))
    desk, case = Desk(store=store), p.a_case(Desk(store=store))
    sender = Sender(name="Nguyễn Thị Mật", phone="0912 345 678")

    def click(n: int) -> set[str]:
        received = desk.receive(
            kind="service", channel="phone", content="Chuyện kín", sender=sender,
            by=p.OPERATOR, command_id=f"receipt {n // 2}",
        )  # fmt: skip
        noted = None
        while noted is None:  # on a busy machine four can lose more races than an act tries
            with suppress(ConflictError):
                noted = desk.note(
                    case.id, text="Chuyện kín", by=p.OPERATOR, command_id=f"note {n // 2}"
                )
        connections.close_all()
        return {received.id, noted.id}

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(click, range(60)))
    assert (results[::2], len(store.load(case.id))) == (results[1::2], 31)
    store.close()
    log = own_postgres.log.read_text()
    assert [word for word in ("ERROR", "Mật", "912 345", "Chuyện kín") if word in log] == []
