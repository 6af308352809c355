"""A durable act on SQLite against the same statements by hand; both with synchronous=FULL.

A desk's act is asked for with the case as it was seen: decide, append, row, commit; or by the
case's id, and then its history is read first. The hand knows everything beforehand: it runs
the same statements with the same values, and checks nothing. What the desk adds is CPU time,
so the ratio of the rates is only as bad as the disk is quick: the CPU rows tell the two apart.
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

from phananh import Case, Desk
from phananh.regulation.values.acts import Act
from phananh.stores import MemoryStore, SqliteStore
from phananh.stores.base import Change
from phananh.stores.sql.rows import changed_values, make_batch, row_values
from phananh.stores.sqlite.errors import DIALECT
from tests.bench.office import ANSWER_BY_OFFICER, CLOSE, ESCALATE, RECEIVE, START
from tests.bench.rounds import Row, Times, row

ROOT = Path(__file__).parents[2]
ROUNDS, CASES = 41, 20
ACTS = (ESCALATE, ANSWER_BY_OFFICER, CLOSE)
CHECKPOINT_EVERY = 256  # as the store does
GOAL = 0.7
SQL = DIALECT.sql


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
        self._connection.execute(SQL.insert_row, row_values(change.row))
        self._append(*_list_events(change))
        self._commit()

    def _append(self, events: Any, personal: Any) -> None:
        self._connection.executemany(SQL.insert_event, events)
        if personal:
            self._connection.executemany(SQL.insert_personal, personal)

    def load_and_act(self, case: str, row: tuple[Any, ...], events: Any, personal: Any) -> None:
        """Load the case, then act."""
        self._connection.execute(SQL.load, (case, case, case)).fetchall()
        self.act(case, row, events, personal)

    def act(self, _case: str, row: tuple[Any, ...], events: Any, personal: Any) -> None:
        """Write a case's row and its events in one transaction."""
        connection = self._connection
        connection.execute("begin immediate")
        connection.execute(SQL.update_row, row)
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


def _list_events(change: Change) -> tuple[Any, Any]:
    batch = make_batch([change])
    return batch.events, batch.personal


def _values(change: Change) -> tuple[Any, ...]:
    row = changed_values(change.row, change.expected)
    return change.case, row, *_list_events(change)


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


@attrs.define
class Clerk:
    """Does acts at a desk: with the case as it was seen, or by its id."""

    desk: Desk
    by_id: bool
    seen: dict[str, Case] = attrs.field(factory=dict)

    def act(self, case: str, act: Act) -> None:
        """Do one act on a case, and keep what comes of it."""
        self.seen[case] = self.desk.do(case if self.by_id else self.seen[case], act)


def _rounds(clerk: Clerk, hand: Hand) -> tuple[Stopwatch, Stopwatch]:
    """Time both in turns: in each round, new cases, and on each the same three acts."""
    recorder = Recorder()
    template = _desk(recorder)
    ours, raw = Stopwatch(clerk.act), Stopwatch(hand.load_and_act if clerk.by_id else hand.act)
    for number in range(ROUNDS):
        clerk.seen = {case.id: case for case in _received(clerk.desk)}
        acts = [(case, act) for act in ACTS for case in clerk.seen]
        recorder.changes.clear()
        for case, act in [(case.id, act) for case in _received(template) for act in ACTS]:
            template.do(case, act)
        for change in (c for c in recorder.changes if not c.expected):
            hand.receive(change)
        changes = sorted((c for c in recorder.changes if c.expected), key=lambda c: c.expected)
        turns = [(ours, acts), (raw, [_values(change) for change in changes])]
        for watch, work in turns if number % 2 else reversed(turns):
            watch.time(work)
    return ours, raw


def _received(desk: Desk) -> list[Case]:
    return [desk.do(None, RECEIVE) for _ in range(CASES)]


def run() -> list[Row]:
    """Return the rows of both and the ratio of their rates, on the disk that holds the tree."""
    (ROOT / "build").mkdir(exist_ok=True)
    rows: list[Row] = []
    for by_id in (False, True):
        with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-") as folder:
            store, hand = SqliteStore(Path(folder) / "ours.db"), Hand(Path(folder) / "hand.db")
            try:
                ours, raw = _rounds(Clerk(_desk(store), by_id), hand)
            finally:
                store.close()
                hand.close()
        rows += _rows(ours, raw, by_id=by_id)
    return rows


def _rows(mine: Stopwatch, by_hand: Stopwatch, *, by_id: bool) -> list[Row]:
    ours, raw, floor = (
        Times(tuple(mine.wall)),
        Times(tuple(by_hand.wall)),
        Times(tuple(by_hand.cpu)),
    )
    rate = statistics.median(r / o for r, o in zip(raw.seconds, ours.seconds, strict=True))
    how = "by id, its history read first" if by_id else "the case in hand"
    return [
        row(f"floor: the statements in raw sqlite3, FULL ({how})", raw),
        row(f"Desk.do on SqliteStore, FULL ({how})", ours, raw),
        Row(
            what=f"rate: {1 / ours.median:,.0f}/s over {1 / raw.median:,.0f}/s ({how})",
            ratio=rate,
            goal=f">= {GOAL:g}x",
            met=rate >= GOAL,
        ),
        row(f"CPU of the floor ({how})", floor),
        row(f"CPU of Desk.do ({how})", Times(tuple(mine.cpu)), floor),
    ]
