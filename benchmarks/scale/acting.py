"""Durable acts a second: writers in processes of their own, all of them on one place at a time.

`new`    a new case is received, handed over, answered and closed, each act on the case in hand
`old`    one of the cases that are stored, anywhere among them, is acted on by its id
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count, cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection

from benchmarks.office import ANSWER_BY_OFFICER, CLOSE, ESCALATE, RECEIVE
from benchmarks.scale.filling import Filled
from benchmarks.scale.places import Place
from phananh import Desk, Person
from phananh.regulation import acts as a
from phananh.regulation.request import Kind
from phananh.samples import UNTIL

PUBLISH = a.Publish(by=Person(id="tdv-01", role="operator"), text="[Mẫu] Đã trả lời.")
EXCLUDED = (Kind.COMPLAINT, Kind.DENUNCIATION)


class Writer:
    """A process that holds a store of each place open, and acts when it is told to."""

    def __init__(self, number: int, filled: Sequence[Filled]) -> None:
        """Start it; it is ready when `begin` is answered."""
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        known = [(each.place, _old_cases(each)[number::8]) for each in filled]
        self._process = context.Process(target=_work, args=(theirs, known), daemon=True)
        self._process.start()

    def begin(self, place: int, kind: str, count: int, at: float) -> None:
        """Tell it to do so many acts, from the moment `at` of the wall clock on."""
        self._ours.send((place, kind, count, at))

    def finish(self) -> tuple[float, float]:
        """Return when it began and ended."""
        begun, ended = self._ours.recv()
        return begun, ended

    def stop(self) -> None:
        """End the process."""
        self._ours.send(None)
        self._process.join()


def _old_cases(filled: Filled) -> list[str]:
    """Return cases that were answered, far from each other."""
    fit = [row.case for row in filled.rows if row.answered_by and row.kind not in EXCLUDED]
    return [fit[7 * n % len(fit)] for n in range(len(fit))]


def _work(orders: Connection, known: list[tuple[Place, list[str]]]) -> None:
    ticks = count()

    def clock() -> datetime:
        return UNTIL + timedelta(days=30, microseconds=next(ticks))

    desks = [Desk(store=place.open(), clock=clock) for place, _ in known]
    cases = [cycle(ids) for _, ids in known]
    while (order := orders.recv()) is not None:
        place, kind, number, at = order
        act = (
            acts_on_new(desks[place]) if kind == "new" else acts_on_old(desks[place], cases[place])
        )
        next(act)  # connections are opened, caches filled
        time.sleep(max(0.0, at - time.time()))
        begun = time.time()
        for _ in range(number):
            next(act)
        orders.send((begun, time.time()))
    for desk in desks:
        desk.store.close()


def acts_on_new(desk: Desk) -> Iterator[None]:
    """Act with each step on a new case, again and again."""
    while True:
        case = desk.do(None, RECEIVE)
        yield
        for act in (ESCALATE, ANSWER_BY_OFFICER, CLOSE):
            case = desk.do(case, act)
            yield


def acts_on_old(desk: Desk, cases: Iterator[str]) -> Iterator[None]:
    """Act with each step on another stored case, by its id."""
    for case in cases:
        desk.do(case, PUBLISH)
        yield


def acts_a_second(writers: Sequence[Writer], place: int, kind: str, count: int) -> float:
    """Return how many acts the writers do together in a second, each of them so many."""
    at = time.time() + 0.3
    for writer in writers:
        writer.begin(place, kind, count, at)
    times = [writer.finish() for writer in writers]
    spent = max(ended for _, ended in times) - min(begun for begun, _ in times)
    return count * len(writers) / spent
