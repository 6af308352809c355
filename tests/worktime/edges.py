"""Corners that a drawn example meets once in a thousand, each as a check of its own.

A check takes what builds a calendar, so that a spoilt library can be asked as well.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from phananh.worktime import Notice, NoticeDay, Timetable

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
A = Timetable.weekly("07:30-11:30, 13:30-17:30")
NIGHT = Timetable.weekly("00:00-01:00")
Maker = Callable[..., Any]


def the_last_closing_of_all_is_reached(made: Maker) -> None:
    """A budget used up with the very last session that is covered is due at its closing."""
    start = datetime(2100, 12, 31, 16, 30, tzinfo=VIETNAM)
    assert made(timetable=A).add(start, HOUR) == start + HOUR


def the_first_opening_of_all_is_reached(made: Maker) -> None:
    """What fills the very first session that is covered begins at its opening."""
    end = datetime(1976, 1, 2, 8, 30, tzinfo=VIETNAM)
    assert made(timetable=A).subtract(end, HOUR) == end - HOUR


def a_session_that_the_clocks_skip_is_none(made: Maker) -> None:
    """Hours from two to three, on the night when Berlin has no such hour, do not open."""
    calendar = made(timetable=Timetable.weekly("02:00-03:00, 09:00-10:00", days="mon-sun"),
                    zone="Europe/Berlin", days=None)  # fmt: skip
    night = datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN)
    assert calendar.next_opening(night) == datetime(2026, 3, 29, 9, tzinfo=BERLIN)
    assert calendar.subtract(night + 9 * HOUR, HOUR + TICK).date() == date(2026, 3, 28)


def a_microsecond_after_the_hour_is_not_the_hour(made: Maker) -> None:
    """At ten sharp, hours from one microsecond past ten have not begun."""
    late = Timetable.weekly("10:00:00.000001-11:00", days="mon-sun")
    calendar, ten = made(timetable=late, days=None), datetime(2026, 3, 4, 10, tzinfo=VIETNAM)
    assert not calendar.is_open(ten)
    assert calendar.between(ten, ten + HOUR) == HOUR - TICK
    assert calendar.add(ten, TICK) == ten + 2 * TICK


def a_night_of_last_year_covers_new_year_s_own_hours(made: Maker) -> None:
    """Counting back into 1 January meets the night before it, which ends after its own hours."""
    day = NoticeDay(date(2025, 1, 1), "hours", sessions="02:00-03:00, 04:00-05:00")
    nights = Timetable.weekly("22:00-06:00")
    calendar = made(timetable=nights, days=None, overrides=[day])
    end = datetime(2025, 1, 2, 7, 30, tzinfo=VIETNAM)
    assert calendar.subtract(end, 2 * HOUR) == datetime(2025, 1, 1, 4, tzinfo=VIETNAM)


def a_skipped_opening_is_the_end_of_the_gap(made: Maker) -> None:
    """Hours from a microsecond past two open at three sharp on the night that skips the hour."""
    late = Timetable.weekly("02:00:00.000001-03:30", days="mon-sun")
    calendar = made(timetable=late, zone="Europe/Berlin", days=None)
    night = datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN)
    assert calendar.next_opening(night) == datetime(2026, 3, 29, 3, tzinfo=BERLIN)


def the_clock_of_saigon_in_1975(made: Maker) -> None:
    """Years before and after the clocks of Vietnam last changed, asked for in any order, agree."""
    whole, pieces = (made(timetable=A, days=None) for _ in range(2))
    whole.is_open(datetime(1975, 6, 13, 12, tzinfo=UTC))
    for year in (1973, 1975, 1977):
        pieces.is_open(datetime(year, 1, 5, 12, tzinfo=UTC))
    for month in range(1, 13):
        for year in (1974, 1975, 1976):
            for hour in range(24):
                at = datetime(year, month, 13, hour, 45, tzinfo=VIETNAM)
                assert pieces.is_open(at) == whole.is_open(at)
                assert pieces.add(at, 5 * HOUR) == whole.add(at, 5 * HOUR)


def a_table_that_is_replaced_stays_as_it_was(made: Maker) -> None:
    """Whoever still reads an older table reads what stood in it, while larger ones replace it."""
    calendar = made(timetable=A)
    for years in ((2020, 2021, 2023), (2019, 2024)):
        for year in years:
            calendar.is_open(datetime(year, 6, 1, tzinfo=UTC))
            older = calendar._years.hot
            before = [list(part) for part in older[:3]]
            calendar.is_open(datetime(year + 3, 6, 1, tzinfo=UTC))
            calendar.is_open(datetime(year - 3, 6, 1, tzinfo=UTC))
            assert [list(part) for part in older[:3]] == before


def a_long_night_before_a_shifted_new_year_is_remembered(made: Maker) -> None:
    """A night of Berlin that lasts until noon is open on New Year, if that is all that is asked."""
    own = [NoticeDay(date(2024, 12, 31), "hours", sessions="22:00-12:00")]
    calendar = made(timetable=NIGHT, zone="Europe/Berlin", days=None, overrides=own)
    assert calendar.is_open(datetime(2025, 1, 1, 11, 59, tzinfo=BERLIN))
    assert not calendar.is_open(datetime(2025, 1, 1, 12, tzinfo=BERLIN))


def the_last_session_of_a_year_is_open(made: Maker) -> None:
    """A year alone knows its last afternoon, and that nothing is worked after it."""
    calendar, noon = made(timetable=A), datetime(2025, 12, 31, 13, 45, tzinfo=VIETNAM)
    assert calendar.is_open(noon)
    assert calendar.between(noon, noon + 9 * HOUR) == timedelta(hours=3, minutes=45)


def the_last_hours_of_a_year_are_open_in_the_east(made: Maker) -> None:
    """What is New Year's Eve in Berlin was not asked of the next year, which begins in UTC."""
    calendar = made(timetable=A, zone="Europe/Berlin", days=None)
    calendar.is_open(datetime(2026, 6, 1, tzinfo=UTC))
    assert calendar.is_open(datetime(2025, 12, 31, 10, tzinfo=BERLIN))
    calendar = made(timetable=A, zone="Europe/Berlin", days=None)
    calendar.is_open(datetime(2026, 6, 1, tzinfo=UTC))
    assert not calendar.is_open(datetime(2025, 12, 31, 12, tzinfo=BERLIN))


