"""When the session that is open ends, and when the one before it ended."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings

from phananh.errors import CoverageError
from phananh.testing.strategies import instants
from phananh.worktime import Timetable, WorkCalendar, vietnam_calendar
from tests.oracle import walk
from tests.oracle.compare import VIETNAM, naive
from tests.oracle.hours import SESSIONS
from tests.worktime.laws import law
from tests.worktime.offices import utc

TICK = timedelta(microseconds=1)
NAMES = pytest.mark.parametrize("name", SESSIONS)


@NAMES
@given(at=instants(first=date(2019, 1, 1), last=date(2026, 12, 1)))
@settings(deadline=None, max_examples=200)
def test_closings_are_those_of_the_oracle(name, at):
    """Near every closure, swap and season, in any hour, the two agree."""
    calendar, sessions = vietnam_calendar(name), SESSIONS[name]
    assert naive(calendar.next_closing(at)) == walk.next_closing(sessions, naive(at))
    assert naive(calendar.previous_closing(at)) == walk.previous_closing(sessions, naive(at))


@law(14)
def test_law_14_nothing_is_open_at_a_closing(office, t):
    """A closing is where work stops: just before it is worked, just after it is not."""
    calendar = office.calendar
    for asked in (calendar.next_closing, calendar.previous_closing):
        try:
            closing = asked(t)
        except CoverageError:
            continue  # an office that never shuts
        assert closing.tzinfo is t.tzinfo
        assert calendar.between(closing - TICK, closing) in (TICK, timedelta())
        assert not calendar.is_open(closing)
        assert utc(calendar.subtract(closing, TICK)) == utc(closing) - TICK
        assert (utc(closing) <= utc(t)) is (asked == calendar.previous_closing)


@pytest.mark.parametrize(
    ("at", "closing", "before"),
    [
        ("2026-03-04T09:00", "2026-03-04T11:30", "2026-03-03T17:30"),
        ("2026-03-04T11:30", "2026-03-04T17:30", "2026-03-04T11:30"),
        ("2026-03-04T13:30", "2026-03-04T17:30", "2026-03-04T11:30"),
        ("2026-02-18T12:00", "2026-02-23T11:30", "2026-02-13T17:30"),
    ],
)
def test_a_closing_is_no_longer_open(at, closing, before):
    """At a closing itself the session is over: it is the closing before, and the next one comes."""
    office = vietnam_calendar("A")
    texts = (at, closing, before)
    t, *found = (datetime.fromisoformat(text).replace(tzinfo=VIETNAM) for text in texts)
    assert [office.next_closing(t), office.previous_closing(t)] == found


def test_sessions_that_touch_are_one():
    """A night that runs into the morning ends with the morning, over New Year too."""
    hours = Timetable.weekly("00:00-06:00, 22:00-24:00", days="mon-sun")
    office = WorkCalendar(timetable=hours, days=None)
    for day in (date(2026, 3, 4), date(2026, 12, 31)):
        late = datetime(day.year, day.month, day.day, 23, tzinfo=VIETNAM)
        assert office.next_closing(late) == late + timedelta(hours=7)
        assert office.previous_closing(late) == late - timedelta(hours=17)


def test_an_office_that_never_shuts_has_no_closing():
    """The end of the days known is no closing: to say one would be a guess."""
    office = WorkCalendar(timetable=Timetable.weekly("00:00-24:00", days="mon-sun"), days=None)
    t = datetime(2026, 3, 4, 9, tzinfo=VIETNAM)
    for ask in (office.next_closing, office.previous_closing):
        with pytest.raises(CoverageError):
            ask(t)


def test_the_last_session_of_all_days_has_an_end():
    """On the last day that is covered a session closes as on any other."""
    office = WorkCalendar(timetable=Timetable.weekly("08:00-12:00", days="mon-sun"), days=None)
    last = datetime(2199, 12, 31, 9, tzinfo=VIETNAM)
    assert office.next_closing(last) == last.replace(hour=12)
    first = datetime(1900, 1, 1, 13, tzinfo=VIETNAM)
    assert office.previous_closing(first) == first.replace(hour=12)
