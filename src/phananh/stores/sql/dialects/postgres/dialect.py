"""PostgreSQL: acts in one statement, and a feed in the order of transactions behind a fence.

A transaction that is open may still write before a later one that is committed. So the feed ends
before the oldest that is open: no entry can appear behind a position that was read.
"""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

import attrs

from phananh.errors import CorruptError, InputError, short_repr
from phananh.stores.base import FeedEntry
from phananh.stores.paging import ahead_error
from phananh.stores.sql.dialect import Dialect, Meaning
from phananh.stores.sql.dialects.postgres import tables
from phananh.stores.sql.dialects.postgres.writing import (
    COPIED,
    FEW,
    SET_WAIT,
    is_one_statement,
    write_statement,
)
from phananh.stores.sql.dialects.refusals import find_refusal, tell
from phananh.stores.sql.migrations import Migration
from phananh.stores.sql.rows import Batch
from phananh.stores.sql.session import LostRaceError, Select, Session
from phananh.stores.sql.statements import Statements
from phananh.stores.sql.stored import read_event

_POSITION = re.compile("([0-9]{1,19})-([0-9]{1,19})")
_LAST_SEQ = 2**63 - 1
_LOST_RACES = ("23505", "40001", "40P01")  # unique violation, serialization failure, deadlock
_CODES = {
    "25006": "server_read_only",
    "53100": "disk_full",
    "53300": "too_many_connections",
    "55P03": "busy",
    "57014": "busy",
}
_CONNECTION_ERRORS = {"OperationalError", "InterfaceError"}  # of every driver, without a code
_GONE = ("08", "57P")  # connection exceptions, and a server that shuts down or starts


class PostgresDialect(Dialect):
    """The SQL of PostgreSQL 14 and later."""

    name: ClassVar[str] = "postgresql"
    migrations: ClassVar[tuple[Migration, ...]] = tables.MIGRATIONS
    statements: ClassVar[Statements] = tables.STATEMENTS
    scan: ClassVar[str] = tables.SCAN
    order: ClassVar[tuple[str, ...]] = ("tx", "seq")
    has_tables: ClassVar[str] = tables.HAS_TABLES
    size: ClassVar[str | None] = tables.SIZE
    held_back: ClassVar[str | None] = tables.HELD_BACK
    lock_schema: ClassVar[str | None] = tables.LOCK_SCHEMA
    replicate: ClassVar[str | None] = tables.REPLICATE
    after_migrations: ClassVar[tuple[str, ...]] = (tables.CATCH_UP,)

    def __init__(self, *, mark: str = "%s", schema: str = "", timeout: float = 5.0) -> None:
        """Take the driver's mark of a value, the schema, and how many seconds a lock is waited."""
        super().__init__(mark=mark, schema=schema)
        self._wait = f"{max(1, round(timeout * 1000))}ms"
        self.limits = ((SET_WAIT, (self._wait,)),)

    @property
    def scan_all(self) -> str:
        """The statement that reads the feed, including events behind the fence."""
        return tables.SCAN_ALL

    def is_one_statement(self, batch: Batch) -> bool:
        """Return whether a batch is one case, and short."""
        return is_one_statement(batch)

    def write(self, session: Session, batch: Batch) -> None:
        """Write a batch: an act on one case in one statement, all else in steps."""
        if not is_one_statement(batch):
            self.limit_wait(session)
            # A writer that waits to insert a row then has none that others wait to update, so
            # lists of cases that are known to some writers only do not deadlock.
            self.insert(session, "case", batch.new)
            super().write(session, attrs.evolve(batch, new=[]))
            return
        statement, values = write_statement(batch, self._wait)
        if session.execute(self.say(statement), values).fetchone()[0] != 1:
            raise LostRaceError

    def insert(self, session: Session, table: str, rows: Sequence[Any]) -> None:
        """Insert rows into a table, many of them by COPY, if the driver has it."""
        copy = getattr(session, "copy_rows", None)
        if copy is None or len(rows) < FEW:
            super().insert(session, table, rows)
            return
        columns: tuple[str, ...] = COPIED[table]
        if table == "event":
            ((tx,),) = session.execute(self.say(f"select {tables.OWN}"), ()).fetchall()
            rows = [(*row, tx) for row in rows]
        copy(self.say(f"copy phananh_{table} ({', '.join(columns)}) from stdin"), rows)

    def read_feed(self, select: Select, after: str | None, limit: int) -> tuple[FeedEntry, ...]:
        """Return entries of the feed behind a position, up to the fence."""
        first = _parse(after)
        rows = select(self.say(tables.SCAN), (*first, limit))
        if not rows and after is not None:
            self.parse_position(select, after)
        return _read_entries(rows)

    def find_end(self, select: Select) -> str:
        """Return the position before the fence. Events committed beyond it come after."""
        ((fence, _),) = select(self.say(tables.END), ())
        return f"{fence - 1}-{_LAST_SEQ}"

    def parse_position(self, select: Select, position: str | None) -> tuple[int, ...]:
        """Return a position as numbers that sort as the feed does."""
        found = _parse(position)
        if position is not None:
            ((_, following),) = select(self.say(tables.END), ())
            if found[0] >= following:
                raise ahead_error(position, f"{following - 1}-{_LAST_SEQ}")
        return found

    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether another was first: a key, a serialization failure or a deadlock."""
        return getattr(error, "sqlstate", None) in _LOST_RACES

    def is_of_another(self, error: BaseException) -> bool:
        """Return whether a key of another table was there already."""
        table: str | None = getattr(getattr(error, "diag", None), "table_name", None)
        return table is not None and not table.startswith("phananh_")

    def explain(self, error: BaseException) -> Meaning | None:
        """Return the code of a server's error, by its SQLSTATE. Without one the server is away."""
        state: str | None = getattr(error, "sqlstate", None)
        names = {kind.__name__ for kind in type(error).__mro__}
        if state is None and not names & _CONNECTION_ERRORS:
            return None
        refusal = find_refusal(error)
        if refusal is not None:
            return {"code": refusal, "cause": tell(error)}
        if state is None:
            return {"code": "server_gone", "cause": tell(error)}
        if state.startswith(_GONE):
            return {"code": "server_gone", "cause": state}
        known = _CODES.get(state)
        return {"code": known, "cause": state} if known else {"problem": f"SQLSTATE {state}"}


def _parse(position: str | None) -> tuple[int, int]:
    if position is None:
        return 0, 0
    found = _POSITION.fullmatch(position) if type(position) is str else None
    if found is None or int(found[2]) > _LAST_SEQ:
        raise InputError(field="after", code="position_unknown", value=short_repr(position))
    return int(found[1]), int(found[2])


def _read_entries(rows: Sequence[Any]) -> tuple[FeedEntry, ...]:
    found: list[FeedEntry] = []
    for tx, seq, *values in rows:
        position = f"{tx}-{seq}"
        try:
            found.append(FeedEntry(position=position, event=read_event(*values)))
        except CorruptError as error:
            if found:
                break
            error.facts = {**error.facts, "position": position}
            raise
    return tuple(found)
