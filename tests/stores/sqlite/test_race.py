"""Eight processes that act on the same version at the same moment: exactly one wins."""

import multiprocessing
import sqlite3
import traceback
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest

from phananh.errors import ConflictError, DuplicateError
from phananh.regulation.case import fold
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.stores.index_row import make_index_row
from phananh.testing.sample_events import change, completed, received

PROCESSES = 8
ROUNDS = 40
SPAWN = multiprocessing.get_context("spawn")


def race_as_rival(path: str, me: int, start: Barrier, outcomes: Any) -> None:
    """Race once a round on the same case, then once on the same command."""
    store = SqliteStore(path, timeout=30)
    for i in range(ROUNDS):
        case = f"HB-{i}"
        history = store.load(case)
        event = completed(case, 2, text=f"tiến trình {me}")
        start.wait(60)
        outcomes.put((i, me, outcome_of(store, change(event, after=history))))
        again = change(received(f"new-{i}", content=str(me)), command=f"c{i}")
        start.wait(60)
        outcomes.put((ROUNDS + i, me, outcome_of(store, again)))
    store.close()


def outcome_of(store: SqliteStore, new: Any) -> str:
    """Commit, and return what came of it."""
    try:
        store.commit([new])
    except (ConflictError, DuplicateError) as error:
        return type(error).__name__
    return "recorded"


def test_one_of_eight_processes_wins(tmp_path: Path) -> None:
    """In forty rounds one change of eight is recorded, and one of eight retries of a command."""
    path = tmp_path / "cases.db"
    store = SqliteStore(path, timeout=30)
    store.commit([change(received(f"HB-{i}")) for i in range(ROUNDS)])
    found = run_race(str(path))
    for i in range(2 * ROUNDS):
        results = sorted(result for round_, _, result in found if round_ == i)
        loser = "ConflictError" if i < ROUNDS else "DuplicateError"
        assert results == [loser] * (PROCESSES - 1) + ["recorded"]
    winners = {i: me for i, me, result in found if result == "recorded"}
    for i in range(ROUNDS):
        history = store.load(f"HB-{i}")
        assert [event.n for event in history] == [1, 2]
        assert fold(history).content == f"tiến trình {winners[i]}"
        rows = store.find(Query(code=fold(history).code_digest)).rows
        assert rows == (make_index_row(fold(history)),)
        assert len(store.load(f"new-{i}")) == 1
    store.close()


def run_race(path: str) -> list[tuple[int, int, str]]:
    """Run the processes to their end, and return all outcomes."""
    start, outcomes = SPAWN.Barrier(PROCESSES), SPAWN.Queue()
    processes = [
        SPAWN.Process(target=race_as_rival, args=(path, me, start, outcomes))
        for me in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    found = [outcomes.get(timeout=90) for _ in range(PROCESSES * ROUNDS * 2)]
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    return found


def test_a_lost_race_keeps_no_cursor(tmp_path: Path) -> None:
    """The error that the loser holds leads to no cursor, as its end would disturb other threads.

    CPython 3.11 resets the statement of a cursor that is freed, though another thread runs it on
    the connection that was lent to it meanwhile.
    """
    store = SqliteStore(tmp_path / "cases.db")
    first = received("HB-1")
    store.commit([change(first)])
    store.commit([change(completed("HB-1", 2), after=(first,))])
    with pytest.raises(ConflictError) as caught:
        store.commit([change(completed("HB-1", 2, text="khác"), after=(first,))])
    assert [value for value in values_of(caught.value) if isinstance(value, sqlite3.Cursor)] == []
    store.close()


def values_of(error: BaseException | None) -> list[Any]:
    """Return what the frames of an error, and of those that it came from, hold."""
    found: list[Any] = []
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            found += frame.f_locals.values()
        error = error.__cause__ or error.__context__
    return found


def write_without_pause(path: str, me: int, start: Barrier, stop: Any, outcomes: Any) -> None:
    """Record without a pause until `stop` is set, and report how much it was."""
    store = SqliteStore(path, timeout=30)
    done = 0
    start.wait(60)
    while not stop.is_set():
        store.commit([change(received(f"HB-{me}-{done}"))])
        done += 1
    store.close()
    outcomes.put(done)


def test_no_busy_process_starves_another(tmp_path: Path) -> None:
    """Of three processes that record without a pause each gets a fair part of the turns."""
    path = tmp_path / "cases.db"
    SqliteStore(path).close()
    start, stop, outcomes = SPAWN.Barrier(4), SPAWN.Event(), SPAWN.Queue()
    processes = [
        SPAWN.Process(target=write_without_pause, args=(str(path), me, start, stop, outcomes))
        for me in range(3)
    ]
    for process in processes:
        process.start()
    start.wait(60)
    stop.wait(2)
    stop.set()
    done = sorted(outcomes.get(timeout=60) for _ in processes)
    for process in processes:
        process.join(30)
    assert done[0] * 8 > done[-1], f"the turns were {done}"


def open_and_record(path: str, me: int, start: Barrier, outcomes: Any) -> None:
    """Open a store that may not be there yet, and record one case, ten times."""
    for i in range(10):
        start.wait(60)
        try:
            store = SqliteStore(f"{path}-{i}.db", timeout=30)
            store.commit([change(received(f"HB-{me}"))])
            store.close()
            outcomes.put("")
        except Exception as error:  # noqa: BLE001  # it is the outcome, and is looked at
            outcomes.put(repr(error))


def test_processes_that_make_the_same_file_make_one_schema(tmp_path: Path) -> None:
    """Six processes that open the same new file at once all find one schema, and record."""
    start, outcomes = SPAWN.Barrier(6), SPAWN.Queue()
    processes = [
        SPAWN.Process(target=open_and_record, args=(str(tmp_path / "new"), me, start, outcomes))
        for me in range(6)
    ]
    for process in processes:
        process.start()
    found = [outcomes.get(timeout=90) for _ in range(60)]
    for process in processes:
        process.join(30)
    assert set(found) == {""}
    for i in range(10):
        store = SqliteStore(tmp_path / f"new-{i}.db")
        assert len(store.find(Query()).rows) == 6
        store.close()
