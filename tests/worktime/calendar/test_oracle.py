"""The calendar and the oracle say the same, and the oracle agrees with itself."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from phananh.testing.strategies import budgets, instants
from phananh.worktime import vietnam_calendar
from tests.oracle import walk
from tests.oracle.compare import VIETNAM, differences, naive
from tests.oracle.days import OutsideTableError
from tests.oracle.hours import SESSIONS
from tests.oracle.sample import deadlines
from tests.slow import oracle_run

NAMES = pytest.mark.parametrize("name", ["A", "VP"])
MANY = settings(deadline=None, max_examples=400)
SOME = settings(deadline=None, max_examples=60)
# The table is typed through 2026, and the oracle looks at the day after.
LAST = date(2026, 12, 1)


@NAMES
@given(at=instants(first=date(2019, 1, 1)), budget=budgets())
@MANY
def test_the_calendar_agrees_with_the_oracle(name, at, budget):
    """Every answer about a start and a budget is the oracle's answer."""
    try:
        assert not differences(vietnam_calendar(name), name, naive(at), budget)
    except OutsideTableError:
        reject()


@NAMES
@given(
    at=instants(first=date(2019, 1, 1), last=date(2025, 6, 1)),
    budget=budgets(most=timedelta(hours=2600)),
)
@SOME
def test_the_calendar_agrees_with_the_oracle_over_a_year(name, at, budget):
    """A budget of more than a year of work is due where the oracle says."""
    due = walk.add(SESSIONS[name], naive(at), budget)
    assert naive(vietnam_calendar(name).add(at, budget)) == due


@NAMES
@given(a=instants(last=LAST), b=instants(last=LAST))
@SOME
def test_the_calendar_measures_like_the_oracle(name, a, b):
    """The work between any two instants of eight years is what the oracle counts, signed."""
    worked = walk.between(SESSIONS[name], naive(a), naive(b))
    assert vietnam_calendar(name).between(a, b) == worked


@NAMES
@given(at=instants(last=LAST), elapsed=st.timedeltas(timedelta(), timedelta(days=2)))
@SOME
def test_two_accounts_of_the_oracle_agree(name, at, elapsed):
    """Counting session by session gives the same as counting minute by minute."""
    start, end = naive(at), naive(at) + elapsed
    by_sessions = walk.between(SESSIONS[name], start, end)
    assert by_sessions == walk.between_by_minutes(SESSIONS[name], start, end)


def test_the_oracle_refuses_days_outside_its_table():
    """The oracle raises where no day was typed, rather than guess one."""
    with pytest.raises(OutsideTableError):
        walk.add(SESSIONS["A"], datetime(2026, 12, 31, 17), timedelta(hours=1))


def test_a_seed_always_draws_the_same_deadlines():
    """Two draws from one seed are equal, and another seed draws others."""
    first, again, other = (list(deadlines(seed, 50)) for seed in (1, 1, 2))
    assert first == again != other


def test_the_long_run_reaches_both_halves(capsys):
    """A short run of the long comparison agrees, and meets openings, closings and Saturdays."""
    assert oracle_run.main(["--count", "2000", "--seed", "7"]) == 0
    printed = capsys.readouterr().out
    assert "2000 deadlines agree, sha256 " in printed
    for reached in ("due at a closing", "due on a worked Saturday", "closed"):
        assert reached in printed


def test_vietnamese_wall_clock_is_seven_hours_ahead():
    """The zone in which answers are compared has no surprise in these years."""
    assert VIETNAM.utcoffset(datetime(2019, 1, 1)) == timedelta(hours=7)
    assert VIETNAM.utcoffset(datetime(2026, 7, 1)) == timedelta(hours=7)
