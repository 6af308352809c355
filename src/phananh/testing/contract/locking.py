"""Contract: of two changes on one version one is recorded, whole. The other leaves no trace."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from phananh.errors import ConflictError, StoreError
from phananh.regulation.case import fold
from phananh.regulation.events import Event
from phananh.stores.base import Query, Store
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.base import (
    ContractTests,
    check,
    check_absent,
    check_is,
    expect_error,
    run_together,
    snapshot,
)
from phananh.testing.contract.comparison import check_events, check_same
from phananh.testing.contract.harness.threads import repeat_until_met, run_beside
from phananh.testing.sample_events import START, change, completed, escalated, received, rescheduled


def check_row_is_fold(store: Store, case: str) -> None:
    """Check that the index row of a case says what its events add up to."""
    history = store.load(case)
    rows = [row for row in store.find(Query(limit=1000)).rows if row.case == case]
    check(len(rows) <= 1, f"find shows {len(rows)} rows of {case}")
    row = rows[0] if rows else None
    wanted = make_index_row(fold(history)) if history else None
    what = f"the row of {case}, of what its {len(history)} events add up to"
    check_same(wanted, row, what)


def race(handles: Sequence[Store], rivals: Sequence[Event], *after: Event) -> None:
    """Commit every rival at once, each through its handle, and check that one of them won."""

    def record(handle: Store, rival: Event) -> Callable[[], None]:
        return lambda: handle.commit([change(rival, after=after)])

    outcomes = run_together([record(*pair) for pair in zip(handles, rivals, strict=True)])
    won = [rival for rival, outcome in zip(rivals, outcomes, strict=True) if outcome is None]
    lost = [outcome for outcome in outcomes if isinstance(outcome, ConflictError)]
    check(len(won) == 1, f"{len(won)} of {len(rivals)} won: {outcomes}")
    check(len(lost) == len(rivals) - 1, f"the losers got {outcomes}")
    case = rivals[0].case
    check_events((*after, won[0]), handles[0].load(case), f"the winner's history of {case}")
    rows = handles[0].find(Query(code=make_index_row(fold((*after, won[0]))).code)).rows
    check(rows == (make_index_row(fold((*after, won[0]))),), f"the row is not the winner's: {rows}")


class LockingTests(ContractTests):
    """One winner for each version, and all of a change or none of it."""

    def test_refuses_an_expected_version_too_low(self) -> None:
        """A change decided on an older version is a ConflictError with both versions."""
        first = received("HB-1")
        store = self.new_store(change(first), change(completed("HB-1", 2), after=(first,)))
        error = expect_error(ConflictError, store, change(escalated("HB-1", 2), after=(first,)))
        facts = (error.case, error.expected, error.actual)
        check_is(("HB-1", 1, 2), facts, "`case`, `expected` and `actual` of the ConflictError")

    def test_refuses_an_expected_version_too_high(self) -> None:
        """A change decided on a version that is not there yet is a ConflictError."""
        first, second = received("HB-1"), completed("HB-1", 2)
        store = self.new_store(change(first))
        ahead = change(completed("HB-1", 3), after=(first, second))
        error = expect_error(ConflictError, store, ahead)
        facts = (error.expected, error.actual)
        check_is((2, 1), facts, "`expected` and `actual` (the stored version) of the ConflictError")
        check_row_is_fold(store, "HB-1")

    def test_refuses_a_later_version_of_an_unknown_case(self) -> None:
        """A change on version 1 of a case that was not recorded is a ConflictError."""
        store = self.new_store()
        expect_error(ConflictError, store, change(completed("HB-1", 2), after=(received("HB-1"),)))
        check_absent(store, "HB-1", "half a history was recorded")

    def test_refuses_a_second_beginning(self) -> None:
        """A case begins once. A second first version is a ConflictError."""
        store = self.new_store(change(received("HB-1")))
        expect_error(
            ConflictError, store, change(received("HB-1", content="khác", code_digest="x"))
        )
        check(len(store.load("HB-1")) == 1, "the first version was replaced")

    def test_versions_count_for_each_case(self) -> None:
        """An act on one case does not move the version of another."""
        one, two = received("HB-1"), received("HB-2")
        store = self.new_store(change(one), change(two), change(completed("HB-1", 2), after=(one,)))
        store.commit([change(completed("HB-2", 2), after=(two,))])
        check(len(store.load("HB-2")) == 2, "the change is missing")

    def test_refused_change_leaves_no_trace(self) -> None:
        """After a conflict all is unchanged: each event, row, command, code and position."""
        first = received("HB-1")
        store = self.new_store(change(first), change(completed("HB-1", 2), after=(first,)))
        before = snapshot(store, "HB-1")
        late = change(escalated("HB-1", 2), after=(first,), command="late")
        expect_error(ConflictError, store, late)
        check(snapshot(store, "HB-1") == before, "the refused change left a trace")
        check(store.find_command("late") is None, "the command of a refused change was recorded")
        store.commit([change(received("HB-2"), command="late")])

    def test_list_is_recorded_whole_or_not_at_all(self) -> None:
        """When the last change of a list conflicts, the first leaves no trace either."""
        self.skip_unless_declared("lists")
        store = self.new_store(change(received("HB-9")))
        before = snapshot(store, "HB-1", "HB-9")
        good = change(received("HB-1"), command="good")
        expect_error(ConflictError, store, good, change(received("HB-9")))
        check(snapshot(store, "HB-1", "HB-9") == before, "part of the list was recorded")
        check(store.find_command("good") is None, "a command of the list was recorded")
        store.commit([good])

    def test_changes_of_one_case_chain_in_a_list(self) -> None:
        """Two changes of one case in a list are recorded if the second continues the first."""
        self.skip_unless_declared("lists")
        first = received("HB-1")
        store = self.new_store()
        store.commit([change(first), change(completed("HB-1", 2), after=(first,))])
        check(len(store.load("HB-1")) == 2, "the chain is not whole")
        check_row_is_fold(store, "HB-1")

    def test_changes_of_one_case_conflict_in_a_list(self) -> None:
        """Two changes on the same version in a list conflict, and no change is recorded."""
        self.skip_unless_declared("lists")
        first = received("HB-1")
        store = self.new_store()
        expect_error(ConflictError, store, change(first), change(received("HB-1")))
        check_absent(store, "HB-1", "one of the two was recorded")

    def test_taken_code_is_no_conflict(self) -> None:
        """A tracking code that another case has is a StoreError, and leaves no trace."""
        store = self.new_store(change(received("HB-1", code_digest="same")))
        before = snapshot(store, "HB-1", "HB-2")
        expect_error(StoreError, store, change(received("HB-2", code_digest="same")))
        check(snapshot(store, "HB-1", "HB-2") == before, "half a case was recorded")

    def test_one_of_racing_threads_wins(self) -> None:
        """Of eight threads that begin the same case at once, one is recorded: 100 times."""
        store = self.new_store()
        handles = [self.close_later(self.connect(store)) for _ in range(8)]
        for i in range(100):
            rivals = [received(f"HB-{i}", content=f"luồng {k}") for k in range(8)]
            race(handles, rivals)

    def test_one_of_two_reschedules_wins(self) -> None:
        """Of two reschedules on one version one is recorded, 300 times of 300 (Art. 9.3)."""
        store = self.new_store()
        handles = [store, self.close_later(self.connect(store))]
        days = (START + timedelta(days=1), START + timedelta(days=2))
        for i in range(300):
            first = received(f"HB-{i}")
            store.commit([change(first)])
            race(handles, [rescheduled(first.case, 2, to=day) for day in days], first)

    def test_row_is_never_at_another_version_than_its_events(self) -> None:
        """A reader beside a writer sees no row ahead of its events, or behind them."""
        repeat_until_met(
            self._read_beside_a_writer, wanted=20, what="a case was read beside a writer"
        )

    def _read_beside_a_writer(self, number: int) -> int:
        """Read a case while it goes on, and return how often it was between its first and last."""
        case, seen = f"HB-{number}", list[int]()
        store = self.new_store(change(received(case)))
        reader = self.close_later(self.connect(store))

        def write() -> None:
            for n in range(2, 60):
                store.commit([change(completed(case, n), after=store.load(case))])

        def read() -> None:
            before = reader.find(Query()).rows[0].version
            seen.append(len(reader.load(case)))
            after = reader.find(Query()).rows[0].version
            check(before <= seen[-1] <= after, f"rows {before}, {after}; {seen[-1]} events")

        run_beside([write], read)
        return sum(1 < events < 59 for events in seen)

    def test_works_in_a_forked_child(self) -> None:
        """A child made by fork records, and the parent's open store stays whole."""
        self.skip_unless_declared("multi_process")
        store = self.new_store(change(received("HB-1")))
        child = self.fork(store)
        child.start("commit", [change(received("HB-2"))])
        store.commit([change(received("HB-3"))])
        child.finish()
        for case in ("HB-1", "HB-2", "HB-3"):
            check(len(store.load(case)) == 1, f"{case} is missing")
