"""A SQLite file on a disk that is full, and locks whose holder is killed, or stands still."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from phananh import Desk, StoreError
from phananh.stores import SqliteStore
from tests.desk import people as p
from tests.faults.whole import Acknowledged, check_whole
from tests.faults.writers import run_process

SIZE = 2_000_000
_CONTEXT = multiprocessing.get_context("forkserver")


@contextmanager
def mount_small_disk() -> Iterator[Path]:
    """Lend a disk of two megabytes, or skip where nobody may mount one."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("needs the right to mount a disk: run it as root on Linux")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def fill(store: SqliteStore, told: list[Acknowledged], text: str) -> StoreError:
    """Record until the store refuses; note what was acknowledged, and return the error."""
    desk = Desk(store=store, clock=p.Hand())
    for number in range(len(told), 10_000):
        command = f"c{number}"
        try:
            case = p.a_case(desk, content=text, command_id=command)
        except StoreError as error:
            return error
        told.append(Acknowledged(command, case.id, case.version))
    raise AssertionError("the disk is never full")


def check_after(store: SqliteStore, told: list[Acknowledged]) -> None:
    """Check that all that was acknowledged is there, and that acting goes on."""
    names = [f"c{number}" for number in range(len(told) + 1)]
    check_whole(store, acknowledged=told, named=names)
    again = p.a_case(Desk(store=store, clock=p.Hand()), content="có chỗ", command_id=names[-1])
    assert (len(store.load(again.id)), list(store.find_damage())) == (1, [])


def test_full_disk_loses_nothing_and_is_left_by_itself() -> None:
    """On a disk that is full you can read, and get an error; with room again you can act."""
    with mount_small_disk() as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(SIZE // 4))
        with SqliteStore(disk / "cases.db") as store:
            told: list[Acknowledged] = []
            error = fill(store, told, "đ" * 9_000)
            assert error.code == "disk_full"
            assert "the disk is full" in str(error)
            check_whole(store, acknowledged=told)
            assert fill(store, told, "nhỏ").code == "disk_full"  # the last corners too
            ballast.unlink()
            check_after(store, told)
        with SqliteStore(disk / "cases.db") as store:
            check_whole(store, acknowledged=told)


def hold_locks(path: str, answers: Connection) -> None:
    """Take the lock file and SQLite's write lock, as a writer in the middle of a commit has."""
    with SqliteStore(path) as store:

        def stay(_: object) -> None:
            answers.send("locked")
            time.sleep(600)

        store._transact(lambda: {"doing": "recording"}, stay)


@contextmanager
def run_holder(path: Path) -> Iterator[int]:
    """Run a process that holds all the locks; give its id."""
    mine, theirs = _CONTEXT.Pipe()
    with run_process(hold_locks, str(path), theirs) as process:
        assert mine.poll(30)
        assert process.pid is not None
        yield process.pid


def test_killed_holder_of_the_locks_is_in_nobodys_way(tmp_path: Path) -> None:
    """If a writer is killed in the middle of a commit, the next one acts at once."""
    with SqliteStore(tmp_path / "cases.db") as store:
        desk = Desk(store=store, clock=p.Hand())
        with run_holder(tmp_path / "cases.db") as holder:
            os.kill(holder, signal.SIGKILL)
            begin = time.monotonic()
            case = p.a_case(desk)
            assert time.monotonic() - begin < 2
        assert list(check_whole(store)) == [case.id]
