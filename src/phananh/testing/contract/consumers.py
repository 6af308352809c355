"""Contract: of several workers of a consumer one has the lease, until it ends or is released."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import attrs

from phananh.errors import InputError, LeaseLostError
from phananh.stores.base import Lease, Store
from phananh.testing.contract.base import (
    ContractError,
    ContractTests,
    check,
    check_is,
    expect_input_error,
    run_together,
)
from phananh.testing.sample_events import START, change, received

MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)
END = START + MINUTE
AT_ONCE = 0.5  # seconds


def claim(
    store: Store, *, now: datetime = START, until: datetime = END, name: str = "mail"
) -> Lease:
    """Claim a free consumer."""
    lease = store.claim(name, now, until)
    wanted = "not claimed before, released, or past the end of its lease"
    check(lease is not None, f"{name!r} is {wanted}, and a claim at {now} returned None")
    assert lease is not None  # just checked, for the reader of types
    return lease


def expect_lost(call: Callable[[], object], why: str) -> None:
    """Check that a lease is refused as lost."""
    try:
        call()
    except LeaseLostError:
        return
    raise ContractError(f"a lease still advances after {why}")


class ConsumerTests(ContractTests):
    """The worker that reads the feed for a consumer, and its position."""

    def _make_feed(self, count: int = 4) -> tuple[Store, list[str]]:
        """Return a store with that many events, and their positions."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(count)))
        return store, [entry.position for entry in store.scan()]

    def test_one_worker_has_the_lease(self) -> None:
        """While one worker holds a consumer, another gets no lease, by any handle."""
        store, _ = self._make_feed()
        lease = claim(store)
        check_is(("mail", None), (lease.consumer, lease.position), "the name and position at first")
        check_is(END, lease.until, "the end of the lease")
        other = self.close_later(self.connect(store))
        for now in (START, END - MICROSECOND):
            second = other.claim("mail", now, END + MINUTE)
            check(
                second is None, f"a claim at {now} got {second}, while another has it until {END}"
            )

    def test_refused_claim_returns_at_once(self) -> None:
        """A claim of what another worker has is None at once: the store waits for no lease."""
        store, _ = self._make_feed()
        claim(store)
        spent = []
        for _ in range(3):  # one may be slow for other reasons
            begin = time.monotonic()
            check(store.claim("mail", START, END) is None, "two workers have one consumer")
            spent.append(time.monotonic() - begin)
        said = f"claims of what another worker has took {spent} seconds: return None at once"
        check(min(spent) < AT_ONCE, said)

    def test_lease_is_taken_over_at_its_end(self) -> None:
        """From the instant at which a lease ends another worker may have it, and goes on there."""
        store, positions = self._make_feed()
        lease = store.advance(claim(store), positions[1])
        other = self.close_later(self.connect(store))
        taken = claim(other, now=END, until=END + MINUTE)
        check(taken.position == positions[1], f"taken over at {taken.position}")
        check(taken.number > lease.number, f"the numbers are {lease.number}, {taken.number}")

    def test_ends_of_leases_compare_as_instants(self) -> None:
        """Moments in several offsets, with and without microseconds, are in order of time."""
        store = self.new_store()
        until = datetime(2019, 11, 4, 1, 0, tzinfo=UTC)
        claim(store, now=until - MINUTE, until=until)
        west = timezone(timedelta(hours=-9, minutes=-30))
        early = (until - MICROSECOND).astimezone(west)
        check(store.claim("mail", early, until + MINUTE) is None, "taken over before its end")
        claim(store, now=until.astimezone(west), until=until + MINUTE)

    def test_number_grows_with_each_claim(self) -> None:
        """Each claim has a higher number, also after a release, so that old holders are known."""
        store = self.new_store()
        numbers = []
        for _ in range(12):
            lease = claim(store)
            numbers.append(lease.number)
            store.release(lease)
        check(numbers == sorted(set(numbers)), f"the numbers are {numbers}")

    def test_advance_renews_the_lease(self) -> None:
        """An advance records the position, and keeps the lease until the moment it says."""
        store, positions = self._make_feed()
        later = END + MINUTE
        lease = store.advance(claim(store), positions[0], until=later)
        check((lease.position, lease.until) == (positions[0], later), f"renewed to {lease}")
        check(
            store.claim("mail", later - MICROSECOND, later + MINUTE) is None, "it was not renewed"
        )
        check(
            claim(store, now=later, until=later + MINUTE).position == positions[0], "not recorded"
        )

    def test_advance_without_a_moment_leaves_the_end(self) -> None:
        """Then the lease ends when it did before."""
        store, positions = self._make_feed()
        lease = store.advance(claim(store), positions[0])
        check(lease.until == END, f"the lease ends at {lease.until}")
        check(store.claim("mail", END - MICROSECOND, END + MINUTE) is None, "it ended early")
        claim(store, now=END, until=END + MINUTE)

    def test_older_lease_moves_no_end_back(self) -> None:
        """An advance with a lease from before the last renewal leaves the end, unless it says."""
        store, positions = self._make_feed()
        first, later = claim(store), END + 9 * MINUTE
        store.advance(first, positions[0], until=later)
        found = store.advance(first, positions[1]).until  # without `until`, by the lease of before
        check(found == later, f"the lease ended at {later}, and now at {found}, which was not said")
        again = store.claim("mail", END + MINUTE, later)
        check(again is None, f"taken over at {END + MINUTE}, though the lease ends at {later}")
        store.advance(first, positions[1], until=END)
        claim(store, now=END, until=END + MINUTE)

    def test_lease_that_ended_advances_while_nobody_took_it(self) -> None:
        """A slow worker goes on, if no other worker came meanwhile."""
        store, positions = self._make_feed()
        lease = claim(store)
        store.advance(lease, positions[0], until=END + MINUTE)
        late = store.advance(lease, positions[1], until=END + 9 * MINUTE)
        check(late.position == positions[1], f"advanced to {late.position}")

    def test_advance_fails_after_a_takeover(self) -> None:
        """The old worker learns that it lost the lease, and the position of the new one stays."""
        store, positions = self._make_feed()
        old = store.advance(claim(store), positions[0])
        new = claim(store, now=END, until=END + MINUTE)
        expect_lost(partial(store.advance, old, positions[3]), "a takeover")
        new = store.advance(new, positions[1])
        expect_lost(partial(store.advance, old, positions[3]), "the new worker advanced")
        check(store.claim("mail", END, END + MINUTE) is None, "the new worker lost the lease")
        store.release(new)
        check(claim(store).position == positions[1], "the old worker moved the position")

    def test_advance_fails_after_a_release(self) -> None:
        """A lease that was released has no owner, and records no position."""
        store, positions = self._make_feed()
        lease = claim(store)
        store.release(lease)
        expect_lost(partial(store.advance, lease, positions[0]), "its release")
        check(claim(store).position is None, "a position was recorded")

    def test_advance_of_an_unknown_consumer_fails(self) -> None:
        """A lease that this store did not give is lost."""
        store, positions = self._make_feed()
        lease = Lease(consumer="mail", number=1, position=None, until=END)
        expect_lost(partial(store.advance, lease, positions[0]), "no claim at all")

    def test_position_never_goes_back(self) -> None:
        """A position before the recorded one is an InputError. The same one only renews."""
        store, positions = self._make_feed()
        lease = store.advance(claim(store), positions[2])
        for stale in (lease, attrs.evolve(lease, position=None)):
            back = partial(store.advance, stale, positions[1], until=END + MINUTE)
            expect_input_error(back, "a position went back")
        check(store.claim("mail", END - MICROSECOND, END) is None, "the lease was lost")
        again = store.advance(lease, positions[2], until=END + MINUTE)
        check(again.position == positions[2], f"the position is {again.position}")
        check(store.claim("mail", END, END + MINUTE) is None, "the same position did not renew")

    def test_position_never_goes_back_in_a_race(self) -> None:
        """Of two threads with one lease the one behind does not move it back (60 times)."""
        store, positions = self._make_feed(8)
        other = self.close_later(self.connect(store))

        def fall_behind(lease: Lease) -> None:
            with suppress(InputError):
                other.advance(lease, positions[0])

        for i in range(60):
            lease = claim(store, name=f"mail {i}")
            go_on = partial(store.advance, lease, positions[-1])
            outcomes = run_together([go_on, partial(fall_behind, lease)])
            check(isinstance(outcomes[0], Lease) and outcomes[1] is None, f"{outcomes}")
            store.release(lease)
            found = claim(store, name=f"mail {i}").position
            check(found == positions[-1], f"went back from {positions[-1]} to {found}")

    def test_positions_compare_as_places_in_the_feed(self) -> None:
        """From the 9th to the 10th entry a consumer goes on, not back."""
        store, positions = self._make_feed(11)
        lease = claim(store)
        for position in positions:
            lease = store.advance(lease, position)
        expect_input_error(partial(store.advance, lease, positions[8]), "a position went back")

    def test_release_frees_the_consumer_at_once(self) -> None:
        """After a release another worker need not wait. A second or late release has no effect."""
        store, positions = self._make_feed()
        old = store.advance(claim(store), positions[0])
        store.release(old)
        new = claim(store)
        check(new.position == positions[0], f"the position is {new.position}")
        for _ in range(2):
            store.release(old)
        check(store.claim("mail", START, END) is None, "an old lease released the new one")
        store.release(Lease(consumer="sms", number=1, position=None, until=END))

    def test_consumers_do_not_know_each_other(self) -> None:
        """Consumers are apart, also if their names differ in capitals or accents only."""
        store, positions = self._make_feed()
        names = ("mail", "Mail", "máil", "mail 2")
        leases = [claim(store, name=name) for name in names]
        for lease, position in zip(leases, positions, strict=True):
            store.advance(lease, position)
        found = [claim(store, name=name, now=END, until=END + MINUTE).position for name in names]
        check(found == positions, f"the positions are {found}")

    def test_claims_leave_the_feed_alone(self) -> None:
        """The claims of workers are no events."""
        store, positions = self._make_feed()
        store.release(store.advance(claim(store), positions[0]))
        check([entry.position for entry in store.scan()] == positions, "the feed changed")

    def test_lease_survives_reopening(self) -> None:
        """Position, number and end of a lease are kept when the store is closed."""
        self.skip_unless_declared("durable")
        store, positions = self._make_feed()
        lease = store.advance(claim(store), positions[1], until=END)
        again = self.close_later(self.reopen(store))
        check(again.claim("mail", START, END + MINUTE) is None, "the lease was lost")
        lease = again.advance(lease, positions[2])
        taken = claim(again, now=END, until=END + MINUTE)
        check((taken.position, taken.number > lease.number) == (positions[2], True), f"{taken}")

    def test_one_of_claiming_threads_wins(self) -> None:
        """Of eight workers that claim at once one has the lease, new or taken over: 40 times."""
        store = self.new_store()
        handles = [self.close_later(self.connect(store)) for _ in range(8)]
        numbers: dict[str, list[int]] = {}
        for i in range(20):
            now = START + i * MINUTE
            for name in (f"new-{i}", "known"):
                calls = [partial(each.claim, name, now, now + MINUTE) for each in handles]
                outcomes = run_together(calls)
                won = [outcome for outcome in outcomes if isinstance(outcome, Lease)]
                check(len(won) == 1, f"{len(won)} of eight have {name}: {outcomes}")
                check(outcomes.count(None) == 7, f"the others got {outcomes}")
                numbers.setdefault(name, []).append(won[0].number)
        known = numbers["known"]
        check(known == sorted(set(known)), f"the numbers are {known}")
