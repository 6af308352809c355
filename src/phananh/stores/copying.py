"""Copying one database to another of any engine, row by row as it is stored.

Every engine keeps the same values in the same columns. Only what orders the feed differs, and
events keep their order. At the end both sides are read again and compared. If a copy is broken off,
begin again with an empty target.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

import attrs

from phananh.errors import InputError, StoreError
from phananh.stores.sql.dialect import ROW, LostRaceError, Session
from phananh.stores.sql.rows import Values
from phananh.stores.sql.store import SqlStore

Tell = Callable[[str, int], None]  # of what, and how many are copied so far

PAGE = 500
_COLUMNS = {
    "case": ROW,
    "command": "command_id, case_id, version, digest, is_personal, crc",
    "erasure": "case_id, at, version",
}
_KEYS = {"case": "case_id", "command": "command_id", "erasure": "case_id"}
_TABLES = ("event", "consumer")  # of which a store that is in use has one
_CONSUMERS = "select name, number, position, until_at from phananh_consumer order by name"


@attrs.frozen(kw_only=True)
class Copied:
    """The counts of the target, equal to those of the source, and the digest of everything.

    No table is left out.
    """

    counts: dict[str, int]
    digest: str
    left_out: tuple[str, ...] = ()


def say_nothing(_what: str, _count: int) -> None:
    """Let a copy go on without a word."""


def copy_store(source: SqlStore, target: SqlStore, tell: Tell = say_nothing) -> Copied:
    """Copy everything, then compare.

    Args:
        source: must not change meanwhile.
        target: empty. Missing tables are made.
        tell: called with the kind of data, and the number copied so far, about every 500.

    Raises:
        InputError: the target is not empty.
        StoreError: an engine failed, or the two differ when all was copied.
    """
    target.migrate()
    one, other = _Database(source), _Database(target)
    _copy_tables(one, other, tell)
    _copy_consumers(one, other)
    ours, theirs = one.sum_up(), other.sum_up()
    for table, (count, digest) in ours.items():
        if theirs[table] != (count, digest):
            facts: dict[str, Any] = {"source": count, "target": theirs[table][0]}
            raise StoreError(doing="copying", code="copy_differs", table=table, **facts)
    joined = "".join(digest for _, digest in ours.values())
    digest = blake2b(joined.encode(), digest_size=16).hexdigest()
    return Copied(counts={table: count for table, (count, _) in ours.items()}, digest=digest)


_Stored = tuple[tuple[int, ...], Values, Values]  # a position, an event, and its personal values


class _Database:
    """The stored data in the tables of a store, a page at a time."""

    def __init__(self, store: SqlStore) -> None:
        """Take the store. Its dialect knows the tables."""
        self.store, self.dialect = store, store.dialect
        order = self.dialect.order
        self.beginning = (0,) * len(order)
        self._order = ", ".join(order)
        self._descending = ", ".join(f"{column} desc" for column in order)

    def select(self, statement: str, values: Sequence[Any] = ()) -> list[Values]:
        """Return the rows of a statement."""
        return [*map(tuple, self.store._select("copying", self.dialect.say(statement), values))]

    def transact(self, work: Callable[[Session], object]) -> None:
        """Do work in a transaction."""
        try:
            self.store._transact(lambda: {"doing": "copying"}, work)
        except LostRaceError as lost:
            raise StoreError(doing="copying", code="copy_raced") from lost.__cause__

    def read_feed(self, after: tuple[int, ...], *, is_fenced: bool = True) -> list[_Stored]:
        """Return events behind a position, in the order of the feed."""
        many = len(self.beginning)
        fenced, every = self.dialect.scan, self.dialect.scan_all or self.dialect.scan
        rows = self.select(fenced if is_fenced else every, (*after, PAGE))
        found = [(row[:many], row[many : many + 6], *row[many + 6 : many + 8]) for row in rows]
        # On any engine personal values that were erased are no text.
        return [
            (position, values, (bytes(salt), data) if type(data) is str else ())
            for position, values, salt, data in found
        ]

    def find_event(self, case: str, version: int) -> tuple[int, ...] | None:
        """Return the position of an event."""
        found = self.select(
            f"select {self._order} from phananh_event where case_id = ? and version = ?",  # noqa: S608
            (case, version),
        )
        return found[0] if found else None

    def find_entry(self, position: str | None) -> Values | None:
        """Return case and version of the event at a position, or the last one before it."""
        if position is None:
            return None
        marks = ", ".join("?" * len(self.beginning))
        found = self.select(
            f"select case_id, version from phananh_event where ({self._order}) <= ({marks}) "  # noqa: S608
            f"order by {self._descending} limit 1",
            [int(part) for part in position.split("-")],
        )
        return found[0] if found else None

    def read_pages(self, table: str) -> Iterator[list[Values]]:
        """Yield all rows of a table by their keys, a page at a time."""
        key, last = _KEYS[table], ""
        statement = (
            f"select {_COLUMNS[table]}, {key} from phananh_{table} "  # noqa: S608
            f"where {key} > ? order by {key} limit ?"
        )
        while page := self.select(statement, (last, PAGE)):
            last = page[-1][-1]
            yield [row[:-1] for row in page]

    def read_events(self) -> Iterator[list[Values]]:
        """Yield all events with their personal values, a page at a time."""
        after = self.beginning
        while page := self.read_feed(after, is_fenced=False):
            after = page[-1][0]
            yield [(*values, *personal) for _, values, personal in page]

    def sum_up(self) -> dict[str, tuple[int, str]]:
        """Return how many rows each table has, and a digest of them in their order."""
        sums = {table: _sum_up(self.read_pages(table)) for table in _KEYS}
        consumers = [
            (name, number, self.find_entry(position), until)
            for name, number, position, until in self.select(_CONSUMERS)
        ]
        return {**sums, "event": _sum_up(self.read_events()), "consumer": _sum_up([consumers])}


def _sum_up(pages: Iterable[list[Values]]) -> tuple[int, str]:
    count, digest = 0, blake2b()
    for page in pages:
        count += len(page)
        for row in page:
            digest.update(repr(row).encode())
    return count, digest.hexdigest()


def _copy_tables(source: _Database, target: _Database, tell: Tell) -> None:
    if any(target.select(f"select 1 from phananh_{table} limit 1") for table in _TABLES):  # noqa: S608
        raise InputError(field="target", code="target_not_empty")
    position, count = source.beginning, 0
    while page := source.read_feed(position):
        target.transact(partial(_write_events, target, page))
        position, count = page[-1][0], count + len(page)
        tell("events", count)
    for table in _KEYS:
        count = 0
        for rows in source.read_pages(table):
            target.transact(partial(target.dialect.insert, table=table, rows=rows))
            count += len(rows)
            tell(f"{table}s", count)


def _write_events(target: _Database, page: list[_Stored], session: Session) -> None:
    dialect = target.dialect
    dialect.limit_wait(session)
    # Not by `write`: events of several cases keep their order here.
    events = dialect.number_events(session, [values for _, values, _ in page])
    dialect.insert(session, "event", events)
    personal = [(*kept, *values[:2]) for _, values, kept in page if kept]
    dialect.insert(session, "personal", personal)


def _copy_consumers(source: _Database, target: _Database) -> None:
    """Copy consumers, each at the position that its last entry has in the target."""
    rows = []
    for name, number, position, until in source.select(_CONSUMERS):
        entry = source.find_entry(position)
        found = None if entry is None else target.find_event(*entry)
        reached = None if found is None else "-".join(map(str, found))
        rows.append((name, number, reached, until))
    insert = "insert into phananh_consumer (name, number, position, until_at) values (?,?,?,?)"
    if rows:
        target.transact(lambda s: s.executemany(target.dialect.say(insert), rows))
