"""Terms where clocks change: 24:00 of a day of 23, 23.5 or 25 hours, or of one without midnight."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from phananh.testing.strategies import instants
from phananh.worktime import Timetable, WorkCalendar
from phananh.worktime.terms import Term
from tests.worktime.calendars import TICK
from tests.worktime.terms.drawn import DAY, plain_terms, terms, tried

LAW = tried(40)
QUARTER = timedelta(minutes=15)
CHANGES = {
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Africa/Cairo": (date(2026, 4, 24), date(2026, 10, 29)),
    "America/Santiago": (date(2026, 4, 4), date(2026, 9, 6)),
    "America/Havana": (date(2026, 3, 8), date(2026, 11, 1)),
}
EACH = pytest.mark.parametrize("zone", CHANGES)


@cache
def office(zone: str) -> WorkCalendar:
    """Return a calendar that is open at night, when clocks change, on six days of the week."""
    hours = Timetable.weekly("00:15-02:30, 22:00-23:30", days="tue-sun")
    return WorkCalendar(name=zone, zone=zone, days=None, timetable=hours)


def near(zone: str):
    """Draw instants of a zone, half of them next to a change of its clocks."""
    return instants(first=date(2025, 12, 1), turning_days=CHANGES[zone], zone=ZoneInfo(zone))


def over(day: date, zone: str) -> datetime:
    """Return when a day is over for good, by looking at the clock every quarter of an hour."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - DAY
    looked = [noon + n * QUARTER for n in range(4 * 72)]
    return max(at for at in looked if at.astimezone(ZoneInfo(zone)).date() <= day) + QUARTER


@pytest.mark.parametrize(
    ("zone", "last", "due"),
    [
        ("Africa/Cairo", "2026-04-23", "2026-04-24T01:00+03:00"),  # no midnight that night
        ("Africa/Cairo", "2026-10-29", "2026-10-30T00:00+02:00"),  # 23:00 to 24:00 twice
        ("America/Santiago", "2026-09-05", "2026-09-06T01:00-03:00"),  # no midnight
        ("America/Santiago", "2026-04-04", "2026-04-05T00:00-04:00"),  # 23:00 to 24:00 twice
        ("America/Havana", "2026-03-07", "2026-03-08T01:00-04:00"),  # no midnight
        ("America/Havana", "2026-10-31", "2026-11-01T00:00-04:00"),  # midnight twice: the first
        ("America/New_York", "2026-03-08", "2026-03-09T00:00-04:00"),  # 23 hours
        ("Europe/Berlin", "2026-10-25", "2026-10-26T00:00+01:00"),  # 25 hours
        ("Australia/Lord_Howe", "2026-10-04", "2026-10-05T00:00+11:00"),  # 23.5 hours
        ("Australia/Lord_Howe", "2026-04-05", "2026-04-06T00:00+10:30"),  # 24.5 hours
        ("America/St_Johns", "2010-11-06", "2010-11-07T00:00-03:30"),  # back at 00:01 to 23:01
    ],
)
def test_24_hours_of_a_day_on_which_clocks_change(zone, last, due):
    """A day ends when it is over for good, at the change itself where there is no midnight."""
    day = date.fromisoformat(last)
    found = Term.days(1, rolls=False).due(day - DAY, on=office(zone))
    assert found.astimezone(UTC) == datetime.fromisoformat(due)
    assert (found.astimezone(UTC) - TICK).astimezone(ZoneInfo(zone)).date() == day


@EACH
@given(data=st.data())
@LAW
def test_the_end_is_when_the_clock_leaves_the_day(zone, data):
    """From any start, the due instant is where the office's clock leaves the last day for good."""
    expiry = data.draw(plain_terms).expiry(data.draw(near(zone)), on=office(zone))
    assert expiry.due.astimezone(UTC) == over(expiry.last_day, zone)


@EACH
@given(data=st.data(), term=terms(), other=st.sampled_from([*CHANGES, "Asia/Ho_Chi_Minh"]))
@LAW
def test_the_zone_of_the_start_is_only_clothing(zone, data, term, other):
    """The same instant in another zone ends at the same instant, given back in that zone."""
    t = data.draw(near(zone))
    dressed = t.astimezone(ZoneInfo(other))
    due = term.due(dressed, on=office(zone))
    assert due.astimezone(UTC) == term.due(t, on=office(zone)).astimezone(UTC)
    assert due.tzinfo is dressed.tzinfo
