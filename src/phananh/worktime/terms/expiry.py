"""When a term ends and why: the days counted, the days passed over, and what moved the last one.

Data first: an `Expiry` holds dates, instants and reasons; the texts in both languages are made
from it, and `verify` walks the days again. The articles are those of the Civil Code 2015.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs

from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.instants import aware
from phananh.worktime.session import DAY
from phananh.worktime.terms.counting import Counted, counted, is_off, started
from phananh.worktime.terms.term import Term

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar

# unit: the clause that says how such a term ends; none speaks of working days
CLAUSES = {"days": "148.1", "weeks": "148.2", "months": "148.3", "years": "148.4"}
ROLLED = "148.5"
ENDED = "148.6"


@attrs.frozen(kw_only=True)
class DayStep:
    """A stretch of days of a term, from `first` to `last` inclusive.

    `kind` is event (the day from which it runs), counted, skipped (days off within a term in
    working days) or rolled (days off at the end of any other). `counted` is how many of its days
    count and `total` how many do up to its end; `clause` is of the Civil Code 2015. `days` are
    those whose reason is told: days off that were passed over, and counted days out of the
    ordinary.
    """

    kind: str
    first: dt.date
    last: dt.date
    counted: int
    total: int
    clause: str = ""
    days: tuple[DayInfo, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return `kind`, `from`, `to`, `counted`, `total`, `clause` and, if any, `days`."""
        plain: dict[str, Any] = {
            "kind": self.kind,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "counted": self.counted,
            "total": self.total,
            "clause": self.clause,
        }
        return {**plain, "days": [_told(day) for day in self.days]} if self.days else plain


def _told(day: DayInfo) -> dict[str, str]:
    plain = {"date": day.date.isoformat(), "code": day.reason_code, "vi": day.vi, "en": day.en}
    return {**plain, "source": day.source} if cited(day) else plain


def cited(day: DayInfo) -> bool:
    """Say whether the reason of a day rests on a source beyond the office's own week."""
    return bool(day.source) and day.reason_code not in ("weekend", "no_hours")


@attrs.frozen(kw_only=True)
class Expiry:
    """The end of a term, with its reasons; `on` is the calendar that was asked.

    `event_day` is the day the start falls on, `nominal_day` the last day before it gave way to
    a working day, `last_day` the last day, and `due` the instant at which that ends: what comes
    at `due` is in time, what comes after is late.
    """

    term: Term
    start: dt.datetime | dt.date
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
        """Say whether an instant comes after the end; the due instant itself is in time."""
        return aware(at).astimezone(dt.UTC) > self.due.astimezone(dt.UTC)

    def remaining(self, at: dt.datetime) -> int:
        """Return how many days of the term follow the date of `at`: 0 on the last day and later.

        Working days of a term in working days, else all days.
        """
        return self._between(self._since(at), self.last_day)

    def overrun(self, at: dt.datetime) -> int:
        """Return how many days have begun after the last day, up to `at`: 0 while in time.

        Working days of a term in working days, else all days. 0 does not mean in time: none may
        have begun since.
        """
        return self._between(self.last_day, started(at, self.on)) if self.is_late(at) else 0

    def _since(self, at: dt.datetime) -> dt.date:
        before = self.event_day - DAY * self.term.counts_first_day
        return max(started(at, self.on), before)

    def _between(self, day: dt.date, last: dt.date) -> int:
        days = (day + DAY * n for n in range(1, (last - day).days + 1))
        return sum(self.term.unit != "working_days" or not is_off(d, self.on) for d in days)

    def as_dict(self) -> dict[str, Any]:
        """Return the whole explanation as plain data."""
        return {
            "start": self.start.isoformat(),
            "term": self.term.as_dict(),
            "event_day": self.event_day.isoformat(),
            "nominal_day": self.nominal_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "calendar": self.calendar,
            "version": self.version,
            "steps": [step.as_dict() for step in self.steps],
        }

    def text(self, lang: str = "vi") -> str:
        """Return the explanation in words, in `vi` or `en`."""
        from phananh.worktime.terms.text import told

        return told(self, lang)

    def time_left_text(self, at: dt.datetime, lang: str = "vi") -> str:
        """Return how the term stands at an instant, such as `còn 3 ngày làm việc`."""
        from phananh.worktime.terms.text import time_left_text

        return time_left_text(self, at, lang)

    def verify(self) -> list[str]:
        """Walk the days again and return what is wrong, an empty list when all is right."""
        from phananh.worktime.terms.verification import faults

        return faults(self)


def expired(term: Term, start: dt.datetime | dt.date, on: "WorkCalendar") -> Expiry:
    """Count a term on a calendar and keep its reasons."""
    found = counted(term, start, on)
    came = started(start, on)
    return Expiry(
        term=term,
        start=start,
        event_day=found.event_day,
        nominal_day=found.nominal_day,
        last_day=found.last_day,
        due=found.due,
        provisional=found.provisional,
        steps=(_event(term, start, came, found, on), *_counted(term, found, on)),
        calendar=on.name,
        version=on.version,
        on=on,
    )


def _event(
    term: Term,
    start: dt.datetime | dt.date,
    came: dt.date,
    found: Counted,
    on: "WorkCalendar",
) -> DayStep:
    clause = "147.3" if isinstance(start, dt.datetime) else "147.2"
    waited = (on.day(came + DAY * n) for n in range((found.event_day - came).days))
    return DayStep(
        kind="event",
        first=came,
        last=found.event_day,
        counted=0,
        total=0,
        clause="145.1" if term.counts_first_day else clause,
        days=tuple(day for day in waited if not day.sessions),
    )


def _counted(term: Term, found: Counted, on: "WorkCalendar") -> Iterator[DayStep]:
    first = found.event_day + DAY * (not term.counts_first_day)
    if term.unit == "working_days":
        days = (on.day(first + DAY * n) for n in range((found.last_day - first).days + 1))
        yield from _working(days)
        return
    number = (found.nominal_day - first).days + 1
    yield DayStep(
        kind="counted",
        first=first,
        last=found.nominal_day,
        counted=number,
        total=number,
        clause=CLAUSES[term.unit],
    )
    if found.last_day > found.nominal_day:
        yield _rolled(found, number, on)


def _rolled(found: Counted, total: int, on: "WorkCalendar") -> DayStep:
    length = (found.last_day - found.nominal_day).days
    return DayStep(
        kind="rolled",
        first=found.nominal_day,
        last=found.last_day - DAY,
        counted=0,
        total=total,
        clause=ROLLED,
        days=tuple(on.day(found.nominal_day + DAY * n) for n in range(length)),
    )


def _working(days: Iterable[DayInfo]) -> Iterator[DayStep]:
    total = 0
    for works, group in groupby(days, key=lambda day: bool(day.sessions)):
        run = list(group)
        number = len(run) if works else 0
        total += number
        yield DayStep(
            kind="counted" if works else "skipped",
            first=run[0].date,
            last=run[-1].date,
            counted=number,
            total=total,
            days=tuple(day for day in run if not works or day.kind in ("worked", "hours")),
        )
