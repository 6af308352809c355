"""Consumers of the feed in a table: every change is gated on the lease as it was read."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import attrs

from phananh.errors import LeaseLostError
from phananh.stores.base import Lease
from phananh.stores.leases import END, LONG_AGO, check_claim, position_back_error, renew_lease
from phananh.stores.paging import format_instant
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.session import LostRaceError, Select, Session

TRIES = 5  # how often writing a lease may lose a race
Transact = Callable[[Callable[[Session], object]], object]


@attrs.frozen
class Consumers:
    """The table of consumers: claiming, advancing and releasing."""

    dialect: Dialect
    select: Select
    transact: Transact

    def claim(
        self, consumer: str, now: datetime, until: datetime, start: str | None
    ) -> Lease | None:
        """Return the lease of a consumer, or None while another holds it past `now`."""
        consumer, now, until = check_claim(consumer, now, until)
        position = self.dialect.find_end(self.select) if start == END else start
        self.dialect.parse_position(self.select, position)
        rows = self.select(self.dialect.sql.consumer, (consumer,))
        number, reached, end = rows[0] if rows else (0, position, None)
        if end is not None and end > format_instant(now):
            return None
        held = None if end is None else (number, end, reached)
        lease = Lease(consumer=consumer, number=number + 1, position=reached, until=until)
        return lease if self._keep(lease, held) else None

    def advance(self, lease: Lease, position: str, until: datetime | None) -> Lease:
        """Record that everything up to `position` was dealt with, and renew the lease."""
        parse = self.dialect.parse_position
        for _ in range(TRIES):  # one worker may have several threads
            reached, end = self._require_held(lease)
            if parse(self.select, position) < parse(self.select, reached):
                raise position_back_error(position, reached)
            held = attrs.evolve(lease, until=_read_end(lease, end))
            renewed = renew_lease(held, position, until)
            if self._keep(renewed, (lease.number, end, reached)):
                return renewed
        raise LeaseLostError(consumer=lease.consumer, number=lease.number)

    def release(self, lease: Lease) -> None:
        """End a lease now, unless another worker claimed it since."""
        with suppress(LeaseLostError):
            for _ in range(TRIES):
                reached, end = self._require_held(lease)
                ended = attrs.evolve(lease, position=reached, until=LONG_AGO)
                if self._keep(ended, (lease.number, end, reached)):
                    return

    def _require_held(self, lease: Lease) -> tuple[str | None, str]:
        """Return how far a consumer has come, and until when its lease runs."""
        rows = self.select(self.dialect.sql.consumer, (lease.consumer,))
        number, reached, end = rows[0] if rows else (0, None, "")
        if number != lease.number or end == format_instant(LONG_AGO):
            raise LeaseLostError(consumer=lease.consumer, number=lease.number)
        return reached, end

    def _keep(self, lease: Lease, held: tuple[int, str, str | None] | None) -> bool:
        """Write a lease if the one before is still as it was read, and return whether it was."""
        values = (lease.position, format_instant(lease.until))

        def work(session: Session) -> None:
            self.dialect.limit_wait(session)
            if held is None:
                session.execute(self.dialect.sql.insert_consumer, (lease.consumer, *values))
                return
            number, end, reached = held
            gate = (lease.number, *values, lease.consumer, number, end, reached or "")
            if session.execute(self.dialect.sql.update_consumer, gate).rowcount != 1:
                raise LostRaceError

        try:
            self.transact(work)
        except LostRaceError:
            return False
        return True


def _read_end(lease: Lease, end: str) -> datetime:
    """Return the stored end of a lease, in the zone of the worker's if that is the same instant."""
    return lease.until if format_instant(lease.until) == end else datetime.fromisoformat(end)
