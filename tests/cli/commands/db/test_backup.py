"""`phananh db backup`: a copy of an SQLite file; of other stores the tool is named."""

from pathlib import Path

from phananh.stores import SqliteStore
from tests.cli.terminal import rows, run
from tests.servers.schema import PostgresSchema
from tests.stores.files import fill_store


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


def test_tool_for_a_file_opened_by_sqlalchemy(tmp_path: Path) -> None:
    """The address that this command takes is named, and nothing is said of PostgreSQL."""
    path = tmp_path / "cases.db"
    fill_store(path)
    result = run("db", "backup", "x", "--db", f"sqlalchemy+sqlite:///{path}")
    assert result.exit_code == 2
    assert "phananh db backup --db sqlite:///PATH" in result.stderr
    assert "PostgreSQL" not in result.stderr
