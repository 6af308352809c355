"""The loop against the calendar: `python -m pytest -q examples/naive_loop`, where one test fails.

The tests draw the same examples on each run.
"""

from datetime import date, datetime, timedelta

from hypothesis import Phase, given, settings

from examples.naive_loop.loop import add
from phananh import vietnam_calendar
from phananh.testing.strategies import budgets, instants

OFFICE = vietnam_calendar("A")
MAKE_UP = date(2026, 1, 10)  # a Saturday, worked in place of Friday 2 January
STARTS = instants(first=date(2025, 12, 29), last=date(2026, 1, 16))
BUDGETS = budgets(least=timedelta(minutes=30), most=timedelta(hours=8))
SAME_EACH_TIME = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=200,
    phases=[Phase.generate, Phase.shrink],
)


@SAME_EACH_TIME
@given(start=STARTS, budget=BUDGETS)
def test_the_loop_is_right(start: datetime, budget: timedelta) -> None:
    """The loop has the due time of the calendar; it does not, and this test fails."""
    right = OFFICE.explain(start, budget)
    assert add(start, budget) == right.due, right.text("en")


@SAME_EACH_TIME
@given(start=STARTS, budget=BUDGETS)
def test_only_the_make_up_saturday_is_missed(start: datetime, budget: timedelta) -> None:
    """Told of that one Saturday, the loop has the due time of the calendar."""
    assert add(start, budget, worked={MAKE_UP}) == OFFICE.add(start, budget)
