"""`phananh db copy`: from one address to another, compared, and what could not go over."""

from pathlib import Path

import pytest

from phananh.stores import SqliteStore
from tests.cli.terminal import rows, run
from tests.servers.schema import PostgresSchema
from tests.stores.files import fill_store


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Return a file with three cases."""
    fill_store(tmp_path / "cases.db")
    return str(tmp_path / "cases.db")


def test_file_is_copied(db: str, tmp_path: Path) -> None:
    """The target is made, how much there is is said, and again is the same."""
    target = f"sqlite:///{tmp_path}/copy.db"
    for _ in range(2):
        done = run("db", "copy", db, target)
        assert done.exit_code == 0
        lines = done.stdout.splitlines()
        assert lines[:-1] == ["copied: cases: 3; events: 3"]
        assert lines[-1].startswith("both are the same (digest ")
    (facts,) = rows(run("db", "copy", db, target, "--json"))
    assert facts["counts"] == {"case": 3, "command": 0, "erasure": 0, "event": 3, "consumer": 0}
    with SqliteStore(tmp_path / "copy.db") as copy, SqliteStore(db) as source:
        assert copy.scan() == source.scan()
    assert "hai bên giống nhau" in run("db", "copy", db, target, "--lang", "vi").stdout


def test_file_moves_to_a_server_and_back(db: str, postgres: PostgresSchema, tmp_path: Path) -> None:
    """The tables of the server are made, and the way back gives the same digest."""
    joint = "&" if "?" in postgres.dsn else "?"
    address = f"{postgres.dsn}{joint}phananh_schema={postgres.name}&phananh_retry_for=0"
    (there,) = rows(run("db", "copy", db, address, "--json"))
    assert run("db", "verify", "--db", address).exit_code == 0
    (back,) = rows(run("db", "copy", address, str(tmp_path / "back.db"), "--json"))
    assert there == back


def test_what_cannot_go_over_is_told(db: str) -> None:
    """From memory commands and consumers are left out, and the run ends with 3."""
    result = run("db", "copy", "memory:", f"{db}2")
    assert result.exit_code == 3
    assert "both are the same" in result.stdout
    assert "left out, as one of the stores has no SQL tables: command, consumer" in result.stderr


def test_wrong_places_are_refused(db: str, tmp_path: Path) -> None:
    """A source that is not there is not made, and a target with other cases is left."""
    missing = run("db", "copy", str(tmp_path / "none.db"), db)
    assert (missing.exit_code, (tmp_path / "none.db").exists()) == (2, False)
    fill_store(tmp_path / "other.db", cases=2)
    with SqliteStore(tmp_path / "other.db") as store:
        store.erase("HB-0", at=store.load("HB-0")[0].at)
    refused = run("db", "copy", str(tmp_path / "other.db"), db)
    assert refused.exit_code == 2
    assert "target: already has cases that the source does not have" in refused.stderr


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}", "{}/../cases.db"])
def test_copy_onto_itself_is_refused(db: str, form: str) -> None:
    """However one file is written, it is not copied onto itself."""
    other = form.format(db if ".." not in form else Path(db).parent / "x")
    Path(db).with_name("x").mkdir()
    refused = run("db", "copy", db, other)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "FROM and TO are the same database" in refused.stderr
    assert "là cùng một cơ sở dữ liệu" in run("db", "copy", db, other, "--lang", "vi").stderr


def test_copy_into_memory_is_refused(db: str) -> None:
    """What is copied into memory is lost when the command ends, so nothing is copied."""
    refused = run("db", "copy", db, "memory:")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "a copy in memory: is lost when the command ends" in refused.stderr


def test_no_database_option_is_offered() -> None:
    """A copy is of two addresses, so its help has no --db."""
    told = run("db", "copy", "--help")
    assert told.exit_code == 0
    assert "--db" not in told.stdout
