"""Rows 108 to 111 and 114: disks that are full, read-only or locked, and processes that die.
Rows 105 to 107, 112, 113 and 137: damaged and foreign files, and a case that is erased."""

import json
import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connections
from sqlalchemy import Engine, NullPool, create_engine

from phananh import Case, Desk, MemoryStore, StoreError
from phananh.errors import CorruptError, SchemaError
from phananh.stores import SqliteStore
from phananh.stores.base import Query, Store
from phananh.stores.django import DjangoStore
from phananh.stores.postgres import PostgresStore
from phananh.stores.sql.rows import checksum
from phananh.stores.sql.store import SqlStore
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.faulty_store import FaultPlan
from phananh.testing.sample_events import change, received
from tests.adversarial.meeting import at_once
from tests.adversarial.world import World, expect, names_of
from tests.desk import people as p
from tests.faults import failing
from tests.faults.failing import When
from tests.faults.places import Place
from tests.faults.whole import Acknowledged, check_whole
from tests.stores.django import databases
from tests.stores.files import alter as alter_file
from tests.stores.files import digest_file, fill_store
from tests.stores.sql.damaged import alter
from tests.stores.sqlalchemy.engines import begin_immediate
from tests.stores.sqlite.test_files import make_read_only_store, run_as_nobody

FULL = {
    "sqlite": failing.fail_in_sqlite,
    "postgres": failing.refuse_in_postgres,
    "mariadb": failing.fail_in_mariadb,
}
LOST = {**FULL, "postgres": failing.fail_in_postgres}


def find_engine(place: Place) -> str:
    """Return the name of the engine that a place is of."""
    names = f"{place.engine} {place.address}".replace("mysql", "mariadb")
    return next(name for name in FULL if name in names)


def make_full_error() -> Exception:
    """Return what SQLite raises when the disk is full."""
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def test_row_108(placed_world: World) -> None:
    """With a full disk at any statement the act is absent, and the same command id does it.

    MariaDB loses the connection instead, as its driver has no such error to give.
    """
    assert placed_world.place is not None
    engine = find_engine(placed_world.place)
    with FULL[engine](placed_world.patch) as failure, placed_world.place.open() as store:
        if engine == "sqlite":
            failure.make_error = lambda *_: make_full_error()
        desk = placed_world.desk_on(store)
        calls = next(n for n in count(1) if not fill_disk_at(desk, failure, n))
        assert calls > 3, "hardly a statement failed"
        check_whole(store)


def fill_disk_at(desk: Desk, failure: FaultPlan, call: int) -> bool:
    """Note something while the n-th statement fails, then again; return whether it failed."""
    case, command = p.with_officer(desk), f"c{call}"
    note = partial(desk.note, case.id, text="một", by=p.OFFICER, command_id=command)
    failure.arm(call, "before")
    told = None
    try:
        note()
    except StoreError as error:
        told = str(error)
    has_fired = failure.disarm()
    is_there = desk.get(case.id).version == 3
    assert is_there == (told is None), "a failure was not told, or an act that is there was one"
    assert told is None or "the disk is full" in told or "broke the connection" in told
    assert is_there == (desk.store.find_command(command) is not None)
    assert note().version == 3
    return has_fired


def test_row_109(world: World) -> None:
    """What is read-only is read, and recording is an error that names the path."""
    for mode in (0o777, 0o555):
        with make_read_only_store(folder_mode=mode) as path:
            run_as_nobody(partial(read_and_record, world, path))


def read_and_record(world: World, path: Path) -> None:
    """Check that a store is read, and that recording names its path."""
    world.store = SqliteStore(path)
    assert len(world.read_all()[1]) == 3  # type: ignore[arg-type]  # histories
    new = [change(received("HB-9"))]
    caught = world.fail(StoreError, lambda: world.store.commit(new), says=str(path))
    assert type(caught) is StoreError
    world.store.close()


def test_row_110(stored_world: World) -> None:
    """While another process writes, an act waits its time and then is busy, and no conflict."""
    if "external_transaction" not in stored_world.store.capabilities:
        pytest.skip("nobody else can lock it")
    case = p.with_officer(stored_world.desk)
    desk = stored_world.desk_on(open_impatient(stored_world.store))
    note = partial(desk.note, case.id, text="một", by=p.OFFICER, command_id="c")
    with stored_world.transact() as bound:
        stored_world.desk_on(bound).note(case.id, text="hai", by=p.OFFICER)
        assert at_once(note) == ["StoreError"]
    assert note().version == 4


