"""Defects that show when a stored event is lost."""

# each class says what it does wrong; the methods are the store's

from collections.abc import Sequence

from phananh.errors import CorruptError, StoreError
from phananh.regulation.values.events import Event
from phananh.stores.base import Page, Query
from tests.testing.broken_stores.hurt.journal import JournalStore
from tests.testing.broken_stores.hurt.seeded import found_in

LOST = "test_lost_event_is_a_corrupt_error"


@found_in(LOST)
class ReadsWhatIsLeft(JournalStore):
    """Returns a history with a hole."""

    def _check_whole(self, case: str, history: Sequence[Event]) -> None:
        """Look at nothing."""


@found_in(LOST)
class MissesNoLastEvent(JournalStore):
    """Looks for holes between events, and not behind the last."""

    def _check_whole(self, case: str, history: Sequence[Event]) -> None:
        for n, event in enumerate(history, 1):
            if event.n != n:
                raise CorruptError(doing="loading", problem="lost", case=case, version=n)


@found_in(LOST)
class NamesTheWrongVersion(JournalStore):
    """Names the version of the row for whatever is lost."""

    def _check_whole(self, case: str, history: Sequence[Event]) -> None:
        try:
            super()._check_whole(case, history)
        except CorruptError as error:
            last = self._rows[case].version
            raise CorruptError(doing="loading", problem="lost", case=case, version=last) from error


@found_in(LOST)
class SaysNotWhichCase(JournalStore):
    """Raises a StoreError without the case."""

    def _check_whole(self, case: str, history: Sequence[Event]) -> None:
        try:
            super()._check_whole(case, history)
        except CorruptError as error:
            raise StoreError(doing="loading", problem="lost") from error


@found_in("test_lost_event_leaves_other_cases_alone")
class StopsForOneCase(JournalStore):
    """Reads no case while one of them is damaged."""

    def _check_whole(self, case: str, history: Sequence[Event]) -> None:
        for each, found in self._histories.items():
            super()._check_whole(each, found)


@found_in("test_list_hides_no_case_that_lost_its_last_event")
class ListsTheRest(JournalStore):
    """Leaves a case out of a list without a word, if an event of it is lost."""

    def find(self, query: Query, /) -> Page:
        """Return the rows whose histories are whole."""
        page = super().find(query)
        rows = [row for row in page.rows if len(self._histories[row.case]) == row.version]
        return Page(rows=tuple(rows), next=page.next)


@found_in("test_feed_goes_on_behind_a_lost_event")
class FeedStopsAtAHole(JournalStore):
    """Says that an event is lost, and not where the feed goes on."""

    def _end_page(self, case: str, n: int, before: int, position: int) -> int:
        raise CorruptError(doing="scanning", problem="lost", case=case, version=n)
