"""Defects that show when a stored event is lost."""

# each class says what it does wrong; the methods are the store's

from collections.abc import Sequence
from pathlib import Path

from phananh.errors import CorruptError, StoreError
from phananh.regulation.events import Event
from phananh.stores.base import IndexRow, Page, Query
from tests.testing.broken_stores.hurt.journal import Delta, JournalStore
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


@found_in("test_list_shows_no_row_of_an_earlier_version")
class ShowsTheRowBefore(JournalStore):
    """Lists a case as the last commit left it that can be read."""

    def __init__(self, path: Path) -> None:
        """Begin without any row."""
        super().__init__(path)
        self._every_row: dict[tuple[str, int], IndexRow] = {}

    def _take_in(self, delta: Delta) -> None:
        super()._take_in(delta)
        self._every_row.update({(case, row.version): row for case, row in delta["_rows"].items()})

    def find(self, query: Query, /) -> Page:
        """Return rows whose event is there."""
        page = super().find(query)
        lengths = {row.case: len(self._histories[row.case]) for row in page.rows}
        rows = [self._every_row.get((case, n)) for case, n in lengths.items()]
        lost = [case for case, n in lengths.items() if (case, n) not in self._every_row]
        return Page(rows=tuple(row for row in rows if row), next=page.next, damaged=tuple(lost))


class _NamesSome(JournalStore):
    """Leaves cases out that lost an event, and names them in some lists."""

    def find(self, query: Query, /) -> Page:
        """Return the rows whose histories are whole."""
        page = super().find(query)
        is_whole = {row.case: len(self._histories[row.case]) == row.version for row in page.rows}
        rows = tuple(row for row in page.rows if is_whole[row.case])
        damaged = tuple(case for case, whole in is_whole.items() if not whole)
        return Page(rows=rows, next=page.next, damaged=damaged if self._names(query) else ())

    def _names(self, query: Query) -> bool:
        raise NotImplementedError


@found_in("test_every_list_names_the_case_that_lost_its_last_event")
class NamesDamageWithoutFilters(_NamesSome):
    """Names damaged cases in lists without filters."""

    def _names(self, query: Query) -> bool:
        return query == Query(order=query.order, limit=query.limit)


@found_in("test_every_list_names_the_case_that_lost_its_last_event")
class NamesDamageInOneOrder(_NamesSome):
    """Names damaged cases in the usual order."""

    def _names(self, query: Query) -> bool:
        return query.order == "oldest"


@found_in("test_feed_goes_on_behind_a_lost_event")
class FeedStopsAtAHole(JournalStore):
    """Says that an event is lost, and not where the feed goes on."""

    def _end_page(self, case: str, n: int, before: int, position: int) -> int:
        raise CorruptError(doing="scanning", problem="lost", case=case, version=n)


@found_in("test_feed_goes_on_behind_a_lost_event")
class FeedResumesAtTheHole(JournalStore):
    """Gives the position before the damage as the one to resume after."""

    def _end_page(self, case: str, n: int, before: int, position: int) -> int:
        return super()._end_page(case, n, before, position - 1)
