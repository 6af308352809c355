"""SQLite: positions count events, as one transaction writes at a time.

An index that is partial is only used when the query holds its condition literally, and so it
does.

Personal data is only appended, by position, and erased by zeros of the same length. SQLite then
writes in place. A delete is not enough, with secure_delete neither: rows move when pages are split
and joined, and the bytes that they leave behind are not found again.
"""

import sqlite3
from collections.abc import Iterator
from typing import ClassVar

from phananh.errors import StoreError
from phananh.stores.sql.dialect import (
    ADD_HOLDER_ACCUSED,
    FILL_AND_INDEX,
    Dialect,
    Meaning,
    Migration,
    Select,
    Session,
    Statements,
)

_TABLES = (
    "create table phananh_schema (version integer not null)",
    "insert into phananh_schema values (2)",
    """create table phananh_case (
    case_id text primary key not null, version integer not null, state text not null,
    holder text, holder_id text, holder_key text, unit text, unit_key text,
    kind text not null, channel text not null, received_at text not null, since text not null,
    updated_at text not null, due text, is_open integer not null, late integer not null,
    rules text not null, calendar text, calendar_version text, filters text not null,
    code text not null, crc integer not null) without rowid""",
    "create unique index phananh_case_code on phananh_case (code)",
    "create index phananh_case_due on phananh_case (due, case_id) where due is not null",
    "create index phananh_case_time on phananh_case (received_at, case_id)",
    """create index phananh_case_unit on phananh_case (unit_key, received_at, case_id)
    where unit_key is not null""",
    """create index phananh_case_holder on phananh_case (holder_key, received_at, case_id)
    where holder_key is not null""",
    """create table phananh_event (
    position integer primary key autoincrement, case_id text not null, version integer not null,
    type text not null, at text not null, body text not null, crc integer not null,
    unique (case_id, version))""",
    """create table phananh_personal (
    position integer primary key not null, salt blob not null, data not null)""",
    """create table phananh_command (
    command_id text primary key not null, case_id text not null, version integer not null,
    digest text not null, is_personal integer not null, crc integer not null) without rowid""",
    """create table phananh_erasure (
    case_id text primary key not null, at text not null, version integer not null)
    without rowid""",
)

_LISTS_AND_CONSUMERS = (
    "alter table phananh_schema add column oldest integer not null default 3",
    "drop index phananh_case_unit",
    """create index phananh_case_unit on phananh_case (unit_key, is_open, received_at, case_id)
    where unit_key is not null""",
    "drop index phananh_case_holder",
    """create index phananh_case_holder on phananh_case
    (holder_key, is_open, received_at, case_id) where holder_key is not null""",
    """create index phananh_case_role on phananh_case (holder, is_open, received_at, case_id)
    where holder is not null""",
    """create index phananh_case_unit_due on phananh_case (unit_key, due, case_id)
    where due is not null""",
    """create index phananh_case_holder_due on phananh_case (holder_key, due, case_id)
    where due is not null""",
    """create index phananh_case_late on phananh_case (is_open, received_at, case_id)
    where late = 1""",
    "create index phananh_case_open on phananh_case (received_at, case_id) where is_open = 1",
    "create index phananh_case_state on phananh_case (state, received_at, case_id)",
    "create index phananh_case_kind on phananh_case (kind, received_at, case_id)",
    "create index phananh_case_rules on phananh_case (rules, received_at, case_id)",
    """create index phananh_case_calendar on phananh_case
    (calendar, calendar_version, holder, unit_key, case_id, due)
    where due is not null and calendar is not null""",
    """create table phananh_consumer (
    name text primary key not null, number integer not null, position text,
    until_at text not null) without rowid""",
)

_URGENT = (
    "alter table phananh_case add column urgent_at text",
    "alter table phananh_case add column officer_key text",
    *FILL_AND_INDEX,
)

MIGRATIONS = (
    Migration(2, "pre", 2, "tables", _TABLES),
    Migration(3, "pre", 3, "lists_and_consumers", _LISTS_AND_CONSUMERS),
    Migration(
        4, "pre", 3, "recorded_at", ("alter table phananh_case add column recorded_at text",)
    ),
    Migration(5, "pre", 3, "urgent", _URGENT),
    Migration(6, "pre", 3, "holder_accused", ADD_HOLDER_ACCUSED),
)

_ERASE = """update phananh_personal
set salt = zeroblob(length(salt)), data = zeroblob(length(cast(data as blob)))
where position in (select position from phananh_event where case_id = ?)"""
_ERASED_AT = """insert into phananh_erasure (case_id, at, version)
select case_id, ?, max(version) from phananh_event where case_id = ? group by case_id
on conflict (case_id) do update set at = excluded.at, version = excluded.version"""
_CODES = {
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_CORRUPT: "damaged_file",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_IOERR: "disk_failed",
}
_KEYS = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)


