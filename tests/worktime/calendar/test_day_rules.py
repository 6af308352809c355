"""What the rules say of a day: overrides of single dates, nights, notices, and its reason."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from phananh.errors import CoverageError
from phananh.worktime import (
    Notice,
    NoticeDay,
    Span,
    Timetable,
    WorkCalendar,
    vietnam_calendar,
)
from phananh.worktime.algebra import Spans
from phananh.worktime.calendar.day_rules import reason
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import HANOI, HOUR

NIGHT = NoticeDay(date(2025, 12, 31), "hours", sessions="22:00-06:00")
DAY = NoticeDay(date(2026, 3, 4), "hours", sessions="08:00-09:00")
MORNING = Timetable.weekly("08:00-12:00")
NIGHTS = Timetable.weekly("22:00-06:00")
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)


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


def test_an_override_hides_the_date_of_a_notice() -> None:
    """Of a day that the office set itself no notice is named, and no date of issue."""
    told = Notice("1/TB", date(2026, 2, 1), days=[NoticeDay(DAY.date, "off")])
    plain = WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), days=None, notices=[told])
    info = plain.day(DAY.date)
    assert (info.source, info.issued) == ("1/TB", date(2026, 2, 1))
    own = attrs.evolve(plain, overrides=[DAY]).day(DAY.date)
    assert (own.source, own.issued, own.fixed_by) == ("", None, ("", None))


def test_a_worked_day_may_have_hours_of_its_own() -> None:
    """What a notice says of its hours counts, also on a holiday and against an older notice."""
    saturday, holiday, swapped = date(2026, 3, 7), date(2026, 9, 2), date(2026, 3, 5)
    sunday = date(2026, 3, 8)
    days = [
        NoticeDay(saturday, "worked", sessions="07:00-09:00"),
        NoticeDay(holiday, "hours", sessions="07:00-09:00"),
        NoticeDay(sunday, "hours", sessions="07:00-09:00"),
        NoticeDay(swapped, "worked", swapped_with=date(2026, 3, 9), sessions="07:00-09:00"),
        NoticeDay(date(2026, 3, 9), "off", swapped_with=swapped),
    ]
    told = Notice("1/TB", date(2026, 2, 1), days=days)
    office = WorkCalendar(timetable=MORNING, notices=[told])
    for day, code in (
        (saturday, "make_up"), (holiday, "notice"), (sunday, "notice"), (swapped, "make_up"),
    ):  # fmt: skip
        info = office.day(day)
        assert ([*map(str, info.sessions)], info.reason_code) == (["07:00-09:00"], code)
        assert "rest" not in info.en
    doubt = Notice("2/DX", date(2026, 2, 2), "expected", days=[NoticeDay(saturday, "off")])
    for expected, kind in ((True, "off"), (False, "worked")):
        assert (
            attrs.evolve(office, notices=[told, doubt], expected=expected).day(saturday).kind
            == kind
        )


def make_plain(timetable, **options):
    """Return a calendar without the days of a country, and with no year loaded."""
    return WorkCalendar(timetable=timetable, days=None, **options)


def test_a_clock_without_end_is_cut_at_each_midnight():
    """Hours that follow each other without a gap make one session of each day."""
    whole = Timetable.weekly("00:00-12:00", days="mon-sun")
    calendar = make_plain(whole | Timetable.weekly("12:00-24:00", days="mon-sun"))
    days = [MONDAY + timedelta(days=n) for n in range(3)]
    assert [[str(part) for part in calendar.day(day).sessions] for day in days] == [
        ["00:00-24:00"]
    ] * 3
    late = make_plain(Timetable.weekly("00:00-02:00, 08:00-12:00, 22:00-24:00", days="mon-sun"))
    begin = datetime(2026, 7, 1, 7, tzinfo=HANOI)
    assert [span.length // HOUR for span in late.spans(begin, begin + 20 * HOUR)] == [
        4,
        4,
    ]  # the last is one, though midnight is in it


def test_a_night_alone_on_its_day_is_one_session():
    """The first night of a week begins on a day without other hours, and is not cut."""
    start = datetime(2026, 7, 1, 1, tzinfo=HANOI)
    calendar = make_plain(NIGHTS - Spans(Span(start, start + HOUR)))
    assert [str(part) for part in calendar.day(MONDAY).sessions] == ["22:00-06:00"]


def test_a_day_off_without_a_note_says_by_whom():
    """Without a note, the words for a day off are not those for a day with hours."""
    days = [NoticeDay(MONDAY, "off")]
    by_notice = make_plain(MORNING, notices=[Notice("1/TB", date(2026, 2, 1), days=days)])
    assert by_notice.day(MONDAY).en == "day off by a notice"
    assert make_plain(MORNING, overrides=days).day(MONDAY).en == "closed by the office itself"


def test_the_first_known_day_is_official():
    """The day from which notices are known is known itself, and the day before is not."""
    calendar = make_plain(MORNING, known_from=MONDAY)
    assert calendar.day(MONDAY).status == "official"
    assert calendar.day(MONDAY - timedelta(days=1)).status == "unconfirmed"


def test_a_day_after_the_last_hours_has_no_paper():
    """It is closed as no hours are set for it, and not by the decision that set those before."""
    hours = Hours(days="mon-sun", sessions="08:00-12:00", effective_to=MONDAY, source="QĐ 1")
    ended = make_plain(Timetable(hours=hours, source="QĐ 1")).day(MONDAY + timedelta(days=1))
    assert (ended.reason_code, ended.source, reason(ended, "en")) == ("no_hours", "QĐ 1", ended.en)


def test_a_strict_calendar_names_the_proposal_that_may_move_a_day():
    """The error for a day that a proposal may move has the code for that, and the document."""
    proposal = Notice("1/TTr", date(2026, 2, 1), "expected", [NoticeDay(date(2026, 3, 4), "off")])
    strict = make_plain(MORNING, notices=[proposal], known_through=date(2026, 12, 31), strict=True)
    with pytest.raises(CoverageError) as caught:
        strict.add(datetime(2026, 3, 3, 11, tzinfo=HANOI), 2 * HOUR)
    assert caught.value.code == "not_settled"
    assert "1/TTr" in str(caught.value)


OFFICIAL = vietnam_calendar("A", as_of=date(2026, 11, 25))
OWN = attrs.evolve(
    OFFICIAL,
    overrides=[
        NoticeDay(date(2026, 2, 17), "hours", sessions="08:00-09:00", note="trực Tết"),
        NoticeDay(date(2026, 3, 4), "off"),
        NoticeDay(date(2026, 3, 7), "worked"),
        NoticeDay(date(2026, 8, 31), "worked"),
        NoticeDay(date(2027, 3, 4), "off"),
    ],
    notices=[
        Notice(
            "1/TB",
            date(2026, 1, 5),
            days=[
                NoticeDay(date(2026, 3, 9), "hours", sessions="08:00-09:00"),
                NoticeDay(date(2026, 3, 10), "off", note="bão"),
                NoticeDay(date(2026, 3, 14), "off"),
                NoticeDay(date(2026, 3, 15), "worked"),
                NoticeDay(date(2026, 2, 18), "worked"),
                NoticeDay(date(2026, 4, 26), "off"),
                NoticeDay(date(2027, 3, 5), "off"),
            ],
        )
    ],
)


def tell(info):
    """Return a day in one line: what it is, why, since when, and by which document."""
    facts = (info.reason_code, info.status, info.vi, info.name[0], info.issued, info.swapped_with,
             *info.fixed_by, info.predicted or None)  # fmt: skip
    source = "" if info.source == OFFICIAL.source else info.source
    return "; ".join([str(info), *map(str, filter(None, (*facts, source)))])


OFFICIAL_DAYS = [
    "2026-03-04 open: working day; regular; official; ngày làm việc",
    "2026-03-07 off: weekly rest; weekend; official; nghỉ hằng tuần",
    "2026-02-17 off: Lunar New Year (Tết); holiday; official; nghỉ Tết Nguyên đán; Tết Nguyên "
    "đán; TB 9441/TB-BNV; 2025-10-16; Bộ luật Lao động 2019, Điều 112",
    "2026-01-02 off: day off by swap, made up on Saturday 10 Jan; swap; official; nghỉ hoán "
    "đổi, làm bù vào thứ Bảy 10/01; 2025-12-25; 2026-01-10; CV 12729/VPCP-KGVX",
    "2026-01-10 worked: worked in place of Friday 2 Jan; make_up; official; làm bù cho thứ Sáu "
    "02/01; 2025-12-25; 2026-01-02; CV 12729/VPCP-KGVX",
    "2026-04-26 off: Hung Kings' Commemoration Day; holiday; official; nghỉ Giỗ Tổ Hùng Vương; "
    "Giỗ Tổ Hùng Vương; Bộ luật Lao động 2019, Điều 112",
    "2026-04-27 off: substitute day for Hung Kings' Commemoration Day; substitute; official; "
    "nghỉ bù Giỗ Tổ Hùng Vương; Giỗ Tổ Hùng Vương; Bộ luật Lao động 2019, Điều 111 khoản 3",
    "2027-02-05 off: Lunar New Year (Tết); holiday; expected; nghỉ Tết Nguyên đán; Tết Nguyên "
    "đán; True; Bộ luật Lao động 2019, Điều 112",
    "2027-01-01 off: New Year's Day; holiday; expected; nghỉ Tết Dương lịch; Tết Dương lịch; Bộ "
    "luật Lao động 2019, Điều 112",
    "2015-01-02 off: day off by swap, made up on Saturday 2014-12-27; swap; unconfirmed; nghỉ "
    "hoán đổi, làm bù vào thứ Bảy 27/12/2014; 2014-12-27; True; holidays",
    "2026-11-23 open: working day; regular; expected; ngày làm việc",
    "2026-11-24 off: Vietnam Culture Day; holiday; official; nghỉ ngày Văn hóa Việt Nam; Ngày "
    "Văn hóa Việt Nam; 2026-04-24; NQ 28/2026/QH16",
]
OWN_DAYS = [
    "2026-02-17 hours: trực Tết; override; official; trực Tết; Tết Nguyên đán",
    "2026-03-04 off: closed by the office itself; override; official; nghỉ theo lịch riêng của "
    "cơ quan",
    "2026-03-07 worked: set by the office's own calendar; override; official; theo lịch riêng "
    "của cơ quan",
    "2026-08-31 worked: set by the office's own calendar; override; official; theo lịch riêng "
    "của cơ quan",
    "2026-03-09 hours: set by a notice; notice; official; theo văn bản; 2026-01-05; 1/TB",
    "2026-03-10 off: bão; notice; official; bão; 2026-01-05; 1/TB",
    "2026-03-14 off: weekly rest; notice; official; nghỉ hằng tuần; 2026-01-05; 1/TB",
    "2026-03-15 worked: a make-up day; make_up; official; ngày làm bù; 2026-01-05; 1/TB",
    "2026-02-18 worked: worked by a notice; notice; official; làm việc theo văn bản; Tết Nguyên "
    "đán; 2026-01-05; 1/TB",
    "2026-04-26 off: Hung Kings' Commemoration Day; holiday; official; nghỉ Giỗ Tổ Hùng Vương; "
    "Giỗ Tổ Hùng Vương; 2026-01-05; 1/TB",
    "2027-03-04 off: closed by the office itself; override; official; nghỉ theo lịch riêng của "
    "cơ quan",
    "2027-03-05 off: day off by a notice; notice; official; nghỉ theo văn bản; 2026-01-05; 1/TB",
    "2027-03-08 open: working day; regular; expected; ngày làm việc",
]


@pytest.mark.parametrize(("calendar", "told"), [(OFFICIAL, OFFICIAL_DAYS), (OWN, OWN_DAYS)])
def test_each_kind_of_day_is_told_whole(calendar, told):
    """What it is, why, by what document of which day, and whether that is only expected."""
    assert [
        tell(calendar.day(day)) for day in [date.fromisoformat(line[:10]) for line in told]
    ] == told
