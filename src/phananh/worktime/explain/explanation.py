"""Why a deadline is when it is: the steps that use up the budget, and what lies between (Art. 9).

Data first: `Explanation` holds instants, durations and reasons; the texts in both languages
and the pictures are made from it, and `verify` counts it again without the fast tables.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Self

import attrs

from phananh.errors import InputError
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.explain.gaps import Gap, gap_before
from phananh.worktime.instants import aware
from phananh.worktime.instants import budget as checked
from phananh.worktime.span import Span

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.explain.timeline import Picture

_MICROSECOND = timedelta(microseconds=1)


@attrs.frozen(kw_only=True)
class Step:
    """A stretch of working time, how much of the budget it uses and how much is left."""

    start: datetime
    end: datetime
    worked: timedelta
    left: timedelta
    day: DayInfo
    gap: Gap | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return `from`, `to`, `worked_us`, `left_us` and, if time was closed before, `gap`."""
        plain: dict[str, Any] = {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "worked_us": self.worked // _MICROSECOND,
            "left_us": self.left // _MICROSECOND,
        }
        return plain if self.gap is None else {**plain, "gap": self.gap.as_dict()}


@attrs.frozen(kw_only=True)
class Explanation:
    """A deadline with its reasons; `on` is the calendar that was asked."""

    start: datetime
    budget: timedelta
    due: datetime
    provisional: bool
    steps: tuple[Step, ...]
    on: "WorkCalendar" = attrs.field(repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the whole explanation as plain data, durations in whole microseconds."""
        return {
            "start": self.start.isoformat(),
            "budget_us": self.budget // _MICROSECOND,
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "calendar": self.on.name,
            "version": self.on.version,
            "steps": [step.as_dict() for step in self.steps],
        }

    @classmethod
    def from_dict(
        cls, data: Mapping[str, Any], *, calendar: "WorkCalendar", zone: tzinfo | None = None
    ) -> Self:
        """Return the explanation of which `data` is the plain form, counted again.

        Args:
            data: what `as_dict` returned, perhaps by way of JSON.
            calendar: the calendar of the version that `data` names.
            zone: the zone of its instants, where offsets change; see `verify`.

        Raises:
            InputError: something in it is not what the calendar says; each place is named.
        """
        from phananh.worktime.explain.verification import read

        problems, counted = read(data, calendar, zone)
        if problems or counted is None:
            raise InputError(field="explanation", problem="; ".join(problems))
        return cls(**{f.name: getattr(counted, f.name) for f in attrs.fields(Explanation)})

    def text(self, lang: str = "vi") -> str:
        """Return the explanation in words, in `vi` or `en`, on the office's clock."""
        from phananh.worktime.explain.text import told

        return told(self, lang)

    def picture(self) -> "Picture":
        """Return the days from start to due with the spans laid out, closed days folded."""
        from phananh.worktime.explain.timeline import drawn

        return drawn(self)

    def svg(self, lang: str = "vi") -> str:
        """Return the picture as an SVG document that stands alone, in `vi` or `en`."""
        from phananh.worktime.explain.svg import svg

        return svg(self, lang)


def explain_steps(calendar: "WorkCalendar", start: datetime, budget: timedelta) -> Explanation:
    """Return why a budget from `start` is due when it is.

    Raises:
        InputError: the budget is negative, or an argument is refused by `add`.
    """
    aware(start, "start")
    if checked(budget, "budget") < timedelta():
        problem = f"{budget} is negative; a limit runs forward"
        raise InputError(field="budget", problem=problem, way_out="use subtract")
    allotted = calendar.allot(start, budget)
    return Explanation(
        start=start,
        budget=budget,
        due=allotted.due,
        provisional=allotted.provisional,
        steps=tuple(steps_of(calendar, start, budget, allotted.spans)),
        on=calendar,
    )


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


def verify(
    explanation: Explanation | Mapping[str, Any],
    calendar: "WorkCalendar | None" = None,
    *,
    zone: tzinfo | None = None,
) -> list[str]:
    """Count an explanation again, day by day, and return what is wrong with it, place by place.

    The fast tables have no part in it: the sessions of each date are laid on the clock until
    the budget is used up. Nothing is wrong exactly when `calendar.explain` gives the same for
    the same start and budget; so a start moved within the same closed time is another true
    explanation, and only whoever knows the real start can tell.

    Args:
        explanation: an `Explanation`, or the plain data of one.
        calendar: the calendar it was made on; needed for plain data.
        zone: the zone of its instants where plain data has more than one offset; by default
            the offset of `start`, or the calendar's own zone.

    Returns:
        Sentences that begin with the place: `due: ...`, `step 2, gap.vi: ...`.
    """
    from phananh.worktime.explain.verification import compared, read

    if isinstance(explanation, Explanation):
        return compared(explanation, calendar or explanation.on)
    if calendar is None:
        problem = "plain data does not bring its calendar"
        raise InputError(field="calendar", problem=problem, way_out="give verify(data, calendar)")
    return read(explanation, calendar, zone)[0]
