"""PostgreSQL's feed behind its fence, and its tables made by several at once."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from phananh.errors import InputError, StoreError
from phananh.stores.postgres import PostgresStore
from phananh.stores.sql.status import read_status
from phananh.testing.sample_events import START, change, received
from tests.servers.schema import PostgresSchema
from tests.stores.postgres.test_store import PatientStore
from tests.stores.sql.old_file import STEPS


def test_what_is_committed_waits_for_an_older_transaction(
    postgres: PostgresSchema, store: PostgresStore
) -> None:
    """While an older transaction is open, a later event is not shown; then both are, in order."""
    with psycopg.connect(postgres.dsn) as older:
        with PostgresStore.bound(older, schema=postgres.name) as bound:
            bound.commit([change(received("HB-1"))])
        store.commit([change(received("HB-2"))])
        assert store.load("HB-2") != ()
        assert store.scan() == ()
    with PatientStore(postgres.dsn, schema=postgres.name) as patient:
        assert [entry.event.case for entry in patient.scan()] == ["HB-1", "HB-2"]


def test_end_of_the_feed_leaves_out_nothing_that_comes(
    postgres: PostgresSchema, store: PostgresStore
) -> None:
    """A consumer that starts at the end gets what an open transaction commits afterwards."""
    store.commit([change(received("HB-0"))])
    with psycopg.connect(postgres.dsn) as older:
        with PostgresStore.bound(older, schema=postgres.name) as bound:
            bound.commit([change(received("HB-1"))])
        lease = store.claim("mail", START, START.replace(year=2030), start="end")
    assert lease is not None
    with PatientStore(postgres.dsn, schema=postgres.name) as patient:
        found = [entry.event.case for entry in patient.scan(lease.position)]
    assert found[-1] == "HB-1"


def test_restored_database_is_put_right_by_migrating(postgres: PostgresSchema) -> None:
    """Where transactions are counted anew, the store says so; a migration shows all in order."""
    with PatientStore(postgres.dsn, schema=postgres.name) as first:
        first.migrate()
        first.commit([change(received("HB-1"))])
        first.commit([change(received("HB-2"))])
    with postgres.connect() as connection:
        connection.execute("update phananh_event set tx = tx + 1000000000")
    with PatientStore(postgres.dsn, schema=postgres.name, retry_for=0) as restored:
        with pytest.raises(StoreError, match="restored from a dump"):
            restored.load("HB-1")
        assert (restored.migrate(), [entry.event.case for entry in restored.scan()]) == (
            (),
            ["HB-1", "HB-2"],
        )
        last = restored.scan()[-1].position
        restored.commit([change(received("HB-3"))])
        assert [entry.event.case for entry in restored.scan(last)] == ["HB-3"]


@pytest.mark.parametrize("position", ["1", "1-", "-1", "1-2-3", "x-y", "1-99999999999999999999"])
def test_position_of_another_store_is_refused(store: PostgresStore, position: str) -> None:
    """What no feed of PostgreSQL gave is an InputError."""
    with pytest.raises(InputError):
        store.scan(position)


def test_position_of_a_later_database_is_refused(store: PostgresStore) -> None:
    """A position behind what was ever recorded is an InputError, as after an old backup."""
    with pytest.raises(InputError, match="after the last"):
        store.scan("4611686018427387904-1")
    with pytest.raises(InputError, match="after the last"):
        store.claim("mail", START, START.replace(year=2030), start="4611686018427387904-1")


# What writes no note can write no row from then on.


def test_several_make_the_tables_at_once(postgres: PostgresSchema) -> None:
    """Of four that find no tables one makes them."""
    stores = [PostgresStore(postgres.dsn, schema=postgres.name) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = [*threads.map(lambda store: store.migrate(), stores)]
    assert sorted(done) == [(), (), (), ("3_pre_tables", *STEPS[1:])]
    for store in stores:
        store.close()


def test_status_says_how_far_the_feed_is_behind(
    store: PostgresStore, postgres: PostgresSchema
) -> None:
    """What an open transaction holds back is counted, and how long it has been open."""
    with psycopg.connect(postgres.dsn) as open_one:
        open_one.execute("select pg_current_xact_id()")
        store.commit([change(received("HB-1"))])
        status = read_status(store)
        assert (status.events, status.held_back) == (1, 1)
        assert status.oldest_seconds is not None
        assert status.oldest_seconds >= 0
    assert [*store.find_damage()] == []
