"""Defects that show after an erasure: in the feed, in commands, in other cases, at the next one."""

# ruff: noqa: D102, D107  # each class says what it does wrong; the methods are the store's

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs

from phananh.regulation.events import Event, Received
from phananh.regulation.request import Erased
from phananh.stores.base import Change, FeedEntry
from phananh.stores.codec import erase_event
from phananh.stores.conflicts import new_salt
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.remembering import Remembering
from tests.testing.broken_stores.seeded import found_by


@found_by("test_positions_resume_after_an_erasure")
class WritesErasedEventsAnew(MemoryStore):
    """Deletes the events of the case and inserts them erased, at new positions."""

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        own = [key for key in self._feed if key[0] == case]
        self._feed = [key for key in self._feed if key[0] != case] + own


@found_by("test_consumers_stand_where_they_stood")
class RewindsConsumers(MemoryStore):
    """Has every consumer read the feed from the start, so that they erase what they have."""

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        for name, lease in self._leases.items():
            self._leases[name] = attrs.evolve(lease, position=None)


@found_by("test_erases_what_can_name_people", "B42")
class FeedKeepsACopy(MemoryStore):
    """Erases the history, and not the copy of its events in the feed."""

    def __init__(self) -> None:
        super().__init__()
        self._copies: dict[tuple[str, int], Event] = {}

    def _record(self, change: Change) -> None:
        super()._record(change)
        self._copies.update({(event.case, event.n): event for event in change.events})

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        return tuple(
            attrs.evolve(entry, event=self._copies[entry.event.case, entry.event.n])
            for entry in super().scan(after, limit=limit)
        )


@found_by("test_every_read_of_an_erased_case_is_the_same")
class NewMarksEachTime(MemoryStore):
    """Erases when it is read, under another salt each time."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        history = super().load(case)
        is_erased = bool(history) and isinstance(getattr(history[0], "content", None), Erased)
        if not is_erased:
            return history
        marks = Erased(length=26, digest=new_salt().hex())
        return tuple(
            attrs.evolve(e, content=marks) if hasattr(e, "content") else e for e in history
        )  # type: ignore[call-arg]  # it has one


@found_by("test_another_handle_sees_the_erasure")
class HandlesKeepWhatTheyRead(Remembering):
    """Keeps events that a handle has read: they never change, but for an erasure."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return tuple(self.remembered.setdefault((case, e.n), e) for e in super().load(case))

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        self.remembered.clear()


@found_by("test_another_handle_sees_the_erasure")
class HandlesKeepTheFeed(Remembering):
    """Keeps entries of the feed that a handle has read."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        found = super().scan(after, limit=limit)
        return tuple(self.remembered.setdefault(entry.position, entry) for entry in found)

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        self.remembered.clear()


class _KnowsErased(MemoryStore):
    """Keeps a list of cases that were erased."""

    def __init__(self) -> None:
        super().__init__()
        self._erased: set[str] = set()

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        self._erased.add(case)


@found_by("test_second_erasure_takes_what_came_since")
class ErasesOnce(_KnowsErased):
    """Passes over a case that was erased before."""

    def erase(self, case: str, *, at: datetime) -> None:
        if case not in self._erased:
            super().erase(case, at=at)


@found_by("test_an_erased_case_goes_on")
class ErasesWhatComes(_KnowsErased):
    """Reads everything of an erased case as erased, what came later too."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        history = super().load(case)
        return (
            tuple(erase_event(e, b"k" * 16) for e in history) if case in self._erased else history
        )


@found_by("test_erasing_ahead_erases_nothing")
class ErasesAhead(_KnowsErased):
    """Erases what begins under an id that was erased."""

    def commit(self, changes: Sequence[Change], /) -> None:
        new = {change.case for change in changes} - set(self._histories)
        super().commit(changes)
        for case in new & self._erased:
            super().erase(case, at=changes[0].events[0].at)


