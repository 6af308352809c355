"""Cursors: where a page ends, so that the next begins there, whatever came in between.

A cursor is the sort key of the last row, not a count: rows added before it shift nothing.
"""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from phananh.errors import InputError, short_repr
from phananh.stores.base import IndexRow, Query

_TEXT = "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ"


def format_instant(at: datetime) -> str:
    """Return an instant as text that sorts as time does: UTC, six digits, Z."""
    return _utc_text(at, at.tzinfo, at.fold)


@lru_cache(maxsize=1024)  # an act's moment and its due time are each written several times
def _utc_text(at: datetime, _zone: tzinfo | None, _fold: int) -> str:
    """Return the text; equal datetimes of one zone and one fold are one instant."""
    t = at.astimezone(UTC)
    moment = t.year, t.month, t.day, t.hour, t.minute, t.second, t.microsecond
    return _TEXT % moment  # isoformat takes twice as long


def sort_key(row: IndexRow, query: Query) -> tuple[str, str]:
    """Return what the query orders by: (due, case) or (received_at, case)."""
    at = row.received_at if query.due_before is None else row.due
    assert at is not None  # a row without a limit is never found by its due time
    return format_instant(at), row.case


def make_cursor(row: IndexRow, query: Query) -> str:
    """Return the cursor that resumes after `row`."""
    return write_cursor(sort_key(row, query), query)


def write_cursor(key: tuple[str, str], query: Query) -> str:
    """Return the cursor that resumes after the row with this sort key."""
    return "|".join((_order(query), *key))


def read_cursor(query: Query) -> tuple[str, str] | None:
    """Return the sort key after which the page begins, or None at the first.

    Raises:
        InputError: no cursor of this kind of query.
    """
    if query.after is None:
        return None
    order, _, rest = query.after.partition("|")
    at, bar, case = rest.partition("|")
    if order != _order(query) or not bar or not is_instant(at):
        raise InputError(field="after", code="cursor_unknown", value=short_repr(query.after))
    return at, case


def read_position(after: object) -> int:
    """Return a feed position that counts events; none is 0."""
    if after is None:
        return 0
    is_text = isinstance(after, str) and after.isascii() and after.isdigit()
    if not (is_text and len(str(after)) < 19):
        raise InputError(field="after", code="position_unknown", value=short_repr(after))
    return int(str(after))


def ahead_error(position: int, last: int) -> InputError:
    """Return the error for a position behind the last one, as of a store that came later."""
    return InputError(field="after", code="position_ahead", value=str(position), last=str(last))


def _order(query: Query) -> str:
    return "received" if query.due_before is None else "due"


def is_instant(text: str) -> bool:
    """Return whether this is the text of an instant, as `format_instant` writes it."""
    try:
        return format_instant(datetime.fromisoformat(text)) == text
    except ValueError:
        return False
