"""Messages name what was given: the argument, the table of the file, and the way out."""

from datetime import datetime, timedelta

import pytest

from phananh.errors import CoverageError, InputError, NoWorkingTimeError
from phananh.worktime import (
    Term,
    Timetable,
    calendar_from_toml,
    vietnam_calendar,
)
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import HANOI, A

AWARE, HOUR = datetime(2026, 3, 4, 9, tzinfo=HANOI), timedelta(hours=1)
HEAD = "format = 1\n"
MORNING = Hours(days="mon-fri", sessions="08:00-12:00")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'hours: give either hours or [[schedule]] tables; hours = "A"'),
        (
            'hours = "A"\n[[schedule]]\ndays = ["mon"]\nsessions = ["08:00-09:00"]',
            "schedule: cannot be used with hours; leave out schedule or hours",
        ),
        (
            'op = "difference"\n[[part]]\nhours = "A"\n[[part]]\n[[part.span]]\n'
            "from = 2026-03-04T09:00:00\nto = 2026-03-04T10:00:00+07:00",
            "part[2].span[1].from: 2026-03-04T09:00:00 has no offset; "
            "write it with one, such as 2026-03-04T09:00:00+07:00",
        ),
    ],
)
def test_a_file_is_told_which_key_and_what_to_do(text, told):
    """Both hours and tables, neither, and an instant without its offset are told apart."""
    with pytest.raises(InputError) as caught:
        calendar_from_toml(HEAD + text, where="x.toml")
    assert str(caught.value) == f"x.toml: {told}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('hours = "A"', "format: is missing; write format = 1"),
        (f"{HEAD}[[schedule]]\nsessions = []", "schedule[1].days: is missing; "
         'write days = ["mon-fri"]'),
        (f'{HEAD}hours = "A"\n[[override]]\ndate = 2026-03-04',
         'override[1].kind: is missing; write kind = "off"'),
    ],
)  # fmt: skip
def test_what_is_missing_is_shown_as_it_is_written(text, told):
    """A key that is missing comes with the line to write."""
    with pytest.raises(InputError) as caught:
        calendar_from_toml(text, where="x.toml")
    assert str(caught.value) == f"x.toml: {told}"


def test_hours_that_ended_are_told_from_days_that_are_not_covered():
    """A term on hours of one season says that there are none after it, not that 2100 is near."""
    season = vietnam_calendar("HATINH")
    last = "calendar HATINH has no working time left after 2018-04-15"
    for ask in (
        lambda: Term.days(5).due(AWARE, on=season),
        lambda: Term.working_days(5).due(AWARE, on=season),
        lambda: season.add(AWARE, HOUR),
    ):
        with pytest.raises(NoWorkingTimeError) as caught:
            ask()
        assert str(caught.value) == f"{last}; use hours that apply after that day"
    with pytest.raises(CoverageError, match="23 h counted from 2100-12-31 ends beyond"):
        A.add(datetime(2100, 12, 31, 16, tzinfo=A.tzinfo), 23 * HOUR)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: Term.parse("05 (sáu) ngày"),
         "term: '05 (sáu) ngày' viết 5 bằng số mà 6 bằng chữ; chỉ viết số đúng"),
        (lambda: calendar_from_toml(f'{HEAD}hours = "A"\nschedule = []', where="x.toml"),
         "x.toml: schedule: không đi cùng hours; bỏ schedule hoặc hours"),
        (lambda: Timetable(hours=(MORNING, Hours(days="fri", sessions="13:00-14:00"))),
         "timetable: hai bộ giờ, thứ 1 và 2, cho fri: mon, tue, wed, thu, fri 08:00-12:00 và "
         "fri 13:00-14:00; cho chúng khác thứ, khác mùa hoặc khác ngày"),
    ],
)  # fmt: skip
def test_the_same_in_vietnamese(ask, told):
    """What an office may meet is said in Vietnamese, the way out too."""
    with pytest.raises(InputError) as caught:
        ask()
    assert caught.value.text("vi") == told
