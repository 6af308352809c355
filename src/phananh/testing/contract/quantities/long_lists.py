"""Contract: a commit of hundreds of changes is one commit, and its last change is as its first."""

import threading
from collections.abc import Sequence
from functools import partial

import attrs

from phananh.errors import CommandReusedError, ConflictError, DuplicateError, StoreError
from phananh.regulation.events import Event
from phananh.stores.base import Change, Query, Store
from phananh.testing.contract.base import (
    ContractTests,
    check,
    expect_error,
    run_together,
    snapshot,
)
from phananh.testing.contract.comparison import check_history, check_same, require
from phananh.testing.contract.feed import keys_of, read_feed
from phananh.testing.sample_events import change, completed, received

MANY = 700  # more than what is often sent to a server at once: 100, 500 or 512


def make_new_cases(count: int, name: str = "HB") -> list[Change]:
    """Return that many new cases, each recorded by its own command."""
    return [
        change(received(f"{name}-{i}"), command=f"{name}-command-{i}") for i in range(1, count + 1)
    ]


def make_chain(case: str, length: int) -> list[Change]:
    """Return changes that bring a new case to a version, one by one."""
    history: tuple[Event, ...] = (received(case),)
    changes = [change(*history)]
    for n in range(2, length + 1):
        event = completed(case, n)
        changes.append(_continue(changes[-1], event))
    return changes


def _continue(before: Change, event: Event) -> Change:
    """Return the next change of a case, in which only the version changes."""
    row = attrs.evolve(before.row, version=event.n, updated_at=event.at)
    return Change(case=before.case, expected=event.n - 1, events=(event,), row=row)


