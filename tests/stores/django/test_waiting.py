"""Transactions of others are waited for: as long as was asked, and where waiting can help."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connections, transaction

from phananh.errors import StoreError
from phananh.stores.base import Query
from phananh.stores.django import DjangoStore
from phananh.testing.sample_events import START, change, received
from tests.stores.django import databases


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


def test_a_transaction_that_began_early_waits(tmp_path: Path) -> None:
    """With IMMEDIATE two threads that read and then write both get through."""
    alias = databases.add_sqlite(tmp_path / "early.db")
    databases.migrate(alias)
    store, failed = DjangoStore(alias), list[Exception]()
    inside = threading.Barrier(2)

    def work(name: str) -> None:
        try:
            inside.wait(timeout=10)
            for n in range(20):
                with transaction.atomic(alias):
                    assert store.load(f"{name}-{n}") == ()
                    store.commit([change(received(f"{name}-{n}", code_digest=f"{name}{n}"))])
        except Exception as error:  # noqa: BLE001 - shown by the test
            failed.append(error)
        finally:
            connections[alias].close()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert store.count(Query()) == 40
    databases.close_all()


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


def test_another_writer_is_waited_for_no_longer_than_was_asked(store: DjangoStore) -> None:
    """A case that another transaction holds is an error after `timeout`, and free afterwards."""
    if connections[store.using].vendor == "sqlite":
        pytest.skip("its own option says how long")
    store.commit([change(received("HB-1"))])
    with databases.elsewhere(store.using) as other, transaction.atomic(other):
        run(other, "update phananh_case set version = version where case_id = 'HB-1'")
        run(other, "select 1")
        short = DjangoStore(store.using, timeout=1)
        with transaction.atomic(store.using):
            add_call(store)
            with pytest.raises(StoreError, match="waited 1 s"):
                short.erase("HB-1", at=START)
    with databases.cursor(store.using) as cursor:
        cursor.execute("select count(*) from calls")
        assert cursor.fetchone()[0] == 1
    short.erase("HB-1", at=START)


def add_call(store: DjangoStore) -> None:
    """Insert a row of the application."""
    run(store.using, "insert into calls values ('x', 1)")
