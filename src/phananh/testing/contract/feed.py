"""Contract: scan() does not show an event behind a position that was already read."""

import unittest
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby

from phananh.errors import InputError
from phananh.regulation.events import Event
from phananh.stores.base import FeedEntry, Store
from phananh.testing.contract.base import (
    ContractError,
    ContractTests,
    check,
    expect_input_error,
    run_together,
)
from phananh.testing.contract.comparison import check_same
from phananh.testing.sample_events import START, change, completed, every_event, received


def read_feed(store: Store, *, after: str | None = None, limit: int = 500) -> list[FeedEntry]:
    """Return all entries after a position, read page by page."""
    entries: list[FeedEntry] = []
    while page := store.scan(after, limit=limit):
        check(page[-1].position != after, f"the page after {after} ends where it begins")
        entries.extend(page)
        after = page[-1].position
    return entries


def read_ahead(tests: ContractTests, store: Store) -> str:
    """Return the position of the first entry that a store does not have yet.

    It is taken from a longer feed, so the test is skipped if positions do not count events.
    """
    positions = [entry.position for entry in read_feed(store)]
    longer = tests.new_store(change(*make_history("HB-1", len(positions) + 1)))
    *same, ahead = [entry.position for entry in read_feed(longer)]
    if same != positions:
        raise unittest.SkipTest("not offered: positions that count events, as of two stores")
    return ahead


def keys_of(entries: list[FeedEntry]) -> list[tuple[str, int]]:
    """Return (case, version) of each entry."""
    return [(entry.event.case, entry.event.n) for entry in entries]


def make_history(case: str, length: int) -> list[Event]:
    """Return a history of that many events."""
    return [received(case), *(completed(case, n) for n in range(2, length + 1))]


def make_writer(store: Store, case: str, length: int) -> Callable[[], None]:
    """Return a function that commits a history of that many events, one by one."""
    history = make_history(case, length)

    def write() -> None:
        for n, event in enumerate(history):
            store.commit([change(event, after=tuple(history[:n]))])

    return write


def follow(
    reader: Store, writers: Sequence[Callable[[], None]]
) -> tuple[list[FeedEntry], list[object]]:
    """Run the writers, read the feed beside them to its end, and return it and the outcomes."""
    followed: list[FeedEntry] = []
    finished: list[None] = []

    def read() -> None:
        last = False
        while not last:
            last = len(finished) == len(writers)  # looked at before reading, not after
            after = followed[-1].position if followed else None
            followed.extend(read_feed(reader, after=after, limit=7))

    def write_and_count(write: Callable[[], None]) -> None:
        try:
            write()
        finally:
            finished.append(None)

    return followed, run_together([*(partial(write_and_count, write) for write in writers), read])


