"""Which years are loaded, and in what order, changes no answer.

They are loaded by `phananh.worktime.calendar.work_calendar`.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import attrs
import pytest

from phananh.errors import CoverageError
from phananh.worktime import Timetable, WorkCalendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from tests.worktime.calendars import FRESH, HOUR

QUESTIONS: dict[str, Callable[[WorkCalendar, datetime], Any]] = {
    "add": lambda c, t: c.add(t, 30 * HOUR),
    "subtract": lambda c, t: c.subtract(t, 30 * HOUR),
    "between": lambda c, t: c.between(t, t + timedelta(days=40)),
    "between, back": lambda c, t: c.between(t + timedelta(days=400), t),
    "is_open": lambda c, t: c.is_open(t),
    "next_opening": lambda c, t: c.next_opening(t),
    "spans": lambda c, t: c.spans(t, t + timedelta(days=9)),
    "allot": lambda c, t: c.allot(t, 30 * HOUR).due,
}


@pytest.mark.parametrize("name", FRESH)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_year_that_is_not_loaded_is_asked_like_one_that_is(name, question):
    """Each question about earlier and later years is answered as a fresh calendar answers it."""
    ask, loaded = QUESTIONS[question], FRESH[name]()
    # The last hours of a day that may lack a night.
    for year, moment in product((2024, 2026, 2021, 2029, 2018), [(5, 14, 9), (1, 1, 23)]):
        t = datetime(year, *moment, 20, tzinfo=loaded.tzinfo)
        assert ask(loaded, t) == ask(FRESH[name](), t), year


def test_what_is_loaded_is_searched_at_once(monkeypatch):
    """Of instants on the office's clock, in years that are loaded, nothing is looked for again.

    Only the years that are asked for are loaded, and of them the first day that lacks no night.
    """
    calendar = FRESH["A"]()
    t = datetime(2025, 5, 14, 9, 20, tzinfo=calendar.tzinfo)
    asked = [ask for name, ask in QUESTIONS.items() if name != "between, back"]
    told = [ask(calendar, t) for ask in asked]
    assert calendar._table.years == range(2025, 2026)
    early = datetime(2025, 1, 2, tzinfo=calendar.tzinfo)
    due = calendar.add(early, HOUR)
    for name in ("_move", "_locate", "_find_unsettled"):
        monkeypatch.setattr(WorkCalendar, name, None)
    assert ([ask(calendar, t) for ask in asked], calendar.add(early, HOUR)) == (told, due)


PART = (date(2018, 9, 4), date(2026, 6, 30))
ASKED_ALONE = {name: ask for name, ask in QUESTIONS.items() if name != "between, back"}


@pytest.mark.parametrize("day", [PART[0] - timedelta(days=1), PART[1] + timedelta(days=1)])
@pytest.mark.parametrize("question", ASKED_ALONE)
def test_a_year_that_is_covered_in_part_is_refused_in_part(question, day):
    """A day that is not covered is refused although its year is loaded, by every question."""
    calendar = FRESH["A"](days=attrs.evolve(VIETNAM_DAYS, first_day=PART[0], last_day=PART[1]))
    for covered in PART:
        calendar.add(
            datetime(covered.year, 6 if covered.year > 2020 else 10, 1, 9, tzinfo=UTC), HOUR
        )
    t = datetime(day.year, day.month, day.day, 9, tzinfo=calendar.tzinfo)
    with pytest.raises(CoverageError):
        ASKED_ALONE[question](calendar, t)


@pytest.mark.parametrize("question", ASKED_ALONE)
@pytest.mark.parametrize(
    "t", [datetime(2019, 12, 31, 22, 59, tzinfo=UTC), datetime(2021, 12, 31, 23, 0, tzinfo=UTC)]
)
def test_a_day_of_utc_that_is_covered_in_part_is_refused_in_part(question, t):
    """Berlin's first covered day begins late on a day of UTC, of which the rest is refused."""
    days = attrs.evolve(VIETNAM_DAYS, first_day=date(2020, 1, 1), last_day=date(2021, 12, 31))
    calendar = WorkCalendar(
        timetable=Timetable.weekly("00:00-24:00"), zone="Europe/Berlin", days=days
    )
    calendar.add(datetime(2020, 1, 2, tzinfo=UTC), HOUR)
    calendar.add(datetime(2021, 12, 1, tzinfo=UTC), HOUR)
    with pytest.raises(CoverageError):
        ASKED_ALONE[question](calendar, t)


