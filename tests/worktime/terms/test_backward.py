"""Terms counted back from an event: the last day on which something is still in time."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phananh.errors import CoverageError, InputError, InputTypeError
from phananh.worktime import Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.terms import Term
from tests.oracle import terms as oracle

A = vietnam_calendar("A")
HANOI, PARIS = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Paris")
UNITS = {"working_days": 60, "days": 200, "weeks": 30, "months": 24, "years": 2}


@settings(deadline=None, max_examples=300)
@given(
    unit=st.sampled_from(sorted(UNITS)),
    event=st.dates(date(2021, 6, 1), date(2026, 10, 1)),
    data=st.data(),
)
def test_the_latest_day_is_the_oracles(unit, event, data):
    """Counted back day by day, over make-up days, swaps and short months."""
    count = data.draw(st.integers(1, UNITS[unit]))
    term = Term(count=count, unit=unit)
    latest = term.latest_day(event, on=A)
    assert latest == oracle.latest_day(count, unit, event)
    end = term.latest(event, on=A)
    assert end == datetime.combine(latest, time(), HANOI) + timedelta(days=1)
    if unit == "working_days":  # the mirror of a term that runs forward
        assert A.working_days_between(latest, event - timedelta(days=1)) == count - 1


@pytest.mark.parametrize(
    ("term", "event", "latest"),
    [
        (Term.working_days(1), date(2026, 3, 9), date(2026, 3, 6)),
        (Term.working_days(1), date(2026, 1, 12), date(2026, 1, 10)),  # a make-up Saturday
        (Term.working_days(2), date(2026, 2, 23), date(2026, 2, 12)),  # over Tết
        (Term.working_days(1, counts_first_day=True), date(2026, 3, 9), date(2026, 3, 9)),
        (Term.days(2), date(2026, 3, 10), date(2026, 3, 6)),  # Sunday gives way
        (Term.days(2, rolls=False), date(2026, 3, 10), date(2026, 3, 8)),
        (Term.days(2, counts_first_day=True), date(2026, 3, 10), date(2026, 3, 9)),
        (Term.weeks(1), date(2026, 3, 11), date(2026, 3, 4)),
        (Term.months(1), date(2026, 3, 31), date(2026, 2, 27)),
        (Term.years(1), date(2024, 2, 29), date(2023, 2, 28)),
    ],
)
def test_a_day_off_gives_way_to_the_day_before(term, event, latest):
    """The day of the event is not counted, unless the term counts it."""
    assert term.latest_day(event, on=A) == latest


def test_it_is_in_time_until_the_day_ends():
    """At 24:00, or at closing, in the zone of the event."""
    event = datetime(2026, 3, 9, 3, tzinfo=PARIS)
    end = Term.working_days(1).latest(event, on=A)
    assert (end, end.tzinfo) == (datetime(2026, 3, 7, tzinfo=HANOI), PARIS)
    closing = Term.working_days(1, ends="closing").latest(event.date(), on=A)
    assert closing == datetime(2026, 3, 6, 17, 30, tzinfo=HANOI)


def test_a_term_never_ends_after_its_event():
    """A session over midnight, or a day counted itself, ends with the event at the latest."""
    night = WorkCalendar(timetable=Timetable.weekly("22:00-06:00"))
    term = Term.working_days(1, ends="closing")
    early, late = (datetime(2026, 3, 3, hour, tzinfo=HANOI) for hour in (5, 7))
    assert term.latest(early, on=night) == early
    assert term.latest(late, on=night) == datetime(2026, 3, 3, 6, tzinfo=HANOI)
    event = datetime(2026, 3, 4, 8, tzinfo=HANOI)
    assert Term.working_days(1, counts_first_day=True).latest(event, on=A) == event
    of_day = Term.working_days(1, counts_first_day=True).latest(event.date(), on=A)
    assert of_day == datetime(2026, 3, 5, tzinfo=HANOI)


def test_the_earlier_one_is_found_by_instants():
    """A closing in the first hour that a clock shows twice is before an event in the second."""
    nights = Timetable.weekly("22:00-02:45", days="mon-sun")
    night = WorkCalendar(timetable=nights, zone="Europe/Paris")
    event = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1)
    end = Term.working_days(1, ends="closing").latest(event, on=night)
    assert (end, end.fold) == (datetime(2026, 10, 25, 2, 45, tzinfo=PARIS), 0)


def test_a_day_that_is_counted_ends_at_closing():
    """The receipt that such a term needs to run forward says nothing when it runs back."""
    term = Term.working_days(2, counts_first_day=True, ends="closing", received="opening")
    assert term.latest_day(date(2026, 3, 9), on=A) == date(2026, 3, 6)
    assert term.latest(date(2026, 3, 9), on=A) == datetime(2026, 3, 6, 17, 30, tzinfo=HANOI)
    evening = datetime(2026, 3, 9, 20, tzinfo=HANOI)
    assert term.latest_day(evening, on=A) == date(2026, 3, 6)


def test_what_makes_no_sense_is_refused():
    """An event to come has no receipt; naive times, other types and uncovered days as ever."""
    with pytest.raises(InputError, match="received: a term that runs back") as caught:
        Term.days(1, received="opening").latest_day(date(2026, 3, 9), on=A)
    assert caught.value.code == "received_of_backward_term"
    with pytest.raises(InputError, match="has no offset"):
        Term.days(1).latest(datetime(2026, 3, 9, 9), on=A)
    for wrong in ("2026-03-09", None):
        with pytest.raises(InputTypeError):
            Term.days(1).latest_day(wrong, on=A)
    with pytest.raises(InputTypeError):
        Term.days(1).latest_day(date(2026, 3, 9), on="A")
    for term in (Term.days(90), Term.months(3), Term.years(1), Term.working_days(90)):
        with pytest.raises(CoverageError):
            term.latest_day(date(1976, 2, 1), on=A)


def test_a_strict_calendar_refuses_what_a_notice_may_move():
    """Every day that is counted matters in working days, the last one in days that roll."""
    strict = vietnam_calendar("A", strict=True)
    event = date(2026, 11, 25)
    for term in (Term.working_days(1), Term.working_days(2), Term.days(2), Term.weeks(413)):
        with pytest.raises(CoverageError):
            term.latest_day(event, on=strict)
    assert Term.days(5).latest_day(event, on=strict) == date(2026, 11, 20)
    assert Term.days(2, rolls=False).latest_day(event, on=strict) == date(2026, 11, 23)
