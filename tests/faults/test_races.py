"""Of acts on one version at one moment one is recorded, in threads and in processes."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

import attrs
import pytest

from phananh import MemoryStore
from phananh.stores.base import Store
from tests.faults.places import Place
from tests.faults.races import (
    Round,
    count_single_winners,
    cross_lists,
    make_round,
    race_in_processes,
    race_in_threads,
)
from tests.faults.stories import list_steps
from tests.faults.whole import check_whole

RACERS = 8
MakeRounds = Callable[[Store, int], list[Round]]
MIXED = [step for step in list_steps() if step.before]


def make_reschedules(store: Store, count: int) -> list[Round]:
    """Plant cases at the agency; two put the citizen off, to another day each (Art. 9.3)."""
    step = next(step for step in list_steps() if step.act.trigger == "reschedule")
    later = attrs.evolve(step.act, to=step.act.to + timedelta(days=1))
    rounds = [make_round(store, step, f"HB-{i}", 2) for i in range(count)]
    return [attrs.evolve(each, acts=(step.act, later)) for each in rounds]


def make_mixed(store: Store, count: int) -> list[Round]:
    """Plant cases as they were before each step in turn, with all that is allowed there."""
    return [make_round(store, MIXED[i % len(MIXED)], f"HB-{i}", RACERS) for i in range(count)]


RACES = pytest.mark.parametrize(
    ("make_rounds", "count"),
    [
        pytest.param(make_reschedules, 300, id="reschedules"),
        pytest.param(make_mixed, 3 * len(MIXED), id="mixed"),
        pytest.param(make_mixed, 300, id="mixed-300", marks=pytest.mark.slow),
    ],
)


def check_races(store: Store, rounds: list[Round], outcomes: list[list[str]]) -> None:
    """Check that each round had one winner, whose act alone was recorded."""
    assert count_single_winners(outcomes) == len(rounds), outcomes
    histories = check_whole(store)
    for each in rounds:
        new = histories[each.case.id][each.case.version :]
        assert len([event for event in new if type(event).__name__ != "Lapsed"]) <= 1
        assert len(new) >= 1


@RACES
def test_one_act_wins_among_threads_in_memory(make_rounds: MakeRounds, count: int) -> None:
    """In all races of threads one act is recorded, whole, and the others are conflicts."""
    with MemoryStore() as store:
        rounds = make_rounds(store, count)
        check_races(store, rounds, race_in_threads(lambda: nullcontext(store), rounds))


@RACES
def test_one_act_wins_among_threads(place: Place, make_rounds: MakeRounds, count: int) -> None:
    """In all races of threads that share a store one act is recorded, whole."""
    with place.open() as store:
        rounds = make_rounds(store, count)
        check_races(store, rounds, race_in_threads(lambda: nullcontext(store), rounds))


@RACES
def test_one_act_wins_among_processes(place: Place, make_rounds: MakeRounds, count: int) -> None:
    """In all races of processes one act is recorded, whole."""
    with place.open() as store:
        rounds = make_rounds(store, count)
        check_races(store, rounds, race_in_processes(place, rounds))


def test_crossing_lists_go_in_at_last_in_memory() -> None:
    """Lists of the same cases in opposite order lose with ConflictError alone, and are retried."""
    with MemoryStore() as store:
        cross_lists(store, lambda: nullcontext(store), writers=4, lists=25)
        check_crossed(store, lists=100)


def test_crossing_lists_go_in_at_last(place: Place) -> None:
    """Crossing lists never block each other for good: each is a conflict or is recorded."""
    with place.open() as store:
        conflicts = cross_lists(store, place.open, writers=4, lists=25)
        check_crossed(store, lists=100)
        assert conflicts > 0  # there was something to retry


def check_crossed(store: Store, *, lists: int) -> None:
    """Check that each list went in once, whole."""
    histories = check_whole(store)
    assert [len(history) for history in histories.values()] == [lists + 1] * len(histories)
