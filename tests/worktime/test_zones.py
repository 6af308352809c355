"""Working time in zones that change their clocks, held against the oracle in UTC."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phananh.testing.strategies import BOUNDARIES, TURNING_DAYS, budgets, instants
from tests.oracle import walk
from tests.oracle.hours import SESSIONS
from tests.oracle.zones import first_instant
from tests.worktime.calendars import (
    CALENDARS,
    CLOCK_CHANGES,
    NIGHT_BOUNDARIES,
    SESSIONS_UTC,
    WEEKS,
)

HOUR = timedelta(hours=1)
LAW = settings(deadline=None, max_examples=100)
ZONES = [
    ZoneInfo("UTC"),
    ZoneInfo("Asia/Ho_Chi_Minh"),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/New_York"),
    ZoneInfo("Australia/Lord_Howe"),
    UTC,
]


def _moments(zone):
    return instants(
        boundaries=(*BOUNDARIES, *NIGHT_BOUNDARIES),
        turning_days=(*TURNING_DAYS, *CLOCK_CHANGES),
        zone=zone,
    )


def _utc(at):
    return at.astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize("name", WEEKS)
@given(data=st.data(), budget=budgets())
@LAW
def test_law_19_a_week_in_any_zone_agrees_with_the_oracle(name, data, budget):
    """Every answer in a zone with changing clocks, or across midnight, is the oracle's."""
    calendar, sessions = CALENDARS[name](), SESSIONS_UTC[name]
    at = data.draw(_moments(ZoneInfo(WEEKS[name][0])))
    due = calendar.add(at, budget)
    assert _utc(due) == walk.add(sessions, _utc(at), budget)
    assert _utc(calendar.subtract(at, budget)) == walk.subtract(sessions, _utc(at), budget)
    assert _utc(calendar.next_opening(at)) == walk.next_opening(sessions, _utc(at))
    assert calendar.is_open(at) == walk.is_open(sessions, _utc(at))
    end = (at.astimezone(UTC) + budget).astimezone(at.tzinfo)
    assert calendar.between(at, end) == walk.between(sessions, _utc(at), _utc(end))


@pytest.mark.parametrize("name", CALENDARS)
@given(t=_moments(ZONES[1]), other=_moments(ZONES[1]), w=budgets(), zone=st.sampled_from(ZONES))
@LAW
def test_law_21_the_zone_of_the_input_is_only_clothing(name, t, other, w, zone):
    """The same instant in another zone has the same answer, given back in that zone."""
    calendar, dressed = CALENDARS[name](), t.astimezone(zone)
    for ask in (
        lambda at: calendar.add(at, w),
        lambda at: calendar.subtract(at, w),
        calendar.next_opening,
    ):
        assert _utc(ask(dressed)) == _utc(ask(t))
        assert ask(dressed).tzinfo is zone
    assert calendar.is_open(dressed) == calendar.is_open(t)
    assert calendar.between(dressed, other) == calendar.between(t, other)
    assert calendar.between(other, dressed) == calendar.between(other, t)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@given(data=st.data(), w=budgets())
@LAW
def test_law_22_always_open_means_elapsed_time(zone, data, w):
    """On a clock that never stops, working time is the time that has passed, in any zone."""
    calendar, t = CALENDARS["always"](), data.draw(_moments(zone))
    due = calendar.add(t, w)
    assert _utc(due) == _utc(t) + w
    assert _utc(calendar.subtract(t, w)) == _utc(t) - w
    assert calendar.between(t, due) == w
    assert calendar.is_open(t)
    assert calendar.next_opening(t) == t


def _berlin(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("sunday", "hours"), [("2026-03-22", 7.75), ("2026-03-29", 7), ("2026-10-25", 8.75)]
)
def test_a_night_of_changing_clocks_is_as_long_as_it_is(sunday, hours):
    """The hours 00:00-02:30 and 02:45-08:00 lose their skipped time, and gain the repeated."""
    worked = CALENDARS["berlin"]().between(_berlin(f"{sunday}T00:00"), _berlin(f"{sunday}T08:00"))
    assert worked == hours * HOUR


def test_a_skipped_and_a_repeated_boundary_are_the_first_instant_possible():
    """02:30 in Berlin is 01:00 UTC when it is skipped, and 00:30 UTC when it comes twice."""
    skipped = first_instant(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")
    repeated = first_instant(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")
    assert (skipped, repeated) == (datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 0, 30))


@pytest.mark.parametrize("name", SESSIONS)
def test_deadlines_cross_the_change_of_the_citizens_clocks(name):
    """A case opened from Berlin before its clocks change is due by Vietnamese hours."""
    due = CALENDARS[name]().add(_berlin("2026-03-27T05:00"), 16 * HOUR)
    assert due.utcoffset() == 2 * HOUR
    assert CALENDARS[name]().between(_berlin("2026-03-27T05:00"), due) == 16 * HOUR
