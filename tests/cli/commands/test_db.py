"""`phananh db`: tables are migrated, copied, verified and backed up."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from phananh.stores import SqliteStore
from phananh.testing.sample_events import START
from tests.cli.terminal import rows, run
from tests.servers.schema import PostgresSchema
from tests.stores.files import alter, fill_store
from tests.stores.sql.old_file import STEPS, make_old


def name_steps(said: str) -> str:
    """Return the lines that name the steps from schema 2 on."""
    return "".join(f"{said}: {step}\n" for step in STEPS)


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
    assert "schema 2, needed 6: the tables are of an older phananh" in refused.stderr
    told = run("db", "migrate", "--dry-run", "--db", old)
    assert (told.exit_code, told.stdout) == (
        0,
        name_steps("to do"),
    )
    done = run("db", "migrate", "--db", old)
    assert (done.exit_code, done.stdout) == (
        0,
        f"{name_steps('done')}schema: 6\n",
    )
    again = run("db", "migrate", "--db", old, "--lang", "vi")
    assert again.stdout == "không có bước nào cần làm\nlược đồ: 6\n"
    assert len(rows(run("list", "--json", "--db", old))) == 3


def test_newer_tables_are_refused(old: str) -> None:
    """Tables of a later version are left as they are, by this command too."""
    run("db", "migrate", "--db", old)
    alter(Path(old), "update phananh_schema set version = 99, oldest = 99")
    refused = run("db", "migrate", "--db", old)
    assert refused.exit_code == 2
    assert "schema 99, needed 6: the tables are of a newer phananh" in refused.stderr


def test_tables_are_made_on_a_server(postgres: PostgresSchema) -> None:
    """On PostgreSQL the tables are made, and then every command works by the same address."""
    joint = "&" if "?" in postgres.dsn else "?"
    address = f"{postgres.dsn}{joint}phananh_schema={postgres.name}&phananh_retry_for=0"
    missing = run("list", "--db", address)
    assert missing.exit_code == 2
    assert "make them with `phananh db migrate`" in missing.stderr
    assert (
        run("db", "migrate", PHANANH_DB=address).stdout
        == "done: 3_pre_tables\n" + name_steps("done").partition("\n")[2] + "schema: 6\n"
    )
    assert run("demo", "--cases", "5", "--seed", "1", "--db", address).exit_code == 0
    assert len(rows(run("list", "--json", "--at", "2025-06-30T17:00", "--db", address))) == 5
    (status,) = rows(run("db", "status", "--json", "--db", address))
    assert (status["engine"], status["cases"], status["usable"]) == ("postgresql", 5, True)
    assert status["size_bytes"] > 10_000
    assert type(status["held_back"]) is int


def test_statements_make_a_database(tmp_path: Path) -> None:
    """SQLite runs what is printed, and the store opens what it made."""
    path = tmp_path / "cases.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(run("db", "schema", "--for", "sqlite").stdout)
    assert run("list", "--db", str(path)).exit_code == 0


def test_statements_since_a_schema(tmp_path: Path) -> None:
    """Only later steps are printed, of the engine that --db names; of the last one none."""
    fill_store(tmp_path / "cases.db")
    db = str(tmp_path / "cases.db")
    assert (
        run("db", "schema", "--since", "2", "--db", db).stdout
        == SqliteStore.schema_sql(since=2)
        != ""
    )
    assert run("db", "schema", "--since", "6", "--db", db).stdout == ""


def test_status_counts_and_names_consumers(tmp_path: Path) -> None:
    """Cases, events, the end of the feed, each consumer and when its lease ends are said."""
    path = tmp_path / "cases.db"
    fill_store(path)
    with SqliteStore(path) as store:
        mail = store.claim("mail", START, START + timedelta(hours=1))
        assert mail is not None
        store.advance(mail, "2")
        sms = store.claim("sms", START, START + timedelta(hours=1), start="end")
        assert sms is not None
        store.release(sms)
    told = run("db", "status", "--db", str(path))
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[:2] == ["sqlite, schema: 6, this version needs: 6", "cases: 3, events: 3"]
    assert lines[2].startswith("size: 0.")
    assert lines[3] == "the feed ends at: 3"
    assert [line.split() for line in lines[-2:]] == [
        ["mail", "2", "2019-11-04", "09:00", "1"],
        ["sms", "3", "-", "1"],
    ]
    (facts,) = rows(run("db", "status", "--json", "--db", str(path)))
    assert [each["consumer"] for each in facts["consumers"]] == ["mail", "sms"]
    assert facts["consumers"][1]["until"] is None
    assert (facts["cases"], facts["events"], facts["more"]) == (3, 3, [])
    assert (
        "PAKN: 3; bước đã ghi: 3" in run("db", "status", "--db", str(path), "--lang", "vi").stdout
    )


def test_status_of_tables_on_which_this_version_cannot_run(tmp_path: Path) -> None:
    """Older tables are told with the steps that are left, newer ones with the way out; 3."""
    fill_store(tmp_path / "now.db")
    make_old(tmp_path / "old.db", tmp_path / "now.db")
    older = run("db", "status", "--db", str(tmp_path / "old.db"))
    assert (older.exit_code, older.stdout) == (
        3, f"sqlite, schema: 2, this version needs: 6\n{name_steps('to do')}",
    )  # fmt: skip
    alter(tmp_path / "now.db", "update phananh_schema set version = 99, oldest = 99")
    newer = run("db", "status", "--db", str(tmp_path / "now.db"))
    assert newer.exit_code == 3
    assert "Upgrade phananh" in newer.stdout


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Return a file with three cases."""
    fill_store(tmp_path / "cases.db")
    return str(tmp_path / "cases.db")


