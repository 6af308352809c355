"""Defects of positions: the store takes one that its feed has not reached yet."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

from datetime import datetime

import attrs

from phananh.stores.base import FeedEntry, Lease
from phananh.stores.leases import check_position, position_back_error, renew_lease
from phananh.stores.memory import MemoryStore
from phananh.stores.paging import read_position
from tests.testing.broken_stores.seeded import found_by

SCANNED = "test_position_ahead_of_the_feed_is_refused"


@found_by(SCANNED)
class ScansAheadOfTheFeed(MemoryStore):
    """Finds nothing behind a position that it has not given."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        return super().scan(after, limit=limit) if read_position(after) <= len(self._feed) else ()


@found_by(SCANNED)
class ForgivesOnePosition(MemoryStore):
    """Takes the position that comes next for one that it gave."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        found = check_position(after, len(self._feed) + 1)
        return super().scan(after, limit=limit) if found <= len(self._feed) else ()


@found_by("test_position_ahead_of_the_feed_is_not_advanced_to")
class AdvancesAheadOfTheFeed(MemoryStore):
    """Compares the position of a worker with the last one only, not with the feed."""

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        reached = self._require_lease(lease).position
        if read_position(position) < read_position(reached):
            raise position_back_error(position, reached)
        self._leases[lease.consumer] = renewed = renew_lease(lease, position, until)
        return renewed


@found_by("test_start_ahead_of_the_feed_is_refused")
class BeginsAheadOfTheFeed(MemoryStore):
    """Lets a consumer begin at any number."""

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        is_number = start is not None and start.isdigit()
        lease = super().claim(consumer, now, until, start=None if is_number else start)
        if lease is not None and is_number and lease.position is None:
            self._leases[consumer] = lease = attrs.evolve(lease, position=start)
        return lease
