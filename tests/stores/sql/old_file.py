"""A file of schema 2 with real cases, and code of the future with steps that there are not yet."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import ClassVar

from phananh.stores.sql.dialect import Migration
from phananh.stores.sql.dialects.sqlite import MIGRATIONS, SqliteDialect
from phananh.stores.sqlite import SqliteStore

TABLES = ("case", "event", "personal", "command", "erasure")


def make_old(path: Path, now: Path) -> None:
    """Make a file of schema 2 that holds what a file of the schema of now holds."""
    first = MIGRATIONS[0]
    assert (first.number, first.phase) == (2, "pre")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        for statement in first.statements:
            connection.execute(statement)
        connection.execute("attach ? as now", (str(now),))
        for table in TABLES:
            names = [row[1] for row in connection.execute(f"pragma table_info(phananh_{table})")]
            columns = ", ".join(names)
            connection.execute(
                f"insert into phananh_{table} ({columns}) "  # noqa: S608  # names of ours
                f"select {columns} from now.phananh_{table}"
            )


class FutureDialect(SqliteDialect):
    """SQLite with a step that adds what new code needs, and one that takes away what was old."""

    migrations: ClassVar[tuple[Migration, ...]] = (
        *MIGRATIONS,
        Migration(
            4, "pre", 3, "notes",
            ("alter table phananh_case add column note text not null default ''",),
        ),
        Migration(5, "post", 4, "kinds", ("drop index phananh_case_kind",)),
    )  # fmt: skip


class FutureStore(SqliteStore):
    """A store of a later version of the code."""

    dialect = FutureDialect()
