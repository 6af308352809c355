"""Migrations that are broken off, or done by several at once."""

import multiprocessing
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from uuid import uuid4

import attrs
import pytest

from phananh import StoreError
from phananh.testing.faulty_store import FaultPlan
from phananh.testing.sample_events import change, received
from tests.faults.failing import FAIL_IN, WHENS, When, arm
from tests.faults.places import Place, make_postgres, make_sqlite
from tests.faults.rolling import (
    POST,
    PRE,
    migrate,
    migrate_at_once,
    run_next,
)
from tests.faults.whole import check_whole
from tests.faults.writers import run_process

_CONTEXT = multiprocessing.get_context("forkserver")


@contextmanager
def make_place(like: Place) -> Iterator[Place]:
    """Lend another empty place, with the tables of this release."""
    if like.engine == "postgres":
        yield make_postgres(like.address, f"{dict(like.options)['schema']}_{uuid4().hex[:8]}")
        return
    with make_sqlite() as made:
        yield made


def record(place: Place, case: str) -> None:
    """Record something with the code that runs."""
    with place.open() as store:
        store.commit([change(received(case), command=f"c-{case}")])


@pytest.mark.parametrize("stride", [8, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("when", WHENS)
def test_failed_migration_is_done_whole_or_not_at_all(
    place: Place, when: When, stride: int
) -> None:
    """Whichever call of a migration fails, old code runs on, or it is done; a retry ends it."""
    call, has_fired = 1 - stride, True
    while has_fired:
        call += stride
        with make_place(place) as trial, pytest.MonkeyPatch.context() as patch:
            record(trial, "HB-1")
            with FAIL_IN[trial.engine](patch) as failure, run_next():
                has_fired = fail_to_migrate(without_retry(trial), failure, call, when)
            record(trial, "HB-2")  # by old code: step 4 leaves it running
            with run_next():
                assert migrate(trial, "pre") in ((), (PRE,))
                record(trial, "HB-3")
                with trial.open() as store:
                    assert len(check_whole(store)) == 3
        assert call < 60


def without_retry(place: Place) -> Place:
    """Return the place with a store that tries nothing again by itself."""
    if place.engine == "sqlite":
        return place
    return attrs.evolve(place, options=(*place.options, ("retry_for", 0)))


def fail_to_migrate(place: Place, failure: FaultPlan, call: int, when: When) -> bool:
    """Migrate with a call that fails; return whether one did."""
    arm(failure, call, when)
    with suppress(StoreError):
        migrate(place, "pre")
    return failure.disarm()


def test_processes_that_migrate_at_once_do_each_step_once(place: Place) -> None:
    """Of six processes at once one does the steps, and the others wait and find nothing to do."""
    record(place, "HB-1")
    start, answers = _CONTEXT.Barrier(6), _CONTEXT.Queue()
    with ExitStack() as lives:
        for _ in range(6):
            lives.enter_context(run_process(migrate_at_once, place, start, answers))
        found = [answers.get(timeout=180) for _ in range(6)]
    assert sorted(found) == [()] * 5 + [(PRE, POST)]
    with run_next(), place.open() as store:
        assert len(check_whole(store)) == 1
