"""Files that are not ours, or damaged: each is reported, and left as they are."""

import os
import pickle
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from phananh.errors import CorruptError, InputError, SchemaError, StoreError
from phananh.stores import MemoryStore, SqliteStore, open_store
from phananh.stores.base import Query
from phananh.stores.sql.dialects.sqlite import MIGRATIONS
from phananh.testing.sample_events import change, completed, escalated, received
from tests.stores.files import alter, digest_file, fill_store, seal

SCHEMA_VERSION = MIGRATIONS[-1].number


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, SCHEMA_VERSION - 1, 99])
def test_other_schema_is_refused_and_left_as_it_is(tmp_path: Path, version: int) -> None:
    """An older or newer schema is a SchemaError with both versions and the way out."""
    path = tmp_path / "cases.db"
    fill_store(path)
    alter(path, "update phananh_schema set version = ?, oldest = ?", version, version)
    before = digest_file(path)
    with pytest.raises(SchemaError, match=r"upgrade phananh|phananh db migrate") as caught:
        SqliteStore(path)
    assert (caught.value.found, caught.value.needed) == (str(version), str(SCHEMA_VERSION))
    assert digest_file(path) == before


def test_foreign_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    """A database of other tables is a SchemaError; no table of ours is made in it."""
    path = tmp_path / "cases.db"
    alter(path, "create table letter (text)")
    before = digest_file(path)
    with pytest.raises(SchemaError, match="do not belong to phananh"):
        SqliteStore(path)
    assert digest_file(path) == before
    assert sorted(os.listdir(tmp_path)) == ["cases.db"]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no database",
        b"x",
        pytest.param(random.Random(2370).randbytes(8192), id="chance"),
    ],
)
def test_other_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    """A file that is no database is a StoreError with the path; its bytes are kept."""
    path = tmp_path / "cases.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not an SQLite database") as caught:
        SqliteStore(path)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_truncated_file_is_never_made_anew(tmp_path: Path, part: float) -> None:
    """Of a file that was cut, opening or reading is a StoreError; no byte of it is changed."""
    path = tmp_path / "cases.db"
    fill_store(path, cases=200)
    whole = path.read_bytes()
    rest = whole[: int(len(whole) * part)]
    path.write_bytes(rest)
    with pytest.raises(StoreError, match=r"damaged|no SQLite database|empty"):
        read_everything(path)
    assert path.read_bytes() == rest


def read_everything(path: Path) -> None:
    """Open the store and read all of it."""
    store = SqliteStore(path)
    try:
        for row in store.find(Query(limit=1000)).rows:
            store.load(row.case)
        store.scan(limit=1000)
    finally:
        store.close()


def test_empty_file_is_a_new_store(tmp_path: Path) -> None:
    """An empty file, as mkstemp makes it, becomes a store."""
    path = tmp_path / "cases.db"
    path.touch()
    fill_store(path)
    assert path.stat().st_size > 0


def test_empty_file_beside_a_log_is_refused(tmp_path: Path) -> None:
    """An empty file whose log is not empty is no new store: the log may hold acts."""
    path = tmp_path / "cases.db"
    path.touch()
    log = tmp_path / "cases.db-wal"
    log.write_bytes(b"acknowledged acts")
    with pytest.raises(StoreError, match="its log is not"):
        SqliteStore(path)
    assert log.read_bytes() == b"acknowledged acts"


