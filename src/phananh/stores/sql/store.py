"""The calls of a store over SQL, on any kind of connection.

To write a store for another driver, subclass `SqlStore`: give it the dialect of its engine, read
with `_select`, and run work in a transaction with `_transact`. Every write is gated on the index
row: an expected version that is too low or too high changes no row and stops there. The key
(case, version) is the backstop.

A list is a range of an index, or a few merged. No filter is slow by itself: each has an index that
also holds the order. Where several filters are given, the narrowest is chosen, and the others are
looked at row by row. A page goes on behind the sort key of the last row of the page before, so its
cost does not grow with its number.

A consumer of the feed is a row of a table, and every change of it is gated on the lease as it was
read. So of two workers that claim at once one loses, on every engine, without a lock.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any

import attrs

from phananh.errors import ConflictError, CorruptError, LeaseLostError, StoreError
from phananh.regulation.case import fold
from phananh.regulation.cleaning import fold_id, list_foldings
from phananh.regulation.events import Event, PersonalDataErased
from phananh.regulation.request import OPEN_STATES
from phananh.stores.base import (
    CalendarUse,
    Capability,
    CaseFigures,
    Change,
    ClosableStore,
    Column,
    CommandRecord,
    Counts,
    FeedEntry,
    IndexRow,
    Lease,
    Page,
    Query,
    check_limit,
)
from phananh.stores.codec import CORRUPTED, has_personal
from phananh.stores.conflicts import (
    check_chain,
    check_commands,
    damaged_row_error,
    describe_commit,
    list_commands,
)
from phananh.stores.index_row import SHOWN, check_row_of, make_index_row, make_use
from phananh.stores.paging import (
    END,
    LONG_AGO,
    Key,
    Part,
    check_claim,
    format_instant,
    is_instant,
    list_parts,
    list_variants,
    position_back_error,
    read_cursor,
    renew_lease,
    write_cursor,
)
from phananh.stores.sql.dialect import (
    ROW,
    Dialect,
    LostRaceError,
    Phases,
    Select,
    Session,
    driver_error,
)
from phananh.stores.sql.rows import (
    COLUMNS,
    MARK,
    RECENT,
    changed_values,
    make_batch,
    missing_event_error,
    read_case_figures,
    read_command,
    read_history,
    read_row,
    recall_event,
)
from phananh.stores.sql.schema import check_phase, check_state, migrate, read_state

Equal = tuple[tuple[str, Any], ...]
Condition = tuple[str, tuple[Any, ...]]  # on a row, and the values of its marks
Found = tuple[Key, IndexRow | None]  # where a row stands, and None for one that is damaged
_ORDERED = {name: COLUMNS.index(name) for name in ("received_at", "due", "urgent_at")}
_TIMES: dict[Part, str] = {"due": "due", "ends": "urgent_at"}  # the columns that order a part
_CASE = COLUMNS.index("case_id")


@attrs.frozen
class Path:
    """An index, in the order of `order`: the columns that equal a value, and what holds of it.

    `holds` are the conditions of a partial index, which a statement must repeat literally.
    """

    index: str
    order: str
    equal: Equal = ()
    holds: tuple[str, ...] = ()


def list_slices(query: Query) -> Iterator[tuple[Part, Key | None, list[tuple[Query, Path]]]]:
    """Yield each part of the list that is left, the key to go on behind, and what to read."""
    after, parts, variants = read_cursor(query), list_parts(query), list_variants(query)
    for part in parts if after is None else parts[parts.index(after.part) :]:
        paths = [(each, path) for each in variants for path in list_paths(each, part)]
        yield part, after if after and after.part == part else None, paths


def list_paths(query: Query, part: Part) -> Iterator[Path]:
    """Yield the indexes that hold a part of a list, each in its order."""
    order = _TIMES.get(part, "received_at")
    # In another order few running limits are sorted.
    is_of_limits = part == "due" or query.due_before is not None
    inbox = (each for each in _list_people(query) if each[1] is not None)
    name, wanted = next(inbox, ("", None))
    if query.code is not None:
        yield Path("phananh_case_code", order, (("code", query.code),))
    elif query.holder_accused:  # so few that any order is sorted
        yield Path("phananh_case_accused", order, (), ("holder_accused = 1",))
    elif is_of_limits and not name.startswith("officer"):
        index = f"phananh_case_{name}_due" if wanted else "phananh_case_due"
        for equal in _list_keys(name, wanted):
            yield Path(index, order, equal, ("due is not null",))
    elif is_of_limits or part == "ends":
        yield from _list_by_urgency(query, order, name, wanted)
    elif wanted is not None:
        for equal in _list_keys(name, wanted):
            yield from _split_open(f"phananh_case_{name}", equal, query)
    else:
        yield from _list_by_receipt(query)


def _list_people(query: Query) -> tuple[tuple[str, str | None], ...]:
    """Return the names of the keys of people and units, the narrowest first, and what is wanted."""
    return (
        ("holder", query.holder_id),
        ("officer", query.officer_id),
        ("officer_unit", query.officer_unit),
        ("unit", query.unit),
    )


def _list_by_urgency(query: Query, order: str, name: str, wanted: str | None) -> Iterator[Path]:
    """Yield the indexes of open cases with a limit that runs or ran out."""
    holds = ("urgent_at is not null",)
    if wanted is None and query.holder is not None:
        yield Path("phananh_case_role_urgent", order, (("holder", query.holder),), holds)
        return
    index = f"phananh_case_{name}_urgent" if wanted else "phananh_case_urgent"
    for equal in _list_keys(name, wanted):
        yield Path(index, order, equal, holds)


def _list_keys(name: str, wanted: str | None) -> list[Equal]:
    """Return the values of a key that mean an id, those of rows of earlier versions too."""
    return [((f"{name}_key", key),) for key in list_foldings(wanted)] if wanted else [()]


def _list_by_receipt(query: Query) -> Iterator[Path]:
    """Yield the indexes in the order of receipt, the narrowest that a filter leads to."""
    order = "received_at"
    if query.late:
        yield from _split_open("phananh_case_late", (), query, holds=("late = 1",))
    elif query.holder is not None:
        yield from _split_open("phananh_case_role", (("holder", query.holder),), query)
    elif query.states is not None:
        for state in sorted(query.states):
            yield Path("phananh_case_state", order, (("state", state),))
    elif query.is_open:
        yield Path("phananh_case_open", order, (), ("is_open = 1",))
    elif query.kind is not None:
        yield Path("phananh_case_kind", order, (("kind", query.kind),))
    elif query.rules is not None:
        yield Path("phananh_case_rules", order, (("rules", query.rules),))
    else:
        yield Path("phananh_case_time", order)


def _split_open(
    index: str, equal: Equal, query: Query, *, holds: tuple[str, ...] = ()
) -> Iterator[Path]:
    """Yield the open cases by receipt and those that are done, unless one of them is asked for."""
    for is_open in (1, 0) if query.is_open is None else (int(query.is_open),):
        yield Path(index, "received_at", (*equal, ("is_open", is_open)), holds)


def _list_filters(query: Query, part: Part) -> list[Condition]:
    """Return the conditions on a row that the filters of a query are."""
    wanted = {
        "holder = ?": query.holder,
        "kind = ?": query.kind,
        "is_open = ?": _find_openness(query),
        "late = ?": None if query.late is None else int(query.late),
        "holder_accused = ?": None if query.holder_accused is None else int(query.holder_accused),
        "rules = ?": query.rules,
        "due < ?": query.due_before and format_instant(query.due_before),
        "received_at >= ?": query.received_since and format_instant(query.received_since),
        "received_at < ?": query.received_before and format_instant(query.received_before),
    }
    found: list[Condition] = [
        (each, (value,)) for each, value in wanted.items() if value is not None
    ]
    for name, given in _list_people(query):
        if given:
            keys = list_foldings(given)
            test = "= ?" if len(keys) == 1 else f"in ({', '.join('?' * len(keys))})"
            found.append((f"{name}_key {test}", keys))
    if query.states is not None:
        marks = ", ".join("?" * len(query.states)) or "null"
        found.append((f"state in ({marks})", tuple(sorted(query.states))))
    if part in (*_TIMES, "none"):
        column = "urgent_at" if query.order == "urgent" else "due"
        found.append((f"{column} is {'null' if part == 'none' else 'not null'}", ()))
    return found


def _find_openness(query: Query) -> int | None:
    """Return whether a row must be open, or None, also if the wanted states imply it.

    A planner takes two conditions for rarer than one, and then sorts rows that it could read in
    order.
    """
    if query.is_open is None:
        return None
    states = query.states or frozenset()
    implied = states <= OPEN_STATES if query.is_open else states.isdisjoint(OPEN_STATES)
    return None if states and implied else int(query.is_open)


def _join(
    query: Query, part: Part, path: Path, behind: Iterable[Condition] = ()
) -> tuple[str, list[Any]]:
    """Return what holds of the rows to read as one text, and its values in order.

    That is a range of the index, then the filters, each condition once.
    """
    each_once: dict[str, tuple[Any, ...]] = {
        **{f"{name} = ?": (value,) for name, value in path.equal},
        **dict.fromkeys(path.holds, ()),
        **dict(_list_filters(query, part)),
        **dict(behind),
    }
    text = " and ".join(each_once) or "1 = 1"
    return text, [value for values in each_once.values() for value in values]


def find_statement(
    dialect: Dialect, query: Query, part: Part, path: Path, after: Key | None, limit: int
) -> tuple[str, list[Any]]:
    """Return the statement that reads a part of a list from one index, and its values."""
    sense, towards = ("<", " desc") if part == "newest" else (">", "")
    order, behind = path.order, list[Condition]()
    if after is not None:
        behind.append((f"({order}, case_id) {sense} (?, ?)", (after.at, after.case)))
        if not dialect.has_ranges_of_pairs:
            behind.append((f"{order} {sense}= ?", (after.at,)))
    conditions, values = _join(query, part, path, behind)
    statement = (
        f"select {ROW} from phananh_case{dialect.hint(path.index)} where {conditions} "  # noqa: S608  # names of ours
        f"order by {order}{towards}, case_id{towards} limit ?"
    )
    return dialect.say(statement), [*values, limit]


def count_by_statement(
    dialect: Dialect, query: Query, path: Path, column: Column
) -> tuple[str, list[Any]]:
    """Return the statement that counts what an index holds by a column, and its values."""
    conditions, values = _join(query, "oldest", path)
    named = "max(unit), count(*)" if column == "unit" else f"{column}, count(*)"
    by = "unit_key" if column == "unit" else column
    statement = f"select {named} from phananh_case where {conditions} group by {by}"  # noqa: S608
    return dialect.say(statement), values


def count_statement(
    dialect: Dialect, query: Query, part: Part, path: Path, limit: int
) -> tuple[str, list[Any]]:
    """Return the statement that counts what an index holds, up to `limit`, and its values."""
    conditions, values = _join(query, part, path)
    table = f"phananh_case{dialect.hint(path.index)}"
    counted = f"select 1 from {table} where {conditions} limit ?"  # noqa: S608
    return dialect.say(f"select count(*) from ({counted}) counted"), [*values, limit]  # noqa: S608


def read_found(part: Part, path: Path, rows: Iterable[Any]) -> list[Found]:
    """Return the rows of `find_statement`, each with its key."""
    found: list[Found] = []
    for values in rows:
        key = Key(part, str(values[_ORDERED[path.order]]), str(values[_CASE]))
        try:
            found.append((key, read_row(values)))
        except CORRUPTED:
            found.append((key, None))
    return found


def cut_page(found: list[Found], limit: int) -> Page:
    """Return a page of rows. More than `limit` of them mean that another page follows."""
    taken, cursor = found[:limit], None
    if len(found) > limit:
        last, _ = taken[-1]
        if not is_instant(last.at):
            raise damaged_row_error(last.case)
        cursor = write_cursor(last)
    return Page(
        rows=tuple([row for _, row in taken if row is not None]),
        next=cursor,
        damaged=tuple([key.case for key, row in taken if row is None]),
    )


def merge(slices: list[list[Found]], *, is_reversed: bool) -> list[Found]:
    """Return the rows of several indexes, in the order of the list."""
    if len(slices) == 1:
        return slices[0]
    return sorted(chain(*slices), key=itemgetter(0), reverse=is_reversed)


TRIES = 5  # how often writing may lose a race that is no conflict of the caller's
Work = Callable[[Any], object]
Doing = Mapping[str, Any]  # the arguments of a StoreError that say what was being done
_GROUPED = ("calendar", "calendar_version", "holder", "unit_key")
# The next cases by their ids, be it that a table has lost one.
_CASES = """select case_id from (select case_id from phananh_case where case_id > ?
order by case_id limit 500) one union select case_id from (select distinct case_id
from phananh_event where case_id > ? order by case_id limit 500) other
order by case_id limit 500"""
_FIGURES = """select case_id, kind, channel, received_at, filters from phananh_case
where case_id > ? and received_at < ?
and (is_open = 1 or updated_at >= ? or recorded_at >= ?
or (kind = 'conduct' and filters not like ?))
order by case_id limit 5000"""
_UNREFRESHED = f"""select case_id from phananh_case
where substr(filters, 1, {len(MARK)}) <> '{MARK}' and case_id > ?
order by case_id limit 500"""  # noqa: S608  # a mark of ours
_COMMANDS = """select command_id from phananh_command where command_id > ?
order by command_id limit 500"""


class SqlStore(ABC, ClosableStore):
    """The store's calls, over a query and a transaction that a subclass provides.

    Example:
        >>> with SqliteStore("office.db") as store:
        ...     isinstance(store, SqlStore), list(store.find_damage())
        (True, [])
    """

    dialect: Dialect
    _where: str = ""  # the file or server, for errors
    _tries: int = TRIES
    _is_checked: bool = False

    def __repr__(self) -> str:
        """Name the file or the server, and no password."""
        return f"{type(self).__name__}({self._where!r})"

    @property
    @abstractmethod
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract."""

    @abstractmethod
    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        """Return the rows of a statement, with the driver's errors as StoreErrors."""

    @abstractmethod
    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        """Do the work on a session in a transaction: committed on success, else rolled back.

        Raises:
            LostRaceError: the driver says that another was first, and no change was recorded.
            StoreError: any other error of the driver.
        """

    def _run_alone(self, doing: Callable[[], Doing], work: Work) -> None:
        """Do work of a single statement, which may be a transaction by itself."""
        self._transact(doing, work)

    def _explain(self, error: BaseException, **doing: Any) -> StoreError:
        """Return the StoreError for an error of the driver."""
        return driver_error(error, self.dialect, self._where, **doing)

    def _translate(self, error: BaseException, **doing: Any) -> Exception:
        """Return LostRaceError if the driver says that another was first, else a StoreError."""
        if self.dialect.is_lost_race(error):
            return LostRaceError()
        return self._explain(error, **doing)

    def _check_schema(self, select: Select) -> None:
        """Raise SchemaError unless this code can run on the tables."""
        check_state(read_state(select, self.dialect), self.dialect, self._where)

    def _check_once(self, select: Select) -> None:
        """Check the tables at the first use."""
        if not self._is_checked:
            self._check_schema(select)
            self._is_checked = True

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return versions 1..n without a hole, empty for an unknown case.

        Raises:
            CorruptError: a version cannot be read or is missing, or the index row is not of it.
        """
        rows = self._select("loading", self.dialect.sql.load, (case, case, case))
        if not rows and self._find_version(case):
            rows = self._select("loading", self.dialect.sql.load, (case, case, case))
            if not rows:  # nor was it recorded in between
                raise missing_event_error(case, 1)
        return read_history(case, rows, recall_event) if rows else ()

    def load_many(self, cases: Collection[str], /) -> dict[str, tuple[Event, ...]]:
        """Return the history of each case, in one read, but for those unknown or damaged."""
        if not cases:
            return {}
        marks = ", ".join("?" * len(cases))
        statement = self.dialect.say(self.dialect.statements.load_many.format(marks))
        rows: dict[str, list[Any]] = {}
        for case, *row in self._select("loading", statement, tuple(cases)):
            rows.setdefault(case, []).append(row)
        found: dict[str, tuple[Event, ...]] = {}
        for case, history in rows.items():
            with suppress(CorruptError):
                found[case] = read_history(case, history)
        return found

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none.

        Raises:
            DuplicateError, CommandReusedError: a command id is known. No change was recorded.
            ConflictError: an expected version is too low or too high. No change was recorded.
            StoreError: the engine failed. The same command id settles what was recorded.
        """
        if not changes:
            return
        if len(changes) > 1 or changes[0].commands:
            list_commands(changes)
            check_chain(changes)
        batch = make_batch(changes)
        run = self._run_alone if self.dialect.is_one_statement(batch) else self._transact
        try:
            run(partial(describe_commit, changes), partial(self.dialect.write, batch=batch))
        except LostRaceError as lost:
            self._settle(changes, lost)

    def _settle(self, changes: Sequence[Change], lost: LostRaceError) -> None:
        """Find why no change was recorded: the commands were, or another version was."""
        check_commands(
            [command for _, command in list_commands(changes)],
            lambda command: self.find_command(command.id),
        )
        for change in reversed({change.case: change for change in reversed(changes)}.values()):
            actual = self._find_version(change.case)
            if actual != change.expected:
                raise ConflictError(case=change.case, expected=change.expected, actual=actual)
        cause, codes = lost.__cause__, {change.row.code: change.case for change in changes}
        for change in changes:
            if codes[change.row.code] != change.case or self._has_code_of_another(change):
                raise StoreError(code="code_taken", **describe_commit(changes)) from cause
        # It was so when it was tried: a deadlock, or what a snapshot of the caller cannot see.
        first = changes[0]
        raise ConflictError(case=first.case, expected=first.expected) from cause

    def _find_version(self, case: str) -> int:
        found = self._select("recording", self.dialect.sql.version, (case,))
        return next((version for (version,) in found), 0)

    def _has_code_of_another(self, change: Change) -> bool:
        found = self._select("recording", self.dialect.sql.code, (change.row.code,))
        return any(case != change.case for (case,) in found)

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return the record of a command id, or None if there is none.

        A primary that crashed, or that stopped waiting for its replica, shows acts that the replica
        lacks. So a call that finds a command waits for the replica as the act did.

        Raises:
            CorruptError: its record cannot be read.
        """
        doing = "finding_command"
        rows = self._select(doing, self.dialect.sql.find_command, (command,))
        if not rows:
            return None
        record = read_command(tuple(rows[0]))
        if self.dialect.replicate is not None:
            statement = self.dialect.say(self.dialect.replicate)
            self._run_alone(
                lambda: {"doing": doing}, lambda session: session.execute(statement, ())
            )
        return record

    def find(self, query: Query, /) -> Page:
        """Return committed rows that meet the query, a page at a time, in its order."""
        found: list[Found] = []
        for part, after, paths in list_slices(query):
            most, read = query.limit + 1, list[list[Found]]()
            for each, path in paths:
                statement, values = find_statement(self.dialect, each, part, path, after, most)
                read.append(read_found(part, path, self._select("finding", statement, values)))
            found += merge(read, is_reversed=part == "newest")
            if len(found) > query.limit:
                break
        return cut_page(found, query.limit)

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        """Return how many rows meet the query, or `limit` if there are as many or more."""
        left = check_limit(limit)
        for each, part, path in self._list_counted(query):
            if left > 0:
                statement, values = count_statement(self.dialect, each, part, path, left)
                ((counted,),) = self._select("finding", statement, values)
                left -= counted
        return limit - left

    def count_by(self, query: Query, column: Column, /) -> Counts:
        """Return how many rows meet the query, for each value of a column."""
        found: Counts = {}
        names: dict[str, str] = {}
        for each, _, path in self._list_counted(query):
            statement, values = count_by_statement(self.dialect, each, path, column)
            for value, count in self._select("finding", statement, values):
                key = bool(value) if column == "late" else value
                if column == "unit" and value is not None:
                    key = names.setdefault(fold_id(value), value)
                found[key] = found.get(key, 0) + count
        return found

    def _list_counted(self, query: Query) -> Iterator[tuple[Query, Part, Path]]:
        part: Part = "oldest" if query.due_before is None else "due"  # whose indexes are read
        for each in list_variants(query):
            yield from ((each, part, path) for path in list_paths(each, part))

    def iter_figures(self, since: datetime, before: datetime, /) -> Iterator[CaseFigures]:
        """Yield what a report of the time between two moments reads of each case.

        Raises:
            CorruptError: a row cannot be read.
        """
        say, after = self.dialect.say, ""
        given = format_instant(before), *[format_instant(since)] * 2, '%["notified",%'
        while rows := self._select("finding", say(_FIGURES), (after, *given)):
            for case, *values in rows:
                try:
                    yield read_case_figures(case, *values)
                except CORRUPTED as error:
                    raise damaged_row_error(str(case)) from error
            after = str(case)

    def iter_texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text that came in of each case, the latest ids first."""
        case, version = "\U0010ffff", 0  # behind every id
        while rows := self._select("finding", self.dialect.sql.texts, (case, case, version)):
            yield from map(itemgetter(0, 2), rows)
            case, version, _ = rows[-1]

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        """Return which versions of calendars the running limits name, from an index of them."""
        groups = self._select("finding", self.dialect.sql.calendars, ())
        # Engines differ in where they put null.
        in_order = sorted(groups, key=lambda group: [name or "" for name in group[:-1]])
        return tuple([self._describe_use(*group) for group in in_order])

    def _describe_use(self, *group: Any) -> CalendarUse:
        """Return the use of a calendar by one role and unit, with some of its cases."""
        *names, deadlines = group
        said = [
            f"{column} is null" if names[n] is None else f"{column} = ?"
            for n, column in enumerate(_GROUPED)
        ]
        statement = (
            f"select {ROW} from phananh_case{self.dialect.hint('phananh_case_calendar')} "  # noqa: S608
            f"where {' and '.join(said)} and due is not null and calendar is not null "
            "order by case_id limit ?"
        )
        given = [name for name in names if name is not None]
        found = self._select("finding", self.dialect.say(statement), (*given, SHOWN))
        try:
            return make_use(tuple([read_row(values) for values in found]), deadlines)
        except CORRUPTED as error:
            raise damaged_row_error(str(found[0][_CASE])) from error

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return events in commit order, after a position, at most up to a damaged one.

        Raises:
            InputError: a position behind the last one, as after an old backup was restored.
            CorruptError: the first event cannot be read. `position` among its facts resumes the
                feed after it.
        """
        return self.dialect.read_feed(partial(self._select, "scanning"), after, check_limit(limit))

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        """Return the lease of a consumer, or None while another holds it past `now`."""
        consumer, now, until = check_claim(consumer, now, until)
        select = partial(self._select, "claiming")
        position = self.dialect.find_end(select) if start == END else start
        self.dialect.check_position(select, position)
        rows = select(self.dialect.sql.consumer, (consumer,))
        ((number, reached, end),) = rows or [(0, position, None)]
        if end is not None and end > format_instant(now):
            return None
        lease = Lease(consumer=consumer, number=number + 1, position=reached, until=until)
        held = None if end is None else (number, end, reached or "")
        return lease if self._keep(lease, held) else None

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        """Record that all entries up to `position` were dealt with, and return the lease renewed.

        Raises:
            LeaseLostError: another claimed it since, or it was released. The position stays.
            InputError: a position before the one that was recorded.
        """
        wanted = self.dialect.check_position(partial(self._select, "claiming"), position)
        for _ in range(TRIES):  # one worker may have several threads
            reached, end = self._require_held(lease)
            if wanted < self.dialect.read_position(reached):
                raise position_back_error(position, reached)
            # In the zone of the worker's, if that is the same instant.
            is_same = format_instant(lease.until) == end
            held = lease if is_same else attrs.evolve(lease, until=datetime.fromisoformat(end))
            renewed = renew_lease(held, position, until)
            if self._keep(renewed, (lease.number, end, reached or "")):
                return renewed
        raise LeaseLostError(consumer=lease.consumer, number=lease.number)

    def release(self, lease: Lease, /) -> None:
        """End a lease now, unless another worker claimed it since."""
        with suppress(LeaseLostError):
            for _ in range(TRIES):
                reached, end = self._require_held(lease)
                ended = attrs.evolve(lease, position=reached, until=LONG_AGO)
                if self._keep(ended, (lease.number, end, reached or "")):
                    return

    def _require_held(self, lease: Lease) -> tuple[str | None, str]:
        """Return how far a consumer has come, and until when its lease runs."""
        for number, reached, end in self._select(
            "claiming", self.dialect.sql.consumer, (lease.consumer,)
        ):  # of which there is one at most
            if number == lease.number and end != format_instant(LONG_AGO):
                return reached, end
        raise LeaseLostError(consumer=lease.consumer, number=lease.number)

    def _keep(self, lease: Lease, held: tuple[int, str, str] | None) -> bool:
        """Write a lease if the one before is still as it was read, and return whether it was."""
        values = (lease.position, format_instant(lease.until))

        def work(session: Session) -> None:
            self.dialect.limit_wait(session)
            if held is None:
                session.execute(self.dialect.sql.insert_consumer, (lease.consumer, *values))
                return
            gate = (lease.number, *values, lease.consumer, *held)
            if session.execute(self.dialect.sql.update_consumer, gate).rowcount != 1:
                raise LostRaceError

        try:
            self._transact(lambda: {"doing": "claiming"}, work)
        except LostRaceError:
            return False
        return True

    def _transact_again(self, doing: Callable[[], Doing], work: Work) -> None:
        """Do the work in a transaction, a few times if others are first."""
        cause: BaseException | None = None
        for _ in range(self._tries):
            try:
                return self._transact(doing, work)
            except LostRaceError as lost:
                cause = lost.__cause__
        raise StoreError(code="always_second", **doing()) from cause

    def migrate(self, phase: Phases = "all") -> tuple[str, ...]:
        """Bring the tables to what this code needs, and return the names of the steps done.

        Safe to repeat, and by several processes at once. Old code can run on after "pre". Run
        "post" after the last of it has ended.

        Raises:
            InputError: no such phase.
            SchemaError: the tables are those of newer code, and too new for this one.
        """
        phase, done = check_phase(phase), list[str]()
        self._is_checked = True

        def work(session: Session) -> None:
            done[:] = migrate(session, self.dialect, phase, where=self._where)

        self._transact_again(lambda: {"doing": "migrating"}, work)
        return tuple(done)

    def refresh_rows(self) -> int:
        """Write the rows again that an earlier version wrote, and return how many (schema 6).

        Until then they have no `figures`, where a limit ran out are not `urgent`, and are in no
        list of `holder_accused` or `officer_unit`. Safe to repeat, and beside desks that work.
        """
        select, say = partial(self._select, "migrating"), self.dialect.say
        count, after = 0, ""
        while rows := select(say(_UNREFRESHED), (after,)):
            for (case,) in rows:
                count += self._refresh_row(case)
            after = str(case)
        return count

    def _refresh_row(self, case: str) -> int:
        history = self.load(case)
        values = changed_values(make_index_row(fold(history)), len(history))
        done = list[int]()

        def work(session: Session) -> None:
            done[:] = [session.execute(self.dialect.sql.update_row, values).rowcount]

        self._transact_again(lambda: {"doing": "migrating"}, work)
        return sum(done)

    def find_damage(self) -> Iterator[StoreError]:
        """Yield the damage: the structure, each case once, each command.

        The whole database is read, a page at a time, by its own ids, as a list may leave out what
        is damaged. The tables stay as they are. Acts recorded meanwhile may be left out.
        """
        select = partial(self._select, "examining")
        yield from self.dialect.find_broken(select)
        named = set[str]()
        for found in (
            self._check_each(_CASES, self._check_case),
            self._find_unerased(select),
            self._check_each(_COMMANDS, self.find_command),
        ):
            try:
                for error in found:
                    case = error.case if isinstance(error, CorruptError) else ""
                    if case not in named:  # of a case only the first
                        yield error
                    named |= {case} - {""}
            except StoreError as error:
                yield error  # so much is damaged that the rest of this kind cannot be read

    def _check_each(self, statement: str, check: Callable[[str], object]) -> Iterator[StoreError]:
        """Check what each id of a statement names, a page at a time, and yield the errors."""
        after, marks, say = "", statement.count("?"), self.dialect.say
        while rows := self._select("examining", say(statement), (after,) * marks):
            for (each,) in rows:
                try:
                    check(str(each))
                except StoreError as error:
                    yield error
            if str(each) <= after:
                return  # an order that is broken was named with the structure
            after = str(each)

    def _check_case(self, case: str) -> None:
        history = self.load(case)
        erased = max((e.n for e in history if isinstance(e, PersonalDataErased)), default=0)
        if left := [event.n for event in history[:erased] if has_personal(event)]:
            raise _unerased_error(case, left[0])  # recorded, and then broken off
        for values in self._select("examining", self.dialect.sql.row, (case,)):
            try:
                row = read_row(values)
            except CORRUPTED as error:
                raise damaged_row_error(case) from error
            if row.version == len(history):  # else it was acted on between the two statements
                check_row_of(history, row)

    def _find_unerased(self, select: Select) -> Iterator[StoreError]:
        """Yield personal values that should be gone."""
        for case, version in select(self.dialect.sql.unerased, ()):
            yield _unerased_error(case, version)

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case. History and row stay."""
        moment = format_instant(at)
        try:
            self._transact_again(
                lambda: {"doing": "erasing_case", "case": case},
                lambda session: self.dialect.erase(session, case, moment),
            )
        finally:
            RECENT.clear()


def _unerased_error(case: str, version: int) -> CorruptError:
    code = "personal_unerased"
    return CorruptError(doing="examining", code=code, case=case, version=version)


class BoundSqlStore(SqlStore):
    """A store that records with the caller's commit, and is undone with its rollback."""

    capabilities: frozenset[Capability] = frozenset(
        {"external_transaction", "sql_reports", "lists"}
    )
    _where = "connection"  # the name of the argument, in both languages
    _tries = 1  # again is for the caller to say, who may have to begin the transaction anew
    _connection: Any = None

    def _require_connection(self, **doing: Any) -> Any:
        """Return the caller's connection, or refuse a store whose block has ended."""
        if self._connection is None:
            raise StoreError(where=self._where, code="bound_store_closed", **doing)
        return self._connection

    def close(self) -> None:
        """Drop the connection, without closing it."""
        self._connection = None
