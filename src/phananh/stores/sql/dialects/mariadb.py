"""MariaDB: a counter that is held until the commit puts the feed in the order of commits.

A writer takes the next positions before it inserts a row. The next one waits until these are
committed or undone: so no position is missing, and none appears behind another.

Ids are compared byte by byte and without padding, so their order is that of code points. There
are no partial indexes: the condition of an index elsewhere is its first column here.

Every statement commits by itself, so each can be run again: where making the tables was broken
off, it is done by doing it again. `phananh_schema` gets its name last, when all else is there.
"""

import math
from collections.abc import Sequence
from typing import Any, ClassVar

import attrs

from phananh.stores.passwords import tell
from phananh.stores.sql.dialect import (
    FILL_URGENT,
    URGENT_INDEXES,
    Dialect,
    LostRaceError,
    Meaning,
    Migration,
    Session,
    Statements,
)
from phananh.stores.sql.rows import Values

_ID = "varchar(200) character set utf8mb4 collate utf8mb4_nopad_bin"
_COMMAND = _ID.replace("200", "300")
_WORD = "varchar(100) character set ascii collate ascii_nopad_bin"  # a time, a slug or a digest
_TEXT = "longtext character set utf8mb4 collate utf8mb4_nopad_bin"
_TABLE = "create table if not exists"
_ENGINE = "engine=InnoDB row_format=dynamic"

_TABLES = (
    f"{_TABLE} phananh_started (version int not null primary key, oldest int not null) {_ENGINE}",
    "insert ignore into phananh_started values (3, 3)",
    f"""{_TABLE} phananh_case (
    case_id {_ID} primary key not null, version int not null, state {_WORD} not null,
    holder {_WORD}, holder_id {_ID}, holder_key {_ID}, unit {_ID}, unit_key {_ID},
    kind {_WORD} not null, channel {_WORD} not null, received_at {_WORD} not null,
    since {_WORD} not null, updated_at {_WORD} not null, due {_WORD}, is_open tinyint not null,
    late tinyint not null, rules {_ID} not null, calendar {_ID}, calendar_version {_ID},
    filters {_TEXT} not null, code {_ID} not null, crc bigint not null,
    unique index phananh_case_code (code),
    index phananh_case_due (due, case_id),
    index phananh_case_time (received_at, case_id),
    index phananh_case_unit (unit_key, is_open, received_at, case_id),
    index phananh_case_holder (holder_key, is_open, received_at, case_id),
    index phananh_case_role (holder, is_open, received_at, case_id),
    index phananh_case_unit_due (unit_key, due, case_id),
    index phananh_case_holder_due (holder_key, due, case_id),
    index phananh_case_late (late, is_open, received_at, case_id),
    index phananh_case_open (is_open, received_at, case_id),
    index phananh_case_state (state, received_at, case_id),
    index phananh_case_kind (kind, received_at, case_id),
    index phananh_case_rules (rules, received_at, case_id),
    index phananh_case_calendar (calendar, calendar_version, holder, unit_key, due)
    ) {_ENGINE}""",
    f"""{_TABLE} phananh_event (
    case_id {_ID} not null, version int not null, type {_WORD} not null, at {_WORD} not null,
    body {_TEXT} not null, crc bigint not null, position bigint not null,
    primary key (case_id, version), unique index phananh_event_feed (position)) {_ENGINE}""",
    f"""{_TABLE} phananh_personal (
    case_id {_ID} not null, version int not null, salt varbinary(255) not null,
    data {_TEXT} not null, primary key (case_id, version)) {_ENGINE}""",
    f"""{_TABLE} phananh_command (
    command_id {_COMMAND} primary key not null, case_id {_ID} not null, version int not null,
    digest {_WORD} not null, is_personal tinyint not null, crc bigint not null) {_ENGINE}""",
    f"""{_TABLE} phananh_erasure (
    case_id {_ID} primary key not null, at {_WORD} not null, version int not null) {_ENGINE}""",
    f"""{_TABLE} phananh_consumer (
    name {_ID} primary key not null, number bigint not null, position {_WORD},
    until_at {_WORD} not null) {_ENGINE}""",
    f"{_TABLE} phananh_feed (one tinyint not null primary key, position bigint not null) {_ENGINE}",
    "insert ignore into phananh_feed values (1, 0)",
    "rename table phananh_started to phananh_schema",
)
_RECORDED_AT = (f"alter table phananh_case add column if not exists recorded_at {_WORD}",)
_URGENT = (
    f"alter table phananh_case add column if not exists urgent_at {_WORD}, "
    f"add column if not exists officer_key {_ID}",
    FILL_URGENT,
    "alter table phananh_case " + ", ".join(
        f"add index if not exists phananh_case_{name} ({columns})"
        for name, columns in URGENT_INDEXES.items()
    ),
)  # fmt: skip
_HOLDER_ACCUSED = (
    "alter table phananh_case add column if not exists holder_accused tinyint, "
    f"add column if not exists officer_unit_key {_ID}, "
    "add index if not exists phananh_case_accused (holder_accused, received_at, case_id), "
    "add index if not exists phananh_case_officer_unit "
    "(officer_unit_key, is_open, received_at, case_id), "
    "add index if not exists phananh_case_officer_unit_urgent "
    "(officer_unit_key, urgent_at, case_id)",
)
_NEXT_POSITIONS = "update phananh_feed set position = position + ?"
_LOST_RACES = (1062, 1213, 1020)  # a key that is there, a deadlock, a row changed since it was read
_CODES = {
    1021: "disk_full",
    1114: "disk_full",
    1205: "busy",
    1290: "server_read_only",
    1792: "server_read_only",
    1836: "server_read_only",
    1040: "too_many_connections",
    1203: "too_many_connections",
    1226: "too_many_connections",
    1044: "rights_missing",
    1142: "rights_missing",
    1143: "rights_missing",
    1045: "login_refused",
    1698: "login_refused",
    1049: "database_missing",
    1273: "not_mariadb",  # a collation that MySQL does not have
}
_GONE = (0, 1053, 1927, 2002, 2003, 2005, 2006, 2013, 2014, 2055, 4031)
_LASTING = ("login_refused", "database_missing", "rights_missing")
_CONNECTION_ERRORS = ("OperationalError", "InterfaceError")
# What may wait for another transaction; inserts do not, as the counter is taken before.
_WAITING = (
    "update_row", "update_same", "erase", "lock_case", "delete_erasure", "insert_consumer",
    "update_consumer",
)  # fmt: skip


