"""Corners that a drawn example meets once in a thousand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from phananh.worktime import NoticeDay, Timetable, WorkCalendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import HANOI, HOUR, TICK

BERLIN = ZoneInfo("Europe/Berlin")
A = Timetable.weekly("07:30-11:30, 13:30-17:30")
NIGHT = Timetable.weekly("00:00-01:00")


def test_the_last_closing_of_all_is_reached() -> None:
    """A budget used up with the very last session that is covered is due at its closing."""
    start = datetime(2100, 12, 31, 16, 30, tzinfo=HANOI)
    assert WorkCalendar(timetable=A).add(start, HOUR) == start + HOUR


def test_the_first_opening_of_all_is_reached() -> None:
    """What fills the very first session that is covered begins at its opening."""
    end = datetime(1976, 1, 2, 8, 30, tzinfo=HANOI)
    assert WorkCalendar(timetable=A).subtract(end, HOUR) == end - HOUR


def test_the_first_night_of_all_is_of_the_first_day() -> None:
    """Before it is no evening to which its early hours could belong, and each night ends."""
    calendar = WorkCalendar(timetable=Timetable.weekly("22:00-06:00"), days=None)
    assert calendar.find_working_day(calendar.first_day) == date(1900, 1, 1)
    for day, hour, of in ((1, 2, 1), (2, 2, 1), (2, 6, 2)):
        assert calendar.office_day(datetime(1900, 1, day, hour, tzinfo=HANOI)).date == date(
            1900, 1, of
        )


def test_a_session_that_the_clocks_skip_is_none() -> None:
    """Hours from two to three, on the night when Berlin has no such hour, do not open."""
    calendar = WorkCalendar(timetable=Timetable.weekly("02:00-03:00, 09:00-10:00", days="mon-sun"),
                    zone="Europe/Berlin", days=None)  # fmt: skip
    night = datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN)
    assert calendar.next_opening(night) == datetime(2026, 3, 29, 9, tzinfo=BERLIN)
    assert calendar.subtract(night + 9 * HOUR, HOUR + TICK).date() == date(2026, 3, 28)


def test_a_microsecond_after_the_hour_is_not_the_hour() -> None:
    """At ten sharp, hours from one microsecond past ten have not begun."""
    late = Timetable.weekly("10:00:00.000001-11:00", days="mon-sun")
    calendar, ten = (
        WorkCalendar(timetable=late, days=None),
        datetime(2026, 3, 4, 10, tzinfo=HANOI),
    )
    assert not calendar.is_open(ten)
    assert (calendar.between(ten, ten + HOUR), calendar.add(ten, TICK)) == (
        HOUR - TICK,
        ten + 2 * TICK,
    )


def test_a_night_of_last_year_covers_new_year_s_own_hours() -> None:
    """Counting back into 1 January meets the night before it, which ends after its own hours."""
    day = NoticeDay(date(2025, 1, 1), "hours", sessions="02:00-03:00, 04:00-05:00")
    calendar = WorkCalendar(timetable=Timetable.weekly("22:00-06:00"), days=None, overrides=[day])
    end = datetime(2025, 1, 2, 7, 30, tzinfo=HANOI)
    assert calendar.subtract(end, 2 * HOUR) == datetime(2025, 1, 1, 4, tzinfo=HANOI)


def test_a_skipped_opening_is_the_end_of_the_gap() -> None:
    """Hours from a microsecond past two open at three sharp on the night that skips the hour."""
    late = Timetable.weekly("02:00:00.000001-03:30", days="mon-sun")
    calendar = WorkCalendar(timetable=late, zone="Europe/Berlin", days=None)
    night = datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN)
    assert calendar.next_opening(night) == datetime(2026, 3, 29, 3, tzinfo=BERLIN)


def test_the_clocks_of_saigon_and_caracas() -> None:
    """Years before and after clocks last changed, asked for in any order, agree, east and west."""
    since_2014 = attrs.evolve(VIETNAM_DAYS, first_day=date(2014, 1, 1))
    for key, change, days in (
        ("Asia/Ho_Chi_Minh", 1975, None),
        ("America/Caracas", 2016, since_2014),
    ):
        zone = ZoneInfo(key)
        whole, pieces = (WorkCalendar(timetable=A, zone=key, days=days) for _ in range(2))
        whole.is_open(datetime(change, 6, 13, 12, tzinfo=UTC))
        for year in (change - 2, change, change + 2):
            pieces.is_open(datetime(year, 1, 5, 12, tzinfo=UTC))
        for month in range(1, 13):
            for year in range(change - 2, change + 2):
                for hour in range(24):
                    at = datetime(year, month, 13, hour, 45, tzinfo=zone)
                    assert pieces.is_open(at) == whole.is_open(at)
                    assert pieces.add(at, 5 * HOUR) == whole.add(at, 5 * HOUR)


def test_the_same_clock_time_an_hour_later_is_another_instant() -> None:
    """In the hour that Berlin repeats, a notice may move what begins and ends at the same time."""
    known = date(2020, 1, 1)
    calendar = WorkCalendar(timetable=A, zone="Europe/Berlin", days=None, known_through=known)
    once = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert calendar.provisional(once, once + HOUR)
    assert not calendar.provisional(once, once)


def test_a_table_that_is_replaced_stays_as_it_was() -> None:
    """Whoever still reads an older table reads what stood in it, while larger ones replace it."""
    calendar = WorkCalendar(timetable=A)
    for years in ((2020, 2021, 2023), (2019, 2024)):
        for year in years:
            calendar.is_open(datetime(year, 6, 1, tzinfo=UTC))
            older = calendar._table
            before = [list(part) for part in (older.bases, older.ends, older.index)]
            calendar.is_open(datetime(year + 3, 6, 1, tzinfo=UTC))
            calendar.is_open(datetime(year - 3, 6, 1, tzinfo=UTC))
            assert [list(part) for part in (older.bases, older.ends, older.index)] == before


def test_a_long_night_before_a_shifted_new_year_is_remembered() -> None:
    """A night of Berlin that lasts until noon is open on New Year, if that is all that is asked."""
    own = [NoticeDay(date(2024, 12, 31), "hours", sessions="22:00-12:00")]
    calendar = WorkCalendar(timetable=NIGHT, zone="Europe/Berlin", days=None, overrides=own)
    assert calendar.is_open(datetime(2025, 1, 1, 11, 59, tzinfo=BERLIN))
    assert not calendar.is_open(datetime(2025, 1, 1, 12, tzinfo=BERLIN))


def test_the_last_session_of_a_year_is_open() -> None:
    """A year alone knows its last afternoon, and that nothing is worked after it."""
    calendar, noon = WorkCalendar(timetable=A), datetime(2025, 12, 31, 13, 45, tzinfo=HANOI)
    assert calendar.is_open(noon)
    assert calendar.between(noon, noon + 9 * HOUR) == timedelta(hours=3, minutes=45)


def test_the_last_hours_of_a_year_are_open_in_the_east() -> None:
    """What is New Year's Eve in Berlin was not asked of the next year, which begins in UTC."""
    calendar = WorkCalendar(timetable=A, zone="Europe/Berlin", days=None)
    calendar.is_open(datetime(2026, 6, 1, tzinfo=UTC))
    assert calendar.is_open(datetime(2025, 12, 31, 10, tzinfo=BERLIN))
    calendar = WorkCalendar(timetable=A, zone="Europe/Berlin", days=None)
    calendar.is_open(datetime(2026, 6, 1, tzinfo=UTC))
    assert not calendar.is_open(datetime(2025, 12, 31, 12, tzinfo=BERLIN))


