"""Messages name what was given: the argument, the table of the file, and the way out."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh.errors import InputError
from phananh.worktime import (
    Hours,
    Span,
    Spans,
    Timetable,
    calendar_from_toml,
    notices_from_toml,
    vietnam_calendar,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
A = vietnam_calendar("A")
AWARE, HOUR = datetime(2026, 3, 4, 9, tzinfo=HANOI), timedelta(hours=1)
NAIVE = AWARE.replace(tzinfo=None)
SATURDAY = Span(datetime(2026, 3, 7, 9, tzinfo=HANOI), datetime(2026, 3, 7, 11, tzinfo=HANOI))
HEAD = "format = 1\n"
MORNING = Hours(days="mon-fri", sessions="08:00-12:00")


@pytest.mark.parametrize(
    ("note", "vi", "en"),
    [
        ("trực thứ Bảy", "trực thứ Bảy", "trực thứ Bảy"),
        ("", "theo lịch riêng của cơ quan", "set by the office's own calendar"),
    ],
)
def test_overtime_is_explained_by_its_note(note, vi, en):
    """A Saturday opened by instants says what they are, not the convention of the week."""
    overtime = Spans(SATURDAY, note=note)
    found = (A | overtime).explain(datetime(2026, 3, 6, 17, tzinfo=HANOI), 2 * HOUR)
    assert found.text("en").splitlines()[3] == f"3. Saturday 7 Mar, open 09:00-11:00: {en}."
    assert found.text("vi").splitlines()[3] == f"3. Thứ Bảy 07/03 làm việc 09:00-11:00: {vi}."


def test_overtime_keeps_its_note_where_a_meeting_is_taken_out():
    """Instants inside a part that something is taken from are still named."""
    overtime = Spans(SATURDAY, note="trực")
    office = (A | overtime) - Timetable.weekly("08:00-09:00", days="mon")
    assert office.day(date(2026, 3, 7)).en == "trực"


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda: A.add(NAIVE, HOUR), "t"),
        (lambda: A.add(AWARE, 5), "w"),
        (lambda: A.explain(NAIVE, HOUR), "start"),
        (lambda: A.explain(AWARE, 5), "budget"),
        (lambda: A.between(NAIVE, AWARE), "a"),
        (lambda: A.between(AWARE, NAIVE), "b"),
        (lambda: A.spans(AWARE, NAIVE), "b"),
    ],
)
def test_an_argument_is_called_what_the_signature_calls_it(ask, field):
    """The error names the parameter that was given wrongly."""
    with pytest.raises(InputError) as caught:
        ask()
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("other", "when"),
    [
        (Hours(days="sat-sun", sessions="08:00-09:00"), None),
        (Hours(days="fri", sessions="13:00-14:00"), "number 1 and 2, for fri: "),
        (
            Hours(days="tue", sessions="13:00-14:00", season=("02-01", "03-01")),
            "number 1 and 2, for tue 02-01: ",
        ),
        (
            Hours(days="tue", sessions="13:00-14:00", effective_from=date(2026, 5, 1)),
            "number 1 and 2, for 2026-05-05: ",
        ),
    ],
)
def test_hours_that_meet_are_named_by_number_and_by_what_they_speak_of(other, when):
    """No date stands in the message that nobody wrote."""
    if when is None:
        assert len(Timetable(hours=(MORNING, other)).hours) == 2
        return
    with pytest.raises(InputError) as caught:
        Timetable(hours=(MORNING, other))
    assert caught.value.problem.startswith(f"two sets of hours, {when}mon, tue, wed")


def test_half_a_swap_names_its_table():
    """In a file the second day of the first notice is at fault, in the order of the file."""
    days = 'date = 2026-03-07\nkind = "off"\n[[notice.day]]\ndate = 2026-03-05\nkind = "off"\n'
    text = f'{HEAD}[[notice]]\ndocument = "1/TB"\nissued = 2026-01-01\n[[notice.day]]\n{days}'
    with pytest.raises(InputError) as caught:
        notices_from_toml(f"{text}swapped_with = 2026-03-07\n", where="x.toml")
    assert str(caught.value) == (
        "x.toml: notice[1].day[2].swapped_with: 1/TB: 2026-03-05 is swapped with 2026-03-07, "
        "but not the other way round; list both days"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'hours: give either hours or [[schedule]] tables; hours = "A"'),
        (
            'hours = "A"\n[[schedule]]\ndays = ["mon"]\nsessions = ["08:00-09:00"]',
            "schedule: has no place beside hours; leave out schedule or hours",
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
