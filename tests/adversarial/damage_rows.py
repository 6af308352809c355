"""Rows 105 to 107, 112, 113 and 137: damaged and foreign files, and a case that is erased."""

import json
import os
from functools import partial
from pathlib import Path
from random import Random

import pytest

from phananh import Case, MemoryStore, StoreError
from phananh.errors import CorruptError, SchemaError
from phananh.stores import SqliteStore
from phananh.stores.base import Query, Store
from phananh.stores.sql.dialects.sqlite.tables import MIGRATIONS
from phananh.stores.sql.rows import checksum
from phananh.stores.sql.store import SqlStore
from tests.adversarial import broken
from tests.adversarial.rows import row
from tests.adversarial.world import World, expect, names_of
from tests.desk import people as p
from tests.stores.files import alter as alter_file
from tests.stores.files import digest_file, fill_store
from tests.stores.sql.damaged import alter

SKIPS = broken.on_file(broken.SkipsDamage, "damage is an error")


def require_sql(world: World) -> SqlStore:
    """Return the store of a world, or skip where nothing can be damaged."""
    if isinstance(world.store, MemoryStore):
        pytest.skip("nothing in memory can be damaged from outside")
    assert isinstance(world.store, SqlStore)
    return world.store


@row(SKIPS, place="stores")
def row_105(world: World) -> None:
    """A damaged event is an error of its case; others are read, and a sweep goes on."""
    store, bad, good = require_sql(world), *two_cases(world)
    alter(store, "update phananh_event set body = '{' where case_id = ? and version = 2", bad.id)
    caught = expect(CorruptError, lambda: world.desk.get(bad.id), says=bad.id)
    assert isinstance(caught, CorruptError)
    assert (caught.case, caught.version) == (bad.id, 2)
    assert world.desk.get(good.id) == good
    world.wait(100)
    swept = world.desk.sweep()
    assert [event.case for event in swept.lapsed] == [good.id]
    assert [type(error) for error in swept.failed] == [CorruptError]
    assert names_of(world, good) == ["Received", "Escalated", "Lapsed"]


def two_cases(world: World) -> tuple[Case, Case]:
    """Return two cases that lie with an officer."""
    return p.with_officer(world.desk), p.with_officer(world.desk)


@row(SKIPS, place="stores")
def row_106(world: World) -> None:
    """An event of a type that nobody knows is not skipped, and nothing is appended behind it."""
    store, bad, good = require_sql(world), *two_cases(world)
    columns = "case_id, version, type, at, body"
    at = "where case_id = ? and version = 2"
    alter(store, f"update phananh_event set type = 'Teleported' {at}", bad.id)  # noqa: S608
    said = store.dialect.say(f"select {columns} from phananh_event {at}")  # noqa: S608  # ours
    (values,) = store._select("finding", said, (bad.id,))
    alter(store, f"update phananh_event set crc = ? {at}", checksum(*values), bad.id)  # noqa: S608
    for act in (
        lambda: world.desk.get(bad.id),
        lambda: world.desk.answer(bad.id, text="xong", by=p.OFFICER),
    ):
        expect(CorruptError, act, says="unknown event type 'Teleported'")
    ((events,),) = store._select(
        "finding",
        store.dialect.say("select count(*) from phananh_event where case_id = ?"),
        (bad.id,),
    )
    assert events == 2
    assert world.desk.get(good.id) == good


OTHER = {
    "older": ("update phananh_schema set version = version - 1", "phananh db migrate"),
    "newer": ("update phananh_schema set version = 99, oldest = 99", "upgrade phananh"),
    "foreign": ("create table letter (text)", "do not belong to phananh"),
}


def take_any_schema(path: Path) -> Store:
    """Open a file as if its schema were ours."""
    ours = MIGRATIONS[-1].number
    alter_file(path, "update phananh_schema set version = ?, oldest = ?", ours, ours)
    return SqliteStore(path)


@row(broken.opened(take_any_schema, "the schema of a file is looked at"))
def row_107(world: World) -> None:
    """An older, newer or foreign schema is refused with the way out, and the file is left."""
    for name, (statement, says) in OTHER.items():
        path = world.folder / f"{name}.db"
        if name != "foreign":
            fill_store(path)
        alter_file(path, statement)
        before = digest_file(path)
        expect(SchemaError, partial(world.open_file, path), says=says)
        assert digest_file(path) == before


def make_folders(path: Path) -> Store:
    """Open a file wherever it is to be."""
    path.parent.mkdir(exist_ok=True)
    return SqliteStore(path)


@row(broken.opened(make_folders, "no folder is made"))
def row_112(world: World) -> None:
    """A folder that is missing, and a path that is a folder, are errors; nothing is made."""
    missing = world.folder / "missing" / "cases.db"
    expect(StoreError, lambda: world.open_file(missing), says="folder is missing")
    expect(StoreError, lambda: world.open_file(world.folder), says=str(world.folder))
    assert os.listdir(world.folder) == []


def make_anew(path: Path) -> Store:
    """Open a file, and where it cannot be read make it anew."""
    try:
        return SqliteStore(path)
    except StoreError:
        path.unlink()
        path.with_name(f"{path.name}-lock").unlink(missing_ok=True)
        return SqliteStore(path)


@row(broken.opened(make_anew, "a file that cannot be read is left as it is"))
def row_113(world: World) -> None:
    """A file that was cut or is something else is an error, and its bytes are kept."""
    whole = world.folder / "whole.db"
    fill_store(whole, cases=200)
    data = whole.read_bytes()
    spoilt = (data[: len(data) // 50], data[: len(data) * 2 // 3], Random(2370).randbytes(8192))
    for n, rest in enumerate(spoilt):
        path = world.folder / f"spoilt-{n}.db"
        path.write_bytes(rest)
        expect(StoreError, partial(read_everything, world, path), says=str(path))
        assert path.read_bytes() == rest


def read_everything(world: World, path: Path) -> int:
    """Open a file and read all of it."""
    with world.open_file(path) as store:
        rows = store.find(Query(limit=1000)).rows
        return sum(len(store.load(row.case)) for row in rows)


PERSONAL = ("Người gửi mẫu", "0218 383 1022", "mau@example.vn", p.SAID, "Bí mật một", "Bí mật hai")


@row(broken.on(broken.SparesTexts, "every text of a case is erased"), place="stores")
def row_137(world: World) -> None:
    """After an erasure sender and texts are gone; history, row, digests and statistics stay."""
    case = p.with_officer(world.desk)
    world.desk.note(case.id, text="Bí mật một", by=p.OFFICER, command_id="c-1")
    world.desk.answer(case.id, text="Bí mật hai", by=p.OFFICER)
    counted = [world.desk.count(**asked) for asked in ({}, {"states": ["answered"]})]
    (row,) = world.desk.find().rows
    told = show_everything(world, case)
    assert [one for one in PERSONAL if one not in told] == []
    for _ in range(2):
        world.desk.erase(case.id)
    told = show_everything(world, case)
    assert [one for one in PERSONAL if one in told] == []
    assert names_of(world, case) == ["Received", "Escalated", "Noted", "Answered"]
    assert world.desk.find().rows == (row,)
    assert [world.desk.count(**asked) for asked in ({}, {"states": ["answered"]})] == counted
    assert world.store.find_command("c-1") is not None


def show_everything(world: World, case: Case) -> str:
    """Return all that can be read of a case, with what is personal."""
    shown = [world.desk.get(case.id), *world.desk.find().rows]
    shown += [*world.desk.history(case.id), *world.desk.feed().entries]
    return "\n".join(json.dumps(each.as_dict(personal=True), ensure_ascii=False) for each in shown)