def test_a_budget_back_ends_with_the_day_before_those_that_are_covered():
    """Counting back past the first covered day names the day before it."""
    calendar = FRESH["A"](days=attrs.evolve(VIETNAM_DAYS, first_day=PART[0]))
    start = datetime.combine(PART[0], datetime.min.time(), calendar.tzinfo) + 7 * 24 * HOUR
    with pytest.raises(CoverageError) as raised:
        calendar.subtract(start, 6 * 24 * HOUR)
    assert (raised.value.code, raised.value.day) == ("covered_until", str(PART[0] - 24 * HOUR))


def test_a_budget_may_use_all_that_is_covered():
    """It may end with the last day that is covered, and begin with the first."""
    always = WorkCalendar(timetable=Timetable.weekly("00:00-24:00", days="mon-sun"), days=None)
    for day, hours in ((date(2199, 12, 30), 48), (date(1900, 1, 3), -48)):
        start = datetime.combine(day, datetime.min.time(), always.tzinfo)
        assert always.add(start, hours * HOUR) - start == hours * HOUR
    afternoon = datetime(2026, 3, 4, 13, 30, tzinfo=always.tzinfo)  # not 11:30, when it was closed
    assert FRESH["A"]().add(afternoon + HOUR, -HOUR) == afternoon


INSIDE = datetime(2026, 7, 1, 1, tzinfo=UTC)
OUTSIDE = datetime(2026, 7, 1, 10, tzinfo=UTC)  # on the day of UTC on which the last day ends


def make_new_york():
    """Return a calendar that ends within a year, and within a day of UTC."""
    days = attrs.evolve(VIETNAM_DAYS, first_day=date(2019, 1, 1), last_day=date(2026, 6, 30))
    return WorkCalendar(
        timetable=Timetable.weekly("08:00-12:00, 20:30-23:00"), days=days, zone="America/New_York"
    )


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_end_is_the_end_whichever_years_are_loaded(year):
    """After questions about earlier years, an instant after the last day is still refused."""
    calendar = make_new_york()
    for asked in (year, 2026):
        calendar.add(datetime(asked, 3, 4, 13, tzinfo=UTC), HOUR)
    assert calendar.is_open(INSIDE)
    with pytest.raises(CoverageError):
        calendar.is_open(OUTSIDE)


def test_clocks_that_begin_to_change_are_counted_as_they_go():
    """Years of one offset that are loaded stay right when a year of two is loaded behind them."""
    hours = Timetable.weekly("08:00-12:00, 13:00-23:30", days="mon-sun")
    loaded = WorkCalendar(timetable=hours, zone="Europe/Berlin", days=None)
    for year, month in ((1978, 5), (1979, 12), (1980, 7), (1979, 6), (1980, 4)):
        t = datetime(year, month, 3, 11, tzinfo=UTC)
        fresh = attrs.evolve(loaded)
        for ask in QUESTIONS.values():
            assert ask(loaded, t) == ask(fresh, t), t
    at_once = attrs.evolve(loaded)
    at_once.add(datetime(1977, 1, 3, tzinfo=UTC), 20_000 * HOUR)  # which needs 1979 and 1980
    before = datetime(1980, 7, 1, 5, tzinfo=UTC)
    assert at_once.between(before, before + 2 * HOUR) == HOUR


def test_what_is_loaded_is_refused_by_a_strict_calendar_too():
    """On the office's own clock, in a year that was asked before, a doubtful day is refused."""
    calendar = FRESH["A"](strict=True, known_through=date(2025, 6, 30))
    t = datetime(2025, 6, 27, 9, tzinfo=calendar.tzinfo)
    assert calendar.between(t, calendar.add(t, HOUR)) == HOUR
    for ask in (
        lambda: calendar.add(t, 30 * HOUR),
        lambda: calendar.subtract(t + 200 * HOUR, HOUR),
    ):
        with pytest.raises(CoverageError):
            ask()
