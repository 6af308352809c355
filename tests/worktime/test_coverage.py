"""Law 30: what lies beyond the notices is flagged or refused, never silent."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from phananh.errors import CoverageError
from phananh.testing.strategies import budgets, instants
from phananh.worktime import Notice, NoticeDay
from tests.oracle.compare import VIETNAM
from tests.oracle.hours import SESSIONS
from tests.worktime.calendars import CALENDARS, FRESH

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LAW = settings(deadline=None, max_examples=100)
NAMES = pytest.mark.parametrize("name", SESSIONS)
PROPOSED = (date(2026, 11, 23), date(2026, 11, 28))
KNOWN_THROUGH = date(2026, 12, 31)

moments = st.one_of(
    instants(),
    instants(
        first=date(2026, 11, 16),
        last=date(2026, 12, 4),
        turning_days=(*PROPOSED, date(2026, 11, 30)),
    ),
    instants(
        first=date(2026, 12, 20),
        last=date(2028, 3, 1),
        turning_days=(date(2026, 12, 31), date(2027, 2, 5)),
    ),
)
amounts = budgets()


def _may_move(t, due, expected=PROPOSED):
    beyond = due.date() > KNOWN_THROUGH
    return beyond or any(t.date() <= day <= due.date() for day in expected)


@NAMES
@pytest.mark.parametrize("expected", [False, True])
@given(t=moments, w=amounts)
@LAW
def test_law_30_a_deadline_a_notice_may_move_is_provisional(name, expected, t, w):
    """A deadline is flagged exactly if it is beyond the notices or crosses an expected day."""
    calendar = FRESH[name](expected=expected)
    due = calendar.add(t, w)
    flagged = _may_move(t, due)
    event(f"provisional: {flagged}")
    assert calendar.provisional(t, due) is flagged
    assert calendar.allot(t, w).provisional is flagged


@NAMES
@given(t=moments, w=amounts)
@LAW
def test_law_30_strict_raises_exactly_then(name, t, w):
    """A strict calendar refuses exactly the deadlines that would be flagged."""
    strict, due = FRESH[name](strict=True), CALENDARS[name]().add(t, w)
    if _may_move(t, due):
        for ask in (strict.add, strict.allot):
            with pytest.raises(CoverageError):
                ask(t, w)
    else:
        assert strict.add(t, w) == due
        assert not strict.allot(t, w).provisional


@NAMES
@given(
    t=instants(last=date(2026, 10, 1)),
    w=amounts,
    shift=st.integers(-3, 20),
    issued=st.sampled_from([None, date(2026, 12, 1)]),
)
@LAW
def test_law_30_a_notice_that_is_only_expected_moves_nothing_but_the_flag(
    name, t, w, shift, issued
):
    """An expected notice leaves the due instant alone and flags what crosses its day."""
    day = t.date() + shift * DAY
    changed = NoticeDay(day, "worked" if CALENDARS[name]().day(day).kind == "off" else "off")
    notice = Notice("9/TB", issued, "expected", days=[changed])
    allotment = FRESH[name](notices=[notice]).allot(t, w)
    assert allotment.due == CALENDARS[name]().add(t, w)
    assert allotment.provisional is _may_move(t, allotment.due, (*PROPOSED, day))


@NAMES
def test_law_30_a_confirmed_notice_clears_the_flag(name):
    """Once a document adopts the proposed swap, deadlines across it move and are certain."""
    days = [
        NoticeDay(PROPOSED[0], "off", swapped_with=PROPOSED[1]),
        NoticeDay(PROPOSED[1], "worked", swapped_with=PROPOSED[0]),
    ]
    calendar = FRESH[name](notices=[Notice("1/TB", date(2026, 10, 1), days=days)])
    start = datetime(2026, 11, 20, 16, tzinfo=VIETNAM)
    certain, proposed = calendar.allot(start, 8 * HOUR), CALENDARS[name]().allot(start, 8 * HOUR)
    assert (certain.provisional, proposed.provisional) == (False, True)
    assert (certain.due.date(), proposed.due.date()) == (date(2026, 11, 25), date(2026, 11, 23))
    applied = FRESH[name](expected=True).allot(start, 8 * HOUR)
    assert (applied.due, applied.provisional) == (certain.due, True)


@NAMES
def test_law_30_days_without_any_knowledge_are_refused(name):
    """Where `holidays` falls silent a calendar raises, instead of finding no holidays."""
    calendar = CALENDARS[name]()
    for ask in (
        lambda: calendar.add(datetime(2101, 1, 3, 9, tzinfo=VIETNAM), HOUR),
        lambda: calendar.add(datetime(2100, 12, 31, 9, tzinfo=VIETNAM), 80 * HOUR),
        lambda: calendar.is_open(datetime(2101, 1, 3, 9, tzinfo=VIETNAM)),
        lambda: calendar.subtract(datetime(1976, 1, 2, 9, tzinfo=VIETNAM), 80 * HOUR),
        lambda: calendar.day(date(2101, 1, 3)),
    ):
        with pytest.raises(CoverageError):
            ask()


@NAMES
def test_the_proposed_swap_is_not_applied_unless_asked_for(name):
    """Monday 23/11/2026 is an ordinary day, and off only with `expected`."""
    kinds = [CALENDARS[name]().day(day).kind for day in PROPOSED]
    applied = [FRESH[name](expected=True).day(day).kind for day in PROPOSED]
    assert (kinds, applied) == (["open", "off"], ["off", "worked"])
