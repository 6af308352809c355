"""Days that stay closed: worked in place of a closed weekday, or without hours of any kind."""

from datetime import date, datetime

import pytest

from phananh.worktime import NoticeDay, Timetable, WorkCalendar
from phananh.worktime.calendar.day_rules import reason
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import HANOI, HOUR

SHORT_WEEK = Timetable(
    hours=(Hours(days="mon", sessions="09:00-10:00"), Hours(days="tue-thu", sessions="08:00-17:00"))
)
HALF_YEAR = WorkCalendar(
    timetable=Timetable(
        hours=Hours(days="mon-fri", sessions="08:00-12:00, 13:00-17:00", season=("01-01", "06-30"))
    )
)
SATURDAY = date(2026, 1, 10)  # worked in place of Friday 2 January
LETTER = "(CV 12729/VPCP-KGVX of 2025-12-25)"


def test_a_day_worked_for_a_closed_weekday_stays_closed():
    """An office without hours on Fridays has none to make up on the Saturday."""
    calendar = WorkCalendar(timetable=SHORT_WEEK)
    day = calendar.day(SATURDAY)
    assert (day.kind, day.sessions, day.reason_code) == ("off", (), "make_up")
    why = "would make up for Friday 2 Jan, a weekday without office hours"
    assert reason(day, "en") == f"{why} {LETTER}"
    assert day.vi == "bù cho thứ Sáu 02/01, là ngày cơ quan không có giờ làm việc"
    assert calendar.add(datetime(2026, 1, 8, 16, tzinfo=HANOI), 2 * HOUR) == datetime(
        2026, 1, 12, 10, tzinfo=HANOI
    )


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 1, 11), "09:00-10:00"), (date(2026, 1, 13), "08:00-17:00")]
)
def test_a_worked_day_without_a_swap_takes_its_own_hours_or_the_first(day, hours):
    """A Sunday opened by the office has the hours of the first open weekday, a Tuesday its own."""
    calendar = WorkCalendar(timetable=SHORT_WEEK, overrides=[NoticeDay(day, "worked")])
    assert [str(session) for session in calendar.day(day).sessions] == [hours]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 7, 1), "no_hours"),
        (date(2026, 7, 4), "no_hours"),  # a Saturday
        (date(2026, 8, 22), "no_hours"),  # a Saturday worked by notice
        (date(2026, 8, 31), "swap"),
        (date(2026, 9, 2), "holiday"),
        (date(2026, 6, 27), "weekend"),
        (date(2026, 6, 30), "regular"),
    ],
)
def test_a_season_left_out_is_no_weekly_rest(day, code):
    """Where no hours are in force on any weekday, the reason is that none are set."""
    found = HALF_YEAR.day(day)
    assert found.reason_code == code
    told = (found.kind, found.vi, found.en) == (
        "off",
        "chưa nêu giờ làm việc cho ngày này",
        "no hours are set for this day",
    )
    assert told == (code == "no_hours")


def test_a_day_opened_where_no_hours_are_set_stays_closed():
    """An office that opens a day for which it has no hours at all is told so."""
    opened = [NoticeDay(date(2026, 8, 3), "worked", note="trực")]
    day = WorkCalendar(timetable=HALF_YEAR.timetable, overrides=opened).day(date(2026, 8, 3))
    assert (day.kind, day.reason_code, day.en) == (
        "off",
        "no_hours",
        "no hours are set for this day",
    )
