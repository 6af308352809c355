"""The tables of PostgreSQL, and the statements that are its own.

Ids and times are compared byte by byte, whatever the locale of the database is. The feed is in
the order of transactions: `tx` is the number of the one that wrote an event, and `seq` the order
within it. A number is moved by `phananh_feed.shift`, so that it grows after a restored database
has begun to count its transactions anew.

No table has a foreign key: one statement writes all of an act, and a table can be partitioned by
ids that begin with the period.
"""

from phananh.stores.sql.migrations import Migration
from phananh.stores.sql.statements import Statements

_TABLES = (
    "create table phananh_schema (version integer not null, oldest integer not null)",
    "insert into phananh_schema values (3, 3)",
    """create table phananh_case (
    case_id text collate "C" primary key, version integer not null, state text collate "C" not null,
    holder text collate "C", holder_id text, holder_key text collate "C", unit text,
    unit_key text collate "C", kind text collate "C" not null, channel text collate "C" not null,
    received_at text collate "C" not null, since text collate "C" not null,
    updated_at text collate "C" not null, due text collate "C", is_open smallint not null,
    late smallint not null, rules text collate "C" not null, calendar text collate "C",
    calendar_version text collate "C", filters text collate "C" not null,
    code text collate "C" not null, crc bigint not null)""",
    "create unique index phananh_case_code on phananh_case (code)",
    "create index phananh_case_due on phananh_case (due, case_id) where due is not null",
    "create index phananh_case_time on phananh_case (received_at, case_id)",
    """create index phananh_case_unit on phananh_case (unit_key, is_open, received_at, case_id)
    where unit_key is not null""",
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
    # Without it the planner takes the columns for independent, and walks every case by its time.
    """create statistics phananh_case_flags (mcv) on holder, is_open, late, state
    from phananh_case""",
    """create table phananh_event (
    case_id text collate "C" not null, version integer not null, type text not null,
    at text collate "C" not null, body text not null, crc bigint not null, tx bigint not null,
    seq bigint generated always as identity, primary key (case_id, version))""",
    "create index phananh_event_feed on phananh_event (tx, seq)",
    """create table phananh_personal (
    case_id text collate "C" not null, version integer not null, salt bytea not null,
    data text not null, primary key (case_id, version))""",
    """create table phananh_command (
    command_id text collate "C" primary key, case_id text collate "C" not null,
    version integer not null, digest text not null, is_personal smallint not null,
    crc bigint not null)""",
    """create table phananh_erasure (
    case_id text collate "C" primary key, at text not null, version integer not null)""",
    """create table phananh_consumer (
    name text collate "C" primary key, number bigint not null, position text,
    until_at text collate "C" not null)""",
    "create table phananh_feed (shift bigint not null)",
    "insert into phananh_feed values (0)",
)
MIGRATIONS = (Migration(3, "pre", 3, "tables", _TABLES),)

# The numbers of transactions, moved so that they grow for ever.
OWN = "(select shift from phananh_feed) + pg_current_xact_id()::text::bigint"
BEHIND = "(select shift from phananh_feed) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
NEXT = "(select shift from phananh_feed) + pg_snapshot_xmax(pg_current_snapshot())::text::bigint"

STATEMENTS = Statements(
    insert_event=f"""insert into phananh_event (case_id, version, type, at, body, crc, tx)
    values (?,?,?,?,?,?, {OWN})""",  # noqa: S608  # names of ours
)

HAS_TABLES = "select 1 where to_regclass('phananh_schema') is not null"
LOCK_SCHEMA = """select 1 from
(select pg_advisory_xact_lock(hashtextextended('phananh_schema', 0))) locked"""
# A database that was restored from a dump counts its transactions from the start.
CATCH_UP = f"""update phananh_feed set shift = shift + found.tx - ({NEXT}) + 1
from (select max(tx) as tx from phananh_event) found where found.tx >= {NEXT}"""  # noqa: S608
IS_AHEAD = f"select 1 from phananh_event where tx >= {NEXT} limit 1"  # noqa: S608
_SCAN = """select e.tx, e.seq, e.case_id, e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
x.version
from phananh_event e
left join phananh_personal p on p.case_id = e.case_id and p.version = e.version
left join phananh_erasure x on x.case_id = e.case_id
where (e.tx, e.seq) > (?, ?){fence} order by e.tx, e.seq limit ?"""
SCAN = _SCAN.format(fence=f" and e.tx < {BEHIND}")
SCAN_ALL = _SCAN.format(fence="")
# How far the feed is behind, up to 1000 events, and for how long something may hold it back.
HELD_BACK = f"""select (select count(*) from (select 1 from phananh_event where tx >= {BEHIND}
limit 1000) behind), (select extract(epoch from now() - min(xact_start))::float8
from pg_stat_activity where backend_xid is not null)"""  # noqa: S608
SIZE = """select sum(pg_total_relation_size(one))::bigint from unnest(array[
to_regclass('phananh_case'), to_regclass('phananh_event'), to_regclass('phananh_personal'),
to_regclass('phananh_command'), to_regclass('phananh_erasure')]) one"""
END = f"select {BEHIND}, {NEXT}"
# Where this is committed, the commit waits for a synchronous replica, and so for all before it.
REPLICATE = """select case when current_setting('synchronous_standby_names') <> ''
and not pg_is_in_recovery() then pg_logical_emit_message(true, 'phananh', '') end"""