def open_impatient(store: Store) -> Store:
    """Return another handle on what a store is in, which waits little for its turn."""
    if isinstance(store, SqliteStore):
        return SqliteStore(store.path, timeout=0.2)
    if isinstance(store, PostgresStore):
        schema = store.dialect._schema
        return PostgresStore(store._dsn, schema=schema, timeout=0.2, retry_for=0)
    if isinstance(store, SqlalchemyStore):
        return SqlalchemyStore(find_impatient(store.engine), timeout=0.2)
    assert isinstance(store, DjangoStore)
    alias = store.using
    if connections[alias].vendor == "sqlite":
        alias = databases.add_sqlite(connections[alias].settings_dict["NAME"], timeout=0.2)
    return DjangoStore(alias, timeout=0.2)


def find_impatient(engine: Engine) -> Engine:
    """Return an engine of the same database: on SQLite it is the driver that waits."""
    if engine.dialect.name != "sqlite":
        return engine
    return begin_immediate(
        create_engine(engine.url, connect_args={"timeout": 0.2}, poolclass=NullPool)
    )


def test_row_111(world: World) -> None:
    """A link and its file share one lock, and a lock file is never written through a link."""
    real, link = world.folder / "real" / "cases.db", world.folder / "link.db"
    real.parent.mkdir()
    link.symlink_to(real)
    SqliteStore(real).close()
    with SqliteStore(link) as one, SqliteStore(real) as two:
        one.commit([change(received("HB-1"))])
        two.commit([change(received("HB-2"))])
        assert one.load("HB-2") == two.load("HB-2") != ()
        assert sorted(os.listdir(world.folder)) == ["link.db", "real"]
    target = world.folder / "target"
    (world.folder / "cases.db-lock").symlink_to(target)
    expect(StoreError, lambda: SqliteStore(world.folder / "cases.db"))
    assert not target.exists()


def test_row_114(placed_world: World) -> None:
    """Killed at any statement: what was acknowledged is there, the rest is whole or absent."""
    assert placed_world.place is not None
    for when in ("before", "after"):
        calls = next(n for n in count(1) if not kill_at(placed_world, n, when))  # type: ignore[arg-type]
        assert calls > 5, "hardly a statement was one to die at"


def kill_at(world: World, call: int, when: When) -> bool:
    """Let a child note twice and die at its n-th statement; return whether it died."""
    assert world.place is not None
    with world.place.open() as store:
        case = p.with_officer(world.desk_on(store))
    heard, say = os.pipe()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(120)  # a child that hangs ends, and is seen
        run_and_exit(lambda: note_and_die(world, case, call, when, say))
    os.close(say)
    with open(heard, "rb") as lines:
        told = [Acknowledged.read(line.decode()) for line in lines]
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    with world.place.open() as store:
        history = check_whole(store, acknowledged=told)[case.id]
        recorded = [store.find_command(f"{case.id}-{n}") for n in (1, 2)]
    assert len(history) == 2 + sum(each is not None for each in recorded), "half an act is there"
    assert status or len(told) == 2
    return bool(status)


def run_and_exit(act: Callable[[], None]) -> None:
    """Do something in a child that must not go on as pytest."""
    code = 1
    try:
        act()
        code = 0
    except BaseException:  # noqa: BLE001  # a child of a fork must not go on as pytest
        traceback.print_exc()
    finally:
        os._exit(code)


def note_and_die(world: World, case: Case, call: int, when: When, say: int) -> None:
    """Note twice, say what was acknowledged, and die at the n-th statement."""
    assert world.place is not None
    with LOST[find_engine(world.place)](world.patch) as failure:
        failure.make_error = lambda *_: die()
        store = world.place.open()
        desk = world.desk_on(store)
        failure.arm(call, when)
        for n in (1, 2):
            command = f"{case.id}-{n}"
            noted = desk.note(case.id, text="một", by=p.OFFICER, command_id=command)
            os.write(say, f"{command} {case.id} {noted.version}\n".encode())
        failure.disarm()
        store.close()


def die() -> Any:
    """End this process as if the power had failed."""
    os.kill(os.getpid(), signal.SIGKILL)