def test_the_first_hours_of_a_year_are_open_in_the_west() -> None:
    """What is New Year in New York was not asked of the year before, which ends in UTC."""
    calendar = WorkCalendar(timetable=A, zone="America/New_York", days=None)
    calendar.is_open(datetime(2025, 6, 1, tzinfo=UTC))
    assert calendar.is_open(datetime(2026, 1, 1, 10, tzinfo=ZoneInfo("America/New_York")))


def test_new_year_is_known_to_a_calendar_that_was_not_asked_before() -> None:
    """The last day of a year and the first, in the east and in the west, load what they need."""
    for key in ("Europe/Berlin", "America/New_York", "Asia/Ho_Chi_Minh"):
        for day in (date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)):
            for hour in (1, 8, 16, 23):
                calendar = WorkCalendar(timetable=A, zone=key, days=None)
                at = datetime(day.year, day.month, day.day, hour, 45, tzinfo=ZoneInfo(key))
                assert calendar.is_open(at) is (hour in (8, 16))


def test_a_clock_further_east_is_not_the_offices() -> None:
    """Seven in the morning is before opening, also when a clock in Australia says eleven."""
    calendar, six = WorkCalendar(timetable=A), datetime(2026, 3, 4, 6, tzinfo=HANOI)
    assert calendar.between(six, six) == timedelta()  # the year is loaded
    seven = (six + HOUR).astimezone(ZoneInfo("Australia/Lord_Howe"))
    assert calendar.between(six, seven) == timedelta() == calendar.between(seven, six)


