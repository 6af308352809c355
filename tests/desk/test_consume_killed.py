"""Two workers are killed in turn; every event is handed over, in order, and none is skipped."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

from phananh import Desk, open_store
from tests.desk import people as p
from tests.desk.worker import Key, keys_of

WORKER = Path(__file__).with_name("killed_worker.py")
PATIENCE = 30


@attrs.define
class Pair:
    """Two workers, and what they noted."""

    folder: Path
    workers: dict[int, "subprocess.Popen[bytes]"] = attrs.field(factory=dict)

    def start(self) -> None:
        """Start one more worker."""
        files = [str(self.folder / name) for name in ("cases.db", "notes", "stop")]
        path = os.pathsep.join(each for each in sys.path if each)
        worker = subprocess.Popen(
            [sys.executable, str(WORKER), *files], env={**os.environ, "PYTHONPATH": path}
        )
        self.workers[worker.pid] = worker

    def notes(self) -> list[tuple[int, Key]]:
        """Return which worker was handed what, in order."""
        lines = (self.folder / "notes").read_text().splitlines()
        return [(int(pid), (case, int(n))) for pid, case, n in map(str.split, lines)]

    def wait_for(self, count: int) -> list[tuple[int, Key]]:
        """Return the notes once there are so many."""
        deadline = time.monotonic() + PATIENCE
        while len(found := self.notes()) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} notes, and no more come"
            assert all(worker.poll() is None for worker in self.workers.values())
            time.sleep(0.001)
        return found

    def kill(self, pid: int) -> None:
        """Kill the worker with this number, as the machine's power would."""
        worker = self.workers.pop(pid)
        worker.kill()
        assert worker.wait() == -signal.SIGKILL

    def stop(self) -> None:
        """Let the workers end by themselves."""
        (self.folder / "stop").touch()
        for worker in self.workers.values():
            assert worker.wait(PATIENCE) == 0


@contextmanager
def two_workers(folder: Path) -> Iterator[Pair]:
    """Run two workers; none is left over, whatever happens."""
    (folder / "notes").touch()
    pair = Pair(folder)
    try:
        pair.start()
        pair.start()
        yield pair
        pair.stop()
    finally:
        for worker in pair.workers.values():
            worker.kill()
            worker.wait()


@pytest.mark.parametrize("kills", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_no_event_is_skipped_when_workers_are_killed(tmp_path: Path, kills: int) -> None:
    """Whoever reads is killed; the other takes over, and repeats one entry at most."""
    desk = Desk(store=open_store(tmp_path / "cases.db"))
    chance = random.Random(kills)
    with two_workers(tmp_path) as pair:
        for _ in range(kills):
            for _ in range(6):
                p.with_officer(desk)
            before = len(pair.notes())  # of the killed one there come no more
            reader, _ = pair.wait_for(before + chance.randint(1, 8))[-1]
            time.sleep(chance.random() * 0.01)
            pair.kill(reader)
            pair.start()
        recorded = keys_of(desk)
        deadline = time.monotonic() + PATIENCE
        while recorded[-1] not in [key for _, key in pair.notes()]:
            assert time.monotonic() < deadline, "the last event is not handed over"
            time.sleep(0.01)
    handed = [key for _, key in pair.notes()]
    lost = handed.count(("lost", 0))
    handed = [key for key in handed if key != ("lost", 0)]
    assert list(dict.fromkeys(handed)) == recorded, "an event was skipped, or is out of order"
    assert len(handed) - len(recorded) <= kills + lost, "more is repeated than what was in hand"
    assert len({pid for pid, _ in pair.notes()}) > kills // 2, "the workers did not take turns"
    desk.store.close()
