"""Whichever call of the driver fails: the act is wholly there or absent, and the retry ends it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta

import attrs
import pytest

from phananh import Case, Desk, PhanAnhError, StoreError
from phananh.regulation.values.events import Event
from phananh.stores import SqliteStore
from phananh.stores.base import Change, Store
from phananh.stores.conflicts import new_salt
from phananh.stores.sql.rows import bind_command
from phananh.stores.sqlite.errors import DIALECT
from phananh.testing.faulty_store import FaultPlan
from tests.desk import people as p
from tests.faults.failing import WHENS, When, arm, fail_in_sqlite
from tests.faults.places import Place, make_sqlite
from tests.faults.stories import Step, list_steps, plant, rename
from tests.faults.trials import Bench, is_whole_or_absent
from tests.faults.whole import check_whole

STRIDES = [4, pytest.param(1, marks=pytest.mark.slow)]


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


class WritesTheCommandLater(SqliteStore):
    """Records an act, and in a transaction of its own the command of it."""

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record in two parts."""
        commands = [(change.case, each) for change in changes for each in change.commands]
        if all(self.find_command(each.id) is None for _, each in commands):
            super().commit([attrs.evolve(change, commands=()) for change in changes])
        rows = [bind_command(case, each, new_salt()) for case, each in commands]
        self._transact(
            lambda: {"doing": "recording"},
            lambda session: session.executemany(DIALECT.sql.insert_command, rows),
        )


def test_act_in_two_parts_is_seen() -> None:
    """A store that records in two transactions does not pass."""
    with (
        make_sqlite() as place,
        place.open() as witness,
        pytest.MonkeyPatch.context() as patch,
        fail_in_sqlite(patch) as failure,
        WritesTheCommandLater(place.address) as store,
        pytest.raises((AssertionError, PhanAnhError)),
    ):
        Bench(store, witness, failure).try_step(list_steps()[11], "before")


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
                    d.do(name, step.act, command_id=f"c-{name}")

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
            desk.erase(case.id)
        has_fired = bench.failure.disarm()
        history = bench.witness.load(case.id)
        assert history == case_history(step, case) or not any(map(has_content, history))
        desk.erase(case.id)
        assert not any(map(has_content, bench.witness.load(case.id)))
        return has_fired

    assert bench.try_each_call(try_erasure) >= 2


def case_history(step: Step, case: Case) -> tuple[Event, ...]:
    """Return what was planted."""
    return rename(step.before, case.id)


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
