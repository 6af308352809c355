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
from tests.worktime.laws import law
from tests.worktime.offices import NONE, utc

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LAW = settings(deadline=None, max_examples=100)
NAMES = pytest.mark.parametrize("name", SESSIONS)
PROPOSED = (date(2026, 11, 23), date(2026, 11, 28))
KNOWN_THROUGH = date(2026, 12, 31)


def _may_move(t, due, expected=PROPOSED):
    beyond = due.date() > KNOWN_THROUGH
    return beyond or any(t.date() <= day <= due.date() for day in expected)


def _unsettled(office):
    """Return the days that a proposal names and no official notice has settled since."""
    public = office.parts["days"]
    notices = [*office.parts["notices"], *(public.notices if public else ())]
    named = [(notice, day) for notice in notices for day in notice.days]
    return {
        day.date
        for proposal, day in named
        if proposal.status == "expected"
        and not any(
            other.date == day.date
            and notice.status == "official"
            and (
                (other.kind, other.swapped_with) == (day.kind, day.swapped_with)
                or (proposal.issued and (notice.issued or date.min) >= proposal.issued)
            )
            for notice, other in named
        )
    }


def _flagged(office, known_through, start, due):
    first, last = (at.astimezone(office.zone).date() for at in sorted((start, due), key=utc))
    beyond = last > known_through
    return beyond or any(first <= day <= last for day in _unsettled(office))


@law(30)
def test_law_30_a_deadline_a_notice_may_move_is_provisional(office, t, b, w, choice):
    """A deadline is flagged exactly if it is beyond the notices or crosses an expected day."""
    known = b.date()
    calendar = office.fresh(known_through=known, expected=bool(choice % 2))
    for allotment in (calendar.allot(t, w), calendar.allot(t, -w), calendar.allot(t, NONE)):
        flagged = allotment.budget != NONE and _flagged(office, known, t, allotment.due)
        event(f"provisional: {flagged}")
        assert allotment.provisional is flagged
        assert calendar.provisional(t, allotment.due) is flagged


@law(30)
def test_law_30_strict_raises_exactly_then(office, t, b, w):
    """A strict calendar refuses exactly the deadlines that would be flagged."""
    strict, known = office.fresh(strict=True, known_through=b.date()), b.date()
    for budget in (w, -w):
        due = office.calendar.add(t, budget)
        if _flagged(office, known, t, due):
            for ask in (strict.add, strict.allot):
                with pytest.raises(CoverageError):
                    ask(t, budget)
            with pytest.raises(CoverageError):
                strict.subtract(t, -budget)
        else:
            assert utc(strict.add(t, budget)) == utc(due)
            assert not strict.allot(t, budget).provisional


@law(30)
def test_law_30_nothing_to_work_is_never_in_doubt(office, t, choice):
    """A budget of zero is due at once whatever is announced: not flagged, and not refused."""
    calendar = office.fresh(known_through=date(2020, 1, 1), strict=bool(choice % 2))
    assert calendar.add(t, NONE) is t
    assert calendar.allot(t, NONE).provisional is False


@NAMES
@given(
    t=instants(last=date(2026, 10, 1)),
    w=budgets(),
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
