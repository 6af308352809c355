"""What is left until a due instant and what has run over, in working time and in words.

The calendar is that of `phananh.worktime.calendar.work_calendar`.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from phananh.worktime import Timetable, WorkCalendar
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import HANOI, A, in_hanoi

NEW_YEAR = date(2026, 1, 1)
SHORT_FRIDAYS = WorkCalendar(
    timetable=Timetable(
        hours=[
            Hours(days="mon-thu", sessions="07:30-11:30, 13:30-17:30"),
            Hours(days="fri", sessions="07:30-11:30"),
        ]
    )
)
SEVEN_AND_A_HALF = WorkCalendar(timetable=Timetable.weekly("08:00-12:00, 13:00-16:30"))


DUE = in_hanoi(2026, 3, 5, 10)  # a Thursday
MOMENTS = st.datetimes(
    datetime(2025, 11, 1), datetime(2026, 12, 1), timezones=st.sampled_from([HANOI, UTC])
)


@pytest.mark.parametrize(
    ("now", "vi", "en"),
    [
        ((2026, 3, 4, 17), "còn 3 giờ làm việc", "3 working hours left"),
        ((2026, 3, 5, 9), "còn 1 giờ làm việc", "1 working hour left"),
        ((2026, 3, 5, 9, 30), "còn 30 phút làm việc", "30 minutes of working time left"),
        (
            (2026, 3, 5, 9, 59, 58, 500_000),
            "còn 1,5 giây làm việc",
            "1.5 seconds of working time left",
        ),
        ((2026, 3, 5, 10), "đến hạn", "due now"),
        (
            (2026, 3, 5, 10, 0, 0, 1),
            "quá 0,000001 giây làm việc",
            "0.000001 seconds of working time over",
        ),
        ((2026, 3, 5, 11, 1), "quá 1 giờ 1 phút làm việc", "1 hour 1 minute of working time over"),
        (
            (2026, 3, 6, 10),
            "quá 8 giờ làm việc",
            "8 working hours over",
        ),
        (
            (2026, 3, 6, 14),
            "quá 10 giờ làm việc",
            "10 working hours over",
        ),
        (
            (2026, 3, 2, 9, 59, 30),
            "còn 24 giờ 30 giây làm việc",
            "24 hours 30 seconds of working time left",
        ),
    ],
)
def test_what_is_left_and_over_is_worded_for_officers(now, vi, en):
    """Hours and minutes, seconds only where there are some; exactly at due, nothing is left."""
    assert [A.time_left_text(in_hanoi(*now), DUE, lang) for lang in ("vi", "en")] == [vi, en]


def test_late_or_early_without_working_time_is_said_as_it_is():
    """After a due closing it is late at once; before a moment at night it is not due yet."""
    closing, night = in_hanoi(2026, 3, 5, 17, 30), in_hanoi(2026, 3, 5, 22)
    assert A.overrun(night, closing) == timedelta()
    for now, due, lang, words in (
        (night, closing, "vi", "trễ hạn, nhưng chưa qua giờ làm việc nào"),
        (night, closing, "en", "overdue, but no working time has passed since"),
        (closing, night, "vi", "chưa đến hạn, nhưng không còn giờ làm việc nào"),
        (closing, night, "en", "not due yet, but no working time is left"),
    ):
        assert A.time_left_text(now, due, lang) == words


def test_days_are_hours():
    """What spans days is in hours, whether its days are equally long or not."""
    monday = in_hanoi(2026, 3, 2, 8)
    assert SEVEN_AND_A_HALF.time_left_text(monday, in_hanoi(2026, 3, 3, 9), "vi") == (
        "còn 8 giờ 30 phút làm việc"
    )
    assert SHORT_FRIDAYS.time_left_text(monday, DUE) == "26 working hours left"


@given(MOMENTS, MOMENTS)
def test_left_less_over_is_what_lies_between(now, due):
    """One of the two is zero, and their difference is the working time between."""
    left, over = A.remaining(now, due), A.overrun(now, due)
    assert (min(left, over), left - over) == (timedelta(), A.between(now, due))


@pytest.mark.parametrize(
    ("seconds", "vi", "en"),
    [
        (59, "còn chưa đến 1 phút làm việc", "less than a minute of working time left"),
        (-1, "quá chưa đến 1 phút làm việc", "less than a minute of working time over"),
        (3661, "còn 1 giờ 1 phút làm việc", "1 hour 1 minute of working time left"),
        (3659, "còn 1 giờ làm việc", "1 working hour left"),
        (-119, "quá 1 phút làm việc", "1 minute of working time over"),
        (0, "đến hạn", "due now"),
    ],
)
def test_a_list_needs_no_seconds(seconds, vi, en):
    """Without `fine` there are whole minutes, or less than one, on either side of the due."""
    due = datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    now = due - timedelta(seconds=seconds)
    assert [A.time_left_text(now, due, lang, fine=False) for lang in ("vi", "en")] == [vi, en]
