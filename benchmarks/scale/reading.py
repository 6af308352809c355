"""What an office reads: a page of an inbox, first and last, a search, and reports.

`python -m benchmarks.scale.reading [--db sqlite] [--cases 100000] [--times 10]`. Each page is timed
beside one that loads its cases one by one, and the report beside reading the histories of some
cases. For the report the rows stand there `times` over, under other ids, as it reads no histories.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.scale.filling import fill
from benchmarks.scale.places import ROOT, Place, postgres_places, sqlite_places
from phananh import Desk
from phananh.desk.lookup import iter_histories
from phananh.office import make_report
from phananh.samples import LEADER, OPERATORS, UNITS, UNTIL
from phananh.stores.base import Query
from phananh.stores.sql.rows import COLUMNS

ROUNDS, HISTORIES = 41, 5_000
PEOPLE = (OPERATORS[0], UNITS[0].officers[0], UNITS[0].head, LEADER)


def read_inboxes(place: Place) -> None:
    """Print what the first and the last page of 20 of each inbox take."""
    with place.open() as store:
        desk = Desk(store=store, clock=lambda: UNTIL)
        for person in PEOPLE:
            after, pages = None, 1
            while (page := desk.find(for_=person, order="urgent", limit=20, after=after)).next:
                after, pages = page.next, pages + 1
            for name, start in (("first", None), (f"last of {pages}", after)):
                query: Any = {"for_": person, "order": "urgent", "limit": 20, "after": start}
                what = f"{place.engine} {person.role} {name}"
                tell_times(what, partial(desk.inbox, person, lang="vi", limit=20, after=start))
                tell_times(f"{what}, one by one", partial(read_one_by_one, desk, query))


def search(place: Place) -> None:
    """Print what a search takes that reads all texts, and one that soon has its 20 cases."""
    with place.open() as store:
        desk = Desk(store=store)
        for said in ("0912 345 678", "Hương Giang", "khai sinh"):
            call = partial(desk.search, said, by=OPERATORS[0])
            tell_times(f"{place.engine} search for {said}", call, rounds=5)


def read_one_by_one(desk: Desk, query: Any) -> None:
    """Read a page as a portal would that has a list of ids, and loads each case for its words."""
    for row in desk.find(**query).rows:
        desk.get(row.case)


def tell_times(what: str, call: Callable[[], object], *, rounds: int = ROUNDS) -> None:
    """Print the median and the least time of a call, by the wall and of this process."""
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append(1e3 * (time.perf_counter() - wall))
        cpus.append(1e3 * (time.process_time() - cpu))
    wall, cpu = statistics.median(walls), statistics.median(cpus)
    print(f"{what}: {wall:.1f} ms, least {min(walls):.1f}, process {cpu:.1f}", flush=True)


def read_histories(place: Place) -> None:
    """Print what it takes to read histories, a page at a time, instead of rows."""
    with place.open() as store:
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in islice(iter_histories(store, Query(limit=500)), HISTORIES):
            pass
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{place.engine} {HISTORIES} histories: {wall:.2f} s, process {cpu:.2f} s", flush=True)


def multiply(place: Place, times: int) -> None:
    """Write the rows so many times over, under ids and codes of their own."""
    if place.engine == "SQLite":
        import sqlite3

        connection: Any = sqlite3.connect(place.where)
        connection.execute("pragma cache_size = -1000000")
    else:
        import psycopg

        connection = psycopg.connect(place.where)
    schema = place.schema or "main"
    for number in range(1, times):
        new = {"case_id": f"case_id || '-{number}'", "code": f"code || '-{number}'"}
        values = ", ".join(new.get(name, name) for name in COLUMNS)
        connection.execute(
            f"insert into {schema}.phananh_case ({', '.join(COLUMNS)}) "  # noqa: S608
            f"select {values} from {schema}.phananh_case where case_id not like '%-_'"
        )
        connection.commit()
    connection.close()
    place.settle()


def report(place: Place) -> None:
    """Print what reports take, of the last month and of all cases, in a process of its own."""
    with place.open() as store:
        desk = Desk(store=store, clock=lambda: UNTIL)
        for days in (30, 1500):
            wall, cpu = time.perf_counter(), time.process_time()
            found = make_report(desk, since=UNTIL - timedelta(days=days), before=UNTIL, by="unit")
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            status = Path("/proc/self/status").read_text(encoding="ascii")
            most = status.partition("VmHWM:")[2].partition("\n")[0].strip()
            received = found.total.counts["received"]
            line = f"report of {received} received: {wall:.1f} s, process {cpu:.1f} s, {most}"
            print(place.engine, line, flush=True)


def main() -> None:
    """Fill a place of each engine, and read it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale.reading", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "postgres"))
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    (ROOT / "build").mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=ROOT / "build"))
        places: list[Place] = []
        if options.db != "postgres":
            places += stack.enter_context(sqlite_places([options.cases], Path(folder)))
        if options.db != "sqlite":
            places += stack.enter_context(postgres_places([options.cases], None))
        for place in places:
            fill(place)
            read_inboxes(place)
            search(place)
            read_histories(place)
            multiply(place, options.times)
            for _ in range(3):
                process = get_context("spawn").Process(target=report, args=(place,))
                process.start()
                process.join()


if __name__ == "__main__":
    main()
