"""Defects of consumers: leases that two have, that are lost or last, positions that go back."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import time
from contextlib import suppress
from datetime import datetime, timedelta

import attrs

from phananh.errors import InputError, LeaseLostError
from phananh.stores.base import Lease
from phananh.stores.leases import LONG_AGO, check_position, renew_lease
from phananh.stores.memory import MemoryStore
from phananh.stores.paging import read_position
from tests.testing.broken_stores.seeded import found_by

MICROSECOND = timedelta(microseconds=1)
Start = str | None


class _Claiming(MemoryStore):
    """Claims otherwise."""

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        return self._claim(consumer, now, until, start)

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        return super().claim(consumer, now, until, start=start)


@found_by("test_one_worker_has_the_lease")
class LeasesToEverybody(_Claiming):
    """Gives a lease to whoever asks."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        if (held := self._leases.get(consumer)) is not None:
            self._leases[consumer] = attrs.evolve(held, until=LONG_AGO)
        return super()._claim(consumer, now, until, start)


@found_by("test_refused_claim_returns_at_once")
class WaitsForTheLease(_Claiming):
    """Waits for a consumer that another worker has."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        lease = super()._claim(consumer, now, until, start)
        if lease is None:
            time.sleep(0.6)
        return lease


@found_by("test_lease_is_taken_over_at_its_end")
class LeasesAMomentLonger(_Claiming):
    """Holds a lease at the instant at which it ends."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        return super()._claim(consumer, now - MICROSECOND, until, start)


@found_by("test_ends_of_leases_compare_as_instants")
class EndsByText(_Claiming):
    """Compares moments as they are written."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        held = self._leases.get(consumer)
        if held is not None and held.until.isoformat() > now.isoformat():
            return None
        self._leases.pop(consumer, None)
        return super()._claim(consumer, now, until, start)


@found_by("test_number_grows_with_each_claim")
class ForgetsReleasedNumbers(MemoryStore):
    """Begins to number anew after a release."""

    def release(self, lease: Lease, /) -> None:
        super().release(lease)
        self._leases[lease.consumer] = attrs.evolve(self._leases[lease.consumer], number=0)


@found_by("test_advance_renews_the_lease")
class NeverRenews(MemoryStore):
    """Records the position, and lets the lease run out."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        renewed = super().advance(lease, position)
        return renewed if until is None else attrs.evolve(renewed, until=until)


@found_by("test_advance_without_a_moment_leaves_the_end")
class EndsAtAnAdvance(MemoryStore):
    """Ends a lease that is not renewed."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        return super().advance(lease, position, until=until or LONG_AGO + MICROSECOND)


@found_by("test_older_lease_moves_no_end_back")
class EndsAsTheWorkerSays(MemoryStore):
    """Takes the end of the lease from the worker, whose lease may be an older one."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        return super().advance(lease, position, until=until or lease.until)


@found_by("test_lease_that_ended_advances_while_nobody_took_it")
class HasAClockOfItsOwn(MemoryStore):
    """Refuses a lease that has ended by the machine's clock."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        if lease.until.timestamp() < time.time():
            raise LeaseLostError(consumer=lease.consumer, number=lease.number)
        return super().advance(lease, position, until=until)


@found_by("test_advance_fails_after_a_takeover")
class KnowsNoNumbers(MemoryStore):
    """Lets a worker go on that lost its lease."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        held = self._leases.get(lease.consumer, lease)
        return super().advance(attrs.evolve(lease, number=held.number), position, until=until)


@found_by("test_advance_fails_after_a_release")
class AdvancesWhatWasReleased(MemoryStore):
    """Lets a worker go on that released its lease."""

    def release(self, lease: Lease, /) -> None:
        with suppress(LeaseLostError):
            held = self._require_lease(lease)
            self._leases[lease.consumer] = attrs.evolve(held, until=LONG_AGO + MICROSECOND)


@found_by("test_advance_of_an_unknown_consumer_fails")
class AdvancesTheUnknown(MemoryStore):
    """Inserts the position where there is none to update."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        self._leases.setdefault(lease.consumer, lease)
        return super().advance(lease, position, until=until)


@found_by("test_position_never_goes_back")
class GoesBack(MemoryStore):
    """Believes the position that the worker brings."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        held = self._require_lease(lease)
        self._leases[lease.consumer] = attrs.evolve(held, position=lease.position)
        return super().advance(lease, position, until=until)


