"""Acts in the application's transactions: kept and undone with them, whatever fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from phananh import Desk
from phananh.errors import ConflictError, StoreError
from phananh.stores.base import Query
from phananh.stores.django import DjangoStore
from phananh.testing.sample_events import change, received
from tests.desk import people as p
from tests.stores.django import databases


class UndoError(Exception):
    """Raised inside `atomic` to undo it."""


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
        assert count(store) == (0, 0)
        assert store.count(Query()) == 1
    assert count(store) == (1, 1)


def test_what_the_database_refuses_takes_the_case_along(store: DjangoStore) -> None:
    """A row that breaks a constraint of the application undoes the case of its transaction."""

    def record_both() -> None:
        with transaction.atomic(store.using):
            store.commit([change(received("HB-1"), command="c")])
            add_call(store, seconds=None)

    with pytest.raises(IntegrityError):
        record_both()
    assert count(store) == (0, 0)
    assert store.find_command("c") is None
    assert store.scan() == ()


def test_an_inner_block_undoes_its_part(store: DjangoStore) -> None:
    """What an inner `atomic` undoes is undone with the case in it, and the rest is kept."""
    with transaction.atomic(store.using):
        store.commit([change(received("HB-1"))])
        with suppress(UndoError), transaction.atomic(store.using):
            store.commit([change(received("HB-2", code_digest="x" * 64))])
            raise UndoError
        add_call(store)
    assert count(store) == (1, 1)
    assert store.load("HB-2") == ()


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


def test_a_long_list_is_kept_or_undone_as_a_whole(store: DjangoStore) -> None:
    """Rows that are sent by COPY are part of the transaction, and a conflict among them undone."""
    many = [change(received(f"HB-{n}", code_digest=f"x{n}"), command=f"c{n}") for n in range(99)]
    last = change(received("HB-99", code_digest="x99"))
    store.commit([last])
    with transaction.atomic(store.using):
        add_call(store)
        with pytest.raises(ConflictError):
            store.commit([*many, last])
        assert store.count(Query()) == 1
        store.commit(many)
    assert count(store) == (1, 100)
    with suppress(UndoError), transaction.atomic(store.using):
        store.commit([change(received(f"X-{n}", code_digest=f"y{n}")) for n in range(60)])
        raise UndoError
    assert count(store) == (1, 100)


def test_an_act_outside_of_atomic_is_durable_when_it_returns(store: DjangoStore) -> None:
    """Without a block of the caller's each act has its own, which is committed."""
    p.a_case(Desk(store=store, clock=p.Hand()))
    assert not connections[store.using].in_atomic_block
    assert count(store) == (0, 1)


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


def act(store: DjangoStore, n: int) -> None:
    """Record what has a row, an event, a personal value and a command, and another case."""
    desk = Desk(store=store, clock=p.Hand())
    case = p.a_case(desk, command_id=f"{n}-1")
    desk.answer(case, text="Trả lời mẫu", by=p.OPERATOR, command_id=f"{n}-2")
    store.erase(case.id, at=case.received_at)


@pytest.mark.parametrize("is_inside", [True, False])
def test_what_fails_in_the_middle_leaves_no_half(store: DjangoStore, *, is_inside: bool) -> None:
    """Whichever statement fails: no row or command without its events, and the block is usable."""
    n, done = 0, False
    while not done:
        n += 1
        add_call(store)
        done = fail_at(store, n, is_inside=is_inside)
        check_nothing_half(store)
    assert n > 6
    calls, _ = count(store)
    assert calls == (2 * n if is_inside else n)


def fail_at(store: DjangoStore, n: int, *, is_inside: bool) -> bool:
    """Act with the n-th statement failing; return whether there was none."""
    if not is_inside:
        return try_act(store, n)
    with transaction.atomic(store.using):
        add_call(store)
        done = try_act(store, n)
        store.commit([change(received(f"HB-{n}"))])  # the caller goes on
    assert store.load(f"HB-{n}")
    return done


def try_act(store: DjangoStore, n: int) -> bool:
    """Act, and return whether nothing failed."""
    with failing(store, n) as asked, suppress(StoreError):
        act(store, n)
    return "" not in asked


def check_nothing_half(store: DjangoStore) -> None:
    """Compare rows, events and commands with each other."""
    rows = store.find(Query(limit=1000)).rows
    events = store.scan(limit=1000)
    assert sum(row.version for row in rows) == len(events)
    for row in rows:
        assert len(store.load(row.case)) == row.version
    with databases.cursor(store.using) as cursor:
        cursor.execute(
            "select count(*) from phananh_command c where not exists (select 1 from "
            "phananh_event e where e.case_id = c.case_id and e.version = c.version)"
        )
        assert cursor.fetchone()[0] == 0


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
