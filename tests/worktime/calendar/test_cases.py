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


DEADLINES, EXAMPLES = _rows("deadlines.csv"), _rows("examples.csv")


def _case(row):
    start, due = (datetime.fromisoformat(row[name]) for name in ("start", "due"))
    return start, timedelta(seconds=int(row["budget_seconds"])), due


def _example(row):
    zone = ZoneInfo("Asia/Kolkata" if row["zone"] == "+05:30" else row["zone"])
    start, due = (datetime.fromisoformat(row[name]).astimezone(zone) for name in ("start", "due"))
    number, unit = row["budget"].split()
    return start, int(number) * UNITS[unit], due


def test_the_known_deadlines_are_met():
    """The due instant of each of 400 known cases is found to the microsecond."""
    assert len(DEADLINES) == 400
    for row in DEADLINES:
        start, budget, due = _case(row)
        found = vietnam_calendar(row["schedule"]).add(start.replace(tzinfo=VIETNAM), budget)
        assert found == due.replace(tzinfo=VIETNAM), row
        assert walk.add(SESSIONS[row["schedule"]], start, budget) == due, row


def test_the_worked_examples_come_out():
    """Each of 47 worked examples is due where it says, on the clock of its own zone."""
    assert len(EXAMPLES) == 47
    for row in EXAMPLES:
        start, budget, due = _example(row)
        found = vietnam_calendar(row["schedule"]).add(start, budget)
        assert (found.isoformat(), found.tzinfo) == (due.isoformat(), start.tzinfo), row


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
    assert (off, worked) == (set(days.OFF), set(days.WORKED))
