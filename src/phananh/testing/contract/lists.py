"""Contract: several changes in a commit are seen whole or not at all, by every reader."""

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import get_args

from phananh.errors import ConflictError
from phananh.regulation.events import Event
from phananh.stores.base import Change, Query, Store
from phananh.stores.query import Order
from phananh.testing.contract.base import (
    ContractTests,
    check,
    expect_input_error,
    run_together,
)
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.feed import follow, keys_of, read_feed
from phananh.testing.contract.locking import check_row_is_fold
from phananh.testing.sample_events import START, change, completed, received

PAIR = ("HB-1", "HB-2")
ROUNDS = 40
TEXTS = ("một", "hai")
ORDERS: tuple[Order, ...] = get_args(Order)


def make_lists(cases: Sequence[str], length: int) -> Iterable[list[Change]]:
    """Yield lists that bring each of the cases to version 1, 2, and so on."""
    histories: dict[str, tuple[Event, ...]] = dict.fromkeys(cases, ())
    for n in range(1, length + 1):
        new = {case: completed(case, n) if n > 1 else received(case) for case in cases}
        yield [change(event, after=histories[case]) for case, event in new.items()]
        histories = {case: (*old, new[case]) for case, old in histories.items()}


class ListTests(ContractTests):
    """More than one change in a commit."""

    def test_list_is_recorded_or_refused(self) -> None:
        """A commit of two changes records both or, without `lists`, is an InputError."""
        store = self.new_store()
        pair = [change(received(case), command=f"c-{case}") for case in PAIR]
        if "lists" in self.read_declared():
            store.commit(pair)
        else:
            expect_input_error(
                partial(store.commit, pair),
                "took two changes, and does not declare `lists`: check_one_change of "
                "phananh.stores.conflicts refuses them, before anything is written",
            )
        wanted = {each.case: "lists" in self.read_declared() for each in pair}
        found = {each.case: store.load(each.case) == each.events for each in pair}
        check(found == wanted, f"recorded are {found}, not {wanted}")
        for each in pair if not any(wanted.values()) else ():
            store.commit([each])  # its id, code and command are free

    def test_loads_no_part_of_a_list(self) -> None:
        """A reader who sees one case of a list as it left it, sees the other so, or later."""
        store, reader = self._make_pair()

        def read() -> None:
            for first, second in (PAIR, PAIR[::-1]):
                before, after = len(reader.load(first)), len(reader.load(second))
                check(before <= after, f"{first} was at {before}, then {second} at {after}")

        self._read_beside_lists(store, read)

    def test_finds_no_part_of_a_list(self) -> None:
        """A page of a list shows both cases as one commit left them."""
        store, reader = self._make_pair()

        def read() -> None:
            for order in ORDERS:
                rows = reader.find(Query(order=order)).rows
                versions = {row.case: row.version for row in rows}
                check(len(set(versions.values())) == 1, f"a page shows {versions}")

        self._read_beside_lists(store, read)

    def test_scans_no_part_of_a_list(self) -> None:
        """A piece of the feed that is not full ends with the last event of a commit."""
        store, reader = self._make_pair()

        def read() -> None:
            found = keys_of(list(reader.scan(limit=1000)))
            check(len(found) % 2 == 0, f"the feed ends with {found[-1:]}, a part of a list")

        self._read_beside_lists(store, read)

    def _make_pair(self) -> tuple[Store, Store]:
        self.skip_unless_declared("lists")
        store = self.new_store()
        store.commit(next(iter(make_lists(PAIR, 1))))
        return store, self.close_later(self.connect(store))

    def _read_beside_lists(self, store: Store, read: Callable[[], None]) -> None:
        finished = threading.Event()

        def write() -> None:
            try:
                for changes in list(make_lists(PAIR, ROUNDS))[1:]:
                    store.commit(changes)
            finally:
                finished.set()

        def read_on() -> None:
            while not finished.is_set():
                read()

        for outcome in run_together([write, read_on]):
            check(outcome is None, f"{outcome!r}")

    def test_events_of_a_list_stand_together_in_the_feed(self) -> None:
        """Of four writers of lists, none has an event between those of another's commit."""
        self.skip_unless_declared("lists")
        store = self.new_store()
        writers = [self._make_list_writer(store, f"HB-{k}") for k in range(4)]
        reader = self.close_later(self.connect(store))
        followed, outcomes = follow(reader, writers)
        check(outcomes == [None] * 5, f"{outcomes}")
        whole = read_feed(store)
        check_same(whole, followed, "what a follower has read")
        lists = groupby(keys_of(whole), key=lambda key: (key[0][:4], key[1]))
        sizes = [len(list(group)) for _, group in lists]
        check_same([3] * 60, sizes, "the lengths of the runs of one list")

    def _make_list_writer(self, store: Store, name: str) -> Callable[[], None]:
        handle = self.close_later(self.connect(store))
        cases = [f"{name}-{i}" for i in range(3)]

        def write() -> None:
            for changes in make_lists(cases, 15):
                handle.commit(changes)

        return write

    def test_of_crossing_lists_one_wins(self) -> None:
        """Of the lists A, B and B, A one is recorded whole, the other is a conflict: 40 times."""
        self.skip_unless_declared("lists")
        store = self.new_store()
        handles = [store, self.close_later(self.connect(store))]
        for i in range(ROUNDS):
            first = [received(f"HB-{i}-{k}") for k in range(2)]
            store.commit([change(event) for event in first])
            rivals = [[_go_on(event, text) for event in first] for text in TEXTS]
            self._cross(handles, rivals)

    def test_of_crossing_lists_of_new_cases_one_wins(self) -> None:
        """The same is true if both lists begin the same cases: 40 times."""
        self.skip_unless_declared("lists")
        store = self.new_store()
        handles = [store, self.close_later(self.connect(store))]
        for i in range(ROUNDS):
            names = [f"HB-{i}-{k}" for k in range(2)]
            rivals = [[change(received(case, content=text)) for case in names] for text in TEXTS]
            self._cross(handles, rivals)

    def _cross(self, handles: Sequence[Store], rivals: Sequence[list[Change]]) -> None:
        crossed = [rivals[0], rivals[1][::-1]]
        calls = [
            partial(handle.commit, each) for handle, each in zip(handles, crossed, strict=True)
        ]
        outcomes = run_together(calls)
        lost = [type(outcome) for outcome in outcomes if outcome is not None]
        check(lost == [ConflictError], f"the outcomes are {outcomes}")
        for won in rivals[outcomes.index(None)]:
            found = handles[0].load(won.case)
            check_same(won.events, found[won.expected :], f"the winner of {won.case}")
            check_row_is_fold(handles[0], won.case)


def _go_on(first: Event, text: str) -> Change:
    at = START + timedelta(hours=1)
    return change(completed(first.case, 2, text, at=at), after=(first,))
