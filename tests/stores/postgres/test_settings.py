"""A PostgreSQL store does the same whatever the server, the role or the environment is set to."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from phananh.errors import StoreError
from phananh.stores.postgres import PostgresStore
from phananh.testing.sample_events import change, received
from tests.servers.schema import PostgresSchema

BOOM = (
    "create function boom() returns boolean stable language plpgsql as "
    "$$ begin raise sqlstate '40001'; end $$",
    "alter table phananh_event rename to hidden",
    "create view phananh_event as select * from hidden where boom()",
)
TRIGGER = (
    "create table app (x integer primary key)",
    "insert into app values (1)",
    "create function act() returns trigger language plpgsql as "
    "$$ begin insert into {0}.app values (1); return new; end $$",
    "create trigger act after insert on phananh_event for each row execute function {0}.act()",
)


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_several_migrate_at_once_under_any_isolation(postgres: PostgresSchema, level: str) -> None:
    """Who waited for another to make the tables sees them, though its snapshot is older."""
    escaped = level.replace(" ", r"\ ")
    dsn = make_conninfo(postgres.dsn, options=f"-c default_transaction_isolation={escaped}")
    stores = [PostgresStore(dsn, schema=postgres.name, retry_for=0) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(PostgresStore.migrate, stores))
    assert sorted(done) == [(), (), (), ("3_pre_tables",)]
    for store in stores:
        store.close()


def test_environment_sets_no_encoding(
    postgres: PostgresSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process with PGCLIENTENCODING records and reads Vietnamese as any other."""
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with PostgresStore(postgres.dsn, schema=postgres.name, retry_for=0) as store:
        store.migrate()
        made = change(received("Phản-ánh-ạ"))
        store.commit([made])
        assert store.load("Phản-ánh-ạ") == made.events


def test_serialization_failure_of_a_read_is_a_store_error(
    store: PostgresStore, postgres: PostgresSchema
) -> None:
    """A read that the server gives up is a StoreError, also in the caller's transaction."""
    with postgres.connect(autocommit=True) as connection:
        for statement in BOOM:
            connection.execute(statement)  # type: ignore[call-overload]
        with pytest.raises(StoreError, match="40001"):
            store.load("HB-1")
        with (
            connection.transaction(),
            PostgresStore.bound(connection) as bound,
            pytest.raises(StoreError, match="40001"),
        ):
            bound.load("HB-1")


@pytest.mark.parametrize("text", ["\ud800", "a\0b"])
def test_text_that_no_database_holds_is_a_store_error(
    store: PostgresStore, postgres: PostgresSchema, text: str
) -> None:
    """Half a surrogate and a NUL end in our error, as what the driver raises is its cause."""
    with pytest.raises(StoreError) as caught:
        store.load(text)
    assert isinstance(caught.value.__cause__, UnicodeError | psycopg.DataError)
    with postgres.connect(autocommit=False) as connection:
        with PostgresStore.bound(connection) as bound, pytest.raises(StoreError):
            bound.find_command(text)
        connection.rollback()
