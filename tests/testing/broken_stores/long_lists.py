"""Defects of long lists: what is beyond the first hundreds, and what is checked there."""

# ruff: noqa: D102, D107  # each class says what it does wrong; the methods are the store's

import threading
from collections.abc import Iterator, Sequence

import attrs

from phananh.errors import ConflictError, StoreError
from phananh.stores.base import Change, CommandRecord, Page, Query
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.seeded import found_by

BATCH = 500


def cut_batches(changes: Sequence[Change]) -> Iterator[Sequence[Change]]:
    """Yield the changes, some hundreds at a time."""
    for first in range(0, len(changes), BATCH):
        yield changes[first : first + BATCH]


@found_by("test_records_hundreds_of_changes_at_once")
class ForgetsTheRest(MemoryStore):
    """Records whole batches, and forgets the one that is not full."""

    def commit(self, changes: Sequence[Change], /) -> None:
        rest = len(changes) % BATCH if len(changes) > BATCH else 0
        super().commit(changes[: len(changes) - rest])


@found_by("test_records_hundreds_of_changes_at_once")
class RowsOfTheFirstBatch(MemoryStore):
    """Writes the rows of the first batch of a list."""

    def commit(self, changes: Sequence[Change], /) -> None:
        rows = dict(self._rows)
        super().commit(changes)
        for change in changes[BATCH:]:
            if change.case not in rows:
                del self._rows[change.case]


@found_by("test_conflict_at_the_end_of_a_long_list_undoes_all")
class CommitsBatches(MemoryStore):
    """Commits a long list in batches, each for itself."""

    def commit(self, changes: Sequence[Change], /) -> None:
        for batch in cut_batches(changes):
            super().commit(batch)


@found_by("test_conflict_at_the_end_of_a_long_list_undoes_all")
class NamesTheFirst(MemoryStore):
    """Names the first case of a list that conflicts, whichever does."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        try:
            super()._check_versions(changes)
        except ConflictError:
            raise ConflictError(case=changes[0].case, expected=changes[0].expected) from None


@found_by("test_known_command_at_the_end_of_a_long_list_refuses_all")
class LooksUpTheFirstCommands(MemoryStore):
    """Looks up the commands of the first batch of a list, and replaces the others."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        records = super()._new_records(changes[:BATCH])
        known, self._records = self._records, {}
        try:
            records |= super()._new_records(changes[BATCH:])
        finally:
            self._records = known
        return records


@found_by("test_taken_code_at_the_end_of_a_long_list_refuses_all")
class ChecksTheFirstCodes(MemoryStore):
    """Looks for the codes of the first batch of a list among those that are taken."""

    def _new_codes(self, changes: Sequence[Change]) -> dict[str, str]:
        later = {change.row.code: change.case for change in changes[BATCH:]}
        return super()._new_codes(changes[:BATCH]) | later


@found_by("test_code_twice_in_a_list_refuses_all")
class CodesOfAListUnchecked(MemoryStore):
    """Looks for codes among those that are stored, and not among those that come with it."""

    def _new_codes(self, changes: Sequence[Change]) -> dict[str, str]:
        new: dict[str, str] = {}
        for change in changes:
            new |= super()._new_codes([change])
        return new


@found_by("test_code_twice_in_a_list_refuses_all")
class TwinCodesAreAConflict(MemoryStore):
    """Calls it a conflict that two cases of a list have one code, so that it is tried for ever."""

    def _new_codes(self, changes: Sequence[Change]) -> dict[str, str]:
        cases = {change.row.code: change.case for change in changes}
        for change in changes:
            if cases[change.row.code] != change.case:
                raise ConflictError(case=change.case, expected=change.expected)
        return super()._new_codes(changes)


