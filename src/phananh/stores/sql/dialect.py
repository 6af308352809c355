"""What a SQL store needs to know of an engine, and the statements that all engines share.

A `Dialect` names the tables of its engine and the statements that differ from the usual. If it can
do more, such as write an act in one statement, it has a method of its own. Statements are written
once, with `?` in place of a value and without a schema: `say` makes of them what a driver hears.

A step of the schema in the phase "pre" adds what new code needs and lets old code run on. One of
the phase "post" takes away what old code needed, and is done once no old code runs.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, ClassVar, Literal, Protocol, get_args

import attrs

from phananh.errors import CorruptError, StoreError
from phananh.stores.base import FeedEntry
from phananh.stores.paging import ahead_error, read_position
from phananh.stores.passwords import hide_passwords
from phananh.stores.sql.rows import CHANGING, COLUMNS, Batch, Values, read_event

ROW = ", ".join(COLUMNS)
# SQLite writes each index of a column that a statement sets, be it to what it was.
_SELDOM = ("kind", "rules")
_OFTEN = [name for name in CHANGING if name not in _SELDOM]
# Of the values of `update_row` those of `update_same`.
_list_same = itemgetter(
    *map(CHANGING.index, _OFTEN), *range(len(CHANGING), len(CHANGING) + 3),
    *map(CHANGING.index, _SELDOM),
)  # fmt: skip
# An index is made beside its table. Its full name drops it, and statistics are made by theirs.
_TABLES = re.compile(
    r"\bphananh_[a-z]+\b|(?<=drop index )phananh_\w+|(?<=create statistics )phananh_\w+"
)
_EVENT = "case_id, version, type, at, body, crc"

# Code of earlier versions leaves both columns as they are: they only order and find rows.
URGENT_INDEXES = {
    "urgent": "urgent_at, case_id",
    "role_urgent": "holder, urgent_at, case_id",
    "holder_urgent": "holder_key, urgent_at, case_id",
    "unit_urgent": "unit_key, urgent_at, case_id",
    "officer_urgent": "officer_key, urgent_at, case_id",
    "officer": "officer_key, is_open, received_at, case_id",
}
FILL_URGENT = "update phananh_case set urgent_at = due where due is not null"
FILL_AND_INDEX = (
    FILL_URGENT,
    *(
        f"create index phananh_case_{name} on phananh_case ({columns}) "
        f"where {'officer_key' if name == 'officer' else 'urgent_at'} is not null"
        for name, columns in URGENT_INDEXES.items()
    ),
)
ADD_HOLDER_ACCUSED = (
    "alter table phananh_case add column holder_accused smallint",
    "create index phananh_case_accused on phananh_case (received_at, case_id) "
    "where holder_accused = 1",
    "alter table phananh_case add column officer_unit_key text",
    "create index phananh_case_officer_unit on phananh_case "
    "(officer_unit_key, is_open, received_at, case_id) where officer_unit_key is not null",
    "create index phananh_case_officer_unit_urgent on phananh_case "
    "(officer_unit_key, urgent_at, case_id) where officer_unit_key is not null",
    "create index phananh_event_completed on phananh_event (case_id, version) "
    "where type = 'Completed'",
)

Phase = Literal["pre", "post"]
Phases = Literal["pre", "post", "all"]
PHASES: tuple[Phases, ...] = get_args(Phases)
Meaning = dict[str, Any]  # the code of a StoreError, with its facts
Select = Callable[[str, Sequence[Any]], Sequence[Any]]  # of a statement and its values: the rows


class Result(Protocol):
    """The result of a statement, as a cursor of the DB-API has it."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed, of all that were given together."""

    def fetchall(self) -> Sequence[Any]:
        """Return the rows that are left."""


class Session(Protocol):
    """A connection inside a transaction, as the statements of a store see it."""

    def execute(self, statement: str, values: Sequence[Any], /) -> Result:
        """Run a statement with its values."""

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]], /) -> Result:
        """Run a statement once for each row. Its `rowcount` is the sum."""


