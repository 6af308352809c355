"""Defects of caches: what was not there when it was asked for is not there afterwards."""

# ruff: noqa: D102, D107  # each class says what it does wrong; the methods are the store's

import copy
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from phananh.regulation.events import Event
from phananh.stores.base import (
    CalendarUse,
    Change,
    CommandRecord,
    FeedEntry,
    Lease,
    Page,
    Query,
)
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.seeded import found_by


class Remembering(MemoryStore):
    """Keeps what it was asked for, in a memory of each handle's own."""

    def __init__(self) -> None:
        super().__init__()
        self.remembered: dict[Any, Any] = {}

    def connect(self) -> Self:
        """Return another handle on the same histories."""
        other = copy.copy(self)
        other.remembered = {}
        return other


@found_by("test_case_that_was_missing_is_found")
class RemembersMissingCases(Remembering):
    """Remembers that a case was not there."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        if case in self.remembered:
            return ()
        found = super().load(case)
        if not found:
            self.remembered[case] = True
        return found


@found_by("test_history_that_was_loaded_goes_on")
class RemembersHistories(Remembering):
    """Keeps a history that it has loaded, and forgets it only at a commit of its own."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        if case not in self.remembered:
            found = super().load(case)
            if not found:
                return ()
            self.remembered[case] = found
        history: tuple[Event, ...] = self.remembered[case]
        return history

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        for change in changes:
            self.remembered.pop(change.case, None)


@found_by("test_command_that_was_missing_is_found")
class RemembersMissingCommands(Remembering):
    """Remembers that a command was not known."""

    def find_command(self, command: str, /) -> CommandRecord | None:
        if command in self.remembered:
            return None
        found = super().find_command(command)
        if found is None:
            self.remembered[command] = True
        return found


@found_by("test_lists_that_were_empty_fill")
class RemembersPages(Remembering):
    """Keeps a page for each query, until its own handle commits."""

    def find(self, query: Query, /) -> Page:
        if repr(query) not in self.remembered:
            self.remembered[repr(query)] = super().find(query)
        page: Page = self.remembered[repr(query)]
        return page

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        self.remembered.clear()


@found_by("test_lists_that_were_empty_fill")
class RemembersCounts(Remembering):
    """Keeps the number of cases that a query counted, as it is slow to count."""

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        key = repr(query), limit
        if key not in self.remembered:
            self.remembered[key] = super().count(query, limit=limit)
        counted: int = self.remembered[key]
        return counted

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        self.remembered.clear()


@found_by("test_feed_that_was_at_its_end_goes_on")
class RemembersTheEnd(Remembering):
    """Remembers that nothing follows a position."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        if (after, limit) in self.remembered:
            return ()
        found = super().scan(after, limit=limit)
        if not found:
            self.remembered[after, limit] = True
        return found


@found_by("test_calendars_that_were_unused_are_listed")
class RemembersCalendars(Remembering):
    """Computes the calendars in use once for each number of cases."""

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        key = len(self._rows)
        if key not in self.remembered:
            self.remembered[key] = super().list_calendars()
        found: tuple[CalendarUse, ...] = self.remembered[key]
        return found


@found_by("test_consumer_that_was_held_is_free_again")
class RemembersHeldConsumers(Remembering):
    """Does not ask again for a consumer that another held, until that lease would end."""

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        if self.remembered.get(consumer, now) > now:
            return None
        lease = super().claim(consumer, now, until, start=start)
        if lease is None:
            self.remembered[consumer] = self._leases[consumer].until
        return lease


@found_by("test_end_is_where_the_feed_ends_now")
class RemembersWhereTheEndWas(Remembering):
    """Looks once where the feed ends."""

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        if start == "end":
            start = self.remembered_end()
        return super().claim(consumer, now, until, start=start)

    def remembered_end(self) -> str:
        """Return where the feed ended when it was looked at first."""
        if "end" not in self.__dict__:
            self.end = str(len(self._feed))
        return self.end

    def connect(self) -> Self:
        """Return the same handle: its threads share it."""
        return self


@found_by("test_lists_that_were_empty_fill")
class ReadsFromAReplica(Remembering):
    """Asks a copy that is as old as the last look at it, where the row has just changed."""

    def find(self, query: Query, /) -> Page:
        now = {case: row.version for case, row in self._rows.items()}
        before = self.remembered.get("rows", dict(self._rows))
        self.remembered["rows"] = dict(self._rows)
        page = super().find(query)
        if now == {case: row.version for case, row in before.items()}:
            return page
        return Page(rows=tuple(r for r in page.rows if before.get(r.case) == r), next=page.next)
