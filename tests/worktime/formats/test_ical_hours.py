"""Weekly hours from VAVAILABILITY, and notices written out as iCalendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phananh.errors import InputError
from phananh.worktime import OFFICIAL_NOTICES, Notice, NoticeDay, WorkCalendar
from tests.worktime.formats.ical_texts import OFF, WEEK, WORKED, calendar

pytest.importorskip("icalendar")
from phananh.worktime.formats.ical_reader import (
    calendar_from_ical,
    feed_from_ical,
    notices_from_ical,
)
from phananh.worktime.formats.ical_writer import notices_to_ical

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
MORNING = "DTSTART;TZID=Asia/Ho_Chi_Minh:20260105T063000"


def hours(text):
    """Return the timetable of a text."""
    return feed_from_ical(text, where="x.ics").timetable


def listed(timetable, day):
    """Return the sessions of a date as texts."""
    return [str(part) for part in timetable.sessions_on(day)]


def test_available_blocks_are_the_sessions_of_the_week():
    """Mornings of five days and afternoons of four, within the bounds of the whole."""
    timetable = hours(calendar(WEEK))
    assert listed(timetable, MONDAY) == ["06:30-11:30", "13:30-17:30"]
    assert listed(timetable, FRIDAY) == ["06:30-11:30"]
    assert listed(timetable, date(2026, 1, 2)) == []  # before DTSTART
    assert listed(timetable, date(2026, 12, 31)) == ["06:30-11:30", "13:30-17:30"]
    assert listed(timetable, date(2027, 1, 1)) == []  # DTEND is exclusive
    assert timetable.source == "Nội quy cơ quan (mẫu)"


def test_a_session_before_seven_lies_on_its_own_weekday():
    """06:30 on Monday in Vietnam is 23:30 on Sunday in UTC: written either way it is Monday's."""
    local = hours(calendar(WEEK))
    utc = WEEK.replace(MORNING, "DTSTART:20260104T233000Z").replace(
        "DTEND;TZID=Asia/Ho_Chi_Minh:20260105T113000", "DTEND:20260105T043000Z"
    )
    shifted = hours(calendar(utc.replace("BYDAY=MO,TU,WE,TH,FR", "BYDAY=SU,MO,TU,WE,TH")))
    assert shifted == local
    calendar_ = WorkCalendar(timetable=shifted)
    start = datetime(2026, 3, 1, 12, tzinfo=HANOI)
    assert calendar_.add(start, timedelta(hours=1)) == datetime(2026, 3, 2, 7, 30, tzinfo=HANOI)


def test_the_bounds_of_the_whole_cut_its_parts():
    """A session that repeats since 2025 holds from the day on which the whole begins."""
    text = WEEK.replace("20260105T063000", "20251201T063000").replace(
        "20260105T113000", "20251201T113000"
    )
    timetable = hours(calendar(text))
    assert listed(timetable, date(2025, 12, 29)) == []
    assert listed(timetable, date(2026, 1, 5)) == ["06:30-11:30", "13:30-17:30"]