@found_by("test_erasure_takes_every_version")
class ErasesAHundredVersions(MemoryStore):
    """Erases a page of the history, and does not turn it."""

    def erase(self, case: str, *, at: datetime) -> None:
        rest = self._histories.get(case, ())[100:]
        super().erase(case, at=at)
        if rest:
            self._histories[case] = (*self._histories[case][:100], *rest)


@found_by("test_erases_what_can_name_people")
class ErasesTheReceipt(MemoryStore):
    """Erases what was received, and not what was said later."""

    def erase(self, case: str, *, at: datetime) -> None:
        before = self._histories.get(case, ())
        super().erase(case, at=at)
        if before:
            self._histories[case] = tuple(
                new if isinstance(old, Received) else old
                for old, new in zip(before, self._histories[case], strict=True)
            )


@found_by("test_erased_case_still_refuses_old_versions")
class ErasureForgetsTheVersion(_KnowsErased):
    """Takes the version that it is given for that of an erased case."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        super()._check_versions([each for each in changes if each.case not in self._erased])


@found_by("test_commands_outlive_an_erasure")
class ErasesCommands(MemoryStore):
    """Deletes the commands of the case: they may name people."""

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        self._records = {k: r for k, r in self._records.items() if r.case != case}


@found_by("test_code_of_an_erased_case_stays_its_own")
class FreesTheCode(MemoryStore):
    """Frees the tracking code of an erased case for another."""

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        self._codes = {code: owner for code, owner in self._codes.items() if owner != case}


@found_by("test_erasing_one_erases_no_other")
class ErasesByPattern(MemoryStore):
    """Erases every case whose id begins so."""

    def erase(self, case: str, *, at: datetime) -> None:
        for each in [name for name in self._histories if name.startswith(case)]:
            super().erase(each, at=at)


@found_by("test_erasing_one_erases_no_other")
class ErasesTrimmedIds(MemoryStore):
    """Compares ids without the blanks at their ends, where it erases commands."""

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        for name, record in self._records.items():
            if record.case.strip() == case.strip():
                self._records[name] = attrs.evolve(record, salt=None, is_erased=True)


@found_by("test_lists_and_sums_stay_after_an_erasure")
class ErasureStopsTheClock(MemoryStore):
    """Drops the running limit with the texts."""

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        if row := self._rows.get(case):
            self._rows[case] = attrs.evolve(row, due=None)


@found_by("test_erasing_keeps_history_and_row")
class ErasureTouchesTheRow(MemoryStore):
    """Says in the row that the case was updated when it was erased."""

    def erase(self, case: str, *, at: datetime) -> None:
        super().erase(case, at=at)
        if row := self._rows.get(case):
            self._rows[case] = attrs.evolve(row, updated_at=at)


@found_by("test_length_of_what_was_erased_stays")
class LengthInBytes(MemoryStore):
    """Counts the bytes of what was erased."""

    def erase(self, case: str, *, at: datetime) -> None:
        before = self._histories.get(case, ())
        super().erase(case, at=at)
        self._histories[case] = tuple(
            self._count(old, new)
            for old, new in zip(before, self._histories.get(case, ()), strict=True)
        )

    def _count(self, old: Any, new: Any) -> Event:
        text, mark = getattr(old, "content", None), getattr(new, "content", None)
        if not (isinstance(text, str) and isinstance(mark, Erased)):
            event: Event = new
            return event
        counted: Event = attrs.evolve(new, content=attrs.evolve(mark, length=len(text.encode())))
        return counted


@found_by("test_erased_text_cannot_be_guessed")
class OneSaltForAll(MemoryStore):
    """Digests what it erases under one salt, so that equal texts are known."""

    def erase(self, case: str, *, at: datetime) -> None:
        before = self._histories.get(case, ())
        super().erase(case, at=at)
        if before:
            self._histories[case] = tuple(erase_event(event, b"k" * 16) for event in before)
