"""The calendar and the oracle say the same, and the oracle agrees with itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given, reject, settings

from phananh.testing.strategies import budgets, instants
from phananh.worktime import vietnam_calendar
from tests.oracle import walk
from tests.oracle.compare import differences, naive
from tests.oracle.days import OutsideTableError
from tests.oracle.hours import SESSIONS

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
