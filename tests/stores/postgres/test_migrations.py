"""Steps to come on PostgreSQL: by several at once, and with old and new code side by side."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import psycopg
import pytest

from phananh.errors import SchemaError, StoreError
from phananh.stores.base import Query
from phananh.stores.postgres import PostgresStore
from phananh.stores.sql.dialect import Migration
from phananh.stores.sql.dialects.postgres import MIGRATIONS, PostgresDialect
from phananh.stores.sql.status import read_schema, read_status
from phananh.testing.sample_events import change, received
from tests.servers.schema import PostgresSchema

NOTES = Migration(
    4, "pre", 3, "notes", ("alter table phananh_case add column note text not null default ''",)
)
# What writes no note can write no row from then on.
NO_DEFAULT = Migration(
    5, "post", 4, "no_default", ("alter table phananh_case alter column note drop default",)
)
BROKEN = Migration(4, "pre", 3, "broken", (*NOTES.statements, "drop index phananh_nothing"))


class FutureDialect(PostgresDialect):
    """PostgreSQL with a step that adds what new code needs, and one that takes away."""

    migrations: ClassVar[tuple[Migration, ...]] = (*MIGRATIONS, NOTES, NO_DEFAULT)


class BrokenDialect(PostgresDialect):
    """PostgreSQL with a step that fails in its middle."""

    migrations: ClassVar[tuple[Migration, ...]] = (*MIGRATIONS, BROKEN)


def open_future(
    schema: PostgresSchema, *, checked: bool, kind: type[PostgresDialect] = FutureDialect
) -> PostgresStore:
    """Return a store of a later version of the code."""
    store = PostgresStore(schema.dsn, schema=schema.name, retry_for=0, check_schema=checked)
    store.dialect = kind(schema=schema.name)
    return store


@pytest.fixture
def new(store: PostgresStore, postgres: PostgresSchema) -> Iterator[PostgresStore]:
    """Give a store of a later version over tables of this one."""
    assert store.scan() == ()
    with open_future(postgres, checked=False) as future:
        yield future


def test_old_and_new_code_run_side_by_side_between_pre_and_post(
    store: PostgresStore, new: PostgresStore, postgres: PostgresSchema
) -> None:
    """After "pre" both record in one schema; "post" ends that for the old one."""
    with (
        open_future(postgres, checked=True) as early,
        pytest.raises(SchemaError, match="schema 3, needed 4"),
    ):
        early.scan()
    assert new.migrate("pre") == ("4_pre_notes",)
    store.commit([change(received("HB-1"))])
    new.commit([change(received("HB-2"))])
    assert store.count(Query()) == new.count(Query()) == 2
    with PostgresStore(postgres.dsn, schema=postgres.name) as old:
        assert old.load("HB-2") == new.load("HB-2") == (received("HB-2"),)
    assert new.migrate("post") == ("5_post_no_default",)
    with (
        PostgresStore(postgres.dsn, schema=postgres.name) as old,
        pytest.raises(SchemaError, match=r"schema 5, needed 3: .* newer phananh"),
    ):
        old.scan()


def test_several_migrate_at_once(new: PostgresStore, postgres: PostgresSchema) -> None:
    """Of four that migrate at once each step is done by one."""
    others = [open_future(postgres, checked=False) for _ in range(3)]
    with ThreadPoolExecutor(4) as threads:
        done = [*threads.map(lambda store: store.migrate(), (new, *others))]
    assert sorted(done) == [(), (), (), ("4_pre_notes", "5_post_no_default")]
    for other in others:
        other.close()


def test_several_make_the_tables_at_once(postgres: PostgresSchema) -> None:
    """Of four that find no tables one makes them."""
    stores = [PostgresStore(postgres.dsn, schema=postgres.name) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = [*threads.map(lambda store: store.migrate(), stores)]
    assert sorted(done) == [(), (), (), ("3_pre_tables",)]
    for store in stores:
        store.close()


def test_step_that_fails_in_its_middle_leaves_nothing(
    store: PostgresStore, postgres: PostgresSchema
) -> None:
    """What a step did before it failed is undone, and the schema is the one before."""
    store.commit([change(received("HB-1"))])
    with open_future(postgres, checked=False, kind=BrokenDialect) as broken:
        with pytest.raises(StoreError):
            broken.migrate()
        assert read_schema(broken).version == 3
    with open_future(postgres, checked=False) as new:
        assert new.migrate("pre") == ("4_pre_notes",)
        assert new.load("HB-1") == (received("HB-1"),)


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
