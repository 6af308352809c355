"""The steps of a deadline: each stretch of working time, and what was closed before it (Art. 9)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from phananh.plain_data import item_to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.explain.gaps import Gap, gap_before
from phananh.worktime.span import Span

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar


@attrs.frozen(kw_only=True)
class Step(PlainValue):
    """A stretch of working time, how much of the budget it uses and how much is left.

    `day` is the date on which it starts, and `gap` the closed time before it, or None.
    """

    start: datetime
    end: datetime
    worked: timedelta
    left: timedelta
    day: DayInfo
    gap: Gap | None = None

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `from`, `to`, `worked_us`, `left_us` and, if time was closed before, `gap`."""
        plain: dict[str, Any] = {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            **item_to_plain("worked", self.worked, lang),
            **item_to_plain("left", self.left, lang),
        }
        return plain if self.gap is None else {**plain, "gap": self.gap.as_dict(lang)}


def steps_of(
    calendar: "WorkCalendar", start: datetime, left: timedelta, spans: Iterable[Span]
) -> Iterable[Step]:
    """Yield the step of each span that uses up `left` from `start`, with the gap before it."""
    before = start
    for span in spans:
        left -= span.length
        yield Step(
            start=span.start,
            end=span.end,
            worked=span.length,
            left=left,
            day=calendar.day(calendar.local(span.start).date()),
            gap=gap_before(calendar, before, span.start, received=before is start),
        )
        before = span.end
