"""Rows 105, 113 and 137: damaged and foreign files, and a case that is erased."""

import json
from functools import partial
from pathlib import Path
from random import Random

import attrs
import pytest

from phananh import Case, MemoryStore, StoreError
from phananh.errors import CorruptError
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.stores.sql.store import SqlStore
from tests.adversarial.world import World, expect, names_of
from tests.desk import people as p
from tests.stores.files import fill_store
from tests.stores.sql.damaged import alter


def require_sql(world: World) -> SqlStore:
    """Return the store of a world, or skip where nothing can be damaged."""
    if isinstance(world.store, MemoryStore):
        pytest.skip("nothing in memory can be damaged from outside")
    assert isinstance(world.store, SqlStore)
    return world.store


def test_row_105(stored_world: World) -> None:
    """A damaged event is an error of its case; others are read, and a sweep goes on."""
    store, desk = require_sql(stored_world), stored_world.desk
    bad, good = p.with_officer(desk), p.with_officer(desk)
    alter(store, "update phananh_event set body = '{' where case_id = ? and version = 2", bad.id)
    caught = expect(CorruptError, lambda: stored_world.desk.get(bad.id), says=bad.id)
    assert isinstance(caught, CorruptError)
    assert ((caught.case, caught.version), stored_world.desk.get(good.id)) == ((bad.id, 2), good)
    stored_world.wait(100)
    swept = stored_world.desk.sweep()
    assert [event.case for event in swept.lapsed] == [good.id]
    assert [type(error) for error in swept.failed] == [CorruptError]
    assert names_of(stored_world, good) == ["Received", "Escalated", "Lapsed"]


def test_row_113(world: World) -> None:
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
    with SqliteStore(path) as store:
        return sum(len(store.load(row.case)) for row in store.find(Query(limit=1000)).rows)


PERSONAL = ("Người gửi mẫu", "0218 383 1022", "mau@example.vn", p.SAID, "Bí mật một", "Bí mật hai")


def test_row_137(stored_world: World) -> None:
    """After an erasure sender and texts are gone; history, row, digests and statistics stay."""
    case = p.with_officer(stored_world.desk)
    stored_world.desk.note(case.id, text="Bí mật một", by=p.OFFICER, command_id="c-1")
    stored_world.desk.answer(case.id, text="Bí mật hai", by=p.OFFICER)
    counted = [stored_world.desk.count(**asked) for asked in ({}, {"states": ["answered"]})]
    (row,) = stored_world.desk.find().rows
    told = show_everything(stored_world, case)
    assert [one for one in PERSONAL if one not in told] == []
    for _ in range(2):
        stored_world.desk.erase(case.id, by=p.OPERATOR, ground="Hết hạn lưu")
    told = show_everything(stored_world, case)
    assert [one for one in PERSONAL if one in told] == []
    assert names_of(stored_world, case) == [
        "Received", "Escalated", "Noted", "Answered", "PersonalDataErased",
    ]  # fmt: skip
    assert stored_world.desk.find().rows == (attrs.evolve(row, version=5),)
    assert [stored_world.desk.count(**asked) for asked in ({}, {"states": ["answered"]})] == counted
    assert stored_world.store.find_command("c-1") is not None


def show_everything(world: World, case: Case) -> str:
    """Return all that can be read of a case, with what is personal."""
    shown = [world.desk.get(case.id), *world.desk.find().rows]
    shown += [*world.desk.history(case.id), *world.desk.feed().entries]
    return "\n".join(json.dumps(each.as_dict(personal=True), ensure_ascii=False) for each in shown)
