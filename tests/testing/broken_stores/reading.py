"""Defects of reading: lists, the feed, what comes back, and what should be gone."""

# ruff: noqa: D102, D107  # each class says what it does wrong; the methods are the store's

import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

from phananh.errors import StoreError
from phananh.regulation.events import Event, Received
from phananh.stores.base import CalendarUse, Change, FeedEntry, IndexRow, Lease, Page, Query
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.seeded import found_by


@found_by("test_declares_what_it_is_tested_for")
class DeclaresTheUnknown(MemoryStore):
    """Misspells what it declares, so that no test would run."""

    capabilities = frozenset({"durabel"})  # type: ignore[arg-type]  # the defect


@found_by("test_finds_what_is_due_before_not_at", "B23")
class DueAtIsDueBefore(MemoryStore):
    """Calls a case late at its due time."""

    def find(self, query: Query, /) -> Page:
        if query.due_before is not None:
            later = query.due_before + timedelta(microseconds=1)
            query = attrs.evolve(query, due_before=later)
        return super().find(query)


@found_by("test_clockless_and_closed_cases_are_never_due", "B24")
class StoppedClocksRun(MemoryStore):
    """Keeps the due time of a case that was answered."""

    def _record(self, change: Change) -> None:
        old = self._rows.get(change.case)
        super()._record(change)
        if old is not None and change.row.due is None:
            self._rows[change.case] = attrs.evolve(change.row, due=old.due)


@found_by("test_pages_lose_and_repeat_nothing_on_equal_keys")
class NoTieBreak(MemoryStore):
    """Resumes after the time alone, and so after all that share it."""

    def find(self, query: Query, /) -> Page:
        if query.after is not None:
            query = attrs.evolve(query, after=f"{query.after}\uffff")
        return super().find(query)


@found_by("test_rows_added_between_pages_shift_nothing", "B26")
class OffsetPages(MemoryStore):
    """Counts rows to find the next page."""

    def find(self, query: Query, /) -> Page:
        first = int(query.after or 0)
        rows = super().find(attrs.evolve(query, after=None, limit=10**6)).rows
        last = first + query.limit
        return Page(rows=rows[first:last], next=str(last) if last < len(rows) else None)


@found_by("test_every_filter_holds", "B27")
class FilterIgnored(MemoryStore):
    """Does not know one of the filters."""

    def find(self, query: Query, /) -> Page:
        return super().find(attrs.evolve(query, kind=None))


@found_by("test_units_and_ids_compare_folded")
class UnitsByBytes(MemoryStore):
    """Compares units letter by letter."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        rows = tuple(r for r in page.rows if query.unit is None or r.unit == query.unit)
        return attrs.evolve(page, rows=rows)


@found_by("test_scans_in_the_order_of_commits", "B29")
class FeedByTime(MemoryStore):
    """Sorts the feed by the events' own times."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        whole = sorted(super().scan(limit=10**6), key=lambda entry: entry.event.at)
        numbered = [attrs.evolve(e, position=str(i)) for i, e in enumerate(whole, 1)]
        return tuple(numbered[int(after or 0) :][:limit])


@found_by("test_order_holds_where_positions_grow_a_digit")
class PositionsAsText(MemoryStore):
    """Compares positions as text: 1000 before 999."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        whole = sorted(super().scan(limit=10**6), key=lambda entry: entry.position)
        return tuple(e for e in whole if after is None or e.position > after)[:limit]


@found_by("test_pages_repeat_and_skip_nothing", "B30")
class PageEdgeTwice(MemoryStore):
    """Begins a page with the last entry of the page before."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        page = super().scan(after, limit=limit)
        if after and page:
            return super().scan(str(int(after) - 1), limit=limit)
        return page


