"""Contract: a new consumer begins at any place that the feed has."""

from datetime import timedelta
from functools import partial
from typing import Any

from phananh.stores.base import Lease, Store
from phananh.testing.contract.base import (
    ContractTests,
    check,
    expect_input_error,
)
from phananh.testing.contract.feed import keys_of, make_writer, read_ahead, read_feed
from phananh.testing.contract.harness.patience import Key, read_feed_with
from phananh.testing.contract.harness.threads import repeat_until_met, run_beside
from phananh.testing.sample_events import START, change, received

MINUTE = timedelta(minutes=1)
MOST = 30  # consumers that begin beside one run of writers


def begin(store: Store, name: str, start: str | None) -> Lease:
    """Claim a free consumer for a minute."""
    lease = store.claim(name, START, START + MINUTE, start=start)
    check(lease is not None, f"{name} is held")
    assert lease is not None  # just checked, for the reader of types
    return lease


def read_cases(store: Store, lease: Lease) -> list[str]:
    """Return the cases of all entries that a consumer has not dealt with."""
    return [entry.event.case for entry in store.scan(lease.position)]


class BeginningTests(ContractTests):
    """The start of a consumer."""

    def test_new_consumer_begins_where_it_likes(self) -> None:
        """At the beginning, behind a position, or at the end as of now."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(3)))
        position = store.scan()[1].position
        leases = [begin(store, str(start), start) for start in (None, position, "end")]
        store.commit([change(received("HB-3"))])
        found = [read_cases(store, lease) for lease in leases]
        names = ["HB-0", "HB-1", "HB-2", "HB-3"]
        check(found == [names, names[2:], names[3:]], f"the consumers read {found}")

    def test_end_hides_nothing_that_is_committed_later(self) -> None:
        """A consumer that starts at the end gets the acts that four writers are committing then."""
        repeat_until_met(
            self._begin_beside_writers, wanted=10, what="a consumer began beside writers"
        )

    def _begin_beside_writers(self, _number: int) -> int:
        """Begin at the end up to 30 times while four write, and return how often that was so."""
        store = self.new_store()
        handles = [self.close_later(self.connect(store)) for _ in range(5)]
        begun: list[tuple[Lease, set[Key]]] = []

        def begin_again() -> None:
            if len(begun) < MOST:
                lease = begin(handles[0], f"mail {len(begun)}", "end")
                begun.append((lease, {*keys_of(read_feed(handles[0]))}))

        names = [f"HB-{k}" for k in range(4)]
        writers = [
            make_writer(each, name, 20) for each, name in zip(handles[1:], names, strict=True)
        ]
        met = run_beside(writers, begin_again)
        whole = {(name, n) for name in names for n in range(1, 21)}
        read_feed_with(store, whole)
        for lease, before in begun:
            missed = whole - before - {*keys_of(read_feed(store, after=lease.position))}
            check(not missed, f"{lease.consumer} began at {lease.position}, and misses {missed}")
        return min(met, MOST)

    def test_end_of_an_empty_feed_is_its_beginning(self) -> None:
        """A consumer that starts at the end of an empty store gets everything."""
        store = self.new_store()
        lease = begin(store, "mail", "end")
        store.commit([change(received("HB-1"))])
        check(read_cases(store, lease) == ["HB-1"], "the first event was missed")
        last = store.scan()[-1].position
        check(store.advance(lease, last).position == last, "the lease does not advance")

    def test_known_consumer_goes_on_where_it_stood(self) -> None:
        """The start that is asked for does not matter once a consumer is known."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(3)))
        positions = [entry.position for entry in store.scan()]
        store.release(begin(store, "mail", positions[0]))
        for start in (None, positions[1], "end"):
            lease = begin(store, "mail", start)
            check(lease.position == positions[0], f"begins anew at {lease.position}")
            store.release(lease)

    def test_foreign_start_is_refused(self) -> None:
        """A start that no feed gave is an InputError, and the consumer stays unknown."""
        store = self.new_store(change(received("HB-1")))
        for start in ("nonsense", "", "END", "-1"):
            refused = partial(store.claim, "mail", START, START + MINUTE, start=start)
            expect_input_error(refused, f"began at {start!r}")
        check(read_cases(store, begin(store, "mail", "end")) == [], "a refused claim was kept")

    def test_foreign_position_is_not_advanced_to(self) -> None:
        """A position that no feed gave is an InputError, and is not recorded."""
        store = self.new_store(change(received("HB-1")))
        lease = begin(store, "mail", None)
        for position in ("nonsense", "", "end", "-1"):
            refused = partial(store.advance, lease, position)
            expect_input_error(refused, f"advanced to {position!r}")
        store.release(lease)
        check(begin(store, "mail", None).position is None, "a refused position was kept")

    def test_start_ahead_of_the_feed_is_refused(self) -> None:
        """A start that the feed has not reached yet is an InputError. The consumer is not kept."""
        store = self.new_store(change(received("HB-1")))
        ahead = read_ahead(self, store)
        refused = partial(store.claim, "mail", START, START + MINUTE, start=ahead)
        said = f"began at {ahead!r}, and the feed ends at {store.scan()[-1].position!r}"
        expect_input_error(refused, said)
        check(read_cases(store, begin(store, "mail", None)) == ["HB-1"], "the claim was kept")

    def test_position_ahead_of_the_feed_is_not_advanced_to(self) -> None:
        """A position that the feed has not reached yet is an InputError, and is not recorded."""
        store = self.new_store(change(received("HB-1")))
        lease, ahead = begin(store, "mail", None), read_ahead(self, store)
        said = f"advanced to {ahead!r}, and the feed ends at {store.scan()[-1].position!r}"
        expect_input_error(partial(store.advance, lease, ahead), said)
        store.release(lease)
        check(begin(store, "mail", None).position is None, "a refused position was kept")

    def test_claim_that_is_none_is_refused(self) -> None:
        """A blank name, a time without zone, or a lease that ends at once is an InputError."""
        store = self.new_store()
        end = START + MINUTE
        claims: tuple[tuple[Any, Any, Any], ...] = (
            ("", START, end),
            (" ", START, end),
            (None, START, end),
            ("x" * 101, START, end),
            ("mail", START.replace(tzinfo=None), end),
            ("mail", START, end.replace(tzinfo=None)),
            ("mail", START, START),
            ("mail", end, START),
        )
        for each in claims:
            expect_input_error(partial(store.claim, *each), f"took the claim {each}")
        begin(store, "mail", None)
