"""What is damaged in a database, found by reading all of it as a store reads it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import attrs

from phananh.errors import CorruptError, StoreError
from phananh.stores.base import Query, Store
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.sql.dialects.sqlite import tables
from phananh.stores.sql.statements import Statements
from phananh.stores.sql.stored import check_row

Select = Callable[[str, tuple[str, ...]], list[Any]]  # the rows of a statement with its values
_FAR = datetime(2199, 12, 31, 23, 59, tzinfo=UTC)  # no limit ends later


def find_damage(store: Store, select: Select) -> Iterator[StoreError]:
    """Yield what is damaged of a store: the file, each case once, each command."""
    try:
        for (problem,) in select(tables.STRUCTURE, ()):
            if problem != "ok":
                yield StoreError(doing="examining", code="damaged_file", cause=problem)
    except StoreError as error:
        yield error
    named: set[str] = set()
    for found in _find_damaged_cases(store, select):
        case = found.case if isinstance(found, CorruptError) else ""
        if case not in named:
            yield found
        named |= {case} - {""}
    yield from _read_each(select, (tables.COMMANDS,), store.find_command)


def _find_damaged_cases(store: Store, select: Select) -> Iterator[StoreError]:
    yield from _read_each(select, tables.CASES, partial(_read_case, store, select))
    for query in (Query(limit=500), Query(limit=500, due_before=_FAR)):
        after: Query | None = query
        try:
            while after is not None:
                page = store.find(after)
                yield from map(damaged_row_error, page.damaged)
                after = attrs.evolve(query, after=page.next) if page.next else None
        except StoreError as error:
            yield error


def _read_case(store: Store, select: Select, case: str) -> None:
    store.load(case)
    for values in select(Statements().row, (case,)):
        check_row(case, values)


def _read_each(
    select: Select, statements: tuple[str, ...], read: Callable[[str], object]
) -> Iterator[StoreError]:
    """Read what is named by each id that a statement gives; yield what goes wrong.

    Where ids cannot be listed by one statement, those of the next are read too.
    """
    for statement in statements:
        failed: list[StoreError] = []
        for each in _list_ids(select, statement, failed):
            try:
                read(each)
            except StoreError as error:
                yield error
        yield from failed
        if not failed:
            return


def _list_ids(select: Select, statement: str, failed: list[StoreError]) -> Iterator[str]:
    """Yield the ids that a statement gives, a page at a time; note what ends them early."""
    last, after = "", None
    while after != last:
        after = last
        try:
            ids = [each for (each,) in select(statement, (after,) * statement.count("?"))]
        except StoreError as error:
            failed.append(error)
            return
        yield from ids
        # An order that is broken was named with the structure, and ends here.
        last = ids[-1] if ids and type(ids[-1]) is str and ids[-1] > after else after
