"""A file of SQLite: opened, locked, refused and left as it is, and erased from."""

import errno
import os
import pickle
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from hashlib import blake2b, sha256
from pathlib import Path

import pytest

from phananh import Desk, Person, Sender
from phananh.errors import (
    CorruptError,
    InputError,
    SchemaError,
    StoreError,
    short_repr,
)
from phananh.regulation.acts import Receive
from phananh.regulation.case import fold
from phananh.stores import MemoryStore, copying, open_store, sqlite
from phananh.stores.codec import write_act
from phananh.stores.sql.dialects.sqlite import MIGRATIONS
from phananh.stores.sql.store import SqlStore
from phananh.stores.sqlite import ClosedError, ConnectionPool, LockFile, SqliteStore
from phananh.testing.sample_events import START, change, completed, received
from tests.desk import people as p
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
    assert (caught.value.found, caught.value.needed, digest_file(path)) == (
        str(version), str(SCHEMA_VERSION), before
    )  # fmt: skip


def test_foreign_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    """A database of other tables is a SchemaError; no table of ours is made in it."""
    path = tmp_path / "cases.db"
    alter(path, "create table letter (text)")
    before = digest_file(path)
    with pytest.raises(SchemaError, match="do not belong to phananh"):
        SqliteStore(path)
    assert (digest_file(path), sorted(os.listdir(tmp_path))) == (before, ["cases.db"])


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


def test_empty_file_beside_a_log_is_refused(tmp_path: Path) -> None:
    """An empty file whose log is not empty is no new store: the log may hold acts."""
    path = tmp_path / "cases.db"
    path.touch()
    log = tmp_path / "cases.db-wal"
    log.write_bytes(b"acknowledged acts")
    with pytest.raises(StoreError, match=r"^while opening the store: .* its log is not"):
        SqliteStore(path)
    assert log.read_bytes() == b"acknowledged acts"
    log.write_bytes(b"")
    with SqliteStore(path) as store:
        assert store.scan() == ()


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
    with SqliteStore(path) as store:
        whole = store.scan()
        alter(path, f"update phananh_event set {damage} where case_id = 'HB-1'")  # noqa: S608  # ours
        with pytest.raises(CorruptError, match=r"HB-1, version 1: .*differs from what was written"):
            store.load("HB-1")
        seal(path)
        with pytest.raises(CorruptError, match="HB-1, version 1") as caught:
            store.load("HB-1")
        assert problem in caught.value.problem
        assert getattr(caught.value.__cause__, "doc", "") == ""  # what was read may be personal
        assert (caught.value.case, caught.value.version, len(store.load("HB-2"))) == ("HB-1", 1, 1)
        before = store.scan()
        with pytest.raises(CorruptError, match="HB-1, version 1") as caught:
            store.scan(before[-1].position if before else None)
        behind = store.scan(caught.value.facts["position"])
        assert [*before, *behind] == [entry for entry in whole if entry.event.case != "HB-1"]


def test_personal_text_is_in_no_error(tmp_path: Path) -> None:
    """When the personal text itself is damaged, the error names the event and shows no text."""
    path = tmp_path / "cases.db"
    fill_store(path)
    with SqliteStore(path) as store:
        alter(path, "update phananh_personal set data = substr(data, 1, 60)")
        with pytest.raises(CorruptError) as caught:
            store.load("HB-1")
        assert "Bí Mật" not in repr(caught.value) + str(caught.value) + repr(caught.value.__cause__)
        assert "Bí Mật".encode() not in pickle.dumps(caught.value.__cause__)


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
    ("field", "wrong"),
    [
        *(("timeout", each) for each in (float("inf"), float("nan"), -1, -0.5, True, "5", None)),
        *(("synchronous", each) for each in (None, "OFF")),
    ],
)
def test_what_no_store_can_be_opened_with(tmp_path: Path, field: str, wrong: object) -> None:
    """Seconds that are none, and a level at which acts are lost, are named; no file is made."""
    words = {"timeout": "seconds", "synchronous": "one of NORMAL, FULL, EXTRA"}[field]
    with pytest.raises(InputError, match=f"^{field}: .*{words}") as caught:
        SqliteStore(tmp_path / "a.db", **{field: wrong})  # type: ignore[arg-type]  # on purpose
    assert (caught.value.field, os.listdir(tmp_path)) == (field, [])


