"""Contract: the feed resumes at any position, and of several workers of a consumer one has it."""

import time
import unittest
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import attrs

from phananh.errors import InputError, LeaseLostError
from phananh.stores.base import Lease
from phananh.testing.contract.checks import check, check_same, expect_error, require
from phananh.testing.contract.conflicts import make_history
from phananh.testing.contract.pair import Pair, read_feed
from phananh.testing.contract.suite import ContractTests
from phananh.testing.contract.walks import ZONES
from phananh.testing.sample_events import START, change, completed, received

MINUTE, MICROSECOND = timedelta(minutes=1), timedelta(microseconds=1)
END = START + MINUTE
AT_ONCE = 0.5  # seconds


def claim(store: Any, *, now: datetime = START, until: datetime = END, name: str = "mail") -> Lease:
    """Claim a consumer that is free."""
    found: Lease | None = store.claim(name, now, until)
    why = "not claimed before, released, or past the end of its lease"
    return require(found, f"{name!r} is {why}, and a claim at {now} returned None")


def _time_claim(store: Any) -> float:
    begun = time.monotonic()
    store.claim("mail", START, END)
    return time.monotonic() - begun


class ConsumerTests(ContractTests):
    """The feed, and the workers that read it."""

    def _new_feed(self, count: int = 4) -> Pair:
        pair = self.new_pair(*(change(received(f"HB-{i}")) for i in range(count)))
        pair.scan_all()
        return pair

    def test_feed_is_in_the_order_of_commits_and_resumes_anywhere(self) -> None:
        """Not by time or id, on pages of any length, from the 9th to the 10th entry too."""
        early = received("HB-0", at=START - timedelta(days=9))
        pair = self.new_pair(change(*make_history("HB-7", 9)), change(early))
        pair.commit(change(completed("HB-0", 2), after=(early,)))
        pair.check_positions()
        for limit in (1, 2, 5, 10, 11, 12, 500):
            pair.scan_all(limit)
        pair.scan(len(pair.positions))
        pair.reopen()
        pair.commit(change(received("HB-1")))
        pair.check_positions()

    def _read_ahead(self, store: Any) -> str:
        """Return the position of the first entry that a store does not have yet.

        It is taken from a longer feed, so the test is skipped if positions do not count events.
        """
        positions = [entry.position for entry in read_feed(store)]
        longer = self.new_store(change(*make_history("HB-1", len(positions) + 1)))
        *same, ahead = [entry.position for entry in read_feed(longer)]
        if same != positions:
            raise unittest.SkipTest("not offered: positions that count events, as of two stores")
        return ahead

    def test_foreign_positions_are_refused(self) -> None:
        """By scan, as the start of a consumer, and to advance to. Nothing of it is recorded."""
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        lease = claim(store, name="sms")
        for position in ("nonsense", "", "-1", "END"):
            for name, call in self._list_uses(store, lease, position).items():
                expect_error(InputError, call, f"{name} at {position!r}")
        for limit in (0, -1, 10**30):
            expect_error(InputError, partial(store.scan, limit=limit), f"scan of {limit}")
        expect_error(InputError, partial(store.scan, "end"), "scan after 'end'")
        expect_error(InputError, partial(store.advance, lease, "end"), "advance to 'end'")
        store.release(lease)
        self._check_unmoved(store)

    def _check_unmoved(self, store: Any) -> None:
        """Check that refused calls moved no consumer, and left none that was not known."""
        check_same(None, claim(store, name="sms").position, "the position after refused advances")
        lease = store.claim("mail", START, END, start="end")
        check_same((), store.scan(lease.position), "what a consumer reads that begins at the end")

    def test_positions_ahead_of_the_feed_are_refused(self) -> None:
        """A position that the feed has not reached yet, by one entry, is an InputError."""
        store = self.new_store(change(received("HB-1")))
        lease, ahead = claim(store, name="sms"), self._read_ahead(store)
        for name, call in self._list_uses(store, lease, ahead).items():
            expect_error(InputError, call, f"{name} at {ahead!r}, one entry ahead of the feed")
        store.release(lease)
        self._check_unmoved(store)
        store.commit([change(received("HB-2"))])
        check_same((), store.scan(ahead), "what follows the position once it was given")

    def _list_uses(self, store: Any, lease: Lease, position: str) -> dict[str, Any]:
        return {
            "scan": partial(store.scan, position),
            "claim": partial(store.claim, "mail", START, END, start=position),
            "advance": partial(store.advance, lease, position),
        }

    def test_one_worker_has_a_consumer_until_its_lease_ends(self) -> None:
        """To the microsecond, in any offset. From that instant another worker goes on there."""
        pair = self._new_feed()
        first = pair.claim("mail", START, END)
        pair.advance(first or 0, 2)
        for now in (START, END - MICROSECOND):
            for by, zone in enumerate(ZONES[:3]):
                pair.claim("mail", now.astimezone(zone), END + MINUTE, by=by)
        spent = min(_time_claim(pair.store) for _ in range(3))  # one may be slow for other reasons
        check(spent < AT_ONCE, f"a claim of what another worker has took {spent:.1f} s: no waiting")
        pair.claim("mail", END.astimezone(UTC), END + MINUTE, by=1)
        pair.advance(first or 0, 3)  # lost
        pair.advance(1, 3)
        pair.release(0)
        pair.claim("mail", END, END + MINUTE, by=2)

    def test_advance_renews_the_lease_or_leaves_its_end(self) -> None:
        """Also by an older lease that says less, and after its end if nobody came."""
        pair = self._new_feed()
        lease, later = pair.claim("mail", START, END) or 0, END + 9 * MINUTE
        pair.advance(lease, 1)
        pair.advance(lease, 1, later)
        pair.advance(lease, 2)  # by the lease of before, without `until`
        pair.claim("mail", later - MICROSECOND, later + MINUTE)
        pair.advance(lease, 3, later + MINUTE)
        stale = attrs.evolve(pair.leases[lease][1], position=None)
        position = pair.positions[0]
        expect_error(InputError, partial(pair.store.advance, stale, position), "a position back")
        pair.advance(lease, 3, END)
        pair.reopen()
        pair.claim("mail", END - MICROSECOND, later)
        pair.claim("mail", END, later)

    def test_lost_lease_records_nothing(self) -> None:
        """After a takeover, after its release, or if it was never given."""
        pair = self._new_feed()
        unknown = Lease(consumer="mail", number=1, position=None, until=END)
        call = partial(pair.store.advance, unknown, pair.positions[0])
        expect_error(LeaseLostError, call, "an advance with a lease that no store gave")
        pair.store.release(unknown)
        pair.claim("mail", START, END)
        pair.release(0)
        pair.advance(0, 1)
        for _ in range(11):
            last = pair.claim("mail", START, END) or 0
            pair.release(0)
            pair.release(last)
        pair.claim("mail", START, END)
        for by in (1, 2, 0, 1):
            pair.claim("mail", START, END, by=by)
            pair.release(len(pair.leases) - 1)
            pair.claim("mail", START, END, by=by)

    def test_new_consumer_begins_where_it_likes(self) -> None:
        """At the beginning, behind a position, or at the end, also of an empty feed."""
        pair = self._new_feed(0)
        pair.claim("first", START, END, start="end")
        for i in range(3):
            pair.commit(change(received(f"HB-{i}")), by=i % 2)
            pair.claim(f"end {i}", START, END, start="end", by=1 - i % 2)
            pair.claim(f"begin {i}", START, END, start=i)
        pair.advance(0, 3)
        for start in (None, 2, "end"):
            pair.claim("begin 1", END, END + MINUTE, start=start)
            pair.release(len(pair.leases) - 1)
        pair.scan_all()

    def test_claim_that_is_none_is_refused(self) -> None:
        """A blank or long name, a time without zone, or a lease that ends at once."""
        store = self.new_store()
        wrong: tuple[tuple[Any, Any, Any], ...] = (
            ("", START, END),
            (" ", START, END),
            (None, START, END),
            ("x" * 101, START, END),
            ("mail", START.replace(tzinfo=None), END),
            ("mail", START, END.replace(tzinfo=None)),
            ("mail", START, START),
            ("mail", END, START),
        )
        for each in wrong:
            expect_error(InputError, partial(store.claim, *each), f"the claim {each}")
        claim(store)