class FeedTests(ContractTests):
    """The feed of events."""

    def test_scans_in_the_order_of_commits(self) -> None:
        """Events come in the order in which they were committed, not by their time."""
        late, early = received("HB-2"), received("HB-1", at=START - timedelta(days=9))
        store = self.new_store(
            change(late), change(early), change(completed("HB-2", 2), after=(late,))
        )
        found = keys_of(read_feed(store))
        check_same([("HB-2", 1), ("HB-1", 1), ("HB-2", 2)], found, "the order")
        check_same([late, early], [e.event for e in read_feed(store)][:2], "the events of the feed")

    def test_feed_shows_what_load_shows(self) -> None:
        """Every type of event is in the feed as it is in the history, each field of it."""
        history = every_event()
        store = self.new_store(change(*history))
        check_same(list(history), [e.event for e in read_feed(store, limit=4)], "the feed")

    def test_position_of_any_entry_resumes(self) -> None:
        """After the position of each entry, from a page of any length, the next one follows."""
        store = self.new_store(*(change(*make_history(f"HB-{i}", 2)) for i in range(6)))
        keys = keys_of(read_feed(store))
        for limit in (1, 3, 12, 500):
            entries = read_feed(store, limit=limit)
            positions = [entry.position for entry in entries]
            check(len(set(positions)) == 12, f"pages of {limit}: positions repeat: {positions}")
            for i, position in enumerate(positions):
                found = keys_of(list(store.scan(position, limit=2)))
                check_same(keys[i + 1 : i + 3], found, f"what follows {position!r}")

    def test_events_of_a_change_stand_together(self) -> None:
        """Of four writers, none has an event between the five of another's change."""
        store = self.new_store()
        writers = [
            partial(self._write_new_cases, each, f"HB-{k}")
            for k, each in enumerate(self._connect(store, 4))
        ]
        check_same([None] * 4, run_together(writers), "the outcomes")
        found = [case for case, _ in keys_of(read_feed(store))]
        sizes = [len(list(group)) for _, group in groupby(found)]
        check_same([5] * 60, sizes, "the runs of events of one change")

    def _write_new_cases(self, store: Store, name: str) -> None:
        for i in range(15):
            store.commit([change(*make_history(f"{name}-{i}", 5))])

    def test_keeps_the_order_of_a_list(self) -> None:
        """The changes of one commit are in the feed in the order of the list."""
        self.skip_unless_declared("lists")
        names = ["HB-7", "HB-1", "HB-9", "HB-3", "HB-30"]
        store = self.new_store()
        store.commit([change(received(case)) for case in names])
        found = [case for case, _ in keys_of(read_feed(store))]
        check_same(names, found, "the order")

    def test_pages_repeat_and_skip_nothing(self) -> None:
        """By pages of any size each event comes once. Past the end there is none."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(11)))
        whole = keys_of(read_feed(store))
        for limit in (1, 2, 5, 10, 11, 12):
            check_same(whole, keys_of(read_feed(store, limit=limit)), f"pages of {limit}")
        last = read_feed(store)[-1].position
        check(store.scan(last) == (), "there is something after the last")

    def test_order_holds_where_positions_grow_a_digit(self) -> None:
        """From the 9th to the 10th, and the 999th to the 1000th, the order is that of numbers."""
        history = make_history("HB-1", 1005)
        store = self.new_store(change(*history))
        found = [n for _, n in keys_of(read_feed(store, limit=333))]
        check_same(list(range(1, 1006)), found, "the versions in the feed")

    def test_misses_nothing_of_six_writers(self) -> None:
        """All acts that six threads commit at once are in the feed, by version within a case."""
        store = self.new_store()
        outcomes = run_together(
            [make_writer(each, f"HB-{k}", 25) for k, each in enumerate(self._connect(store, 6))]
        )
        check(outcomes == [None] * 6, f"the writers got {outcomes}")
        found = keys_of(read_feed(store))
        check(len(found) == len(set(found)) == 150, f"{len(set(found))} of 150 are there")
        for k in range(6):
            versions = [n for case, n in found if case == f"HB-{k}"]
            check_same(list(range(1, 26)), versions, f"the versions of HB-{k}")

    def _connect(self, store: Store, count: int) -> list[Store]:
        return [self.close_later(self.connect(store)) for _ in range(count)]

    def test_shows_nothing_behind_a_position(self) -> None:
        """A reader that follows five writers has the same entries as one reading from the start."""
        store = self.new_store()
        writers = [
            make_writer(each, f"HB-{k}", 20) for k, each in enumerate(self._connect(store, 5))
        ]
        reader = self.close_later(self.connect(store))
        followed, outcomes = follow(reader, writers)
        check(outcomes == [None] * 6, f"{outcomes}")
        check_same(read_feed(store), followed, "what a follower has read")

    def test_resumes_after_reopening(self) -> None:
        """A position that was saved resumes the feed after the store was closed."""
        self.skip_unless_declared("durable")
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        saved = store.scan(limit=1)[0].position
        again = self.close_later(self.reopen(store))
        again.commit([change(received("HB-3"))])
        found = [case for case, _ in keys_of(read_feed(again, after=saved))]
        check_same(["HB-2", "HB-3"], found, "what follows a saved position")

    def test_foreign_position_is_refused(self) -> None:
        """A position that scan() did not give, and a value that is no limit, are InputErrors."""
        store = self.new_store(change(received("HB-1")))
        for after, limit in (("nonsense", 5), ("", 5), (None, 0), (None, 10**30)):
            try:
                store.scan(after, limit=limit)
            except InputError:
                continue
            raise ContractError(f"took the position {after!r}, limit {limit}")

    def test_position_ahead_of_the_feed_is_refused(self) -> None:
        """A position that the feed has not reached yet, by one entry, is an InputError."""
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        ahead = read_ahead(self, store)
        said = f"took the position {ahead!r} of a feed that ends at {store.scan()[-1].position!r}"
        expect_input_error(partial(store.scan, ahead), said)
        store.commit([change(received("HB-3"))])
        check_same((), store.scan(ahead), "what follows the position once it was given")
