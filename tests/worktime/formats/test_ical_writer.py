"""Notices written out as iCalendar, and read back."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phananh.errors import InputError
from phananh.worktime import Notice, NoticeDay
from phananh.worktime.days.vietnam import OFFICIAL_NOTICES

pytest.importorskip("icalendar")
from phananh.worktime.formats.ical import notices_from_ical, notices_to_ical

MONDAY = date(2026, 3, 2)


def test_the_official_notices_go_out_and_come_back():
    """Each notice that moves days is read back equal, whoever subscribes to it."""
    moving = tuple(notice for notice in OFFICIAL_NOTICES if notice.days)
    assert len(moving) == 7
    assert notices_from_ical(notices_to_ical(moving)) == moving


def test_an_event_is_known_by_its_day_and_document():
    """The UID of an event stays the same, so that a calendar that has it replaces it."""
    notice = Notice("9441/TB-BNV", date(2025, 10, 16), days=[NoticeDay(MONDAY, "off")])
    assert "UID:2026-03-02.off.1.9441-TB-BNV.2025-10-16@phananh\r\n" in notices_to_ical([notice])


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
        ([NoticeDay(MONDAY, "worked", sessions="07:00-08:00")], "its own hours"),
    ],
)
def test_what_no_event_can_say_is_refused(days, said):
    """A notice without days, or a made-up day with other hours, is not written half."""
    with pytest.raises(InputError, match=said):
        notices_to_ical([Notice("1/TB", MONDAY, days=days)])
