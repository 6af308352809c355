"""What the SQLite store does inside a transaction, whoever began it.

Every write is gated on the index row: an expected version that is too low or too high changes
no row and stops there. The key (case, version) is the backstop.
"""

import sqlite3
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import attrs

from phananh.errors import ConflictError, CorruptError, StoreError
from phananh.regulation.values.events import Event
from phananh.stores.base import (
    Capability,
    Change,
    Command,
    CommandRecord,
    FeedEntry,
    Page,
    Query,
    check_limit,
)
from phananh.stores.closable import ClosableStore
from phananh.stores.codec import encode
from phananh.stores.conflicts import (
    check_commands,
    damaged_row_error,
    describe_commit,
    list_commands,
    make_record,
    new_salt,
)
from phananh.stores.paging import ahead_error, format_instant, read_cursor, read_position
from phananh.stores.sqlite import sql
from phananh.stores.sqlite.damage import find_damage
from phananh.stores.sqlite.search import CROWD, SHORT_INDEXES, UNLISTED, crowd_sql, find_sql
from phananh.stores.sqlite.stored import (
    Take,
    damaged_command_error,
    fetch_all,
    read_command,
    read_entries,
    read_history,
    read_page,
    walk_to_page,
)

Rows = list[tuple[str | int | bytes, ...]]
Work = Callable[[sqlite3.Connection], object]
Doing = Mapping[str, Any]  # the arguments of a StoreError that say what was being done


class SqlStore(ClosableStore):
    """The store's calls, over a query and a transaction that a subclass provides."""

    @property
    @abstractmethod
    def capabilities(self) -> frozenset[Capability]:
        """What the store offers beyond the contract."""

    @abstractmethod
    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        """Return what `take` makes of the rows; the driver's errors become a StoreError."""

    @abstractmethod
    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        """Do the work in a transaction: committed on success, rolled back on error."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return versions 1..n without a hole; an unknown case is empty.

        Raises:
            CorruptError: a version cannot be read or is missing, or the index row is not of it.
        """
        rows = self._select_history(case)
        if not rows:
            if not self._select("loading", sql.VERSION, (case,)):
                return ()
            rows = self._select_history(case)  # recorded meanwhile, or else lost
        if not rows:
            raise CorruptError(doing="loading", code="event_missing", case=case, version=1)
        return read_history(case, rows)

    def _select_history(self, case: str) -> list[Any]:
        try:
            rows: list[Any] = self._select("loading", sql.LOAD, (case,))
        except StoreError as error:
            if error.code != "damaged_file":
                raise
            facts: dict[str, Any] = {**error.facts, "where": error.where}
            raise CorruptError(code=error.code, case=case, version=0, **facts) from error
        return rows

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none.

        Raises:
            DuplicateError, CommandReusedError: a command id is known; nothing was recorded.
            ConflictError: an expected version is too low or too high; nothing was recorded.
            StoreError: the engine failed; the same command id settles what was recorded.
        """
        if not changes:
            return
        named = [command for _, command in list_commands(changes)]
        prepared = [(change, _bind_row(change), *_prepare(change)) for change in changes]

        def work(connection: sqlite3.Connection) -> None:
            if named:
                _record_commands(connection, named, [row for each in prepared for row in each[4]])
            for change, row, events, personal, _ in prepared:
                _write_row(connection, change, row)
                connection.executemany(sql.INSERT_EVENT, events)
                if personal:
                    connection.executemany(sql.INSERT_PERSONAL, personal)

        self._transact(lambda: describe_commit(changes), work)

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return what a command id led to, or None where it was never recorded.

        Raises:
            CorruptError: it was recorded, and what is stored of it cannot be read.
        """
        rows = self._select("finding_command", sql.FIND_COMMAND, (command,))
        if rows:
            record = read_command(rows[0])
            if record.salt is not None:
                self.load(record.case)  # which sees a salt that is another
            return record
        if self._select("finding_command", sql.LOST_COMMAND, (command,)):
            raise damaged_command_error()
        return None

    def find(self, query: Query, /) -> Page:
        """Return committed rows that meet the query, a page at a time."""
        near = find_sql(query, start="exact" if self._is_crowded(query) else "near")
        page: Page
        page, is_joined = self._select("finding", *near, partial(read_page, query=query))
        if query.code is not None and not page.rows:
            lost = self._select("finding", sql.LOST_CODE, (query.code,))
            names = tuple(str(case) for (case,) in lost)
            return attrs.evolve(page, damaged=page.damaged + names)
        if is_joined or not self._has_row_of_cursor(query):
            return page
        whole = find_sql(query, start="walk")
        found: Page | None = self._select("finding", *whole, partial(walk_to_page, query=query))
        return found or page

    def _is_crowded(self, query: Query) -> bool:
        """Return whether many entries share the time of the cursor."""
        if query.after is None:
            return False
        ((count,),) = self._select("finding", *crowd_sql(query))
        return bool(count >= CROWD)

    def _has_row_of_cursor(self, query: Query) -> bool:
        """Return whether the last row of the page before still is where it was found."""
        at, case = read_cursor(query) or ("", "")
        rows = self._select("finding", sql.ROW, (case,))
        return any(at == row[10 if query.due_before else 18] for row in rows)

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return events in commit order, after a position; at most up to a damaged one.

        Positions follow one another without a hole, so that one that is lost is seen.

        Raises:
            InputError: a position behind the last one, as after an old backup was restored.
            CorruptError: the first event cannot be read; `position` among its facts resumes the
                feed after it.
        """
        first, count = read_position(after), check_limit(limit)
        ((last,),) = self._select("scanning", sql.LAST_POSITION, ())
        if first > last:
            raise ahead_error(first, last)
        rows = self._select("scanning", sql.SCAN, (first, count))
        return read_entries(rows, after=first, last=last)

    def find_unlisted(self, due_before: datetime) -> Iterator[StoreError]:
        """Yield what lists do not show because an index lost it: for the sweep, which runs often.

        Each case whose limit ends before then is looked for; of the other lists only how many
        entries they have is compared.
        """
        for (case,) in self._select("finding", UNLISTED, (format_instant(due_before),)):
            yield damaged_row_error(str(case))
        for (index,) in self._select("finding", SHORT_INDEXES, ()):
            yield StoreError(doing="finding", code="index_short", index=index)

    def find_damage(self) -> Iterator[StoreError]:
        """Yield what is damaged: the file, each case, each command; nothing is changed.

        All of it is read, a page at a time; what was recorded meanwhile may be left out.
        """
        return find_damage(self, partial(self._select, "examining"))

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase what is personal of a case; history and row stay.

        Raises:
            CorruptError: what was found is erased, and damage may have hidden something.
        """
        checked: list[tuple[object]] = []

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(sql.ERASE, (case,))
            connection.execute(sql.ERASED_AT, (format_instant(at), case))
            checked.extend(connection.execute(sql.IS_ALL_ERASED, (case,)))

        self._transact(lambda: {"doing": "erasing_case", "case": case}, work)
        if checked not in ([], [(1,)]):
            facts: dict[str, Any] = {"doing": "erasing", "code": "erasure_uncertain"}
            raise CorruptError(case=case, version=0, **facts)