@found_by("test_repeated_long_list_is_a_duplicate")
class GivesUpOnManyCommands(MemoryStore):
    """Has too many variables in its question for a long list of known commands."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        known = [c for change in changes for c in change.commands if c.id in self._records]
        if len(known) > BATCH:
            raise StoreError(doing="recording", problem="too many SQL variables")
        return super()._new_records(changes)


@found_by("test_long_chain_of_one_case_is_recorded")
class ChainsOfAHundred(MemoryStore):
    """Follows a hundred changes of one case in a list, and takes the next for a conflict."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        super()._check_versions(changes)
        cases = [change.case for change in changes]
        if len(cases) - len(set(cases)) > 100:
            raise ConflictError(case=cases[0], expected=0)


@found_by("test_hole_in_a_long_chain_refuses_all")
class ChecksTheFirstOfACase(MemoryStore):
    """Checks the first change of each case in a list, and trusts the others."""

    def _check_versions(self, changes: Sequence[Change]) -> None:
        firsts = {change.case: change for change in reversed(changes)}
        super()._check_versions(list(firsts.values()))


@found_by("test_changes_of_one_case_conflict_in_a_list")
class LastOfACaseWins(MemoryStore):
    """Takes the last of the changes of one case on one version, and drops the others."""

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(list({(each.case, each.expected): each for each in changes}.values()))


@found_by("test_changes_of_one_case_chain_in_a_list")
class OneChangeACase(MemoryStore):
    """Records one change for each case of a list."""

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(list({each.case: each for each in reversed(changes)}.values())[::-1])


@found_by("test_feed_keeps_the_order_of_a_list_of_mixed_cases")
class FeedByCase(MemoryStore):
    """Writes the events of a list case by case."""

    def commit(self, changes: Sequence[Change], /) -> None:
        first = {change.case: i for i, change in reversed(list(enumerate(changes)))}
        super().commit(sorted(changes, key=lambda change: first[change.case]))


@found_by("test_keeps_the_order_of_a_list")
class FeedInOrderOfIds(MemoryStore):
    """Sorts a list by case, so that locks are taken in one order, and records it so."""

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(sorted(changes, key=lambda change: change.case))


@found_by("test_commits_of_lists_follow_each_other_in_the_feed")
class ListsGoLast(MemoryStore):
    """Puts what came in lists behind what came alone: two tables are read one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._listed: set[tuple[str, int]] = set()

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        if len(changes) > 1:
            self._listed |= {(each.case, e.n) for each in changes for e in each.events}
        self._feed.sort(key=self._listed.__contains__)


class _Halfway(MemoryStore):
    """Shows half of a long list before it is recorded, until one of the reads has seen it."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead: Sequence[Change] = ()
        self._seen = threading.Event()

    def commit(self, changes: Sequence[Change], /) -> None:
        if len(changes) > 30 and not self._seen.is_set():
            self._ahead = changes[: len(changes) // 2]
            self._seen.wait(5)
            self._ahead = ()
        super().commit(changes)

    def read_ahead(self) -> Sequence[Change]:
        """Return what is shown too early."""
        ahead = self._ahead
        if ahead:
            self._seen.set()
        return ahead


@found_by("test_readers_see_none_or_all_of_a_long_list")
class CountsAPartOfAList(_Halfway):
    """Counts the cases of a list that is half recorded."""

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        return super().count(query, limit=limit) + len(self.read_ahead())


@found_by("test_readers_see_none_or_all_of_a_long_list")
class ListsAPartOfAList(_Halfway):
    """Lists the newest cases of a list that is half recorded."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        if query.order != "newest":
            return page
        return attrs.evolve(page, rows=(*page.rows, *(each.row for each in self.read_ahead())))


@found_by("test_command_twice_in_a_list_is_a_duplicate")
class LastCommandWins(MemoryStore):
    """Keeps the last of the changes of a list that have one command."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        records: dict[str, CommandRecord] = {}
        for change in changes:
            records |= super()._new_records([change])
        return records


@found_by("test_duplicate_comes_before_a_conflict_earlier_in_the_list")
class OneCheckAfterAnother(MemoryStore):
    """Checks the changes of a list in turn: command, then version, then the next change."""

    def commit(self, changes: Sequence[Change], /) -> None:
        if len(changes) > 1 and self._codes:
            for change in changes:
                self._new_records([change])
                if change.expected == 0:
                    self._check_versions([change])
        super().commit(changes)