class SqliteDialect(Dialect):
    """The SQL of SQLite 3.37 and later."""

    name: ClassVar[str] = "sqlite"
    migrations: ClassVar[tuple[Migration, ...]] = MIGRATIONS
    # Earlier versions made these, to compare them with the indexes that are used.
    after_migrations: ClassVar[tuple[str, ...]] = (
        "drop index if exists phananh_case_code_again",
        "drop index if exists phananh_command_again",
    )
    statements: ClassVar[Statements] = Statements(
        load="""select e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
        (select version from phananh_erasure where case_id = ?),
        (select version from phananh_case where case_id = ?)
        from phananh_event e left join phananh_personal p on p.position = e.position
        where e.case_id = ? order by e.version""",
        load_many="""select e.case_id, e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
        x.version, c.version
        from phananh_event e left join phananh_personal p on p.position = e.position
        left join phananh_erasure x on x.case_id = e.case_id
        left join phananh_case c on c.case_id = e.case_id
        where e.case_id in ({}) order by e.case_id, e.version""",
        # Most texts are of the first version, which an index shows, and few cases were completed.
        texts="""with behind (id, same_id, version) as (values (?, ?, ?))
        select e.case_id, e.version, p.data from phananh_event e
        join phananh_personal p on p.position = e.position
        where e.version = 1 and e.case_id <= (select id from behind)
        and (e.case_id < (select id from behind) or 1 < (select version from behind))
        and typeof(p.data) = 'text'
        union all
        select e.case_id, e.version, p.data from phananh_event e
        indexed by phananh_event_completed
        join phananh_personal p on p.position = e.position
        where e.type = 'Completed' and e.case_id <= (select id from behind)
        and (e.case_id < (select id from behind) or e.version < (select version from behind))
        and typeof(p.data) = 'text'
        order by 1 desc, 2 desc limit 300""",
        insert_personal="""insert into phananh_personal (position, salt, data)
        select position, ?, ? from phananh_event where case_id = ? and version = ?""",
        find_command="""select c.command_id, c.case_id, c.version, c.digest, c.is_personal, c.crc,
        p.salt, typeof(p.data), x.version from phananh_command c
        left join phananh_erasure x on x.case_id = c.case_id
        left join phananh_event e
        on c.is_personal and e.case_id = c.case_id and e.version = c.version
        left join phananh_personal p on p.position = e.position where c.command_id = ?""",
        unerased="""select e.case_id, e.version from phananh_erasure x
        join phananh_event e on e.case_id = x.case_id and e.version <= x.version
        join phananh_personal p on p.position = e.position
        where typeof(p.data) = 'text' limit 500""",
    )
    last_position: ClassVar[str] = """select ifnull(max(cast(seq as integer)), 0)
    from sqlite_sequence where name = 'phananh_event'"""
    scan: ClassVar[str] = """select e.position, e.case_id, e.version, e.type, e.at, e.body, e.crc,
    p.salt, p.data, x.version
    from phananh_event e left join phananh_personal p on p.position = e.position
    left join phananh_erasure x on x.case_id = e.case_id
    where e.position > ? order by e.position limit ?"""
    has_tables: ClassVar[str] = "select 1 from sqlite_master where name = 'phananh_schema'"
    begin: ClassVar[tuple[str, ...]] = ("begin immediate",)
    size: ClassVar[str | None] = """select page_count * page_size
    from pragma_page_count(), pragma_page_size()"""

    def hint(self, index: str) -> str:
        """Name the index: the planner has no figures of tables without ANALYZE."""
        return f" indexed by {index}"

    def erase(self, session: Session, case: str, at: str) -> None:
        """Write zeros over the personal data of a case.

        Raises:
            StoreError: the journal of this transaction would keep the old bytes.
        """
        if session.execute("pragma journal_mode", ()).fetchall()[0][0] == "persist":
            raise StoreError(doing="erasing_case", code="journal_kept", case=case)
        session.execute(self.say(_ERASE), (case,))
        session.execute(self.say(_ERASED_AT), (at, case))

    def find_broken(self, select: Select) -> Iterator[StoreError]:
        """Yield the errors that SQLite finds in its pages, tables and indexes."""
        try:
            for (problem,) in select("pragma integrity_check", ()):
                if problem != "ok":
                    yield StoreError(doing="examining", code="damaged_file", cause=problem)
        except StoreError as error:
            yield error

    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether a key of the library's tables was there already."""
        return getattr(error, "sqlite_errorcode", 0) in _KEYS

    def explain(self, error: BaseException) -> Meaning | None:
        """Return the code of what SQLite said, by its number."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return {"code": "busy"}
        known = _CODES.get(code)
        return {"code": known, "cause": str(error)} if known else None
