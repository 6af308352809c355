"""Overrides of single dates: a night beside a day, also where one year meets the next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = timedelta(hours=1)
NIGHT = NoticeDay(date(2025, 12, 31), "hours", sessions="22:00-06:00")
DAY = NoticeDay(date(2026, 3, 4), "hours", sessions="08:00-09:00")


def make_calendar(*overrides: NoticeDay) -> WorkCalendar:
    """Return a calendar, with no year loaded, of day hours and these overrides."""
    return WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), days=None, overrides=overrides)


@pytest.mark.parametrize("overrides", [(NIGHT,), (NIGHT, DAY), (DAY, NIGHT)])
def test_a_night_of_an_override_is_open_in_the_year_that_follows(
    overrides: tuple[NoticeDay, ...],
) -> None:
    """A night that begins on 31 December is open on 1 January, whichever year is asked first."""
    three = datetime(2026, 1, 1, 3, tzinfo=HANOI)
    assert make_calendar(*overrides).is_open(three)
    assert make_calendar(*overrides).add(three, 2 * HOUR) == three + 2 * HOUR
    assert make_calendar(*overrides).subtract(three, 2 * HOUR) == three - 2 * HOUR
    assert not make_calendar(DAY).is_open(three)


def test_one_night_among_days_is_a_night() -> None:
    """A timetable has a night where one of its sessions, or of its overrides, is one."""
    hours = Timetable.weekly("08:00-12:00").hours
    assert Timetable(hours=hours, overrides=(DAY, NIGHT)).has_overnight_sessions
    assert not Timetable(hours=hours, overrides=(DAY,)).has_overnight_sessions
    assert make_calendar(DAY, NIGHT).day_rules.has_overnight_sessions
    assert not make_calendar(DAY).day_rules.has_overnight_sessions


def test_an_override_hides_the_date_of_a_notice() -> None:
    """Of a day that the office set itself no notice is named, and no date of issue."""
    day = NoticeDay(DAY.date, "off")
    told = Notice("1/TB", date(2026, 2, 1), days=[day])
    plain = WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), days=None, notices=[told])
    info = plain.day(DAY.date)
    assert (info.source, info.issued) == ("1/TB", date(2026, 2, 1))
    own = attrs.evolve(plain, overrides=[DAY]).day(DAY.date)
    assert (own.source, own.issued) == ("", None)
