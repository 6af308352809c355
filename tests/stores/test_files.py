"""Files that are not ours, damaged, full, locked or read-only: told apart, and left as they are."""

import hashlib
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

from phananh.errors import CorruptError, InputError, SchemaError, StoreError
from phananh.stores import MemoryStore, SqliteStore, open_store
from phananh.stores.base import Query
from phananh.stores.sql import SCHEMA_VERSION
from phananh.testing.changes import change, completed, escalated, received


def filled(path: Path, cases: int = 3) -> None:
    """Make a store of some cases at `path`, and close it."""
    store = SqliteStore(path)
    store.commit([change(received(f"HB-{i}")) for i in range(cases)])
    store.close()


def digest(path: Path) -> str:
    """Return the digest of a file that nobody has open."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def altered(path: Path, statement: str, *values: object) -> None:
    """Change the file behind the store's back."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement, values)
    connection.close()


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, SCHEMA_VERSION - 1, 99])
def test_other_schema_is_refused_and_left_as_it_is(tmp_path: Path, version: int) -> None:
    """An older or newer schema is a SchemaError with both versions and the way out."""
    path = tmp_path / "cases.db"
    filled(path)
    altered(path, "update phananh_schema set version = ?", version)
    before = digest(path)
    with pytest.raises(SchemaError, match=r"upgrade phananh|migrate it") as caught:
        SqliteStore(path)
    assert (caught.value.found, caught.value.needed) == (str(version), str(SCHEMA_VERSION))
    assert digest(path) == before


def test_foreign_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    """A database of other tables is a SchemaError; no table of ours is made in it."""
    path = tmp_path / "cases.db"
    altered(path, "create table letter (text)")
    before = digest(path)
    with pytest.raises(SchemaError, match="not ours"):
        SqliteStore(path)
    assert digest(path) == before
    assert sorted(os.listdir(tmp_path)) == ["cases.db"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no database", b"x", os.urandom(8192)])
def test_other_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    """A file that is no database is a StoreError with the path; its bytes are kept."""
    path = tmp_path / "cases.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="no SQLite database") as caught:
        SqliteStore(path)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_truncated_file_is_never_made_anew(tmp_path: Path, part: float) -> None:
    """Of a file that was cut, opening or reading is a StoreError; no byte of it is changed."""
    path = tmp_path / "cases.db"
    filled(path, cases=200)
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
    filled(path)
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
def locked_by_another(path: Path) -> Iterator[None]:
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
    with locked_by_another(path):
        assert len(store.load("HB-1")) == 1
        with pytest.raises(StoreError, match=r"busy.*waited 0\.2 s") as caught:
            store.commit([change(received("HB-2"), command="c")])
        assert type(caught.value) is StoreError
    store.commit([change(received("HB-2"), command="c")])
    store.close()


def test_full_disk_loses_the_act_and_nothing_else(tmp_path: Path) -> None:
    """When the disk is full the act is absent; there is room again, and the same id records it."""
    path = tmp_path / "cases.db"
    filled(path)
    store = SqliteStore(path)
    history = store.load("HB-1")
    large = change(completed("HB-1", 2, text="đ" * 19_000), after=history, command="c")
    with limited(store):
        with pytest.raises(StoreError, match="disk is full") as caught:
            store.commit([large])
        assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
        assert store.load("HB-1") == history
        assert store.recall("c") is None
        assert len(store.scan()) == 3
    store.commit([large])
    assert len(store.load("HB-1")) == 2
    store.close()


@contextmanager
def limited(store: SqliteStore) -> Iterator[None]:
    """Leave the store no page more than it has."""
    connection = store._pool.take()
    (pages,) = connection.execute("pragma page_count").fetchone()
    connection.execute(f"pragma max_page_count = {pages}")
    store._pool.give(connection)
    yield
    connection.execute("pragma max_page_count = 1000000")


def as_nobody(call: Callable[[], None]) -> None:
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
def locked_away(*, folder_mode: int) -> Iterator[Path]:
    """Give the path of a store that is read-only, in a folder of this mode."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "cases.db"
        filled(path)
        (folder / "cases.db-lock").unlink()
        path.chmod(0o444)
        folder.chmod(folder_mode)
        yield path
        folder.chmod(0o755)


def test_read_only_file_is_read() -> None:
    """Of a read-only file, reading works and recording is a StoreError that names it."""
    with locked_away(folder_mode=0o777) as path:
        as_nobody(lambda: reads_and_refuses(path))


def test_read_only_folder_is_told() -> None:
    """In a folder where no log can be kept, opening is a StoreError that says so."""
    with locked_away(folder_mode=0o555) as path:
        as_nobody(lambda: refuses_to_open(path))


def refuses_to_open(path: Path) -> None:
    """Check that the store does not open, and says why."""
    with pytest.raises(StoreError, match=r"folder.* is read-only"):
        SqliteStore(path)


def reads_and_refuses(path: Path) -> None:
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
def test_corrupt_event_is_told_and_never_skipped(tmp_path: Path, damage: str, problem: str) -> None:
    """What cannot be read is a CorruptError with case and version; other cases are read."""
    path = tmp_path / "cases.db"
    filled(path)
    store = SqliteStore(path)
    statement = f"update phananh_event set {damage} where case_id = 'HB-1'"  # noqa: S608  # ours
    altered(path, statement)
    with pytest.raises(CorruptError, match="HB-1, version 1") as caught:
        store.load("HB-1")
    assert problem in caught.value.problem
    assert (caught.value.case, caught.value.version) == ("HB-1", 1)
    assert len(store.load("HB-2")) == 1
    with pytest.raises(CorruptError):
        store.scan()
    store.close()


def test_hole_in_a_history_is_corrupt(tmp_path: Path) -> None:
    """A version that is missing in the middle or at the start is a CorruptError that names it."""
    path = tmp_path / "cases.db"
    store = SqliteStore(path)
    store.commit([change(received("HB-1"), escalated("HB-1", 2), completed("HB-1", 3))])
    altered(path, "delete from phananh_event where version = 2")
    with pytest.raises(CorruptError, match="HB-1, version 2"):
        store.load("HB-1")
    store.close()


def test_personal_text_is_in_no_error(tmp_path: Path) -> None:
    """When the personal text itself is damaged, the error names the event and shows no text."""
    path = tmp_path / "cases.db"
    filled(path)
    store = SqliteStore(path)
    altered(path, "update phananh_personal set data = substr(data, 1, 60)")
    with pytest.raises(CorruptError) as caught:
        store.load("HB-1")
    assert "Bí Mật" not in repr(caught.value) + str(caught.value) + repr(caught.value.__cause__)
    store.close()


def test_address_names_the_store(tmp_path: Path) -> None:
    """open_store takes memory:, a sqlite address, a path; a scheme it does not know is refused."""
    assert isinstance(open_store("memory:"), MemoryStore)
    for address in (f"sqlite:///{tmp_path}/a.db", f"{tmp_path}/a.db", tmp_path / "a.db"):
        store = open_store(address)
        assert isinstance(store, SqliteStore)
        assert store.path == str(tmp_path / "a.db")
        store.close()
    with pytest.raises(InputError, match="one of memory:, sqlite:///path"):
        open_store("postgresql://localhost/cases")
    assert sorted(os.listdir(tmp_path)) == ["a.db", "a.db-lock"]


def test_package_loads_no_sqlite() -> None:
    """Importing the package and its stores does not load sqlite3: not everybody needs it."""
    code = "import sys, phananh, phananh.stores; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
