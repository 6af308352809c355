"""Defects of lists: their orders, their filters by receipt, counts, and calendars in use."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import unicodedata
from contextlib import suppress
from datetime import timedelta
from typing import Any

import attrs

from phananh.errors import InputError
from phananh.stores.base import CalendarUse, Change, IndexRow, Page, Query
from phananh.stores.memory import MemoryStore
from phananh.stores.paging import Key, format_instant, read_cursor, write_cursor
from tests.testing.broken_stores.seeded import found_by

MICROSECOND = timedelta(microseconds=1)


class Resorted(MemoryStore):
    """Sorts lists by a key of its own, and pages by that key."""

    def find(self, query: Query, /) -> Page:
        rows = super().find(attrs.evolve(query, after=None, limit=10**6)).rows
        keyed = sorted(((self._key(row, query), row) for row in rows), key=lambda pair: pair[0])
        first = int(query.after or 0)
        last = first + query.limit
        more = str(last) if last < len(rows) else None
        return Page(rows=tuple(row for _, row in keyed[first:last]), next=more)

    def _key(self, row: IndexRow, query: Query) -> Any:
        at = (
            -row.received_at.timestamp() if query.order == "newest" else row.received_at.timestamp()
        )
        if query.order == "due":
            return row.due is None, (row.due or row.received_at).timestamp(), row.case
        return at, row.case


@found_by("test_newest_is_the_exact_reverse_of_oldest")
class NewestWithIdsForward(Resorted):
    """Lists the newest first, and the ids of one time as ever."""


@found_by("test_first_due_comes_first_and_what_has_no_limit_last")
class LimitlessFirst(Resorted):
    """Puts what has no limit first, where nulls go by themselves."""

    def _key(self, row: IndexRow, query: Query) -> Any:
        key = super()._key(row, query)
        return (not key[0], *key[1:]) if query.order == "due" else key


@found_by("test_pages_of_every_size_make_up_each_list")
class EndsAfterTheDue(MemoryStore):
    """Takes a page that ends with the last limit for the last page."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        if query.order != "due" or page.next is None:
            return page
        following = super().find(attrs.evolve(query, after=page.next, limit=1)).rows
        is_edge = page.rows[-1].due is not None and following[0].due is None
        return attrs.evolve(page, next=None) if is_edge else page


@found_by("test_filters_hold_in_each_order")
class NewestForgetsAFilter(MemoryStore):
    """Leaves a filter out of one of the statements."""

    def find(self, query: Query, /) -> Page:
        return super().find(attrs.evolve(query, late=None) if query.order == "newest" else query)


@found_by("test_ids_are_ordered_by_code_point")
class IdsByLocale(Resorted):
    """Orders ids as a dictionary does."""

    def _key(self, row: IndexRow, query: Query) -> Any:
        *first, case = super()._key(row, query)
        return *first, unicodedata.normalize("NFKD", case).casefold()


@found_by("test_ids_of_cases_without_a_limit_are_ordered_by_code_point")
class LimitlessByUtf16(Resorted):
    """Orders the second part of a list by the units of UTF-16."""

    def _key(self, row: IndexRow, query: Query) -> Any:
        *first, case = super()._key(row, query)
        return *first, case.encode("utf-16-be")


@found_by("test_rows_that_come_meanwhile_shift_no_page")
class OffsetPagesOfTheNewest(MemoryStore):
    """Counts rows to find the next page, in one of the orders."""

    def find(self, query: Query, /) -> Page:
        if query.order != "newest":
            return super().find(query)
        first = int(query.after or 0)
        rows = super().find(attrs.evolve(query, after=None, limit=10**6)).rows
        last = first + query.limit
        return Page(rows=rows[first:last], next=str(last) if last < len(rows) else None)


@found_by("test_cursor_of_another_order_is_refused")
class TakesAnyCursor(MemoryStore):
    """Reads the time of a cursor, whatever list it is of."""

    def find(self, query: Query, /) -> Page:
        with suppress(InputError):
            read_cursor(query)
            return super().find(query)
        _, at, case = str(query.after).split("|")
        return super().find(attrs.evolve(query, after=write_cursor(Key(query.order, at, case))))


