"""Half-open spans of time, and the working time given to a limit: the evidence of Art. 9."""

from datetime import datetime, timedelta

import attrs

from phananh.errors import InputError


@attrs.frozen
class Span:
    """The time from `start` up to, not including, `end`."""

    start: datetime
    end: datetime = attrs.field()

    @end.validator
    def _ordered(self, _: object, end: datetime) -> None:
        if end < self.start:
            raise InputError(field="span", problem=f"ends at {end}, before it starts: {self.start}")

    @property
    def length(self) -> timedelta:
        """How much time elapses between the two ends, whatever the clocks of the zone do."""
        if self.start.tzinfo is self.end.tzinfo and self.start.tzinfo is not None:
            offsets = (self.start.utcoffset(), self.end.utcoffset())
            shift = (offsets[0] or timedelta()) - (offsets[1] or timedelta())
            return self.end - self.start + shift
        return self.end - self.start

    def __contains__(self, t: datetime) -> bool:
        """Say whether `t` lies in the span; the end does not."""
        return self.start <= t < self.end


@attrs.frozen(kw_only=True)
class Allotment:
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
