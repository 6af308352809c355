"""Writers and a reader of the feed as processes of their own, and what they wrote down."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from tests.house import ROOT

WRITERS = 4


@attrs.frozen
class Acknowledged:
    """An act that a writer was told is recorded: when, after how many sendings."""

    at: float
    command: str
    case: str
    version: int
    sent: int

    @property
    def writer(self) -> str:
        """Return the name of the writer."""
        return self.command.split(".")[0]


@attrs.frozen
class Load:
    """The running processes, and the folder with their files."""

    folder: Path
    processes: dict[str, subprocess.Popen[bytes]]

    def list_acknowledged(self) -> list[Acknowledged]:
        """Return what all writers were told, in the order of time."""
        lines = [
            line.split()
            for file in self.folder.glob("writer-*")
            for line in file.read_text().splitlines(keepends=True)
            if line.endswith("\n")
        ]
        return sorted(
            (Acknowledged(float(at), command, case, int(version), int(sent))
             for at, command, case, version, sent in lines),
            key=lambda each: each.at,
        )  # fmt: skip

    def list_seen(self) -> list[tuple[str, int]]:
        """Return case and number of the events that the reader saw, in its order."""
        lines = (self.folder / "reader").read_text().splitlines()
        return [(case, int(n)) for case, n in map(str.split, lines)]

    def list_served(self, since: float) -> set[str]:
        """Return which writers were told of an act after a moment.

        Raises:
            RuntimeError: a program ended by itself; the message is what it said.
        """
        self._check_running()
        return {
            file.name
            for file in self.folder.glob("writer-*")
            if (last := _read_last_time(file)) is not None and last > since
        }

    def _check_running(self) -> None:
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise RuntimeError(f"{name}: {(self.folder / f'{name}.log').read_text()[-3000:]}")

    def stop(self, *, readers: bool = True) -> None:
        """End the writers, and the readers if they are to end too."""
        for name, process in self.processes.items():
            if readers or name != "reader":
                process.terminate()
                process.wait()


def _read_last_time(file: Path) -> float | None:
    """Return when the last whole line of a writer's file was written."""
    with file.open("rb") as lines:
        lines.seek(max(0, file.stat().st_size - 1000))
        whole = lines.read().split(b"\n")[:-1]
    return float(whole[-1].split()[0]) if whole else None


@contextmanager
def running_load(dsn: str, folder: Path) -> Iterator[Load]:
    """Lend writers and a reader that work on a database; they have ended afterwards.

    The stores of half of the writers wait for a server that is away; the other half hear of it.
    """
    commands = {
        f"w{n}": [
            "benchmarks.failover.writer",
            dsn,
            f"w{n}",
            folder / f"writer-{n}",
            str(30 * (n % 2)),
        ]
        for n in range(WRITERS)
    }
    commands["reader"] = ["benchmarks.failover.reader", dsn, folder / "reader"]
    load = Load(folder, {name: _start(folder, name, it) for name, it in commands.items()})
    try:
        yield load
    finally:
        load.stop()


def _start(folder: Path, name: str, command: list[str | Path]) -> subprocess.Popen[bytes]:
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *map(str, command)],
            cwd=ROOT, env=os.environ, stdout=log, stderr=log,
        )  # fmt: skip
