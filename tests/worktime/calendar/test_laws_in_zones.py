"""The laws of working hours where clocks change: research section 10, on both sides of a change.

Sessions open and close in the skipped and in the repeated hour; instants are drawn on the wall
clock of the zone, near the changes, and reckoned in UTC, where time passes evenly.
"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phananh.testing.strategies import budgets
from tests.oracle import walk
from tests.oracle.zones import first_instant
from tests.worktime.night_weeks import CALENDARS, MOMENTS, SESSIONS_UTC, WEEKS, tried

EACH = pytest.mark.parametrize("zone", WEEKS)
LAW = tried(40)
NONE = timedelta(0)
HOUR = timedelta(hours=1)
amounts = budgets(most=timedelta(hours=60), step=timedelta(minutes=15))


def moment(data: st.DataObject, zone: str) -> datetime:
    """Draw an instant of a zone, and return it in UTC."""
    return data.draw(MOMENTS[zone]).astimezone(UTC)


@EACH
@given(data=st.data(), w=amounts)
@LAW
def test_law_19_the_oracle_agrees(zone, data, w):
    """Every answer, and the spans behind it, are those of a walk over the sessions in UTC."""
    calendar, sessions, t = CALENDARS[zone](), SESSIONS_UTC[zone], moment(data, zone)
    plain = t.replace(tzinfo=None)
    due = walk.add(sessions, plain, w)
    assert calendar.add(t, w).replace(tzinfo=None) == due
    assert calendar.subtract(t, w).replace(tzinfo=None) == walk.subtract(sessions, plain, w)
    assert calendar.next_opening(t).replace(tzinfo=None) == walk.next_opening(sessions, plain)
    assert calendar.is_open(t) == walk.is_open(sessions, plain)
    assert calendar.between(t, t + w) == walk.between(sessions, plain, plain + w)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-28", 8.25),
        ("Europe/Berlin", "2026-03-29", 7.5),  # 02:00-02:30 is skipped, 02:45-08:00 loses 15 min
        ("Europe/Berlin", "2026-10-25", 9.25),  # 02:45 comes first before the hour is repeated
        ("America/New_York", "2026-03-08", 6.75),  # 02:00-02:15 is skipped, and 02:30-03:00
        ("America/New_York", "2026-11-01", 8.5),  # 01:30 comes first before the hour is repeated
        ("Australia/Lord_Howe", "2026-10-04", 7.25),  # 02:00-02:15 is skipped
        ("Australia/Lord_Howe", "2026-04-05", 7.5),  # 01:45 comes first: nothing is repeated
        ("Africa/Cairo", "2026-04-24", 6.75),  # 00:00-00:30 is skipped, and 00:45-01:00
        ("Africa/Cairo", "2026-10-29", 8.5),  # 23:45 comes first, then 23:00-24:00 again
    ],
)
def test_a_day_of_changing_clocks_by_hand(zone, day, hours):
    """What is worked on a day of 23, 23.5, 24.5 or 25 hours, counted by hand."""
    midnight = datetime.fromisoformat(day)
    begin, end = (
        first_instant(at, zone).replace(tzinfo=UTC) for at in (midnight, midnight + 24 * HOUR)
    )
    calendar = CALENDARS[zone]()
    assert calendar.between(begin, end) == hours * HOUR
    assert sum((span.length for span in calendar.spans(begin, end)), NONE) == hours * HOUR