def make_select(session: Session) -> Select:
    """Return what runs a statement on a session, and gives the rows."""
    return lambda statement, values: session.execute(statement, values).fetchall()


class LostRaceError(Exception):
    """No change was recorded, as another was first. `__cause__` is the driver's error."""


@attrs.frozen
class Migration:
    """A numbered step: its statements, and the oldest code that can run when it is done."""

    number: int
    phase: Phase
    oldest: int
    name: str
    statements: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name of the step in texts for people."""
        return f"{self.number}_{self.phase}_{self.name}"


@attrs.frozen(kw_only=True)
class Statements:
    """The statements of every engine. An engine replaces those that differ in its SQL."""

    load: str = """select e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
    (select version from phananh_erasure where case_id = ?),
    (select version from phananh_case where case_id = ?)
    from phananh_event e
    left join phananh_personal p on p.case_id = e.case_id and p.version = e.version
    where e.case_id = ? order by e.version"""
    load_many: str = """select e.case_id, e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
    x.version, c.version
    from phananh_event e
    left join phananh_personal p on p.case_id = e.case_id and p.version = e.version
    left join phananh_erasure x on x.case_id = e.case_id
    left join phananh_case c on c.case_id = e.case_id
    where e.case_id in ({}) order by e.case_id, e.version"""
    texts: str = """select e.case_id, e.version, p.data from phananh_event e
    join phananh_personal p on p.case_id = e.case_id and p.version = e.version
    where e.case_id <= ? and (e.case_id < ? or e.version < ?)
    and e.type in ('Received', 'Completed')
    order by e.case_id desc, e.version desc limit 2000"""
    version: str = "select version from phananh_case where case_id = ?"
    row: str = f"select {ROW} from phananh_case where case_id = ?"  # noqa: S608  # names of ours
    code: str = "select case_id from phananh_case where code = ?"
    insert_case: str = f"insert into phananh_case ({ROW}) values ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
    update_row: str = (
        f"update phananh_case set {' = ?, '.join(CHANGING)} = ?, crc = ? "  # noqa: S608
        "where case_id = ? and version = ?"
    )
    update_same: str = (
        f"update phananh_case set {' = ?, '.join(_OFTEN)} = ?, crc = ? "  # noqa: S608
        "where case_id = ? and version = ? and kind = ? and rules = ?"
    )
    insert_event: str = f"insert into phananh_event ({_EVENT}) values (?,?,?,?,?,?)"  # noqa: S608
    insert_personal: str = """insert into phananh_personal (salt, data, case_id, version)
    values (?,?,?,?)"""
    insert_command: str = """insert into phananh_command
    (command_id, case_id, version, digest, is_personal, crc) values (?,?,?,?,?,?)
    on conflict (command_id) do nothing"""
    find_command: str = """select c.command_id, c.case_id, c.version, c.digest, c.is_personal,
    c.crc, p.salt, case when p.data is null then 'null' else 'text' end, x.version
    from phananh_command c
    left join phananh_erasure x on x.case_id = c.case_id
    left join phananh_personal p on c.is_personal = 1 and p.case_id = c.case_id
    and p.version = c.version where c.command_id = ?"""
    lock_case: str = "select version from phananh_case where case_id = ? for update"
    erase: str = "delete from phananh_personal where case_id = ?"
    last_version: str = "select max(version) from phananh_event where case_id = ?"
    insert_erasure: str = "insert into phananh_erasure (case_id, at, version) values (?,?,?)"
    delete_erasure: str = "delete from phananh_erasure where case_id = ?"
    consumer: str = "select number, position, until_at from phananh_consumer where name = ?"
    insert_consumer: str = """insert into phananh_consumer (name, number, position, until_at)
    values (?,1,?,?)"""
    update_consumer: str = """update phananh_consumer set number = ?, position = ?, until_at = ?
    where name = ? and number = ? and until_at = ? and coalesce(position, '') = ?"""
    calendars: str = """select calendar, calendar_version, holder, unit_key, count(*)
    from phananh_case where due is not null and calendar is not null
    group by calendar, calendar_version, holder, unit_key
    order by calendar, calendar_version, holder, unit_key"""
    unerased: str = """select p.case_id, p.version from phananh_erasure x
    join phananh_personal p on p.case_id = x.case_id and p.version <= x.version limit 500"""


class Dialect(ABC):
    """The SQL of an engine, as one driver wants to hear it.

    Example:
        >>> from phananh.stores.sql.dialects.postgres import PostgresDialect
        >>> dialect = PostgresDialect(mark="%s", schema="office")
        >>> dialect.qualify("select body from phananh_event")
        'select body from office.phananh_event'
    """

    name: ClassVar[str]
    migrations: ClassVar[tuple[Migration, ...]]
    statements: ClassVar[Statements] = Statements()
    scan: ClassVar[str]  # selects the feed after a position, up to a limit
    scan_all: ClassVar[str] = ""  # likewise with the events behind a fence, if there is one
    last_position: ClassVar[str]
    order: ClassVar[tuple[str, ...]] = ("position",)  # the columns that order the feed
    has_ranges_of_pairs: ClassVar[bool] = True  # (one, other) > (?, ?) is a range of an index
    has_tables: ClassVar[str]  # selects a row if there is a table `phananh_schema`
    after_migrations: ClassVar[tuple[str, ...]] = ()  # what each has to look after
    begin: ClassVar[tuple[str, ...]] = ()  # how a transaction begins that a driver left to us
    # Waits until no other process migrates: selects 1, or else the wait was in vain.
    lock_schema: ClassVar[str | None] = None
    unlock_schema: ClassVar[str | None] = None  # where the end of the transaction does not
    limits: tuple[tuple[str, tuple[Any, ...]], ...] = ()  # of the wait for a lock, with values
    replicate: ClassVar[str | None] = None  # its commit waits until a replica has all before it
    size: ClassVar[str | None] = None  # selects how many bytes the tables take
    # Selects how many events a fence holds back, and for how many seconds the oldest transaction
    # has been open.
    held_back: ClassVar[str | None] = None

    def __init__(self, *, mark: str = "?", schema: str = "") -> None:
        """Take how the driver marks a value, and the schema of the tables if it has to be said."""
        self._mark, self._schema = mark, schema
        self.say = lru_cache(maxsize=512)(self._say)
        texts = attrs.asdict(self.statements)
        self.sql = Statements(**{name: self.say(text) for name, text in texts.items()})

    def qualify(self, statement: str) -> str:
        """Return the statement with the full names of tables, and of an index to drop."""
        return _TABLES.sub(rf"{self._schema}.\g<0>", statement) if self._schema else statement

    def _say(self, statement: str) -> str:
        """Return the statement with the driver's marks and the full names of tables."""
        return self.qualify(statement).replace("?", self._mark)

    def hint(self, index: str) -> str:
        """Return the text after a table that is to be read by an index."""
        return ""

    def write(self, session: Session, batch: Batch) -> None:
        """Write all of a batch. The transaction is the caller's.

        Raises:
            LostRaceError: a case has another version than the act was decided on, or a command is
                known.
        """
        sql, rows = self.sql, batch.changed
        # No name for a cursor: an error would keep it while another thread has the connection,
        # and sqlite3 of CPython 3.11 would then reset what that thread is running.
        is_same = len(rows) == 1 and (
            session.execute(sql.update_same, _list_same(rows[0])).rowcount == 1
        )
        if rows and not is_same and session.executemany(sql.update_row, rows).rowcount != len(rows):
            raise LostRaceError
        events = self.number_events(session, batch.events)
        if batch.commands:
            self.insert_commands(session, batch.commands)
        self.insert(session, "case", batch.new)
        self.insert(session, "event", events)
        self.insert(session, "personal", batch.personal)

    def insert(self, session: Session, table: str, rows: Sequence[Any]) -> None:
        """Insert rows into a table, in their order."""
        if rows:
            session.executemany(getattr(self.sql, f"insert_{table}"), rows)

    def insert_commands(self, session: Session, rows: Sequence[Values]) -> None:
        """Insert commands. A known one is no error of the engine, whose log would show the act.

        Raises:
            LostRaceError: one is known.
        """
        if rows and session.executemany(self.sql.insert_command, rows).rowcount != len(rows):
            raise LostRaceError

    def is_one_statement(self, batch: Batch) -> bool:
        """Return whether `write` runs a single statement, which needs no BEGIN and COMMIT."""
        return False

    def number_events(self, session: Session, events: Sequence[Any]) -> Sequence[Any]:
        """Return the values of events, with numbers that the engine does not give by itself.

        No row is inserted yet: a dialect may wait here for its turn.
        """
        return events

    def limit_wait(self, session: Session) -> None:
        """Limit how long the transaction waits for a lock, if its statements do not."""
        for statement, values in self.limits:
            session.execute(self.say(statement), values)

    def read_feed(self, select: Select, after: str | None, limit: int) -> tuple[FeedEntry, ...]:
        """Return entries of the feed after a position, at most up to a damaged one.

        Raises:
            InputError: no position of this store, or one behind its last.
            CorruptError: the first entry is damaged. Its fact `position` resumes behind it.
        """
        rows = select(self.say(self.scan), (*self.read_position(after), limit))
        if not rows:
            self.check_position(select, after)
        width, found = len(self.order), list[FeedEntry]()
        for row in rows:
            position = "-".join(map(str, row[:width]))
            try:
                found.append(FeedEntry(position=position, event=read_event(*row[width:])))
            except CorruptError as error:
                if found:
                    break
                error.facts = {**error.facts, "position": position}
                raise
        return tuple(found)

    def find_end(self, select: Select) -> str:
        """Return the position behind the last entry of the feed."""
        ((last,),) = select(self.say(self.last_position), ())
        return str(last)

    def read_position(self, position: str | None) -> tuple[int, ...]:
        """Return a position as numbers that sort as the feed does. None is the beginning."""
        return (read_position(position),)

    def check_position(self, select: Select, position: str | None) -> tuple[int, ...]:
        """Return a position as numbers, or refuse one behind the end of the feed."""
        found = self.read_position(position)
        if any(found):
            end = self.find_end(select)
            if found > self.read_position(end):
                raise ahead_error(position, end)
        return found

    def erase(self, session: Session, case: str, at: str) -> None:
        """Erase the personal data of a case."""
        self.limit_wait(session)
        # What others record meanwhile would else be erased in part, and count as erased.
        session.execute(self.sql.lock_case, (case,)).fetchall()
        session.execute(self.sql.erase, (case,))
        ((version,),) = session.execute(self.sql.last_version, (case,)).fetchall()
        if version is not None:
            session.execute(self.sql.delete_erasure, (case,))
            session.execute(self.sql.insert_erasure, (case, at, version))

    def find_broken(self, select: Select) -> Iterator[StoreError]:
        """Yield the errors in the structure of tables and indexes."""
        return iter(())

    @abstractmethod
    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether a driver's error means that another was first, and no change was made."""

    @abstractmethod
    def explain(self, error: BaseException) -> Meaning | None:
        """Return the code and facts of a driver's error, or None if no code fits."""


def driver_error(
    error: BaseException, dialect: Dialect, where: str, *, seconds: float = 0, **doing: Any
) -> StoreError:
    """Return the StoreError for an error of the driver, by code or else in the driver's words.

    A driver may repeat its connection string, so passwords are taken out.

    Args:
        error: the driver's, not one that a library made of it.
        dialect: of the engine, which knows the codes.
        where: the file or server.
        seconds: how long was waited, at most.
        doing: the arguments of a StoreError that name the task.
    """
    meaning = dialect.explain(error)
    if meaning is None and isinstance(error, UnicodeError | OverflowError):
        meaning = {"problem": type(error).__name__}  # its message would show the text
    if meaning is not None and meaning.get("code") == "busy":
        meaning = {**meaning, "seconds": f"{seconds:g}"}
    told = meaning or {"problem": str(error)}
    shown = {n: hide_passwords(f) if isinstance(f, str) else f for n, f in told.items()}
    return StoreError(where=where, **shown, **doing)
