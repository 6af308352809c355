"""A worker is killed again and again; every event is handed over, in order, and none is skipped."""

import multiprocessing
import os
import random
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from phananh import Desk, open_store
from phananh.samples import draw_changes
from phananh.stores.base import FeedEntry
from tests.desk import people as p
from tests.desk.worker import Worker, keys_of

LEASE = timedelta(seconds=0.3)


def _work(folder: Path, lease: timedelta = LEASE) -> None:
    desk = Desk(store=open_store(folder / "cases.db"))
    notes = os.open(folder / "notes", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(entry: FeedEntry) -> None:
        os.write(notes, f"{entry.event.case} {entry.event.n}\n".encode())
        time.sleep(0.005)

    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    while not stopping.wait(0.01):
        desk.consume("mail", note, lease=lease, limit=7, stop=stopping)


@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=pytest.mark.slow)])
def test_no_event_is_skipped_when_workers_are_killed(tmp_path: Path, kills: int) -> None:
    """After each kill the next worker goes on, and repeats one entry at most."""
    desk, chance = Desk(store=open_store(tmp_path / "cases.db")), random.Random(kills)
    notes = tmp_path / "notes"
    notes.touch()
    for _ in range(kills):
        for _ in range(6):
            p.with_officer(desk)
        worker = multiprocessing.get_context("spawn").Process(target=_work, args=(tmp_path,))
        worker.start()
        wanted, end = notes.read_text().count("\n") + chance.randint(2, 8), time.monotonic() + 60
        while notes.read_text().count("\n") < wanted:
            assert time.monotonic() < end, "no more entries are handed over"
            time.sleep(0.001)
        worker.kill()
        worker.join()
    # The clock of the workers may be another: that of make slow stands in a past year.
    rest, later = Worker(), Desk(store=desk.store, clock=lambda: desk.now() + timedelta(days=3650))
    assert not later.consume("mail", rest).is_held
    lines = [line.split() for line in notes.read_text().splitlines()]
    handed = [*((case, int(n)) for case, n in lines), *rest.seen]
    assert list(dict.fromkeys(handed)) == keys_of(desk), "an event was skipped, or out of order"
    assert len(handed) - len(keys_of(desk)) <= kills
    desk.store.close()


def test_worker_ends_on_sigterm_and_gives_the_lease_back(tmp_path: Path) -> None:
    """In the middle of a long feed it ends after its entry, and the next worker need not wait."""
    desk, notes = Desk(store=open_store(tmp_path / "cases.db")), tmp_path / "notes"
    notes.touch()
    desk.store.commit([*draw_changes(500)])
    worker = multiprocessing.get_context("spawn").Process(
        target=_work, args=(tmp_path, timedelta(hours=1))
    )
    worker.start()
    end = time.monotonic() + 60
    while not notes.read_text():
        assert time.monotonic() < end, "no entry is handed over"
        time.sleep(0.001)
    worker.terminate()
    start = time.monotonic()
    worker.join(30)
    assert (worker.exitcode, time.monotonic() - start < 5) == (0, True)
    rest = Worker()
    assert not desk.consume("mail", rest).is_held
    handed = [(case, int(n)) for case, n in map(str.split, notes.read_text().splitlines())]
    assert [*handed, *rest.seen] == keys_of(desk)
    assert len(rest.seen) > 500
    desk.store.close()