@pytest.mark.skipif("coverage" in sys.modules, reason="what measures loads it")
def test_package_loads_no_sqlite() -> None:
    """Importing the package and its stores does not load sqlite3: not everybody needs it."""
    code = "import sys, phananh, phananh.stores; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_with_closes_a_store(tmp_path: Path) -> None:
    """A store is closed at the end of its `with` block, after an error too."""
    with suppress(ZeroDivisionError), open_store(tmp_path / "cases.db") as store:
        raise ZeroDivisionError
    with pytest.raises(StoreError, match="closed"):
        store.load("HB-1")


@pytest.mark.parametrize("new", ["none", "another", "another that was opened"])
def test_nothing_is_recorded_in_a_file_that_was_deleted(tmp_path: Path, new: str) -> None:
    """A file that its name no longer leads to takes no act: the act would go with it."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as store:
        store.commit([change(received("HB-1"))])
        for each in tmp_path.iterdir():
            each.unlink()
        if new != "none":
            fill_store(path)
        if new == "another that was opened":
            for lent in [store._pool.acquire(), store._pool.acquire()][::-1]:
                store._pool.release(lent)
        with pytest.raises(StoreError) as caught:
            store.commit([change(received("HB-9"))])
        assert caught.value.code == "file_replaced"


def test_link_and_file_share_one_lock(tmp_path: Path) -> None:
    """Through a symbolic link the lock file is that of the file, and both names see all."""
    (tmp_path / "real").mkdir()
    path, link = tmp_path / "real" / "cases.db", tmp_path / "link.db"
    link.symlink_to(path)
    with SqliteStore(link) as one, SqliteStore(path) as two:
        one.commit([change(received("HB-1"))])
        two.commit([change(received("HB-2"))])
        assert one.load("HB-2") == two.load("HB-2") != ()
        assert sorted(os.listdir(tmp_path)) == ["link.db", "real"]


@contextmanager
def hold_lock_in_another_process(path: Path) -> Iterator[None]:
    """Let another process hold SQLite's own write lock on the file."""
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('begin immediate'); print('locked', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        yield


def test_locked_file_is_busy_and_no_conflict(tmp_path: Path) -> None:
    """While another process writes, reading works; recording waits, and then is a StoreError."""
    path = tmp_path / "cases.db"
    with SqliteStore(path, timeout=0.2) as store:
        store.commit([change(received("HB-1"))])
        with hold_lock_in_another_process(path):
            assert len(store.load("HB-1")) == 1
            with pytest.raises(StoreError, match=r"busy.*waited 0\.2 s") as caught:
                store.commit([change(received("HB-2"), command="c")])
            assert type(caught.value) is StoreError
            # To open a file that is there is no writing either.
            with LockFile(store.path, timeout=0), SqliteStore(path, timeout=0) as hurried:
                assert len(hurried.load("HB-1")) == 1
                calls: dict[str, Callable[[], object]] = {
                    "recording_case": lambda: hurried.commit([change(received("HB-3"))]),
                    "claiming": lambda: hurried.claim("mail", START, START + timedelta(1)),
                    "erasing_case": lambda: hurried.erase("HB-1", at=START),
                    "migrating": hurried.migrate,
                    "copying": lambda: copying._Database(hurried).transact(lambda session: None),
                }
                for doing, call in calls.items():
                    with pytest.raises(StoreError) as caught:
                        call()
                    told = (
                        caught.value.code,
                        caught.value.facts["doing"],
                        caught.value.facts["seconds"],
                    )
                    assert told == ("busy", doing, "0")
        store.commit([change(received("HB-2"), command="c")])


def test_full_disk_loses_the_act_and_nothing_else(tmp_path: Path) -> None:
    """When the disk is full the act is absent; there is room again, and the same id records it."""
    path = tmp_path / "cases.db"
    fill_store(path)
    with SqliteStore(path) as store:
        history = store.load("HB-1")
        large = change(completed("HB-1", 2, text="đ" * 19_000), after=history, command="c")
        with limit_pages(store):
            with pytest.raises(StoreError, match="disk is full") as caught:
                store.commit([large])
            assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
            assert store.load("HB-1") == history
            assert store.find_command("c") is None
            assert len(store.scan()) == 3
        store.commit([large])
        assert len(store.load("HB-1")) == 2


@contextmanager
def limit_pages(store: SqliteStore) -> Iterator[None]:
    """Leave the store no page more than it has."""
    connection = store._pool.acquire()
    (pages,) = connection.execute("pragma page_count").fetchone()
    connection.execute(f"pragma max_page_count = {pages}")
    store._pool.release(connection)
    yield
    connection.execute("pragma max_page_count = 1000000")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_files_are_private_whatever_the_umask_is(tmp_path: Path, umask: int) -> None:
    """The database, its log, its index, its lock and a backup are for their owner alone."""
    before = os.umask(umask)
    try:
        store = SqliteStore(tmp_path / "cases.db")
        store.commit([change(received("HB-1"))])
        store.backup(tmp_path / "copy.db")
    finally:
        os.umask(before)
    modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    store.close()
    names = ["cases.db", "cases.db-lock", "cases.db-shm", "cases.db-wal", "copy.db"]
    assert modes == dict.fromkeys(names, 0o600)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_lock_is_for_those_who_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group that may write may lock; who may only read may not, also a lock of before."""
    path, lock = tmp_path / "cases.db", tmp_path / "cases.db-lock"
    fill_store(path)
    path.chmod(0o664)
    lock.chmod(0o666)
    if os.geteuid() == 0:  # who writes for another leaves the lock to them
        os.chown(path, 1234, 1235)
    with SqliteStore(path) as store:
        store.commit([change(received("HB-9"))])
    of_lock, of_file = lock.stat(), path.stat()
    assert (of_lock.st_mode & 0o777, of_lock.st_uid, of_lock.st_gid) == (
        0o660, of_file.st_uid, of_file.st_gid
    )  # fmt: skip
    asked: list[tuple[int, ...]] = []
    monkeypatch.setattr(os, "fchown", lambda _, *ids: asked.append(ids))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with LockFile(str(path), timeout=0):
        assert asked == [(-1, of_file.st_gid)]  # nobody but root gives a file away


def test_an_open_file_is_locked_again_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has locked before, and keeps the file open, is kept out as long as another holds it.

    Two of them on one file stand for two processes: each opens the file for itself. Whoever waits
    sleeps, a millisecond at most.
    """
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    path = str(tmp_path / "cases.db")
    one, other = LockFile(path, timeout=0.01), LockFile(path, timeout=0.01)
    for _ in range(2):
        with one:
            assert one.is_open
            for each in (one, other):  # by a thread of this process, and by another
                with pytest.raises(TimeoutError), each:
                    pass
        with other, pytest.raises(TimeoutError), one:
            pass
    assert 0 < max(slept) <= 0.001
    one.close()
    other.close()


def test_no_connection_is_open_while_lending_is_blocked(tmp_path: Path) -> None:
    """Threads that read without a pause have given every connection back before a fork."""
    path = str(tmp_path / "cases.db")
    SqliteStore(path).close()
    opened: list[int] = []
    pool = ConnectionPool(path, timeout=5, pragmas=(), lock=LockFile(path, timeout=5))
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            connection = pool.acquire()
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            pool.release(connection)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(20):
            pool.block()
            opened.append(len(pool._opened))
            pool.unblock(in_child=False)
    finally:
        ended.set()
        for reader in readers:
            reader.join()
        pool.close()
    assert opened == [0] * 20


def test_each_path_that_is_no_file_of_ours_has_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name of no file, a folder, one that is missing, and what SQLite does not read."""
    monkeypatch.chdir(tmp_path)
    small, other, folder = (tmp_path / name for name in ("small.db", "other.db", "folder.db"))
    small.write_bytes(b"x" * 511)
    other.write_bytes(b"x" * 512)
    folder.mkdir()
    for path, code in (
        (folder, "folder_named"), (small, "not_sqlite"), (other, "not_a_database"),
        (tmp_path / "none" / "a.db", "folder_missing"), ("none/a.db", "folder_missing_here"),
    ):  # fmt: skip
        with pytest.raises(StoreError) as failed:
            SqliteStore(path)
        cause = {"cause": "file is not a database"} if path == other else {}
        said = (code, str(tmp_path / path), {"doing": "opening", **cause})
        assert (failed.value.code, failed.value.where, failed.value.facts) == said
    assert sorted(tmp_path.rglob("*")) == [folder, other, small]
    with pytest.raises(StoreError, match="four slashes: sqlite:////"):
        open_store("sqlite:///missing-folder/cases.db")
    (tmp_path / "b.db-lock").symlink_to(other)  # somebody else's file is not locked
    with pytest.raises(StoreError, match=r"b\.db-lock"):
        SqliteStore(tmp_path / "b.db")
    for name, code in (("", "not_a_file"), ("a\0", "not_a_file"), (":memory:", "memory_for_file")):
        with pytest.raises(InputError) as refused:
            SqliteStore(name)
        told = (refused.value.field, refused.value.code, refused.value.facts)
        assert told == ("path", code, {"value": short_repr(name)})
    with SqliteStore(tmp_path / "a.db") as store, pytest.raises(InputError) as refused:
        store.backup(other)
    told = (refused.value.field, refused.value.code, refused.value.facts)
    assert told == ("target", "file_exists", {"value": short_repr(str(other))})


def fail_to_create(path: str) -> None:
    """Find the disk full."""
    raise OSError(errno.ENOSPC, "words", path)


def test_what_the_system_says_has_a_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be written and a full disk, and a wait that was too long."""
    with SqliteStore(tmp_path / "cases.db") as store:
        for number, code in (
            (errno.EROFS, "read_only"), (errno.EACCES, "read_only"), (errno.EPERM, "read_only"),
            (errno.ENOSPC, "disk_full"),
        ):  # fmt: skip
            found = store._explain(OSError(number, "words"), doing="opening")
            said = (code, store.path, {"doing": "opening", "cause": f"[Errno {number}] words"})
            assert (found.code, found.where, found.facts) == said
        busy = store._explain(TimeoutError(), doing="opening")
        assert (busy.code, busy.facts) == ("busy", {"doing": "opening", "seconds": "5"})
        other = store._explain(OSError(errno.EIO, "words"), doing="opening")
        assert (other.code, other.facts["problem"]) == ("own_words", "[Errno 5] words")
        with pytest.raises(StoreError) as unknown:
            store.load("HB-\ud800")
        assert unknown.value.facts["problem"] == "UnicodeEncodeError"  # whose words show the text
        old = tmp_path / "old.db"
        store.backup(old)
        alter(old, "pragma journal_mode = delete")
        monkeypatch.setattr(sqlite, "create_private", fail_to_create)
        with pytest.raises(StoreError) as full:
            SqliteStore(tmp_path / "new.db")
        assert (full.value.code, full.value.facts["doing"]) == ("disk_full", "opening")
        monkeypatch.setattr(os, "access", lambda *_: False)
        with SqliteStore(old) as copied:  # which is read as it is
            assert copied.scan() == ()
        with pytest.raises(PermissionError) as denied, LockFile(store.path, timeout=0):
            pass
        assert (denied.value.errno, denied.value.filename) == (errno.EACCES, store.path)
    monkeypatch.setattr(SqlStore, "erase", lambda *_, **__: None)  # but for the log
    with pytest.raises(StoreError) as closed:
        store.erase("HB-1", at=START)
    assert closed.value.facts == {"doing": "erasing_log", "case": "HB-1"}


def test_without_a_lock_of_the_system_sqlite_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where files cannot be locked, writers wait for SQLite alone, which copies the log itself."""
    monkeypatch.setattr(sqlite, "HAS_FLOCK", False)
    monkeypatch.setattr(sqlite, "fcntl", None)
    monkeypatch.setattr(sqlite, "_CHECKPOINT_EVERY", 1)
    said: list[str] = []
    with SqliteStore(tmp_path / "cases.db") as store:
        connection = store._pool.acquire()
        connection.set_trace_callback(said.append)
        assert connection.execute("pragma wal_autocheckpoint").fetchone() == (1000,)
        store._pool.release(connection)
        store.commit([change(received("HB-1"))])
        with store._lock, LockFile(store.path, timeout=0) as entered:
            assert entered is None
    assert [each for each in said if "checkpoint(" in each] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_a_child_opens_its_own_and_the_parent_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a fork idle connections are closed; after it both sides are lent new ones."""
    monkeypatch.setattr(sqlite, "_FORK_WAIT", 0.01)
    with SqliteStore(tmp_path / "cases.db") as store:
        pool = store._pool
        lent, idle = pool.acquire(), pool.acquire()
        pool.release(idle)
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                is_fresh = pool._gate.acquire(timeout=0) and not (pool._idle or pool._opened)
                pool._gate.release()
                store.commit([change(received("HB-1"))])
                os._exit(0 if is_fresh else 2)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert (pool._idle, pool._opened) == ([], {lent})
        pool.release(lent)
        assert store.load("HB-1") == (received("HB-1"),)


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="only Linux lists open files")
def test_a_store_that_is_closed_leaves_no_file_open(tmp_path: Path) -> None:
    """Neither the database, nor its lock, nor a copy of it."""
    with SqliteStore(tmp_path / "cases.db") as store:
        store.commit([change(received("HB-1"))])
        store.backup(tmp_path / "copy.db")
    opened = {os.path.realpath(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd")}
    assert [each for each in opened if each.startswith(str(tmp_path))] == []


def test_what_was_lent_comes_back_whole_or_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a transaction, or after the store was closed, a connection is lent to nobody again."""
    monkeypatch.setattr(sqlite, "_FORK_WAIT", 0.05)
    store = SqliteStore(tmp_path / "cases.db")
    pool = store._pool
    one, other = pool.acquire(), pool.acquire()
    pool.release(one)
    assert pool.acquire() is one
    one.execute("begin")
    pool.release(one)
    assert pool._opened == {other}
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    start = time.monotonic()
    pool.block()  # which waits for one that is not given back, but not for ever
    assert 0.04 < time.monotonic() - start < 1.5
    assert 0 < max(slept) < 0.001
    pool.unblock(in_child=True)
    assert pool._opened == set()
    store.close()
    assert other.execute("select 1").fetchall() == [(1,)]
    pool.release(other)
    for each in (one, other):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            each.execute("select 1")
    with pytest.raises(ClosedError):
        pool.acquire()


@pytest.mark.parametrize(("commits", "rows"), [(3, 10**6), (10**6, 9)])
def test_the_log_is_copied_after_so_many_commits_or_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commits: int, rows: int
) -> None:
    """After every third act, of three rows each, the log is copied into the file."""
    monkeypatch.setattr(sqlite, "_CHECKPOINT_EVERY", commits)
    monkeypatch.setattr(sqlite, "_MOST_ROWS", rows)
    said: list[str] = []
    with SqliteStore(tmp_path / "cases.db") as store:
        connection = store._pool.acquire()
        connection.set_trace_callback(said.append)
        store._pool.release(connection)
        for n in range(7):
            store.commit([change(received(f"HB-{n}"))])
    assert said.count("pragma wal_checkpoint(passive)") == 2


def test_a_reader_that_keeps_the_old_text_is_told(tmp_path: Path) -> None:
    """While somebody reads, the log keeps what was erased; erased again later it is gone."""
    with (
        SqliteStore(tmp_path / "cases.db", timeout=0.1) as store,
        closing(sqlite3.connect(store.path, isolation_level=None)) as reader,
    ):
        store.commit([change(received("HB-1"))])
        reader.execute("begin")
        reader.execute("select * from phananh_case").fetchall()
        with pytest.raises(StoreError) as caught:
            store.erase("HB-1", at=START)
        assert (caught.value.code, caught.value.where) == ("log_in_use", store.path)
        assert caught.value.facts == {"doing": "erasing_log", "case": "HB-1"}
        reader.execute("rollback")
        store.erase("HB-1", at=START)


def test_a_connection_that_was_lent_is_as_it_was(tmp_path: Path) -> None:
    """What rows and texts an application reads is its own, during a transaction of ours too."""
    path = tmp_path / "cases.db"
    SqliteStore(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory, connection.text_factory = sqlite3.Row, bytes
        connection.execute("begin")
        with SqliteStore.bound(connection) as store:
            store.commit([change(received("HB-1"))])
            assert store.load("HB-1") == (received("HB-1"),)
            assert (connection.row_factory, connection.text_factory) == (sqlite3.Row, bytes)
        connection.execute("commit")
        for ask in (lambda: store.load("HB-1"), lambda: store.commit([change(received("HB-2"))])):
            with pytest.raises(StoreError) as caught:
                ask()
            assert caught.value.code == "bound_store_closed"


CITIZEN = Person(id="cd-7319-bí-mật", role="citizen")
SENDER = Sender(name="Lò Thị Bí Mật", phone="0987-301-246", email="lo.bi.mat@example.vn")
CONTENT = "Cán bộ đã đòi tiền của tôi, số nhà 17 ngõ 5. " * 300
TEXTS = (
    "Ba lần tôi đến đều vắng",
    "Kính gửi bà Lò Thị Bí Mật",
    "giấy-hẹn-lò.pdf",
    "Một người dân hài lòng",
)


def live_through(desk: Desk, name: str) -> str:
    """Let a citizen write, add, get an answer and rate it; return the id of the case."""
    said, answer, document, praise = TEXTS
    act = Receive(kind="regulation", channel="portal", content=CONTENT, sender=SENDER, by=CITIZEN)
    case = desk.do(None, act, command_id=f"{name}-receive")
    case = desk.note(case, text=said, by=CITIZEN, command_id=f"{name}-note")
    case = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR, command_id=f"{name}-escalate")
    case = desk.answer(
        case, text=answer, documents=[document], by=p.OFFICER, command_id=f"{name}-answer"
    )
    case = desk.publish(case, text=praise, by=p.OPERATOR, command_id=f"{name}-publish")
    return desk.rate(case, score=5, by=CITIZEN, command_id=f"{name}-rate").id


def read_files(folder: Path) -> bytes:
    """Return the bytes of all files, read by another process: opening drops SQLite's locks."""
    code = (
        "import sys, pathlib as p; d = p.Path(sys.argv[1]); "
        "sys.stdout.buffer.write(b''.join(f.read_bytes() for f in sorted(d.iterdir())))"
    )
    command = [sys.executable, "-c", code, str(folder)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def list_digests(texts: list[str]) -> list[str]:
    """Return what tells a text to whoever tries all texts: its digests without a key."""
    data = [text.encode() for text in texts]
    return [
        *(blake2b(each, digest_size=16).hexdigest() for each in data),
        *(sha256(each).hexdigest() for each in data),
    ]


@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL"])
def test_nothing_personal_is_left_in_any_file(tmp_path: Path, synchronous: str) -> None:
    """Texts, the citizen's id, the code and every digest without a key: all of them are gone."""
    store = SqliteStore(tmp_path / "cases.db", synchronous=synchronous)
    desk = Desk(store=store, clock=p.Hand())
    cases = [live_through(desk, name) for name in "abc"]
    code = str(fold(store.load(cases[1])).code)
    act = Receive(kind="regulation", channel="portal", content=CONTENT, sender=SENDER, by=CITIZEN)
    said = write_act(act, None, with_time=False).decode()
    contacts = [SENDER.name, SENDER.phone, SENDER.email]
    texts = [str(text) for text in (*contacts, CONTENT[:48], *TEXTS, CITIZEN.id, code)]
    before = read_files(tmp_path)
    assert all(text.encode() in before for text in texts), "the test looks in the wrong place"
    for case in cases:
        desk.store.erase(case, at=desk.now())
    hidden = [*texts, *list_digests([*texts, CONTENT, said])]
    for moment in ("open", "closed"):
        left = read_files(tmp_path)
        assert [text for text in hidden if text.encode() in left] == [], moment
        store.close()
    with SqliteStore(tmp_path / "cases.db") as again:
        assert [*again.find_damage()] == []


def test_journal_that_keeps_the_old_text_is_refused(tmp_path: Path) -> None:
    """With `journal_mode = persist` nothing is erased, since the text would stay in a file."""
    path = tmp_path / "cases.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(SqliteStore.schema_sql())
        connection.execute("pragma journal_mode = persist")
        connection.execute("begin")
        with SqliteStore.bound(connection) as store:
            store.commit([change(received("HB-1"))])
            with pytest.raises(StoreError, match="keeps the old text in its journal"):
                store.erase("HB-1", at=START)
            assert store.load("HB-1") == (received("HB-1"),)
        connection.execute("commit")
        connection.execute("pragma journal_mode = delete")
        connection.execute("begin")
        with SqliteStore.bound(connection) as store:
            store.erase("HB-1", at=START)
        connection.execute("commit")
        assert str(received("HB-1").content).encode() not in read_files(tmp_path)
