"""Defects of what is kept: histories, rows and calendars, value by value."""

# ruff: noqa: D102, D107  # each class says what it does wrong; the methods are the store's

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import attrs

from phananh.errors import (
    InputError,
)
from phananh.regulation.events import Event
from phananh.stores.base import CalendarUse, Change, FeedEntry, IndexRow, Page, Query
from phananh.stores.memory import MemoryStore
from phananh.stores.paging import read_cursor
from phananh.worktime.terms import Term
from tests.testing.broken_stores.reading import Changed
from tests.testing.broken_stores.seeded import found_by


@found_by("test_refuses_an_expected_version_too_low", "B3")
class ReplacesTheLater(MemoryStore):
    """Cuts the history at the version that was decided on, and records what came last."""

    def commit(self, changes: Sequence[Change], /) -> None:
        for change in changes:
            history = self._histories.get(change.case, ())
            if 0 < change.expected < len(history):
                self._histories[change.case] = history[: change.expected]
                self._feed = [
                    (c, n) for c, n in self._feed if c != change.case or n <= change.expected
                ]
        super().commit(changes)


@found_by("test_returns_what_was_committed_in_order", "B10")
class RowWithoutEvents(MemoryStore):
    """Writes the row of a change, and the first of its events."""

    def _record(self, change: Change) -> None:
        super()._record(change)
        if change.expected and len(change.events) > 1:
            self._histories[change.case] = self._histories[change.case][: change.expected + 1]
            self._feed = self._feed[: 1 - len(change.events)]


@found_by("test_refuses_a_later_version_of_an_unknown_case")
class BeginsAnywhere(MemoryStore):
    """Takes any version for the first of a case that it does not know."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        super()._check_versions([each for each in changes if each.case in self._histories])


@found_by("test_keeps_every_type_of_event")
class ForgetsTheScore(Changed):
    """Has no column for the number of a rating."""

    def change_event(self, event: Any) -> Event:
        changed: Event = attrs.evolve(event, score=0) if hasattr(event, "score") else event
        return changed


@found_by("test_keeps_limits_in_days")
class DaysAreHours(Changed):
    """Keeps a limit in days as so many times 24 hours."""

    def change_event(self, event: Any) -> Event:
        clock = getattr(event, "deadline", None)
        if clock is None or not isinstance(clock.budget, Term):
            same: Event = event
            return same
        changed: Event = attrs.evolve(
            event, deadline=attrs.evolve(clock, budget=timedelta(days=clock.budget.count))
        )
        return changed


@found_by("test_row_is_the_sum_of_every_event")
class KindOfTheReceipt(MemoryStore):
    """Writes the kind of a case once, when it begins."""

    def _record(self, change: Change) -> None:
        old = self._rows.get(change.case, change.row)
        super()._record(change)
        self._rows[change.case] = attrs.evolve(change.row, kind=old.kind)


@found_by("test_row_is_the_sum_of_every_event")
class SinceTheLastAct(MemoryStore):
    """Says of every case that it came to its holder at the last act."""

    def _record(self, change: Change) -> None:
        super()._record(change)
        self._rows[change.case] = attrs.evolve(change.row, since=change.row.updated_at)


@found_by("test_row_follows_the_case")
class HolderOfTheReceipt(MemoryStore):
    """Lists a case with whom it lay first."""

    def _record(self, change: Change) -> None:
        old = self._rows.get(change.case, change.row)
        super()._record(change)
        self._rows[change.case] = attrs.evolve(change.row, holder=old.holder)


@found_by("test_tells_empty_from_left_out")
class EmptyIsNull(Changed):
    """Keeps an empty text as none, as some engines do."""

    def change_event(self, event: Any) -> Event:
        if getattr(event, "content", None) != "":
            same: Event = event
            return same
        changed: Event = attrs.evolve(event, content=None)
        return changed


@found_by("test_tells_empty_from_left_out")
class NobodyIsNotGiven(Changed):
    """Keeps nobody accused as nothing said about it."""

    def change_event(self, event: Any) -> Event:
        if event.n == 1 or getattr(event, "accused", None) != ():
            same: Event = event
            return same
        changed: Event = attrs.evolve(event, accused=None)
        return changed


@found_by("test_keeps_microseconds_and_offsets")
class NaiveTimes(Changed):
    """Gives times back without their offsets."""

    def change_event(self, event: Any) -> Event:
        changed: Event = attrs.evolve(event, at=event.at.replace(tzinfo=None))
        return changed


@found_by("test_blanks_in_ids_count")
class PaddedIds(MemoryStore):
    """Compares ids without the blanks at their ends, as columns of type `char` do."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        wanted = case.rstrip(" ")
        return super().load(next((k for k in self._histories if k.rstrip(" ") == wanted), case))