def test_until_is_the_last_day():
    """A rule that ends on a date holds on that date, and not a week later."""
    text = WEEK.replace("BYDAY=MO,TU,WE,TH\n", "BYDAY=MO,TU,WE,TH;UNTIL=20260302T235959Z\n")
    timetable = hours(calendar(text.replace("BYDAY=MO,TU,WE,TH,FR", "BYDAY=FR")))
    assert listed(timetable, MONDAY) == ["13:30-17:30"]
    assert listed(timetable, MONDAY + timedelta(days=7)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("FREQ=WEEKLY", "FREQ=DAILY", "session morning@example.vn: RRULE: 'FREQ=DAILY"),
        ("BYDAY=MO", "BYDAY=1MO", "RRULE: "),
        (";BYDAY=MO,TU,WE,TH,FR", "", "RRULE: 'FREQ=WEEKLY' is not read"),
        ("BYDAY=MO", "COUNT=3;BYDAY=MO", "RRULE: "),
        ("BYDAY=MO", "INTERVAL=2;BYDAY=MO", "RRULE: "),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\n", "", "RRULE: is missing"),
        (MORNING, MORNING.replace("Asia/Ho_Chi_Minh", "Europe/Berlin"), "moves against the clock"),
        (MORNING, MORNING.replace("Asia/Ho_Chi_Minh", "Hoa_Binh"), "'Hoa_Binh' is not a known"),
        (MORNING, "DTSTART;VALUE=DATE:20260105", "DTSTART: 2026-01-05 has no time"),
        ("DURATION:PT4H\n", "", "session afternoon@example.vn: DTEND: is missing"),
        ("DURATION:PT4H", "DURATION:PT25H", "session afternoon@example.vn: DTSTART: 13:30-38:30"),
        ("T133000", "T103000", "sessions overlap"),
    ],
)  # fmt: skip
def test_what_is_no_weekly_session_is_refused(old, new, said):
    """Rules that say more than weekdays, clocks that move, and overlaps are refused."""
    assert old in WEEK
    with pytest.raises(InputError) as caught:
        hours(calendar(WEEK.replace(old, new, 1)))
    assert said in str(caught.value)


def test_without_availability_there_are_no_hours():
    """A text of events only has no timetable, and makes no calendar."""
    assert hours(calendar(OFF)) is None
    with pytest.raises(InputError, match=r"x.ics: has no weekly hours"):
        calendar_from_ical(calendar(OFF), where="x.ics")


def test_a_text_with_hours_is_a_whole_calendar():
    """Hours, notices and the public days of Vietnam count together."""
    office = calendar_from_ical(calendar(WEEK, WORKED, OFF), name="office")
    start = datetime(2026, 2, 13, 9, tzinfo=HANOI)  # the Friday before Tết
    assert office.add(start, timedelta(hours=3)) == datetime(2026, 2, 23, 7, tzinfo=HANOI)
    assert office.name == "office"
    assert [notice.document for notice in office.notices] == ["CV 12729/VPCP-KGVX"]


def test_the_official_notices_go_out_and_come_back():
    """Each notice that moves days is read back equal, whoever subscribes to it."""
    moving = tuple(notice for notice in OFFICIAL_NOTICES if notice.days)
    assert len(moving) == 7
    assert notices_from_ical(notices_to_ical(moving)) == moving


kinds = st.sampled_from(["off", "worked", "hours"])
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20
)
dates = st.dates(date(2018, 1, 1), date(2030, 12, 31))


@st.composite
def some_days(draw):
    """Draw days of a notice, some of them with a reason."""
    found = []
    for day in draw(st.sets(dates, min_size=1, max_size=4)):
        kind, note = draw(kinds), draw(st.just("") | texts)
        sessions = "07:30-11:30, 13:30-17:30, 22:00-06:00" if kind == "hours" else ()
        found.append(NoticeDay(day, kind, sessions=sessions, note=note))
    return found


@given(days=some_days(), document=texts, issued=dates, office=texts, status=st.booleans())
@settings(deadline=None, max_examples=60)
def test_any_notice_goes_out_and_comes_back(days, document, issued, office, status):
    """Whatever its days, words and status, a notice written out is read back equal."""
    notice = Notice(
        document, issued, "official" if status else "expected", days, office=office, also=[office]
    )
    assert notices_from_ical(notices_to_ical([notice])) == (notice,)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "1/TB moves no day"),
        ([NoticeDay(MONDAY, "worked", sessions="07:00-08:00")], "hours of its own"),
    ],
)
def test_what_no_event_can_say_is_refused(days, said):
    """A notice without days, or a made-up day with other hours, is not written half."""
    with pytest.raises(InputError, match=said):
        notices_to_ical([Notice("1/TB", MONDAY, days=days)])