class LongListTests(ContractTests):
    """Hundreds of changes in one commit."""

    def _make_lists_store(self, *changes: Change) -> Store:
        self.skip_unless_declared("lists")
        return self.new_store(*changes)

    def test_records_hundreds_of_changes_at_once(self) -> None:
        """Of seven hundred changes each is loaded, listed, counted, in the feed, by its command."""
        store, changes = self._make_lists_store(), make_new_cases(MANY)
        store.commit(changes)
        names = [each.case for each in changes]
        for each in changes:
            check_same(each.events, store.load(each.case), f"{each.case} of a list of {MANY}")
        rows = {row.case: row for row in store.find(Query(limit=2 * MANY)).rows}
        check_same({each.case: each.row for each in changes}, rows, "the rows of a long list")
        check_same(MANY, store.count(Query(), limit=2 * MANY), "the count of a long list")
        check_same(names, [case for case, _ in keys_of(read_feed(store))], "the feed")
        for each in changes:
            record = require(store.find_command(each.commands[0].id), f"{each.case}: no command")
            check_same(each.case, record.case, "what a command of a long list led to")

    def test_conflict_at_the_end_of_a_long_list_undoes_all(self) -> None:
        """If the last of hundreds conflicts, the error names it, and no change was recorded."""
        taken = change(received("HB-taken"))
        store = self._make_lists_store(taken)
        before = self._snapshot(store)
        error = expect_error(ConflictError, store, *make_new_cases(MANY), taken)
        facts = (error.case, error.expected, error.actual)
        check_same(("HB-taken", 0, 1), facts, "the facts of the conflict")
        check_same(before, self._snapshot(store), "the store after a refused list")

    def test_known_command_at_the_end_of_a_long_list_refuses_all(self) -> None:
        """If only the last of hundreds has a known command, none is recorded."""
        known = change(received("HB-known"), command="known")
        store = self._make_lists_store(known)
        before = self._snapshot(store)
        last = change(received("HB-last"), command="known")
        expect_error(CommandReusedError, store, *make_new_cases(MANY), last)
        check_same(before, self._snapshot(store), "the store after a refused list")

    def test_taken_code_at_the_end_of_a_long_list_refuses_all(self) -> None:
        """If the last of hundreds has the tracking code of another case, none is recorded."""
        store = self._make_lists_store(change(received("HB-taken", code_digest="same")))
        before = self._snapshot(store)
        last = change(received("HB-last", code_digest="same"))
        expect_error(StoreError, store, *make_new_cases(MANY), last)
        check_same(before, self._snapshot(store), "the store after a refused list")

    def test_code_twice_in_a_list_refuses_all(self) -> None:
        """Two new cases of a list with one tracking code are a StoreError, and neither begins."""
        store = self._make_lists_store()
        twins = [change(received(case, code_digest="same")) for case in ("HB-1", "HB-2")]
        expect_error(StoreError, store, *twins)
        check_same(((), ()), (store.load("HB-1"), store.load("HB-2")), "two cases of one code")
        store.commit(twins[:1])

    def test_repeated_long_list_is_a_duplicate(self) -> None:
        """The retry of a list of hundreds is a duplicate, and has no effect."""
        store, changes = self._make_lists_store(), make_new_cases(MANY)
        store.commit(changes)
        before = self._snapshot(store)
        expect_error(DuplicateError, store, *changes)
        check_same(before, self._snapshot(store), "the store after a retry")

    def _snapshot(self, store: Store) -> object:
        return snapshot(store, "HB-1", f"HB-{MANY}", "HB-last"), store.find_command("HB-command-1")

    def test_long_chain_of_one_case_is_recorded(self) -> None:
        """Hundreds of changes of one case in a list continue each other to the last version."""
        store, chain = self._make_lists_store(), make_chain("HB-1", MANY)
        store.commit(chain)
        check_history(store, [event for each in chain for event in each.events])

    def test_hole_in_a_long_chain_refuses_all(self) -> None:
        """A list of one case that leaves a version out is a ConflictError, and leaves no trace."""
        store, chain = self._make_lists_store(), make_chain("HB-1", 40)
        for left_out in (1, 20, 38):
            rest = [each for i, each in enumerate(chain) if i != left_out]
            expect_error(ConflictError, store, *rest)
            check_same((), store.load("HB-1"), f"the history after a list without {left_out + 1}")
            check_same((), store.scan(), "the feed after a refused list")

    def test_feed_keeps_the_order_of_a_list_of_mixed_cases(self) -> None:
        """Changes of several cases that take turns in a list do so in the feed."""
        store = self._make_lists_store()
        chains = [make_chain(case, 4) for case in ("HB-2", "HB-1", "HB-3")]
        mixed = [chains[k][n] for n in range(4) for k in range(3)]
        store.commit(mixed)
        wanted = [(each.case, each.row.version) for each in mixed]
        check_same(wanted, keys_of(read_feed(store)), "the order of the feed")

    def test_commits_of_lists_follow_each_other_in_the_feed(self) -> None:
        """Lists and single changes of the same cases are in the feed commit by commit."""
        store = self._make_lists_store()
        chains = [make_chain(case, 5) for case in ("HB-1", "HB-2")]
        commits: Sequence[list[Change]] = (
            [chains[1][0]],
            [chains[0][0], chains[1][1]],
            [chains[0][1], chains[0][2]],
            [chains[1][2], chains[0][3], chains[1][3]],
            [chains[0][4]],
        )
        for each in commits:
            store.commit(each)
        wanted = [(one.case, one.row.version) for each in commits for one in each]
        check_same(wanted, keys_of(read_feed(store)), "the order of the feed")

    def test_readers_see_none_or_all_of_a_long_list(self) -> None:
        """Beside a writer of long lists the numbers of rows and of events are multiples of 60."""
        store = self._make_lists_store()
        reader = self.close_later(self.connect(store))
        reading, finished = threading.Event(), threading.Event()
        write = partial(_write_lists, store, reading, finished)
        read = partial(_read_beside, reader, reading, finished)
        for outcome in run_together([write, read]):
            check(outcome is None, f"{outcome!r}")
        check_same(600, reader.count(Query()), "the cases at the end")


def _write_lists(store: Store, reading: threading.Event, finished: threading.Event) -> None:
    reading.wait(10)
    try:
        for k in range(10):
            store.commit(make_new_cases(60, f"HB-{k}"))
    finally:
        finished.set()


def _read_beside(reader: Store, reading: threading.Event, finished: threading.Event) -> None:
    is_last = False
    while not is_last:
        is_last = finished.is_set()
        reading.set()
        _check_multiples(reader)


WHY = "a list is shown in part, or fewer come back than were asked for"


def _check_multiples(reader: Store) -> None:
    counts = {
        "count": reader.count(Query(), limit=1000),
        "find": len(reader.find(Query(limit=1000)).rows),
        "find(newest)": len(reader.find(Query(order="newest", limit=1000)).rows),
        "scan": len(reader.scan(limit=1000)),
    }
    for call, count in counts.items():
        check(count % 60 == 0, f"{call} shows {count} cases, and 60 are recorded at once: {WHY}")
