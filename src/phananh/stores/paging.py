"""Cursors of lists and positions of the feed: where a page ends, and how far a consumer has come.

A cursor is the sort key of the last row, not a count: rows added before it do not shift it. Which
leases and positions are valid is alike in every store.
"""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Literal, NamedTuple

import attrs

from phananh.errors import InputError, short_repr
from phananh.regulation.cleaning import clean_instant, clean_text, is_blank, is_same_id
from phananh.stores.base import IndexRow, Lease, Order, Query, list_duties

Part = Literal["oldest", "newest", "due", "ends", "none"]
_FIRST: dict[Order, Part] = {"due": "due", "urgent": "ends"}  # of a list by time, in this order

_TEXT = "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ"


def format_instant(at: datetime) -> str:
    """Return an instant as text that sorts as time does: UTC, six digits, Z."""
    return _utc_text(at, at.tzinfo, at.fold)


@lru_cache(maxsize=1024)  # an act's moment and its due time are each written several times
def _utc_text(at: datetime, _zone: tzinfo | None, _fold: int) -> str:
    """Return the text. Equal datetimes of one zone and one fold are one instant."""
    t = at.astimezone(UTC)
    moment = t.year, t.month, t.day, t.hour, t.minute, t.second, t.microsecond
    return _TEXT % moment  # isoformat takes twice as long


class Key(NamedTuple):
    """The position of a row in a list: its place in the `part` of the list that it belongs to.

    A list by due time has two parts: "due", and then "none", the cases without a running limit
    by the time of their receipt. One by urgency has "ends" and "none". The other lists have one,
    named like their order.
    """

    part: Part
    at: str
    case: str


def list_parts(query: Query) -> tuple[Part, ...]:
    """Return the parts of the list that a query asks for, in order."""
    first: Part = _FIRST.get(query.order, query.order)  # type: ignore[arg-type]  # it has urgent
    is_whole = query.order not in _FIRST or query.due_before is not None
    return (first,) if is_whole else (first, "none")


def list_variants(query: Query) -> tuple[Query, ...]:
    """Return queries of which one finds each row of `query`, and that are for nobody."""
    if query.for_ is None:
        return (query,)
    duties = (each for each in list_duties(query.for_) if _can_both_hold(query, each))
    return tuple(attrs.evolve(query, for_=None, **each) for each in duties)


def _can_both_hold(query: Query, duty: dict[str, object]) -> bool:
    given = ((getattr(query, name), value) for name, value in duty.items())
    return all(
        one is None or one == other or (isinstance(one, str) and is_same_id(one, str(other)))
        for one, other in given
    )


def sort_key(row: IndexRow, query: Query) -> Key:
    """Return the position of a row. Lists are sorted by it, the newest first in reverse."""
    part = list_parts(query)[0]
    end = {"due": row.due, "ends": row.urgent_at}.get(part, row.received_at)
    if end is None:
        return Key("none", format_instant(row.received_at), row.case)
    return Key(part, format_instant(end), row.case)


def write_cursor(key: Key) -> str:
    """Return the cursor that resumes after the row with this key."""
    return f"{key.part}|{key.at}|{key.case}"


def read_cursor(query: Query) -> Key | None:
    """Return the key after which the page begins, or None at the first.

    Raises:
        InputError: no cursor of this kind of query.
    """
    if query.after is None:
        return None
    name, _, rest = query.after.partition("|")
    at, bar, case = rest.partition("|")
    for part in list_parts(query):
        if part == name and bar and is_instant(at):
            return Key(part, at, case)
    raise InputError(field="after", code="cursor_unknown", value=short_repr(query.after))


def read_position(after: object) -> int:
    """Return a feed position that counts events, 0 for None."""
    if after is None:
        return 0
    is_text = isinstance(after, str) and after.isascii() and after.isdigit()
    if not (is_text and len(str(after)) < 19):
        raise InputError(field="after", code="position_unknown", value=short_repr(after))
    return int(str(after))


def ahead_error(position: object, last: object) -> InputError:
    """Return the error for a position behind the last one, as of a store that came later."""
    return InputError(field="after", code="position_ahead", value=str(position), last=str(last))


def is_instant(text: str) -> bool:
    """Return whether this is the text of an instant, as `format_instant` writes it."""
    try:
        return format_instant(datetime.fromisoformat(text)) == text
    except ValueError:
        return False


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
        raise InputError(field="consumer", code="blank_name")
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
