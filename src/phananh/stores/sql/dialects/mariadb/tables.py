"""The tables of MariaDB, and the statements that are its own.

Ids are compared byte by byte and without padding, so their order is that of code points. There
are no partial indexes: the condition of an index elsewhere is its first column here.

Every statement commits by itself, so each can be run again: where making the tables was broken
off, it is done by doing it again. `phananh_schema` gets its name last, when all else is there.
"""

from phananh.stores.sql.migrations import Migration
from phananh.stores.sql.statements import Statements

_ID = "varchar(200) character set utf8mb4 collate utf8mb4_nopad_bin"
_COMMAND = _ID.replace("200", "300")
_WORD = "varchar(100) character set ascii collate ascii_bin"  # a time, a slug or a digest
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
    filters {_TEXT} not null, code {_WORD} not null, crc bigint not null,
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
MIGRATIONS = (Migration(3, "pre", 3, "tables", _TABLES),)

STATEMENTS = Statements(
    insert_event="""insert into phananh_event (case_id, version, type, at, body, crc, position)
    values (?,?,?,?,?,?,?)""",
    calendars=Statements().calendars.replace(
        "phananh_case", "phananh_case force index (phananh_case_calendar)", 1
    ),
)

BEGIN = ("set transaction isolation level read committed", "start transaction")
HAS_TABLES = """select 1 from information_schema.tables
where table_schema = database() and table_name = 'phananh_schema'"""
SIZE = """select cast(sum(data_length + index_length) as unsigned) from information_schema.tables
where table_schema = database() and left(table_name, 8) = 'phananh_'"""
LAST_POSITION = "select position from phananh_feed"
NEXT_POSITIONS = "update phananh_feed set position = position + ?"
SCAN = """select e.position, e.case_id, e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
x.version, (select position from phananh_feed)
from phananh_event e force index (phananh_event_feed)
left join phananh_personal p on p.case_id = e.case_id and p.version = e.version
left join phananh_erasure x on x.case_id = e.case_id
where e.position > ? order by e.position limit ?"""
# A lock of this name is the connection's, and not the transaction's, which DDL would end.
LOCK_SCHEMA = "select get_lock(concat('phananh ', sha1(database())), 5)"
UNLOCK_SCHEMA = "select release_lock(concat('phananh ', sha1(database())))"
