"""Notices: what a date becomes, which notice has the last word, what is only expected."""

import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest

from phananh.errors import InputError
from phananh.worktime import Notice, NoticeDay, WorkCalendar, vietnam_calendar
from phananh.worktime.days.vietnam import (
    _OFFICIAL_YEARS,
    OFFICIAL_NOTICES,
    VietnamDays,
    _parse_year,
    _predict_year,
)
from tests.worktime.calendars import HANOI, HOUR

OFF, WORKED = date(2026, 11, 23), date(2026, 11, 28)


def _swap(document, issued, status="official"):
    return Notice(
        document, issued, status, (NoticeDay(OFF, "off", WORKED), NoticeDay(WORKED, "worked", OFF))
    )


def _kinds(calendar, *days):
    return [calendar.day(day).kind for day in days]


def test_every_swap_of_the_table_is_applied():
    """Each official swap closes its weekday and opens its Saturday, with its document."""
    calendar = vietnam_calendar("A")
    for notice in OFFICIAL_NOTICES:
        for day in notice.days:
            if notice.status == "official":
                info = calendar.day(day.date)
                assert (info.kind, info.source) == (day.kind, notice.document)
                assert info.swapped_with == day.swapped_with


def test_an_expected_notice_is_not_applied_unless_asked_for():
    """The proposed swap of 23 and 28 November 2026 is only a flag, unless asked for."""
    assert _kinds(vietnam_calendar("A"), OFF, WORKED) == ["open", "off"]
    asked = vietnam_calendar("A", expected=True)
    assert _kinds(asked, OFF, WORKED) == ["off", "worked"]
    friday = datetime(2026, 11, 20, 16, tzinfo=HANOI)
    for calendar in (vietnam_calendar("A"), asked):
        assert calendar.provisional(friday, friday + 4 * timedelta(days=1))
        assert calendar.day(OFF).status == "expected"


def test_an_official_notice_confirms_an_expected_one():
    """Once a document is entered the swap holds and the flag is gone."""
    calendar = vietnam_calendar("A", notices=[_swap("1/TB-BNV", date(2026, 11, 10))])
    friday = datetime(2026, 11, 20, 16, tzinfo=HANOI)
    assert _kinds(calendar, OFF, WORKED) == ["off", "worked"]
    assert not calendar.allot(friday, 8 * HOUR).provisional
    assert calendar.add(friday, 8 * HOUR) == datetime(2026, 11, 25, 16, tzinfo=HANOI)


def test_an_official_notice_may_also_turn_the_proposal_down():
    """A document that keeps both days as they were clears the flag as well."""
    days = (NoticeDay(OFF, "worked"), NoticeDay(WORKED, "off"))
    calendar = vietnam_calendar("A", notices=[Notice("2/TB", date(2026, 11, 10), days=days)])
    friday = datetime(2026, 11, 20, 16, tzinfo=HANOI)
    assert calendar.add(friday, 8 * HOUR) == datetime(2026, 11, 23, 16, tzinfo=HANOI)
    assert not calendar.allot(friday, 8 * HOUR).provisional


def test_the_later_notice_wins():
    """A notice issued later settles the date, in whatever order they are given."""
    early = Notice("1/TB", date(2026, 2, 1), days=[NoticeDay(date(2026, 3, 4), "off")])
    late = Notice("2/TB", date(2026, 2, 2), days=[NoticeDay(date(2026, 3, 4), "worked")])
    for notices in ([early, late], [late, early], [late, early, late]):
        info = vietnam_calendar("A", notices=notices).day(date(2026, 3, 4))
        assert (info.kind, info.source) == ("worked", "2/TB")


def test_two_notices_of_one_date_that_disagree_are_refused():
    """Nobody can say which of two notices issued on one day holds: both are named."""
    one = Notice("1/TB", date(2026, 2, 1), days=[NoticeDay(date(2026, 3, 4), "off")])
    two = Notice("2/TB", date(2026, 2, 1), days=[NoticeDay(date(2026, 3, 4), "worked")])
    with pytest.raises(InputError, match="1/TB and 2/TB"):
        vietnam_calendar("A", notices=[one, two])


