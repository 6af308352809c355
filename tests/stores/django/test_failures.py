"""What goes wrong with a database of Django's is told with the way out, and is over then."""

import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError

from phananh.errors import InputError, SchemaError, StoreError
from phananh.stores.base import Query
from phananh.stores.django import DjangoStore
from phananh.testing.sample_events import START, change, received
from tests.servers.mariadb import MariadbDatabase
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


@pytest.mark.mariadb
def test_a_transaction_that_was_undone_is_ended(mariadb: MariadbDatabase) -> None:
    """A deadlock on MariaDB undoes all of it: the error says so, and Django refuses to go on."""
    alias = databases.add_mariadb(mariadb.url)
    databases.migrate(alias)
    run(alias, "create table calls (case_id varchar(9) primary key, seconds int)")
    run(alias, "insert into calls values ('a', 0), ('b', 0)")
    holding = threading.Event()

    def hold_what_the_other_wants() -> None:
        with transaction.atomic(alias):
            for n in range(9):  # the one that did less is undone
                DjangoStore(alias).commit([change(received(f"B-{n}", code_digest=f"b{n}"))])
            holding.set()
            run(alias, "update calls set seconds = 2 where case_id = 'a'")
        connections[alias].close()

    other = threading.Thread(target=hold_what_the_other_wants)
    with transaction.atomic(alias):
        run(alias, "update calls set seconds = 1 where case_id = 'a'")
        other.start()
        holding.wait(10)
        with pytest.raises(StoreError) as raised:
            DjangoStore(alias).commit([change(received("HB-1"))])
        assert raised.value.code == "transaction_undone"
        with pytest.raises(TransactionManagementError):
            run(alias, "insert into calls values ('c', 0)")
    other.join()
    assert DjangoStore(alias).load("HB-1") == ()
    assert DjangoStore(alias).count(Query()) == 9
    databases.close_all()


def run(alias: str, statement: str) -> None:
    """Run a statement of the application."""
    with databases.cursor(alias) as cursor:
        cursor.execute(statement)


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


def test_closing_leaves_the_connection_open(store: DjangoStore) -> None:
    """The connection is Django's: it, and what is in its transaction, outlives the store."""
    with transaction.atomic(store.using):
        with DjangoStore(store.using) as closed:
            closed.commit([change(received("HB-1"))])
        assert connections[store.using].connection is not None
    assert len(store.load("HB-1")) == 1


# The warning is the one that a cancelled wait for a replica ends with, also at the commit.
WARN = """create function warn() returns trigger language plpgsql as
$$ begin raise warning 'cancelled' using errcode = '01000'; return null; end $$"""
AT_COMMIT = """create constraint trigger warn after insert on phananh_event
deferrable initially deferred for each row execute function warn()"""
