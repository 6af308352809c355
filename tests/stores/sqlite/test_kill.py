"""What was acknowledged survives kill -9 at any moment; what was not is whole or absent.

A child records acts in a loop and writes each acknowledged one to a file, which it syncs. It
is killed at a random moment, again and again, on the same database.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from phananh.regulation.case import fold
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.stores.index_row import make_index_row

WRITER = Path(__file__).with_name("killed_writer.py")


def kill_soon(database: Path, acknowledged: Path, round_: int, *, after: float) -> None:
    """Run a writer, wait until it has recorded something, and kill it a moment later."""
    command = [sys.executable, "-S", str(WRITER), str(database), str(acknowledged), str(round_)]
    path = os.pathsep.join(p for p in sys.path if p)
    writer = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path})
    deadline = time.monotonic() + 20
    before = acknowledged.stat().st_size if acknowledged.exists() else 0
    while not acknowledged.exists() or acknowledged.stat().st_size == before:
        assert writer.poll() is None, "the writer ended by itself"
        assert time.monotonic() < deadline, "the writer records nothing"
        time.sleep(0.001)
    time.sleep(after)
    writer.kill()
    assert writer.wait() == -signal.SIGKILL


def check_whole(store: SqliteStore, acknowledged: list[str]) -> None:
    """Check that every acknowledged act is there, and that no act is there by half."""
    rows = {row.case: row for row in store.find(Query(limit=100_000)).rows}
    histories = {case: store.load(case) for case in rows}
    for line in acknowledged:
        command, case, version = line.split()
        assert len(histories[case]) >= int(version), f"{line} was acknowledged, and is gone"
        record = store.find_command(command)
        assert record is not None
        assert (record.case, record.version) == (case, int(version))
    for case, history in histories.items():
        assert rows[case] == make_index_row(fold(history))
        for event in history:
            assert store.find_command(f"{case}.{event.n}") is not None, "an act without its command"


@pytest.mark.parametrize("kills", [15, pytest.param(60, marks=pytest.mark.slow)])
def test_loses_no_acknowledged_act_in_kills(tmp_path: Path, kills: int) -> None:
    """After kills at random moments every acknowledged act is there, and none by half."""
    database, acknowledged = tmp_path / "cases.db", tmp_path / "acknowledged"
    chance = random.Random(2370)
    for round_ in range(kills):
        kill_soon(database, acknowledged, round_, after=chance.random() ** 2 * 0.12)
        if round_ % 5 == 4:
            store = SqliteStore(database)
            check_whole(store, acknowledged.read_text().splitlines())
            store.close()
    total = len(acknowledged.read_text().splitlines())
    assert total > kills * 3, f"only {total} acts were acknowledged: the kills came too soon"
