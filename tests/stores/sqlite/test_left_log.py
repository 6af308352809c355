"""A log that was left behind: what was acknowledged in it is there, or opening says it is not."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh.errors import StoreError
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.stores.sqlite.left_log import has_lost_commits
from tests.desk import people as p
from tests.stores.files import alter

CASES = 12
STEP = 4096 + 24


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a file whose only writer was killed after some acts."""
    folder = tmp_path_factory.mktemp("left")
    code = (
        "import os, signal, sys\n"
        "from phananh.stores import SqliteStore\n"
        "from phananh.testing.sample_events import change, received\n"
        "store = SqliteStore(sys.argv[1])\n"
        f"for i in range({CASES}): store.commit([change(received(f'HB-{{i}}'))])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = ":".join(each for each in sys.path if each)
    command = [sys.executable, "-c", code, str(folder / "cases.db")]
    done = subprocess.run(command, env={"PYTHONPATH": path}, check=False)
    assert done.returncode == -signal.SIGKILL
    return folder


@pytest.fixture
def database(left: Path, tmp_path: Path) -> Path:
    """Give a copy of that file, with its log."""
    for each in left.iterdir():
        if not each.name.endswith("-shm"):
            shutil.copy(each, tmp_path)
    return tmp_path / "cases.db"


def list_commits(data: bytes) -> list[int]:
    """Return where the frames begin that end a transaction."""
    return [at for at in range(32, len(data), STEP) if any(data[at + 4 : at + 8])]


def count_cases(database: Path) -> int:
    """Return how many cases a store shows."""
    with SqliteStore(database) as store:
        return len(store.find(Query(limit=100)).rows)


def test_a_sound_log_is_read(database: Path) -> None:
    """After a kill everything that was acknowledged is there."""
    assert count_cases(database) == CASES


@pytest.mark.parametrize("part", ["salt of the header", "salt", "page", "checksum", "commit"])
def test_a_damaged_log_is_refused_and_kept(database: Path, part: str) -> None:
    """One changed bit before the last commits is an error, and every byte stays as it was."""
    log = Path(f"{database}-wal")
    data = bytearray(log.read_bytes())
    middle = list_commits(bytes(data))[CASES // 2]
    at = {"salt of the header": 17, "salt": 9, "page": 500, "checksum": 17, "commit": 7}[part]
    data[at if "header" in part else middle + at] ^= 1
    log.write_bytes(data)
    with pytest.raises(StoreError, match="damaged in the middle") as caught:
        SqliteStore(database)
    assert caught.value.code == "log_damaged"
    assert log.read_bytes() == bytes(data)
    alter(database, "pragma wal_checkpoint(truncate)")  # the way out: what stands before it
    assert 0 <= count_cases(database) < CASES


def cuts(data: bytes) -> Iterator[bytes]:
    """Yield logs as a kill or a loss of power leaves them: cut off, or with a torn last act."""
    last, before = list_commits(data)[-1], list_commits(data)[-2]
    for at in (33, 5000, before + 30, before + STEP, last, last + 100, last + STEP - 1):
        yield data[:at]
    for at in range(before + STEP, last + STEP, STEP):  # any frame of the last act
        yield data[:at] + bytes(STEP) + data[at + STEP :]
        yield data[:at] + b"\1" + data[at + 1 :]


def test_a_log_that_was_torn_at_its_end_is_read(database: Path) -> None:
    """What was being written when the power failed was not acknowledged, and is dropped."""
    log = Path(f"{database}-wal")
    data = log.read_bytes()
    for each in cuts(data):
        log.write_bytes(each)
        assert not has_lost_commits(log)


def test_a_log_that_was_begun_anew_is_read(tmp_path: Path) -> None:
    """Frames of before, which were copied into the file, stand behind the new ones by right."""
    path = tmp_path / "cases.db"
    log = Path(f"{path}-wal")
    store = SqliteStore(path)
    for _ in range(9):
        p.a_case(p.Desk(store=store, clock=p.Hand()))
    whole = log.stat().st_size
    with store._borrow(doing="finding") as connection:
        connection.execute("pragma wal_checkpoint(restart)").fetchall()
    p.a_case(p.Desk(store=store, clock=p.Hand()))
    assert log.stat().st_size == whole
    assert not has_lost_commits(log)
    assert count_cases(path) == 10
    store.close()


def test_an_empty_log_has_lost_nothing(tmp_path: Path) -> None:
    """A header of zeros, as the power may leave it, was never written."""
    log = tmp_path / "cases.db-wal"
    log.write_bytes(bytes(9000))
    assert not has_lost_commits(log)
