"""The sweep: every limit that has run out is marked, so that lateness shows early (Art. 9.2)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol, runtime_checkable

import attrs

from phananh.desk.core import DeskCore, moment
from phananh.desk.lookup import iter_pages
from phananh.errors import (
    ConflictError,
    CorruptError,
    InputError,
    RefusedError,
    StepNotAllowedError,
    StoreError,
    UnknownRulesError,
)
from phananh.plain_value import PlainValue
from phananh.regulation import acts as a
from phananh.regulation.events import Lapsed
from phananh.stores.base import IndexRow, Query, Store
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.waiting import share_wait

Failure = StoreError | ConflictError | UnknownRulesError


@attrs.frozen(kw_only=True)
class SweepResult(PlainValue):
    """The cases that a sweep marked, in order of due time, and those it could not read or decide.

    A ConflictError among the `failed` is of a case that others kept recording: sweep again.
    """

    lapsed: tuple[Lapsed, ...] = ()
    failed: tuple[Failure, ...] = ()


def sweep(desk: DeskCore, *, at: datetime | None = None) -> SweepResult:
    """Mark every case with a limit that has run out by `at`, and wait once for all of them."""
    at = moment(desk, at)
    lapsed: list[Lapsed] = []
    failed: list[Failure] = []
    with share_wait():
        for page in iter_pages(desk.store, Query(is_open=True, due_before=at, limit=500)):
            failed.extend(damaged_row_error(case) for case in page.damaged)
            for row in page.rows:
                try:
                    lapsed.extend(_mark(desk, row, at))
                except (StoreError, ConflictError, UnknownRulesError) as error:
                    failed.append(error)
        failed.extend(_find_unlisted(desk.store, at, {*map(_case_of, failed)}))
    return SweepResult(lapsed=tuple(lapsed), failed=tuple(failed))


@runtime_checkable
class _SelfChecking(Protocol):
    """A store that can say which cases its lists leave out, as one in a file can."""

    def find_unlisted(self, due_before: datetime) -> Iterator[StoreError]:
        """Yield the errors of cases that lists do not show, as they are damaged."""


def _find_unlisted(store: Store, at: datetime, named: set[str | None]) -> Iterator[StoreError]:
    """Yield the cases that are due and that no page showed, but for those that were named."""
    if not isinstance(store, _SelfChecking):
        return
    try:
        for each in store.find_unlisted(at):
            if (case := _case_of(each)) is None or case not in named:
                yield each
    except StoreError as error:
        yield error


def _case_of(error: Failure) -> str | None:
    return error.case if isinstance(error, CorruptError) else None


def _mark(desk: DeskCore, row: IndexRow, at: datetime) -> tuple[Lapsed, ...]:
    """Record the lapse of a case, if there is one, and return it."""
    desk.require_rules(row.rules, case=row.case)
    try:
        case = desk.do(row.case, a.Lapse(at=at))
    except (RefusedError, StepNotAllowedError, InputError):
        return ()  # somebody acted since the row was read: nothing is late any more
    events = desk.store.load(row.case)[row.version : case.version]
    return tuple(event for event in events if isinstance(event, Lapsed))
