"""The SQL of the SQLite store, and how rows and parameters map onto it.

All names begin with `phananh_`, so that the tables can live in an application's own database.
Times are text in UTC with six digits and a Z: such text sorts as time does. An index that is
partial is only used when the query holds its condition literally, and so it does.

What must not be taken for unknown, a command and a tracking code, has a second index: where the
first has lost an entry, the second tells.

What is personal is only appended, by position, and erased by zeros of the same length. SQLite
then writes in place. A delete is not enough, with secure_delete neither: rows move when pages
are split and joined, and the bytes that they leave behind are not found again.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from zlib import crc32

from phananh.regulation.values.cleaning import fold_id, to_vietnam_time
from phananh.regulation.values.request import Channel, Kind, Role, State
from phananh.stores.base import IndexRow
from phananh.stores.json_values import UnreadableError
from phananh.stores.paging import format_instant

SCHEMA_VERSION = 2
TABLES = (
    "create table phananh_schema (version integer not null)",
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
    f"insert into phananh_schema values ({SCHEMA_VERSION})",  # noqa: S608  # a constant of ours
)

_CHANGING = (
    "version", "state", "holder", "holder_id", "holder_key", "unit", "unit_key", "kind", "since",
    "updated_at", "due", "is_open", "late", "rules", "calendar", "calendar_version",
    "filters",
)  # fmt: skip
_FIXED = ("case_id", "received_at", "channel", "code")
_JOINED = ["\0".join(["%s"] * count) for count in range(24)]  # faster than repr of a tuple
COLUMNS = (*_CHANGING, *_FIXED, "crc")
_ROW = ", ".join(COLUMNS)

LOAD = """select e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
(select version from phananh_erasure where case_id = ?1),
(select version from phananh_case where case_id = ?1)
from phananh_event e left join phananh_personal p on p.position = e.position
where e.case_id = ?1 order by e.version"""
LAST_POSITION = """select ifnull(max(cast(seq as integer)), 0) from sqlite_sequence
where name = 'phananh_event'"""
# What follows is made of the names above.
SCAN = f"""select e.position, e.case_id, e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
x.version, ({LAST_POSITION})
from phananh_event e left join phananh_personal p on p.position = e.position
left join phananh_erasure x on x.case_id = e.case_id
where e.position > ? order by e.position limit ?"""  # noqa: S608
INSERT_ROW = (
    f"insert into phananh_case ({_ROW}) "  # noqa: S608
    f"values ({'?, ' * (len(_CHANGING) + len(_FIXED))}?) on conflict (case_id) do nothing"
)
ROW = f"select {_ROW} from phananh_case where case_id = ?"  # noqa: S608
UPDATE_ROW = (
    f"update phananh_case set {' = ?, '.join(_CHANGING)} = ?, crc = ? "  # noqa: S608
    "where case_id = ? and version = ?"
)
INSERT_EVENT = """insert into phananh_event (case_id, version, type, at, body, crc)
values (?,?,?,?,?,?)"""
INSERT_PERSONAL = """insert into phananh_personal (position, salt, data)
select position, ?, ? from phananh_event where case_id = ? and version = ?"""
INSERT_COMMAND = """insert into phananh_command
(command_id, case_id, version, digest, is_personal, crc) values (?,?,?,?,?,?)
on conflict do nothing"""
FIND_COMMAND = """select c.command_id, c.case_id, c.version, c.digest, c.is_personal, c.crc, p.salt,
typeof(p.data), x.version from phananh_command c
left join phananh_erasure x on x.case_id = c.case_id
left join phananh_event e on c.is_personal and e.case_id = c.case_id and e.version = c.version
left join phananh_personal p on p.position = e.position where c.command_id = ?"""
LOST_COMMAND = """select command_id from phananh_command indexed by phananh_command_again
where command_id = ?"""
LOST_CODE = """select case_id from phananh_case indexed by phananh_case_code_again where code = ?1
except select case_id from phananh_case indexed by phananh_case_code where code = ?1"""
STRUCTURE = "pragma integrity_check"
CASES = (
    """select case_id from phananh_case where case_id > ?1
    union select case_id from phananh_event where case_id > ?1 order by case_id limit 500""",
    """select distinct case_id from phananh_event not indexed where case_id > ?
    order by case_id limit 500""",
    """select case_id from phananh_case indexed by phananh_case_time where case_id > ?
    order by case_id limit 500""",
)
COMMANDS = """select command_id from phananh_command where command_id > ?
order by command_id limit 500"""
AGREES = """c.filters is c.state || '|' || ifnull(c.holder, '') || '|' || c.kind || '|' ||
c.is_open || '|' || c.late || '|' || c.rules"""
VERSION = "select version from phananh_case where case_id = ?"
# The table itself is read for what is erased, as an index may be damaged.
ERASE = """update phananh_personal
set salt = zeroblob(length(salt)), data = zeroblob(length(cast(data as blob)))
where position in (select position from phananh_event not indexed where case_id = ?)"""
ERASED_AT = """insert into phananh_erasure (case_id, at, version)
select case_id, ?, max(version) from phananh_event not indexed where case_id = ? group by case_id
on conflict (case_id) do update set at = excluded.at, version = excluded.version"""
IS_ALL_ERASED = """select count(*) = max(e.version) and
count(*) = (select version from phananh_case where case_id = ?1) and
count(*) = (select version from phananh_erasure where case_id = ?1) and
total(p.position is null and e.body like '%{"length":%') = 0
from phananh_event e not indexed left join phananh_personal p on p.position = e.position
where e.case_id = ?1 having count(*) or exists (select 1 from phananh_case where case_id = ?1)"""


_STATES = {each.value: each for each in State}  # quicker than to call the class
_ROLES = {each.value: each for each in Role}
_KINDS = {each.value: each for each in Kind}
_CHANNELS = {each.value: each for each in Channel}


def _fold_or_none(name: str | None) -> str | None:
    return None if name is None else fold_id(name)


def _format_or_none(at: datetime | None) -> str | None:
    return None if at is None else format_instant(at)


def checksum(*values: Any) -> int:
    """Return the number that tells whether stored values are still as they were written."""
    return crc32((_JOINED[len(values)] % values).encode())


def event_checksum(case: str, n: int, kind: str, at: str, body: str) -> int:
    """Return the `checksum` of a stored event; its body, the most of it, is not copied."""
    key = f"{case}\0{n}\0{kind}\0{at}\0"
    return crc32(str(body).encode(), crc32(key.encode()))


def _join_filters(row: IndexRow) -> str:
    """Return once more what lists are filtered by, as SQL can join it: see `AGREES`."""
    holder = row.holder._value_ if row.holder else ""
    state, kind, is_open, late = row.state._value_, row.kind._value_, row.is_open, row.late
    return f"{state}|{holder}|{kind}|{is_open:d}|{late:d}|{row.rules}"


def row_values(row: IndexRow) -> tuple[Any, ...]:
    """Return the values of INSERT_ROW, the last of which is their checksum."""
    values = (
        row.version, row.state._value_, row.holder._value_ if row.holder else None, row.holder_id,
        _fold_or_none(row.holder_id),
        row.unit, _fold_or_none(row.unit), row.kind._value_, format_instant(row.since),
        format_instant(row.updated_at), _format_or_none(row.due), int(row.is_open), int(row.late),
        row.rules, row.calendar, row.calendar_version, _join_filters(row),
        row.case, format_instant(row.received_at), row.channel._value_, row.code,
    )  # fmt: skip
    return *values, checksum(*values)


def changed_values(row: IndexRow, expected: int) -> tuple[Any, ...]:
    """Return the values of UPDATE_ROW: what a later version changes, and where."""
    *values, crc = row_values(row)
    return *values[: len(_CHANGING)], crc, row.case, expected


@lru_cache(maxsize=1024)  # a new case has one time thrice, and lists are shown again
def _read(text: str) -> datetime:
    return to_vietnam_time(datetime.fromisoformat(text))


def read_row(values: Sequence[Any]) -> IndexRow:
    """Return the row that `find` selected.

    Raises:
        UnreadableError: it is not as it was written.
    """
    (
        version, state, holder, holder_id, _, unit, _, kind, since, updated_at,
        due, is_open, late, rules, calendar, calendar_version, _, case,
        received_at, channel, code, crc,
    ) = values  # fmt: skip
    if checksum(*values[:-1]) != crc:
        raise UnreadableError("checksum_differs")
    return IndexRow(
        case=case, version=version, state=_STATES[state],
        holder=None if holder is None else _ROLES[holder], holder_id=holder_id, unit=unit,
        kind=_KINDS[kind], channel=_CHANNELS[channel], received_at=_read(received_at),
        since=_read(since),
        updated_at=_read(updated_at), due=None if due is None else _read(due),
        is_open=bool(is_open), late=bool(late), code=code, rules=rules, calendar=calendar,
        calendar_version=calendar_version,
    )  # fmt: skip
