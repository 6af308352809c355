"""Half-open spans of time, and the working time of a limit as spans (Art. 9)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import attrs

from phananh.errors import InputError
from phananh.plain_value import PlainValue
from phananh.worktime.instants import require_aware

_ZERO = timedelta()


def time_between(start: datetime, end: datetime) -> timedelta:
    """Return the time that passes from `start` to `end`, negative if `end` is earlier.

    Python compares and subtracts two datetimes of one zone by the wall clock, which is wrong
    across a change of clocks.
    """
    if start.tzinfo is end.tzinfo is not None:
        return end - start + (start.utcoffset() or _ZERO) - (end.utcoffset() or _ZERO)
    return end - start


def _check_start(at: datetime) -> datetime:
    return require_aware(at, "start")


def _check_end(at: datetime) -> datetime:
    return require_aware(at, "end")


def _to_utc(at: datetime) -> datetime:
    """Return an instant in UTC, so that zones do not matter, and a second 01:30 differs."""
    return at.astimezone(UTC)


@attrs.frozen(repr=False)
class Span(PlainValue):
    """The time from `start` up to, not including, `end`. Spans compare by their instants.

    Raises:
        InputError: an end has no offset, or `end` is before `start`.
        InputTypeError: an end is not a datetime.

    Example:
        >>> for span in vietnam_calendar("VP").spans(friday, friday + timedelta(days=1)):
        ...     print(span, "|", span.length)
        2025-04-25 15:00:00+07:00 to 2025-04-25 17:00:00+07:00 | 2:00:00
        2025-04-26 07:00:00+07:00 to 2025-04-26 11:30:00+07:00 | 4:30:00
        2025-04-26 13:30:00+07:00 to 2025-04-26 15:00:00+07:00 | 1:30:00
        >>> friday in Span(friday, friday + timedelta(hours=2))
        True
    """

    start: datetime = attrs.field(converter=_check_start, eq=_to_utc)
    end: datetime = attrs.field(converter=_check_end, eq=_to_utc)

    @end.validator
    def _check_order(self, _: object, end: datetime) -> None:
        if time_between(self.start, end) < _ZERO:
            raise InputError(
                code="ends_before_it_starts", field="span", start=str(self.start), end=str(end)
            )

    @property
    def length(self) -> timedelta:
        """How much time passes between the two ends, across changes of clocks too."""
        return time_between(self.start, self.end)

    def _to_line(self) -> str:
        """Return both ends: `2026-01-09 15:00:00+07:00 to 2026-01-09 17:30:00+07:00`."""
        return f"{self.start} to {self.end}"

    def __contains__(self, at: datetime) -> bool:
        """Return whether an instant lies in the span. The end does not."""
        return time_between(self.start, at) >= _ZERO > time_between(self.end, at)


_new, _set = object.__new__, object.__setattr__


def make_spans(pairs: Iterable[tuple[datetime, datetime]]) -> tuple[Span, ...]:
    """Return the spans of pairs that are known to be in order, without a check."""
    spans = []
    for start, end in pairs:
        span = _new(Span)
        _set(span, "start", start)
        _set(span, "end", end)
        spans.append(span)
    return tuple(spans)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)  # quicker to make
class Allotment(PlainValue):
    """A budget laid out on a calendar (Art. 9): the spans that use it up, and when it is due.

    `spans` are in order, disjoint, and add up to the budget. The last one ends at `due`.
    `provisional` says that a later notice may move it. `calendar` is the calendar's name, and
    `version` its version, so that you can recompute the answer later.
    """

    start: datetime
    budget: timedelta
    due: datetime
    spans: tuple[Span, ...]
    provisional: bool
    calendar: str
    version: str
