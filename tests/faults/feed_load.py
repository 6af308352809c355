"""Consumers that read the feed while writers commit, and workers and writers that are killed.

A worker notes each entry in a file of its consumer before the consumer's position moves. So the
file says what was delivered, in the order in which it was.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from itertools import count, pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path

import attrs

from phananh import Desk, StoreError
from phananh.stores.base import FeedEntry
from phananh.testing.contract.pair import keys_of, read_feed
from tests.desk import people as p
from tests.faults.kills import share_cases
from tests.faults.places import Place
from tests.faults.whole import Acknowledged, check_whole
from tests.faults.writers import Notes, read_asked, read_told, run_process, write_until_killed

CONSUMERS = ("mail", "search", "statistics")
_LEASE = timedelta(seconds=0.5)
_PATIENCE = 120.0
_Running = tuple[BaseProcess, ExitStack]


@attrs.frozen
class Delivered:
    """How many events there were, and how many deliveries, kills, stops and writers."""

    events: int
    deliveries: int
    kills: int
    stops: int


def hold_until_killed(place: Place, folder: str, name: str) -> None:
    """Receive cases in transactions that stay open for a moment, and so commit out of order."""
    notes, chance = Notes(Path(folder), name), random.Random(name)
    for number in count():
        command = f"{name}.{number}"
        notes.ask(command)
        with place.transact() as bound:
            case = p.a_case(Desk(store=bound, clock=p.Hand()), command_id=command)
            time.sleep(chance.random() * (0.005 if place.engine == "sqlite" else 0.05))
        notes.tell(Acknowledged(command, case.id, case.version))
        time.sleep(0.02)


def deliver(place: Place, folder: str, consumer: str) -> None:
    """Work for a consumer until killed: note each entry."""
    with place.open() as store:
        desk = Desk(store=store)
        note = make_handler(Path(folder), consumer)
        while True:
            try:
                result = desk.consume(consumer, note, lease=_LEASE, limit=50)
            except StoreError:
                continue  # it is busy, or away
            if result.handled == 0:
                time.sleep(0.01)


def make_handler(folder: Path, consumer: str) -> Callable[[FeedEntry], None]:
    """Return what notes an entry in the file of a consumer, with who delivered it."""
    fd = os.open(folder / f"{consumer}.delivered", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(entry: FeedEntry) -> None:
        os.write(fd, f"{entry.event.case} {entry.event.n} {os.getpid()}\n".encode())

    return note


def load_feed(place: Place, folder: Path, *, seconds: float, writers: int = 8) -> Delivered:
    """Write for so long beside two workers a consumer, kill and stop some, and check the end."""
    chance, names, kills, stops = random.Random(9), count(), 0, 0
    shared = share_cases(place, folder, "s")
    with ExitStack() as lives:

        def start(role: Callable[..., None], name: str | None, *more: object) -> _Running:
            life = lives.enter_context(ExitStack())
            args = (place, str(folder), name or f"w{next(names)}", *more)
            return life.enter_context(run_process(role, *args)), life

        roles = [
            *[partial(start, write_until_killed, None, shared, 0.02)] * (writers // 2),
            *[partial(start, hold_until_killed, None)] * (writers // 2),
            *[partial(start, deliver, consumer) for consumer in CONSUMERS * 2],
        ]
        pool = [role() for role in roles]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(chance.uniform(0.1, 0.4))
            assert all(process.exitcode is None for process, _ in pool), "one ended by itself"
            i = chance.randrange(len(pool))
            process, life = pool[i]
            if chance.random() < 0.2 and process.pid is not None:
                os.kill(process.pid, signal.SIGSTOP)
                time.sleep(_LEASE.total_seconds() * 1.2)
                os.kill(process.pid, signal.SIGCONT)
                stops += 1
            else:
                life.close()
                pool[i] = roles[i]()
                kills += 1
    return check_deliveries(place, folder, kills=kills, stops=stops)


def check_deliveries(place: Place, folder: Path, *, kills: int, stops: int) -> Delivered:
    """Let each consumer come to the end; check that each had every event, in order."""
    deliveries = 0
    with place.open() as store:
        drain(Desk(store=store), folder)
        check_whole(store, acknowledged=read_told(folder), named=read_asked(folder))
        order = {key: i for i, key in enumerate(keys_of(read_feed(store)))}
    for consumer in CONSUMERS:
        lines = (folder / f"{consumer}.delivered").read_text().splitlines()
        check_order([line.split() for line in lines], order)
        deliveries += len(lines)
    return Delivered(len(order), deliveries, kills, stops)


def drain(desk: Desk, folder: Path) -> None:
    """Deliver what is left, once nobody writes and every lease has run out."""
    deadline = time.monotonic() + _PATIENCE
    for consumer in CONSUMERS:
        note = make_handler(folder, consumer)
        while (result := desk.consume(consumer, note, lease=_LEASE)).handled or result.is_held:
            assert time.monotonic() < deadline, f"{consumer} comes to no end"
            time.sleep(0.05 if result.is_held else 0)


def check_order(lines: list[list[str]], order: dict[tuple[str, int], int]) -> None:
    """Check that each event came, at first in the order of the feed, and so from each worker."""
    places = [(order[case, int(n)], pid) for case, n, pid in lines]
    firsts = list(dict.fromkeys(place for place, _ in places))
    assert firsts == list(range(len(order))), "an event was skipped, or came out of order"
    for worker in {pid for _, pid in places}:
        own = [place for place, pid in places if pid == worker]
        assert all(one <= two for one, two in pairwise(own)), "a worker went back"
