"""Another release of `holidays`: the version of a calendar follows the days, not the number."""

import importlib.metadata
from datetime import date

import holidays
import pytest

from phananh.worktime import WorkCalendar, vietnam_calendar
from phananh.worktime.days import vietnam
from phananh.worktime.presets import find_timetable


def _office(**options):
    return WorkCalendar(timetable=find_timetable("A"), name="A", **options)


@pytest.fixture
def install(monkeypatch):
    """Install another release of the package, in which the days of a year may have changed."""

    def pretend(days=(), gone=()):
        def country(*, language, years):
            found = holidays.country_holidays("VN", language=language, years=years)
            for day in gone:
                found.pop(day, None)
            found.update({day: "Ngày mới" for day in days if day.year in years})
            return found

        monkeypatch.setattr(holidays, "__version__", "99.0")
        monkeypatch.setattr(importlib.metadata, "version", lambda _: "99.0")
        monkeypatch.setattr(vietnam, "_load_country", lambda: country)
        vietnam._year.cache_clear()

    yield pretend
    vietnam._year.cache_clear()


def test_a_release_with_the_same_days_leaves_every_version_alone(install):
    """Presets, hours put together and a view of the past keep their versions."""

    both = vietnam_calendar("A") & vietnam_calendar("VP")
    made = [_office(), both, _office().as_of(date(2025, 12, 24)), _office(expected=True)]
    before = [calendar.version for calendar in made]
    install()
    assert [calendar.with_notices(()).version for calendar in made] == before


@pytest.mark.parametrize(
    "change",
    [
        {"days": [date(2027, 3, 3)]},
        {"gone": [date(2028, 9, 2)]},
        {"days": [date(2031, 12, 31)]},
        {"gone": [date(2013, 1, 1)]},
        {"days": [date(2031, 11, 1)]},  # a Saturday: its name may be said
    ],
)
def test_a_release_that_changes_a_day_of_these_years_changes_the_version(install, change):
    """From 2013 to five years beyond the last notice each public day is part of the version."""
    before = _office().version
    install(**change)
    assert _office().version != before


@pytest.mark.parametrize("day", [date(2012, 3, 5), date(2032, 3, 3)])
def test_years_far_away_are_no_part_of_the_version(install, day):
    """A day before 2013, or more than five years beyond the last notice, is counted again."""
    version = _office().version
    install(days=[day])
    after = _office()
    assert after.version == version
    assert after.day(day).kind == "off"
