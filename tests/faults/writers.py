"""Writers that act until they are killed, and note what they ask for and what they were told.

A line goes into `NAME.asked` before an act, and into `NAME.told` when it was acknowledged. A
write to a file outlives the process, so a kill between the two loses no line.
"""

import multiprocessing
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

import attrs

from phananh import Case, ConflictError, Desk
from phananh.errors import DuplicateError, StoreError
from phananh.regulation import acts as a
from tests.desk import people as p
from tests.faults.places import Place
from tests.faults.stories import TALE, list_steps
from tests.faults.whole import Acknowledged

T = TypeVar("T")
PATIENCE = 90.0
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.writers"])


@attrs.frozen
class Notes:
    """The two files of one writer."""

    folder: Path
    name: str

    def ask(self, *commands: str) -> None:
        """Note that these commands are about to be sent."""
        self._write("asked", "".join(f"{command}\n" for command in commands))

    def tell(self, *told: Acknowledged) -> None:
        """Note that these were acknowledged."""
        lines = (f"{each.command} {each.case} {each.version}\n" for each in told)
        self._write("told", "".join(lines))

    def _write(self, kind: str, lines: str) -> None:
        fd = os.open(self.folder / f"{self.name}.{kind}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(fd, lines.encode())
        os.close(fd)

    def count_told(self) -> int:
        """Return how many bytes were noted as acknowledged."""
        path = self.folder / f"{self.name}.told"
        return path.stat().st_size if path.exists() else 0


def read_asked(folder: Path) -> list[str]:
    """Return the commands that any writer sent."""
    return [line for path in folder.glob("*.asked") for line in path.read_text().splitlines()]


def read_told(folder: Path) -> list[Acknowledged]:
    """Return what any writer was told; a last line that was cut off counts for nothing."""
    lines = (
        line
        for path in folder.glob("*.told")
        for line in path.read_text().splitlines(keepends=True)
    )
    return [Acknowledged.read(line) for line in lines if line.endswith("\n")]


@attrs.frozen
class Writer:
    """A desk that acts, notes, and sends an act again until it knows what became of it."""

    desk: Desk
    hand: p.Hand
    notes: Notes

    def act(self, case: str | None, act: a.Act, command: str) -> Case:
        """Do one act."""
        self.notes.ask(command)
        is_rating = isinstance(act, a.Rate)
        done = persist(lambda: self.desk._do(case, act, command, by_code=is_rating))
        self.notes.tell(Acknowledged(command, done.id, done.version))
        return done

    def act_together(self, cases: Sequence[str], command: str) -> None:
        """Note something on all of the cases at once."""
        commands = [f"{command}.{i}" for i, _ in enumerate(cases)]
        self.notes.ask(*commands)

        def note_all() -> list[Case]:
            with self.desk.together() as d:
                return [
                    d.note(case, text=name, by=p.OPERATOR, command_id=name)
                    for case, name in zip(cases, commands, strict=True)
                ]

        pairs = zip(commands, persist(note_all), strict=True)
        self.notes.tell(*(Acknowledged(name, each.id, each.version) for name, each in pairs))


def persist(act: Callable[[], T]) -> T:
    """Do an act again, with the same command ids, until it is done or refused."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except (ConflictError, DuplicateError):
            continue
        except StoreError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def write_until_killed(
    place: Place, folder: str, name: str, shared: tuple[str, ...], pause: float = 0.0
) -> None:
    """Tell the tale again and again, and between its acts note something on shared cases."""
    hand, chance = p.Hand(), random.Random(name)
    writer = Writer(Desk(store=persist(place.open), clock=hand), hand, Notes(Path(folder), name))
    for number in range(10**9):
        ids: dict[str, str] = {}
        for i, ((key, act), step) in enumerate(zip(TALE, list_steps(), strict=True)):
            command = f"{name}.{number}.{i}"
            hand.at = step.at
            ids[key] = writer.act(ids.get(key), act, command).id
            if chance.random() < 0.3:
                hand.at = p.MORNING
                writer.act_together(chance.sample(shared, 2), f"{command}.s")
            time.sleep(pause)


@contextmanager
def run_process(function: Callable[..., object], *args: object) -> Iterator[BaseProcess]:
    """Run a function in another process meanwhile; it is killed at the end if it still lives."""
    process = _CONTEXT.Process(target=function, args=args, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join(30)
        process.close()


def wait_for_act(process: BaseProcess, notes: Notes) -> None:
    """Wait until a writer was told that something more is recorded."""
    before, deadline = notes.count_told(), time.monotonic() + PATIENCE
    while notes.count_told() == before:
        assert process.exitcode is None, f"the writer {notes.name} ended by itself"
        assert time.monotonic() < deadline, f"the writer {notes.name} records nothing"
        time.sleep(0.001)
