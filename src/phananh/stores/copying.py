"""Copying one store to another: row by row between databases, else by the calls of a store.

Between databases the last event of the target shows how much was copied, so a copy that was broken
off goes on from there, without a record of its own. Events keep their order in the feed. Every
engine keeps the same values in the same columns. Only what orders the feed differs.

Through the calls that every store has, events, rows and erased values are copied. Commands are not,
as only a digest of their content is stored, nor are consumers, which no call lists.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from itertools import zip_longest
from typing import Any, Literal

import attrs

from phananh.errors import InputError, StoreError
from phananh.regulation.case import Case, fold
from phananh.stores.base import Change, FeedEntry, IndexRow, Query, Store
from phananh.stores.index_row import make_index_row
from phananh.stores.sql.dialect import ROW, Dialect, LostRaceError, Session
from phananh.stores.sql.rows import COLUMNS, Batch, Values
from phananh.stores.sql.schema import check_state, read_state
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
        scan = (is_fenced and self.dialect.scan) or self.dialect.scan_all or self.dialect.scan
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


Tell = Callable[[str, int], None]  # of what, and how many are copied so far

PAGE = 500
_CASE, _CRC = COLUMNS.index("case_id"), COLUMNS.index("crc")
_DELETE_ROW = "delete from phananh_case where case_id = ?"
_DELETE_ERASURE = "delete from phananh_erasure where case_id = ?"
_DELETE_CONSUMER = "delete from phananh_consumer where name = ?"
_INSERT_CONSUMER = """insert into phananh_consumer (name, number, position, until_at)
values (?,?,?,?)"""


@attrs.frozen
class SqlCopy:
    """A copy from one database to another, which is empty or was begun from the same one."""

    source: Database
    target: Database
    tell: Tell

    @classmethod
    def between(cls, source: SqlStore, target: SqlStore, tell: Tell) -> "SqlCopy":
        """Return the copy between two stores."""
        return cls(Database(source), Database(target), tell)

    def run(self) -> None:
        """Copy all that is missing.

        Raises:
            InputError: the target holds something else.
            StoreError: an engine failed, or somebody writes to the target.
        """
        self._copy_events(self._find_start())
        self._copy_commands()
        self._copy_erasures()
        self._copy_consumers()

    def _find_start(self) -> tuple[int, ...]:
        """Return the position in the source of the last event that the target has."""
        last = self.target.find_outermost("desc")
        if last is None:
            if not self.target.is_empty():
                raise InputError(field="target", code="target_not_empty")
            return self.source.beginning
        if self.target.find_outermost("asc") != self.source.find_outermost("asc"):
            raise InputError(field="target", code="target_of_another")
        case, version, crc = last
        found = self.source.find_event(case, version)
        if found is None or found[-1] != crc:
            raise InputError(field="target", code="target_of_another")
        return found[:-1]

    def _copy_events(self, position: tuple[int, ...]) -> None:
        count = self.target.count("phananh_event")
        while page := self.source.read_feed(position, PAGE):
            began = {event.case for event in page if event.version == 1}
            rows, events = self.source.read_rows(began), [event.values for event in page]
            personal = [*_list_personal(page, self.target.dialect)]
            changed = self._find_changed({event.case for event in page} - began)
            batch = Batch(rows, [], events, personal, [])
            self._transact(partial(self._write, batch=batch, changed=changed))
            position, count = page[-1].position, count + len(page)
            self.tell("events", count)

    def _find_changed(self, cases: set[str]) -> list[Values]:
        """Return the rows of cases that were acted on since a copy was broken off."""
        known = {row[_CASE]: row[_CRC] for row in self.target.read_rows(cases)}
        rows = self.source.read_rows(cases)
        return [row for row in rows if known.get(row[_CASE]) != row[_CRC]]

    def _write(self, session: Session, batch: Batch, changed: Sequence[Values]) -> None:
        """Write events with the rows of their cases, as these are now in the source."""
        dialect = self.target.dialect
        dialect.limit_wait(session)
        # Not by `write`: events of several cases keep their order here.
        events = dialect.number_events(session, batch.events)
        for table, rows in (
            ("case", batch.new),
            ("event", events),
            ("personal", batch.personal),
        ):
            dialect.insert(session, table, rows)
        for row in changed:
            session.execute(dialect.say(_DELETE_ROW), (row[_CASE],))
        dialect.insert(session, "case", changed)

    def _copy_commands(self) -> None:
        count, dialect = 0, self.target.dialect
        for page in self.source.read_pages("command"):
            known = self.target.read_known("command", [row[0] for row in page])
            new = [row for row in page if row[0] not in known]
            if new:
                self._transact(partial(dialect.insert, table="command", rows=new))
            count += len(page)
            self.tell("commands", count)

    def _copy_erasures(self) -> None:
        for page in self.source.read_pages("erasure"):
            known = self.target.read_known("erasure", [row[0] for row in page])
            for row in page:
                if known.get(row[0]) != row:
                    self._transact(partial(self._write_erasure, row=row))

    def _write_erasure(self, session: Session, row: Values) -> None:
        """Record an erasure, and erase values that were copied before it."""
        dialect, (case, at, version) = self.target.dialect, row
        stored = session.execute(dialect.sql.load, (case,) * 3).fetchall()
        if any(each[0] <= version and type(each[6]) is str for each in stored):
            dialect.erase(session, case, at)
        session.execute(dialect.say(_DELETE_ERASURE), (case,))
        session.execute(dialect.sql.insert_erasure, (case, at, version))

    def _copy_consumers(self) -> None:
        for name, number, position, until in self.source.read_consumers():
            entry = self.source.find_entry(position)
            place = None if entry is None else self.target.find_position(*entry)
            self._transact(partial(self._write_consumer, row=(name, number, place, until)))

    def _write_consumer(self, session: Session, row: Values) -> None:
        dialect = self.target.dialect
        session.execute(dialect.say(_DELETE_CONSUMER), row[:1])
        session.execute(dialect.say(_INSERT_CONSUMER), row)

    def _transact(self, work: Callable[[Session], object]) -> None:
        try:
            self.target.store._transact(lambda: {"doing": "copying"}, work)
        except LostRaceError as lost:
            raise StoreError(doing="copying", code="copy_raced") from lost.__cause__


def _list_personal(page: Sequence[Stored], dialect: Dialect) -> Iterator[Values]:
    """Yield the personal values of events, or the trace that an engine keeps of erased ones."""
    for event in page:
        if type(event.data) is str:
            yield bytes(event.salt), event.data, event.case, event.version
        elif dialect.erased is not None and '{"length":' in event.values[4]:
            yield *dialect.erased, event.case, event.version


_AT_ONCE = 200
_KEPT = 10_000  # cases in memory, so that their next event need not load them


@attrs.frozen(kw_only=True)
class Copied:
    """The counts of the target, equal to those of the source, and the tables left out.

    `digest` is that of everything between databases, and empty elsewhere.
    """

    counts: dict[str, int]
    digest: str = ""
    left_out: tuple[str, ...] = ()


def say_nothing(_what: str, _count: int) -> None:
    """Let a copy go on without a word."""


def copy_store(source: Store, target: Store, tell: Tell = say_nothing) -> Copied:
    """Copy everything, then compare. A copy that was broken off goes on.

    Args:
        source: must not change meanwhile.
        target: empty, or begun from the same source. Missing tables are made.
        tell: called with the kind of data, and the number copied so far, about every 500.

    Raises:
        InputError: the target holds something else.
        StoreError: an engine failed, or the two differ when all was copied.
    """
    if isinstance(source, SqlStore) and isinstance(target, SqlStore):
        return _copy_tables(source, target, tell)
    if isinstance(target, SqlStore):
        _prepare(target)
    _copy_events(source, target, tell)
    return _compare_stores(source, target)


def _prepare(target: SqlStore) -> None:
    state = read_state(lambda *given: target._select("copying", *given), target.dialect)
    if state is None:
        target.migrate()
    else:
        check_state(state, target.dialect, target._where)


def _copy_tables(source: SqlStore, target: SqlStore, tell: Tell) -> Copied:
    _prepare(target)
    copy = SqlCopy.between(source, target, tell)
    copy.run()
    ours, theirs = copy.source.sum_up(), copy.target.sum_up()
    for what, wanted in ours.items():
        if theirs[what] != wanted:
            raise copy_error(what, wanted.count, theirs[what].count)
    joined = "".join(each.digest for each in ours.values())
    digest = blake2b(joined.encode(), digest_size=16).hexdigest()
    return Copied(counts={what: each.count for what, each in ours.items()}, digest=digest)


def copy_error(what: str, source: int, target: int) -> StoreError:
    """Return the error for a copy that differs from its source."""
    return StoreError(
        doing="copying", code="copy_differs", table=what, source=source, target=target
    )


def _read_feed(store: Store) -> Iterator[FeedEntry]:
    entries = store.scan()
    while entries:
        yield from entries
        entries = store.scan(entries[-1].position)


def _copy_events(source: Store, target: Store, tell: Tell) -> None:
    left, count = _read_feed(source), 0
    for there in _read_feed(target):
        entry = next(left, None)
        if entry is None or entry.event != there.event:
            raise InputError(field="target", code="target_of_another")
        count += 1
    size = _AT_ONCE if "lists" in target.capabilities else 1
    cases: dict[str, Case] = {}
    changes: list[Change] = []
    for entry in left:
        changes.append(_make_change(target, cases, entry))
        if len(changes) == size:
            target.commit(changes)
            count += len(changes)
            tell("events", count)
            changes = []
    target.commit(changes)


def _make_change(target: Store, cases: dict[str, Case], entry: FeedEntry) -> Change:
    event = entry.event
    before = cases.get(event.case)
    if before is None and event.n > 1:
        before = fold(target.load(event.case))
    if len(cases) >= _KEPT:
        cases.pop(next(iter(cases)))
    case = cases[event.case] = fold((event,), onto=before)
    row = make_index_row(case)
    return Change(case=event.case, expected=event.n - 1, events=(event,), row=row)


def _compare_stores(source: Store, target: Store) -> Copied:
    events = _compare("event", (e.event for e in _read_feed(source)),
                      (e.event for e in _read_feed(target)))  # fmt: skip
    cases = _compare("case", _read_list(source), _read_list(target))
    return Copied(counts={"case": cases, "event": events}, left_out=("command", "consumer"))


def _compare(what: str, ours: Iterator[Any], theirs: Iterator[Any]) -> int:
    count = 0
    for one, other in zip_longest(ours, theirs):
        if one != other:
            raise copy_error(what, count + (one is not None), count + (other is not None))
        count += 1
    return count


def _read_list(store: Store) -> Iterator[IndexRow]:
    query: Query | None = Query(limit=500)
    while query is not None:
        page = store.find(query)
        yield from page.rows
        query = attrs.evolve(query, after=page.next) if page.next else None