@found_by("test_any_query_finds_what_memory_finds")
class TwoFiltersAreOne(MemoryStore):
    """Joins two filters by or, where both are given."""

    def find(self, query: Query, /) -> Page:
        if query.states and query.kind:
            query = attrs.evolve(query, kind=None)
        return super().find(query)


@found_by("test_every_filter_holds")
class RulesIgnored(MemoryStore):
    """Does not filter by rules."""

    def find(self, query: Query, /) -> Page:
        return super().find(attrs.evolve(query, rules=None))


@found_by("test_received_since_takes_in_its_instant")
class SinceIsAfter(MemoryStore):
    """Leaves out what was received at that very instant."""

    def find(self, query: Query, /) -> Page:
        if query.received_since is not None:
            query = attrs.evolve(query, received_since=query.received_since + MICROSECOND)
        return super().find(query)


@found_by("test_received_before_leaves_out_its_instant")
class ReceivedBeforeByText(MemoryStore):
    """Compares the texts of two instants, on two clocks."""

    def find(self, query: Query, /) -> Page:
        end, query = query.received_before, attrs.evolve(query, received_before=None)
        page = super().find(query)
        if end is None:
            return page
        rows = (r for r in page.rows if format_instant(r.received_at) < end.isoformat())
        return attrs.evolve(page, rows=tuple(rows))


@found_by("test_counts_what_every_filter_finds")
class CountIgnoresAFilter(MemoryStore):
    """Counts what a list leaves out."""

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        return super().count(attrs.evolve(query, received_before=None), limit=limit)


@found_by("test_count_stops_at_its_limit")
class CountsOn(MemoryStore):
    """Counts to the end, whatever the limit."""

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        found = super().count(query, limit=limit)
        return max(found, super().count(query))


@found_by("test_order_and_page_of_a_query_do_not_change_its_count")
class CountsAPage(MemoryStore):
    """Counts the rows of the page that is asked for."""

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        return min(super().count(query, limit=limit), query.limit)


@found_by("test_count_follows_the_cases")
class CountsWhatWas(MemoryStore):
    """Counts rows as they were first recorded."""

    def _record(self, change: Change) -> None:
        row = self._rows.get(change.case, change.row)
        super()._record(change)
        self._rows[change.case] = attrs.evolve(change.row, is_open=row.is_open)


@found_by("test_count_refuses_what_is_no_limit")
class CountsToAnything(MemoryStore):
    """Takes any limit."""

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        return min(super().count(query), limit)


@found_by("test_lists_the_calendars_of_running_limits")
class OneUseACalendar(MemoryStore):
    """Takes all versions of a calendar together."""

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        uses = {(use.calendar, use.holder, use.unit): use for use in super().list_calendars()}
        return tuple(uses.values())


@found_by("test_no_other_case_names_a_calendar")
class KeepsStoppedCalendars(MemoryStore):
    """Lists the calendar of every limit that ever ran."""

    def _record(self, change: Change) -> None:
        super()._record(change)
        clock = next((e.deadline for e in change.events if getattr(e, "deadline", None)), None)  # type: ignore[attr-defined]  # just looked
        if clock is not None and change.row.due is None:
            name, version = clock.calendar, clock.version
            self._rows[change.case] = attrs.evolve(
                change.row, due=clock.due, calendar=name, calendar_version=version
            )


@found_by("test_lists_what_is_so_now")
class KeepsTheFirstCalendar(MemoryStore):
    """Lists the calendar that a case named first."""

    def _record(self, change: Change) -> None:
        old = self._rows.get(change.case)
        super()._record(change)
        if old is not None and change.row.calendar:
            version = old.calendar_version
            self._rows[change.case] = attrs.evolve(change.row, calendar_version=version)


@found_by("test_names_the_first_cases_of_a_calendar")
class CountsNamedCases(MemoryStore):
    """Counts the cases that it names, and not the others."""

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        return tuple(attrs.evolve(use, deadlines=len(use.rows)) for use in super().list_calendars())
