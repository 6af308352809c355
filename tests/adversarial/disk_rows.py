"""Rows 108 to 111 and 114: disks that are full, read-only or locked, and processes that die."""

import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from sqlalchemy import Engine, NullPool, create_engine

from phananh import Case, Desk, StoreError
from phananh.stores import SqliteStore
from phananh.stores.base import Store
from phananh.stores.django import DjangoStore
from phananh.stores.postgres import PostgresStore
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.stores.sqlite import lockfile
from phananh.stores.sqlite import store as sqlite_store
from phananh.testing.faulty_store import FaultPlan
from phananh.testing.sample_events import change, received
from tests.adversarial import broken
from tests.adversarial.meeting import at_once
from tests.adversarial.rows import row
from tests.adversarial.world import World, expect
from tests.desk import people as p
from tests.faults import failing
from tests.faults.failing import When
from tests.faults.places import Place
from tests.faults.whole import Acknowledged, check_whole
from tests.stores.django import databases
from tests.stores.sqlalchemy.engines import begin_immediate
from tests.stores.sqlite.test_access import make_read_only_store, run_as_nobody

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


@row(broken.wrapped(broken.SaysItIsDone, "a failed commit is told"), place="places")
def row_108(world: World) -> None:
    """With a full disk at any statement the act is absent, and the same command id does it.

    MariaDB loses the connection instead, as its driver has no such error to give.
    """
    assert world.place is not None
    engine = find_engine(world.place)
    with FULL[engine](world.patch) as failure, world.place.open() as store:
        if engine == "sqlite":
            failure.make_error = lambda *_: make_full_error()
        desk = world.desk_on(world.wrap(store))
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


@row(broken.wrapped(broken.SaysItIsDone, "a failed commit is told"))
def row_109(world: World) -> None:
    """What is read-only is read, and recording is an error that names the path."""
    for mode in (0o777, 0o555):
        with make_read_only_store(folder_mode=mode) as path:
            run_as_nobody(partial(read_and_record, world, path))


def read_and_record(world: World, path: Path) -> None:
    """Check that a store is read, and that recording names its path."""
    world.store = world.open_file(path)
    assert len(world.read_all()[1]) == 3  # type: ignore[arg-type]  # histories
    new = [change(received("HB-9"))]
    caught = world.fail(StoreError, lambda: world.store.commit(new), says=str(path))
    assert type(caught) is StoreError
    world.store.close()


@row(broken.wrapped(broken.BusyIsConflict, "busy is no conflict", is_file=True), place="stores")
def row_110(world: World) -> None:
    """While another process writes, an act waits its time and then is busy, and no conflict."""
    if "external_transaction" not in world.store.capabilities:
        pytest.skip("nobody else can lock it")
    case = p.with_officer(world.desk)
    desk = world.desk_on(world.wrap(open_impatient(world.store)))
    note = partial(desk.note, case.id, text="một", by=p.OFFICER, command_id="c")
    with world.transact() as bound:
        world.desk_on(bound).note(case.id, text="hai", by=p.OFFICER)
        assert at_once(note) == ["StoreError"]
    assert note().version == 4


def open_impatient(store: Store) -> Store:
    """Return another handle on what a store is in, which waits little for its turn."""
    if isinstance(store, SqliteStore):
        return SqliteStore(store.path, timeout=0.2)
    if isinstance(store, PostgresStore):
        schema = store.dialect.speech.schema
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


@row(
    broken.replaced(sqlite_store, "resolve_path", str, "links are resolved before the lock"),
    broken.replaced(lockfile, "_FLAGS", lockfile._FLAGS & ~os.O_NOFOLLOW, "a lock file is no link"),
)
def row_111(world: World) -> None:
    """A link and its file share one lock, and a lock file is never written through a link."""
    real, link = world.folder / "real" / "cases.db", world.folder / "link.db"
    real.parent.mkdir()
    link.symlink_to(real)
    SqliteStore(real).close()
    with world.open_file(link) as one, world.open_file(real) as two:
        one.commit([change(received("HB-1"))])
        two.commit([change(received("HB-2"))])
        assert one.load("HB-2") == two.load("HB-2") != ()
        assert sorted(os.listdir(world.folder)) == ["link.db", "real"]
    target = world.folder / "target"
    (world.folder / "cases.db-lock").symlink_to(target)
    expect(StoreError, lambda: world.open_file(world.folder / "cases.db"))
    assert not target.exists()


@row(broken.wrapped(broken.WritesLater, "what is acknowledged is on the disk"), place="places")
def row_114(world: World) -> None:
    """Killed at any statement: what was acknowledged is there, the rest is whole or absent."""
    assert world.place is not None
    for when in ("before", "after"):
        calls = next(n for n in count(1) if not kill_at(world, n, when))  # type: ignore[arg-type]
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
        store = world.wrap(world.place.open())
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
