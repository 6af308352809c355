"""Many who act on the same version at the same moment, in threads or in processes.

Each racer has its own handle on the store, and goes through the same rounds. Before each round
all wait for one another, so that they act at once.
"""

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from itertools import count
from typing import Any

import attrs

from phananh import Case, ConflictError, Desk, PhanAnhError
from phananh.regulation import acts as a
from phananh.stores.base import Store
from tests.desk import people as p
from tests.faults.places import Place
from tests.faults.stories import Step, list_rivals, list_steps, plant

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.races", "tests.faults.writers"])
RECORDED = "recorded"
Opener = Callable[[], AbstractContextManager[Store]]


@attrs.frozen
class Round:
    """A case as all racers saw it, the moment, and the act of each racer."""

    case: Case
    at: datetime
    acts: tuple[a.Act, ...]


@contextmanager
def switch_often() -> Iterator[None]:
    """Let threads take turns so often meanwhile that they meet in the middle of a call."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def make_round(store: Store, step: Step, case: str, racers: int) -> Round:
    """Plant a case as it was before a step, and give each racer one of the acts allowed."""
    planted, rivals = plant(store, step.before, case), list_rivals(step)
    assert planted is not None
    return Round(planted, step.at, tuple(rivals[i % len(rivals)] for i in range(racers)))


def race_in_threads(open_store: Opener, rounds: Sequence[Round]) -> list[list[str]]:
    """Run the rounds with a thread for each act; return the outcomes of each round."""
    racers = len(rounds[0].acts)
    start, outcomes = threading.Barrier(racers), _Outcomes()
    threads = [
        threading.Thread(target=run_racer, args=(open_store, rounds, me, start, outcomes))
        for me in range(racers)
    ]
    with switch_often():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return outcomes.sort(len(rounds))


def race_in_processes(place: Place, rounds: Sequence[Round]) -> list[list[str]]:
    """Run the rounds with a process for each act; return the outcomes of each round."""
    racers = len(rounds[0].acts)
    start, queue = _CONTEXT.Barrier(racers), _CONTEXT.Queue()
    processes = [
        _CONTEXT.Process(target=run_racer, args=(place.open, rounds, me, start, queue))
        for me in range(racers)
    ]
    for process in processes:
        process.start()
    outcomes = _Outcomes()
    for _ in range(racers * len(rounds)):
        outcomes.put(queue.get(timeout=180))
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    return outcomes.sort(len(rounds))


class _Outcomes:
    """What came of each act, by round."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def put(self, outcome: tuple[int, str]) -> None:
        self.found.append(outcome)

    def sort(self, rounds: int) -> list[list[str]]:
        return [sorted(what for i, what in self.found if i == each) for each in range(rounds)]


def run_racer(
    open_store: Opener, rounds: Sequence[Round], me: int, start: Any, outcomes: Any
) -> None:
    """Do my act of each round, at the same moment as the others; put what came of it."""
    hand = p.Hand()
    with open_store() as store:
        desk = Desk(store=store, clock=hand)
        for i, each in enumerate(rounds):
            hand.at = each.at
            start.wait(120)
            outcomes.put((i, outcome_of(desk, each.case, each.acts[me], f"c{i}-{me}")))


def outcome_of(desk: Desk, case: Case, act: a.Act, command: str) -> str:
    """Return "recorded", or the name of the error."""
    try:
        desk._do(case, act, command, by_code=True)
    except PhanAnhError as error:
        return type(error).__name__
    return RECORDED


def count_single_winners(outcomes: Sequence[list[str]]) -> int:
    """Return in how many rounds one act was recorded and all the others were in conflict."""
    return outcomes.count(sorted([RECORDED] + ["ConflictError"] * (len(outcomes[0]) - 1)))


def cross_lists(store: Store, open_store: Opener, *, writers: int, lists: int) -> int:
    """Let writers record lists over the same two cases, every second one in opposite order.

    Each is sent again on a conflict until it is recorded. Return how many conflicts there were;
    any other error is raised.
    """
    step = list_steps()[1]
    cases = [plant(store, step.before, f"HB-{side}") for side in ("left", "right")]
    names = [case.id for case in cases if case is not None]
    start = threading.Barrier(writers)

    def write(me: int) -> int:
        order = names if me % 2 else names[::-1]
        with open_store() as own:
            start.wait(60)
            desk = Desk(store=own, clock=p.Hand(step.at))
            return sum(_record_list(desk, order, f"{me}-{i}") for i in range(lists))

    with switch_often(), ThreadPoolExecutor(writers) as pool:
        return sum(pool.map(write, range(writers)))


def _record_list(desk: Desk, order: Sequence[str], command: str) -> int:
    """Note something on all cases at once; return how many conflicts it took."""
    for conflicts in count():
        try:
            with desk.together() as d:
                for case in order:
                    name = f"{command}-{case}"
                    d.note(case, text=name, by=p.OPERATOR, command_id=name)
        except ConflictError:
            continue
        return conflicts
    raise AssertionError
