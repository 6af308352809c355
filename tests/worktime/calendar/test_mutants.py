"""The comparison with the oracle can fail: each seeded defect is found."""

from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from phananh.worktime import vietnam_calendar
from tests.oracle import days, walk
from tests.oracle.compare import differences, naive
from tests.oracle.hours import SESSIONS
from tests.oracle.oracle_calendar import OracleCalendar
from tests.oracle.sample import deadlines

TICK = timedelta(microseconds=1)
SAMPLE = list(deadlines(seed=2370, count=3000))


class Wrong:
    """A calendar that passes every question on, but for one that it answers wrongly."""

    def __init__(self, calendar, question, answer):
        """Keep the calendar that answers rightly."""
        self.right = calendar
        setattr(self, question, partial(answer, calendar))

    def __getattr__(self, name):
        """Pass the question on."""
        return getattr(self.right, name)


def _early_when_closed(right, at):
    return at if right.is_open(at) else at - timedelta(hours=1)


DEFECTS = {
    "due at the next opening": ("add", lambda c, at, w: c.next_opening(c.add(at, w))),
    "due one tick late": ("add", lambda c, at, w: c.add(at, w + TICK)),
    "microseconds lost": ("add", lambda c, at, w: c.add(at, w).replace(microsecond=0)),
    "a start at night rolls back": ("add", lambda c, at, w: c.add(_early_when_closed(c, at), w)),
    "a closing is open": ("is_open", lambda c, at: c.is_open(at) or c.is_open(at - TICK)),
    "an opening is not open": ("is_open", lambda c, at: c.is_open(at) and c.is_open(at - TICK)),
    "subtract finds the earliest": (
        "subtract", lambda c, at, w: c.add(c.subtract(c.subtract(at, w), TICK), TICK)
    ),
    "the next opening stays at the closing": (
        "next_opening", lambda c, at: at if c.is_open(at - TICK) else c.next_opening(at)
    ),
    "a measure without sign": ("between", lambda c, a, b: abs(c.between(a, b))),
    "the tick at the end is counted": ("between", lambda c, a, b: c.between(a, b + TICK)),
}  # fmt: skip


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
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_wrong_answer_is_found(name, defect):
    """Each calendar that answers one question wrongly differs from the oracle."""
    assert _found(name, Wrong(vietnam_calendar(name), *DEFECTS[defect]))


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