def test_an_override_goes_before_a_notice():
    """The office's own day wins over swap, holiday and week."""
    tet, half = date(2026, 2, 17), date(2026, 12, 30)
    calendar = vietnam_calendar(
        "A",
        overrides=[
            NoticeDay(date(2026, 1, 10), "off", note="mất điện"),
            NoticeDay(tet, "worked"),
            NoticeDay(half, "hours", sessions="07:30-11:30"),
        ],
    )
    assert _kinds(calendar, date(2026, 1, 10), tet, half) == ["off", "worked", "hours"]
    assert calendar.day(date(2026, 1, 10)).vi == "mất điện"
    due = calendar.add(datetime(2026, 12, 29, 16, tzinfo=HANOI), 8 * HOUR)
    assert due == datetime(2026, 12, 31, 10, tzinfo=HANOI)


def test_a_swap_names_both_days():
    """A swap whose other half is missing from the notice is refused."""
    with pytest.raises(InputError, match="not the other way round"):
        Notice("1/TB", date(2026, 11, 10), days=[NoticeDay(OFF, "off", WORKED)])


def test_a_notice_names_a_date_once():
    """A notice that says two things of one date is refused."""
    with pytest.raises(InputError, match="one date twice"):
        Notice("1/TB", None, days=[NoticeDay(OFF, "off"), NoticeDay(OFF, "worked")])


@pytest.mark.parametrize(
    ("kind", "sessions", "field"),
    [("closed", (), "day.kind"), ("hours", (), "sessions"), ("off", "08:00-09:00", "sessions")],
)
def test_a_day_that_makes_no_sense_is_refused(kind, sessions, field):
    """An unknown kind, own hours without sessions, and a day off with some are refused."""
    with pytest.raises(InputError) as caught:
        NoticeDay(OFF, kind, sessions=sessions)
    assert caught.value.field == field
    assert caught.value.text("vi").startswith(f"{field}: ")  # it has no label: a case has those


def test_no_make_up_day_is_assumed_for_24_november():
    """NQ 28/2026/QH16 grants no substitute day: 26/11/2029 and 25/11/2030 are worked."""
    calendar = vietnam_calendar("A")
    assert _kinds(calendar, date(2029, 11, 26), date(2030, 11, 25)) == ["open", "open"]
    assert calendar.day(date(2028, 11, 24)).en == "Vietnam Culture Day"


@pytest.mark.parametrize("year", range(2019, VietnamDays().known_through.year + 1))
def test_the_written_years_agree_with_the_package(year):
    """Each year that notices settle has a row. It is as in `holidays`, which adds swaps."""
    written = _parse_year(year, _OFFICIAL_YEARS[year])
    assert set(written) == {d for d, p in _predict_year(year).items() if p.code != "swap"}


def test_known_days_do_not_need_the_package():
    """A deadline in an official year is counted without importing `holidays`."""
    code = (
        "import sys; from datetime import *; from phananh.worktime import vietnam_calendar as v;"
        "v('A').add(datetime(2026, 3, 4, 2, tzinfo=timezone.utc), timedelta(hours=8));"
        "assert 'holidays' not in sys.modules and 'icalendar' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # a process without our imports


def test_known_through_is_what_the_country_says_unless_given():
    """A calendar without a country knows all its days; one with it, as far as it is told."""
    timetable = vietnam_calendar("A").timetable
    assert WorkCalendar(timetable=timetable).known_through == VietnamDays().known_through
    assert WorkCalendar(timetable=timetable, days=None).known_through == date(2199, 12, 31)
    told = WorkCalendar(timetable=timetable, known_through=date(2027, 6, 30))
    assert not told.provisional(*[datetime(2027, 3, 1, tzinfo=HANOI)] * 2)
