"""A durable act on SQLite against the same statements by hand; both with synchronous=FULL.

A desk's act is asked for by the case's id: load, decide, append, row, commit. The hand knows
everything beforehand: it reads the same rows, writes the same values, and checks nothing.
What the desk adds is CPU time, so the ratio of the rates is only as bad as the disk is quick:
the last rows tell the two apart.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs

from phananh import Desk
from phananh.stores import MemoryStore, SqliteStore, sql
from phananh.stores.base import Change
from phananh.stores.histories import _prepare
from tests.bench.office import ANSWER_BY_OFFICER, CLOSE, ESCALATE, RECEIVE, START
from tests.bench.rounds import Row, Times, row

ROOT = Path(__file__).parents[2]
ROUNDS, CASES = 41, 20
ACTS = (ESCALATE, ANSWER_BY_OFFICER, CLOSE)
CHECKPOINT_EVERY = 256  # as the store does
GOAL = 0.7


class Recorder(MemoryStore):
    """Keeps every change that was committed, for the hand to repeat."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.changes: list[Change] = []

    def commit(self, changes: Any, /) -> None:
        """Record, and remember."""
        super().commit(changes)
        self.changes.extend(changes)


class Hand:
    """The statements of the store and their values, written out beforehand."""

    def __init__(self, path: Path) -> None:
        """Open a file as the store opens it."""
        SqliteStore(path).close()
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("synchronous = FULL", "secure_delete = on", "wal_autocheckpoint = 0"):
            self._connection.execute(f"pragma {pragma}").fetchall()
        self._written = 0

    def receive(self, change: Change) -> None:
        """Record the first event of a case; this is not timed."""
        self._connection.execute("begin immediate")
        self._connection.execute(sql.INSERT_ROW, sql.row_values(change.row))
        self._append(*_prepare(change))
        self._commit()

    def _append(self, events: Any, personal: Any) -> None:
        self._connection.executemany(sql.INSERT_EVENT, events)
        if personal:
            self._connection.executemany(sql.INSERT_PERSONAL, personal)

    def act(self, case: str, row: tuple[Any, ...], events: Any, personal: Any) -> None:
        """Load the case, then write its row and its events in one transaction."""
        connection = self._connection
        connection.execute(sql.LOAD, (case,)).fetchall()
        connection.execute("begin immediate")
        connection.execute(sql.UPDATE_ROW, row)
        self._append(events, personal)
        self._commit()

    def _commit(self) -> None:
        self._connection.execute("commit")
        self._written += 1
        if self._written % CHECKPOINT_EVERY == 0:
            self._connection.execute("pragma wal_checkpoint(passive)").fetchall()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _values(change: Change) -> tuple[Any, ...]:
    row = (*sql.row_values(change.row)[:14], change.expected)
    return change.case, row, *_prepare(change)


def _desk(store: Any) -> Desk:
    ticks = iter(range(10**9))
    return Desk(store=store, clock=lambda: START + timedelta(microseconds=next(ticks)))


@attrs.define
class Stopwatch:
    """Seconds an act, by the wall and of CPU, one of each for every round."""

    do: Callable[..., object]
    wall: list[float] = attrs.field(factory=list)
    cpu: list[float] = attrs.field(factory=list)

    def time(self, work: list[tuple[Any, ...]]) -> None:
        """Do all of the work, and note what one act took."""
        wall, cpu = time.perf_counter(), time.process_time()
        for arguments in work:
            self.do(*arguments)
        self.wall.append((time.perf_counter() - wall) / len(work))
        self.cpu.append((time.process_time() - cpu) / len(work))


def _rounds(desk: Desk, hand: Hand) -> tuple[Stopwatch, Stopwatch]:
    """Time both in turns: in each round, new cases, and on each the same three acts."""
    recorder = Recorder()
    template = _desk(recorder)
    ours, raw = Stopwatch(desk.do), Stopwatch(hand.act)
    for number in range(ROUNDS):
        cases = _received(desk)
        acts = [(case, act) for act in ACTS for case in cases]
        recorder.changes.clear()
        for case, act in [(case, act) for case in _received(template) for act in ACTS]:
            template.do(case, act)
        for change in (c for c in recorder.changes if not c.expected):
            hand.receive(change)
        changes = sorted((c for c in recorder.changes if c.expected), key=lambda c: c.expected)
        turns = [(ours, acts), (raw, [_values(change) for change in changes])]
        for watch, work in turns if number % 2 else reversed(turns):
            watch.time(work)
    return ours, raw


def _received(desk: Desk) -> list[str]:
    return [desk.do(None, RECEIVE).id for _ in range(CASES)]


def run() -> list[Row]:
    """Return the rows of both and the ratio of their rates, on the disk that holds the tree."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-") as folder:
        store, hand = SqliteStore(Path(folder) / "ours.db"), Hand(Path(folder) / "hand.db")
        try:
            ours, raw = _rounds(_desk(store), hand)
        finally:
            store.close()
            hand.close()
    return _rows(Times(tuple(ours.wall)), Times(tuple(raw.wall)), ours, raw)


def _rows(ours: Times, raw: Times, mine: Stopwatch, by_hand: Stopwatch) -> list[Row]:
    rate = statistics.median(r / o for r, o in zip(raw.seconds, ours.seconds, strict=True))
    floor = Times(tuple(by_hand.cpu))
    return [
        row("floor: the statements in raw sqlite3, FULL", raw),
        row("Desk.do on SqliteStore, FULL", ours, raw),
        Row(
            what=f"rate: {1 / ours.median:,.0f}/s over {1 / raw.median:,.0f}/s",
            ratio=rate,
            goal=f">= {GOAL:g}x",
            met=rate >= GOAL,
        ),
        row("CPU of the floor", floor),
        row("CPU of Desk.do", Times(tuple(mine.cpu)), floor),
    ]
