"""Feeds of public holidays: ignored unless the caller takes them as days off."""

from datetime import date
from zlib import crc32

import pytest

from phananh.errors import InputError
from phananh.worktime import NoticeDay, Timetable, WorkCalendar, vietnam_calendar
from tests.worktime.formats.ical_texts import FOREIGN, HALF, OFF, WORKED, calendar

pytest.importorskip("icalendar")
from phananh.worktime.formats.ical import feed_from_ical, notices_from_ical

FEED = "lịch lễ"
MEETING = FOREIGN.replace("tet@", "meeting@").replace(
    "DTSTART;VALUE=DATE:20260217", "DTSTART:20260305T080000\nDTEND:20260305T090000"
)


def changed(old, new):
    """Return the foreign holiday with something changed, under a UID of its own."""
    return FOREIGN.replace(old, new).replace("tet@", f"{crc32(new.encode())}@")


def test_a_feed_is_ignored_unless_it_is_asked_for():
    """Without the option nothing of it counts; with it each all-day event is a day off."""
    text = calendar(FOREIGN, MEETING)
    assert feed_from_ical(text).notices == ()
    feed = feed_from_ical(text, holidays=FEED)
    (notice,) = feed.notices
    assert (notice.document, notice.issued, notice.status) == (FEED, None, "official")
    assert notice.days == (NoticeDay(date(2026, 2, 17), "off", note="Tết Nguyên đán"),)
    assert feed.ignored == 1


def test_what_holidays_exports_is_what_it_says():
    """The export of `holidays` makes a calendar of the days that the package has."""
    holidays = pytest.importorskip("holidays")
    exporter = pytest.importorskip("holidays.ical").ICalExporter
    country = holidays.country_holidays("VN", years=2026, language="vi")
    text = exporter(country).generate()
    text = text if isinstance(text, str) else text.decode()
    (notice,) = notices_from_ical(text, holidays=FEED)
    assert {day.date for day in notice.days} == set(country)
    office = WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), days=None, notices=[notice])
    assert office.day(date(2026, 2, 17)).vi == "Tết Nguyên Đán"
    assert office.day(date(2026, 2, 17)).source == FEED
    assert office.day(date(2026, 2, 24)).kind == "open"


def test_every_dated_notice_goes_before_a_feed():
    """A Saturday that a document makes worked stays worked, though the feed has it as a day off."""
    saturday = changed("20260217", "20260110")
    notices = notices_from_ical(calendar(saturday, WORKED, OFF), holidays=FEED)
    assert [notice.document for notice in notices] == ["CV 12729/VPCP-KGVX", FEED]
    office = vietnam_calendar("A", notices=notices)
    assert office.day(date(2026, 1, 10)).kind == "worked"


def test_two_holidays_of_one_day_are_one_day_off():
    """The day is off once, for both reasons; several days of one event are each off."""
    other = changed("Tết Nguyên đán", "Lễ khác")
    long = changed("VALUE=DATE:20260217", "VALUE=DATE:20260217\nDURATION:P2D")
    (notice,) = notices_from_ical(calendar(FOREIGN, other, long), holidays=FEED)
    assert [(day.date.day, day.note) for day in notice.days] == [
        (17, "Tết Nguyên đán; Lễ khác"),
        (18, "Tết Nguyên đán"),
    ]


def test_tentative_and_cancelled_mean_what_they_do_elsewhere():
    """A tentative holiday is only expected, a cancelled one is withdrawn; a UID may be missing."""
    tentative = changed("CATEGORIES:Holidays", "STATUS:TENTATIVE")
    cancelled = FOREIGN.replace("CATEGORIES:Holidays", "STATUS:CANCELLED")
    feed = feed_from_ical(calendar(tentative, cancelled), holidays=FEED)
    assert [(n.status, len(n.days)) for n in feed.notices] == [("expected", 1)]
    assert feed.withdrawn == ("tet@holidays.example",)
    nameless = FOREIGN.replace("UID:tet@holidays.example\n", "")
    later = nameless.replace("20260217", "20260218")
    (notice,) = notices_from_ical(calendar(nameless, later), holidays=FEED)
    assert len(notice.days) == 2


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (changed("CATEGORIES:Holidays", "RRULE:FREQ=YEARLY"), "RRULE: is not read here"),
        (changed("CATEGORIES:Holidays", "STATUS:MAYBE"), "STATUS: MAYBE is unknown"),
        (changed("DTSTART;VALUE=DATE:20260217\n", ""), "DTSTART: is missing"),
        (changed("SUMMARY:Tết", "SUMMARY Tết"), "a line: cannot be read"),
    ],
)
def test_a_holiday_that_cannot_be_read_refuses_the_feed(event, said):
    """A holiday left out in silence would make a deadline wrong."""
    with pytest.raises(InputError) as caught:
        notices_from_ical(calendar(event, HALF), where="lễ.ics", holidays=FEED)
    assert str(caught.value).startswith("lễ.ics: ")
    assert said in str(caught.value)
    notices_from_ical(calendar(event, HALF))