def require_sql(world: World) -> SqlStore:
    """Return the store of a world, or skip where nothing can be damaged."""
    if isinstance(world.store, MemoryStore):
        pytest.skip("nothing in memory can be damaged from outside")
    assert isinstance(world.store, SqlStore)
    return world.store


def test_row_105(stored_world: World) -> None:
    """A damaged event is an error of its case; others are read, and a sweep goes on."""
    store, bad, good = require_sql(stored_world), *two_cases(stored_world)
    alter(store, "update phananh_event set body = '{' where case_id = ? and version = 2", bad.id)
    caught = expect(CorruptError, lambda: stored_world.desk.get(bad.id), says=bad.id)
    assert isinstance(caught, CorruptError)
    assert (caught.case, caught.version) == (bad.id, 2)
    assert stored_world.desk.get(good.id) == good
    stored_world.wait(100)
    swept = stored_world.desk.sweep()
    assert [event.case for event in swept.lapsed] == [good.id]
    assert [type(error) for error in swept.failed] == [CorruptError]
    assert names_of(stored_world, good) == ["Received", "Escalated", "Lapsed"]


def two_cases(world: World) -> tuple[Case, Case]:
    """Return two cases that lie with an officer."""
    return p.with_officer(world.desk), p.with_officer(world.desk)


def test_row_106(stored_world: World) -> None:
    """An event of a type that nobody knows is not skipped, and nothing is appended behind it."""
    store, bad, good = require_sql(stored_world), *two_cases(stored_world)
    columns = "case_id, version, type, at, body"
    at = "where case_id = ? and version = 2"
    alter(store, f"update phananh_event set type = 'Teleported' {at}", bad.id)  # noqa: S608
    said = store.dialect.say(f"select {columns} from phananh_event {at}")  # noqa: S608  # ours
    (values,) = store._select("finding", said, (bad.id,))
    alter(store, f"update phananh_event set crc = ? {at}", checksum(*values), bad.id)  # noqa: S608
    for act in (
        lambda: stored_world.desk.get(bad.id),
        lambda: stored_world.desk.answer(bad.id, text="xong", by=p.OFFICER),
    ):
        expect(CorruptError, act, says="unknown event type 'Teleported'")
    ((events,),) = store._select(
        "finding",
        store.dialect.say("select count(*) from phananh_event where case_id = ?"),
        (bad.id,),
    )
    assert events == 2
    assert stored_world.desk.get(good.id) == good


OTHER = {
    "older": ("update phananh_schema set version = version - 1", "phananh db migrate"),
    "newer": ("update phananh_schema set version = 99, oldest = 99", "upgrade phananh"),
    "foreign": ("create table letter (text)", "do not belong to phananh"),
}


def test_row_107(world: World) -> None:
    """An older, newer or foreign schema is refused with the way out, and the file is left."""
    for name, (statement, says) in OTHER.items():
        path = world.folder / f"{name}.db"
        if name != "foreign":
            fill_store(path)
        alter_file(path, statement)
        before = digest_file(path)
        expect(SchemaError, partial(SqliteStore, path), says=says)
        assert digest_file(path) == before


def test_row_112(world: World) -> None:
    """A folder that is missing, and a path that is a folder, are errors; nothing is made."""
    missing = world.folder / "missing" / "cases.db"
    expect(StoreError, lambda: SqliteStore(missing), says="folder is missing")
    expect(StoreError, lambda: SqliteStore(world.folder), says=str(world.folder))
    assert os.listdir(world.folder) == []


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
        rows = store.find(Query(limit=1000)).rows
        return sum(len(store.load(row.case)) for row in rows)


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
        stored_world.desk.erase(case.id)
    told = show_everything(stored_world, case)
    assert [one for one in PERSONAL if one in told] == []
    assert names_of(stored_world, case) == ["Received", "Escalated", "Noted", "Answered"]
    assert stored_world.desk.find().rows == (row,)
    assert [stored_world.desk.count(**asked) for asked in ({}, {"states": ["answered"]})] == counted
    assert stored_world.store.find_command("c-1") is not None


def show_everything(world: World, case: Case) -> str:
    """Return all that can be read of a case, with what is personal."""
    shown = [world.desk.get(case.id), *world.desk.find().rows]
    shown += [*world.desk.history(case.id), *world.desk.feed().entries]
    return "\n".join(json.dumps(each.as_dict(personal=True), ensure_ascii=False) for each in shown)
