"""The steps of a term: the days counted, the days skipped, and what moved the last one.

The articles are those of the Civil Code 2015.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs

from phananh.plain_value import PlainValue
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.session import DAY
from phananh.worktime.terms.counting import TermDays, date_of

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.terms.term import Term

# unit: the clause that says how such a term ends (no clause is about working days)
CLAUSES = {"days": "148.1", "weeks": "148.2", "months": "148.3", "years": "148.4"}
ROLLED = "148.5"


@attrs.frozen(kw_only=True)
class DayStep(PlainValue):
    """A stretch of days of a term, from `first` to `last` inclusive.

    `kind` is event (the day from which it runs), counted, skipped (days off within a term in
    working days) or rolled (days off at the end of any other). `counted` is how many of its days
    count, and `total` how many do up to its end. `clause` is of the Civil Code 2015, or empty.
    `days` are those with a reason to show: days off that were skipped, and special days that were
    counted.
    """

    kind: str
    first: dt.date
    last: dt.date
    counted: int
    total: int
    clause: str = ""
    days: tuple[DayInfo, ...] = ()

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `kind`, `from`, `to`, `counted`, `total`, `clause` and, if any, `days`."""
        plain: dict[str, Any] = {
            "kind": self.kind,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "counted": self.counted,
            "total": self.total,
            "clause": self.clause,
        }
        return {**plain, "days": [_day_as_dict(day) for day in self.days]} if self.days else plain


def _day_as_dict(day: DayInfo) -> dict[str, str]:
    plain = {"date": day.date.isoformat(), "code": day.reason_code, "vi": day.vi, "en": day.en}
    return {**plain, "source": day.source} if _has_source(day) else plain


def _has_source(day: DayInfo) -> bool:
    """Return whether the reason of a day has a source other than the office's own week."""
    return bool(day.source) and day.reason_code not in ("weekend", "no_hours")


def steps_of(
    term: "Term", start: dt.datetime | dt.date, found: TermDays, on: "WorkCalendar"
) -> tuple[DayStep, ...]:
    """Return the steps of a term that was counted from `start`."""
    return (_event_step(term, start, found, on), *_count_steps(term, found, on))


def _event_step(
    term: "Term", start: dt.datetime | dt.date, found: TermDays, on: "WorkCalendar"
) -> DayStep:
    came = date_of(start, on)
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


def _count_steps(term: "Term", found: TermDays, on: "WorkCalendar") -> Iterator[DayStep]:
    first = found.event_day + DAY * (not term.counts_first_day)
    if term.unit == "working_days":
        days = (on.day(first + DAY * n) for n in range((found.last_day - first).days + 1))
        yield from _working_steps(days)
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
        yield _rolled_step(found, number, on)


def _rolled_step(found: TermDays, total: int, on: "WorkCalendar") -> DayStep:
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


def _working_steps(days: Iterable[DayInfo]) -> Iterator[DayStep]:
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
