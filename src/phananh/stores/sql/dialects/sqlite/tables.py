"""The tables of SQLite, and the statements that are its own.

An index that is partial is only used when the query holds its condition literally, and so it
does. What must not be taken for unknown, a command and a tracking code, has a second index:
where the first has lost an entry, the second tells.

Personal data is only appended, by position, and erased by zeros of the same length. SQLite then
writes in place. A delete is not enough, with secure_delete neither: rows move when pages are split
and joined, and the bytes that they leave behind are not found again.
"""

from phananh.stores.sql.migrations import Migration
from phananh.stores.sql.statements import ONCE_EACH, Statements

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
    "create unique index phananh_case_code_again on phananh_case (code)",
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
    "create unique index phananh_command_again on phananh_command (command_id)",
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

MIGRATIONS = (
    Migration(2, "pre", 2, "tables", _TABLES),
    Migration(3, "pre", 3, "lists_and_consumers", _LISTS_AND_CONSUMERS),
)

STATEMENTS = Statements(
    load="""select e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
    (select version from phananh_erasure where case_id = ?),
    (select version from phananh_case where case_id = ?)
    from phananh_event e left join phananh_personal p on p.position = e.position
    where e.case_id = ? order by e.version""",
    insert_personal="""insert into phananh_personal (position, salt, data)
    select position, ?, ? from phananh_event where case_id = ? and version = ?""",
    find_command="""select c.command_id, c.case_id, c.version, c.digest, c.is_personal, c.crc,
    p.salt, typeof(p.data), x.version from phananh_command c
    left join phananh_erasure x on x.case_id = c.case_id
    left join phananh_event e on c.is_personal and e.case_id = c.case_id and e.version = c.version
    left join phananh_personal p on p.position = e.position where c.command_id = ?""",
    stray_personal="""select null, null from phananh_personal where position not in
    (select position from phananh_event) limit 500""",
    unerased="""select e.case_id, e.version from phananh_erasure x
    join phananh_event e on e.case_id = x.case_id and e.version <= x.version
    join phananh_personal p on p.position = e.position where typeof(p.data) = 'text' limit 500""",
)

HAS_TABLES = "select 1 from sqlite_master where name = 'phananh_schema'"
SIZE = "select page_count * page_size from pragma_page_count(), pragma_page_size()"
LAST_POSITION = """select ifnull(max(cast(seq as integer)), 0) from sqlite_sequence
where name = 'phananh_event'"""
# What follows is made of the names above.
SCAN = f"""select e.position, e.case_id, e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
x.version, ({LAST_POSITION})
from phananh_event e left join phananh_personal p on p.position = e.position
left join phananh_erasure x on x.case_id = e.case_id
where e.position > ? order by e.position limit ?"""  # noqa: S608
LOST_COMMAND = """select command_id from phananh_command indexed by phananh_command_again
where command_id = ?"""
LOST_CODE = """select case_id from phananh_case indexed by phananh_case_code_again where code = ?
except select case_id from phananh_case indexed by phananh_case_code where code = ?"""
# The table itself is read for what is erased, as an index may be damaged.
ERASE = """update phananh_personal
set salt = zeroblob(length(salt)), data = zeroblob(length(cast(data as blob)))
where position in (select position from phananh_event not indexed where case_id = ?)"""
ERASED_AT = """insert into phananh_erasure (case_id, at, version)
select case_id, ?, max(version) from phananh_event not indexed where case_id = ? group by case_id
on conflict (case_id) do update set at = excluded.at, version = excluded.version"""
IS_ALL_ERASED = """select count(*) = max(e.version) and
count(*) = (select version from phananh_case where case_id = ?) and
count(*) = (select version from phananh_erasure where case_id = ?) and
total(p.position is null and e.body like '%{"length":%') = 0
from phananh_event e not indexed left join phananh_personal p on p.position = e.position
where e.case_id = ? having count(*) or exists (select 1 from phananh_case where case_id = ?)"""
# What is open is found in two indexes: so it is seen that the one of the due times lost a case.
UNLISTED = """select c.case_id from phananh_case c indexed by phananh_case_open
where c.is_open = 1 and c.due < ? and not exists (select 1 from phananh_case i
indexed by phananh_case_due where i.due is not null and i.due = c.due and i.case_id = c.case_id)"""
STRUCTURE = "pragma integrity_check"
CASES = (
    ONCE_EACH,
    """select distinct case_id from phananh_event not indexed where case_id > ?
    order by case_id limit 500""",
    """select case_id from phananh_case indexed by phananh_case_time where case_id > ?
    order by case_id limit 500""",
)
