"""Defects of pages: too short, too long, without an end, and cut between near instants."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

from datetime import datetime
from typing import Any

import attrs

from phananh.stores.base import CalendarUse, Change, FeedEntry, IndexRow, Page, Query
from phananh.stores.memory import MemoryStore
from phananh.stores.paging import format_instant
from tests.testing.broken_stores.listing import Resorted
from tests.testing.broken_stores.seeded import found_by


@found_by("test_pages_are_as_long_as_asked")
class PagesOfAThousandAtMost(MemoryStore):
    """Gives a thousand rows at most, however many are asked for."""

    def find(self, query: Query, /) -> Page:
        return super().find(attrs.evolve(query, limit=min(query.limit, 1000)))


@found_by("test_pages_are_as_long_as_asked")
class IgnoresTheLimit(MemoryStore):
    """Gives all rows, whatever the limit."""

    def find(self, query: Query, /) -> Page:
        return super().find(attrs.evolve(query, limit=10**6))


@found_by("test_pages_are_as_long_as_asked")
class PagesOfFiftyByDefault(MemoryStore):
    """Has a default of its own for the length of a page."""

    def find(self, query: Query, /) -> Page:
        return super().find(attrs.evolve(query, limit=50) if query.limit == 100 else query)


@found_by("test_counts_go_as_far_as_asked")
class CountsToAThousandAtMost(MemoryStore):
    """Stops counting at a thousand, however far it is asked to."""

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        return min(super().count(query, limit=limit), 1000)


@found_by("test_counts_go_as_far_as_asked")
class CountsToTheEndByDefault(MemoryStore):
    """Counts everything where no limit is given."""

    def count(self, query: Query, /, *, limit: int = 2**31 - 1) -> int:
        return super().count(query, limit=limit)


@found_by("test_pieces_of_the_feed_are_as_long_as_asked")
class PiecesOfAThousandAtMost(MemoryStore):
    """Reads a thousand events at most, however many are asked for."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        return super().scan(after, limit=min(limit, 1000))


@found_by("test_pieces_of_the_feed_are_as_long_as_asked")
class WholeFeedByDefault(MemoryStore):
    """Reads the whole feed where no limit is given."""

    def scan(self, after: str | None = None, *, limit: int = 2**31 - 1) -> tuple[FeedEntry, ...]:
        return super().scan(after, limit=limit)


@found_by("test_calendars_count_every_limit")
class CountsAThousandLimits(MemoryStore):
    """Counts a thousand limits of a calendar, and leaves the rest."""

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        uses = super().list_calendars()
        return tuple(attrs.evolve(use, deadlines=min(use.deadlines, 1000)) for use in uses)


@found_by("test_deep_pages_lose_and_repeat_nothing")
class AWindowOfAThousand(MemoryStore):
    """Ends a list at its thousandth row, as search engines do."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        whole = super().find(attrs.evolve(query, after=None, limit=1000)).rows
        rows = tuple(row for row in page.rows if row in whole)
        return attrs.evolve(page, rows=rows, next=page.next if rows == page.rows else None)


@found_by("test_pages_of_one_row_lose_and_repeat_nothing")
class PagesOfTwoAtLeast(MemoryStore):
    """Reads a row more to know whether it is the last, and forgets to where a page has one."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        return attrs.evolve(page, next=None) if query.limit == 1 and query.order == "due" else page


class _Rounded(Resorted):
    """Sorts by times that it has rounded."""

    def _key(self, row: IndexRow, query: Query) -> Any:
        rounded = attrs.evolve(
            row,
            received_at=self._round(row.received_at),
            due=None if row.due is None else self._round(row.due),
        )
        key = super()._key(rounded, query)
        if query.order != "newest":
            return key
        at, case = key
        return at, *(-ord(letter) for letter in case)

    def _round(self, at: datetime) -> datetime:
        raise NotImplementedError


