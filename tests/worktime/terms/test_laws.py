"""Laws of terms in days that hold for every calendar, and the oracle's account of two."""

from datetime import date, datetime

import pytest
from hypothesis import given, reject, strategies as st

from phananh.worktime import NoticeDay
from phananh.worktime.terms import Term
from tests.oracle import terms as oracle
from tests.oracle.compare import naive
from tests.oracle.days import OutsideTableError
from tests.worktime.calendars import TICK
from tests.worktime.terms.drawn import (
    CALENDARS,
    DAY,
    MADE,
    MOST,
    UNITS,
    dates,
    plain_terms,
    starts,
    terms,
    tried,
)

LAW = tried(40)
EACH = pytest.mark.parametrize("name", CALENDARS)
shifts = st.integers(-4, 40).map(lambda days: days * DAY)


def last(term, start, calendar):
    """Return the last day of a term."""
    return term.expiry(start, on=calendar).last_day


@pytest.mark.parametrize("name", ["A", "VP"])
@given(term=plain_terms, t=starts)
@tried(200)
def test_the_oracle_agrees(name, term, t):
    """Last day and due instant of every unit are those of a walk over days typed by hand."""
    try:
        due = oracle.due(term.count, term.unit, naive(t).date())
        nominal = oracle.nominal_day(term.count, term.unit, naive(t).date())
    except OutsideTableError:
        reject()
    expiry = term.expiry(t, on=CALENDARS[name]())
    assert (naive(expiry.due), expiry.nominal_day) == (due, nominal)


@EACH
@given(term=terms(), t=starts)
@LAW
def test_the_last_day_is_worked(name, term, t):
    """A term that rolls ends on a day with sessions, and no earlier one would do."""
    calendar = CALENDARS[name]()
    expiry = term.expiry(t, on=calendar)
    skipped = range((expiry.last_day - expiry.nominal_day).days)
    if term.rolls:
        assert calendar.day(expiry.last_day).sessions
        assert not any(calendar.day(expiry.nominal_day + n * DAY).sessions for n in skipped)
    else:
        assert expiry.last_day == expiry.nominal_day


@EACH
@given(term=terms(), t=starts)
@LAW
def test_a_term_is_never_late_at_once(name, term, t):
    """Whatever the options, what has just come is not yet due."""
    assert term.due(t, on=CALENDARS[name]()) > t


@EACH
@given(term=terms(ends="midnight"), t=starts)
@LAW
def test_a_day_ends_at_24_hours(name, term, t):
    """The due instant is the midnight after the last day."""
    calendar = CALENDARS[name]()
    expiry = term.expiry(t, on=calendar)
    assert expiry.due == datetime.combine(
        expiry.last_day + DAY, datetime.min.time(), calendar.tzinfo
    )


@EACH
@given(term=terms(ends="closing", rolls=True), t=starts)
@LAW
def test_an_office_ends_its_day_at_closing(name, term, t):
    """With the option, the due instant is the closing of the last session of that day."""
    calendar = CALENDARS[name]()
    expiry = term.expiry(t, on=calendar)
    assert calendar.is_open(expiry.due - TICK)
    assert not calendar.is_open(expiry.due)
    midnight = datetime.combine(expiry.last_day, datetime.min.time(), calendar.tzinfo)
    assert expiry.due == midnight + calendar.day(expiry.last_day).sessions[-1].close


@EACH
@given(term=terms(), t=starts, data=st.data())
@LAW
def test_a_longer_term_is_never_due_earlier(name, term, t, data):
    """More of a unit is never due earlier, and a working day more is due on a later day."""
    calendar = CALENDARS[name]()
    facts = {**vars_of(term), "count": term.count + data.draw(st.integers(1, MOST[term.unit]))}
    assert term.due(t, on=calendar) <= Term(**facts).due(t, on=calendar)
    if term.unit == "working_days":
        assert last(term, t, calendar) < last(Term(**facts), t, calendar)


def vars_of(term):
    """Return the options of a term as keywords."""
    names = ("count", "unit", "counts_first_day", "rolls", "ends", "received")
    return {name: getattr(term, name) for name in names}


@EACH
@given(n=st.integers(1, 8), d=dates, first=st.booleans())
@LAW
def test_weeks_are_seven_days_and_years_twelve_months(name, n, d, first):
    """A week is seven days and a year twelve months, whatever lies in between."""
    calendar, options = CALENDARS[name](), {"counts_first_day": first}
    weeks, days = Term.weeks(n, **options), Term.days(7 * n, **options)
    assert weeks.due(d, on=calendar) == days.due(d, on=calendar)
    years, months = Term.years(n, **options), Term.months(12 * n, **options)
    assert years.due(d, on=calendar) == months.due(d, on=calendar)


@EACH
@given(term=terms(received="opening"), t=starts)
@LAW
def test_out_of_hours_is_the_next_opening(name, term, t):
    """With the option, an event out of hours is due like one at the next opening, never earlier."""
    calendar = CALENDARS[name]()
    due = term.due(t, on=calendar)
    assert due == term.due(calendar.next_opening(t), on=calendar)
    if term.ends == "midnight":
        assert due >= Term(**{**vars_of(term), "received": "date"}).due(t, on=calendar)


@pytest.mark.parametrize("name", MADE)
@given(term=terms(), t=starts, shift=shifts)
@LAW
def test_a_day_off_never_helps(name, term, t, shift):
    """With one more day off, nothing is due earlier."""
    off = NoticeDay(t.date() + shift, "off")
    assert term.due(t, on=MADE[name](overrides=[off])) >= term.due(t, on=CALENDARS[name]())


@pytest.mark.parametrize("name", MADE)
@given(term=terms(), t=starts, shift=shifts)
@LAW
def test_a_worked_day_never_hurts(name, term, t, shift):
    """With one more worked day, nothing is due later."""
    worked = NoticeDay(t.date() + shift, "worked")
    assert term.due(t, on=MADE[name](overrides=[worked])) <= term.due(t, on=CALENDARS[name]())


@pytest.mark.parametrize("name", MADE)
@given(term=terms(), t=starts, away=st.integers(1, 30), kind=st.sampled_from(("off", "worked")))
@LAW
def test_only_the_days_in_between_matter(name, term, t, away, kind):
    """A day changed before the start or after the end changes nothing."""
    expiry = term.expiry(t, on=CALENDARS[name]())
    edges = (t.date() - 2 * DAY - away * DAY, expiry.last_day + away * DAY)
    assert (
        term.due(t, on=MADE[name](overrides=[NoticeDay(day, kind) for day in edges])) == expiry.due
    )


@pytest.mark.parametrize("unit", UNITS)
def test_a_term_beyond_the_calendar_is_refused(unit):
    """However long a term is, the answer is a day that is covered or a CoverageError."""
    from phananh.errors import CoverageError

    for count in (1_000_000, 10**18):
        with pytest.raises(CoverageError, match="2101-01-01: the term ends beyond"):
            Term(count=count, unit=unit).due(date(2026, 3, 4), on=CALENDARS["A"]())
