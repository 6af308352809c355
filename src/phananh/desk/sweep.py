"""The sweep: every limit that has run out is marked, so that lateness shows early (Art. 9.2)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from phananh.desk.lookup import iter_pages
from phananh.errors import (
    ConflictError,
    InputError,
    RefusedError,
    StepNotAllowedError,
    StoreError,
    UnknownRulesError,
)
from phananh.plain_value import PlainValue
from phananh.regulation.acts import Lapse
from phananh.regulation.events import Lapsed
from phananh.stores.base import IndexRow, Query
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.waiting import share_wait

if TYPE_CHECKING:
    from phananh.desk.desk import Desk


@attrs.frozen(kw_only=True)
class SweepResult(PlainValue):
    """The cases that a sweep marked, in order of due time, and those it could not read or decide.

    A ConflictError among the `failed` is of a case that others kept recording: sweep again.
    """

    lapsed: tuple[Lapsed, ...] = ()
    failed: tuple[StoreError | ConflictError | UnknownRulesError, ...] = ()


def sweep(desk: Desk, *, at: datetime | None = None) -> SweepResult:
    """Mark every case with a limit that has run out by `at` (now), and return them (Art. 9.2).

    The history is right without it, as an act records the lapse first. Safe to repeat.

    Args:
        at: for imports and replays. Leave it out in a portal. It is trusted: an `at` that lies
            ahead marks for good limits that still run.
    """
    at = desk.moment(at)
    lapsed: list[Lapsed] = []
    failed: list[StoreError | ConflictError | UnknownRulesError] = []
    with share_wait():  # a file that is locked is waited for once, not once a case
        for page in iter_pages(desk.store, Query(is_open=True, due_before=at, limit=500)):
            failed.extend(map(damaged_row_error, page.damaged))
            for row in page.rows:
                try:
                    lapsed.extend(_mark(desk, row, at))
                except (StoreError, ConflictError, UnknownRulesError) as error:
                    failed.append(error)
    return SweepResult(lapsed=tuple(lapsed), failed=tuple(failed))


def _mark(desk: Desk, row: IndexRow, at: datetime) -> tuple[Lapsed, ...]:
    """Record the lapse of a case, if there is one, and return it."""
    desk.require_rules(row.rules, case=row.case)
    try:
        case = desk.do(row.case, Lapse(at=at))
    except (RefusedError, StepNotAllowedError, InputError):
        return ()  # somebody acted since the row was read: nothing is late any more
    events = desk.store.load(row.case)[row.version : case.version]
    return tuple(event for event in events if isinstance(event, Lapsed))
