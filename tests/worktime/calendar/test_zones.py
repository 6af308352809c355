"""Working time in zones that change their clocks, held against the oracle: laws 19, 21, 22."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st

from phananh.worktime import Timetable, WorkCalendar
from tests.oracle import walk
from tests.worktime.laws import law
from tests.worktime.offices import Office, later, parts_of, utc

ALWAYS = Timetable.weekly("00:00-24:00", days="mon-sun")
NEVER_CLOSED = st.sampled_from(
    [
        Office(f"always in {zone}", parts_of(WorkCalendar(timetable=ALWAYS, zone=zone, days=None)))
        for zone in ("Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
    ]
)


@law(19)
def test_law_19_the_day_loop_agrees(office, t, w):
    """Every answer is that of an oracle that walks from day to day and knows no table."""
    calendar, sessions, due = office.calendar, office.sessions, office.calendar.add(t, w)
    assert utc(due) == walk.add(sessions, utc(t), w)
    assert utc(calendar.subtract(t, w)) == walk.subtract(sessions, utc(t), w)
    assert utc(calendar.next_opening(t)) == walk.next_opening(sessions, utc(t))
    assert calendar.is_open(t) == walk.is_open(sessions, utc(t))
    end = later(t, w)
    assert calendar.between(t, end) == walk.between(sessions, utc(t), utc(end))


@law(21)
def test_law_21_the_zone_of_the_input_is_only_clothing(office, t, b, w, dress):
    """The same instant in another zone has the same answer, given back in that zone."""
    calendar, dressed = office.calendar, t.astimezone(dress)
    for ask in (
        lambda at: calendar.add(at, w),
        lambda at: calendar.subtract(at, w),
        lambda at: calendar.allot(at, w).due,
        calendar.next_opening,
    ):
        assert utc(ask(dressed)) == utc(ask(t))
        assert ask(dressed).tzinfo is dress
    spans = calendar.spans(dressed, calendar.add(dressed, w))
    assert [(utc(span.start), utc(span.end)) for span in spans] == [
        (utc(span.start), utc(span.end)) for span in calendar.allot(t, w).spans
    ]
    assert {span.start.tzinfo for span in spans} == {span.end.tzinfo for span in spans} == {dress}
    assert calendar.is_open(dressed) == calendar.is_open(t)
    assert calendar.between(dressed, b) == calendar.between(t, b)
    assert calendar.between(b, dressed) == calendar.between(b, t)


@law(22, among=NEVER_CLOSED)
def test_law_22_always_open_means_elapsed_time(office, t, w, dress):
    """On a clock that never stops, working time is the time that has passed, in any zone."""
    calendar, t = office.calendar, t.astimezone(dress)
    due = calendar.add(t, w)
    assert (utc(due), utc(calendar.subtract(t, w)), calendar.between(t, due)) == (
        utc(t) + w,
        utc(t) - w,
        w,
    )
    assert calendar.is_open(t)
    assert utc(calendar.next_opening(t)) == utc(t)


@pytest.mark.parametrize("opens", ["02:00", "02:00:00.000001", "02:30", "02:59:59.999999"])
def test_an_opening_in_a_skipped_hour_is_the_end_of_the_gap(opens):
    """What would open in the hour that clocks skip opens when it has passed, to the microsecond."""
    week = Timetable.weekly(f"{opens}-03:30", days="mon-sun")
    calendar = WorkCalendar(timetable=week, zone="Europe/Berlin", days=None)
    berlin = ZoneInfo("Europe/Berlin")
    night, after = (datetime(2025, 3, 30, hour, tzinfo=berlin) for hour in (0, 3))
    assert calendar.next_opening(night) == after
    assert calendar.add(night, timedelta(microseconds=1)) == after + timedelta(microseconds=1)
