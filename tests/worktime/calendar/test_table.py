"""Tables of sessions: what their index promises, where they begin, and years that do not fit."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.errors import CoverageError
from phananh.worktime import NoticeDay, Timetable, WorkCalendar
from phananh.worktime.calendar.table import SLOTS, Table, extend
from phananh.worktime.days.vietnam import VIETNAM_DAYS

HOUR = timedelta(hours=1)
HANOI, BERLIN = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin")
DAY, NIGHT = Timetable.weekly("07:00-11:00, 13:30-17:00"), Timetable.weekly("22:00-06:00")
FIRST = date(2020, 1, 1)
LIMITED = attrs.evolve(VIETNAM_DAYS, first_day=FIRST)


def make_table(timetable: Timetable, zone: ZoneInfo, *steps: range) -> Table:
    """Return the table of a calendar of the days from 2020 on, extended step by step."""
    calendar = WorkCalendar(timetable=timetable, zone=zone.key, days=LIMITED)
    table: Table | None = None
    for years in steps:
        covered = (calendar.first_day, calendar.last_day)
        table = extend(table, calendar.day_rules, zone, years, covered)
    assert table is not None
    return table


def instants_of_slots(table: Table) -> Iterable[datetime]:
    """Yield the moment at which each slot of the index begins."""
    for ordinal in table.days:
        day = date.fromordinal(ordinal)
        for slot in range(SLOTS):
            yield datetime(day.year, day.month, day.day, 24 // SLOTS * slot, tzinfo=table.zone)


@pytest.mark.parametrize("timetable", [DAY, NIGHT, Timetable.weekly("08:00-12:00, 13:00-16:00")])
@pytest.mark.parametrize("zone", [HANOI, BERLIN], ids=str)
@pytest.mark.parametrize(
    "steps", [[range(2020, 2021)], [range(2020, 2021), range(2020, 2022)]], ids=["one", "extended"]
)
def test_each_slot_names_the_last_session_that_has_begun(timetable, zone, steps):
    """No search walks further than the sessions of two hours, in a table of any history."""
    table = make_table(timetable, zone, *steps)
    assert len(table.index) == len(table.days) * SLOTS
    assert table.index.typecode == "H"
    last = len(table.bases) - 1
    for k, begins in zip(table.index, instants_of_slots(table), strict=True):
        assert k == 0 or table.start(k) <= begins
        assert k == last or begins < table.start(k + 1)


@pytest.mark.parametrize("timetable", [DAY, NIGHT])
@pytest.mark.parametrize("zone", [HANOI, BERLIN], ids=str)
def test_a_table_begins_with_the_first_day_of_its_calendar(timetable, zone):
    """Nothing before that day is missing; of a later year the first day may lack a night."""
    is_shifted = zone is BERLIN
    first = make_table(timetable, zone, range(2020, 2021)).days
    assert first.start == FIRST.toordinal() - is_shifted
    later = make_table(timetable, zone, range(2021, 2022)).days
    assert later.start == date(2021, 1, 1).toordinal() + (timetable is NIGHT)
    assert later.stop == date(2022, 1, 1).toordinal() - is_shifted


def test_years_of_one_offset_behind_a_year_that_changed_it():
    """Vietnam's clock changed in 1975 for the last time: the years after it are told alike."""
    asked = [
        datetime(year, 3, 4, hour, tzinfo=HANOI) for year in (1975, 1976) for hour in range(24)
    ]
    loaded = WorkCalendar(timetable=DAY, days=None)
    for year in (1975, 1976):
        loaded.is_open(datetime(year, 3, 4, 9, tzinfo=HANOI))
    for t in asked:
        fresh = WorkCalendar(timetable=DAY, days=None)
        assert loaded.add(t, HOUR) == fresh.add(t, HOUR)
        assert loaded.is_open(t) == fresh.is_open(t) == (7 <= t.hour < 11 or 13.5 < t.hour < 17)


def test_a_zone_without_changes_is_never_converted():
    """A table of Vietnam's clock stays on it when years are added, one of Berlin's is in UTC."""
    steps = (range(2021, 2022), range(2021, 2023), range(2020, 2023))
    for zone, kept in ((HANOI, HANOI), (BERLIN, UTC)):
        assert make_table(DAY, zone, *steps).zone is kept


@pytest.mark.parametrize("zone", [HANOI, BERLIN], ids=str)
def test_an_instant_before_the_first_day_is_refused_once_its_year_is_loaded(zone):
    """A day of UTC that is covered in part makes no instant of the day before covered."""
    calendar = WorkCalendar(timetable=DAY, zone=zone.key, days=LIMITED)
    calendar.is_open(datetime(2020, 1, 2, 9, tzinfo=zone))
    for hour in (12, 23):
        own = datetime(2019, 12, 31, hour, 30, tzinfo=zone)
        for t in (own, own.astimezone(UTC)):
            with pytest.raises(CoverageError):
                calendar.is_open(t)
            with pytest.raises(CoverageError):
                calendar.add(t, HOUR)
    assert not calendar.is_open(datetime(2020, 1, 1, 0, 30, tzinfo=zone))


@pytest.mark.parametrize("zone", [HANOI, BERLIN], ids=str)
def test_all_the_work_there_is_can_be_taken_back(zone):
    """Back to the first opening of all is an answer; a microsecond more is refused."""
    calendar = WorkCalendar(timetable=DAY, zone=zone.key, days=LIMITED)
    opening = datetime(2020, 1, 2, 7, tzinfo=zone)
    later = opening + 2 * HOUR
    assert calendar.subtract(later.astimezone(UTC), 2 * HOUR) == opening
    with pytest.raises(CoverageError):
        calendar.subtract(later, 2 * HOUR + timedelta(microseconds=1))


def test_all_the_time_there_is_can_be_taken_back():
    """Of hours without a night's rest the first instant of all is an answer, and no more is."""
    always = Timetable.weekly("00:00-24:00", days="mon-sun")
    calendar = WorkCalendar(timetable=always, days=LIMITED, overrides=own_days("00:00-24:00"))
    first, later = (datetime(2020, 1, day, tzinfo=HANOI) for day in (1, 2))
    assert calendar.subtract(later, later - first) == first
    with pytest.raises(CoverageError):
        calendar.subtract(later, later - first + timedelta.resolution)


def own_days(sessions: str) -> list[NoticeDay]:
    """Return the public day on which the calendar begins, worked like others."""
    return [NoticeDay(FIRST, "hours", sessions=sessions)]


def test_years_of_one_offset_before_a_year_that_changed_it():
    """Loaded from 1974 on, the year in which Vietnam's clock changed answers as it does alone."""
    loaded = WorkCalendar(timetable=DAY, days=None)
    for year in (1974, 1975):
        loaded.is_open(datetime(year, 3, 4, 9, tzinfo=HANOI))
    for hour in range(24):
        for t in (datetime(year, month, 4, hour, tzinfo=HANOI)
                  for year in (1974, 1975) for month in (3, 9)):  # fmt: skip
            fresh = WorkCalendar(timetable=DAY, days=None)
            assert loaded.is_open(t) == fresh.is_open(t)
            assert loaded.add(t, HOUR) == fresh.add(t, HOUR)
