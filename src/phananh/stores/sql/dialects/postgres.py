"""PostgreSQL: acts in one statement, and a feed in the order of transactions behind a fence.

A transaction that is open may still write before a later one that is committed. So the feed ends
before the oldest that is open: no entry can appear behind a position that was read. `tx` is the
number of the transaction that wrote an event, and `seq` the order within it. A number is moved by
`phananh_feed.shift`, so that it grows after a restored database has begun to count its
transactions anew.

An act is one statement: all of it or none, in one round trip and one transaction. For a command the
row is locked at the version decided on, the command is inserted from that, and everything else from
both. So an expected version that is too low or too high writes no row, and nor does a known
command, without an error that the server would log with the act. The wait for another writer is
limited inside the statement, so that no setting stays with the connection.

Ids and times are compared byte by byte, whatever the locale of the database is. No table has a
foreign key: a table can be partitioned by ids that begin with the period.

If a connection was refused, a driver has no SQLSTATE, only the server's words. They are read in
English: in another language the connection is tried again until the time is over.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, ClassVar

from phananh.errors import InputError, short_repr
from phananh.stores.paging import ahead_error
from phananh.stores.passwords import tell
from phananh.stores.sql.dialect import (
    ADD_HOLDER_ACCUSED,
    FILL_AND_INDEX,
    Dialect,
    LostRaceError,
    Meaning,
    Migration,
    Select,
    Session,
    Statements,
)
from phananh.stores.sql.rows import COLUMNS, Batch

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
_RECORDED_AT = ('alter table phananh_case add column recorded_at text collate "C"',)
_URGENT = (
    'alter table phananh_case add column urgent_at text collate "C"',
    'alter table phananh_case add column officer_key text collate "C"',
    *FILL_AND_INDEX,
)
MIGRATIONS = (
    Migration(3, "pre", 3, "tables", _TABLES),
    Migration(4, "pre", 3, "recorded_at", _RECORDED_AT),
    Migration(5, "pre", 3, "urgent", _URGENT),
    Migration(6, "pre", 3, "holder_accused", ADD_HOLDER_ACCUSED),
)

# The numbers of transactions, moved so that they grow for ever.
OWN = "(select shift from phananh_feed) + pg_current_xact_id()::text::bigint"
BEHIND = "(select shift from phananh_feed) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
NEXT = "(select shift from phananh_feed) + pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
# Of a database that was restored from a dump: its transactions are counted from the start.
IS_AHEAD = f"select 1 from phananh_event where tx >= {NEXT} limit 1"  # noqa: S608  # names of ours
_SCAN = """select e.tx, e.seq, e.case_id, e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
x.version
from phananh_event e
left join phananh_personal p on p.case_id = e.case_id and p.version = e.version
left join phananh_erasure x on x.case_id = e.case_id
where (e.tx, e.seq) > (?, ?){fence} order by e.tx, e.seq limit ?"""

FEW = 50  # rows of a table that one statement writes, and that are not worth a COPY
SET_WAIT = "select set_config('lock_timeout', ?, true)"
COPIED = {
    "case": COLUMNS,
    "event": ("case_id", "version", "type", "at", "body", "crc", "tx"),
    "personal": ("salt", "data", "case_id", "version"),
    "command": ("command_id", "case_id", "version", "digest", "is_personal", "crc"),
    "erasure": ("case_id", "at", "version"),
}

_TYPES = {
    "event": ("text", "integer", "text", "text", "text", "bigint"),
    "personal": ("bytea", "text", "text", "integer"),
    "command": ("text", "text", "integer", "text", "smallint", "bigint"),
}
_WAIT = "set_config('lock_timeout', ?, true) is not null"


def write_statement(batch: Batch, wait: str) -> tuple[str, list[Any]]:
    """Return the statement that writes a batch, and its values. It selects how many cases.

    `wait` is for how long it waits for a lock, such as "5000ms".
    """
    counts = len(batch.events), len(batch.personal), len(batch.commands)
    row = (batch.new or batch.changed)[0]
    lock = row[-2:] if batch.changed and batch.commands else ()
    values = [*lock, wait, *chain(*batch.commands, row, *batch.events, *batch.personal)]
    return _statement(bool(batch.new), *counts), values


@lru_cache(maxsize=256)
def _statement(is_new: bool, events: int, personal: int, commands: int) -> str:  # noqa: FBT001  # private
    # Without a command, what it would be inserted from is what the row is inserted from.
    gate = "c" if commands else "l"
    is_locked = commands and not is_new
    parts = [f"l as ({_LOCK_ROW})" if is_locked else f"l as (select 1 where {_WAIT})"]
    if commands:
        known = " on conflict (command_id) do nothing"
        parts.append(f"c as ({_insert('command', commands, source='l', end=known)})")
    row = _insert_row(gate) if is_new else f"{_UPDATE_ROW} and exists (select 1 from {gate})"  # noqa: S608
    parts.append(f"r as ({row} returning 1)")
    parts.append(f"e as ({_insert('event', events, f', {OWN}', end=' order by v.c1')})")
    if personal:
        parts.append(f"p as ({_insert('personal', personal)})")
    return f"with {', '.join(parts)} select count(*) from r"  # noqa: S608  # names of ours


_LOCK_ROW = f"select 1 from phananh_case where case_id = ? and version = ? and {_WAIT} for update"  # noqa: S608
_UPDATE_ROW = Statements().update_row


def _insert_row(gate: str) -> str:
    # With a command a case id that is there is an error, so that the command is undone.
    end = " on conflict (case_id) do nothing" if gate == "l" else ""
    given = ", ".join("?" * len(COLUMNS))
    return f"insert into phananh_case ({', '.join(COLUMNS)}) select {given} from {gate}{end}"  # noqa: S608


def _insert(table: str, count: int, more: str = "", *, source: str = "r", end: str = "") -> str:
    types: Sequence[str] = _TYPES[table]
    first = ", ".join(f"?::{each}" for each in types)
    rest = ", ".join("?" * len(types))
    rows = ", ".join(f"({each})" for each in (first, *[rest] * (count - 1)))
    names = [f"c{i}" for i in range(len(types))]
    chosen = ", ".join(f"v.{name}" for name in names)
    into = ", ".join(COPIED[table])
    return (
        f"insert into phananh_{table} ({into}) select {chosen}{more} "  # noqa: S608
        f"from {source}, (values {rows}) v ({', '.join(names)}){end} returning 1"
    )


_STATES = {
    "28000": "login_refused",
    "28P01": "login_refused",
    "3D000": "database_missing",
    "3F000": "schema_missing",
    "42501": "rights_missing",
}
_WORDS = (
    (re.compile("authentication failed|no pg_hba.conf entry|role .+ does not exist"), "28000"),
    (re.compile("no password supplied|is not permitted to log in"), "28000"),
    (re.compile("database .+ does not exist"), "3D000"),
    (re.compile("permission denied for database"), "42501"),
)


def find_refusal(error: BaseException) -> str | None:
    """Return the code of a refusal by PostgreSQL that lasts, or None."""
    state: str | None = getattr(error, "sqlstate", None)
    if state is None:
        state = next((known for words, known in _WORDS if words.search(str(error))), None)
    return _STATES.get(state or "")


_POSITION = re.compile("([0-9]{1,19})-([0-9]{1,19})")
_LAST_SEQ = 2**63 - 1
_LOST_RACES = ("23505", "40001", "40P01")  # unique violation, serialization failure, deadlock
_CODES = {
    "25006": "server_read_only",
    "53100": "disk_full",
    "53300": "too_many_connections",
    "55P03": "busy",
    "57014": "busy",
}
_CONNECTION_ERRORS = {"OperationalError", "InterfaceError"}  # of every driver, without a code
_GONE = ("08", "57P")  # connection exceptions, and a server that shuts down or starts


class PostgresDialect(Dialect):
    """The SQL of PostgreSQL 14 and later."""

    name: ClassVar[str] = "postgresql"
    migrations: ClassVar[tuple[Migration, ...]] = MIGRATIONS
    # A database that was restored from a dump counts its transactions from the start.
    after_migrations: ClassVar[tuple[str, ...]] = (
        f"""update phananh_feed set shift = shift + found.tx - ({NEXT}) + 1
        from (select max(tx) as tx from phananh_event) found where found.tx >= {NEXT}""",  # noqa: S608
    )
    statements: ClassVar[Statements] = Statements(
        # Most texts are of the first version, and an index finds the few that completed a case.
        texts="""with behind (id, same_id, version) as (values (?::text, ?::text, ?::integer))
        (select p.case_id, p.version, p.data from phananh_personal p
        where p.version = 1 and p.case_id <= (select id from behind)
        and (p.case_id < (select id from behind) or 1 < (select version from behind))
        order by p.case_id desc limit 2000)
        union all
        (select e.case_id, e.version, p.data from phananh_event e
        join phananh_personal p on p.case_id = e.case_id and p.version = e.version
        where e.type = 'Completed' and e.case_id <= (select id from behind)
        and (e.case_id < (select id from behind) or e.version < (select version from behind))
        order by e.case_id desc, e.version desc limit 2000)
        order by 1 desc, 2 desc limit 2000""",
        insert_event=f"""insert into phananh_event (case_id, version, type, at, body, crc, tx)
        values (?,?,?,?,?,?, {OWN})""",  # noqa: S608  # names of ours
    )
    order: ClassVar[tuple[str, ...]] = ("tx", "seq")
    scan: ClassVar[str] = _SCAN.format(fence=f" and e.tx < {BEHIND}")
    scan_all: ClassVar[str] = _SCAN.format(fence="")
    last_position: ClassVar[str] = f"""select coalesce((select tx || '-' || seq from phananh_event
    where tx < {BEHIND} order by tx desc, seq desc limit 1), '0-0')"""  # noqa: S608
    has_tables: ClassVar[str] = "select 1 where to_regclass('phananh_schema') is not null"
    lock_schema: ClassVar[str | None] = """select 1 from
    (select pg_advisory_xact_lock(hashtextextended('phananh_schema', 0))) locked"""
    # How far the feed is behind, up to 1000 events, and for how long something may hold it back.
    held_back: ClassVar[str | None] = f"""select (select count(*) from
    (select 1 from phananh_event where tx >= {BEHIND} limit 1000) behind),
    (select extract(epoch from now() - min(xact_start))::float8
    from pg_stat_activity where backend_xid is not null)"""  # noqa: S608
    size: ClassVar[str | None] = """select sum(pg_total_relation_size(one))::bigint from unnest(
    array[to_regclass('phananh_case'), to_regclass('phananh_event'),
    to_regclass('phananh_personal'), to_regclass('phananh_command'),
    to_regclass('phananh_erasure')]) one"""
    # Where this is committed, the commit waits for a synchronous replica, and so for all before it.
    replicate: ClassVar[str | None] = """select case when
    current_setting('synchronous_standby_names') <> '' and not pg_is_in_recovery()
    then pg_logical_emit_message(true, 'phananh', '') end"""

    def __init__(self, *, mark: str = "%s", schema: str = "", timeout: float = 5.0) -> None:
        """Take the driver's mark of a value, the schema, and how many seconds a lock is waited."""
        super().__init__(mark=mark, schema=schema)
        self._wait = f"{max(1, round(timeout * 1000))}ms"
        self.limits = ((SET_WAIT, (self._wait,)),)

    def is_one_statement(self, batch: Batch) -> bool:
        """Return whether a batch is one case, short, and has no two commands, one of them known."""
        is_short = len(batch.events) <= FEW and len(batch.commands) <= 1
        return is_short and len(batch.new) + len(batch.changed) == 1

    def write(self, session: Session, batch: Batch) -> None:
        """Write a batch: an act on one case in one statement, all else in steps."""
        if not self.is_one_statement(batch):
            self.limit_wait(session)
            # A writer that waits to insert a row then has none that others wait to update, so
            # lists of cases that are known to some writers only do not deadlock.
            self.insert_commands(session, batch.commands)
            self.insert(session, "case", batch.new)
            super().write(session, batch._replace(new=[], commands=[]))
            return
        statement, values = write_statement(batch, self._wait)
        if session.execute(self.say(statement), values).fetchall()[0][0] != 1:
            raise LostRaceError

    def insert(self, session: Session, table: str, rows: Sequence[Any]) -> None:
        """Insert rows into a table, many of them by COPY, if the driver has it."""
        copy = getattr(session, "copy", None)
        if copy is None or len(rows) < FEW:
            super().insert(session, table, rows)
            return
        columns: tuple[str, ...] = COPIED[table]
        if table == "event":
            ((tx,),) = session.execute(self.say(f"select {OWN}"), ()).fetchall()
            rows = [(*row, tx) for row in rows]
        with copy(self.say(f"copy phananh_{table} ({', '.join(columns)}) from stdin")) as sent:
            for row in rows:
                sent.write_row(row)

    def read_position(self, position: str | None) -> tuple[int, ...]:
        """Return the numbers of a transaction and of an event in it. None is the beginning."""
        if position is None:
            return 0, 0
        found = _POSITION.fullmatch(position) if type(position) is str else None
        if found is None or int(found[2]) > _LAST_SEQ:
            raise InputError(field="after", code="position_unknown", value=short_repr(position))
        return int(found[1]), int(found[2])

    def check_position(self, select: Select, position: str | None) -> tuple[int, ...]:
        """Return a position as numbers, or refuse one of a transaction to come."""
        found = self.read_position(position)
        if position is not None:
            ((following,),) = select(self.say(f"select {NEXT}"), ())
            if found[0] >= following:
                raise ahead_error(position, f"{following - 1}-{_LAST_SEQ}")
        return found

    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether another was first: a key, a serialization failure or a deadlock."""
        return getattr(error, "sqlstate", None) in _LOST_RACES

    def explain(self, error: BaseException) -> Meaning | None:
        """Return the code of a server's error, by its SQLSTATE. Without one the server is away."""
        state: str | None = getattr(error, "sqlstate", None)
        names = {kind.__name__ for kind in type(error).__mro__}
        if state is None and not names & _CONNECTION_ERRORS:
            return None
        refusal = find_refusal(error)
        if refusal is not None:
            return {"code": refusal, "cause": tell(error)}
        if state is None:
            return {"code": "server_gone", "cause": tell(error)}
        if state.startswith(_GONE):
            return {"code": "server_gone", "cause": state}
        known = _CODES.get(state)
        return {"code": known, "cause": state} if known else {"problem": f"SQLSTATE {state}"}
