"""A database as it is stored: its rows, a page at a time, and its events in the order of the feed.

Every engine keeps the same values in the same columns. Only what orders the feed differs.
"""

from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from typing import Any, Literal

import attrs

from phananh.stores.sql.rows import Values
from phananh.stores.sql.statements import ROW
from phananh.stores.sql.store import SqlStore

_PAGE = 500
_COLUMNS = {
    "case": ROW,
    "command": "command_id, case_id, version, digest, is_personal, crc",
    "erasure": "case_id, at, version",
}
_KEYS = {"case": "case_id", "command": "command_id", "erasure": "case_id"}
_TABLES = ("case", "event", "personal", "command", "erasure", "consumer")
_CONSUMERS = "select name, number, position, until_at from phananh_consumer order by name"


@attrs.frozen
class Stored:
    """An event as it is stored: `values` are those of `insert_event`."""

    position: tuple[int, ...]
    values: Values
    salt: Any
    data: Any

    @property
    def case(self) -> str:
        """The case."""
        return str(self.values[0])

    @property
    def version(self) -> int:
        """The version of the case that it made."""
        return int(self.values[1])


class Database:
    """The stored data in the tables of a store."""

    def __init__(self, store: SqlStore) -> None:
        """Take the store. Its dialect knows the tables."""
        self.store = store
        self.dialect = store.dialect
        order = self.dialect.order
        self.beginning = (0,) * len(order)
        self._order = ", ".join(order)
        self._marks = f"({', '.join('?' * len(order))})" if len(order) > 1 else "?"
        self._key = f"({self._order})" if len(order) > 1 else self._order

    def select(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a statement."""
        rows = self.store._select("copying", self.dialect.say(statement), values)
        return [tuple(row) for row in rows]

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        ((count,),) = self.select(f"select count(*) from {table}")  # noqa: S608  # names of ours
        return int(count)

    def is_empty(self) -> bool:
        """Return whether no table holds anything."""
        return not any(self.select(f"select 1 from phananh_{t} limit 1") for t in _TABLES)  # noqa: S608

    def read_feed(
        self, after: tuple[int, ...], limit: int, *, is_fenced: bool = True
    ) -> list[Stored]:
        """Return events behind a position, in the order of the feed."""
        many = len(self.beginning)
        scan = self.dialect.scan if is_fenced else self.dialect.scan_all
        rows = self.select(scan, (*after, limit))
        return [
            Stored(row[:many], row[many : many + 6], row[many + 6], row[many + 7]) for row in rows
        ]

    def find_outermost(self, sense: Literal["asc", "desc"]) -> Values | None:
        """Return case, version and checksum of the first or the last event of the feed."""
        order = ", ".join(f"{column} {sense}" for column in self.dialect.order)
        found = self.select(
            f"select case_id, version, crc from phananh_event order by {order} limit 1"  # noqa: S608
        )
        return found[0] if found else None

    def find_event(self, case: str, version: int) -> tuple[int, ...] | None:
        """Return the position of an event and its checksum."""
        found = self.select(
            f"select {self._order}, crc from phananh_event where case_id = ? and version = ?",  # noqa: S608
            (case, version),
        )
        return found[0] if found else None

    def find_position(self, case: str, version: int) -> str | None:
        """Return the position of an event as consumers keep it."""
        found = self.find_event(case, version)
        return None if found is None else "-".join(map(str, found[:-1]))

    def find_entry(self, position: str | None) -> tuple[str, int] | None:
        """Return case and version of the event at a position, or the last one before it."""
        if position is None:
            return None
        last_first = ", ".join(f"{column} desc" for column in self.dialect.order)
        found = self.select(
            f"select case_id, version from phananh_event where {self._key} <= {self._marks} "  # noqa: S608
            f"order by {last_first} limit 1",
            [int(part) for part in position.split("-")],
        )
        return found[0] if found else None

    def read_consumers(self) -> list[Values]:
        """Return name, number, position and end of the lease of each consumer."""
        return self.select(_CONSUMERS)

    def read_rows(self, cases: Collection[str]) -> list[Values]:
        """Return the index rows of some cases."""
        return self._read_named("case", list(cases))

    def read_known(self, table: str, keys: Sequence[str]) -> dict[str, Values]:
        """Return those rows of a table that have these keys, by the key."""
        return {str(row[0]): row for row in self._read_named(table, keys)}

    def _read_named(self, table: str, keys: Sequence[str]) -> list[Values]:
        if not keys:
            return []
        marks = ", ".join("?" * len(keys))
        named = f"{_KEYS[table]} in ({marks}) order by {_KEYS[table]}"
        return self.select(f"select {_COLUMNS[table]} from phananh_{table} where {named}", keys)  # noqa: S608

    def read_pages(self, table: str) -> Iterator[list[Values]]:
        """Yield all rows of a table by their keys, a page at a time."""
        key, last = _KEYS[table], ""
        statement = (
            f"select {_COLUMNS[table]}, {key} from phananh_{table} "  # noqa: S608
            f"where {key} > ? order by {key} limit ?"
        )
        while page := self.select(statement, (last, _PAGE)):
            last = page[-1][-1]
            yield [row[:-1] for row in page]

    def sum_up(self) -> "dict[str, Summary]":
        """Return how much of everything there is, and a digest of it."""
        sums = {table: Summary.of(self.read_pages(table)) for table in _KEYS}
        sums["event"] = Summary.of(self._read_events())
        consumers = [
            (name, number, self.find_entry(position), until)
            for name, number, position, until in self.read_consumers()
        ]
        return {**sums, "consumer": Summary.of([consumers])}

    def _read_events(self) -> Iterator[list[Values]]:
        after = self.beginning
        while page := self.read_feed(after, _PAGE, is_fenced=False):
            after = page[-1].position
            yield [(*each.values, *_personal(each)) for each in page]


@attrs.frozen
class Summary:
    """How many rows there are, and the digest of them in their order."""

    count: int
    digest: str

    @classmethod
    def of(cls, pages: "Iterator[list[Values]] | list[list[Values]]") -> "Summary":
        """Return the summary of pages of rows."""
        count, digest = 0, blake2b(digest_size=16)
        for page in pages:
            count += len(page)
            for row in page:
                digest.update(repr(row).encode())
        return cls(count, digest.hexdigest())


def _personal(each: Stored) -> tuple[Any, ...]:
    """Return the personal values of an event, or None if they were erased on any engine."""
    return (bytes(each.salt).hex(), each.data) if type(each.data) is str else ()