def test_many_sessions_in_an_hour_are_all_counted() -> None:
    """Four quarters of an hour in two hours are an hour, wherever one looks from."""
    quarters = "08:00-08:15, 08:30-08:45, 09:00-09:15, 09:30-09:45"
    calendar = WorkCalendar(timetable=Timetable.weekly(quarters))
    eight = datetime(2026, 3, 4, 8, tzinfo=HANOI)
    assert calendar.between(eight, eight + 2 * HOUR) == HOUR
    assert calendar.between(eight, eight + timedelta(minutes=110)) == HOUR
    assert calendar.between(eight + 2 * HOUR, eight + 26 * HOUR) == HOUR
    assert calendar.add(eight + HOUR, HOUR) == eight + 24 * HOUR + timedelta(minutes=45)


def test_boundaries_skipped_or_repeated_are_the_first_possible() -> None:
    """Half past two in Berlin is three in March, and the first of two in October."""
    calendar = WorkCalendar(timetable=Timetable.weekly("02:30-08:00", days="mon-sun"),
                    zone="Europe/Berlin", days=None)  # fmt: skip
    for night, opens in (
        (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ):
        assert calendar.next_opening(night) == opens


def test_a_budget_may_end_with_the_next_session_or_the_one_after() -> None:
    """Work that is used up with a session is due at its closing, however many lie between."""
    calendar, start = WorkCalendar(timetable=A), datetime(2026, 3, 4, 10, 30, tzinfo=HANOI)
    calendar.is_open(start)
    for hours, due in ((1, "04 11:30"), (5, "04 17:30"), (9, "05 11:30"), (13, "05 17:30")):
        assert f"{calendar.add(start, hours * HOUR):%d %H:%M}" == due


def test_spans_may_begin_in_a_year_that_was_not_asked_before() -> None:
    """What is worked across New Year is told whole, although only the later year was loaded."""
    calendar = WorkCalendar(timetable=A, days=None)
    begin, end = (datetime(*day, 10, tzinfo=HANOI) for day in ((2025, 12, 31), (2026, 1, 1)))
    calendar.is_open(end)
    assert sum((span.length for span in calendar.spans(begin, end)), timedelta()) == 8 * HOUR


def test_a_year_before_those_loaded_is_not_read_from_the_end() -> None:
    """A deadline of an earlier year is counted there, although only a later year was loaded."""
    calendar, start = WorkCalendar(timetable=A), datetime(2026, 3, 4, 9, tzinfo=HANOI)
    assert calendar.add(start, HOUR) == start + HOUR
    lunch = datetime(2025, 3, 4, 12, tzinfo=HANOI)
    assert not calendar.is_open(lunch)
    calendar = WorkCalendar(timetable=A)
    calendar.is_open(start)
    assert calendar.add(lunch, HOUR) == datetime(2025, 3, 4, 14, 30, tzinfo=HANOI)


def test_a_night_covers_the_own_hours_of_a_year_that_is_loaded_later() -> None:
    """Hours within a night that began on New Year's Eve are not counted twice."""
    day = NoticeDay(date(2025, 1, 1), "hours", sessions="02:00-03:00")
    calendar = WorkCalendar(timetable=Timetable.weekly("22:00-06:00"), days=None, overrides=[day])
    calendar.is_open(datetime(2024, 6, 1, tzinfo=HANOI))
    begin = datetime(2024, 12, 31, 21, tzinfo=HANOI)
    assert calendar.between(begin, begin + 12 * HOUR) == 8 * HOUR


def test_a_calendar_without_hours_at_first_is_open_once_they_begin() -> None:
    """An office is open day and night since 2026, although only a year before was loaded."""
    hours = Hours(days="mon-sun", sessions="00:00-24:00", effective_from=date(2026, 1, 5))
    calendar = WorkCalendar(timetable=Timetable(hours=hours), days=None)
    years = (calendar.is_open(datetime(year, 3, 1, tzinfo=HANOI)) for year in (2024, 2040))
    assert [*years] == [False, True]
