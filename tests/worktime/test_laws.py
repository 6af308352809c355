"""Laws of working time that hold for every calendar: research section 10, laws 1 to 18.

`X` is the next opening; `Y` the earliest instant equivalent to a given one.
Each law is tried on A, on VP, on night shifts that pass midnight, and on a clock that never
stops in a zone that changes its clocks.
"""

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phananh.testing.strategies import BOUNDARIES, TURNING_DAYS, budgets, instants
from tests.oracle.compare import VIETNAM
from tests.oracle.hours import SESSIONS
from tests.worktime.calendars import CALENDARS, CLOCK_CHANGES, NIGHT_BOUNDARIES

TICK = timedelta(microseconds=1)
NONE = timedelta(0)
YEAR = timedelta(days=366)

EACH = pytest.mark.parametrize("name", CALENDARS)
LAW = settings(deadline=None, max_examples=60)
moments = instants(
    boundaries=(*BOUNDARIES, *NIGHT_BOUNDARIES), turning_days=(*TURNING_DAYS, *CLOCK_CHANGES)
)
amounts = budgets()
waits = st.one_of(
    st.integers(0, 3).map(lambda ticks: ticks * TICK),
    st.integers(0, 96).map(lambda halves: halves * timedelta(minutes=30)),
    st.timedeltas(NONE, timedelta(days=4)),
    st.timedeltas(NONE, YEAR),
)


@EACH
@given(t=moments)
@LAW
def test_law_1_zero_changes_nothing(name, t):
    """Adding or subtracting nothing returns the instant itself, even at night."""
    calendar = CALENDARS[name]()
    assert calendar.add(t, NONE) == t == calendar.subtract(t, NONE)


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_2_exactly_the_budget_is_worked(name, t, w):
    """Between a start and its due instant lies exactly the budget."""
    calendar = CALENDARS[name]()
    assert calendar.between(t, calendar.add(t, w)) == w


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_3_due_is_the_earliest_instant(name, t, w):
    """One microsecond before the due instant, one microsecond of work is missing."""
    calendar = CALENDARS[name]()
    assert calendar.between(t, calendar.add(t, w) - TICK) == w - TICK


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_4_due_never_lies_in_a_gap(name, t, w):
    """The microsecond before the due instant is worked."""
    calendar = CALENDARS[name]()
    assert calendar.is_open(calendar.add(t, w) - TICK)


@EACH
@given(t=moments, w=amounts, v=amounts)
@LAW
def test_law_5_budgets_add_up(name, t, w, v):
    """Working two budgets one after the other is working their sum."""
    calendar = CALENDARS[name]()
    assert calendar.add(calendar.add(t, w), v) == calendar.add(t, w + v)


@EACH
@given(a=moments, wait=waits, w=amounts)
@LAW
def test_law_6_a_later_start_is_never_due_earlier(name, a, wait, w):
    """Starting later never moves the due instant forward."""
    calendar = CALENDARS[name]()
    assert calendar.add(a, w) <= calendar.add(a + wait, w)
    assert calendar.subtract(a, w) <= calendar.subtract(a + wait, w)


@EACH
@given(t=moments, w=amounts, v=amounts)
@LAW
def test_law_7_a_larger_budget_is_due_strictly_later(name, t, w, v):
    """Every microsecond of budget moves the due instant."""
    calendar = CALENDARS[name]()
    assert calendar.add(t, w) < calendar.add(t, w + v)
    assert calendar.subtract(t, w) > calendar.subtract(t, w + v)


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_8_waiting_for_the_opening_costs_nothing(name, t, w):
    """A start out of hours is due like a start at the next opening (Art. 3.2)."""
    calendar = CALENDARS[name]()
    assert calendar.add(calendar.next_opening(t), w) == calendar.add(t, w)


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_9_subtract_leaves_exactly_the_budget(name, t, w):
    """Between the subtracted instant and the given one lies exactly the budget."""
    calendar = CALENDARS[name]()
    assert calendar.between(calendar.subtract(t, w), t) == w


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_10_subtract_finds_the_latest_instant(name, t, w):
    """One microsecond after the subtracted instant a microsecond is missing, and it is open."""
    calendar = CALENDARS[name]()
    begin = calendar.subtract(t, w)
    assert calendar.between(begin + TICK, t) == w - TICK
    assert calendar.is_open(begin)


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_11_subtract_after_add_ends_at_the_next_opening(name, t, w):
    """Working a budget and taking it back ends where the work began."""
    calendar = CALENDARS[name]()
    assert calendar.subtract(calendar.add(t, w), w) == calendar.next_opening(t)


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_12_add_after_subtract_ends_at_the_last_closing(name, t, w):
    """Taking a budget back and working it again ends at Y(t): no later, no work lost, no gap."""
    calendar = CALENDARS[name]()
    end = calendar.add(calendar.subtract(t, w), w)
    assert end <= t
    assert calendar.between(end, t) == NONE
    assert calendar.is_open(end - TICK)
    if calendar.is_open(t - TICK):
        assert end == t


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_13_a_negative_budget_is_subtraction(name, t, w):
    """Adding less than nothing is subtracting, and the other way round."""
    calendar = CALENDARS[name]()
    assert calendar.add(t, -w) == calendar.subtract(t, w)
    assert calendar.subtract(t, -w) == calendar.add(t, w)


@pytest.mark.parametrize("name", SESSIONS)
@given(day=st.one_of(st.sampled_from(TURNING_DAYS), st.dates(date(2019, 1, 1), date(2026, 12, 31))))
@LAW
def test_law_14_sessions_are_half_open(name, day):
    """An office is open at its opening and until its closing, and closed at its closing."""
    calendar = CALENDARS[name]()
    for opens, closes in SESSIONS[name](day):
        opening, closing = opens.replace(tzinfo=VIETNAM), closes.replace(tzinfo=VIETNAM)
        assert calendar.is_open(opening)
        assert calendar.is_open(closing - TICK)
        assert not calendar.is_open(closing)
        assert not calendar.is_open(opening - TICK)


@EACH
@given(t=moments)
@LAW
def test_law_15_opening_is_idempotent_and_free(name, t):
    """The next opening is open, is its own next opening, and no work lies before it."""
    calendar = CALENDARS[name]()
    opening = calendar.next_opening(t)
    assert calendar.next_opening(opening) == opening >= t
    assert calendar.is_open(opening)
    assert calendar.between(t, opening) == NONE
    assert (opening == t) is calendar.is_open(t)


@EACH
@given(a=moments, b=moments, wait=waits)
@LAW
def test_law_16_the_measure_is_signed(name, a, b, wait):
    """Work from later to earlier is the negative of work from earlier to later."""
    calendar = CALENDARS[name]()
    assert calendar.between(a, b) == -calendar.between(b, a)
    assert calendar.between(a, a + wait) == -calendar.between(a + wait, a)


@EACH
@given(a=moments, b=moments, wait=waits)
@LAW
def test_law_17_measures_chain(name, a, b, wait):
    """Work to a third instant is the sum by way of a second, in any order."""
    calendar = CALENDARS[name]()
    for c in (a + wait, b - wait):
        chained = calendar.between(a, b) + calendar.between(b, c)
        assert chained == calendar.between(a, c)


@EACH
@given(a=moments, wait=waits)
@LAW
def test_law_18_work_is_at_most_elapsed_time(name, a, wait):
    """No more is worked than time passes, and never less than nothing."""
    calendar = CALENDARS[name]()
    b = a + wait
    elapsed = b.astimezone(UTC) - a.astimezone(UTC)
    assert NONE <= calendar.between(a, b) <= elapsed
