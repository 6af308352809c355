"""A recalculation over many stored cases, with its time and peak memory: `make slow` runs this.

Builds an SQLite file of open cases through the store's contract, a thousand to a commit, then
does each run in a process of its own: dry, applied, once more, and with the changed days given.
Exits with 1 where the runs do not agree. `--count 1000000` is what the documentation shows.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import attrs

from phananh import Desk, vietnam_calendar
from phananh.articles import Article
from phananh.regulation.case import fold
from phananh.regulation.deadline import Limit, start_limit
from phananh.regulation.events import Escalated, Received, VerificationRequested
from phananh.regulation.request import Channel, Holder, Kind, Person, Role, Sender, State
from phananh.regulation.rules import HOA_BINH_2019
from phananh.stores import SqliteStore
from phananh.stores.base import Change
from phananh.stores.index_row import make_index_row

VIETNAM = timezone(timedelta(hours=7))
NOW = datetime(2025, 12, 31, 16, 30, tzinfo=VIETNAM)
FIRST = datetime(2025, 12, 29, 8, 0, tzinfo=VIETNAM)
DAYS = (date(2026, 1, 2), date(2026, 1, 10))  # CV 12729/VPCP-KGVX: off, and worked for it
AFTER = vietnam_calendar("A")
BEFORE = AFTER.as_of(date(2025, 12, 24))
HOURS = (5, 8, 80, 120)
UNITS, STARTS, AT_ONCE = 40, 56, 1_000
RUNS = ("dry run", "with the days given", "applied", "again")


def deadlines() -> list:
    """Return the limits that cases are under: starts of three days, each budget, none late."""
    made = []
    for step in range(STARTS):
        start = AFTER.next_opening(FIRST + step * timedelta(hours=1))
        for hours in HOURS if start < NOW else ():
            limit = Limit(
                budget=timedelta(hours=hours), article=Article("9.1"), since=date(2019, 10, 30)
            )
            made.append(start_limit(limit, at=start, calendar=BEFORE, rules=HOA_BINH_2019))
    return [deadline for deadline in made if deadline.due > NOW]


def cases(count: int) -> Iterator[Change]:
    """Yield the changes that record so many open cases; every third lies with an agency."""
    operator, officer = Person(id="op", role="operator"), Person(id="cb", role="officer", unit="mc")
    head = {"by": operator, "rules": HOA_BINH_2019.id}
    told = deadlines()
    for number in range(count):
        deadline, unit = told[number % len(told)], f"so-{number % UNITS}"
        case, at = f"HB-{number:08d}", deadline.start
        first = Received(
            **head, case=case, n=1, at=at - timedelta(minutes=9), state=State.RECEIVED,
            holder=Holder(role=Role.OPERATOR), kind=Kind.REGULATION, channel=Channel.PHONE,
            language="vi", about_unit=None, accused=(), content="Hồ sơ mẫu đã quá ngày hẹn",
            sender=Sender(name="Người gửi mẫu", phone="0218 383 1022"), code=case,
            code_digest=f"digest-{case}",
        )  # fmt: skip
        second = Escalated(
            **head, case=case, n=2, at=at, state=State.ESCALATED, deadline=deadline,
            holder=Holder(role=Role.OFFICER, id="cb", unit=unit),
        )  # fmt: skip
        history = [first, second]
        if number % 3 == 0:
            history[1] = attrs.evolve(second, at=at - timedelta(minutes=1), deadline=None)
            history.append(
                VerificationRequested(
                    case=case, n=3, at=at, by=officer, state=State.PENDING_VERIFICATION,
                    holder=Holder(role=Role.AGENCY, id=None, unit=unit), rules=HOA_BINH_2019.id,
                    agency=unit, focal=None, appointment=at + timedelta(days=9), deadline=deadline,
                )
            )  # fmt: skip
        row = make_index_row(fold(history))
        yield Change(case=case, expected=0, events=tuple(history), row=row)


def build(path: Path, count: int) -> None:
    """Record the cases; the disk is not waited for, as nothing is at stake yet."""
    store, some = SqliteStore(path, synchronous="NORMAL"), []
    for change in cases(count):
        some.append(change)
        if len(some) == AT_ONCE:
            store.commit(some)
            some = []
    if some:
        store.commit(some)
    store.close()


def run(path: Path, name: str, found: multiprocessing.SimpleQueue) -> None:
    """Do one run; put the time, the peak memory and what it found."""
    store = SqliteStore(path)
    desk = Desk(store=store, calendar=AFTER, clock=lambda: NOW)
    moves = 0

    def count(_move) -> None:
        nonlocal moves
        moves += 1

    begun, used = time.perf_counter(), time.process_time()
    report = desk.recalculate(
        dry_run=name in RUNS[:2],
        days=DAYS if name == "with the days given" else (),
        on_move=count,
    )
    spent, used = time.perf_counter() - begun, time.process_time() - used
    store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    counts = (report.read, report.moved, report.kept, moves, len(report.failed))
    found.put((spent, peak, *counts, used))


def in_a_process(path: Path, name: str) -> tuple:
    """Return what a run in a fresh process found."""
    context = multiprocessing.get_context("spawn")
    found = context.SimpleQueue()
    process = context.Process(target=run, args=(path, name, found))
    process.start()
    result = found.get()
    process.join()
    print(
        f"{name:<20} {result[0]:>8.1f} s, {result[7]:>7.1f} s of processor {result[1]:>5} MB  "
        f"read {result[2]:>9,}  moved {result[3]:>8,}  kept {result[4]:>5,}",
        flush=True,
    )
    return result


def agree(found: dict[str, tuple], count: int) -> bool:
    """Say whether the runs agree: what a dry run says moves, and again is nothing."""
    read, moved, kept = found["dry run"][2:5]
    return (
        read == count
        and moved > 0
        and found["with the days given"][3:5] == (moved, kept)
        and found["applied"][2:5] == (read, moved, kept)
        and found["again"][2:5] == (read, 0, kept)
        and not any(each[6] for each in found.values())
    )


def main(argv: list[str] | None = None) -> int:
    """Read `--count` and `--folder`, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--folder", help="where the database is made; a temporary one by default")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "cases.db"
        begun = time.perf_counter()
        build(path, options.count)
        size = path.stat().st_size // 2**20
        print(f"{options.count:,} cases in {time.perf_counter() - begun:.1f} s, {size} MB")
        found = {name: in_a_process(path, name) for name in RUNS}
    good = agree(found, options.count)
    print("the runs agree" if good else "the runs do NOT agree")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
