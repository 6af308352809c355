"""What each day rests on: a notice, the law, a prediction, or the package `holidays` alone."""

from datetime import date

import pytest

from phananh.errors import CoverageError
from phananh.worktime import Notice, NoticeDay, WorkCalendar, vietnam_calendar
from tests.worktime.calendars import A


@pytest.mark.parametrize(
    ("day", "status", "predicted"),
    [
        (date(1976, 1, 1), "unconfirmed", False),
        (date(2017, 1, 27), "unconfirmed", True),  # Tết, by the lunar calendar
        (date(2015, 1, 2), "unconfirmed", True),  # a swap that only the package knows
        (date(2018, 12, 28), "unconfirmed", False),  # an ordinary Friday
        (date(2018, 12, 31), "official", False),  # the first day of the first notice
        (date(2026, 2, 17), "official", False),
        (date(2026, 11, 22), "official", False),
        (date(2026, 11, 23), "expected", False),  # a proposal is not settled
        (date(2026, 12, 31), "official", False),
        (date(2027, 1, 1), "expected", False),  # the law fixes its date
        (date(2027, 2, 5), "expected", True),
        (date(2027, 4, 16), "expected", True),  # Giỗ Tổ
        (date(2027, 9, 2), "expected", False),
        (date(2027, 9, 3), "expected", True),  # which neighbour of 2/9 is decided each year
        (date(2100, 12, 31), "expected", False),
    ],
)
def test_each_day_says_what_it_rests_on(day, status, predicted):
    """Official from the first notice to the last; before and after, days are marked."""
    info = A.day(day)
    assert (info.status, info.predicted) == (status, predicted)


@pytest.mark.parametrize("day", [date(1975, 12, 31), date(2101, 1, 1)])
def test_beyond_all_days_nothing_is_said(day):
    """Before the first day covered and after the last a day is refused, not guessed."""
    with pytest.raises(CoverageError, match="1976-01-01 to 2100-12-31"):
        A.day(day)


def test_an_official_notice_ends_a_prediction():
    """Once a notice says so, Tết 2027 is official, though the rest of the year is not."""
    day = date(2027, 2, 5)
    told = vietnam_calendar(
        "A", notices=[Notice("1/TB", date(2026, 12, 1), days=[NoticeDay(day, "off")])]
    )
    assert (told.day(day).status, told.day(day).predicted) == ("official", False)
    assert (told.day(date(2027, 2, 8)).status, told.day(date(2027, 2, 8)).predicted) == (
        "expected", True,
    )  # fmt: skip


def test_a_calendar_without_public_days_knows_all_of_them():
    """Where there is no country there is nothing to predict."""
    bare = WorkCalendar(timetable=A.timetable, days=None)
    assert {bare.day(date(year, 2, 5)).status for year in (1950, 2017, 2027)} == {"official"}
