"""Answers that no other test asks for, found by small defects that no test had seen."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.errors import CoverageError
from phananh.worktime import Notice, NoticeDay, Span, Spans, Timetable, WorkCalendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = timedelta(hours=1)
DAY = Timetable.weekly("08:00-12:00")
NIGHT = Timetable.weekly("22:00-06:00")
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)


def make_calendar(timetable, **options):
    """Return a calendar without the days of a country, and with no year loaded."""
    return WorkCalendar(timetable=timetable, days=None, **options)


def test_a_day_that_is_taken_away_whole_is_off():
    """If a meeting takes all hours of a day, the day is off, and no part alone says so."""
    meeting = Timetable.weekly("07:00-13:00", days="mon")
    info = make_calendar(DAY - meeting).day(MONDAY)
    assert (info.kind, info.sessions, info.reason_code) == ("off", (), "override")


def test_a_clock_without_end_is_cut_at_each_midnight():
    """Hours that follow each other without a gap make one session of each day."""
    whole = Timetable.weekly("00:00-12:00", days="mon-sun")
    calendar = make_calendar(whole | Timetable.weekly("12:00-24:00", days="mon-sun"))
    days = [MONDAY + timedelta(days=n) for n in range(3)]
    assert [[str(part) for part in calendar.day(day).sessions] for day in days] == [
        ["00:00-24:00"]
    ] * 3


def test_a_night_alone_on_its_day_is_one_session():
    """The first night of a week begins on a day without other hours, and is not cut."""
    start = datetime(2026, 7, 1, 1, tzinfo=HANOI)
    calendar = make_calendar(NIGHT - Spans(Span(start, start + HOUR)))
    assert [str(part) for part in calendar.day(MONDAY).sessions] == ["22:00-06:00"]


def test_a_day_off_without_a_note_says_by_whom():
    """Without a note, the words for a day off are not those for a day with hours."""
    days = [NoticeDay(MONDAY, "off")]
    by_notice = make_calendar(DAY, notices=[Notice("1/TB", date(2026, 2, 1), days=days)])
    assert by_notice.day(MONDAY).en == "day off by a notice"
    assert make_calendar(DAY, overrides=days).day(MONDAY).en == "closed by the office itself"


def test_the_first_known_day_is_official():
    """The day from which notices are known is known itself, and the day before is not."""
    calendar = make_calendar(DAY, known_from=MONDAY)
    assert calendar.day(MONDAY).status == "official"
    assert calendar.day(MONDAY - timedelta(days=1)).status == "unconfirmed"


def test_a_strict_calendar_says_that_no_notice_is_known_yet():
    """The error for a day after the last notice has the code for that, and the day."""
    strict = make_calendar(DAY, known_through=SUNDAY, strict=True)
    with pytest.raises(CoverageError) as caught:
        strict.add(datetime(2026, 3, 6, 11, tzinfo=HANOI), 2 * HOUR)
    assert caught.value.code == "beyond_notices"


LAST = date(2026, 6, 30)
INSIDE = datetime(2026, 6, 30, 13, tzinfo=UTC)
OUTSIDE = datetime(2026, 7, 1, 10, tzinfo=UTC)  # on the day of UTC on which the last day ends


def make_new_york():
    """Return a calendar that ends within a year, and within a day of UTC."""
    days = attrs.evolve(VIETNAM_DAYS, first_day=date(2019, 1, 1), last_day=LAST)
    return WorkCalendar(timetable=DAY, days=days, zone="America/New_York")


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_end_is_the_end_whichever_years_are_loaded(year):
    """After questions about earlier years, an instant after the last day is still refused."""
    calendar = make_new_york()
    for asked in (year, 2026):
        calendar.add(datetime(asked, 3, 4, 13, tzinfo=UTC), HOUR)
    assert calendar.is_open(INSIDE)
    with pytest.raises(CoverageError):
        calendar.is_open(OUTSIDE)


def test_the_end_is_the_end_after_a_budget_that_does_not_fit():
    """A budget that reaches past the last day is refused, and instants after it still are."""
    calendar = make_new_york()
    with pytest.raises(CoverageError):
        calendar.add(datetime(2025, 3, 4, 13, tzinfo=UTC), 2000 * HOUR)
    with pytest.raises(CoverageError):
        calendar.is_open(OUTSIDE)
    assert calendar.is_open(INSIDE)
