"""The office timetables of the package: each with a source, a status and dates (Art. 3.2, 9)."""

from datetime import date, datetime, timedelta

import pytest

from phananh.errors import InputError, NoWorkingTimeError
from phananh.worktime import Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.presets import PRESETS, find_timetable
from tests.worktime.calendars import HANOI


def test_the_presets_are_listed_by_name():
    """Each preset stands under its own name; the default comes first."""
    assert [preset.name for preset in PRESETS.values()] == list(PRESETS)
    assert (next(iter(PRESETS)), len(PRESETS)) == ("A", 11)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_says_whose_hours_it_has_and_how_sure_it_is(name):
    """Place, status and source are there; what is confirmed has the first day it holds."""
    found = PRESETS[name]
    assert found.place
    assert found.place_en
    assert found.timetable.source
    assert found.status in ("confirmed", "assumed")
    assert found.status == "assumed" or found.valid_from


@pytest.mark.parametrize("name", PRESETS)
def test_every_office_works_eight_hours_on_five_days(name):
    """All known timetables give a full day to 8 hours, on a Wednesday of their time."""
    found = PRESETS[name]
    days = ((found.valid_from or date(2026, 3, 4)) + timedelta(days=n) for n in range(7))
    lengths = [
        sum((part.length for part in found.timetable.sessions_on(day)), timedelta()) for day in days
    ]
    assert sorted(lengths) == [timedelta()] * 2 + [timedelta(hours=8)] * 5


@pytest.mark.parametrize(
    ("name", "start", "due"),
    [
        ("A", "2026-03-04T09:00", "2026-03-04T16:00"),
        ("VP", "2026-03-04T09:00", "2026-03-04T15:00"),
        ("VP", "2026-07-01T09:00", "2026-07-01T16:00"),
        ("HUE", "2026-03-04T09:00", "2026-03-04T15:30"),
        ("HUE-1CUA", "2026-03-04T09:00", "2026-03-04T15:30"),
        ("HATINH", "2018-03-05T09:00", "2018-03-05T16:00"),
        ("HAIDUONG", "2024-03-29T16:00", "2024-04-01T11:30"),
        ("NGHEAN", "2023-06-01T09:00", "2023-06-01T16:00"),
        ("NGHEAN-2016", "2016-10-17T07:30", "2016-10-17T14:00"),
        ("BACGIANG", "2020-10-16T07:00", "2020-10-16T13:30"),
        ("THAINGUYEN", "2021-03-01T08:00", "2021-03-01T14:30"),
        ("PHUYEN", "2026-03-04T08:00", "2026-03-04T14:30"),
    ],
)
def test_five_hours_by_each_timetable(name, start, due):
    """Five hours end where a hand that counts the sessions of the day puts them."""
    begin, end = (datetime.fromisoformat(text).replace(tzinfo=HANOI) for text in (start, due))
    assert vietnam_calendar(name).add(begin, timedelta(hours=5)) == end


def test_hours_of_one_season_are_no_hours_outside_it():
    """A timetable announced for one winter promises nothing in another year."""
    winter = WorkCalendar(timetable=find_timetable("HATINH"), name="HATINH")
    with pytest.raises(NoWorkingTimeError, match="after 2018-04-15"):
        winter.add(datetime(2026, 3, 4, 9, tzinfo=HANOI), timedelta(hours=5))
    with pytest.raises(NoWorkingTimeError, match="before 2018-02-01"):
        winter.subtract(datetime(2018, 1, 1, 9, tzinfo=HANOI), timedelta(hours=5))


def test_an_unknown_name_lists_the_known_ones():
    """There is no fallback: a name nobody knows is an error that says which there are."""
    with pytest.raises(InputError, match=r"'HN' is unknown; use one of A, VP, HUE"):
        find_timetable("HN")
    with pytest.raises(InputError):
        vietnam_calendar(["A"])
    with pytest.raises(KeyError):
        PRESETS["HN"]
    assert isinstance(find_timetable("A"), Timetable)
