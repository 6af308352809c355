"""What an office reads: a page of an inbox, first and last, and the report of a month.

`python -m benchmarks.scale.reading [--cases 100000] [--times 10]`. For the report the rows stand
there `times` over, under other ids, as it reads no histories.
"""

import argparse
import resource
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.scale.filling import fill
from benchmarks.scale.places import ROOT, Place, postgres_places, sqlite_places
from phananh import Desk, Person
from phananh.office import make_report
from phananh.samples import OPERATORS, UNITS, UNTIL
from phananh.stores.sql.rows import COLUMNS

ROUNDS = 41
PEOPLE = (OPERATORS[0], UNITS[0].officers[0], Person(id="ld-1", role="leadership"))


def read_inboxes(place: Place) -> None:
    """Print what the first and the last page of 20 of each inbox take."""
    with place.open() as store:
        desk = Desk(store=store, clock=lambda: UNTIL)
        for person in PEOPLE:
            after, pages = None, 1
            while (page := desk.find(for_=person, order="urgent", limit=20, after=after)).next:
                after, pages = page.next, pages + 1
            for name, start in (("first", None), (f"last of {pages}", after)):
                times = []
                for _ in range(ROUNDS):
                    begun = time.perf_counter()
                    desk.inbox(person, lang="vi", limit=20, after=start)
                    times.append(time.perf_counter() - begun)
                middle, least = statistics.median(times) * 1e3, min(times) * 1e3
                line = f"{person.role} {name}: median {middle:.1f} ms, least {least:.1f} ms"
                print(place.engine, line, flush=True)


def multiply(place: Place, times: int) -> None:
    """Write the rows so many times over, under ids and codes of their own."""
    if place.engine == "SQLite":
        import sqlite3

        connection: Any = sqlite3.connect(place.where)
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
    """Print what a report of the last month takes, in a process of its own."""
    with place.open() as store:
        desk = Desk(store=store, clock=lambda: UNTIL)
        wall, cpu = time.perf_counter(), time.process_time()
        found = make_report(desk, since=UNTIL - timedelta(days=30), before=UNTIL, by="unit")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = found.total.counts
    line = f"report: {wall:.1f} s, {cpu:.1f} s of this process, at most {most:.0f} MB"
    print(place.engine, line, counts["received"], counts["carried_over"], flush=True)


def main() -> None:
    """Fill a place of each engine, and read it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale.reading", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    (ROOT / "build").mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=ROOT / "build"))
        places = stack.enter_context(sqlite_places([options.cases], Path(folder)))
        places += stack.enter_context(postgres_places([options.cases], None))
        for place in places:
            fill(place)
            read_inboxes(place)
            multiply(place, options.times)
            for _ in range(3):
                process = get_context("spawn").Process(target=report, args=(place,))
                process.start()
                process.join()


if __name__ == "__main__":
    main()
