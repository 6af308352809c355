"""What the rules say of a day: overrides of single dates, nights, notices, and its reason."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.errors import CoverageError
from phananh.worktime import Notice, NoticeDay, Span, Timetable, WorkCalendar
from phananh.worktime.algebra import Spans

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = timedelta(hours=1)
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
    day = NoticeDay(DAY.date, "off")
    told = Notice("1/TB", date(2026, 2, 1), days=[day])
    plain = WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), days=None, notices=[told])
    info = plain.day(DAY.date)
    assert (info.source, info.issued) == ("1/TB", date(2026, 2, 1))
    own = attrs.evolve(plain, overrides=[DAY]).day(DAY.date)
    assert (own.source, own.issued) == ("", None)


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


def test_a_strict_calendar_names_the_proposal_that_may_move_a_day():
    """The error for a day that a proposal may move has the code for that, and the document."""
    days = [NoticeDay(date(2026, 3, 4), "off")]
    proposal = Notice("1/TTr", date(2026, 2, 1), "expected", days)
    strict = make_plain(MORNING, notices=[proposal], known_through=date(2026, 12, 31), strict=True)
    with pytest.raises(CoverageError) as caught:
        strict.add(datetime(2026, 3, 3, 11, tzinfo=HANOI), 2 * HOUR)
    assert caught.value.code == "not_settled"
    assert "1/TTr" in str(caught.value)
