"""Laws of working time that hold for every calendar: laws 1 to 18.

`X` is the next opening; `Y` the earliest instant equivalent to a given one.
"""

from datetime import UTC

from tests.oracle import walk
from tests.worktime.laws import law
from tests.worktime.offices import NONE, TICK, later, utc


@law(1)
def test_law_1_zero_changes_nothing(office, t):
    """Adding or subtracting nothing returns the instant itself, even at night."""
    calendar = office.calendar
    assert calendar.add(t, NONE) is t
    assert calendar.subtract(t, NONE) is t


@law(2)
def test_law_2_exactly_the_budget_is_worked(office, t, w):
    """Between a start and its due instant lies exactly the budget."""
    calendar = office.calendar
    assert calendar.between(t, calendar.add(t, w)) == w


@law(3)
def test_law_3_due_is_the_earliest_instant(office, t, w):
    """One microsecond before the due instant, one microsecond of work is missing."""
    calendar = office.calendar
    assert calendar.between(t, later(calendar.add(t, w), -TICK)) == w - TICK


@law(4)
def test_law_4_due_never_lies_in_a_gap(office, t, w):
    """The microsecond before the due instant is worked."""
    calendar = office.calendar
    assert calendar.is_open(later(calendar.add(t, w), -TICK))


@law(5)
def test_law_5_budgets_add_up(office, t, w, v):
    """Working two budgets one after the other is working their sum, forth and back."""
    calendar = office.calendar
    assert utc(calendar.add(calendar.add(t, w), v)) == utc(calendar.add(t, w + v))
    assert utc(calendar.subtract(calendar.subtract(t, w), v)) == utc(calendar.subtract(t, w + v))


@law(6)
def test_law_6_a_later_start_is_never_due_earlier(office, a, wait, w):
    """Starting later never moves the due instant forward."""
    calendar, b = office.calendar, later(a, wait)
    assert utc(calendar.add(a, w)) <= utc(calendar.add(b, w))
    assert utc(calendar.subtract(a, w)) <= utc(calendar.subtract(b, w))


@law(7)
def test_law_7_a_larger_budget_is_due_strictly_later(office, t, w, v):
    """Every microsecond of budget moves the due instant."""
    calendar = office.calendar
    assert utc(calendar.add(t, w)) < utc(calendar.add(t, w + v))
    assert utc(calendar.subtract(t, w)) > utc(calendar.subtract(t, w + v))


@law(8)
def test_law_8_waiting_for_the_opening_costs_nothing(office, t, w):
    """A start out of hours is due like a start at the next opening (Art. 3.2)."""
    calendar = office.calendar
    assert utc(calendar.add(calendar.next_opening(t), w)) == utc(calendar.add(t, w))


@law(9)
def test_law_9_subtract_leaves_exactly_the_budget(office, t, w):
    """Between the subtracted instant and the given one lies exactly the budget."""
    calendar = office.calendar
    assert calendar.between(calendar.subtract(t, w), t) == w


@law(10)
def test_law_10_subtract_finds_the_latest_instant(office, t, w):
    """One microsecond after the subtracted instant a microsecond is missing, and it is open."""
    calendar = office.calendar
    begin = calendar.subtract(t, w)
    assert calendar.between(later(begin, TICK), t) == w - TICK
    assert calendar.is_open(begin)


@law(11)
def test_law_11_subtract_after_add_ends_at_the_next_opening(office, t, w):
    """Working a budget and taking it back ends where the work began: X(t)."""
    calendar = office.calendar
    assert utc(calendar.subtract(calendar.add(t, w), w)) == utc(calendar.next_opening(t))


@law(12)
def test_law_12_add_after_subtract_ends_at_the_last_closing(office, t, w):
    """Taking a budget back and working it again ends at Y(t): no later, no work lost, no gap."""
    calendar = office.calendar
    end = calendar.add(calendar.subtract(t, w), w)
    assert utc(end) <= utc(t)
    assert calendar.between(end, t) == NONE
    assert calendar.is_open(later(end, -TICK))
    if calendar.is_open(later(t, -TICK)):
        assert utc(end) == utc(t)


@law(13)
def test_law_13_a_negative_budget_is_subtraction(office, t, w):
    """Adding less than nothing is subtracting, and the other way round."""
    calendar = office.calendar
    assert utc(calendar.add(t, -w)) == utc(calendar.subtract(t, w))
    assert utc(calendar.subtract(t, -w)) == utc(calendar.add(t, w))


@law(14)
def test_law_14_sessions_are_half_open(office, t):
    """An office is open at its opening and until its closing, and closed at its closing."""
    calendar = office.calendar
    for opens, closes in office.sessions(t.date()):
        opening, closing = opens.replace(tzinfo=UTC), closes.replace(tzinfo=UTC)
        assert calendar.is_open(opening)
        assert calendar.is_open(closing - TICK)
        assert calendar.is_open(closing) == walk.is_open(office.sessions, closes)
        assert calendar.is_open(opening - TICK) == walk.is_open(office.sessions, opens - TICK)


@law(15)
def test_law_15_opening_is_idempotent_and_free(office, t):
    """The next opening is open, is its own next opening, and no work lies before it."""
    calendar = office.calendar
    opening = calendar.next_opening(t)
    assert utc(calendar.next_opening(opening)) == utc(opening)
    assert utc(opening) >= utc(t)
    assert calendar.is_open(opening)
    assert calendar.between(t, opening) == NONE
    assert (utc(opening) == utc(t)) is calendar.is_open(t)


@law(16)
def test_law_16_the_measure_is_signed(office, a, b, wait):
    """Work from later to earlier is the negative of work from earlier to later."""
    calendar, c = office.calendar, later(a, wait)
    assert calendar.between(a, b) == -calendar.between(b, a)
    assert calendar.between(a, c) == -calendar.between(c, a)
    assert (calendar.between(a, b) > NONE) <= (utc(a) < utc(b))


@law(17)
def test_law_17_measures_chain(office, a, b, wait):
    """Work to a third instant is the sum by way of a second, in any order."""
    calendar = office.calendar
    for c in (later(a, wait), later(b, -wait)):
        assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@law(18)
def test_law_18_work_is_at_most_elapsed_time(office, a, wait):
    """No more is worked than time passes, and never less than nothing."""
    assert NONE <= office.calendar.between(a, later(a, wait)) <= wait
