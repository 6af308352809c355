"""Why a day is what it is: the law, the yearly notice that fixed it, and what a notice restores."""

from datetime import date, datetime, timedelta

import pytest

from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.calendar.day_rules import reason
from tests.worktime.calendars import HANOI, A

LETTER = Notice(
    "CV 10065/VPCP-KGVX",
    date(2026, 10, 2),
    days=(NoticeDay(date(2026, 11, 23), "worked"), NoticeDay(date(2026, 11, 28), "off")),
    known_through=date(2027, 12, 31),
)
_CODE = "Bộ luật Lao động"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (
            date(2026, 2, 16),
            f"nghỉ Tết Nguyên đán (Điều 112 {_CODE} 2019; "
            "Thông báo số 9441/TB-BNV ngày 16/10/2025)",
        ),
        (
            date(2026, 9, 1),
            f"nghỉ Quốc khánh (Điều 112 {_CODE} 2019; Thông báo số 9441/TB-BNV ngày 16/10/2025)",
        ),
        (date(2026, 9, 2), f"nghỉ Quốc khánh (Điều 112 {_CODE} 2019)"),
        (date(2026, 4, 26), f"nghỉ Giỗ Tổ Hùng Vương (Điều 112 {_CODE} 2019)"),
        (
            date(2021, 2, 14),
            f"nghỉ Tết Nguyên đán (Điều 112 {_CODE} 2019; "
            "Công văn số 9895/VPCP-KGVX ngày 26/11/2020)",
        ),
        (
            date(2021, 2, 15),
            f"nghỉ bù Tết Nguyên đán (khoản 3 Điều 111 {_CODE} 2019; "
            "Công văn số 9895/VPCP-KGVX ngày 26/11/2020)",
        ),
        (
            date(2020, 1, 28),
            f"nghỉ bù Tết Nguyên đán (khoản 3 Điều 115 {_CODE} 2012; "
            "Công văn số 9087/VPCP-KGVX ngày 07/10/2019)",
        ),
        (date(2025, 2, 1), "nghỉ hằng tuần"),
    ],
)
def test_a_day_off_names_the_law_and_the_notice_that_fixed_it(day, told):
    """Tết has five days and then make-ups; the law leaves its dates to a notice of each year."""
    assert reason(A.day(day), "vi") == told


def test_tet_makes_up_for_each_rest_day_in_it():
    """From 2014 to 2060 the days that make up for Tết are as many as its weekend days."""
    for year in range(2014, 2061):
        days = [A.day(date(year, 1, 15) + timedelta(days=n)) for n in range(45)]
        tet = [day for day in days if day.name[0] == "Tết Nguyên đán"]
        codes = [day.reason_code for day in tet]
        rest = sum(day.date.weekday() >= 5 for day in tet[:5])
        assert (codes[:5], codes.count("substitute")) == (["holiday"] * 5, rest)


def test_a_notice_of_ones_own_that_settles_a_year_is_named():
    """With a letter that settles 2027, Tết 2027 rests on it."""
    calendar = vietnam_calendar("A", notices=[LETTER])
    assert calendar.day(date(2027, 2, 4)).fixed_by == ("CV 10065/VPCP-KGVX", date(2026, 10, 2))


def test_a_notice_that_leaves_the_week_as_it_is_says_so():
    """A Monday it keeps open is no make-up day, and a Saturday it keeps off is weekly rest."""
    calendar = vietnam_calendar("A", notices=[LETTER])
    monday, saturday = calendar.day(date(2026, 11, 23)), calendar.day(date(2026, 11, 28))
    paper = "(Công văn số 10065/VPCP-KGVX ngày 02/10/2026)"
    assert reason(monday, "vi") == f"ngày làm việc bình thường {paper}"
    assert reason(saturday, "vi") == f"nghỉ hằng tuần {paper}"
    assert (monday.reason_code, monday.en) == ("notice", "an ordinary working day")
    assert (saturday.reason_code, saturday.en) == ("notice", "weekly rest")


def test_a_holiday_opened_without_a_swap_is_worked_by_the_notice():
    """New Year's Day opened by a letter is neither a make-up day nor an ordinary one."""
    opened = Notice("CV 1/VPCP", date(2025, 12, 30), days=[NoticeDay(date(2026, 1, 1), "worked")])
    day = vietnam_calendar("A", notices=[opened]).day(date(2026, 1, 1))
    assert (day.reason_code, day.vi) == ("notice", "làm việc theo văn bản")
    assert [str(session) for session in day.sessions] == ["07:30-11:30", "13:30-17:30"]


def test_lunch_is_the_pause_over_noon_only():
    """A night shift's pause is between two sessions; noon is lunch, its ends included."""
    nights = WorkCalendar(timetable=Timetable.weekly("22:00-23:00, 23:30-24:00"), days=None)

    def told(calendar, *clock):
        start = datetime(2026, 3, 4, *clock, tzinfo=HANOI)
        return calendar.explain(start, timedelta(minutes=1)).text("vi").splitlines()[1]

    assert "giữa hai buổi làm việc" in told(nights, 23, 15)
    assert "trong giờ nghỉ trưa" in told(A, 11, 30)
    assert "trong giờ nghỉ trưa" in told(vietnam_calendar("VP"), 12, 0)


def test_hours_told_before_are_not_told_again():
    """After two half days the usual hours return without a word; a new season has one."""
    half = [NoticeDay(date(2026, 12, d), "hours", sessions="07:30-11:30") for d in (29, 30)]
    start = datetime(2026, 12, 28, 16, tzinfo=HANOI)
    told = vietnam_calendar("A", overrides=half).explain(start, timedelta(hours=12)).text("vi")
    assert [line[3:] for line in told.splitlines() if "làm việc 07:30" in line] == [
        "Thứ Ba 29/12 làm việc 07:30-11:30: theo lịch riêng của cơ quan.",
        "Thứ Tư 30/12 làm việc 07:30-11:30: theo lịch riêng của cơ quan.",
    ]


def test_an_ordinary_day_cites_nothing():
    """A day of the week as it is has no law or notice behind it."""
    for day in (date(2026, 3, 4), date(2026, 3, 7)):
        assert reason(A.day(day), "vi") == A.day(day).vi
