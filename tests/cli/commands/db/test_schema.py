"""`phananh db schema`: statements that make the tables, or bring them up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from phananh.stores import SqliteStore
from phananh.stores.postgres import PostgresStore
from tests.cli.terminal import rows, run
from tests.servers.schema import PostgresSchema
from tests.stores.files import fill_store


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_statements_of_an_engine(engine: str) -> None:
    """The statements are those of `schema_sql`, as lines and as data."""
    wanted = {"sqlite": SqliteStore, "postgresql": PostgresStore}[engine].schema_sql()
    assert run("db", "schema", "--for", engine).stdout == wanted
    (facts,) = rows(run("db", "schema", "--for", engine, "--json"))
    assert facts == {"engine": engine, "since": 0, "sql": wanted}


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
    later = run("db", "schema", "--since", "2", "--db", db).stdout
    assert later == SqliteStore.schema_sql(since=2) != ""
    assert run("db", "schema", "--since", "3", "--db", db).stdout == ""


def test_schema_of_the_address_is_named(postgres: PostgresSchema) -> None:
    """Where the address names a schema, the statements do."""
    joint = "&" if "?" in postgres.dsn else "?"
    address = f"{postgres.dsn}{joint}phananh_schema={postgres.name}"
    printed = run("db", "schema", "--db", address).stdout
    assert f"create table {postgres.name}.phananh_case (" in printed


def test_engine_must_be_named() -> None:
    """Without an engine and without a database there is nothing to print."""
    assert "no database is named" in run("db", "schema").stderr
    assert "sqlite, postgresql" in run("db", "schema", "--for", "oracle").stderr
