"""A clock that stops until a test moves it: time is an argument in tests too.

This file also reads the text of a duration, such as "1h30m", and of an instant, such as "2025-04-21
09:00".
"""

import re
from datetime import UTC, datetime, timedelta

from phananh.errors import InputError, short_repr
from phananh.regulation.case import Case
from phananh.regulation.cleaning import clean_instant
from phananh.worktime.instants import VIETNAM, require_timedelta

_UNITS = {
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
    "ms": timedelta(milliseconds=1),
    "us": timedelta(microseconds=1),
}
_DURATION = re.compile(
    "(-?)(?=[0-9])" + "".join(f"(?:([0-9]{{1,6}}){unit}(?![a-z]))?" for unit in _UNITS)
)


def parse_duration(given: timedelta | str, *, field: str = "by") -> timedelta:
    """Return an amount of elapsed time from a text such as "1h30m", "2d", "-5m" or "1us".

    A day is 24 hours, whatever the office hours are.

    Args:
        given: a timedelta, or text of d, h, m, s, ms and us, in this order.
        field: its name in an error.

    Raises:
        InputError: other text. InputTypeError: neither text nor a timedelta.
    """
    if not isinstance(given, str):
        return require_timedelta(given, field)
    found = _DURATION.fullmatch(given)
    if found is None:
        raise InputError(field=field, code="not_a_duration", value=short_repr(given))
    sign, *amounts = found.groups()
    parts = zip(_UNITS.values(), amounts, strict=True)
    span = sum((unit * int(amount) for unit, amount in parts if amount), timedelta())
    return -span if sign else span


def parse_instant(given: datetime | str, *, field: str = "at") -> datetime:
    """Return an aware instant. ISO text without an offset is on the clock in Vietnam.

    Raises:
        InputError: a naive datetime, or other text.
    """
    if not isinstance(given, str):
        return clean_instant(given, field=field)
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise InputError(field=field, code="not_iso_text", value=short_repr(given)) from None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


class ManualClock:
    """A clock that shows the instant it was set to. You call it to read it.

    Example:
        >>> clock = ManualClock("2019-11-04 08:00")
        >>> clock.advance("1h30m")
        >>> clock().isoformat()
        '2019-11-04T09:30:00+07:00'
    """

    def __init__(self, at: datetime | str) -> None:
        """Show `at`, an aware datetime or ISO text. A naive datetime is an `InputError`."""
        self._at = parse_instant(at)

    def __call__(self) -> datetime:
        """Return the instant shown."""
        return self._at

    def __repr__(self) -> str:
        """Return the instant shown, as text."""
        return f"ManualClock({self._at.isoformat()!r})"

    def set(self, at: datetime | str) -> None:
        """Show `at`, earlier than now too: clocks of machines do go back."""
        self._at = parse_instant(at)

    def advance(self, by: timedelta | str) -> None:
        """Move on by elapsed time, such as "1h30m", whatever the clocks of the zone do.

        Raises:
            InputError: a negative amount, as it does not move back, or text that is no amount.
        """
        span = parse_duration(by)
        if span < timedelta():
            raise InputError(field="by", code="moves_back", value=str(by))
        self._at = _shift(self._at, span)

    def to_due(self, case: Case, *, plus: timedelta | str = timedelta()) -> None:
        """Show the instant at which the running limit of a case is due, and `plus` after it.

        That instant itself is in time, and "1us" later the case is late, unless the rules say
        otherwise. "-2h" leaves two hours.

        Raises:
            InputError: no limit of the case runs.
        """
        if case.due is None:
            raise InputError(field="case", code="no_limit_runs", case=case.id, state=case.state)
        self._at = _shift(case.due, parse_duration(plus, field="plus"))


def _shift(at: datetime, by: timedelta) -> datetime:
    return (at.astimezone(UTC) + by).astimezone(at.tzinfo)
