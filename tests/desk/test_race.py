"""Of eight processes that reschedule the same case at once, exactly one wins (Art. 9.3)."""

import multiprocessing
from pathlib import Path
from typing import Any

from phananh import ConflictError, Desk, RefusedError, open_store
from tests.desk import people as p

PROCESSES = 8
ROUNDS = 40


def _racer(path: str, cases: list[str], start: Any, answers: Any) -> None:
    desk = Desk(store=open_store(path), clock=p.Hand(p.MORNING + p.HOUR))
    for case in cases:
        seen = desk.get(case)
        assert seen.due is not None
        start.wait()
        try:
            desk.reschedule(seen, to=seen.due + p.HOUR, reason="chờ hồ sơ", by=p.AGENCY)
            answers.put((case, "recorded"))
        except (ConflictError, RefusedError) as error:
            answers.put((case, type(error).__name__))
    desk.store.close()


def test_one_winner(tmp_path: Path) -> None:
    """In each of forty rounds one process records and seven are in conflict, none is refused."""
    path = tmp_path / "cases.db"
    hand = p.Hand()
    desk = Desk(store=open_store(path), clock=hand)
    cases = [p.with_agency(desk, hand).id for _ in range(ROUNDS)]
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(PROCESSES), context.Queue()
    racers = [
        context.Process(target=_racer, args=(str(path), cases, start, answers))
        for _ in range(PROCESSES)
    ]
    for racer in racers:
        racer.start()
    told = [answers.get(timeout=120) for _ in range(ROUNDS * PROCESSES)]
    for racer in racers:
        racer.join(timeout=60)
    for case in cases:
        outcomes = sorted(what for name, what in told if name == case)
        assert outcomes == ["ConflictError"] * (PROCESSES - 1) + ["recorded"]
        assert len(desk.get(case).reschedules) == 1
    desk.store.close()
