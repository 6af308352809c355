"""Rows are written anew from the histories, and histories are never changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from phananh.errors import CorruptError
from phananh.stores import SqliteStore
from phananh.stores.base import Query, Store
from phananh.stores.sql.repair import is_of_row, repair_indexes, repair_row
from phananh.stores.sql.store import SqlStore
from phananh.testing.sample_events import START, change, completed, deadline, escalated, received
from tests.stores.sql.damaged import alter, forge_row

REPAIRED = {
    "row lost": "delete from phananh_case where case_id = 'HB-1'",
    "row damaged": "update phananh_case set late = 1, state = 'x' where case_id = 'HB-1'",
    "row behind": "update phananh_case set version = 1 where case_id = 'HB-1'",
    "row damaged, and ahead": "update phananh_case set version = 9 where case_id = 'HB-1'",
}
LEFT = {
    "last event lost": "delete from phananh_event where case_id = 'HB-1' and version = 2",
    "all events lost": "delete from phananh_event where case_id = 'HB-1'",
    "event damaged": "update phananh_event set body = '{}' where case_id = 'HB-1'",
}


@pytest.fixture
def store(every_store: Store) -> SqlStore:
    """Give each store over SQL in turn, with two cases."""
    if not isinstance(every_store, SqlStore):
        pytest.skip("keeps no tables")
    every_store.commit([change(received("HB-1"), escalated("HB-1", 2, clock=deadline()))])
    every_store.commit([change(received("HB-2"))])
    return every_store


@pytest.mark.parametrize("what", REPAIRED)
def test_row_is_written_anew(store: SqlStore, what: str) -> None:
    """After a repair the row is what it was, and an act goes on from it."""
    before, history = store.find(Query()), store.load("HB-1")
    alter(store, REPAIRED[what])
    (error,) = [each for each in store.find_damage() if is_of_row(each)]
    assert isinstance(error, CorruptError)
    repair_row(store, error.case)
    assert store.find(Query()) == before
    assert [*store.find_damage()] == []
    assert store.load("HB-1") == history
    store.commit([change(completed("HB-1", 3), after=history)])


def test_row_of_another_history_is_written_anew(store: SqlStore) -> None:
    """A row whose checksum is right, and that says something else, is repaired too."""
    before = store.find(Query())
    forge_row(store, "HB-1", unit="MC-9", received_at="2018-01-01T00:00:00.000000Z")
    assert store.find(Query()) != before
    repair_row(store, "HB-1")
    assert store.find(Query()) == before


@pytest.mark.parametrize("what", LEFT)
def test_history_that_is_damaged_is_left(store: SqlStore, what: str) -> None:
    """Where an event is lost or damaged nothing is written, and the case stays named."""
    alter(store, LEFT[what])
    rows = store._select("finding", store.dialect.sql.row, ("HB-1",))
    with pytest.raises(CorruptError):
        repair_row(store, "HB-1")
    assert store._select("finding", store.dialect.sql.row, ("HB-1",)) == rows
    assert "HB-1" in {each.case for each in store.find_damage() if isinstance(each, CorruptError)}


def test_erased_case_is_repaired(store: SqlStore) -> None:
    """A row is written anew although what is personal is gone."""
    store.erase("HB-1", at=START)
    alter(store, REPAIRED["row lost"])
    repair_row(store, "HB-1")
    assert [*store.find_damage()] == []


def test_index_that_lost_entries_is_built_anew(tmp_path: Path) -> None:
    """An index of SQLite that lacks rows of its table is built anew, and no other is."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as store:
        store.commit([change(received(f"HB-{i}")) for i in range(5)])
        assert repair_indexes(store) == ()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # An index that holds less than its definition says, as after a lost write.
        connection.execute("drop index phananh_case_state")
        connection.execute("pragma writable_schema = on")
        connection.execute(
            "create index phananh_case_state on phananh_case (state, received_at, case_id) "
            "where case_id <> 'HB-3'"
        )
        connection.execute(
            "update sqlite_master set sql = replace(sql, ' where case_id <> ''HB-3''', '') "
            "where name = 'phananh_case_state'"
        )
    with SqliteStore(path) as store:
        assert len(store.find(Query(states=["received"])).rows) == 4
        assert [error.code for error in store.find_damage()][:1] == ["damaged_file"]
        assert repair_indexes(store) == ("phananh_case_state",)
        assert [*store.find_damage()] == []
        assert len(store.find(Query(states=["received"])).rows) == 5


def test_index_of_a_table_that_lost_rows_is_left(tmp_path: Path) -> None:
    """Where the table has lost what an index still names, nothing is built anew."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as store:
        store.commit([change(received(f"HB-{i}")) for i in range(5)])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma writable_schema = on")
        (kept,) = connection.execute(
            "select sql from sqlite_master where name = 'phananh_event'"
        ).fetchone()
        assert "unique (case_id, version)" in kept
        connection.execute("create table other as select * from phananh_event where position > 1")
        root = connection.execute(
            "select rootpage from sqlite_master where name = 'other'"
        ).fetchone()[0]
        connection.execute(
            "update sqlite_master set rootpage = ? where name = 'phananh_event'", (root,)
        )
        connection.execute("delete from sqlite_master where name = 'other'")
    with SqliteStore(path) as store:
        assert repair_indexes(store) == ()
        assert [*store.find_damage()] != []