def the_first_hours_of_a_year_are_open_in_the_west(made: Maker) -> None:
    """What is New Year in New York was not asked of the year before, which ends in UTC."""
    calendar = made(timetable=A, zone="America/New_York", days=None)
    calendar.is_open(datetime(2025, 6, 1, tzinfo=UTC))
    assert calendar.is_open(datetime(2026, 1, 1, 10, tzinfo=ZoneInfo("America/New_York")))


def a_clock_further_east_is_not_the_offices(made: Maker) -> None:
    """Seven in the morning is before opening, also when a clock in Australia says eleven."""
    calendar, six = made(timetable=A), datetime(2026, 3, 4, 6, tzinfo=VIETNAM)
    assert calendar.between(six, six) == timedelta()  # the year is loaded
    seven = (six + HOUR).astimezone(ZoneInfo("Australia/Lord_Howe"))
    assert calendar.between(six, seven) == timedelta() == calendar.between(seven, six)


def many_sessions_in_an_hour_are_all_counted(made: Maker) -> None:
    """Four quarters of an hour in two hours are an hour, wherever one looks from."""
    quarters = "08:00-08:15, 08:30-08:45, 09:00-09:15, 09:30-09:45"
    calendar = made(timetable=Timetable.weekly(quarters))
    eight = datetime(2026, 3, 4, 8, tzinfo=VIETNAM)
    assert calendar.between(eight, eight + 2 * HOUR) == HOUR
    assert calendar.between(eight, eight + timedelta(minutes=110)) == HOUR
    assert calendar.between(eight + 2 * HOUR, eight + 26 * HOUR) == HOUR
    assert calendar.add(eight + HOUR, HOUR) == eight + 24 * HOUR + timedelta(minutes=45)


