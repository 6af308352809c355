"""When a term ends and why: the days counted, the days skipped, and what moved the last one.

Data first: an `Expiry` has dates, instants and reasons. The texts in both languages are made
from it, and `verify` counts the days again. The articles are those of the Civil Code 2015.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

import attrs

from phananh.plain_data import fields_to_plain, to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.instants import require_aware
from phananh.worktime.session import DAY
from phananh.worktime.terms.counting import TermDays, count, date_of, is_off
from phananh.worktime.terms.steps import DayStep, steps_of

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.terms.term import Term


@attrs.frozen(kw_only=True)
class Expiry(PlainValue):
    """The end of a term, with its reasons. `on` is the calendar that it was computed on.

    `event_day` is the day of the start. `nominal_day` is the last day before a day off gave way to
    a working day, and `last_day` is the day after that. `due` is the instant at which `last_day`
    ends. The due instant itself is in time, and after it is late.
    """

    start: dt.datetime | dt.date
    term: "Term"
    event_day: dt.date
    nominal_day: dt.date
    last_day: dt.date
    due: dt.datetime
    provisional: bool
    steps: tuple[DayStep, ...]
    calendar: str
    version: str
    on: "WorkCalendar" = attrs.field(repr=False)

    @property
    def moved(self) -> bool:
        """Whether the last day gave way to a working day (Civil Code 2015, Art. 148.5)."""
        return self.last_day != self.nominal_day

    def is_late(self, at: dt.datetime) -> bool:
        """Return whether an instant is after the end. The due instant itself is in time."""
        return require_aware(at, "at").astimezone(dt.UTC) > self.due.astimezone(dt.UTC)

    def remaining(self, at: dt.datetime) -> int:
        """Return how many days of the term follow the date of `at`: 0 on the last day and later.

        For a term in working days it counts working days, else all days.
        """
        return self._count_days(self._first_day_left(at), self.last_day)

    def overrun(self, at: dt.datetime) -> int:
        """Return how many days have begun after the last day, up to `at`: 0 while in time.

        For a term in working days it counts working days, else all days. 0 does not mean in
        time, because no such day may have begun since.
        """
        return (
            self._count_days(self.last_day, date_of(at, self.on, "at")) if self.is_late(at) else 0
        )

    def _first_day_left(self, at: dt.datetime) -> dt.date:
        before = self.event_day - DAY * self.term.counts_first_day
        return max(date_of(at, self.on, "at"), before)

    def _count_days(self, day: dt.date, last: dt.date) -> int:
        days = (day + DAY * n for n in range(1, (last - day).days + 1))
        return sum(self.term.unit != "working_days" or not is_off(d, self.on) for d in days)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        plain = fields_to_plain(self, lang, without=("steps", "on"))
        plain["steps"] = to_plain(self.steps, lang, personal=personal)
        return plain if lang is None else {**plain, "text": self.text(lang)}

    def text(self, lang: str = "en") -> str:
        """Return the explanation in words, in `vi` or `en`."""
        from phananh.worktime.terms.text import expiry_text

        return expiry_text(self, lang)

    def time_left_text(self, at: dt.datetime, lang: str = "en") -> str:
        """Return in words what is left or over at an instant, such as `3 working days left`."""
        from phananh.worktime.terms.text import time_left_text

        return time_left_text(self, at, lang)

    def verify(self) -> list[str]:
        """Count the days again and return what is wrong, or an empty list if all is right."""
        from phananh.worktime.terms.verification import walk

        found = _make_expiry(self.term, self.start, walk(self.term, self.start, self.on), self.on)
        names = (field.name for field in attrs.fields(Expiry))
        different = (n for n in names if getattr(self, n) != getattr(found, n))
        return [f"{name}: not what the calendar says" for name in different]


def expire(term: "Term", start: dt.datetime | dt.date, on: "WorkCalendar") -> Expiry:
    """Return the end of a term on a calendar, with its reasons."""
    if isinstance(start, dt.datetime):
        start = require_aware(start, "start")
    return _make_expiry(term, start, count(term, start, on), on)


def _make_expiry(
    term: "Term", start: dt.datetime | dt.date, found: TermDays, on: "WorkCalendar"
) -> Expiry:
    return Expiry(
        term=term,
        start=start,
        event_day=found.event_day,
        nominal_day=found.nominal_day,
        last_day=found.last_day,
        due=found.due,
        provisional=found.provisional,
        steps=steps_of(term, start, found, on),
        calendar=on.name,
        version=on.version,
        on=on,
    )
