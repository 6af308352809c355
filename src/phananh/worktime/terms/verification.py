"""A second count of a term, one date after the other from the event on.

Only the day of the event, and whether it is provisional, are taken from the count that is checked.
"""

import datetime as dt
from typing import TYPE_CHECKING

import attrs

from phananh.worktime.session import DAY
from phananh.worktime.terms.counting import TermDays, count

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.terms.term import Term


def walk(term: "Term", start: dt.datetime | dt.date, on: "WorkCalendar") -> TermDays:
    """Return the days of a term, with the nominal and the last day found date by date."""
    found = count(term, start, on)
    nominal = last = _nominal_day(term, found.event_day, on)
    while term.rolls and not on.day(last).sessions:
        last += DAY
    return attrs.evolve(found, nominal_day=nominal, last_day=last)


def _nominal_day(term: "Term", event: dt.date, on: "WorkCalendar") -> dt.date:
    if term.unit in ("months", "years"):
        return _corresponding(term, event)
    day, left = event - DAY * term.counts_first_day, term.count * (7 if term.unit == "weeks" else 1)
    while left:
        day += DAY
        left -= term.unit != "working_days" or bool(on.day(day).sessions)
    return day


def _corresponding(term: "Term", event: dt.date) -> dt.date:
    day, left = event, term.count * (12 if term.unit == "years" else 1)
    while left:
        day += DAY
        left -= day.day == 1
    while day.day != event.day and (day + DAY).day != 1:
        day += DAY
    return day - DAY * term.counts_first_day if day.day == event.day else day