@found_by("test_near_instants_are_in_order")
class SortsByMilliseconds(_Rounded):
    """Sorts by milliseconds, as many databases keep them."""

    def _round(self, at: datetime) -> datetime:
        return at.replace(microsecond=at.microsecond // 1000 * 1000)


@found_by("test_near_instants_are_in_order")
class SortsByFloats(MemoryStore):
    """Compares a due time with a number of seconds of which the last digits are gone."""

    def find(self, query: Query, /) -> Page:
        page = super().find(attrs.evolve(query, due_before=None))
        if query.due_before is None:
            return page
        last = round(query.due_before.timestamp(), 4)
        rows = (row for row in page.rows if row.due and round(row.due.timestamp(), 4) < last)
        return attrs.evolve(page, rows=tuple(rows))


@found_by("test_zones_do_not_change_the_order", "B25")
class SortsByTheClockOnTheWall(_Rounded):
    """Sorts by the times as they are written, without their offsets."""

    def _record(self, change: Change) -> None:
        super()._record(change)
        clock = [e.deadline.due for e in change.events if getattr(e, "deadline", None)]  # type: ignore[attr-defined]  # just looked
        first = change.events[0].at
        self._walls = {**getattr(self, "_walls", {}), change.row.due: clock[-1] if clock else None}
        self._walls[change.row.received_at] = first

    def _round(self, at: datetime) -> datetime:
        wall: datetime = self._walls.get(at) or at
        return wall.replace(tzinfo=at.tzinfo)


@found_by("test_one_instant_in_several_zones_is_one")
class SortsByTextOfTimes(Resorted):
    """Sorts by the texts of the times that came, in which one instant has several."""

    def _record(self, change: Change) -> None:
        super()._record(change)
        self._texts = {**getattr(self, "_texts", {}), change.case: change.events[0].at.isoformat()}

    def _key(self, row: IndexRow, query: Query) -> Any:
        key = super()._key(row, query)
        text = self._texts[row.case]
        if query.order == "newest":
            return key[0], [-ord(c) for c in text], [-ord(c) for c in row.case]
        return *key[:-1], text, row.case


@found_by("test_cursors_hold_any_id")
class CursorsSplitAtBars(MemoryStore):
    """Reads the id at the end of a cursor up to the next bar."""

    def find(self, query: Query, /) -> Page:
        if query.after is not None:
            query = attrs.evolve(query, after="|".join(query.after.split("|")[:3]))
        return super().find(query)


@found_by("test_cursors_hold_any_id")
class CursorsAreUnquoted(MemoryStore):
    """Decodes a cursor as if it came in an address, and it does not."""

    def find(self, query: Query, /) -> Page:
        from urllib.parse import unquote

        if query.after is not None:
            query = attrs.evolve(query, after=unquote(query.after))
        return super().find(query)


@found_by("test_last_page_has_no_cursor")
class FullPagesHaveANext(MemoryStore):
    """Takes a full page for one that others follow."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        if len(page.rows) < query.limit:
            return page
        return attrs.evolve(page, next=page.next or self._cursor(page.rows[-1], query))

    def _cursor(self, row: IndexRow, query: Query) -> str:
        part, at = query.order if query.order != "due" else "due", row.received_at
        if query.order == "due":
            part, at = ("due", row.due) if row.due else ("none", row.received_at)
        return f"{part}|{format_instant(at)}|{row.case}"


@found_by("test_next_is_missing_at_the_end_only")
class FilteredPagesHaveANext(FullPagesHaveANext):
    """Looks for a following row without the filters."""

    def find(self, query: Query, /) -> Page:
        page = MemoryStore.find(self, query)
        if page.next is not None or not page.rows or query.is_open is None:
            return page
        cursor = self._cursor(page.rows[-1], query)
        behind = MemoryStore.find(self, attrs.evolve(query, is_open=None, after=cursor, limit=1))
        return attrs.evolve(page, next=cursor) if behind.rows else page


@found_by("test_empty_pages_have_no_next")
class EmptyPagesGoOn(MemoryStore):
    """Gives a cursor with an empty page, so that a reader never ends."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        if page.rows:
            return page
        return attrs.evolve(page, next=query.after or "oldest|1970-01-01T00:00:00.000000Z|")


@found_by("test_rows_that_go_meanwhile_end_no_list")
class CursorsAreRows(MemoryStore):
    """Looks up the row of a cursor in the list, where it may no longer be."""

    def find(self, query: Query, /) -> Page:
        whole = super().find(attrs.evolve(query, after=None, limit=10**6)).rows
        names = [row.case for row in whole]
        first = names.index(query.after) + 1 if query.after in names else 0
        rows = whole[first : first + query.limit]
        is_last = first + query.limit >= len(whole)
        return Page(rows=rows, next=None if is_last else rows[-1].case)
