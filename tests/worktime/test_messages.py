"""Messages name what was given: the argument, the table of the file, and the way out."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh.errors import CoverageError, InputError, InputTypeError, NoWorkingTimeError
from phananh.worktime import (
    Notice,
    NoticeDay,
    Span,
    Term,
    Timetable,
    WorkCalendar,
    calendar_from_toml,
    calendar_to_toml,
    vietnam_calendar,
)
from phananh.worktime.algebra import Spans
from phananh.worktime.timetable import Hours

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
A = vietnam_calendar("A")
AWARE, HOUR = datetime(2026, 3, 4, 9, tzinfo=HANOI), timedelta(hours=1)
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


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: A.as_of("2025-12-24"),
         "as_of: '2025-12-24' is not a date; give a date, such as date(2025, 12, 24)"),
        (lambda: Term.days(5).due(AWARE, on="A"),
         "on: 'A' is not a WorkCalendar; give a calendar, such as vietnam_calendar(\"A\")"),
        (lambda: A.with_notices("x.toml"),
         "notices: 'x.toml' is not a list; give a list, even of one"),
        (lambda: A.with_notices(5), "notices: 5 is not a list; give a list, even of one"),
        (lambda: A.with_notices(["x"]), "notices: 'x' is not a Notice"),
        (lambda: WorkCalendar(timetable=A.timetable, overrides=NoticeDay(date(2026, 3, 4), "off")),
         "overrides: NoticeDay(date=datetime.date(2026, 3, 4), kind='off', swa... is not a list; "
         "give a list, even of one"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_refused_with_a_way_out(ask, told):
    """No error of Python's own: the argument, what was given, and what to give."""
    with pytest.raises(InputTypeError) as caught:
        ask()
    assert str(caught.value) == told


def test_one_notice_alone_is_no_list():
    """A notice given where a list of them belongs is refused, and a list of it accepted."""
    notice = Notice("1/TB", date(2026, 1, 5), days=[NoticeDay(date(2026, 3, 4), "off")])
    for ask in (A.with_notices, lambda given: vietnam_calendar("A", notices=given)):
        with pytest.raises(InputTypeError, match="is not a list; give a list, even of one"):
            ask(notice)
    assert A.with_notices([notice]).day(date(2026, 3, 4)).kind == "off"


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
    with pytest.raises(CoverageError, match="the term ends beyond"):
        Term.years(90).due(AWARE, on=A)


def test_a_look_back_keeps_its_day_in_a_file():
    """What was asked as of 1 November is written as of 1 November, and reads back equal."""
    text = f'{HEAD}name = "A"\nbase = "vn-public"\nas_of = 2026-11-01\nhours = "A"\n'
    found = calendar_from_toml(text)
    written = [line for line in calendar_to_toml(found).splitlines() if line.startswith("as_of")]
    assert written == ["as_of = 2026-11-01"]
    assert calendar_from_toml(calendar_to_toml(found)) == found == A.as_of(date(2026, 10, 31))
    later = Notice("1/TB", date(2026, 11, 5), days=[NoticeDay(date(2026, 12, 4), "off")])
    more = found.with_notices([later])
    assert calendar_from_toml(calendar_to_toml(more)).day(date(2026, 12, 4)).kind == "off"


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
