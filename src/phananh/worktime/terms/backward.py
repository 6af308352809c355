"""A term counted back from an event: the last day that is still in time.

"At the latest one working day before": the day of the event is not counted, and what must be
done is in time until the computed day ends. Civil Code 2015, Art. 147 and 148, do not mention
terms that run backwards. Here they are mirrored: a day off gives way to the working day before it,
so that you are in time by any other reading too. No term ends after its event.
"""

import datetime as dt
from typing import TYPE_CHECKING

from phananh.errors import InputError
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.calendar.working_days import check_settled, step_working_days
from phananh.worktime.instants import require_aware
from phananh.worktime.session import DAY
from phananh.worktime.terms.counting import date_of, find_same_day
from phananh.worktime.terms.day_end import closing_of, midnight_after
from phananh.worktime.validators import check_kind

if TYPE_CHECKING:
    from phananh.worktime.terms.term import Term


def find_latest_day(term: "Term", event: dt.datetime | dt.date, on: WorkCalendar) -> dt.date:
    """Return the last day that lies a term before an event.

    Raises:
        InputError: the term says how an event is received, but this one is in the future.
        CoverageError: outside the days covered, or, if strict, a notice may move it.
    """
    check_kind(WorkCalendar, "on", [on], code="not_a_calendar")
    if term.received != "date" and not (term.counts_first_day and term.ends == "closing"):
        raise InputError(code="received_of_backward_term", field="received")
    day = date_of(event, on)
    nominal = _nominal_day(term, day + DAY * term.counts_first_day, on)
    last = nominal
    if term.rolls and not on.day(nominal).sessions:
        last = step_working_days(on, nominal, -1)
    first_in_doubt = day - DAY if term.unit == "working_days" else nominal
    if term.rolls:
        check_settled(on, last, first_in_doubt)
    return last


def find_latest(term: "Term", event: dt.datetime | dt.date, on: WorkCalendar) -> dt.datetime:
    """Return the end of that day, or the event if that is earlier, in the zone of the event."""
    last = find_latest_day(term, event, on)
    end = midnight_after(last, on) if term.ends == "midnight" else closing_of(last, on)
    if not isinstance(event, dt.datetime):
        return end.astimezone(on.tzinfo)
    at = require_aware(event)
    return min(end.astimezone(dt.UTC), at.astimezone(dt.UTC)).astimezone(at.tzinfo)


def _nominal_day(term: "Term", event: dt.date, on: WorkCalendar) -> dt.date:
    if term.unit == "working_days":
        return step_working_days(on, event, -term.count)
    if term.unit in ("days", "weeks"):
        days = term.count * (7 if term.unit == "weeks" else 1)
        if days > (event - on.first_day).days:
            raise on._years.not_covered(on.first_day - DAY, "term_beyond")
        return event - DAY * days
    found = find_same_day(term, event, -1)
    if found is None or found.year < on.first_day.year:
        raise on._years.not_covered(on.first_day - DAY, "term_beyond")
    return found
