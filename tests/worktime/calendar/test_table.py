"""Tables of sessions: what their index promises, where they begin, and years that do not fit."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.errors import CoverageError
from phananh.worktime import Timetable, WorkCalendar
from phananh.worktime.calendar.table import COLD, SLOTS, Table, extend
from phananh.worktime.days.vietnam import VIETNAM_DAYS

HOUR = timedelta(hours=1)
HANOI, BERLIN = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin")
DAY, NIGHT = Timetable.weekly("07:00-11:00, 13:30-17:00"), Timetable.weekly("22:00-06:00")
FIRST = date(2020, 1, 1)
LIMITED = attrs.evolve(VIETNAM_DAYS, first_day=FIRST)


def make_table(timetable: Timetable, zone: ZoneInfo, *steps: range) -> Table:
    """Return the table of a calendar of the days from 2020 on, extended step by step."""
    calendar = WorkCalendar(timetable=timetable, zone=zone.key, days=LIMITED)
    table = COLD
    for years in steps:
        covered = (calendar.first_day, calendar.last_day)
        table = extend(table, calendar.day_rules, zone, years, covered, strict=False)
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
    assert table.zone is (UTC if zone is BERLIN else zone)
    last = len(table.bases) - 1
    for k, begins in zip(table.index, instants_of_slots(table), strict=True):
        assert k == 0 or table.start(k) <= begins
        assert k == last or begins < table.start(k + 1)


@pytest.mark.parametrize("timetable", [DAY, NIGHT])
@pytest.mark.parametrize("zone", [HANOI, BERLIN], ids=str)
def test_a_table_begins_with_the_first_day_of_its_calendar(timetable, zone):
    """Nothing before that day is missing; of a later year the first day may lack a night."""
    is_shifted = zone is BERLIN
    assert (
        make_table(timetable, zone, range(2020, 2021)).days.start == FIRST.toordinal() - is_shifted
    )
    later = make_table(timetable, zone, range(2021, 2022)).days
    assert later.start == date(2021, 1, 1).toordinal() + 1
    assert later.stop == date(2022, 1, 1).toordinal() - is_shifted


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
