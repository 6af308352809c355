"""Which day a term starts from and which it ends on: Civil Code 2015, Art. 147 and 148.

A date is a day off if no session begins on it, whatever the reason: the week, a holiday, a
notice or the office's own closure. Rule: this file asks a calendar what a date is, and does not
use its tables.
"""

import datetime as dt
from typing import TYPE_CHECKING

import attrs

from phananh.errors import CoverageError, InputTypeError, short_repr
from phananh.worktime.calendar.day_rules import Unsettled
from phananh.worktime.calendar.never_open import check_continues
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.instants import require_aware
from phananh.worktime.session import DAY
from phananh.worktime.terms.day_end import closing_of, midnight_after
from phananh.worktime.validators import check_kind

if TYPE_CHECKING:
    from phananh.worktime.terms.term import Term


@attrs.frozen(kw_only=True)
class TermDays:
    """The days of a term: its event, the end before and after rolling, and the due instant."""

    event_day: dt.date
    nominal_day: dt.date
    last_day: dt.date
    due: dt.datetime
    provisional: bool
    doubtful_day: dt.date | None = None  # the day that makes it provisional


def count(term: "Term", start: dt.datetime | dt.date, on: WorkCalendar) -> TermDays:
    """Count a term from an instant or a date.

    Raises:
        InputError: `start` is naive.
        InputTypeError: it is neither, or `on` is not a calendar.
        CoverageError: outside the days covered, or, if strict, a notice may move it.
        NoWorkingTimeError: its hours end before the term does.
    """
    check_kind(WorkCalendar, "on", [on], code="not_a_calendar")
    start = require_aware(start, "start") if isinstance(start, dt.datetime) else start
    came = date_of(start, on)
    event = _event_day(term, start, came, on)
    nominal = _nominal_day(term, event, on)
    last = first_working_day(nominal, on) if term.rolls else nominal
    found = _find_unsettled(term, came, event, nominal, last, on)
    if found and on.strict:
        raise on._years.unsettled_error(found)
    zone = start.tzinfo if isinstance(start, dt.datetime) else on.tzinfo
    end = midnight_after(last, on) if term.ends == "midnight" else closing_of(last, on)
    return TermDays(
        event_day=event,
        nominal_day=nominal,
        last_day=last,
        due=end.astimezone(zone),
        provisional=found is not None,
        doubtful_day=found.day if found else None,
    )


def date_of(at: dt.datetime | dt.date, on: WorkCalendar, field: str = "start") -> dt.date:
    """Return the date of a start, or of another instant, on the office's clock."""
    if isinstance(at, dt.datetime):
        return on.local(require_aware(at, field)).date()
    if type(at) is not dt.date:
        raise InputTypeError(code="not_a_start", field=field, value=short_repr(at))
    on.day(at)
    return at


def is_off(day: dt.date, on: WorkCalendar) -> bool:
    """Return whether no session begins on a date."""
    return not on.day_rules.sessions(day)


def first_working_day(day: dt.date, on: WorkCalendar) -> dt.date:
    """Return the date itself, or the next on which a session begins."""
    while is_off(_within(day, on), on):
        day += DAY
    return day


def _within(day: dt.date, on: WorkCalendar) -> dt.date:
    if day > on.last_day:
        check_continues(on.day_rules, 1, on.name, [on.last_day.year])
        raise _beyond_error(on)
    return day


def _beyond_error(on: WorkCalendar) -> CoverageError:
    return on._years.not_covered(on.last_day + DAY, "term_beyond")


def _event_day(
    term: "Term", start: dt.datetime | dt.date, came: dt.date, on: WorkCalendar
) -> dt.date:
    if term.received == "date":
        return came
    if not isinstance(start, dt.datetime):
        return first_working_day(came, on)
    if isinstance(term.received, dt.time):
        late = on.local(start).time() > term.received
        return first_working_day(came + DAY if late else came, on)
    return on.local(on.next_opening(start)).date()


def _nominal_day(term: "Term", event: dt.date, on: WorkCalendar) -> dt.date:
    if term.unit == "working_days":
        return _nth_working(term, event, on)
    if term.unit in ("days", "weeks"):
        days = term.count * (7 if term.unit == "weeks" else 1) - term.counts_first_day
        if days > (on.last_day - event).days:
            raise _beyond_error(on)
        return event + DAY * days
    return _corresponding(term, event, on)


def _nth_working(term: "Term", event: dt.date, on: WorkCalendar) -> dt.date:
    day = first_working_day(event if term.counts_first_day else event + DAY, on)
    for _ in range(term.count - 1):
        day = first_working_day(day + DAY, on)
    return day


def _corresponding(term: "Term", event: dt.date, on: WorkCalendar) -> dt.date:
    found = find_same_day(term, event)
    if found is None or found.year > on.last_day.year:
        raise _beyond_error(on)
    if found.day < event.day:
        return found
    return _within(found - DAY * term.counts_first_day, on)


def find_same_day(term: "Term", event: dt.date, sign: int = 1) -> dt.date | None:
    """Return the day of the same number a term in months later, or, with -1 as `sign`, earlier.

    It is the last day of a month that has no such day, and None if no date is so far.
    """
    number = event.month - 1 + sign * term.count * (12 if term.unit == "years" else 1)
    year, month = event.year + number // 12, number % 12 + 1
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    length = 31 if month == 12 else (dt.date(year, month + 1, 1) - DAY).day
    return dt.date(year, month, min(event.day, length))


def _find_unsettled(
    term: "Term", came: dt.date, event: dt.date, nominal: dt.date, last: dt.date, on: WorkCalendar
) -> Unsettled | None:
    """Return a day that a notice may move, if the end depends on it, or None."""
    found = None
    if term.rolls:
        first = event + DAY * (not term.counts_first_day)
        found = on.day_rules.find_unsettled(first if term.unit == "working_days" else nominal, last)
    return found or (on.day_rules.find_unsettled(came, event) if term.received != "date" else None)
