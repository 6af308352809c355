"""Deadlines known beforehand: 400 cases, 47 worked examples, and the yearly check sums."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from phananh.worktime import vietnam_calendar
from tests.oracle import days, walk
from tests.oracle.hours import SESSIONS

DATA = Path(__file__).parents[2] / "data"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
UNITS = {"h": timedelta(hours=1), "min": timedelta(minutes=1), "µs": timedelta(microseconds=1)}
WORKING_DAYS = {
    2019: 252,
    2020: 252,
    2021: 250,
    2022: 249,
    2023: 249,
    2024: 251,
    2025: 250,
    2026: 249,
}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DEADLINES = _rows("deadlines.csv")
EXAMPLES = _rows("examples.csv")


def _case(row):
    start, due = (datetime.fromisoformat(row[name]) for name in ("start", "due"))
    return start, timedelta(seconds=int(row["budget_seconds"])), due


def _example(row):
    zone = ZoneInfo("Asia/Kolkata" if row["zone"] == "+05:30" else row["zone"])
    start, due = (datetime.fromisoformat(row[name]).astimezone(zone) for name in ("start", "due"))
    number, unit = row["budget"].split()
    return start, int(number) * UNITS[unit], due


def _deadline_id(row):
    return f"{row['schedule']}-{row['start']}-{row['budget_seconds']}s"


def _example_id(row):
    return f"{row['number']}-{row['why']}"


def test_there_are_400_deadlines_and_47_examples():
    """The tables were read whole."""
    assert (len(DEADLINES), len(EXAMPLES)) == (400, 47)


@pytest.mark.parametrize("row", DEADLINES, ids=_deadline_id)
def test_a_known_deadline_is_met(row):
    """The due instant of each known case is found to the microsecond."""
    start, budget, due = _case(row)
    calendar = vietnam_calendar(row["schedule"])
    assert calendar.add(start.replace(tzinfo=VIETNAM), budget) == due.replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("row", DEADLINES, ids=_deadline_id)
def test_the_oracle_knows_the_deadline_too(row):
    """The oracle finds the due instant of each known case by itself."""
    start, budget, due = _case(row)
    assert walk.add(SESSIONS[row["schedule"]], start, budget) == due


@pytest.mark.parametrize("row", EXAMPLES, ids=_example_id)
def test_a_worked_example_comes_out(row):
    """Each worked example is due where it says, on the clock of its own zone."""
    start, budget, due = _example(row)
    found = vietnam_calendar(row["schedule"]).add(start, budget)
    assert found.isoformat() == due.isoformat()
    assert found.tzinfo is start.tzinfo


@pytest.mark.parametrize("row", EXAMPLES, ids=_example_id)
def test_the_oracle_works_the_example_too(row):
    """The oracle comes to each worked example by itself, in Vietnamese time."""
    start, budget, due = (
        value.astimezone(VIETNAM).replace(tzinfo=None) if isinstance(value, datetime) else value
        for value in _example(row)
    )
    assert walk.add(SESSIONS[row["schedule"]], start, budget) == due


@pytest.mark.parametrize("name", ["A", "VP"])
@pytest.mark.parametrize(("year", "count"), WORKING_DAYS.items())
def test_a_year_has_its_working_days(name, year, count):
    """The open and worked days of each year add up to the public sector's number."""
    calendar = vietnam_calendar(name)
    dates = walk.dates(date(year, 1, 1), date(year, 12, 31))
    assert sum(calendar.day(day).kind in ("open", "worked") for day in dates) == count
    assert sum(map(days.is_worked, dates)) == count


def test_93_weekdays_are_off_and_6_saturdays_worked():
    """From 2018-12-31 to 2026-12-31, 93 weekdays are off and 6 Saturdays are worked."""
    calendar = vietnam_calendar("A")
    kinds = {
        day: calendar.day(day).kind for day in walk.dates(date(2018, 12, 31), date(2026, 12, 31))
    }
    off = {day for day, kind in kinds.items() if kind == "off" and day.weekday() < 5}
    worked = {day for day, kind in kinds.items() if kind == "worked"}
    assert (len(off), len(worked)) == (93, 6)
    assert off == set(days.OFF)
    assert worked == set(days.WORKED)


@pytest.mark.parametrize("name", ["A", "VP"])
@pytest.mark.parametrize("year", WORKING_DAYS)
def test_a_year_has_eight_hours_a_working_day(name, year):
    """The work between two New Years is eight hours for each working day."""
    first, last = (datetime(y, 1, 1, tzinfo=VIETNAM) for y in (year, year + 1))
    worked = vietnam_calendar(name).between(first, last)
    assert worked == WORKING_DAYS[year] * 8 * UNITS["h"]
