"""Lists of changes over cases that are new to some writers, and known to others."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from phananh import StoreError
from phananh.stores.postgres import PostgresStore
from phananh.testing.sample_events import change, completed, received
from tests.servers.schema import PostgresSchema

WAITING = "select count(*) from pg_locks where not granted"


def wait_for_a_waiter(dsn: str) -> None:
    """Return once a transaction of the server waits for a lock, or fail after ten seconds."""
    with psycopg.connect(dsn, autocommit=True) as watcher:
        for _ in range(200):
            if watcher.execute(WAITING).fetchone() != (0,):
                return
            time.sleep(0.05)
    pytest.fail("nobody waits")


def _connect(postgres: PostgresSchema) -> psycopg.Connection:
    """Return a connection to the tables of a schema."""
    return psycopg.connect(postgres.dsn, options=f"-c search_path={postgres.name}")


def test_new_cases_are_inserted_before_known_ones_are_updated(postgres: PostgresSchema) -> None:
    """A list that waits to update a case has inserted its new ones, so no two lists deadlock."""
    place: Any = {"dsn": postgres.dsn, "schema": postgres.name}
    with PostgresStore(**place) as store, PostgresStore(**place, timeout=0.3) as other:
        store.migrate()
        known = received("HB-2")
        store.commit([change(known)])
        both = [change(completed("HB-2", 2), after=(known,)), change(received("HB-1"))]
        with ThreadPoolExecutor(1) as threads, _connect(postgres) as holder:
            holder.execute("select 1 from phananh_case where case_id = 'HB-2' for update")
            waiting = threads.submit(store.commit, both)
            wait_for_a_waiter(postgres.dsn)
            with pytest.raises(StoreError):
                other.commit([change(received("HB-1"))])
            holder.rollback()
            waiting.result(timeout=20)
        assert [len(store.load(case)) for case in ("HB-1", "HB-2")] == [1, 2]
