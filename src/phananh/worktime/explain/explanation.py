"""Why a deadline is when it is: the steps that use up the budget, and what lies between (Art. 9).

Data first: `Explanation` has instants, durations and reasons. The texts in both languages and the
pictures are made from it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import attrs

from phananh.errors import InputError
from phananh.plain_data import item_to_plain, to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.explain.gaps import Gap, gap_before
from phananh.worktime.instants import cut_to_minute, require_aware, require_timedelta
from phananh.worktime.span import Span

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.explain.picture import Picture


Precision = Literal["minute", "exact"]
_MINUTE = timedelta(minutes=1)
MOST_DAYS = 7_305
"""The most days from start to due that are explained step by step: twenty years."""


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


@attrs.frozen(kw_only=True)
class Explanation(PlainValue):
    """A deadline with its reasons. `on` is the calendar that it was computed on."""

    start: datetime
    budget: timedelta
    due: datetime
    provisional: bool
    steps: tuple[Step, ...]
    on: "WorkCalendar" = attrs.field(repr=False)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "start": self.start.isoformat(),
            **item_to_plain("budget", self.budget, lang),
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "calendar": self.on.name,
            "version": self.on.version,
            "steps": to_plain(self.steps, lang, personal=personal),
        }
        return plain if lang is None else {**plain, "text": self.text(lang)}

    def text(self, lang: str = "en", *, precision: Precision = "minute") -> str:
        """Return the explanation in words, in `vi` or `en`, on the office's clock.

        It counts from the full minute before, in whole minutes, so that every sum is whole and
        the due time shown is not later than the exact one. Use `precision="exact"` for seconds.
        """
        from phananh.worktime.explain.text import explanation_text

        return explanation_text(self, lang, precision=precision)

    def __str__(self) -> str:
        """Return the first line of the explanation in English: when the budget is used up."""
        return self.text().partition("\n")[0]

    def in_minutes(self) -> "Explanation":
        """Return the explanation as texts show it: start and budget cut to the minute."""
        start, budget = cut_to_minute(self.start), self.budget - self.budget % _MINUTE
        if (start, budget) == (self.start, self.budget):
            return self
        return explain_steps(self.on, start, budget)

    def picture(self) -> "Picture":
        """Return the days from start to due as rows, with the spans that count."""
        from phananh.worktime.explain.picture import build_timeline

        return build_timeline(self)

    def svg(self, lang: str = "en") -> str:
        """Return the picture as a complete SVG document, in `vi` or `en`."""
        from phananh.worktime.explain.picture import draw_svg

        return draw_svg(self, lang)


def explain_steps(calendar: "WorkCalendar", start: datetime, budget: timedelta) -> Explanation:
    """Return why a budget from `start` is due when it is.

    Raises:
        InputError: the budget is negative or takes more than 7,305 days, or `add` refuses an
            argument.
    """
    start, budget = require_aware(start, "start"), require_timedelta(budget, "budget")
    if budget < timedelta():
        raise InputError(code="negative_budget", field="budget", value=str(budget))
    days = (calendar.add(start, budget) - start).days
    if days > MOST_DAYS:
        raise InputError(code="too_long_to_explain", field="budget", days=days, most=MOST_DAYS)
    allotted = calendar.allot(start, budget)
    return Explanation(
        start=start,
        budget=budget,
        due=allotted.due,
        provisional=allotted.provisional,
        steps=tuple(_steps_of(calendar, start, budget, allotted.spans)),
        on=calendar,
    )


def _steps_of(
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
