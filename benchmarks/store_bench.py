"""A durable act on SQLite against the raw driver's loop, and against `eventsourcing`.

A desk's act is asked for with the case as it was seen: decide, append, row, commit; or by the
case's id, and then its history is read first. All of them wait for the disk at each act. What
the desk adds is CPU time, so the ratio of the rates is only as bad as the disk is quick: the
CPU rows tell the two apart.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

from benchmarks.hands import SqliteHand, Work
from benchmarks.office import ANSWER_BY_OFFICER, CLOSE, ESCALATE, RECEIVE, START
from benchmarks.rounds import Row, Stopwatch, row
from phananh import Case, Desk
from phananh.regulation.acts import Act
from phananh.stores import MemoryStore, SqliteStore
from phananh.stores.base import Change

ROOT = Path(__file__).parents[1]
ROUNDS, CASES = 41, 20
ACTS = (ESCALATE, ANSWER_BY_OFFICER, CLOSE)
GOALS = {False: 0.7, True: 0.6}  # in hand, by id: of the raw loop's rate
PEER, ALONE = "eventsourcing with a row for lists", "eventsourcing, the event alone"
PEER_GOAL = 1.5


class Recorder(MemoryStore):
    """Keeps every change that was committed, for others to repeat."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.changes: list[Change] = []

    def commit(self, changes: Any, /) -> None:
        """Record, and remember."""
        super().commit(changes)
        self.changes.extend(changes)


def make_desk(store: Any) -> Desk:
    """Return a desk whose clock ticks once an act."""
    ticks = iter(range(10**9))
    return Desk(store=store, clock=lambda: START + timedelta(microseconds=next(ticks)))


@attrs.define
class Clerk:
    """Does acts at a desk: with the case as it was seen, or by its id."""

    desk: Desk
    by_id: bool
    seen: dict[str, Case] = attrs.field(factory=dict)

    def act(self, case: str, act: Act) -> None:
        """Do one act on a case, and keep what comes of it."""
        self.seen[case] = self.desk.do(case if self.by_id else self.seen[case], act)


@attrs.define
class Contest:
    """Who does the same acts: our desk, the raw loop, and peers where they are installed."""

    clerk: Clerk
    hand: Any
    peers: dict[str, Any] = attrs.field(factory=dict)
    template: Recorder = attrs.field(factory=Recorder)

    def run(self) -> dict[str, Stopwatch]:
        """Time all in turns: in each round, new cases, and on each the same three acts."""
        raw = self.hand.load_and_act if self.clerk.by_id else self.hand.act
        calls: dict[str, Callable[..., object]] = {"ours": self.clerk.act, "raw": raw}
        calls |= {who: peer.act for who, peer in self.peers.items()}
        watches = {who: Stopwatch(call) for who, call in calls.items()}
        desk = make_desk(self.template)
        for number in range(ROUNDS):
            works = self._prepare(desk)
            names = [*watches]
            for who in names[number % len(names) :] + names[: number % len(names)]:
                watches[who].time(works[who])
        return watches

    def _prepare(self, desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
        """Receive new cases everywhere, and return the acts on them for each."""
        self.clerk.seen = {case.id: case for case in _receive(self.clerk.desk)}
        self.template.changes.clear()
        for case in [case.id for case in _receive(desk)]:
            for act in ACTS:
                desk.do(case, act)
        changes = sorted(self.template.changes, key=lambda change: change.expected)
        received = [change for change in changes if not change.expected]
        for change in received:
            self._receive_elsewhere(Work.of(change))
        acts = [(Work.of(change),) for change in changes[len(received) :]]
        ours = [(case, act) for act in ACTS for case in self.clerk.seen]
        return {"ours": ours, "raw": acts, **dict.fromkeys(self.peers, acts)}

    def _receive_elsewhere(self, work: Work) -> None:
        self.hand.receive(work)
        for peer in self.peers.values():
            peer.receive(work)


def _receive(desk: Desk) -> list[Case]:
    return [desk.do(None, RECEIVE) for _ in range(CASES)]


def open_peers(env: dict[str, str], sql: Any, make_view: Any, *, by_id: bool) -> dict[str, Any]:
    """Return the peers, or none where the library is not installed."""
    if find_spec("eventsourcing") is None:
        return {}
    from benchmarks.event_sourcing import EventSourcing

    return {
        PEER: EventSourcing(env, by_id=by_id, view=make_view(), sql=sql),
        ALONE: EventSourcing(env, by_id=by_id),
    }


@contextmanager
def _contest(*, by_id: bool) -> Iterator[Contest]:
    """Lend a file to each on the disk that holds the tree."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-") as folder:
        store, hand = SqliteStore(Path(folder) / "ours.db"), SqliteHand(Path(folder) / "hand.db")
        peers = _open_peers(folder, hand.sql, by_id=by_id)
        try:
            yield Contest(Clerk(make_desk(store), by_id), hand, peers)
        finally:
            for each in (store, hand, *peers.values()):
                each.close()


def _open_peers(folder: str, sql: Any, *, by_id: bool) -> dict[str, Any]:
    def make_view() -> Any:
        from benchmarks.event_sourcing import sqlite_view

        SqliteStore(f"{folder}/view.db").close()  # for its table of rows, and the indexes of that
        return sqlite_view(f"{folder}/view.db")

    env = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": f"{folder}/peer.db"}
    return open_peers(env, sql, make_view, by_id=by_id)


def run() -> list[Row]:
    """Return the rows of each, and the ratios of their rates."""
    rows: list[Row] = []
    for by_id in (False, True):
        with _contest(by_id=by_id) as contest:
            watches = contest.run()
        rows += rate_rows("SQLite", watches, by_id=by_id, goal=GOALS[by_id])
        how = say_how(by_id=by_id)
        raw = watches["raw"].cpu_times
        rows.append(row(f"CPU of the raw loop ({how})", raw))
        rows.append(row(f"CPU of Desk.do ({how})", watches["ours"].cpu_times, raw))
    return rows


def say_how(*, by_id: bool) -> str:
    """Return in words how the case is given."""
    return "by id, its history read first" if by_id else "the case in hand"


def rate_rows(engine: str, watches: dict[str, Stopwatch], *, by_id: bool, goal: float) -> list[Row]:
    """Return the rows of an engine: what an act took each, and ours as a part of the others."""
    how, times = say_how(by_id=by_id), {who: each.wall_times for who, each in watches.items()}
    ours, raw = times["ours"], times["raw"]
    rows = [
        row(f"{engine}, the raw driver's loop ({how})", raw),
        row(f"{engine}, Desk.do ({how})", ours, raw),
        _rate_row(f"{engine}, rate of Desk.do over the raw loop ({how})", raw.ratio(ours), goal),
    ]
    for who in (PEER, ALONE):
        if who not in times:
            rows.append(Row(what=f"{engine}: {who} is absent"))
            continue
        rows.append(row(f"{engine}, {who} ({how})", times[who], raw))
        what, rate = f"{engine}, rate of Desk.do over {who} ({how})", times[who].ratio(ours)
        rows.append(_rate_row(what, rate, PEER_GOAL) if who == PEER else Row(what=what, ratio=rate))
    return rows


def _rate_row(what: str, rate: float, goal: float) -> Row:
    return Row(what=what, ratio=rate, goal=f">= {goal:g}x", met=rate >= goal)
