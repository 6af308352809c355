"""Consumers of the feed: which leases and positions are valid, alike in every store."""

from datetime import UTC, datetime

import attrs

from phananh.errors import InputError, short_repr
from phananh.regulation.cleaning import clean_instant, clean_text, is_blank
from phananh.stores.base import Lease
from phananh.stores.paging import ahead_error, read_position

END = "end"  # where a consumer may start, instead of a position
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # until when a lease that was released runs
LONG_NAME = 100


def check_claim(consumer: object, now: object, until: object) -> tuple[str, datetime, datetime]:
    """Return the arguments of a claim, cleaned.

    Raises:
        InputError: a blank or long name, a naive time, or a lease that ends before it begins.
    """
    name = clean_text(consumer, field="consumer", limit=LONG_NAME)
    if is_blank(name):
        raise InputError(field="consumer", code="blank_option")
    begin, end = clean_instant(now, field="now"), clean_instant(until, field="until")
    if end <= begin:
        raise InputError(field="until", code="lease_ends_early", now=begin.isoformat())
    return name, begin, end


def check_position(position: object, last: int) -> int:
    """Return a position that counts events, of which there are `last`."""
    found = read_position(position)
    if found > last:
        raise ahead_error(found, last)
    return found


def position_back_error(position: str, reached: str | None) -> InputError:
    """Return the error for a position before the one that a consumer has reached."""
    return InputError(
        field="position", code="position_back", value=short_repr(position), reached=reached
    )


def renew_lease(held: Lease, position: str, until: datetime | None) -> Lease:
    """Return a lease that has come to a position, and runs until then or as long as it did.

    `held` is the lease as it is stored. The one that a worker brings may be older, and end earlier.
    """
    end = held.until if until is None else clean_instant(until, field="until")
    return attrs.evolve(held, position=position, until=end)
