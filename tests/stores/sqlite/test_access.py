"""Files that are locked, full or read-only: said so, and nothing is lost or half done."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from phananh.errors import StoreError
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.testing.sample_events import change, completed, received
from tests.stores.files import fill_store


def test_link_and_file_share_one_lock(tmp_path: Path) -> None:
    """Through a symbolic link the lock file is that of the file, and both names see all."""
    (tmp_path / "real").mkdir()
    path, link = tmp_path / "real" / "cases.db", tmp_path / "link.db"
    link.symlink_to(path)
    one, two = SqliteStore(link), SqliteStore(path)
    one.commit([change(received("HB-1"))])
    two.commit([change(received("HB-2"))])
    assert one.load("HB-2") == two.load("HB-2") != ()
    assert sorted(os.listdir(tmp_path)) == ["link.db", "real"]
    one.close()
    two.close()


def test_lock_file_is_never_followed(tmp_path: Path) -> None:
    """A symbolic link in the lock file's place is refused, and what it points to is not touched."""
    target = tmp_path / "target"
    (tmp_path / "cases.db-lock").symlink_to(target)
    with pytest.raises(StoreError):
        SqliteStore(tmp_path / "cases.db")
    assert not target.exists()


@contextmanager
def hold_lock_in_another_process(path: Path) -> Iterator[None]:
    """Let another process hold SQLite's own write lock on the file."""
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('begin immediate'); print('locked', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert other.stdin is not None
    assert other.stdout.readline() == b"locked\n"
    try:
        yield
    finally:
        other.stdin.close()
        other.wait(10)
        other.stdout.close()


def test_locked_file_is_busy_and_no_conflict(tmp_path: Path) -> None:
    """While another process writes, reading works; recording waits, and then is a StoreError."""
    path = tmp_path / "cases.db"
    store = SqliteStore(path, timeout=0.2)
    store.commit([change(received("HB-1"))])
    with hold_lock_in_another_process(path):
        assert len(store.load("HB-1")) == 1
        with pytest.raises(StoreError, match=r"busy.*waited 0\.2 s") as caught:
            store.commit([change(received("HB-2"), command="c")])
        assert type(caught.value) is StoreError
    store.commit([change(received("HB-2"), command="c")])
    store.close()


def test_full_disk_loses_the_act_and_nothing_else(tmp_path: Path) -> None:
    """When the disk is full the act is absent; there is room again, and the same id records it."""
    path = tmp_path / "cases.db"
    fill_store(path)
    store = SqliteStore(path)
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
    store.close()


@contextmanager
def limit_pages(store: SqliteStore) -> Iterator[None]:
    """Leave the store no page more than it has."""
    connection = store._pool.acquire()
    (pages,) = connection.execute("pragma page_count").fetchone()
    connection.execute(f"pragma max_page_count = {pages}")
    store._pool.release(connection)
    yield
    connection.execute("pragma max_page_count = 1000000")


def run_as_nobody(call: Callable[[], None]) -> None:
    """Run a call in a child without root's rights, to which a read-only file is writable."""
    if os.geteuid() != 0:
        call()
        return
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            call()
            code = 0
        except BaseException:  # noqa: BLE001  # a child of a fork must not go on as pytest
            traceback.print_exc()
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0


@contextmanager
def make_read_only_store(*, folder_mode: int) -> Iterator[Path]:
    """Give the path of a store that is read-only, in a folder of this mode."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "cases.db"
        fill_store(path)
        (folder / "cases.db-lock").unlink()
        path.chmod(0o444)  # for everybody to read, and nobody to write
        folder.chmod(folder_mode)
        yield path
        folder.chmod(0o755)


def test_read_only_file_is_read() -> None:
    """Of a read-only file, reading works and recording is a StoreError that names it."""
    with make_read_only_store(folder_mode=0o777) as path:
        run_as_nobody(lambda: check_reads_and_refuses(path))
        assert not path.with_name("cases.db-lock").exists()


def check_reads_and_refuses(path: Path) -> None:
    """Check that reading works and recording does not."""
    store = SqliteStore(path)
    assert len(store.load("HB-1")) == 1
    assert len(store.find(Query()).rows) == 3
    with pytest.raises(StoreError) as caught:
        store.commit([change(received("HB-9"))])
    assert type(caught.value) is StoreError
    assert str(path) in str(caught.value)
    assert store.load("HB-9") == ()
    store.close()


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
    names = ("cases.db", "cases.db-lock", "cases.db-shm", "cases.db-wal", "copy.db")
    assert modes == dict.fromkeys(names, 0o600)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_lock_is_for_those_who_may_write(tmp_path: Path) -> None:
    """A group that may write may lock; who may only read may not, also a lock of before."""
    path, lock = tmp_path / "cases.db", tmp_path / "cases.db-lock"
    fill_store(path)
    path.chmod(0o664)
    lock.chmod(0o666)
    store = SqliteStore(path)
    store.commit([change(received("HB-9"))])
    store.close()
    assert lock.stat().st_mode & 0o777 == 0o660
