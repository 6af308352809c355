"""What the SQLite store reads back, each compared with its checksum: damage is seen.

A row is looked for in an index, and compared with it. What does not agree is damaged; what
stands behind it in the index is read all the same.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

import attrs

from phananh.errors import CorruptError
from phananh.regulation.values.events import Event
from phananh.stores.base import CommandRecord, FeedEntry, IndexRow, Page, Query
from phananh.stores.codec import decode
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.json_values import CORRUPTED
from phananh.stores.paging import format_instant, is_instant, read_cursor, write_cursor
from phananh.stores.sqlite import sql

Take = Callable[[sqlite3.Cursor], Any]  # what makes a result of the rows
Key = tuple[str, str]


def fetch_all(cursor: sqlite3.Cursor) -> list[Any]:
    """Return all rows of a cursor."""
    return cursor.fetchall()


def fetch(connection: sqlite3.Connection, statement: str, values: Sequence[Any], take: Take) -> Any:
    """Return what `take` makes of the rows; text that is no UTF-8 reads as something else."""
    cursor = connection.cursor()
    try:
        return take(cursor.execute(statement, values))
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        connection.text_factory = _decode_leniently
        try:
            return take(cursor.execute(statement, values))
        finally:
            connection.text_factory = str
    finally:
        cursor.close()


def _decode_leniently(raw: bytes) -> str:
    return raw.decode(errors="backslashreplace")


def read_event(
    case: str, n: int, kind: str, at: str, body: str, crc: int, salt: Any, data: Any, erased: Any
) -> Event:
    """Return a stored event; `erased` is the version up to which personal values were erased.

    Raises:
        CorruptError: it is not as it was written, or what is personal is lost.
    """
    if sql.event_checksum(case, n, kind, at, body) != crc:
        raise CorruptError(doing="reading_event", code="checksum_differs", case=case, version=n)
    if type(data) is not str:
        data = None if type(erased) is int and n <= erased else "{}"
    return decode(kind, body, data, salt, case=case, version=n)


def read_history(case: str, rows: list[Any]) -> tuple[Event, ...]:
    """Return the events of a case from the rows of `LOAD`, of which there is one or more.

    Raises:
        CorruptError: a version cannot be read or is missing, or the index row is not of the last.
    """
    for n, row in enumerate(rows, 1):
        if row[0] != n:
            raise _missing_event(case, n)
    stored = rows[0][-1]
    if stored != len(rows):
        if type(stored) is int and stored > len(rows):
            raise _missing_event(case, len(rows) + 1)
        code, n = "row_differs", len(rows)
        raise CorruptError(doing="loading", code=code, value=stored, case=case, version=n)
    return tuple([read_event(case, *row[:-1]) for row in rows])


def _missing_event(case: str, version: int) -> CorruptError:
    return CorruptError(doing="loading", code="event_missing", case=case, version=version)


def read_entries(rows: list[Any], *, after: int, last: int) -> tuple[FeedEntry, ...]:
    """Return the entries of `SCAN` up to what is damaged; without any, `last` was the last one.

    Raises:
        CorruptError: the first is damaged or lost, or stands where it does not belong. Its fact
            `position` resumes behind it, and is missing where no position does.
    """
    found: list[FeedEntry] = []
    for n, (position, case, *row, end) in enumerate(rows, after + 1):
        try:
            if position != n or n > end:
                raise _lost_entry(n, min(position - 1, end))
            found.append(FeedEntry(position=str(n), event=read_event(case, *row)))
        except CorruptError as error:
            if found:
                return tuple(found)
            if error.code != "entry_missing":
                error.facts = {**error.facts, "position": str(n)}
            raise
    if not rows and last != after:
        raise _lost_entry(after + 1, last)
    return tuple(found)


def _lost_entry(n: int, resumes: int) -> CorruptError:
    """Return the error for a position that is lost, and those up to `resumes` with it."""
    facts = {"position": str(resumes)} if resumes >= n else {}
    return CorruptError(doing="scanning", code="entry_missing", n=n, case="", version=0, **facts)


def check_row(case: str, values: Sequence[Any]) -> None:
    """Raise CorruptError for an index row that is not as it was written."""
    try:
        sql.read_row(values)
    except CORRUPTED as error:
        raise damaged_row_error(case) from error


def read_command(row: tuple[Any, ...]) -> CommandRecord:
    """Return a stored command.

    Raises:
        CorruptError: it is not as it was written, or the salt of its digest is lost.
    """
    command, case, version, digest, is_personal, crc, salt, kept, erased = row
    if sql.checksum(*row[:5]) != crc:
        raise damaged_command_error(case, version)
    is_erased = bool(is_personal) and type(erased) is int and version <= erased
    is_readable = kept == "text" and type(salt) is bytes
    if is_personal and (kept == "text" if is_erased else not is_readable):
        raise damaged_command_error(case, version)
    return CommandRecord(
        command=command,
        case=case,
        version=version,
        digest=digest,
        salt=salt if is_personal and not is_erased else None,
        is_erased=is_erased,
    )


def damaged_command_error(case: object = "", version: object = 0) -> CorruptError:
    """Return the error for a command that is lost, or not as it was written."""
    number = version if type(version) is int else 0
    return CorruptError(
        doing="finding_command", code="checksum_differs", case=str(case), version=number
    )


@attrs.define
class _PageReader:
    """The rows and the damaged cases of a page so far, and where each was found.

    `first` is the last row of the page before; `is_joined` says whether it was met.
    """

    query: Query
    first: Key | None
    is_joined: bool = False
    rows: list[IndexRow] = attrs.Factory(list)
    damaged: list[Key] = attrs.Factory(list)
    last: Key | None = None
    named: int = 0  # the damaged ones before `last`

    def skip(self, cursor: sqlite3.Cursor) -> Iterator[Any]:
        """Return the entries behind `first`, which is met as the next one, or not at all."""
        if self.first is None:
            self.is_joined = True
            return cursor
        head = cursor.fetchone()
        self.last = self.first
        self.is_joined = head is not None and head[:2] == self.first
        return chain([] if head is None or self.is_joined else [head], cursor)

    def walk(self, cursor: sqlite3.Cursor) -> Iterator[Any]:
        """Return the entries behind `first`, which is met somewhere, or not at all."""
        self.last = self.first
        self.is_joined = any(each[:2] == self.first for each in cursor)
        return cursor

    def take(self, entries: Iterator[Any]) -> Page:
        """Read until the page is full, or the due times that are asked for end."""
        due_before = self.query.due_before
        end = None if due_before is None else format_instant(due_before)
        for at, case, agrees, *values in entries:
            row = self._read(at, case, values) if agrees else None
            if row is not None and end is not None and at >= end:
                break
            if len(self.rows) + len(self.damaged) == self.query.limit:
                return self._cut()
            if row is None:
                self.damaged.append((at, case))
            else:
                self.rows.append(row)
                self.last, self.named = (at, case), len(self.damaged)
        return self._page(self.damaged, None)

    def _read(self, at: str, case: str, values: Sequence[Any]) -> IndexRow | None:
        """Return a row that is as it was written, and stands behind the one before."""
        try:
            row = sql.read_row(values)
            return row if self.last is None or (at, case) > self.last else None
        except CORRUPTED:
            return None

    def _page(self, damaged: list[Key], cursor: str | None) -> Page:
        names = tuple(str(case) for _, case in damaged)
        return Page(rows=tuple(self.rows), next=cursor, damaged=names)

    def _cut(self) -> Page:
        """Return the page up to the last sound row, or else up to a damaged one."""
        if self.rows and self.last:
            return self._page(self.damaged[: self.named], write_cursor(self.last, self.query))
        at, case = self.damaged[-1]
        if type(case) is not str or type(at) is not str or not is_instant(at):
            raise damaged_row_error(str(case))
        return self._page(self.damaged, write_cursor((at, case), self.query))


def read_page(cursor: sqlite3.Cursor, query: Query) -> tuple[Page, bool]:
    """Return a page from the rows of `find_sql`, and whether it joins the page before.

    No more rows are read than it takes.
    """
    reader = _PageReader(query, read_cursor(query))
    return reader.take(reader.skip(cursor)), reader.is_joined


def walk_to_page(cursor: sqlite3.Cursor, query: Query) -> Page | None:
    """Return a page from all entries of an index, or None if the page before is not met."""
    reader = _PageReader(query, read_cursor(query))
    page = reader.take(reader.walk(cursor))
    return page if reader.is_joined else None
