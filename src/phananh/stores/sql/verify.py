"""The damage in a database, found by reading all of it as a store reads it.

Every history is folded again and compared with its row. Only the damage is held in memory.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import attrs

from phananh.errors import CorruptError, StoreError, short_repr
from phananh.stores.base import Query, Store
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.histories import EventSum, fold_row, row_error
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.rows import COLUMNS, row_values
from phananh.stores.sql.session import Select
from phananh.stores.sql.stored import check_row, damaged_command_error

_TRIES = 5
_FAR = datetime(2199, 12, 31, 23, 59, tzinfo=UTC)  # no limit ends later
_COMMANDS = """select command_id from phananh_command where command_id > ?
order by command_id limit 500"""
_COUNT = "select count(*) from phananh_event"


def find_damage(store: Store, dialect: Dialect, select: Select) -> Iterator[StoreError]:
    """Yield the damage: the structure, each case once, each command, the feed."""
    return _Walk(store, dialect, select).find()


@attrs.define
class _Walk:
    """One reading of a whole database. `named` are the cases that were reported."""

    store: Store
    dialect: Dialect
    select: Select
    named: set[str] = attrs.field(factory=set)
    histories: EventSum = attrs.field(factory=EventSum)

    def find(self) -> Iterator[StoreError]:
        before = self._count_events()
        yield from self.dialect.find_broken(self.select)
        yield from self._name(self._find_cases())
        yield from self._name(self._find_strays())
        yield from self._name(self._find_commands())
        yield from self._find_in_feed(before)

    def _name(self, found: Iterator[StoreError]) -> Iterator[StoreError]:
        """Yield errors, but of a case only the first."""
        for error in found:
            case = error.case if isinstance(error, CorruptError) else ""
            if case not in self.named:
                yield error
            self.named |= {case} - {""}

    def _find_cases(self) -> Iterator[StoreError]:
        yield from self._read_each(self.dialect.cases, self._check_case)
        for query in (Query(limit=500), Query(limit=500, due_before=_FAR)):
            after: Query | None = query
            try:
                while after is not None:
                    page = self.store.find(after)
                    yield from map(damaged_row_error, page.damaged)
                    after = attrs.evolve(query, after=page.next) if page.next else None
            except StoreError as error:
                yield error

    def _check_case(self, case: str) -> None:
        history = self.store.load(case)
        for values in self.select(self.dialect.sql.row, (case,)):
            check_row(case, values)
            wanted = row_values(fold_row(history))
            # A case that was acted on between the two statements has a later row.
            if tuple(values) != wanted and values[0] == len(history):
                raise row_error(case, len(history), COLUMNS[:-1], values[:-1], wanted[:-1])
        if case not in self.named:
            for event in history:
                self.histories.add(case, event.n)

    def _find_strays(self) -> Iterator[StoreError]:
        """Yield personal values and erasures that belong to no event, or should be gone."""
        sql = self.dialect.sql
        for statement, code in (
            (sql.stray_personal, "personal_stray"),
            (sql.unerased, "personal_unerased"),
            (sql.stray_erasures, "erasure_stray"),
        ):
            try:
                for case, version in self.select(statement, ()):
                    facts: dict[str, Any] = {"case": str(case or ""), "version": version or 0}
                    yield CorruptError(doing="examining", code=code, **facts)
            except StoreError as error:
                yield error

    def _find_commands(self) -> Iterator[StoreError]:
        yield from self._read_each((_COMMANDS,), self._check_command)

    def _check_command(self, command: str) -> None:
        record = self.store.find_command(command)
        if record is None:
            raise damaged_command_error()
        version = self.select(self.dialect.sql.version, (record.case,))
        is_sound = bool(version) and 1 <= record.version <= version[0][0]
        if not is_sound and record.case not in self.named:
            facts: dict[str, Any] = {"case": record.case, "version": record.version}
            value = short_repr(command)
            raise CorruptError(doing="examining", code="command_stray", value=value, **facts)

    def _find_in_feed(self, before: int | None) -> Iterator[StoreError]:
        """Yield damaged entries of the feed, and whether it shows other events than there are."""
        reader, held = _FeedReader(self.store), 0
        for _ in range(_TRIES):  # a fence may open just behind the reader
            reader.read()
            held = self._count_held_back()
            if before is None or reader.seen.count + held >= before:
                break
        yield from self._name(iter(reader.errors))
        if before is None or before != self._count_events() or reader.errors:
            return  # somebody records, or it was named
        is_same = held or self.named or reader.seen == self.histories
        if reader.seen.count + held != before or not is_same:
            feed = reader.seen.count
            yield StoreError(doing="examining", code="feed_differs", feed=feed, events=before)

    def _count_held_back(self) -> int:
        if self.dialect.held_back is None:
            return 0
        ((held, _),) = self.select(self.dialect.say(self.dialect.held_back), ())
        return int(held)

    def _count_events(self) -> int | None:
        try:
            ((count,),) = self.select(self.dialect.say(_COUNT), ())
        except StoreError:
            return None
        return int(count)

    def _read_each(
        self, statements: tuple[str, ...], read: Callable[[str], object]
    ) -> Iterator[StoreError]:
        """Read the rows named by each id of a statement, and yield the errors.

        If one statement cannot list its ids, those of the next are read too.
        """
        for statement in statements:
            failed: list[StoreError] = []
            for each in self._list_ids(statement, failed):
                try:
                    read(each)
                except StoreError as error:
                    yield error
            yield from failed
            if not failed:
                return

    def _list_ids(self, statement: str, failed: list[StoreError]) -> Iterator[str]:
        """Yield the ids of a statement, a page at a time, noting an error that ends them early."""
        last, after = "", None
        say, marks = self.dialect.say, statement.count("?")
        while after != last:
            after = last
            try:
                ids = [each for (each,) in self.select(say(statement), (after,) * marks)]
            except StoreError as error:
                failed.append(error)
                return
            yield from ids
            # An order that is broken was named with the structure, and ends here.
            last = ids[-1] if ids and type(ids[-1]) is str and ids[-1] > after else after


@attrs.define
class _FeedReader:
    """The feed as it is read to its end. Entries that cannot be read are among `errors`."""

    store: Store
    seen: EventSum = attrs.field(factory=EventSum)
    errors: list[StoreError] = attrs.field(factory=list)
    after: str | None = None

    def read(self) -> None:
        """Read on to the end."""
        while True:
            try:
                entries = self.store.scan(self.after)
            except StoreError as error:
                self.errors.append(error)
                resumes = error.facts.get("position")
                if not isinstance(resumes, str):
                    return
                self.after = resumes
                continue
            if not entries:
                return
            for entry in entries:
                self.seen.add(entry.event.case, entry.event.n)
            self.after = entries[-1].position
