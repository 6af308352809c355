"""Defects that show when a stored value is changed behind the store's back."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

from datetime import datetime

import attrs

from phananh.errors import CorruptError
from phananh.regulation.events import Event
from phananh.stores.base import CommandRecord, FeedEntry, IndexRow, Page, Query
from phananh.stores.memory import MemoryStore
from phananh.stores.paging import sort_key, write_cursor
from tests.testing.broken_stores.hurt.seeded import found_in
from tests.testing.broken_stores.hurt.summed import SummedStore, SummedSuite

ROW = "test_changed_row_is_named_on_its_page"


@found_in("test_changed_event_is_a_corrupt_error", suite=SummedSuite)
class TrustsEvents(SummedStore):
    """Keeps a checksum with each event, and does not compare it."""

    def _is_sound(self, case: str, event: Event) -> bool:
        return True


@found_in("test_feed_shows_no_changed_event", suite=SummedSuite)
class FeedTrustsEvents(SummedStore):
    """Compares the checksums of events in histories only, and not in the feed."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        return MemoryStore.scan(self, after, limit=limit)


@found_in(ROW, suite=SummedSuite)
class TrustsRows(SummedStore):
    """Keeps a checksum with each row, and does not compare it."""

    def _is_sound_row(self, row: IndexRow) -> bool:
        return True


@found_in(ROW, suite=SummedSuite)
class StopsAtADamagedRow(SummedStore):
    """Lists nothing, if one of the rows is damaged."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        for case in page.damaged:
            raise CorruptError(doing="finding", code="checksum_differs", case=case, version=0)
        return page


@found_in(ROW, suite=SummedSuite)
class NamesDamageOnTheLastPage(SummedStore):
    """Names the damaged rows of the last page only."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        return page if page.next is None else attrs.evolve(page, damaged=())


@found_in(ROW, suite=SummedSuite)
class GoesOnBehindASoundRow(SummedStore):
    """Takes the last row that it could read for the end of the page."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        if page.next is None:
            return page
        last = write_cursor(sort_key(page.rows[-1], query)) if page.rows else query.after
        return attrs.evolve(page, next=last)


@found_in("test_changed_command_is_no_other_act", suite=SummedSuite)
class TrustsCommands(SummedStore):
    """Keeps no checksum with commands."""

    def _is_sound_record(self, record: CommandRecord) -> bool:
        return True


@found_in("test_changed_id_puts_no_event_into_another_case", suite=SummedSuite)
class FindsEventsByTheCaseTheyName(SummedStore):
    """Reads the events that name the case, and looks at the checksum of the rest of each."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        events = [event for history in self._histories.values() for event in history]
        return tuple(event for event in events if event.case == case)


@found_in("test_erasing_takes_a_changed_event_too", suite=SummedSuite)
class LeavesDamagedTexts(SummedStore):
    """Erases the events that it can read."""

    def erase(self, case: str, *, at: datetime) -> None:
        damaged = {e.n: e for e in self._histories[case] if not self._is_sound(case, e)}
        super().erase(case, at=at)
        self._histories[case] = tuple(damaged.get(e.n, e) for e in self._histories[case])