@found_by("test_what_is_returned_cannot_be_changed", "B36")
class RowsAsAList(MemoryStore):
    """Gives out the list of rows that it keeps."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        rows: Any = list(page.rows)
        return attrs.evolve(page, rows=rows)


@found_by("test_what_the_caller_does_later_changes_nothing", "B36")
class KeepsTheCallersList(MemoryStore):
    """Keeps the caller's list, and reads from it what was recorded last."""

    def __init__(self) -> None:
        super().__init__()
        self._given: Sequence[Change] = ()
        self._last: tuple[Change, ...] = ()

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        self._given, self._last = changes, tuple(changes)

    def load(self, case: str, /) -> tuple[Event, ...]:
        gone = [each for each in self._last if each not in self._given]
        events = [event for each in gone for event in each.events]
        return tuple(event for event in super().load(case) if event not in events)


@found_by("test_due_times_compare_as_instants", "B25")
class DueByText(MemoryStore):
    """Compares due times as they are written, with and without microseconds."""

    def find(self, query: Query, /) -> Page:
        page = super().find(attrs.evolve(query, due_before=None))
        if query.due_before is None:
            return page
        end = query.due_before.isoformat()
        rows = tuple(row for row in page.rows if row.due and row.due.isoformat() < end)
        return attrs.evolve(page, rows=rows)


@found_by("test_foreign_cursor_is_refused")
class AnyCursorIsTheStart(MemoryStore):
    """Begins anew at a cursor that it does not understand."""

    def find(self, query: Query, /) -> Page:
        try:
            read_cursor(query)
        except InputError:
            query = attrs.evolve(query, after=None)
        return super().find(query)


@found_by("test_foreign_position_is_refused")
class AnyPositionIsTheStart(MemoryStore):
    """Reads from the start at a position that is no number."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        return super().scan(after if after and after.isdigit() else None, limit=limit)


@found_by("test_units_compare_folded")
class UnitsAsWritten(MemoryStore):
    """Lists a unit once for each way it is written."""

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        return tuple(self._split(use) for use in super().list_calendars())

    def _split(self, use: CalendarUse) -> CalendarUse:
        same = [row for row in self._rows.values() if row.unit == use.unit and row.due]
        return attrs.evolve(use, deadlines=len(same))


@found_by("test_one_of_simultaneous_codes_is_recorded")
class LooksThenTakesTheCode(MemoryStore):
    """Looks whether a code is free, lets others run, and takes it."""

    def commit(self, changes: Sequence[Change], /) -> None:
        self._new_codes(changes)
        time.sleep(0.0005)
        super().commit([attrs.evolve(each, row=self._rename(each.row)) for each in changes])
        for change in changes:
            self._rows[change.case] = change.row
            self._codes[change.row.code] = change.case

    def _rename(self, row: IndexRow) -> IndexRow:
        return attrs.evolve(row, code=f"{row.case} {row.code}")


@found_by("test_code_of_a_refused_change_is_free")
class TakesTheCodeFirst(MemoryStore):
    """Takes the codes of a change before it knows of the conflict."""

    def commit(self, changes: Sequence[Change], /) -> None:
        self._codes.update(self._new_codes(changes))
        super().commit(changes)


@found_by("test_code_stays_with_its_case")
class LastCodeWins(MemoryStore):
    """Gives every case that goes on the code that came last."""

    def _record(self, change: Change) -> None:
        super()._record(change)
        if change.expected:
            last = list(self._codes)[-1]
            self._rows[change.case] = attrs.evolve(change.row, code=last)
