"""Errors about days and hours: there is no working time, or the calendar does not cover a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from phananh.errors.base import CodedError, PhanAnhError, find_message


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class NoWorkingTimeError(CodedError, ValueError):
    """A calendar without any working time, or without any after a certain day."""


@attrs.define(kw_only=True, eq=False, slots=False, init=False)
class CoverageError(CodedError, LookupError):
    """A day outside what the calendar covers, or, with `strict`, beyond its notices.

    `day`, `first` and `last` are ISO dates. The code says why the day is not covered.
    """

    calendar: str = attrs.field(init=False)
    day: str = attrs.field(init=False)
    first: str = attrs.field(init=False)
    last: str = attrs.field(init=False)

    def __init__(
        self, *, calendar: str, day: str, first: str, last: str,
        code: str = "days_unknown", **facts: Any,
    ) -> None:  # fmt: skip
        """Set the days it is about, and the code and facts of the reason."""
        super().__init__(code=code, **facts)
        self.calendar, self.day, self.first, self.last = calendar, day, first, last

    @property
    def reason(self) -> str:
        """Why the day is not covered, in English."""
        return self.problem

    @property
    def way_out(self) -> str:
        """What to do, in English, or else which days are covered."""
        return super().way_out or find_message("not_covered").way_out(self._days(), "en")

    def _days(self) -> dict[str, date | str]:
        return {name: _as_day(getattr(self, name)) for name in ("day", "first", "last")}

    def _text(self, lang: str) -> str:
        frame, said, days = find_message("not_covered"), self._message(), self._days()
        why = said.problem(self.facts, lang)
        way_out = said.way_out(self.facts, lang) or frame.way_out(days, lang)
        return f"{frame.problem({**days, 'calendar': self.calendar, 'why': why}, lang)}; {way_out}"

    def _keys(self) -> tuple[str, ...]:
        days = ("calendar", "day", "first", "last")
        return "article", *days, "reason", "problem", "way_out", "code"


def _as_day(text: str) -> date | str:
    """Return the date of an ISO text, so that each language shows it its own way."""
    try:
        return date.fromisoformat(text)
    except ValueError:  # a year, or an instant that no calendar has
        return text


@attrs.define(kw_only=True, eq=False, slots=False)
class UnknownCalendarError(PhanAnhError, LookupError):
    """Deadlines name a calendar, or a version of one, that the desk does not have.

    `calendars` are the ones that are missing, and `known` those that the desk has. `deadlines`
    is how many name them, and `cases` are the ids of the first of their cases.
    """

    calendars: tuple[str, ...]
    cases: tuple[str, ...]
    deadlines: int
    known: tuple[str, ...]

    def _says(self, lang: str) -> tuple[str, Mapping[str, object]]:
        more = ("...",) if self.deadlines > len(self.cases) else ()
        code = "calendar_unknown" if self.cases else "calendar_unknown_of_deadlines"
        return code, {**self._fields(), "cases": (*self.cases, *more)}
