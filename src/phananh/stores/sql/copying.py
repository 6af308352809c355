"""Copying one database to another of any engine, row by row as it is stored.

The last event of the target shows how much was copied, so a copy that was broken off goes on from
there, without a record of its own. Events keep their order in the feed.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import attrs

from phananh.errors import InputError, StoreError
from phananh.stores.sql.database import Database, Stored
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.rows import COLUMNS, Batch, Values
from phananh.stores.sql.session import LostRaceError, Session
from phananh.stores.sql.store import SqlStore

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
            personal = [*_personal(page, self.target.dialect)]
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


def _personal(page: Sequence[Stored], dialect: Dialect) -> Iterator[Values]:
    """Yield the personal values of events, or the trace that an engine keeps of erased ones."""
    for event in page:
        if type(event.data) is str:
            yield bytes(event.salt), event.data, event.case, event.version
        elif dialect.erased is not None and '{"length":' in event.values[4]:
            yield *dialect.erased, event.case, event.version
