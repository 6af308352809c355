"""The damage in a store, found by reading all of it: every history is folded again.

A store of any kind is read through the calls that every store has. One over SQL also lets its
engine check itself, and is read by its own ids, as a list may leave out what is damaged. Only the
damage is held in memory.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import attrs

from phananh.errors import CorruptError, StoreError, short_repr
from phananh.stores.base import IndexRow, Query, Store
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.index_row import check_row_of
from phananh.stores.json_values import CORRUPTED
from phananh.stores.sql.dialect import Dialect, Select
from phananh.stores.sql.rows import damaged_command_error, read_row

# The next cases by their ids, be it that a table has lost one.
_CASES = """select case_id from (select case_id from phananh_case where case_id > ?
order by case_id limit 500) one union select case_id from (select distinct case_id
from phananh_event where case_id > ? order by case_id limit 500) other
order by case_id limit 500"""
_COMMANDS = """select command_id from phananh_command where command_id > ?
order by command_id limit 500"""
_COUNT = "select count(*) from phananh_event"


def find_differences(store: Store) -> Iterator[StoreError]:
    """Yield each case with a history that is unreadable or differs from its row, and feed errors.

    If a store has a method `find_damage`, its errors are yielded instead.
    """
    if hasattr(store, "find_damage"):
        yield from store.find_damage()
        return
    before, known = _Feed(store), _EventSum()
    before.read()
    is_whole = True
    for error in _find_in_lists(store, known):
        is_whole = False
        yield error
    after = attrs.evolve(before, seen=attrs.evolve(before.seen))
    after.read()
    yield from after.errors
    if is_whole and before.seen == after.seen != known:  # nobody recorded meanwhile
        yield _feed_error(after.seen.count, known.count)


def find_damage(store: Store, dialect: Dialect, select: Select) -> Iterator[StoreError]:
    """Yield the damage in a database: its structure, each case once, each command, the feed."""
    before = _count_events(dialect, select)
    yield from dialect.find_broken(select)
    named, known = set[str](), _EventSum()
    check_case = partial(_check_case, store, dialect, select, known)
    check_command = partial(_check_command, store, dialect, select)
    feed = _Feed(store)
    for found in (
        _check_each(dialect, select, _CASES, check_case),
        _find_unerased(dialect, select),
        _check_each(dialect, select, _COMMANDS, check_command),
        _find_in_feed(feed),
    ):
        for error in found:
            case = error.case if isinstance(error, CorruptError) else ""
            if case not in named:  # of a case only the first
                yield error
            named |= {case} - {""}
    held = _count_held_back(dialect, select)
    is_same = held or named or feed.seen == known
    if before != _count_events(dialect, select) or feed.errors or before is None:
        return  # somebody records, or it was named
    if feed.seen.count + held != before or not is_same:
        yield _feed_error(feed.seen.count, before)


def _feed_error(feed: int, events: int) -> StoreError:
    return StoreError(doing="examining", code="feed_differs", feed=feed, events=events)


def _find_in_lists(store: Store, known: "_EventSum") -> Iterator[StoreError]:
    query: Query | None = Query(limit=500)
    while query is not None:
        page = store.find(query)
        yield from map(damaged_row_error, page.damaged)
        for row in page.rows:
            try:
                history = store.load(row.case)
                # A case that was acted on since the list was made has a later row.
                check_row_of(history[: row.version], row)
            except StoreError as error:
                yield error
                continue
            for event in history:
                known.add(event.case, event.n)
        query = attrs.evolve(query, after=page.next) if page.next else None


def _check_case(
    store: Store, dialect: Dialect, select: Select, known: "_EventSum", case: str
) -> None:
    history = store.load(case)
    for values in select(dialect.sql.row, (case,)):
        row = _read_row(case, values)
        if row.version == len(history):  # else it was acted on between the two statements
            check_row_of(history, row)
    for event in history:
        known.add(case, event.n)


def _read_row(case: str, values: Sequence[object]) -> IndexRow:
    try:
        return read_row(values)
    except CORRUPTED as error:
        raise damaged_row_error(case) from error


def _find_unerased(dialect: Dialect, select: Select) -> Iterator[StoreError]:
    """Yield personal values that should be gone."""
    try:
        for case, version in select(dialect.sql.unerased, ()):
            code: str = "personal_unerased"
            yield CorruptError(doing="examining", code=code, case=case, version=version)
    except StoreError as error:
        yield error


def _check_command(store: Store, dialect: Dialect, select: Select, command: str) -> None:
    record = store.find_command(command)
    if record is None:
        raise damaged_command_error()
    version = select(dialect.sql.version, (record.case,))
    if not (version and 1 <= record.version <= version[0][0]):
        code, value = "command_stray", short_repr(command)
        case, number = record.case, record.version
        raise CorruptError(doing="examining", code=code, case=case, version=number, value=value)


def _find_in_feed(feed: "_Feed") -> Iterator[StoreError]:
    feed.read()
    yield from feed.errors


def _count_held_back(dialect: Dialect, select: Select) -> int:
    if dialect.held_back is None:
        return 0
    ((held, _),) = select(dialect.say(dialect.held_back), ())
    return int(held)


def _count_events(dialect: Dialect, select: Select) -> int | None:
    try:
        ((count,),) = select(dialect.say(_COUNT), ())
    except StoreError:
        return None
    return int(count)


def _check_each(
    dialect: Dialect, select: Select, statement: str, check: Callable[[str], object]
) -> Iterator[StoreError]:
    """Check what each id of a statement names, a page of ids at a time, and yield the errors."""
    after, marks = "", statement.count("?")
    while True:
        try:
            ids = [each for (each,) in select(dialect.say(statement), (after,) * marks)]
        except StoreError as error:
            yield error
            return
        for each in ids:
            try:
                check(each)
            except StoreError as error:
                yield error
        # An order that is broken was named with the structure, and ends here.
        if not ids or type(ids[-1]) is not str or ids[-1] <= after:
            return
        after = ids[-1]


@attrs.define
class _EventSum:
    """How many events were seen, and a sum of what each is called, in whatever order they came.

    Two sums are equal if the same events were seen, each as many times. It holds in one process.
    """

    count: int = 0
    total: int = 0

    def add(self, case: str, version: int) -> None:
        """Count an event."""
        self.count += 1
        self.total = (self.total + hash((case, version))) & (2**64 - 1)


@attrs.define
class _Feed:
    """The feed as it is read to its end. Entries that cannot be read are among `errors`."""

    store: Store
    seen: _EventSum = attrs.field(factory=_EventSum)
    errors: list[StoreError] = attrs.field(factory=list)
    after: str | None = None

    def read(self) -> None:
        """Read on to the end."""
        while True:
            try:
                entries = self.store.scan(self.after)
            except StoreError as error:
                self.errors.append(error)
                resumes = error.facts.get("position")
                if not isinstance(resumes, str):
                    return
                self.after = resumes
                continue
            if not entries:
                return
            for entry in entries:
                self.seen.add(entry.event.case, entry.event.n)
            self.after = entries[-1].position
