"""Half-open spans of time, and the working time given to a limit: the evidence of Art. 9."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import attrs

from phananh.errors import InputError
from phananh.plain_value import PlainValue
from phananh.worktime.instants import require_aware

_ZERO = timedelta()


def time_between(a: datetime, b: datetime) -> timedelta:
    """Return the time that passes from `a` to `b`, negative when `b` is earlier.

    Python compares and subtracts two datetimes of one zone by the clock on the wall, which is
    wrong across a change of clocks.
    """
    if a.tzinfo is b.tzinfo is not None:
        return b - a + (a.utcoffset() or _ZERO) - (b.utcoffset() or _ZERO)
    return b - a


def _check_start(t: datetime) -> datetime:
    return require_aware(t, "start")


def _check_end(t: datetime) -> datetime:
    return require_aware(t, "end")


def _to_utc(t: datetime) -> datetime:
    """Return an instant by which two are equal, in any zones, and a second 01:30 is not."""
    return t.astimezone(UTC)


@attrs.frozen
class Span(PlainValue):
    """The time from `start` up to, not including, `end`. Spans compare by their instants."""

    start: datetime = attrs.field(converter=_check_start, eq=_to_utc)
    end: datetime = attrs.field(converter=_check_end, eq=_to_utc)

    @end.validator
    def _check_order(self, _: object, end: datetime) -> None:
        if time_between(self.start, end) < _ZERO:
            facts = {"start": str(self.start), "end": str(end)}
            raise InputError(code="ends_before_it_starts", field="span", **facts)

    @property
    def length(self) -> timedelta:
        """How much time elapses between the two ends, whatever the clocks of the zone do."""
        return time_between(self.start, self.end)

    def __contains__(self, t: datetime) -> bool:
        """Say whether `t` lies in the span; the end does not."""
        return time_between(self.start, t) >= _ZERO > time_between(self.end, t)


_new, _set = object.__new__, object.__setattr__


def make_spans(pairs: Iterable[tuple[datetime, datetime]]) -> tuple[Span, ...]:
    """Return the spans of pairs that are known to be in order: there is nothing to check."""
    spans = []
    for start, end in pairs:
        span = _new(Span)
        _set(span, "start", start)
        _set(span, "end", end)
        spans.append(span)
    return tuple(spans)


@attrs.frozen(kw_only=True, slots=False)  # quicker to make
class Allotment(PlainValue):
    """A budget laid out on a calendar (Art. 9): the spans that use it up, and when it is due.

    `spans` are in order, disjoint, and add up to the budget; the last one ends at `due`.
    `version` is the calendar's, so that the answer can be recomputed later.
    """

    start: datetime
    budget: timedelta
    due: datetime
    spans: tuple[Span, ...]
    provisional: bool
    calendar: str
    version: str
