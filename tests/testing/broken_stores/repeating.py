"""Defects of the feed and of commands: entries that are lost, acts that are taken for others."""

# ruff: noqa: D102, D107  # each class says what it does wrong; the methods are the store's

import time
from collections.abc import Sequence
from typing import Any

import attrs

from phananh.errors import (
    CommandReusedError,
    ConflictError,
    DuplicateError,
    StoreError,
)
from phananh.regulation.events import Event
from phananh.stores.base import Change, CommandRecord, FeedEntry
from phananh.stores.leases import LONG_AGO
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.reading import Changed
from tests.testing.broken_stores.seeded import found_by


@found_by("test_feed_shows_what_load_shows")
class FeedWithoutDeadlines(MemoryStore):
    """Leaves the limits out of the events of the feed: they are long."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        return tuple(self._shorten(entry) for entry in super().scan(after, limit=limit))

    def _shorten(self, entry: FeedEntry) -> FeedEntry:
        event: Any = entry.event
        if getattr(event, "deadline", None) is None or hasattr(event, "clock"):
            return entry
        return attrs.evolve(entry, event=attrs.evolve(event, deadline=None))


@found_by("test_position_of_any_entry_resumes")
class PositionsOfAPage(MemoryStore):
    """Gives every entry of a page the position of the page's end."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        found = super().scan(after, limit=limit)
        return tuple(attrs.evolve(entry, position=found[-1].position) for entry in found)


@found_by("test_events_of_a_change_stand_together")
class EventsTakeTurns(MemoryStore):
    """Numbers the events of a change one by one, after they were recorded."""

    def _record(self, change: Change) -> None:
        end = len(self._feed)
        super()._record(change)
        del self._feed[end:]

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        for change in changes:
            for event in change.events:
                time.sleep(0.0001)
                self._feed.append((change.case, event.n))


@found_by("test_misses_nothing_of_six_writers")
class LosesAnEntry(MemoryStore):
    """Reads the end of the feed, lets others run, and writes the feed anew."""

    def _record(self, change: Change) -> None:
        end = len(self._feed)
        super()._record(change)
        del self._feed[end:]

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        feed = list(self._feed)
        time.sleep(0.0001)
        self._feed = feed + [(each.case, e.n) for each in changes for e in each.events]


@found_by("test_blanks_in_command_ids_count")
class StripsCommands(MemoryStore):
    """Looks commands up without the blanks around them."""

    def find_command(self, command: str, /) -> CommandRecord | None:
        found = {name.strip(): record for name, record in self._records.items()}
        return found.get(command.strip())


@found_by("test_same_content_under_two_commands_is_two_acts")
class SameContentIsTheSame(MemoryStore):
    """Takes an act that says the same for the same act."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[bytes, CommandRecord] = {}

    def commit(self, changes: Sequence[Change], /) -> None:
        for command in (each for change in changes for each in change.commands):
            if (known := self._said.get(command.content)) and known.command != command.id:
                raise DuplicateError(
                    command_id=known.command, case=known.case, version=known.version
                )
        super().commit(changes)
        for command in (each for change in changes for each in change.commands):
            self._said[command.content] = self._records[command.id]


@found_by("test_repeated_command_is_a_duplicate", "B18")
class DuplicateOfTheFirstVersion(MemoryStore):
    """Does not say which version a command led to."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except DuplicateError as error:
            raise DuplicateError(command_id=error.command_id, case=error.case, version=1) from None


@found_by("test_lost_reply_is_settled_by_the_command", "B19")
class RetriesUnderANewId(MemoryStore):
    """Records a command that is known, under the version that the case has by now."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except DuplicateError as error:
            history = self._histories[error.case]
            last = attrs.evolve(history[-1], n=len(history) + 1)
            row = attrs.evolve(self._rows[error.case], version=last.n)
            again = Change(case=error.case, expected=len(history), events=(last,), row=row)
            super().commit([again])
            raise


@found_by("test_conflict_does_not_use_the_command_up")
class RemembersEveryCommand(MemoryStore):
    """Refuses a command that it has seen, though its change was refused."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[str, int] = {}

    def commit(self, changes: Sequence[Change], /) -> None:
        for each in (command for change in changes for command in change.commands):
            known = self._records.get(each.id)
            if each.id in self._seen and known is None:
                raise StoreError(doing="recording", problem="the command was seen before")
            self._seen[each.id] = each.version
        super().commit(changes)


@found_by("test_find_command_returns_what_a_command_led_to")
class CommandsWithoutCapitals(MemoryStore):
    """Finds a command in letters of any size."""

    def find_command(self, command: str, /) -> CommandRecord | None:
        found = {name.casefold(): record for name, record in self._records.items()}
        return found.get(command.casefold())


@found_by("test_refusals_name_nobody")
class RefusalsShowTheChange(MemoryStore):
    """Says what was to be recorded when it could not be."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except (ConflictError, DuplicateError, CommandReusedError):
            raise
        except StoreError:
            event: Any = changes[0].events[0]
            problem = f"the code is taken: {event.content}"
            raise StoreError(doing="recording", problem=problem) from None


@found_by("test_random_calls_have_the_outcome_that_memory_gives")
class CommitsEndLeases(MemoryStore):
    """Holds leases by locks that end with the transaction, and so at the next commit."""

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        for name, lease in self._leases.items():
            self._leases[name] = attrs.evolve(lease, until=LONG_AGO)


@found_by("test_sample_cases_are_listed_as_memory_lists_them")
class DeadlinesOfTwoSpans(Changed):
    """Keeps the first two spans of a limit."""

    def change_event(self, event: Any) -> Event:
        clock = getattr(event, "deadline", None)
        if clock is None or len(clock.spans) <= 2:
            same: Event = event
            return same
        changed: Event = attrs.evolve(event, deadline=attrs.evolve(clock, spans=clock.spans[:2]))
        return changed