def test_what_is_damaged_is_named(db: str) -> None:
    """Each damaged case is named once, with how many were read, and 3 is the exit code."""
    sound = run("db", "verify", "--db", db)
    assert (sound.exit_code, sound.stdout) == (0, "database: 3 cases read, none damaged\n")
    alter(Path(db), "update phananh_event set body = '{}' where case_id = 'HB-0'")
    alter(Path(db), "update phananh_case set late = 1 where case_id = 'HB-1'")
    damaged = run("db", "verify", "--json", "--db", db)
    *named, total = rows(damaged)
    assert (damaged.exit_code, [each["damaged"]["case"] for each in named]) == (3, ["HB-0", "HB-1"])
    assert total == {"cases": 2, "damaged": 2}
    assert "named above (2)\ndatabase: 2 cases read\n" in run("db", "verify", "--db", db).stdout


def test_file_is_copied(db: str, tmp_path: Path) -> None:
    """The target is made, and how much there is is said."""
    done = run("db", "copy", db, f"sqlite:///{tmp_path}/copy.db")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[:-1] == ["copied: cases: 3; events: 3"]
    assert lines[-1].startswith("both are the same (digest ")
    (facts,) = rows(run("db", "copy", db, str(tmp_path / "other.db"), "--json"))
    assert facts["counts"] == {"case": 3, "command": 0, "erasure": 0, "event": 3, "consumer": 0}
    with SqliteStore(tmp_path / "copy.db") as copy, SqliteStore(db) as source:
        assert copy.scan() == source.scan()


def test_file_moves_to_a_server_and_back(db: str, postgres: PostgresSchema, tmp_path: Path) -> None:
    """The tables of the server are made, and the way back gives the same digest."""
    joint = "&" if "?" in postgres.dsn else "?"
    address = f"{postgres.dsn}{joint}phananh_schema={postgres.name}&phananh_retry_for=0"
    (there,) = rows(run("db", "copy", db, address, "--json"))
    assert run("db", "verify", "--db", address).exit_code == 0
    (back,) = rows(run("db", "copy", address, str(tmp_path / "back.db"), "--json"))
    assert there == back


def test_wrong_places_are_refused(db: str, tmp_path: Path) -> None:
    """A source that is not there is not made, and a target with other cases is left."""
    missing = run("db", "copy", str(tmp_path / "none.db"), db)
    assert (missing.exit_code, (tmp_path / "none.db").exists()) == (2, False)
    fill_store(tmp_path / "other.db", cases=2)
    refused = run("db", "copy", str(tmp_path / "other.db"), db)
    assert (refused.exit_code, "target: is not empty" in refused.stderr) == (2, True)


def test_backup_is_a_database(tmp_path: Path) -> None:
    """The copy holds what the file holds, also while it is open; no file is written over."""
    path, copy = str(tmp_path / "cases.db"), str(tmp_path / "copy.db")
    fill_store(Path(path))
    with SqliteStore(path):
        done = run("db", "backup", copy, "--db", path)
        assert (done.exit_code, done.stdout) == (0, f"backed up to {copy}\n")
    with SqliteStore(path) as one, SqliteStore(copy) as two:
        assert one.scan() == two.scan()
    again = run("db", "backup", copy, "--db", path)
    assert again.exit_code == 2
    assert "exists; name a new file" in again.stderr
    (facts,) = rows(run("db", "backup", f"{copy}2", "--json", "--db", path))
    assert facts == {"backup": f"{copy}2"}


def test_tool_of_another_engine_is_named(postgres: PostgresSchema, tmp_path: Path) -> None:
    """PostgreSQL has pg_dump, and what follows a restore is said."""
    result = run("db", "backup", str(tmp_path / "x"), "--db", postgres.dsn)
    assert result.exit_code == 2
    assert "pg_dump" in result.stderr
    assert "run `phananh db migrate`" in result.stderr
    assert ";" not in result.stderr
    assert "has no SQL tables" in run("db", "backup", "x", "--db", "memory:").stderr


@pytest.mark.parametrize("more", [(), ("--json",), ("--lang", "vi")])
@pytest.mark.parametrize(
    "address",
    [
        "postgresql://lan:s3cret@127.0.0.1:1/x?phananh_timeout=0.1&phananh_retry_for=0",
        "postgresql:///x?host=127.0.0.1&port=1&password=s3cret&phananh_timeout=0.1"
        "&phananh_retry_for=0",
        "postgresql://lan:s3cret@[127.0.0.1/x",
        "oracle://lan:s3cret@h/x",
        "lan:s3cret@h",
        "postgresql://lan:s3cret@h/x?phananh_sch=y",
    ],
)
@pytest.mark.parametrize("command", [("db", "status"), ("list",)])
def test_no_password_is_shown(
    command: tuple[str, ...], address: str, more: tuple[str, ...]
) -> None:
    """A server that is away, a URL that is none: the error names no password, typed or exported."""
    for given, env in ((("--db", address), {}), ((), {"PHANANH_DB": address})):
        result = run(*command, *given, *more, **env)
        assert result.exit_code == 2
        assert "s3cret" not in result.output
