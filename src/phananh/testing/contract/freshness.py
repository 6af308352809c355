"""Contract: data that was read before it was there is there when it is read again.

A store may cache data it has read, but not the absence of data.
"""

from collections.abc import Callable
from datetime import timedelta

from phananh.errors import DuplicateError
from phananh.stores.base import Query, Store
from phananh.testing.contract.base import ContractTests, check, check_absent, expect_error
from phananh.testing.contract.comparison import check_events, check_same, require
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    received,
)

MINUTE = timedelta(minutes=1)


class FreshnessTests(ContractTests):
    """Asking again, by the handle that recorded and by another."""

    def _make_handles(self) -> tuple[Store, tuple[Store, Store]]:
        """Return a store, and the two handles to ask: itself and another."""
        store = self.new_store()
        return store, (store, self.close_later(self.connect(store)))

    def test_case_that_was_missing_is_found(self) -> None:
        """A case that was loaded before it was recorded is there afterwards."""
        store, handles = self._make_handles()
        for handle in handles:
            check_absent(handle, "HB-1", "an unknown case has events")
        first = received("HB-1")
        store.commit([change(first)])
        for handle in handles:
            check_events([first], handle.load("HB-1"), "HB-1, which was loaded before it began")

    def test_history_that_was_loaded_goes_on(self) -> None:
        """A history that was loaded is longer after the next act by any handle."""
        _, handles = self._make_handles()
        history = (received("HB-1"), completed("HB-1", 2), completed("HB-1", 3))
        for n, event in enumerate(history):
            handles[n % 2].commit([change(event, after=history[:n])])
            for handle in handles:
                check_events(history[: n + 1], handle.load("HB-1"), "HB-1, which was loaded before")

    def test_command_that_was_missing_is_found(self) -> None:
        """A command that was looked up before it was recorded has a record afterwards."""
        store, handles = self._make_handles()
        for handle in handles:
            check(handle.find_command("c") is None, "an unknown command has a record")
        new = change(received("HB-1"), command="c")
        store.commit([new])
        for handle in handles:
            record = handle.find_command("c")
            check(record is not None, "there is no record of a command looked up before")
            expect_error(DuplicateError, handle, new)

    def test_lists_that_were_empty_fill(self) -> None:
        """A list and a count show a change, though they were read before."""
        store, handles = self._make_handles()
        query = Query(is_open=True)
        history = (received("HB-1"), answered("HB-1", 2))
        for after, event, wanted in ((), history[0], 1), (history[:1], history[1], 0):
            self._check_rows(handles, query, 1 - wanted)
            store.commit([change(event, after=after)])
            self._check_rows(handles, query, wanted)

    def _check_rows(self, handles: tuple[Store, Store], query: Query, wanted: int) -> None:
        for handle in handles:
            found = len(handle.find(query).rows)
            check(found == wanted, f"{found} cases are listed, not {wanted}")
            count = handle.count(query)
            check(count == wanted, f"{count} cases are counted, not {wanted}")

    def test_feed_that_was_at_its_end_goes_on(self) -> None:
        """After a position at the end, events committed since are there."""
        store, handles = self._make_handles()
        ends: list[str | None] = [None, None]
        for n in range(1, 4):
            self._check_feed(handles, ends, [])
            store.commit([change(received(f"HB-{n}"))])
            self._check_feed(handles, ends, [f"HB-{n}"])

    def _check_feed(
        self, handles: tuple[Store, Store], ends: list[str | None], wanted: list[str]
    ) -> None:
        for i, handle in enumerate(handles):
            entries = handle.scan(ends[i])
            check_same(wanted, [each.event.case for each in entries], f"the feed after {ends[i]}")
            if entries:
                ends[i] = entries[-1].position

    def test_calendars_that_were_unused_are_listed(self) -> None:
        """A calendar in use is listed, though none was when it was asked before."""
        store, handles = self._make_handles()
        first, second = received("HB-1"), escalated("HB-1", 2, clock=deadline())
        steps: tuple[tuple[Callable[[], None], int], ...] = (
            (lambda: store.commit([change(first, second)]), 1),
            (lambda: store.commit([change(answered("HB-1", 3), after=(first, second))]), 0),
        )
        for act, wanted in steps:
            for handle in handles:
                check(len(handle.list_calendars()) == 1 - wanted, "another number of calendars")
            act()
            for handle in handles:
                found = len(handle.list_calendars())
                check(found == wanted, f"{found} calendars are listed, not {wanted}")

    def test_consumer_that_was_held_is_free_again(self) -> None:
        """A consumer that was refused to a handle is lent to it after the release."""
        store, (_, other) = self._make_handles()
        for n in range(3):
            lease = require(
                store.claim("mail", START, START + MINUTE), "a free consumer was not lent"
            )
            check(other.claim("mail", START, START + MINUTE) is None, "a second lease")
            store.release(lease)
            taken = require(
                other.claim("mail", START, START + MINUTE),
                f"released, and not free ({n + 1} times)",
            )
            other.release(taken)

    def test_end_is_where_the_feed_ends_now(self) -> None:
        """Two consumers that begin at the end begin at the feed's end when each is claimed."""
        store, handles = self._make_handles()
        for n, handle in enumerate(handles, 1):
            store.commit([change(received(f"HB-{n}"))])
            lease = require(
                handle.claim(f"mail-{n}", START, START + MINUTE, start="end"),
                "a new consumer was not lent",
            )
            following = [each.event.case for each in store.scan(lease.position)]
            check_same([], following, "the feed after its end")
