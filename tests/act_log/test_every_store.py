"""A log has the same outcomes on every store, line by line, and so has its second reading."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from phananh import Desk, MemoryStore
from phananh.act_log.replay import replay
from phananh.stores.base import Store
from phananh.stores.django.store import DjangoStore
from phananh.stores.postgres.store import PostgresStore
from phananh.stores.sqlalchemy.store import SqlalchemyStore
from phananh.stores.sqlite.store import SqliteStore
from phananh.worktime import vietnam_calendar
from tests.oracle.logs import draw
from tests.stores.django import databases
from tests.stores.sqlalchemy.engines import new_engine

SEEDS = (201, 203)  # of the same office hours; tests/stores reads more logs
STORES = (
    "sqlite",
    "sqlalchemy sqlite",
    "django sqlite",
    *[
        pytest.param(f"{kind} {engine}".strip(), marks=getattr(pytest.mark, mark))
        for engine, mark in (("postgresql", "postgres"), ("mariadb", "mariadb"))
        for kind in ("", "sqlalchemy", "django")
        if kind or engine == "postgresql"
    ],
)


@contextmanager
def open_store(name: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Store]:
    """Lend an empty store."""
    kind, _, engine = name.rpartition(" ")
    with ExitStack() as stack:
        if kind == "sqlalchemy":
            made = stack.enter_context(new_engine(engine, request, folder))
            store = stack.enter_context(SqlalchemyStore(made))
        elif kind == "django":
            store = stack.enter_context(DjangoStore(add_database(engine, request, folder)))
            stack.callback(databases.close_all)
        elif engine == "postgresql":
            schema = request.getfixturevalue("postgres")
            store = stack.enter_context(PostgresStore(schema.dsn, schema=schema.name))
        else:
            store = stack.enter_context(SqliteStore(folder / "cases.db", synchronous="NORMAL"))
        store.migrate()
        yield store


def add_database(engine: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """Add a database to the project of Django that tests use."""
    if engine == "sqlite":
        return databases.add_sqlite(folder / "cases.db")
    if engine == "mariadb":
        return databases.add_mariadb(request.getfixturevalue("mariadb").url)
    schema = request.getfixturevalue("postgres")
    return databases.add_postgres(schema.dsn, schema.name)


def read_logs(store: Store) -> list[dict[str, Any]]:
    """Return the outcomes of some logs on one store, each read twice, in their order."""
    calendar, bits = vietnam_calendar("A"), Random(1).getrandbits
    desk = Desk(store=store, calendar=calendar, randbits=bits)
    logs = [draw(seed) for seed in SEEDS]
    assert {log.hours for log in logs} == {"A"}
    outcomes: list[dict[str, Any]] = []
    for log in [*logs, *logs]:
        raw = [line.encode() + b"\n" for line in log.lines]
        read = replay(raw, desk=desk, name=f"{log.seed}.jsonl")
        outcomes += [outcome.as_dict("vi") for outcome in read]
    return outcomes


@pytest.fixture(scope="module")
def on_memory() -> list[dict[str, Any]]:
    """Return the outcomes on the store in memory."""
    return read_logs(MemoryStore())


@pytest.mark.parametrize("name", STORES)
def test_a_log_has_the_same_outcomes_on_every_store(
    name: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    on_memory: list[dict[str, Any]],
) -> None:
    """Each line is told as on the store in memory, where nothing is stored as text."""
    assert len(on_memory) > 100
    assert len({each["outcome"] for each in on_memory}) >= 4
    with open_store(name, request, tmp_path) as store:
        for found, wanted in zip(read_logs(store), on_memory, strict=True):
            assert found == wanted
