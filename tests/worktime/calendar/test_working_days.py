"""Working days between two dates, and so many on.

The calendar is that of `phananh.worktime.calendar.work_calendar`.
"""

from datetime import UTC, date, datetime, time

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from phananh.errors import CoverageError, InputError, InputTypeError, NoWorkingTimeError
from phananh.worktime import Term, vietnam_calendar
from tests.oracle import terms as oracle
from tests.worktime.calendars import HANOI

A, SEASON = vietnam_calendar("A"), vietnam_calendar("HATINH")
DATES = st.dates(date(2019, 6, 1), date(2026, 6, 1))
LAW = settings(deadline=None, max_examples=150)


@LAW
@given(a=DATES, b=DATES, c=DATES)
def test_they_are_counted_as_the_oracle_does_and_add_up(a, b, c):
    """The day after `a` is the first, `b` the last; in the other direction it is negative."""
    assert A.working_days_between(a, b) == oracle.working_days_between(a, b)
    assert A.working_days_between(b, a) == -A.working_days_between(a, b)
    assert A.working_days_between(a, b) + A.working_days_between(b, c) == A.working_days_between(
        a, c
    )


@LAW
@given(day=DATES, n=st.integers(-60, 60), clock=st.times())
def test_the_same_clock_time_so_many_working_days_on(day, n, clock):
    """The date is the oracle's, the clock time stays, and the zone is that of the start."""
    found = oracle.working_day_on(day, n)
    assert A.add_working_days(day, n) == found
    start = datetime.combine(day, clock, HANOI)
    assert A.add_working_days(start, n) == datetime.combine(found, clock, HANOI)
    elsewhere = A.add_working_days(start.astimezone(UTC), n)
    assert (elsewhere, elsewhere.tzinfo) == (datetime.combine(found, clock, HANOI), UTC)
    if n >= 0:
        assert A.working_days_between(day, found) == n


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: A.working_days_between(date(2026, 3, 4), datetime(2026, 3, 4)), InputTypeError),
        (lambda: A.working_days_between("2026-03-04", date(2026, 3, 4)), InputTypeError),
        (lambda: A.working_days_between(date(1975, 3, 4), date(2026, 3, 4)), CoverageError),
        (lambda: Term.days(1).expiry(date(1975, 12, 31), on=A), CoverageError),
        (lambda: A.add_working_days(datetime(2026, 3, 4, 9), 1), InputError),
        (lambda: A.add_working_days(date(2026, 3, 4), 1.0), InputTypeError),
        (lambda: A.add_working_days(date(2026, 3, 4), count=True), InputTypeError),
        (lambda: A.add_working_days(time(9), 1), InputTypeError),
        (lambda: A.add_working_days(date(2026, 3, 4), 10**9), CoverageError),
        (lambda: A.add_working_days(date(2026, 3, 4), -(10**9)), CoverageError),
        (lambda: SEASON.add_working_days(date(2018, 4, 2), 99), NoWorkingTimeError),
    ],
)
def test_what_cannot_be_counted_is_refused(ask, error):
    """Wrong types, no offset, days that are not covered, hours that end."""
    with pytest.raises(error):
        ask()


def test_the_argument_that_is_no_date_is_named():
    """Each question about dates refuses what is none by the name of its argument."""
    day, naive = date(2026, 3, 4), datetime(2026, 3, 4, 9)
    for field, ask in (
        ("start", lambda: A.working_days_between(5, day)),
        ("end", lambda: A.working_days_between(day, 5)),
        ("start", lambda: A.add_working_days(5, 1)),
        ("start", lambda: A.add_working_days(naive, 1)),
        ("day", lambda: A.day(5)),
        ("at", lambda: A.local(naive)),
        ("at", lambda: A.office_day(naive)),
        ("start", lambda: A.date_of(naive)),
        ("known_from", lambda: attrs.evolve(A, known_from=naive)),
    ):
        with pytest.raises(InputError) as caught:
            ask()
        assert caught.value.field == field


def test_a_strict_calendar_refuses_what_a_notice_may_move():
    """The days that are counted matter, the day from which they are counted does not."""
    strict = vietnam_calendar("A", strict=True)
    assert strict.add_working_days(date(2026, 11, 23), 1) == date(2026, 11, 25)
    assert strict.add_working_days(date(2027, 1, 1), -1) == date(2026, 12, 31)
    for ask in (
        lambda: strict.add_working_days(date(2026, 11, 20), 1),
        lambda: strict.add_working_days(date(2026, 11, 25), -1),
        lambda: strict.add_working_days(date(2026, 11, 27), 1),  # a Saturday may be worked
        lambda: strict.add_working_days(date(2026, 11, 29), -1),
    ):
        with pytest.raises(CoverageError):
            ask()
