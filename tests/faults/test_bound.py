"""In the caller's transaction: a failure in the middle leaves neither row nor command behind.

The caller may go on after the failure and keep the rest of its work, or can only roll back.
"""

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import attrs
import psycopg
import pytest

from phananh import Desk, StoreError
from phananh.stores.base import Store
from phananh.testing.faulty_store import FaultPlan
from tests.desk import people as p
from tests.faults.failing import When, arm
from tests.faults.places import Place
from tests.faults.stories import Step, plant
from tests.faults.test_every_call import STRIDES, pick_steps
from tests.faults.trials import Bench, act_once, is_whole_or_absent
from tests.faults.whole import check_whole

_INSERT = "insert into application values ('{}')"
_SELECT = "select name from application where name = '{}'"


@attrs.frozen
class Application:
    """A program with a table of its own beside ours."""

    place: Place
    store: Store
    failure: FaultPlan

    def act(self, step: Step, name: str, call: int, when: When) -> bool:
        """Write a row of our own and do a step in one transaction, in which a call fails.

        The application commits what it can. Return whether a call failed.
        """
        planted = plant(self.store, step.before, name)
        with closing(self.place.connect()) as connection:
            connection.execute("begin")
            connection.execute(_INSERT.format(name))
            arm(self.failure, call, when)
            with (
                suppress(StoreError, psycopg.Error),
                self.place.bind(connection) as bound,
            ):
                act_once(Desk(store=bound, clock=p.Hand(step.at)), planted, step.act, f"c-{name}")
            has_fired = self.failure.disarm()
            with suppress(psycopg.Error):
                connection.execute("commit")
        is_recorded = is_whole_or_absent(self.store, planted, f"c-{name}")
        has_kept = self.has_kept(name)
        assert has_kept or not is_recorded, "the act is there without the caller's own work"
        assert has_kept or self.place.engine != "sqlite", "the caller's own work was undone"
        assert has_fired or is_recorded
        return has_fired

    def has_kept(self, name: str) -> bool:
        """Return whether the row of the application is there."""
        with closing(self.place.connect()) as connection:
            found: Any = connection.execute(_SELECT.format(name))
            return bool(found.fetchall())


@pytest.fixture
def application(failing: tuple[Place, FaultPlan]) -> Iterator[Application]:
    """Return an application on each engine."""
    place, failure = failing
    with closing(place.connect()) as connection:
        connection.execute("begin")
        connection.execute("create table application (name text)")
        connection.execute("commit")
    with place.open() as store:
        yield Application(place, store, failure)
        check_whole(store)


@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize("when", ["before", "after"])
def test_failed_call_leaves_the_caller_a_whole_act_or_none(
    application: Application, when: When, stride: int
) -> None:
    """Whichever call of an act fails, the caller has all of the act or nothing of it."""
    for step in pick_steps(stride, application.store):
        bench = Bench(application.store, application.store, application.failure)

        def try_bound(call: int, step: Step = step) -> bool:
            return application.act(step, f"{step.name}-{step.at:%d-%H%M}-{call}", call, when)

        assert bench.try_each_call(try_bound) >= 3
