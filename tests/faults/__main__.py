"""The long runs, each with a line of what was found: python -m tests.faults [NAME ...].

Without a name all of them run, which takes about half an hour on two processors. A run that
finds something wrong ends with a traceback.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from itertools import count
from pathlib import Path

from phananh import MemoryStore
from tests.faults.clients import read_final, record_processes, record_threads
from tests.faults.feed_load import load_feed
from tests.faults.history import find_anomalies
from tests.faults.kills import kill_server, kill_writers
from tests.faults.places import Place, make_postgres, make_sqlite
from tests.faults.races import count_single_winners, race_in_processes, race_in_threads
from tests.faults.test_races import make_mixed, make_reschedules
from tests.servers.postgres import PostgresServer, postgres_server

_SCHEMAS = count()


@contextmanager
def lend(server: PostgresServer | None) -> Iterator[tuple[Place, Path]]:
    """Lend an empty place on the server, or in a file, and a folder for notes."""
    with ExitStack() as life:
        folder = life.enter_context(tempfile.TemporaryDirectory(prefix="phananh-"))
        if server is None:
            place = life.enter_context(make_sqlite(timeout=60))
        else:
            name = f"run{next(_SCHEMAS)}"
            place = make_postgres(server.dsn(), name, timeout=60, retry_for=60)
        yield place, Path(folder)


def run_kills(server: PostgresServer | None) -> str:
    """Kill 300 writers."""
    with lend(server) as (place, folder):
        found = kill_writers(place, folder, kills=300)
    return f"{found.kills} kills, {found.acknowledged} acts acknowledged, 0 lost, 0 half done"


def run_server_kills(server: PostgresServer | None) -> str:
    """Kill the server 300 times."""
    assert server is not None
    with lend(server) as (place, folder):
        found = kill_server(server, place, folder, kills=300)
    return f"{found.kills} kills, {found.acknowledged} acts acknowledged, 0 lost, 0 half done"


def run_feed(server: PostgresServer | None) -> str:
    """Read the feed for 30 seconds."""
    with lend(server) as (place, folder):
        found = load_feed(place, folder, seconds=30)
    return (
        f"{found.events} events to 3 consumers, {found.kills} kills, {found.stops} stops: "
        f"0 skipped, 0 out of order, {found.repetitions} delivered again"
    )


def run_races(server: PostgresServer | None) -> str:
    """Run 300 races of each kind."""
    told = []
    for make_rounds in (make_reschedules, make_mixed):
        for race in ("threads", "processes"):
            with lend(server) as (place, _), place.open() as store:
                rounds = make_rounds(store, 300)
                outcomes = (
                    race_in_threads(partial(nullcontext, store), rounds)
                    if race == "threads"
                    else race_in_processes(place, rounds)
                )
                winners, kind = count_single_winners(outcomes), make_rounds.__name__[5:]
                assert winners == len(rounds), outcomes
                told.append(f"{kind} of {race} {winners} of {len(rounds)}")
    return ", ".join(told)


def run_history(server: PostgresServer | None) -> str:
    """Check 30 rounds of eight threads, and of eight processes."""
    operations = 0
    with lend(server) as (place, _), place.open() as store:
        for i in range(60):
            found = (
                record_threads(partial(nullcontext, store), clients=8, count=200, round_=i)
                if i % 2
                else record_processes(place.open, clients=8, count=200, round_=i)
            )
            anomalies = find_anomalies(found, read_final(store, i))
            assert anomalies == [], anomalies
            operations += len(found)
    return f"{operations} operations, 0 anomalies"


def run_memory(_: PostgresServer | None) -> str:
    """Check 30 rounds of eight threads in memory."""
    operations = 0
    for i in range(30):
        with MemoryStore() as store:
            found = record_threads(partial(nullcontext, store), clients=8, count=200, round_=i)
            assert find_anomalies(found, read_final(store, i)) == []
            operations += len(found)
    return f"{operations} operations, 0 anomalies"


RUNS: dict[str, tuple[Callable[[PostgresServer | None], str], bool]] = {
    "history-memory": (run_memory, False),
    "kills-sqlite": (run_kills, False),
    "kills-postgres": (run_kills, True),
    "server-kills-postgres": (run_server_kills, True),
    "races-sqlite": (run_races, False),
    "races-postgres": (run_races, True),
    "history-sqlite": (run_history, False),
    "history-postgres": (run_history, True),
    "feed-sqlite": (run_feed, False),
    "feed-postgres": (run_feed, True),
}


def main() -> None:
    """Run what is named, or everything, and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(RUNS))
    names = parser.parse_args().names or list(RUNS)
    for name in names:
        run, has_server = RUNS[name]
        begin = time.monotonic()
        with postgres_server(durable=True) if has_server else nullcontext() as server:
            told = run(server)
        print(f"{name:<22} {time.monotonic() - begin:>5.0f} s  {told}", flush=True)


if __name__ == "__main__":
    main()
