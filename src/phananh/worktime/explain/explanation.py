"""Why a deadline is when it is: the steps that use up the budget, and what lies between (Art. 9).

Data first: `Explanation` has instants, durations and reasons. The texts in both languages and the
pictures are made from it, and `verify` counts it again without the fast tables.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Literal, Self

import attrs

from phananh.errors import CoverageError, InputError, short_repr
from phananh.plain_data import item_to_plain, to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.explain.steps import Step, steps_of
from phananh.worktime.explain.verification import (
    check_length,
    different_keys,
    in_zones,
    read_budget,
    read_instant,
    walk,
)
from phananh.worktime.instants import cut_to_minute, require_aware, require_timedelta

Precision = Literal["minute", "exact"]
_MINUTE = timedelta(minutes=1)

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.explain.timeline import Picture


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

    @classmethod
    def from_dict(
        cls, data: Mapping[str, Any], *, calendar: "WorkCalendar", zone: tzinfo | None = None
    ) -> Self:
        """Return the explanation that `data` describes, and count it again.

        Args:
            data: what `as_dict` returned without a language, perhaps after a round trip in JSON.
            calendar: the calendar of the version that `data` names.
            zone: the zone of its instants, if offsets change (see `verify`).

        Raises:
            InputError: something in it is not what the calendar says. Its keys are named.
        """
        differences, counted = _compare(data, calendar, zone)
        if differences or counted is None:
            keys = tuple(differences)
            raise InputError(code="not_as_counted", field="explanation", keys=keys)
        return cls(**{f.name: getattr(counted, f.name) for f in attrs.fields(Explanation)})

    def text(self, lang: str = "en", *, precision: Precision = "minute") -> str:
        """Return the explanation in words, in `vi` or `en`, on the office's clock.

        It counts from the full minute before, in whole minutes, so that every sum is whole and
        the due time shown is not later than the exact one. Use `precision="exact"` for seconds.
        """
        from phananh.worktime.explain.text import explanation_text

        return explanation_text(self, lang, precision=precision)

    def in_minutes(self) -> "Explanation":
        """Return the explanation as texts show it: start and budget cut to the minute."""
        start, budget = cut_to_minute(self.start), self.budget - self.budget % _MINUTE
        if (start, budget) == (self.start, self.budget):
            return self
        return explain_steps(self.on, start, budget)

    def picture(self) -> "Picture":
        """Return the days from start to due as rows, with the spans that count."""
        from phananh.worktime.explain.timeline import build_timeline

        return build_timeline(self)

    def svg(self, lang: str = "en") -> str:
        """Return the picture as a complete SVG document, in `vi` or `en`."""
        from phananh.worktime.explain.svg import draw_svg

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
    check_length(start, calendar.add(start, budget))
    allotted = calendar.allot(start, budget)
    return Explanation(
        start=start,
        budget=budget,
        due=allotted.due,
        provisional=allotted.provisional,
        steps=tuple(steps_of(calendar, start, budget, allotted.spans)),
        on=calendar,
    )


def verify(
    explanation: Explanation | Mapping[str, Any],
    calendar: "WorkCalendar | None" = None,
    *,
    zone: tzinfo | None = None,
) -> list[str]:
    """Count an explanation again, day by day, and return what is wrong with it, key by key.

    It does not use the fast tables: it goes through the sessions of each date until the budget is
    used up. The list is empty exactly if `calendar.explain` gives the same for the same start and
    budget. A start moved within the same closed time is therefore another true explanation, and
    you can find that only if you know the real start.

    Args:
        explanation: an `Explanation`, or the plain data of one.
        calendar: the calendar it was made on, which plain data needs.
        zone: the zone of its instants, if plain data has more than one offset. It defaults to
            the offset of `start`, or the calendar's own zone.

    Returns:
        Sentences that begin with the key, which is `due` or `steps` or the like, and a colon.

    Raises:
        InputError: plain data without a calendar.
    """
    if isinstance(explanation, Explanation):
        on = calendar or explanation.on
        found, counted = _compare(explanation.as_dict(), on, explanation.start.tzinfo)
        if not found and counted is not None and counted.steps != explanation.steps:
            found = {"steps": "the days behind them are not what the calendar says"}
    elif calendar is None:
        raise InputError(code="calendar_not_given", field="calendar")
    else:
        found, counted = _compare(explanation, calendar, zone)
    return [f"{key}: {problem}" for key, problem in found.items()]


def _compare(
    data: object, calendar: "WorkCalendar", zone: tzinfo | None
) -> tuple[dict[str, str], Explanation | None]:
    """Return what is wrong with plain data, by key, and the explanation that was counted."""
    written = data if isinstance(data, Mapping) else {}
    start, budget = read_instant(written.get("start")), read_budget(written.get("budget_us"))
    if start is None:
        return {"start": "not an instant, as an explanation writes it"}, None
    if budget is None:
        return {"budget_us": "not a number of whole microseconds, 0 or more"}, None
    try:
        tried = [_recount(calendar, at, budget) for at in in_zones(start, calendar, zone)]
    except CoverageError as error:
        return {"due": str(error)}, None
    except InputError as error:
        return {"budget_us": error.problem}, None
    keys, counted = min(
        ((different_keys(written, each.as_dict()), each) for each in tried),
        key=lambda found: len(found[0]),
    )
    plain = counted.as_dict()
    return {key: _difference(written.get(key), plain.get(key)) for key in keys}, counted


def _recount(calendar: "WorkCalendar", start: datetime, budget: timedelta) -> Explanation:
    """Return the explanation of a budget from `start`, counted without the tables."""
    spans = walk(calendar, start, budget)
    due = spans[-1].end if spans else start
    return Explanation(
        start=start,
        budget=budget,
        due=due,
        provisional=calendar.provisional(start, due),
        steps=tuple(steps_of(calendar, start, budget, spans)),
        on=calendar,
    )


def _difference(written: object, counted: object) -> str:
    if isinstance(counted, list):
        return "not those that are counted"
    return f"{short_repr(written)} is written, {short_repr(counted)} counted"
