"""Defects of recording: conflicts, commands, and half done changes."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import time
from collections.abc import Sequence

import attrs

from phananh.errors import ConflictError, DuplicateError, StoreError
from phananh.stores.base import Change, CommandRecord
from phananh.stores.conflicts import make_record
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.seeded import found_by


@found_by("test_refuses_an_expected_version_too_low", "B1")
class LastWriterWins(MemoryStore):
    """Checks no version."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        """Let everything pass."""


@found_by("test_refuses_an_expected_version_too_high", "B2")
class TooHighPasses(MemoryStore):
    """Has only a unique key: half an act goes in."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        for change in changes:
            actual = len(self._histories.get(change.case, ()))
            if change.expected < actual:
                raise ConflictError(case=change.case, expected=change.expected, actual=actual)


@found_by("test_no_changes_are_nothing")
class NeedsAChange(MemoryStore):
    """Looks at the first change, and there is none."""

    def commit(self, changes: Sequence[Change], /) -> None:
        first = changes[0]
        super().commit([first, *changes[1:]])


@found_by("test_versions_count_for_each_case", "B4")
class OneVersionForAll(MemoryStore):
    """Counts one version for all cases."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.expected and change.expected != len(self._feed) - 1:
                raise ConflictError(case=change.case, expected=change.expected)
        super()._check_versions(changes)


class _ChecksFirst(MemoryStore):
    """Checks, lets others run, and then records: the check is no lock."""

    def commit(self, changes: Sequence[Change], /) -> None:
        records = self._new_records(changes)
        self._check_versions(changes)
        time.sleep(0.002)  # long enough on a busy machine too
        for change in changes:
            self._record(change)
        self._records.update(records)


@found_by("test_one_of_racing_threads_wins", "B5")
class ChecksThenWritesThreads(_ChecksFirst):
    """Loses the race of eight."""


@found_by("test_one_of_two_reschedules_wins")
class ChecksThenWritesReschedules(_ChecksFirst):
    """Lets a second reschedule through."""


@found_by("test_one_of_simultaneous_retries_is_recorded")
class ChecksThenWritesRetries(_ChecksFirst):
    """Lets a second retry through."""


@found_by("test_refuses_a_second_beginning", "B7")
class ConflictSwallowed(MemoryStore):
    """Takes a conflict for done."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except ConflictError:
            return


@found_by("test_taken_code_is_no_conflict", "B8")
class EveryKeyIsConflict(MemoryStore):
    """Calls every breach of a key a conflict."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except StoreError:
            raise ConflictError(case=changes[0].case, expected=0) from None


@found_by("test_row_comes_back_equal", "B9")
class EventsWithoutRow(MemoryStore):
    """Forgets the row when the case goes on in the same change."""

    def _record(self, change: Change) -> None:
        super()._record(change)
        if len(change.events) > 1:
            self._rows[change.case] = attrs.evolve(change.row, version=change.expected + 1)


@found_by("test_list_is_recorded_whole_or_not_at_all", "B13")
class OneByOne(MemoryStore):
    """Commits a list one change at a time."""

    def commit(self, changes: Sequence[Change], /) -> None:
        for change in changes:
            super().commit([change])


@found_by("test_refused_change_leaves_no_trace")
class CommandFirst(MemoryStore):
    """Stores the command before it knows of the conflict."""

    def commit(self, changes: Sequence[Change], /) -> None:
        self._records.update(self._new_records(changes))
        bare = [attrs.evolve(change, commands=()) for change in changes]
        super().commit(bare)


@found_by("test_repeated_command_is_a_duplicate", "B14")
class NoCommands(MemoryStore):
    """Stores no commands."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        return {}


@found_by("test_retried_beginning_is_found_though_its_case_is_new", "B16")
class CommandsOfACase(MemoryStore):
    """Knows commands within their case only."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        known = [change for change in changes if change.case in self._histories]
        records = super()._new_records(known)
        for change in changes:
            if change not in known:
                for each in change.commands:
                    records[each.id] = make_record(each, change.case, b"salt")
        return records


@found_by("test_reused_command_is_refused", "B17")
class ContentNotCompared(MemoryStore):
    """Takes any content for a repeated command."""

    def commit(self, changes: Sequence[Change], /) -> None:
        for change in changes:
            for each in change.commands:
                known = self.find_command(each.id)
                if known is not None:
                    raise DuplicateError(
                        command_id=known.command, case=known.case, version=known.version
                    )
        super().commit(changes)


@found_by("test_duplicate_comes_before_conflict", "B18")
class ConflictFirst(MemoryStore):
    """Looks at versions before commands."""

    def commit(self, changes: Sequence[Change], /) -> None:
        with self._lock:
            self._check_versions(changes)
            super().commit(changes)
