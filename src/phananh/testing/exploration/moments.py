"""When acts are tried in a state: soon, at the last instant in time, and just after it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from phananh.regulation.case import Case

SOON = timedelta(minutes=1)
_INSTANT = timedelta.resolution
INSIDE, AT_DUE, AFTER_DUE, NO_CLOCK = "inside", "at due", "after due", "no clock"


def list_moments(case: Case) -> Iterator[tuple[str, datetime]]:
    """Yield the positions of the clock, and their moments.

    Under the reading that a limit is late from the next opening on, both instants are tried.
    """
    last, limit = case.updated_at, case.clock
    if limit is None:
        yield NO_CLOCK, last + SOON
        return
    if last < limit.due:
        yield INSIDE, _find_inside(last, limit.due)
    for instant in sorted({limit.due, limit.late_after}):
        if instant >= last:
            yield AT_DUE, instant
    yield AFTER_DUE, max(limit.late_after, last) + _INSTANT


def _find_inside(last: datetime, due: datetime) -> datetime:
    """Return a minute later, or halfway where that would be the due instant."""
    soon = last + SOON
    return soon if soon < due else last + (due - last) / 2