def the_offices_own_day_goes_before_a_notice(made: Maker) -> None:
    """A worked Saturday that the office itself closes is closed; one it shortens is short."""
    saturday, nine = date(2026, 1, 10), datetime(2026, 1, 10, 9, tzinfo=VIETNAM)
    assert made(timetable=A).is_open(nine)
    assert not made(timetable=A, overrides=[NoticeDay(saturday, "off")]).is_open(nine)
    short = made(timetable=A, overrides=[NoticeDay(saturday, "hours", sessions="10:00-11:00")])
    assert short.next_opening(nine) == nine + HOUR


def boundaries_skipped_or_repeated_are_the_first_possible(made: Maker) -> None:
    """Half past two in Berlin is three in March, and the first of two in October."""
    calendar = made(timetable=Timetable.weekly("02:30-08:00", days="mon-sun"),
                    zone="Europe/Berlin", days=None)  # fmt: skip
    for night, opens in (
        (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ):
        assert calendar.next_opening(night) == opens


def a_budget_may_end_with_the_next_session_or_the_one_after(made: Maker) -> None:
    """Work that is used up with a session is due at its closing, however many lie between."""
    calendar, start = made(timetable=A), datetime(2026, 3, 4, 10, 30, tzinfo=VIETNAM)
    calendar.is_open(start)
    for hours, due in ((1, "04 11:30"), (5, "04 17:30"), (9, "05 11:30"), (13, "05 17:30")):
        assert f"{calendar.add(start, hours * HOUR):%d %H:%M}" == due


def spans_may_begin_in_a_year_that_was_not_asked_before(made: Maker) -> None:
    """What is worked across New Year is told whole, although only the later year was loaded."""
    calendar = made(timetable=A, days=None)
    begin, end = (datetime(*day, 10, tzinfo=VIETNAM) for day in ((2025, 12, 31), (2026, 1, 1)))
    calendar.is_open(end)
    assert sum((span.length for span in calendar.spans(begin, end)), timedelta()) == 8 * HOUR


def a_notice_goes_before_a_holiday(made: Maker) -> None:
    """A holiday that a later document has worked is worked."""
    days = [NoticeDay(date(2026, 9, 2), "worked")]
    nine = datetime(2026, 9, 2, 9, tzinfo=VIETNAM)
    assert not made(timetable=A).is_open(nine)
    notices = [Notice("9/TB", date(2026, 8, 1), days=days)]
    assert made(timetable=A, notices=notices).is_open(nine)


def a_year_before_those_loaded_is_not_read_from_the_end(made: Maker) -> None:
    """A deadline of an earlier year is counted there, although only a later year was loaded."""
    calendar, start = made(timetable=A), datetime(2026, 3, 4, 9, tzinfo=VIETNAM)
    assert calendar.add(start, HOUR) == start + HOUR
    lunch = datetime(2025, 3, 4, 12, tzinfo=VIETNAM)
    assert not calendar.is_open(lunch)
    calendar = made(timetable=A)
    calendar.is_open(start)
    assert calendar.add(lunch, HOUR) == datetime(2025, 3, 4, 14, 30, tzinfo=VIETNAM)


EDGES = {
    check.__name__: check
    for check in (
        the_last_closing_of_all_is_reached,
        the_first_opening_of_all_is_reached,
        a_session_that_the_clocks_skip_is_none,
        a_microsecond_after_the_hour_is_not_the_hour,
        a_night_of_last_year_covers_new_year_s_own_hours,
        a_skipped_opening_is_the_end_of_the_gap,
        the_clock_of_saigon_in_1975,
        a_table_that_is_replaced_stays_as_it_was,
        a_long_night_before_a_shifted_new_year_is_remembered,
        the_last_session_of_a_year_is_open,
        the_last_hours_of_a_year_are_open_in_the_east,
        the_first_hours_of_a_year_are_open_in_the_west,
        a_clock_further_east_is_not_the_offices,
        many_sessions_in_an_hour_are_all_counted,
        the_offices_own_day_goes_before_a_notice,
        boundaries_skipped_or_repeated_are_the_first_possible,
        a_budget_may_end_with_the_next_session_or_the_one_after,
        spans_may_begin_in_a_year_that_was_not_asked_before,
        a_notice_goes_before_a_holiday,
        a_year_before_those_loaded_is_not_read_from_the_end,
    )
}
"""Every corner by its name."""