@found_by("test_shows_nothing_behind_a_position", "B28")
class NumbersBeforeCommit(MemoryStore):
    """Gives positions at the start of a commit, and shows them at its end: no fence."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = threading.Lock()
        self._next = 0
        self._shown: list[FeedEntry] = []

    def commit(self, changes: Sequence[Change], /) -> None:
        with self._numbers:
            first = self._next = self._next + 1
        time.sleep(0.0003 * (first % 3))
        super().commit(changes)
        self._shown.append(FeedEntry(position=str(first), event=changes[0].events[0]))

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        shown = sorted(self._shown, key=lambda entry: int(entry.position))
        return tuple(e for e in shown if int(e.position) > int(after or 0))[:limit]


@found_by("test_end_hides_nothing_that_is_committed_later")
class EndsAtTheHighest(NumbersBeforeCommit):
    """Takes the highest position that is shown for the end, though lower ones may follow."""

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        numbers = [int(entry.position) for entry in self._shown]
        return Lease(
            consumer=consumer, number=1, position=str(max(numbers, default=0)), until=until
        )


class Changed(MemoryStore):
    """Gives events back other than they were."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return tuple(self.change_event(event) for event in super().load(case))

    def change_event(self, event: Any) -> Event:
        raise NotImplementedError


@found_by("test_keeps_microseconds_and_offsets", "B31")
class WholeSeconds(Changed):
    """Cuts the microseconds."""

    def change_event(self, event: Any) -> Event:
        changed: Event = attrs.evolve(event, at=event.at.replace(microsecond=0))
        return changed


@found_by("test_keeps_every_character", "B32")
class ThreeByteLetters(Changed):
    """Loses the letters beyond the first plane."""

    def change_event(self, event: Any) -> Event:
        text = "".join(c if ord(c) < 0x10000 else "?" for c in event.content)
        changed: Event = attrs.evolve(event, content=text)
        return changed


@found_by("test_keeps_long_text_whole", "B33")
class ShortColumn(Changed):
    """Cuts text at a thousand characters."""

    def change_event(self, event: Any) -> Event:
        changed: Event = attrs.evolve(event, content=event.content[:1000])
        return changed


@found_by("test_ids_differ_by_every_character", "B34")
class FoldedIds(MemoryStore):
    """Takes HB-a for HB-A."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return super().load(next((k for k in self._histories if k.lower() == case.lower()), case))


@found_by("test_unknown_case_is_empty")
class LoadsNone(MemoryStore):
    """Returns None for the history of an unknown case."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return super().load(case) or None  # type: ignore[return-value]  # the defect


@found_by("test_unknown_case_is_empty")
class UnknownCaseRaises(MemoryStore):
    """Raises for a case that it does not know."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        if case not in self._histories:
            raise StoreError(doing="loading", problem="no such case")
        return super().load(case)


@found_by("test_erases_what_can_name_people", "B42")
class SparesTheContent(MemoryStore):
    """Erases the sender and leaves the texts."""

    def erase(self, case: str, *, at: datetime) -> None:
        before = self._histories.get(case, ())
        super().erase(case, at=at)
        after = self._histories.get(case, ())
        self._histories[case] = tuple(
            attrs.evolve(new, content=old.content) if isinstance(old, Received) else new  # type: ignore[call-arg]  # the two are of one type
            for old, new in zip(before, after, strict=True)
        )


@found_by("test_erasing_keeps_history_and_row")
class ErasesTheCase(MemoryStore):
    """Deletes the history with the person."""

    def erase(self, case: str, *, at: datetime) -> None:
        self._histories.pop(case, None)
        self._rows.pop(case, None)
        self._feed = [key for key in self._feed if key[0] != case]


@found_by("test_erasing_again_changes_nothing")
class SecondErasureRaises(MemoryStore):
    """Cannot erase what it does not have."""

    def erase(self, case: str, *, at: datetime) -> None:
        if case not in self._histories:
            raise StoreError(doing="erasing", problem="no such case")
        super().erase(case, at=at)


@found_by("test_rows_are_on_the_clock_of_vietnam")
class RowsInUtc(MemoryStore):
    """Gives the instants of rows as it keeps them, in UTC."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        return attrs.evolve(page, rows=tuple(_move_to_utc(row) for row in page.rows))


@found_by("test_rows_are_on_the_clock_of_vietnam")
class CalendarsInUtc(MemoryStore):
    """Gives the rows of calendars in use in UTC."""

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        return tuple(
            attrs.evolve(use, rows=tuple(_move_to_utc(row) for row in use.rows))
            for use in super().list_calendars()
        )


def _move_to_utc(row: IndexRow) -> IndexRow:
    instants = {name: getattr(row, name) for name in ("received_at", "since", "updated_at", "due")}
    return attrs.evolve(row, **{name: at and at.astimezone(UTC) for name, at in instants.items()})
