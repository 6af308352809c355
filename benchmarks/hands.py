"""The raw driver's loop: the same rows as a store writes, by the driver's own calls, unchecked.

Everything is known beforehand. An act is a transaction of an update of the row and an insert of
the event, with one more insert where a text is personal. By id, the history is selected first. Here
the whole row is updated. A store leaves out the two columns that seldom change.
"""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from phananh.stores import SqliteStore
from phananh.stores.base import Change
from phananh.stores.codec import encode
from phananh.stores.sql.dialect import Statements
from phananh.stores.sql.dialects.postgres import OWN, PostgresDialect
from phananh.stores.sql.rows import COLUMNS, changed_values, make_batch, row_values
from phananh.stores.sqlite import DIALECT

EVENT = ("case_id", "version", "type", "at", "body", "crc", "tx")
PERSONAL = ("salt", "data", "case_id", "version")
CHECKPOINT_EVERY = 256  # as the store on SQLite does


@attrs.frozen
class Work:
    """The values of an act: its case, the row as it becomes, events, and what is personal.

    `facts` are what the event says, as plain data, for a library that writes it its own way.
    """

    case: str
    row: tuple[Any, ...]
    events: list[tuple[Any, ...]]
    personal: list[tuple[Any, ...]]
    facts: dict[str, Any]

    @classmethod
    def of(cls, change: Change) -> "Work":
        """Return the values of a change."""
        batch, is_new = make_batch([change]), change.expected == 0
        row = row_values(change.row) if is_new else changed_values(change.row, change.expected)
        return cls(change.case, row, batch.events, batch.personal, _facts_of(change))


def _facts_of(change: Change) -> dict[str, Any]:
    body, private = encode(change.events[-1], bytes(16))
    return {**json.loads(body), "personal": json.loads(private) if private else None}


class SqliteHand:
    """The loop of sqlite3, on a file that is set up as the store sets it up."""

    sql = DIALECT.sql

    def __init__(self, path: Path) -> None:
        """Open a file of its own."""
        SqliteStore(path).close()
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("synchronous = FULL", "secure_delete = on", "wal_autocheckpoint = 0"):
            self._connection.execute(f"pragma {pragma}").fetchall()
        self._written = 0

    def receive(self, work: Work) -> None:
        """Record the first event of a case; this is not timed."""
        self._write(self.sql.insert_case, work)

    def act(self, work: Work) -> None:
        """Write a case's row and its events in one transaction."""
        self._write(self.sql.update_row, work)

    def load_and_act(self, work: Work) -> None:
        """Load the case, then act."""
        self._connection.execute(self.sql.load, (work.case,) * 3).fetchall()
        self._write(self.sql.update_row, work)

    def _write(self, statement: str, work: Work) -> None:
        connection = self._connection
        connection.execute("begin immediate")
        connection.execute(statement, work.row)
        connection.executemany(self.sql.insert_event, work.events)
        if work.personal:
            connection.executemany(self.sql.insert_personal, work.personal)
        connection.execute("commit")
        self._written += 1
        if self._written % CHECKPOINT_EVERY == 0:
            connection.execute("pragma wal_checkpoint(passive)").fetchall()

    def insert_many(self, works: list[Work]) -> None:
        """Write new cases, all in one transaction, by `executemany`."""
        connection = self._connection
        connection.execute("begin immediate")
        connection.executemany(self.sql.insert_case, [work.row for work in works])
        connection.executemany(self.sql.insert_event, [each for w in works for each in w.events])
        personal = [each for work in works for each in work.personal]
        connection.executemany(self.sql.insert_personal, personal)
        connection.execute("commit")
        connection.execute("pragma wal_checkpoint(passive)").fetchall()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class PostgresHand:
    """The loop of psycopg, on a schema that the store has made."""

    def __init__(self, dsn: str, schema: str) -> None:
        """Open a connection of its own."""
        import psycopg

        self.sql = self.statements(schema)
        self._schema = schema
        self._connection: Any = psycopg.connect(dsn)

    @staticmethod
    def statements(schema: str) -> Statements:
        """Return the statements for the tables of a schema."""
        return PostgresDialect(mark="%s", schema=schema).sql

    def receive(self, work: Work) -> None:
        """Record the first event of a case; this is not timed."""
        self._write(self.sql.insert_case, work)

    def act(self, work: Work) -> None:
        """Write a case's row and its events in one transaction."""
        self._write(self.sql.update_row, work)

    def load_and_act(self, work: Work) -> None:
        """Load the case, then act."""
        self._connection.execute(self.sql.load, (work.case,) * 3).fetchall()
        self._write(self.sql.update_row, work)

    def _write(self, statement: str, work: Work) -> None:
        connection = self._connection
        connection.execute(statement, work.row)
        for event in work.events:
            connection.execute(self.sql.insert_event, event)
        for personal in work.personal:
            connection.execute(self.sql.insert_personal, personal)
        connection.commit()

    def insert_many(self, works: list[Work]) -> None:
        """Write new cases, all in one transaction, by COPY."""
        self._copy("case", COLUMNS, [work.row for work in works])
        own = PostgresDialect(schema=self._schema).say(f"select {OWN}")
        (number,) = self._connection.execute(own).fetchone()  # of the transaction, for the feed
        events = [(*each, number) for work in works for each in work.events]
        self._copy("event", EVENT, events)
        self._copy("personal", PERSONAL, [each for work in works for each in work.personal])
        self._connection.commit()

    def _copy(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        statement = f"copy {self._schema}.phananh_{table} ({', '.join(columns)}) from stdin"
        with self._connection.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
