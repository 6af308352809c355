"""Whether a case is still the one that was seen: its version, and the moment of its last event."""

from datetime import datetime, timedelta

from phananh.errors import ClockError, ConflictError
from phananh.regulation.case import Case
from phananh.regulation.context import DecisionContext
from phananh.regulation.decide import find_pending_lapse


def check_version(case: Case, expected: int | None, context: DecisionContext) -> None:
    """Refuse a stored case of another version than the one that was seen.

    A lapse that is due, but not recorded yet, may have been seen or not.

    Raises:
        ConflictError: somebody recorded since.
    """
    if expected is None or expected == case.version:
        return
    if expected != case.version + len(find_pending_lapse(case, context)):
        raise ConflictError(case=case.id, expected=expected, actual=case.version, fresh=case)


def make_clock_error(case: Case, now: datetime, *, allowed: timedelta) -> ClockError:
    """Return the error for a clock that is too far behind the last event of a case."""
    last = case.updated_at
    return ClockError(
        case=case.id,
        now=now.isoformat(),
        last=last.astimezone(now.tzinfo).isoformat(),
        behind=last - now,
        allowed=allowed,
    )
