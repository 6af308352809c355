"""When a term ends and why: the days counted, the days skipped, and what moved the last one.

Data first: an `Expiry` has dates, instants and reasons. The texts in both languages are made
from it. The articles are those of the Civil Code 2015.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs

from phananh.errors import check_language
from phananh.messages.message import say
from phananh.messages.texts import EXPIRY
from phananh.plain_data import fields_to_plain, to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.calendar.day_rules import DayInfo, reason
from phananh.worktime.explain.explanation import basis_lines, range_text
from phananh.worktime.instants import require_aware
from phananh.worktime.phrases import count_text, format_date, format_day_month, weekday_name
from phananh.worktime.session import DAY, format_clock, format_sessions

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.terms.term import Term, TermDays

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

    def is_late(self, at: dt.datetime) -> bool:
        """Return whether an instant is after the end. The due instant itself is in time."""
        return require_aware(at, "at").astimezone(dt.UTC) > self.due.astimezone(dt.UTC)

    def remaining(self, at: dt.datetime) -> int:
        """Return how many days of the term follow the date of `at`: 0 on the last day and later.

        For a term in working days it counts working days, else all days.
        """
        before = self.event_day - DAY * self.term.counts_first_day
        return self._count_days(max(self.on.date_of(at, "at"), before), self.last_day)

    def overrun(self, at: dt.datetime) -> int:
        """Return how many days have begun after the last day, up to `at`: 0 while in time.

        For a term in working days it counts working days, else all days. 0 does not mean in
        time, because no such day may have begun since.
        """
        return self._count_days(self.last_day, self.on.date_of(at, "at")) if self.is_late(at) else 0

    def _count_days(self, day: dt.date, last: dt.date) -> int:
        counts_working = self.term.unit == "working_days"
        days = (day + DAY * n for n in range(1, (last - day).days + 1))
        return sum(not counts_working or bool(self.on.day_rules.sessions(day)) for day in days)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        plain = fields_to_plain(self, lang, without=("steps", "on"))
        plain["steps"] = to_plain(self.steps, lang, personal=personal)
        return plain if lang is None else {**plain, "text": self.text(lang)}

    def text(self, lang: str = "en") -> str:
        """Return the explanation in words, in `vi` or `en`."""
        check_language(lang)
        head = say(
            EXPIRY[self.term.ends],
            lang,
            day=_day_text(self.last_day, lang),
            time=_time_text(self.due.astimezone(self.on.tzinfo)),
            term=self.term.text(lang),
            law=_cite_law("148.6", lang),
        )
        steps = (f"{n}. {_step_line(self, step, lang)}" for n, step in enumerate(self.steps, 1))
        doubtful = None
        if self.provisional:
            doubtful = self.term.count_days(self.start, on=self.on).doubtful_day
        hours = self.term.ends == "closing" or self.term.received == "opening"
        basis = basis_lines(self.on, lang, hours=hours, doubtful=doubtful)
        return "\n".join((head, *steps, *basis))

    def _to_line(self) -> str:
        """Return the first line of the explanation in English: when the term ends."""
        return self.text().partition("\n")[0]

    def time_left_text(self, at: dt.datetime, lang: str = "en") -> str:
        """Return in words what is left or over at an instant, such as `3 working days left`."""
        unit = self.term.unit if self.term.unit == "working_days" else "days"
        if not self.is_late(at):
            left = self.remaining(at)
            n = count_text(left, unit, lang)
            return say(EXPIRY["more"], lang, n=n) if left else say(EXPIRY["last_day"], lang)
        over = self.overrun(at)
        if not over:
            one = count_text(1, unit, lang).removeprefix("1 ")
            return say(EXPIRY["late_since"], lang, unit=one)
        return say(EXPIRY["late"], lang, n=count_text(over, unit, lang))


def expire(term: "Term", start: dt.datetime | dt.date, on: "WorkCalendar") -> Expiry:
    """Return the end of a term on a calendar, with its reasons."""
    if isinstance(start, dt.datetime):
        start = require_aware(start, "start")
    found = term.count_days(start, on=on)
    return Expiry(
        term=term,
        start=start,
        event_day=found.event_day,
        nominal_day=found.nominal_day,
        last_day=found.last_day,
        due=found.due,
        provisional=found.provisional,
        steps=(_event_step(term, start, found, on), *_count_steps(term, found, on)),
        calendar=on.name,
        version=on.version,
        on=on,
    )


def _day_as_dict(day: DayInfo) -> dict[str, str]:
    plain = {"date": day.date.isoformat(), "code": day.reason_code, "vi": day.vi, "en": day.en}
    if not day.source or day.reason_code in ("weekend", "no_hours"):
        return plain  # no source other than the office's own week
    return {**plain, "source": day.source}


def _event_step(
    term: "Term", start: dt.datetime | dt.date, found: "TermDays", on: "WorkCalendar"
) -> DayStep:
    came = on.date_of(start)
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


def _count_steps(term: "Term", found: "TermDays", on: "WorkCalendar") -> Iterator[DayStep]:
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
        length = (found.last_day - found.nominal_day).days
        yield DayStep(
            kind="rolled",
            first=found.nominal_day,
            last=found.last_day - DAY,
            counted=0,
            total=number,
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


def _day_text(day: dt.date, lang: str) -> str:
    return f"{weekday_name(day, lang)} {format_date(day, lang)}"


def _time_text(at: dt.datetime | dt.time) -> str:
    return format_clock(dt.timedelta(hours=at.hour, minutes=at.minute))


def _cite_law(clause: str, lang: str) -> str:
    article, _, number = clause.partition(".")
    return say(EXPIRY["law"], lang, article=article, clause=number)


def _step_line(expiry: "Expiry", step: "DayStep", lang: str) -> str:
    if step.kind == "event":
        return _event_line(expiry, step, lang)
    if step.kind == "counted" and expiry.term.unit == "working_days":
        return _working_line(expiry, step, lang)
    if step.kind == "counted":
        return _calendar_line(expiry, step, lang)
    return say(
        EXPIRY[step.kind],
        lang,
        days=range_text(step.first, step.last, lang),
        why=_reasons_text(step.days, lang),
        last=_day_text(expiry.last_day, lang),
        law=_cite_law(step.clause, lang) if step.clause else "",
    )


def _event_line(expiry: "Expiry", step: "DayStep", lang: str) -> str:
    day = _day_text(step.first, lang)
    if isinstance(expiry.start, dt.datetime):
        clock = _time_text(expiry.on.local(expiry.start))
        day = f"{clock} {day}" if lang == "vi" else f"{day} {clock}"
    return say(
        EXPIRY["from"],
        lang,
        day=day,
        deferred=_deferred_text(expiry, lang) if step.last != step.first else "",
        first=say(EXPIRY["included" if expiry.term.counts_first_day else "left_out"], lang),
        law=_cite_law(step.clause, lang),
    )


def _deferred_text(expiry: "Expiry", lang: str) -> str:
    late = expiry.term.received
    too_late = (
        say(EXPIRY["too_late"], lang, time=_time_text(late)) if isinstance(late, dt.time) else ""
    )
    return say(
        EXPIRY["deferred"],
        lang,
        day=_day_text(expiry.event_day, lang),
        why=too_late or say(EXPIRY["out_of_hours"], lang),
    )


def _working_line(expiry: "Expiry", step: "DayStep", lang: str) -> str:
    left = expiry.term.count - step.total
    return say(
        EXPIRY["working"],
        lang,
        days=range_text(step.first, step.last, lang),
        n=count_text(step.counted, "working_days", lang),
        left=say(EXPIRY["left"], lang, n=left) if left else say(EXPIRY["none"], lang),
        also="".join(f"; {_special_day(day, lang)}" for day in step.days),
    )


def _special_day(day: DayInfo, lang: str) -> str:
    name, when = weekday_name(day.date, lang), format_day_month(day.date, lang)
    if day.kind == "hours":
        return say(
            EXPIRY["short"], lang, weekday=name, day=when, hours=format_sessions(day.sessions)
        )
    return f"{name} {when} {reason(day, lang)}"


def _reasons_text(days: tuple[DayInfo, ...], lang: str) -> str:
    """Return the reasons of days off, equal neighbours as one stretch."""
    runs = []
    for why, group in groupby(days, key=lambda day: reason(day, lang)):
        run = list(group)
        first, last = format_day_month(run[0].date, lang), format_day_month(run[-1].date, lang)
        runs.append((first if first == last else f"{first}-{last}", why))
    if len(runs) == 1:
        return runs[0][1]
    return "; ".join(f"{when} {why}" for when, why in runs)


def _calendar_line(expiry: "Expiry", step: "DayStep", lang: str) -> str:
    wanted = expiry.event_day.day - expiry.term.counts_first_day
    is_clipped = expiry.term.unit != "weeks" and 0 < wanted != expiry.nominal_day.day
    ends = "clipped" if is_clipped else "corresponding"
    law = _cite_law(step.clause, lang)
    if is_clipped and expiry.term.unit == "years":  # clause 4 knows no shorter month
        law = say(EXPIRY["alike"], lang, law=law)
    return say(
        EXPIRY["days" if expiry.term.unit == "days" else ends],
        lang,
        days=range_text(step.first, step.last, lang),
        n=expiry.term.text(lang),
        number=expiry.event_day.day,
        law=law,
        worked=_worked_text(expiry, lang),
    )


def _worked_text(expiry: "Expiry", lang: str) -> str:
    """Return why a last day that looks like a day off is a working day."""
    day = expiry.on.day(expiry.nominal_day)
    if not (expiry.term.rolls and day.reason_code == "make_up"):
        return ""
    return say(EXPIRY["worked"], lang, day=_special_day(day, lang))
