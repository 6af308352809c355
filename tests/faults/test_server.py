"""A PostgreSQL that restarts, stays away, hangs, is full, or has no connection left."""

import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from phananh import Case, Desk, StoreError
from phananh.stores.postgres import PostgresStore
from tests.desk import people as p
from tests.faults.places import Place, make_postgres
from tests.faults.whole import check_whole
from tests.servers.guard import processes_in
from tests.servers.postgres import PostgresServer, postgres_server

SLACK = 3.0  # seconds, on a machine that is busy


@pytest.fixture(scope="module")
def server(postgres_programs: Path) -> Iterator[PostgresServer]:
    """Return a server of this file's own, which takes few connections."""
    with postgres_server(durable=True, options={"max_connections": "12"}) as made:
        yield made


@pytest.fixture
def place(server: PostgresServer, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Return an empty place, which is whole at the end."""
    place = make_postgres(server.dsn(), f"s{abs(hash(request.node.name))}")
    yield place
    with place.open() as store:
        check_whole(store)


@contextmanager
def open_desk(place: Place, **options: Any) -> Iterator[Desk]:
    """Lend a desk over a store with these options."""
    with place.open(**options) as store:
        yield Desk(store=store, clock=p.Hand())


def note(desk: Desk, case: Case, command: str) -> Case:
    """Act on a case by its id."""
    return desk.note(case.id, text="Đã gọi lại", by=p.OPERATOR, command_id=command)


def fail(call: Callable[[], object], *, code: str, within: float) -> StoreError:
    """Return the error of a call, of one of these codes, which comes within so many seconds."""
    begin = time.monotonic()
    with pytest.raises(StoreError) as caught:
        call()
    assert time.monotonic() - begin < within + SLACK, str(caught.value)
    assert caught.value.code in code.split(), str(caught.value)
    return caught.value


def test_restart_is_waited_for(server: PostgresServer, place: Place) -> None:
    """While the server restarts, acts and reads wait, and go on by themselves."""
    with open_desk(place) as desk:
        case = p.a_case(desk)
        for i, mode in enumerate(("fast", "immediate")):
            server.restart(mode)
            assert desk.get(case.id).version == 1 + i
            server.stop(mode)
            with ThreadPoolExecutor() as pool:
                waiting = pool.submit(note, desk, case, f"c{i}")
                time.sleep(0.3)
                server.start()
                assert waiting.result(30).version == 2 + i


def test_server_that_stays_away_is_waited_for_so_long(server: PostgresServer, place: Place) -> None:
    """Without a server a call ends in its time, and says to try again with the same id."""
    with open_desk(place, retry_for=0.5, timeout=1) as desk:
        case = p.a_case(desk)
        server.stop()
        try:
            error = fail(lambda: note(desk, case, "c"), code="server_gone", within=2)
            assert "try again with the same command id" in str(error)
            fail(lambda: desk.get(case.id), code="no_connection", within=2)
        finally:
            server.start()
        assert note(desk, case, "c").version == 2


def test_killed_connections_are_replaced(server: PostgresServer, place: Place) -> None:
    """If connections are ended again and again, each act is recorded, once."""
    stop = threading.Event()

    def end_connections() -> None:
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            while not stop.wait(0.2):
                connection.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where application_name = 'phananh'"
                )

    ending = threading.Thread(target=end_connections)
    ending.start()
    try:
        with open_desk(place, retry_for=60) as desk:
            case = p.a_case(desk, command_id="c")
            for i in range(200):
                assert note(desk, case, f"c{i}").version == 2 + i
    finally:
        stop.set()
        ending.join()


def test_lock_that_another_holds_is_waited_for_so_long(
    server: PostgresServer, place: Place
) -> None:
    """While somebody keeps the row, an act is busy after its time, and others can act and read."""
    with open_desk(place, timeout=0.5) as desk, psycopg.connect(server.dsn()) as other:
        case, free = p.a_case(desk), p.a_case(desk)
        schema = dict(place.options)["schema"]
        other.execute(
            f"select from {schema}.phananh_case where case_id = %s for update", (case.id,)
        )
        assert "waited 0.5 s" in str(fail(lambda: note(desk, case, "c"), code="busy", within=0.5))
        assert (desk.get(case.id).version, note(desk, free, "d").version) == (1, 2)
        other.rollback()
        assert note(desk, case, "c").version == 2


def test_server_that_hangs_is_waited_for_so_long(server: PostgresServer, place: Place) -> None:
    """If the server stands still, a call ends in its time; later the act is there once."""
    with open_desk(place, reply_timeout=0.5, retry_for=0, timeout=1) as desk:
        case = p.a_case(desk)
        with hang(server):
            error = fail(lambda: note(desk, case, "c"), code="server_gone", within=0.5)
            assert "try again with the same command id" in str(error)
            fail(lambda: desk.get(case.id), code="pool_timeout no_connection", within=1)
        assert note(desk, case, "c").version == 2


@contextmanager
def hang(server: PostgresServer) -> Iterator[None]:
    """Stop all processes of a server meanwhile."""
    found = processes_in(server.data)
    for process in found:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in found:
            process.send_signal(signal.SIGCONT)


def test_connections_that_ran_out_are_waited_for_so_long(
    server: PostgresServer, place: Place
) -> None:
    """If the server takes no more connections, a call says so; when there are some it goes on."""
    with open_desk(place, timeout=1, retry_for=0) as desk:
        others: list[psycopg.Connection] = []
        try:
            with pytest.raises(psycopg.OperationalError):
                others.extend(psycopg.connect(server.dsn()) for _ in range(20))
            error = fail(lambda: p.a_case(desk, command_id="c"), code="no_connection", within=1)
            assert "too many clients" in str(error)
            assert "takes more connections" in str(error)
        finally:
            for each in others:
                each.close()
        assert p.a_case(desk, command_id="c").version == 1


def test_wrong_password_is_said_and_not_shown(server: PostgresServer) -> None:
    """Who cannot log in learns why, and the password is in no error."""
    wrong = server.dsn().replace(server.password, "sai-mật-khẩu")
    with PostgresStore(wrong, timeout=1, retry_for=0) as store:
        error = fail(lambda: store.load("HB-1"), code="login_refused", within=1)
    assert "password authentication failed" in str(error)
    assert "sai" not in str(error)


def test_pool_that_is_in_use_is_waited_for_so_long(server: PostgresServer, place: Place) -> None:
    """If all connections of the store are in use, a call says so in its time."""
    with place.open(pool_size=1, timeout=0.5, retry_for=0) as store:
        desk = Desk(store=store, clock=p.Hand())
        case = p.a_case(desk)
        with keep_connection(store):
            fail(lambda: desk.get(case.id), code="pool_timeout", within=0.5)
        assert desk.get(case.id).version == 1


@contextmanager
def keep_connection(store: PostgresStore) -> Iterator[None]:
    """Keep a connection of the store busy meanwhile."""
    begun, over = threading.Event(), threading.Event()

    def stay(_: object) -> None:
        begun.set()
        over.wait(30)

    with ThreadPoolExecutor() as pool:
        staying = pool.submit(store._transact, lambda: {"doing": "recording"}, stay)
        assert begun.wait(10)
        yield
        over.set()
        staying.result(10)


def test_full_disk_loses_nothing(server: PostgresServer, place: Place) -> None:
    """If the disk of the tables is full you get an error, and can read; with room you can act."""
    with mount_disk(server) as disk, open_desk(place, retry_for=0) as desk:
        case = p.a_case(desk)
        move_tables(server, place, disk)
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(1_000_000))
        error = fill(desk)
        assert error.code == "disk_full"
        assert "the disk is full" in str(error)
        assert desk.get(case.id).version == 1
        ballast.unlink()
        assert note(desk, case, "c").version == 2
        move_tables(server, place, None)


def fill(desk: Desk) -> StoreError:
    """Record until the store refuses, and return the error."""
    chance = random.Random(1)
    for i in range(2_000):
        try:  # what chance gives cannot be stored in less
            p.a_case(desk, content=chance.randbytes(9_000).hex(), command_id=f"f{i}")
        except StoreError as error:
            return error
    raise AssertionError("the disk is never full")


@contextmanager
def mount_disk(server: PostgresServer) -> Iterator[Path]:
    """Lend a disk of eight megabytes that the server may use, or skip."""
    with tempfile.TemporaryDirectory(dir=server.folder) as name:
        command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", name]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("needs the right to mount a disk: run it as root on Linux")
        try:
            folder = Path(name) / "tables"
            folder.mkdir()
            shutil.chown(folder, server.data.owner(), server.data.group())
            yield Path(name)
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


def move_tables(server: PostgresServer, place: Place, disk: Path | None) -> None:
    """Move our tables and indexes to a disk, or back."""
    schema = dict(place.options)["schema"]
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        if disk is not None:
            connection.execute(f"create tablespace small location '{disk / 'tables'}'")
        target = "pg_default" if disk is None else "small"
        rows = connection.execute(
            "select relkind, relname from pg_class where relkind in ('r', 'i') "
            "and relnamespace = %s::regnamespace",
            (schema,),
        )
        for kind, name in rows.fetchall():
            what = "table" if kind == "r" else "index"
            connection.execute(f"alter {what} {schema}.{name} set tablespace {target}")
        if disk is None:
            connection.execute("drop tablespace small")
