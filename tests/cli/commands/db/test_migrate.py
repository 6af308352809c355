"""`phananh db migrate`: which steps were done, which are left, and what is refused."""

from pathlib import Path

import pytest

from phananh.stores import SqliteStore
from tests.cli.terminal import rows, run
from tests.servers.schema import PostgresSchema
from tests.stores.files import alter, fill_store
from tests.stores.sql.old_file import make_old


@pytest.fixture
def old(tmp_path: Path) -> str:
    """Return a file of schema 2 with three cases."""
    fill_store(tmp_path / "now.db")
    make_old(tmp_path / "old.db", tmp_path / "now.db")
    return str(tmp_path / "old.db")


def test_old_file_is_migrated(old: str) -> None:
    """The steps are named before and after they are done; again is nothing."""
    refused = run("list", "--db", old)
    assert refused.exit_code == 2
    assert "schema 2, needed 3: the tables are of an older phananh" in refused.stderr
    told = run("db", "migrate", "--dry-run", "--db", old)
    assert (told.exit_code, told.stdout) == (0, "to do: 3_pre_lists_and_consumers\n")
    done = run("db", "migrate", "--db", old)
    assert (done.exit_code, done.stdout) == (0, "done: 3_pre_lists_and_consumers\nschema: 3\n")
    again = run("db", "migrate", "--db", old, "--lang", "vi")
    assert again.stdout == "không có bước nào cần làm\nlược đồ: 3\n"
    assert len(rows(run("list", "--json", "--db", old))) == 3


def test_steps_as_data(old: str) -> None:
    """As JSON the steps are lists, and a phase without steps leaves them."""
    (post,) = rows(run("db", "migrate", "--phase", "post", "--json", "--db", old))
    assert post == {"done": [], "left": ["3_pre_lists_and_consumers"], "schema": 2}
    (done,) = rows(run("db", "migrate", "--phase", "pre", "--json", "--db", old))
    assert done == {"done": ["3_pre_lists_and_consumers"], "left": [], "schema": 3}


def test_newer_tables_are_refused(old: str) -> None:
    """Tables of a later version are left as they are, by this command too."""
    run("db", "migrate", "--db", old)
    alter(Path(old), "update phananh_schema set version = 99, oldest = 99")
    refused = run("db", "migrate", "--db", old)
    assert refused.exit_code == 2
    assert "schema 99, needed 3: the tables are of a newer phananh" in refused.stderr


def test_what_has_no_tables_is_told(tmp_path: Path) -> None:
    """A file that is not there is not made, and a store in memory has nothing to migrate."""
    missing = run("db", "migrate", "--db", str(tmp_path / "none.db"))
    assert (missing.exit_code, [*tmp_path.iterdir()]) == (2, [])
    assert "`phananh replay`, `phananh demo` and `open_store` create one" in missing.stderr
    assert "has no SQL tables" in run("db", "migrate", "--db", "memory:").stderr
    assert "no database is named" in run("db", "migrate").stderr


def test_tables_are_made_on_a_server(postgres: PostgresSchema) -> None:
    """On PostgreSQL the tables are made, and then every command works by the same address."""
    joint = "&" if "?" in postgres.dsn else "?"
    address = f"{postgres.dsn}{joint}phananh_schema={postgres.name}&phananh_retry_for=0"
    missing = run("list", "--db", address)
    assert missing.exit_code == 2
    assert "make them with `phananh db migrate`" in missing.stderr
    assert run("db", "migrate", PHANANH_DB=address).stdout == "done: 3_pre_tables\nschema: 3\n"
    assert run("demo", "--cases", "5", "--seed", "1", "--db", address).exit_code == 0
    assert len(rows(run("list", "--json", "--at", "2025-06-30T17:00", "--db", address))) == 5
    (status,) = rows(run("db", "status", "--json", "--db", address))
    assert (status["engine"], status["cases"], status["usable"]) == ("postgresql", 5, True)
    assert status["size_bytes"] > 10_000
    assert type(status["held_back"]) is int


def test_store_stays_open_for_others_meanwhile(old: str) -> None:
    """A program that opens the file after the migration sees what was there before."""
    run("db", "migrate", "--db", old)
    with SqliteStore(old) as store:
        assert len(store.load("HB-1")) == 1
