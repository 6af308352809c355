"""What a desk does without being asked about one case: the sweep, and erasing (Art. 9.2, 14).

The methods are those of `Desk`; they need what `Kept` names, and nothing else of it.
"""

from contextlib import suppress
from datetime import UTC, datetime

import attrs

from phananh.errors import (
    ConflictError,
    CorruptError,
    InputError,
    RefusedError,
    StepNotAllowedError,
    StoreError,
)
from phananh.regulation.calendar_lookup import CalendarLookup
from phananh.regulation.case import Case
from phananh.regulation.context import DecisionContext
from phananh.regulation.rules import Rules
from phananh.regulation.values import acts as a
from phananh.regulation.values.events import Lapsed
from phananh.stores.base import IndexRow, Page, Query, Store
from phananh.worktime import WorkCalendar

_END = datetime(2199, 12, 31, 23, 59, tzinfo=UTC)  # no limit ends later


@attrs.frozen(kw_only=True)
class SweepResult:
    """What a sweep marked, in order of due time, and which cases it could not read."""

    lapsed: tuple[Lapsed, ...] = ()
    failed: tuple[StoreError, ...] = ()


class Kept:
    """What upkeep needs of a desk."""

    __slots__ = ()

    @property
    def store(self) -> Store:
        """Where histories are kept."""
        raise NotImplementedError

    @property
    def rules(self) -> Rules:
        """The regulation's numbers and readings."""
        raise NotImplementedError

    @property
    def calendar(self) -> CalendarLookup:
        """Which hours count for whom, today."""
        raise NotImplementedError

    @property
    def former(self) -> tuple[WorkCalendar, ...]:
        """Calendars as they were, which stored deadlines may still name."""
        raise NotImplementedError

    def do(
        self,
        case: Case | str | None,
        act: a.Act,
        *,
        command_id: str | None = None,
        at: datetime | None = None,
    ) -> Case:
        """Ask the Regulation for `act`, record what it allows, return the new case."""
        raise NotImplementedError

    def _moment(self, at: datetime | None = None) -> DecisionContext:
        raise NotImplementedError

    def _find_id(self, key: str) -> str:
        raise NotImplementedError

    def _load(self, case: str) -> Case:
        raise NotImplementedError

    def get(self, key: str) -> Case:
        """Return the case with this id or tracking code, as it is now."""
        raise NotImplementedError

    def _running(self, after: str | None, *, limit: int = 500) -> Page:
        """Return a page of the cases with a running limit, the first due first."""
        return self.store.find(Query(is_open=True, due_before=_END, limit=limit, after=after))


class Upkeep(Kept):
    """The sweep and erasing, for whatever has a store and a `do`."""

    __slots__ = ()

    def sweep(self, *, at: datetime | None = None) -> SweepResult:
        """Mark every case whose limit has run out by `at` (now); say which (Art. 9.2).

        The history is right without it: an act records the lapse before itself. The sweep
        makes lateness visible earlier. Again is nothing.

        Args:
            at: for imports and replays; leave it out in a portal. It is trusted: an `at` that
                lies ahead marks for good what has not run out yet.
        """
        moment = self._moment(at)
        lapsed: list[Lapsed] = []
        failed: list[StoreError] = []
        after: str | None = None
        while True:
            page = self.store.find(
                Query(is_open=True, due_before=moment.at, limit=500, after=after)
            )
            for row in page.rows:
                try:
                    lapsed.extend(self._lapse(row, moment.at))
                except StoreError as error:
                    failed.append(error)
            if page.next is None:
                return SweepResult(lapsed=tuple(lapsed), failed=tuple(failed))
            after = page.next

    def _lapse(self, row: IndexRow, at: datetime) -> tuple[Lapsed, ...]:
        before = row.version
        try:
            case = self.do(row.case, a.Lapse(at=at))
        except (RefusedError, StepNotAllowedError, ConflictError, InputError):
            return ()  # somebody acted since the row was read: nothing is late any more
        events = self.store.load(row.case)[before : case.version]
        return tuple(event for event in events if isinstance(event, Lapsed))

    def erase(self, case: Case | str, *, at: datetime | None = None) -> None:
        """Erase what is personal of a case; its history and statistics stay. Again is nothing.

        Raises:
            NotFoundError: there is no such case, so nothing was erased.
        """
        key = case.id if isinstance(case, Case) else self._find_id(case)
        with suppress(CorruptError):  # what cannot be read can still be erased
            self._load(key)
        self.store.erase(key, at=self._moment(at).at)
