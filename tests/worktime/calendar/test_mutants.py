"""The comparison with the oracle can fail: each seeded defect is found."""

from datetime import date, datetime, time, timedelta

import pytest

from phananh.worktime import vietnam_calendar
from tests.oracle import days, walk
from tests.oracle.compare import differences, naive
from tests.oracle.hours import SESSIONS
from tests.oracle.oracle_calendar import OracleCalendar
from tests.oracle.sample import deadlines

TICK = timedelta(microseconds=1)
SAMPLE = list(deadlines(seed=2370, count=3000))


class Wrapped:
    """A calendar that passes every question on; each subclass answers one of them wrongly."""

    def __init__(self, calendar):
        """Keep the calendar that answers rightly."""
        self.right = calendar

    def __getattr__(self, name):
        """Pass the question on."""
        return getattr(self.right, name)


class DueAtTheNextOpening(Wrapped):
    """A budget used up at 11:30 is due at 13:30."""

    def add(self, at, budget):
        """Move the due instant to the next opening."""
        return self.right.next_opening(self.right.add(at, budget))


class DueOneTickLate(Wrapped):
    """Every deadline is a microsecond late."""

    def add(self, at, budget):
        """Work one microsecond too many."""
        return self.right.add(at, budget + TICK)


class MicrosecondsLost(Wrapped):
    """The due instant is kept in whole seconds."""

    def add(self, at, budget):
        """Cut the due instant to the second."""
        return self.right.add(at, budget).replace(microsecond=0)


class StartOutOfHoursRollsBack(Wrapped):
    """A start in the lunch break counts as the opening of the morning before it."""

    def add(self, at, budget):
        """Count from an hour earlier when closed."""
        early = at if self.right.is_open(at) else at - timedelta(hours=1)
        return self.right.add(early, budget)


class ClosingCountsAsOpen(Wrapped):
    """At 11:30 sharp the office is still open."""

    def is_open(self, at):
        """Say that a closing instant is open."""
        return self.right.is_open(at) or self.right.is_open(at - TICK)


class OpeningCountsAsClosed(Wrapped):
    """At 07:30 sharp the office is still closed."""

    def is_open(self, at):
        """Say that an opening instant is closed."""
        return self.right.is_open(at) and self.right.is_open(at - TICK)


class SubtractFindsTheEarliest(Wrapped):
    """Four hours before 11:30 was the closing of the day before."""

    def subtract(self, at, budget):
        """Return the earliest instant instead of the latest."""
        begin = self.right.subtract(at, budget)
        return self.right.add(self.right.subtract(begin, TICK), TICK)


class NextOpeningStaysAtTheClosing(Wrapped):
    """At a closing the next opening is now."""

    def next_opening(self, at):
        """Return a closing instant unmoved."""
        return at if self.right.is_open(at - TICK) else self.right.next_opening(at)


class MeasureWithoutSign(Wrapped):
    """The work from later to earlier is positive."""

    def between(self, a, b):
        """Lose the sign."""
        return abs(self.right.between(a, b))


class MeasureCountsTheTickAtTheEnd(Wrapped):
    """The last microsecond is counted although it has not passed."""

    def between(self, a, b):
        """Measure to one microsecond later."""
        return self.right.between(a, b + TICK)


DEFECTS = Wrapped.__subclasses__()


def _seasons_from(spring, autumn):
    def sessions(day):
        summer = spring <= (day.month, day.day) <= autumn
        shown = SESSIONS["VP"](date(2026, 7, 1) if summer else date(2026, 3, 4))
        pairs = [
            (datetime.combine(day, a.time()), datetime.combine(day, b.time())) for a, b in shown
        ]
        return pairs if days.is_worked(day) else []

    return sessions


def _without(name, dropped):
    def sessions(day):
        if day != dropped:
            return SESSIONS[name](day)
        if day in days.WORKED:
            return []
        ordinary = SESSIONS[name](date(2026, 3, 4))
        return [
            (datetime.combine(day, a.time()), datetime.combine(day, b.time())) for a, b in ordinary
        ]

    return sessions


def _found(name, calendar):
    return any(differences(calendar, name, at, w) for n, at, w in SAMPLE if n == name)


@pytest.mark.parametrize("name", ["A", "VP"])
def test_no_defect_is_found_where_none_is(name):
    """The calendar and the stand-in, as they are, pass the whole sample."""
    assert not _found(name, vietnam_calendar(name))
    assert not _found(name, OracleCalendar(SESSIONS[name]))


@pytest.mark.parametrize("name", ["A", "VP"])
@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.__name__)
def test_a_wrong_answer_is_found(name, defect):
    """Each calendar that answers one question wrongly differs from the oracle."""
    assert _found(name, defect(vietnam_calendar(name)))


@pytest.mark.parametrize(
    ("spring", "autumn"),
    [((4, 15), (10, 15)), ((4, 17), (10, 15)), ((4, 16), (10, 14)), ((4, 16), (10, 16))],
)
def test_a_season_that_turns_a_day_off_is_found(spring, autumn):
    """A border of the seasons one day early or late differs from the oracle."""
    assert _found("VP", OracleCalendar(_seasons_from(spring, autumn)))


def test_seasons_that_turn_on_their_days_pass():
    """The way the seasons are mutated is itself right when nothing is mutated."""
    assert not _found("VP", OracleCalendar(_seasons_from((4, 16), (10, 15))))


@pytest.fixture(scope="module")
def dues():
    """Return the starts, budgets and due instants of the sample for A."""
    return [(at, w, walk.add(SESSIONS["A"], at, w)) for name, at, w in SAMPLE if name == "A"]


@pytest.mark.parametrize(
    "dropped",
    [day for day in (*days.OFF, *days.WORKED) if day >= date(2019, 1, 5) and day.month < 11],
    ids=str,
)
def test_a_day_missing_from_the_table_is_found(dues, dropped):
    """Each holiday and each worked Saturday, dropped alone, moves a deadline of the sample."""
    near = [(at, w, due) for at, w, due in dues if at.date() <= dropped <= due.date()]
    sessions = _without("A", dropped)
    assert any(walk.add(sessions, at, w) != due for at, w, due in near)


def test_a_calendar_on_the_wrong_clock_is_found():
    """A calendar that takes Vietnamese time for UTC differs from the oracle."""

    def shifted(day):
        return [(a + timedelta(hours=7), b + timedelta(hours=7)) for a, b in SESSIONS["A"](day)]

    assert _found("A", OracleCalendar(shifted))


def test_the_sample_meets_what_it_must():
    """The sample has starts at a boundary, starts at night and dues at a closing."""
    starts = [at for _, at, _ in SAMPLE]
    assert sum(at.time() in (time(7, 30), time(11, 30), time(17, 30)) for at in starts) > 100
    assert sum(at.hour < 6 for at in starts) > 100
    closings = [walk.add(SESSIONS[n], at, w).time() for n, at, w in SAMPLE]
    assert sum(due in (time(11, 30), time(17, 30)) for due in closings) > 50
    assert naive(vietnam_calendar("A").add(datetime.fromisoformat("2026-03-04T07:30+07:00"), TICK))
