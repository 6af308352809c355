"""In the caller's transaction: a failure in the middle leaves neither row nor command behind.

The caller may go on after the failure and keep the rest of its work.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from phananh import Desk, StoreError
from phananh.stores import SqliteStore
from tests.desk import people as p
from tests.faults.failing import Failure, When, fail_in_sqlite
from tests.faults.places import Place, make_sqlite
from tests.faults.stories import Step, list_steps, plant
from tests.faults.trials import Bench, act_once, is_whole_or_absent
from tests.faults.whole import check_whole

STEPS = {f"{i}-{step.name}": step for i, step in enumerate(list_steps())}


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """Return a SQLite file with a table of an application beside ours."""
    with make_sqlite(synchronous="NORMAL") as made:
        with closing(sqlite3.connect(made.address)) as connection:
            connection.execute("create table application (name text)")
        yield made
        with made.open() as store:
            check_whole(store)


@pytest.fixture(scope="module")
def failure() -> Iterator[Failure]:
    """Return the failure of the connections of the application."""
    with pytest.MonkeyPatch.context() as patch, fail_in_sqlite(patch) as made:
        yield made


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_failed_call_leaves_the_caller_a_whole_act_or_none(
    place: Place, failure: Failure, step: Step, when: When
) -> None:
    """The caller keeps its own work, and of the act everything or nothing; a retry does it."""
    with place.open() as store, closing(connect(place)) as connection:
        bench = Bench(store, store, failure)

        def try_bound(call: int) -> bool:
            name = f"{step.name}-{when}-{call}-{id(bench)}"
            planted = plant(store, step.before, name)
            connection.execute("begin immediate")
            connection.execute("insert into application values (?)", (name,))
            with SqliteStore.bound(connection) as bound:
                desk = Desk(store=bound, clock=p.Hand(step.at))
                failure.arm(call, when)
                with suppress(StoreError):
                    act_once(desk, planted, step.act, f"c-{name}")
                has_fired = failure.disarm()
            connection.execute("commit")
            found = connection.execute("select name from application where name = ?", (name,))
            assert found.fetchall() == [(name,)]
            is_whole_or_absent(store, planted, f"c-{name}")
            act_once(Desk(store=store, clock=p.Hand(step.at)), planted, step.act, f"c-{name}")
            assert is_whole_or_absent(store, planted, f"c-{name}")
            return has_fired

        assert bench.try_each_call(try_bound) >= 5


def connect(place: Place) -> sqlite3.Connection:
    """Return a connection of the application."""
    return sqlite3.connect(place.address, isolation_level=None)


@pytest.mark.parametrize("step", [STEPS["11-answer-11"]], ids=["answer"])
def test_caller_who_lost_the_connection_keeps_nothing(
    place: Place, failure: Failure, step: Step
) -> None:
    """If every call fails from one on, the caller can only roll back, and nothing is there."""
    with place.open() as store:
        bench = Bench(store, store, failure)

        def try_lost(call: int) -> bool:
            name = f"lost-{call}"
            planted = plant(store, step.before, name)
            with closing(connect(place)) as connection:
                connection.execute("begin immediate")
                with SqliteStore.bound(connection) as bound:
                    failure.arm(call, "from then on")
                    with suppress(StoreError):
                        act_once(
                            Desk(store=bound, clock=p.Hand(step.at)), planted, step.act, f"c-{name}"
                        )
                    has_fired = failure.disarm()
            assert not is_whole_or_absent(store, planted, f"c-{name}")
            return has_fired

        assert bench.try_each_call(try_lost) >= 5
