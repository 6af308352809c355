"""SQLite: positions count events, as one transaction writes at a time. Damage is looked for."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import ClassVar

from phananh.errors import StoreError
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.sql.dialect import Dialect, Meaning
from phananh.stores.sql.dialects.sqlite import tables
from phananh.stores.sql.dialects.sqlite.lists import find_slice
from phananh.stores.sql.lists import Found
from phananh.stores.sql.migrations import Migration
from phananh.stores.sql.paths import Slice
from phananh.stores.sql.session import Select, Session
from phananh.stores.sql.statements import Statements

_CODE = {
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_CORRUPT: "damaged_file",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_IOERR: "disk_failed",
}
_LACKS = re.compile(r"missing from index (\w+)$")
_OF_INDEX = re.compile(r"(missing from|of entries in|non-unique entry in) index \w+$")
_KEYS = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)


class SqliteDialect(Dialect):
    """The SQL of SQLite 3.37 and later."""

    name: ClassVar[str] = "sqlite"
    migrations: ClassVar[tuple[Migration, ...]] = tables.MIGRATIONS
    statements: ClassVar[Statements] = tables.STATEMENTS
    last_position: ClassVar[str] = tables.LAST_POSITION
    scan: ClassVar[str] = tables.SCAN
    has_tables: ClassVar[str] = tables.HAS_TABLES
    begin: ClassVar[tuple[str, ...]] = ("begin immediate",)
    erased: ClassVar[tuple[bytes, bytes] | None] = (bytes(16), b"")
    cases: ClassVar[tuple[str, ...]] = tables.CASES
    size: ClassVar[str | None] = tables.SIZE

    def hint(self, index: str) -> str:
        """Name the index: the planner has no figures of tables without ANALYZE."""
        return f" indexed by {index}"

    def find_slice(self, select: Select, one: Slice, limit: int) -> list[Found]:
        """Return up to `limit` rows of a slice, each compared with its entry in the index."""
        return find_slice(select, self.speech, one, limit)

    def find_lost_code(self, select: Select, code: str) -> Iterable[str]:
        """Return the cases that only the second index of tracking codes names."""
        return [str(case) for (case,) in select(self.say(tables.LOST_CODE), (code, code))]

    def has_lost_command(self, select: Select, command: str) -> bool:
        """Return whether the second index of commands names one that was not found."""
        return bool(select(self.say(tables.LOST_COMMAND), (command,)))

    def find_unlisted(self, select: Select, due_before: str) -> Iterator[StoreError]:
        """Yield the open cases due by then that the index of due times has lost."""
        for (case,) in select(self.say(tables.UNLISTED), (due_before,)):
            yield damaged_row_error(str(case))

    def erase(self, session: Session, case: str, at: str) -> bool:
        """Write zeros over the personal data of a case, and return whether none can be left."""
        session.execute(self.say(tables.ERASE), (case,))
        session.execute(self.say(tables.ERASED_AT), (at, case))
        checked = session.execute(self.say(tables.IS_ALL_ERASED), (case,) * 4).fetchall()
        return [tuple(each) for each in checked] in ([], [(1,)])

    def find_broken(self, select: Select) -> Iterator[StoreError]:
        """Yield the errors that SQLite finds in its pages, tables and indexes."""
        try:
            for (problem,) in select(tables.STRUCTURE, ()):
                if problem != "ok":
                    yield StoreError(doing="examining", code="damaged_file", cause=problem)
        except StoreError as error:
            yield error

    def find_broken_indexes(self, select: Select) -> tuple[str, ...]:
        """Return the indexes that lack rows of their tables, if nothing else is broken."""
        problems = [str(problem) for (problem,) in select(tables.STRUCTURE, ())]
        if not all(_OF_INDEX.search(problem) for problem in problems):
            return ()
        lacking = [found[1] for problem in problems if (found := _LACKS.search(problem))]
        return tuple(dict.fromkeys(lacking))

    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether a key of the library's tables was there already."""
        return getattr(error, "sqlite_errorcode", 0) in _KEYS

    def explain(self, error: BaseException) -> Meaning | None:
        """Return the code of what SQLite said, by its number."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return {"code": "busy"}
        known = _CODE.get(code)
        return {"code": known, "cause": str(error)} if known else None
