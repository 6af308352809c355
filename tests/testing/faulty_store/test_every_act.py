"""Every act of a desk, with a fault at every call: stored as said, whole, and once."""

from collections.abc import Sequence
from contextlib import suppress

import attrs
import pytest

from phananh import Desk, MemoryStore, PhanAnhError, StoreError
from phananh.regulation import acts as a
from phananh.regulation.events import Event
from phananh.stores.base import Change, Query
from phananh.testing.faulty_store import Fault, FaultyStore, at_each_call
from tests.desk import people as p
from tests.faults.stories import Step, list_steps, plant
from tests.faults.trials import act_once, is_whole_or_absent
from tests.faults.whole import check_whole

NAME = "HB-F1"
# What is drawn for a receipt is another value each time.
DRAWN = {"case": NAME, "code": None, "code_digest": None}


def run_step(step: Step, store: FaultyStore) -> tuple[Event, ...]:
    """Do a step under a fault, and again with the same id; return the history it ends with."""
    planted = plant(store.inner, step.before, NAME)
    desk = Desk(store=store, clock=p.Hand(step.at))
    try:
        said = act_once(desk, planted, step.act, "c1")
    except StoreError:
        said = None
    store.disarm()
    is_recorded = is_whole_or_absent(store.inner, planted, "c1")
    if said is not None and not is_recorded:
        raise AssertionError("acknowledged, and not stored")
    done = act_once(desk, planted, step.act, "c1")
    if said is not None and said != done:
        raise AssertionError("the retry gave another result")
    if store.inner.count(Query()) != 1:
        raise AssertionError("a receipt left two cases")
    check_whole(store.inner, named=["c1"] if planted is None else None)
    return store.inner.load(done.id)


def neutral(history: tuple[Event, ...]) -> list[Event]:
    """Return a history without what is drawn."""
    return [
        attrs.evolve(each, **{k: v for k, v in DRAWN.items() if hasattr(each, k)})
        for each in history
    ]


@pytest.mark.parametrize("step", list_steps(), ids=lambda step: step.name)
def test_act_ends_in_the_history_without_a_fault(step: Step) -> None:
    """Whichever call fails, what was acknowledged is stored, and the retry ends the same."""
    expected = neutral(run_step(step, FaultyStore()))

    def scenario(store: FaultyStore) -> None:
        if neutral(run_step(step, store)) != expected:
            raise AssertionError("the retry ended in another history")

    fired = at_each_call(scenario)
    assert {fault.method for fault in fired} >= {"commit", "find_command"}


def test_every_act_is_among_the_steps() -> None:
    """The steps hold every act but the one that only a recalculation does."""
    assert {step.act.trigger for step in list_steps()} == {*a.ACTS} - {"move_deadline"}


class ForgetsCommands(MemoryStore):
    """Records acts without their commands."""

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record without commands."""
        super().commit([attrs.evolve(change, commands=()) for change in changes])


class ForgetsActs(MemoryStore):
    """Acknowledges every second act, and records it not."""

    turn = 0

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record, or do nothing."""
        self.turn += 1
        if self.turn % 2:
            super().commit(changes)


@pytest.mark.parametrize("broken", [ForgetsCommands, ForgetsActs])
def test_broken_store_does_not_pass(broken: type[MemoryStore]) -> None:
    """A store that forgets commands, or acts, is seen by the same scenario."""
    with pytest.raises((AssertionError, PhanAnhError)):
        at_each_call(lambda store: run_step(list_steps()[2], store), make_store=broken)


def sweep_scenario(store: FaultyStore) -> None:
    """Sweep two cases that are late under a fault, and again."""
    step = next(each for each in list_steps() if isinstance(each.act, a.Lapse))
    for name in ("HB-S1", "HB-S2"):
        plant(store.inner, step.before, name)
    desk = Desk(store=store, clock=p.Hand(step.at))
    with suppress(StoreError):
        desk.sweep()
    store.disarm()
    desk.sweep()
    histories = check_whole(store.inner)
    if [len(history) for history in histories.values()] != [len(step.before) + 1] * 2:
        raise AssertionError("a case was marked twice, or not at all")


def block_scenario(store: FaultyStore) -> None:
    """Do two acts together under a fault, and again with the same ids."""
    step = list_steps()[2]
    for name in ("HB-S1", "HB-S2"):
        plant(store.inner, step.before, name)
    desk = Desk(store=store, clock=p.Hand(step.at))

    def act() -> None:
        with desk.together() as d:
            for name in ("HB-S1", "HB-S2"):
                d.do(name, step.act, command_id=f"c-{name}")

    with suppress(StoreError):
        act()
    store.disarm()
    lengths = {len(store.inner.load(name)) for name in ("HB-S1", "HB-S2")}
    if len(lengths) != 1:
        raise AssertionError("half of the block is there")
    act()
    histories = check_whole(store.inner)
    if [len(history) for history in histories.values()] != [len(step.before) + 1] * 2:
        raise AssertionError("the block was done twice, or not at all")


@pytest.mark.parametrize("scenario", [sweep_scenario, block_scenario])
def test_sweeps_and_blocks_are_whole(scenario: object) -> None:
    """Under a fault at any call a sweep and a block of acts can be repeated."""
    fired: tuple[Fault, ...] = at_each_call(scenario)  # type: ignore[arg-type]  # one of two
    assert len(fired) >= 12
