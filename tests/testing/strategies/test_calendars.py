"""The calendars drawn are as odd as their docstrings say, and have enough working time."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings

from phananh.testing.strategies import (
    ZONES,
    boundaries,
    calendars,
    notices,
    timetables,
    turning_days,
)
from phananh.worktime import NoticeDay, Timetable, WorkCalendar
from tests.testing.strategies.drawn import draw_many

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOME = settings(deadline=None, max_examples=60)


def _sessions(timetable):
    return [session for part in timetable.hours for session in part.sessions]


@given(calendar=calendars())
@SOME
def test_a_drawn_calendar_works_each_week_of_an_ordinary_month(calendar):
    """An hour or more of work lies in each week of March 2026, whatever was drawn."""
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    own = {day.date for day in calendar.overrides}
    own |= {day.date for notice in calendar.notices for day in notice.days}
    for week in range(4):
        begin = monday + 7 * week * DAY
        if not own & {(begin + n * DAY).date() for n in range(-1, 9)}:
            assert calendar.between(begin - DAY, begin + 8 * DAY) >= HOUR


@given(calendar=calendars(zones=["UTC"], days=[None]))
@SOME
def test_a_drawn_calendar_keeps_to_what_is_asked(calendar):
    """Only the zones and public days asked for are drawn."""
    assert (calendar.zone, calendar.days) == ("UTC", None)


KINDS = {
    "a night": lambda t: any(s.close > DAY for s in _sessions(t)),
    "a clock that never stops": lambda t: [str(s) for s in _sessions(t)] == ["00:00-24:00"],
    "three sessions a day": lambda t: any(len(part.sessions) == 3 for part in t.hours),
    "a second": lambda t: any(s.open % timedelta(minutes=1) for s in _sessions(t)),
    "a season across New Year": lambda t: any(p.season and p.season[0] > p.season[1]
                                              for p in t.hours),
    "hours from a date on": lambda t: any(part.effective_from for part in t.hours),
    "another Saturday": lambda t: len({part.sessions for part in t.hours}) > 1,
}  # fmt: skip


def test_timetables_of_every_kind_are_drawn():
    """Nights, shifts, seasons, dates, seconds and Saturdays are all found within reach."""
    drawn = draw_many(timetables())
    assert [name for name, wanted in KINDS.items() if not any(map(wanted, drawn))] == []


def test_calendars_of_every_kind_are_drawn():
    """Each zone, own days of each kind, swaps and proposals are all found within reach."""
    drawn = draw_many(calendars(), examples=200)
    wanted = [
        *(lambda c, zone=zone: c.zone == zone for zone in ZONES),
        *(
            lambda c, kind=kind: any(day.kind == kind for day in c.overrides)
            for kind in ("off", "worked", "hours")
        ),
        lambda c: any(len(notice.days) == 2 for notice in c.notices),
        lambda c: any(notice.status == "expected" for notice in c.notices),
        lambda c: c.days is None,
    ]
    assert all(any(map(each, drawn)) for each in wanted)


def test_boundaries_and_turning_days_are_those_of_the_calendar():
    """A session's edges are wall-clock times; a day of its own is a turning day."""
    night = WorkCalendar(
        timetable=Timetable.weekly("22:00-06:00"),
        overrides=[NoticeDay(datetime(2026, 5, 4).date(), "hours", sessions="08:00-09:30")],
    )
    assert [f"{edge:%H:%M}" for edge in boundaries(night)] == ["06:00", "08:00", "09:30", "22:00"]
    assert [str(day) for day in turning_days(night)] == ["2025-12-31", "2026-05-04"]


def test_notices_of_both_kinds_are_drawn():
    """Days off and swaps, official and expected, dated and undated, within the dates asked for."""
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    drawn = draw_many(notices(first=first, last=last))
    assert {len(notice.days) for notice in drawn} == {1, 2}
    assert {notice.status for notice in drawn} == {"official", "expected"}
    assert {notice.issued is None for notice in drawn} == {True, False}
    assert all(first <= day.date <= last for notice in drawn for day in notice.days)
    swaps = [notice for notice in drawn if len(notice.days) == 2]
    assert all({day.kind for day in swap.days} == {"off", "worked"} for swap in swaps)


@given(notice=notices())
@SOME
def test_a_drawn_notice_can_be_applied(notice):
    """A calendar takes any of them, expected ones too."""
    assert WorkCalendar(timetable=Timetable.weekly("08:00-17:00"), notices=[notice]).notices
