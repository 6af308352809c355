"""A file of schema 2 with real cases, and code of the future with steps that there are not yet."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import attrs

from phananh.stores.sql.dialect import Migration
from phananh.stores.sql.dialects.sqlite import MIGRATIONS, SqliteDialect
from phananh.stores.sql.rows import COLUMNS, event_checksum, read_row, row_checksum, row_values
from phananh.stores.sqlite import SqliteStore

STEPS = (
    "3_pre_lists_and_consumers", "4_pre_recorded_at", "5_pre_urgent", "6_pre_holder_accused",
)  # fmt: skip
"""The steps that are left of schema 2. Elsewhere than on SQLite the first makes the tables."""
TABLES = ("case", "event", "personal", "command", "erasure")


def forget_recorded_at(path: Path) -> None:
    """Make a file hold what code wrote that did not know when an event was entered."""
    columns = ", ".join(COLUMNS)
    with closing(sqlite3.connect(path)) as connection, connection:
        for position, body, *key in connection.execute(
            "select position, body, case_id, version, type, at from phananh_event"
        ).fetchall():
            older = re.sub(',"recorded_at":("[^"]*"|null)', "", body)
            connection.execute(
                "update phananh_event set body = ?, crc = ? where position = ?",
                (older, event_checksum(*key, older), position),
            )
        for values in connection.execute(f"select {columns} from phananh_case").fetchall():  # noqa: S608
            row = row_values(attrs.evolve(read_row(values), recorded_at=None))
            marks = ", ".join("?" * len(row))
            connection.execute(f"replace into phananh_case ({columns}) values ({marks})", row)  # noqa: S608


def make_old(path: Path, now: Path) -> None:
    """Make a file of schema 2 that holds what a file of now holds, made as old code wrote it."""
    forget_recorded_at(now)
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
        every = f"select {', '.join(COLUMNS)} from now.phananh_case"  # noqa: S608
        for values in connection.execute(every).fetchall():
            row = row_values(attrs.evolve(read_row(values), figures=None, holder_accused=None))
            older = dict(zip(COLUMNS, row, strict=True))
            connection.execute(
                "update phananh_case set filters = 'x|y', crc = ? where case_id = ?",
                (row_checksum([*(older | {"filters": "x|y"}).values()], None), older["case_id"]),
            )


class FutureDialect(SqliteDialect):
    """SQLite with a step that adds what new code needs, and one that takes away what was old."""

    migrations: ClassVar[tuple[Migration, ...]] = (
        *MIGRATIONS,
        Migration(
            7, "pre", 4, "notes",
            ("alter table phananh_case add column note text not null default ''",),
        ),
        Migration(8, "post", 8, "kinds", ("drop index phananh_case_kind",)),
    )  # fmt: skip


class FutureStore(SqliteStore):
    """A store of a later version of the code."""

    dialect = FutureDialect()