def _prepare(change: Change) -> tuple[Rows, Rows, Rows]:
    salt = new_salt()
    keyed = {command.version for command in change.commands if command.is_personal}
    events: Rows = []
    personal: Rows = []
    for event in change.events:
        body, private = encode(event, salt)
        values = (event.case, event.n, type(event).__name__, format_instant(event.at), body)
        events.append((*values, sql.event_checksum(*values)))
        if private is not None or event.n in keyed:
            personal.append((salt, private or "{}", event.case, event.n))
    return events, personal, [_bind_command(change.case, each, salt) for each in change.commands]


def _bind_command(case: str, command: Command, salt: bytes) -> tuple[str | int | bytes, ...]:
    record = make_record(command, case, salt)
    values = (command.id, case, command.version, record.digest, int(command.is_personal))
    return *values, sql.checksum(*values)


def _record_commands(
    connection: sqlite3.Connection, commands: Sequence[Command], rows: Rows
) -> None:
    new = {row[0] for row in rows if connection.execute(sql.INSERT_COMMAND, row).rowcount == 1}
    if len(new) == len(rows):
        return

    def find_known(command: Command) -> CommandRecord | None:
        if command.id in new:
            return None
        row = connection.execute(sql.FIND_COMMAND, (command.id,)).fetchone()
        if row is None:
            raise damaged_command_error()
        record = read_command(row)
        if record.salt is not None:
            read_history(record.case, connection.execute(sql.LOAD, (record.case,)).fetchall())
        return record

    check_commands(commands, find_known)


def _bind_row(change: Change) -> tuple[Any, ...]:
    if change.expected == 0:
        return sql.row_values(change.row)
    return sql.changed_values(change.row, change.expected)


def _write_row(connection: sqlite3.Connection, change: Change, values: tuple[Any, ...]) -> None:
    statement = sql.UPDATE_ROW if change.expected else sql.INSERT_ROW
    if connection.execute(statement, values).rowcount != 1:
        raise conflict_error(connection, change.case, change.expected)


def conflict_error(connection: sqlite3.Connection, case: str, expected: int) -> ConflictError:
    """Return the error for a change that was decided on another version than the stored."""
    stored = connection.execute(sql.VERSION, (case,)).fetchone()
    return ConflictError(case=case, expected=expected, actual=stored[0] if stored else 0)