@found_by("test_position_never_goes_back_in_a_race")
class LooksThenAdvances(MemoryStore):
    """Looks how far a consumer has come, lets others run, and records the position."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        reached = read_position(self._require_lease(lease).position)
        if int(position) < reached:
            raise InputError(field="position", code="position_back", value=position, reached="")
        time.sleep(0.0001)
        self._leases[lease.consumer] = renewed = renew_lease(lease, position, until)
        return renewed


@found_by("test_positions_compare_as_places_in_the_feed")
class PlacesAsText(MemoryStore):
    """Compares positions as text: 10 before 9."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        check_position(position, len(self._feed))
        if position < (self._require_lease(lease).position or ""):
            raise InputError(field="position", code="position_back", value=position, reached="")
        self._leases[lease.consumer] = renewed = renew_lease(lease, position, until)
        return renewed


@found_by("test_release_frees_the_consumer_at_once")
class ReleasesAnybodys(MemoryStore):
    """Releases the lease of whoever has it now."""

    def release(self, lease: Lease, /) -> None:
        held = self._leases.get(lease.consumer, lease)
        super().release(attrs.evolve(lease, number=held.number))


@found_by("test_consumers_do_not_know_each_other")
class NamesWithoutCapitals(_Claiming):
    """Takes "Mail" for "mail"."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        return super()._claim(consumer.lower(), now, until, start)


@found_by("test_claims_leave_the_feed_alone")
class ClaimsAreEvents(_Claiming):
    """Records a claim as an entry of the feed."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        self._feed.extend(self._feed[-1:])
        return super()._claim(consumer, now, until, start)


@found_by("test_one_of_claiming_threads_wins")
class LooksThenClaims(_Claiming):
    """Looks whether a consumer is free, lets others run, and takes it."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        held = self._leases.get(consumer)
        if held is not None and held.until > now:
            return None
        time.sleep(0.0005)
        number = 1 if held is None else held.number + 1
        lease = Lease(consumer=consumer, number=number, position=None, until=until)
        self._leases[consumer] = lease
        return lease


@found_by("test_new_consumer_begins_where_it_likes")
class BeginsAtTheBeginning(_Claiming):
    """Takes "end" for no position."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        return super()._claim(consumer, now, until, None if start == "end" else start)


@found_by("test_end_of_an_empty_feed_is_its_beginning")
class HasNoEndAtFirst(_Claiming):
    """Looks for the last entry, and there is none."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        if start == "end":
            start = self.scan(limit=10**6)[-1].position
        return super()._claim(consumer, now, until, start)


@found_by("test_known_consumer_goes_on_where_it_stood")
class BeginsAnew(_Claiming):
    """Begins where a claim says, though the consumer is known."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        lease = super()._claim(consumer, now, until, start)
        if lease is None or start is None:
            return lease
        at = str(len(self._feed)) if start == "end" else start
        self._leases[consumer] = lease = attrs.evolve(lease, position=at)
        return lease


@found_by("test_foreign_start_is_refused")
class KeepsARefusedClaim(_Claiming):
    """Records the consumer before it looks at its start."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        try:
            return super()._claim(consumer, now, until, start)
        except InputError:
            super()._claim(consumer, now, now + MICROSECOND, None)
            self._leases[consumer] = attrs.evolve(self._leases[consumer], until=LONG_AGO)
            raise


@found_by("test_foreign_position_is_not_advanced_to")
class AdvancesToAnything(MemoryStore):
    """Keeps whatever a worker calls a position."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        with suppress(InputError):
            return super().advance(lease, position, until=until)
        self._leases[lease.consumer] = renewed = renew_lease(lease, position, until)
        return renewed


@found_by("test_claim_that_is_none_is_refused")
class TakesAnyClaim(_Claiming):
    """Gives a lease that ends before it begins."""

    def _claim(self, consumer: str, now: datetime, until: datetime, start: Start) -> Lease | None:
        return super()._claim(consumer, now, now + MICROSECOND if until == now else until, start)