def test_missing_folder_is_not_made(tmp_path: Path) -> None:
    """A path in a folder that is missing is a StoreError that names it; nothing is made."""
    with pytest.raises(StoreError, match="folder is missing"):
        SqliteStore(tmp_path / "missing" / "cases.db")
    assert list(tmp_path.iterdir()) == []


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A path that is a folder is a StoreError; nothing is made in it or beside it."""
    folder = tmp_path / "cases.db"
    folder.mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        SqliteStore(folder)
    assert [*tmp_path.iterdir(), *folder.iterdir()] == [folder]


@pytest.mark.parametrize("path", ["", ":memory:", "a\0b"])
def test_no_path_is_refused(path: str) -> None:
    """What names no file is an InputError that names the store in memory."""
    with pytest.raises(InputError, match="MemoryStore"):
        SqliteStore(path)


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("body = substr(body, 1, 40)", "line 1 column"),
        ("body = '[]'", "no JSON object"),
        ("body = replace(body, '\"v\":1', '\"v\":2')", "format 2, this version reads 1"),
        ("body = replace(body, '\"v\":1', '\"v\":true')", "format True"),
        ("body = replace(body, '\"rules\"', '\"rulez\"')", "unknown keys"),
        ("body = replace(body, '\"rules\":\"2370/2019\",', '')", "missing keys"),
        ("body = replace(body, '\"received\"', '\"lost\"')", "lost"),
        ("type = 'Teleported'", "unknown event type"),
    ],
)
def test_corrupt_event_is_reported_and_not_skipped(
    tmp_path: Path, damage: str, problem: str
) -> None:
    """What cannot be read is a CorruptError with case and version; other cases are read."""
    path = tmp_path / "cases.db"
    fill_store(path)
    store = SqliteStore(path)
    whole = store.scan()
    statement = f"update phananh_event set {damage} where case_id = 'HB-1'"  # noqa: S608  # ours
    alter(path, statement)
    with pytest.raises(CorruptError, match=r"HB-1, version 1: .*differs from what was written"):
        store.load("HB-1")
    seal(path)
    with pytest.raises(CorruptError, match="HB-1, version 1") as caught:
        store.load("HB-1")
    assert problem in caught.value.problem
    assert (caught.value.case, caught.value.version) == ("HB-1", 1)
    assert len(store.load("HB-2")) == 1
    before = store.scan()
    with pytest.raises(CorruptError, match="HB-1, version 1") as caught:
        store.scan(before[-1].position if before else None)
    behind = store.scan(caught.value.facts["position"])
    assert [*before, *behind] == [entry for entry in whole if entry.event.case != "HB-1"]
    store.close()


def test_hole_in_a_history_is_corrupt(tmp_path: Path) -> None:
    """A version that is missing in the middle or at the start is a CorruptError that names it."""
    path = tmp_path / "cases.db"
    store = SqliteStore(path)
    store.commit([change(received("HB-1"), escalated("HB-1", 2), completed("HB-1", 3))])
    alter(path, "delete from phananh_event where version = 2")
    with pytest.raises(CorruptError, match="HB-1, version 2"):
        store.load("HB-1")
    store.close()


def test_personal_text_is_in_no_error(tmp_path: Path) -> None:
    """When the personal text itself is damaged, the error names the event and shows no text."""
    path = tmp_path / "cases.db"
    fill_store(path)
    store = SqliteStore(path)
    alter(path, "update phananh_personal set data = substr(data, 1, 60)")
    with pytest.raises(CorruptError) as caught:
        store.load("HB-1")
    assert "Bí Mật" not in repr(caught.value) + str(caught.value) + repr(caught.value.__cause__)
    assert "Bí Mật".encode() not in pickle.dumps(caught.value.__cause__)
    store.close()


@pytest.mark.parametrize("address", [None, 5, b"cases.db", MemoryStore()])
def test_what_is_no_address(address: object) -> None:
    """Nothing, a number, bytes and a store are no address of one."""
    for opened in (open_store, SqliteStore):
        with pytest.raises(
            InputError, match=r"(path|store): .* is not (a path|an address)"
        ) as caught:
            opened(address)  # type: ignore[operator]  # wrong on purpose
        assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(
    "given", [{"timeout": "5"}, {"timeout": -1}, {"timeout": float("nan")}, {"synchronous": None}]
)
def test_what_no_store_can_be_opened_with(tmp_path: Path, given: dict[str, object]) -> None:
    """Seconds that are none and a level that is none are named, and no file is made."""
    with pytest.raises(InputError) as caught:
        SqliteStore(tmp_path / "a.db", **given)  # type: ignore[arg-type]  # wrong on purpose
    assert [caught.value.field] == [*given]
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif("coverage" in sys.modules, reason="what measures loads it")
def test_package_loads_no_sqlite() -> None:
    """Importing the package and its stores does not load sqlite3: not everybody needs it."""
    code = "import sys, phananh, phananh.stores; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_with_closes_a_store(tmp_path: Path) -> None:
    """A store is closed at the end of its `with` block, after an error too; acts stay recorded."""
    path = tmp_path / "cases.db"
    with suppress(ZeroDivisionError), open_store(path) as store:
        store.commit([change(received("HB-1"))])
        raise ZeroDivisionError
    with pytest.raises(StoreError, match="closed"):
        store.load("HB-1")
    with open_store(str(path)) as again, open_store("memory:") as memory:
        assert again.load("HB-1") == (received("HB-1"),)
        assert memory.load("HB-1") == ()


@pytest.mark.parametrize("new", ["none", "another"])
def test_nothing_is_recorded_in_a_file_that_was_deleted(tmp_path: Path, new: str) -> None:
    """A file that its name no longer leads to takes no act: the act would go with it."""
    path = tmp_path / "cases.db"
    store = SqliteStore(path)
    store.commit([change(received("HB-1"))])
    for each in tmp_path.iterdir():
        each.unlink()
    if new == "another":
        fill_store(path)
    with pytest.raises(StoreError) as caught:
        store.commit([change(received("HB-9"))])
    assert caught.value.code == "file_replaced"
    store.close()
