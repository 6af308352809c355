"""The damage in a database, found by reading all of it: every history is folded again.

The engine checks itself first. Then each case, each command and the feed are read as a store reads
them, by their own ids, as a list may leave out what is damaged. Only the damage is held in memory.
"""

from collections.abc import Callable, Iterator
from functools import partial

from phananh.errors import CorruptError, StoreError, short_repr
from phananh.stores.base import Store
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


def find_damage(store: Store, dialect: Dialect, select: Select) -> Iterator[StoreError]:
    """Yield the damage in a database: its structure, each case once, each command, the feed."""
    yield from dialect.find_broken(select)
    check_case = partial(_check_case, store, dialect, select)
    check_command = partial(_check_command, store, dialect, select)
    named = set[str]()
    for found in (
        _check_each(dialect, select, _CASES, check_case),
        _find_unerased(dialect, select),
        _check_each(dialect, select, _COMMANDS, check_command),
        _check_feed(store, dialect, select),
    ):
        try:
            for error in found:
                case = error.case if isinstance(error, CorruptError) else ""
                if case not in named:  # of a case only the first
                    yield error
                named |= {case} - {""}
        except StoreError as error:
            yield error  # so much is damaged that the rest of this kind cannot be read


def _check_each(
    dialect: Dialect, select: Select, statement: str, check: Callable[[str], object]
) -> Iterator[StoreError]:
    """Check what each id of a statement names, a page of ids at a time, and yield the errors."""
    after, marks = "", statement.count("?")
    while ids := [str(each) for (each,) in select(dialect.say(statement), (after,) * marks)]:
        for each in ids:
            try:
                check(each)
            except StoreError as error:
                yield error
        if ids[-1] <= after:
            return  # an order that is broken was named with the structure
        after = ids[-1]


def _check_case(store: Store, dialect: Dialect, select: Select, case: str) -> None:
    history = store.load(case)
    for values in select(dialect.sql.row, (case,)):
        try:
            row = read_row(values)
        except CORRUPTED as error:
            raise damaged_row_error(case) from error
        if row.version == len(history):  # else it was acted on between the two statements
            check_row_of(history, row)


def _find_unerased(dialect: Dialect, select: Select) -> Iterator[StoreError]:
    """Yield personal values that should be gone."""
    code: str = "personal_unerased"
    for case, version in select(dialect.sql.unerased, ()):
        yield CorruptError(doing="examining", code=code, case=case, version=version)


def _check_command(store: Store, dialect: Dialect, select: Select, command: str) -> None:
    record = store.find_command(command)
    if record is None:
        raise damaged_command_error()
    version = select(dialect.sql.version, (record.case,))
    if not (version and 1 <= record.version <= version[0][0]):
        code, value = "command_stray", short_repr(command)
        case, number = record.case, record.version
        raise CorruptError(doing="examining", code=code, case=case, version=number, value=value)


def _check_feed(store: Store, dialect: Dialect, select: Select) -> Iterator[StoreError]:
    """Yield what of the feed cannot be read, and whether it shows fewer or more than there is."""
    before, count, after = _count_events(dialect, select), 0, None
    is_sound = True
    while True:
        try:
            entries = store.scan(after)
        except CorruptError as error:
            yield error
            is_sound, after = False, str(error.facts["position"])
            continue
        if not entries:
            break
        count, after = count + len(entries), entries[-1].position
    held = 0
    if dialect.held_back is not None:
        ((held, _),) = select(dialect.say(dialect.held_back), ())
    if is_sound and before == _count_events(dialect, select) != count + held:
        yield StoreError(doing="examining", code="feed_differs", feed=count, events=before)


def _count_events(dialect: Dialect, select: Select) -> int:
    ((count,),) = select(dialect.say("select count(*) from phananh_event"), ())
    return int(count)
