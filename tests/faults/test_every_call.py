"""Whichever call of the driver fails: the act is wholly there or absent, and the retry ends it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from phananh import Desk, StoreError
from phananh.regulation.events import Event
from phananh.stores import SqliteStore
from phananh.stores.base import Store
from phananh.testing.faulty_store import FaultPlan
from tests.desk import people as p
from tests.faults.failing import WHENS, When, arm
from tests.faults.places import Place
from tests.faults.stories import Step, list_steps, plant, rename
from tests.faults.trials import Bench, is_whole_or_absent
from tests.faults.whole import check_whole

STRIDES = [8, pytest.param(1, marks=pytest.mark.slow)]


def pick_steps(stride: int, store: Store) -> tuple[Step, ...]:
    """Return every step of a file, which is quick, and some of a server's."""
    return list_steps() if isinstance(store, SqliteStore) else list_steps()[::stride]


@pytest.fixture
def bench(failing: tuple[Place, FaultPlan]) -> Iterator[Bench]:
    """Return a store whose driver fails when it is told to."""
    place, failure = failing
    with place.open() as store, place.open() as witness:
        yield Bench(store, witness, failure)
        check_whole(witness)


@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize("when", WHENS)
def test_failed_call_leaves_an_act_whole_or_absent(bench: Bench, when: When, stride: int) -> None:
    """Whichever act, and call of it, fails: history, row and command agree; a retry does it."""
    for step in pick_steps(stride, bench.store):
        assert bench.try_step(step, when) >= 2, step.name


@pytest.mark.parametrize("when", WHENS)
def test_failed_call_leaves_a_block_whole_or_absent(bench: Bench, when: When) -> None:
    """After a failure at any call, all acts of a block are there or none, and a retry does them."""
    step = list_steps()[1]

    def try_block(call: int) -> bool:
        names = [f"HB-B{next(bench.names)}" for _ in range(2)]
        cases = [plant(bench.store, step.before, name) for name in names]
        desk = Desk(store=bench.store, clock=p.Hand(step.at))

        def act() -> None:
            with desk.together() as d:
                for name in names:
                    d._do(name, step.act, f"c-{name}")

        arm(bench.failure, call, when)
        with suppress(StoreError):
            act()
        has_fired = bench.failure.disarm()
        pairs = zip(cases, names, strict=True)
        there = {is_whole_or_absent(bench.witness, case, f"c-{name}") for case, name in pairs}
        assert len(there) == 1, "half of the block is there"
        act()
        pairs = zip(cases, names, strict=True)
        assert all(is_whole_or_absent(bench.witness, case, f"c-{name}") for case, name in pairs)
        return has_fired

    assert bench.try_each_call(try_block) >= 5


@pytest.mark.parametrize("when", WHENS)
def test_failed_call_leaves_an_erasure_whole_or_absent(bench: Bench, when: When) -> None:
    """After a failure at any call everything personal is there or nothing, and a retry erases."""
    step = list_steps()[12]
    desk = Desk(store=bench.store, clock=p.Hand(step.at))

    def try_erasure(call: int) -> bool:
        case = plant(bench.store, step.before, f"HB-E{next(bench.names)}")
        assert case is not None
        arm(bench.failure, call, when)
        with suppress(StoreError):
            desk.store.erase(case.id, at=desk.now())
        has_fired = bench.failure.disarm()
        history = bench.witness.load(case.id)
        assert history == rename(step.before, case.id) or not any(map(has_content, history))
        desk.store.erase(case.id, at=desk.now())
        assert not any(map(has_content, bench.witness.load(case.id)))
        return has_fired

    assert bench.try_each_call(try_erasure) >= 2


def has_content(event: Event) -> bool:
    """Return whether something personal stands in an event."""
    return any(isinstance(getattr(event, name, None), str) for name in ("content", "text"))


@pytest.mark.parametrize("when", WHENS)
def test_failed_call_leaves_a_lease_whole_or_absent(bench: Bench, when: When) -> None:
    """After a failure at any call a consumer stands where it stood or where it was going."""
    step = list_steps()[1]
    plant(bench.store, step.before, f"HB-L{next(bench.names)}")
    position = bench.store.scan(limit=1)[0].position
    later = step.at + timedelta(minutes=1)

    def try_lease(call: int) -> bool:
        consumer = f"mail-{next(bench.names)}"
        arm(bench.failure, call, when)
        with suppress(StoreError):
            lease = bench.store.claim(consumer, step.at, later)
            assert lease is not None
            bench.store.release(bench.store.advance(lease, position))
        has_fired = bench.failure.disarm()
        found = bench.store.claim(consumer, later, later + timedelta(minutes=1))
        assert found is not None
        assert found.position in (None, position)
        assert bench.store.advance(found, position).position == position
        return has_fired

    assert bench.try_each_call(try_lease) >= 6
