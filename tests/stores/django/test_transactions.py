"""Acts in the application's transactions: kept and undone with them, whatever fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections, transaction

from phananh import Desk
from phananh.errors import ConflictError, StoreError
from phananh.stores.base import Query
from phananh.stores.django import DjangoStore
from phananh.testing.sample_events import change, received
from tests.desk import people as p
from tests.stores.django import databases


def add_call(store: DjangoStore, seconds: int | None = 1) -> None:
    """Insert a row of the application."""
    with databases.cursor(store.using) as cursor:
        cursor.execute("insert into calls values ('x', %s)", [seconds])


def count(store: DjangoStore) -> tuple[int, int]:
    """Return how many rows of the application and how many cases another connection sees."""
    with databases.elsewhere(store.using) as other, databases.cursor(other) as cursor:
        cursor.execute("select count(*) from calls")
        return cursor.fetchone()[0], DjangoStore(other).count(Query())


def test_atomic_keeps_both_and_shows_nothing_before(store: DjangoStore) -> None:
    """The case and the application's row are there after `atomic`, and not seen before its end."""
    with transaction.atomic(store.using):
        p.a_case(Desk(store=store, clock=p.Hand()))
        add_call(store)
        assert (count(store), store.count(Query())) == ((0, 0), 1)
    assert count(store) == (1, 1)


def test_a_conflict_leaves_the_transaction_usable(store: DjangoStore) -> None:
    """After a conflict the application's work of before is kept, and it may go on."""
    store.commit([change(received("HB-1"))])
    with transaction.atomic(store.using):
        add_call(store)
        with pytest.raises(ConflictError):
            store.commit([change(received("HB-1"))])
        with pytest.raises(StoreError, match="recording"):
            store.commit([change(received("HB-2", code_digest=received("HB-1").code_digest))])
        store.commit([change(received("HB-3"))])
    assert count(store) == (1, 2)


@contextmanager
def failing(store: DjangoStore, n: int) -> Iterator[list[str]]:
    """Let the engine refuse the n-th statement, and end what that ends; give those that ran."""
    asked: list[str] = []

    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if not sql.startswith(("SAVEPOINT", "ROLLBACK")):
            asked.append(sql)
        if len(asked) == n:
            asked.append("")  # one refusal is enough
            with connections[store.using].wrap_database_errors:
                context["cursor"].cursor.execute("select nothing_of_that_name")
        return execute(sql, params, many, context)

    with connections[store.using].execute_wrapper(run):
        yield asked


def test_a_read_that_fails_leaves_the_transaction_usable(store: DjangoStore) -> None:
    """Also a statement that reads is undone alone, so the application may go on and commit."""
    with transaction.atomic(store.using):
        add_call(store)
        with failing(store, 1), pytest.raises(StoreError):
            store.load("HB-1")
        with failing(store, 1), pytest.raises(StoreError):
            Desk(store=store).find()
        add_call(store)
    assert count(store) == (2, 0)