class MariadbDialect(Dialect):
    """The SQL of MariaDB 10.6 and later."""

    name: ClassVar[str] = "mariadb"
    migrations: ClassVar[tuple[Migration, ...]] = (
        Migration(3, "pre", 3, "tables", _TABLES),
        Migration(4, "pre", 3, "recorded_at", _RECORDED_AT),
        Migration(5, "pre", 3, "urgent", _URGENT),
        Migration(6, "pre", 3, "holder_accused", _HOLDER_ACCUSED),
    )
    statements: ClassVar[Statements] = Statements(
        insert_event="""insert into phananh_event (case_id, version, type, at, body, crc, position)
        values (?,?,?,?,?,?,?)""",
        insert_command=Statements().insert_command.split("on conflict")[0],
        calendars=Statements().calendars.replace(
            "phananh_case", "phananh_case force index (phananh_case_calendar)", 1
        ),
    )
    begin: ClassVar[tuple[str, ...]] = (
        "set transaction isolation level read committed",
        "start transaction",
    )
    has_tables: ClassVar[str] = """select 1 from information_schema.tables
    where table_schema = database() and table_name = 'phananh_schema'"""
    size: ClassVar[str | None] = """select cast(sum(data_length + index_length) as unsigned)
    from information_schema.tables
    where table_schema = database() and left(table_name, 8) = 'phananh_'"""
    has_ranges_of_pairs: ClassVar[bool] = False
    last_position: ClassVar[str] = "select position from phananh_feed"
    scan: ClassVar[str] = """select e.position, e.case_id, e.version, e.type, e.at, e.body, e.crc,
    p.salt, p.data, x.version
    from phananh_event e force index (phananh_event_feed)
    left join phananh_personal p on p.case_id = e.case_id and p.version = e.version
    left join phananh_erasure x on x.case_id = e.case_id
    where e.position > ? order by e.position limit ?"""
    # A lock of this name is the connection's, and not the transaction's, which DDL would end.
    lock_schema: ClassVar[str | None] = "select get_lock(concat('phananh ', sha1(database())), 5)"
    unlock_schema: ClassVar[str | None] = (
        "select release_lock(concat('phananh ', sha1(database())))"
    )

    def __init__(self, *, mark: str = "%s", timeout: float = 5.0) -> None:
        """Take the driver's mark of a value, and how many seconds a lock is waited for."""
        super().__init__(mark=mark)
        seconds = max(1, math.ceil(timeout))
        # Said with the statement, the limit does not stay with the connection.
        self._limit = f"set statement innodb_lock_wait_timeout = {seconds} for "
        limited = {name: self._limit + getattr(self.sql, name) for name in _WAITING}
        self.sql = attrs.evolve(self.sql, **limited)

    def hint(self, index: str) -> str:
        """Name the index, as the planner would rather sort."""
        return f" force index ({index})"

    def number_events(self, session: Session, events: Sequence[Any]) -> Sequence[Any]:
        """Take the next positions of the feed for the events."""
        session.execute(self._limit + self.say(_NEXT_POSITIONS), (len(events),))
        ((last,),) = session.execute(self.say(self.last_position), ()).fetchall()
        return [(*event, n) for n, event in enumerate(events, last - len(events) + 1)]

    def insert_commands(self, session: Session, rows: Sequence[Values]) -> None:
        """Insert commands, none of which another writer can insert: the positions are taken."""
        known = self.say("select 1 from phananh_command where command_id = ?")
        if any(session.execute(known, row[:1]).fetchall() for row in rows):
            raise LostRaceError
        self.insert(session, "command", rows)

    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether another was first: a key, a deadlock or a changed row."""
        return _number(error) in _LOST_RACES

    def explain(self, error: BaseException) -> Meaning | None:
        """Return the code of an error of the server or the driver, by its number."""
        number = _number(error)
        names = {kind.__name__ for kind in type(error).__mro__}  # of any driver
        if number in _GONE or (number is None and not names.isdisjoint(_CONNECTION_ERRORS)):
            return {"code": "server_gone", "cause": _tell(error)}
        known = _CODES.get(number or 0)
        if known is not None:
            return {"code": known, "cause": _tell(error) if known in _LASTING else str(number)}
        return None if number is None else {"problem": f"MariaDB {number}"}


def _tell(error: BaseException) -> str:
    """Return the driver's words on a connection or an account, its number first."""
    return tell(": ".join(str(each) for each in error.args)) or "-"


def _number(error: BaseException) -> int | None:
    """Return the number of a driver's error: PyMySQL and mysqlclient give it first."""
    number = getattr(error, "errno", None) or next(iter(error.args), None)
    return number if type(number) is int else None
