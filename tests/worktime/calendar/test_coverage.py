"""Law 30: what lies beyond the notices is flagged or refused, never silent.

The calendar is that of `phananh.worktime.calendar.work_calendar`.
"""

from datetime import date, datetime

import pytest
from hypothesis import event, given, settings, strategies as st

from phananh.errors import CoverageError
from phananh.testing.strategies import budgets, instants
from phananh.worktime import Notice, NoticeDay
from phananh.worktime.days.vietnam import VietnamDays
from tests.oracle.compare import VIETNAM
from tests.oracle.hours import SESSIONS
from tests.worktime.calendars import CALENDARS, DAY, FRESH
from tests.worktime.laws import law
from tests.worktime.offices import NONE, utc

LAW = settings(deadline=None, max_examples=100)
NAMES = pytest.mark.parametrize("name", SESSIONS)
PROPOSED = (date(2026, 11, 23), date(2026, 11, 28))


def _may_move(t, due, expected=PROPOSED):
    beyond = due.date() > date(2026, 12, 31)
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


def _flagged(office, known_from, known_through, start, due):
    first, last = (at.astimezone(office.zone).date() for at in sorted((start, due), key=utc))
    beyond = first < known_from or last > known_through
    return beyond or any(first <= day <= last for day in _unsettled(office))


@law(30)
def test_law_30_a_deadline_a_notice_may_move_is_provisional(office, t, a, b, w, choice):
    """A deadline is flagged exactly if it is outside the notices or crosses an expected day."""
    known = (a.date() - choice % 3 * 400 * DAY, b.date())
    calendar = office.fresh(known_from=known[0], known_through=known[1], expected=bool(choice % 2))
    for allotment in (calendar.allot(t, w), calendar.allot(t, -w), calendar.allot(t, NONE)):
        flagged = allotment.budget != NONE and _flagged(office, *known, t, allotment.due)
        event(f"provisional: {flagged}")
        assert allotment.provisional is flagged
        assert calendar.provisional(t, allotment.due) is flagged


@law(30)
def test_law_30_strict_raises_exactly_then(office, t, a, b, w, choice):
    """A strict calendar refuses exactly the deadlines that would be flagged."""
    known = (a.date() - choice % 3 * 400 * DAY, b.date())
    strict = office.fresh(strict=True, known_from=known[0], known_through=known[1])
    for budget in (w, -w):
        due = office.calendar.add(t, budget)
        if _flagged(office, *known, t, due):
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
    is_dated=st.booleans(),
)
@LAW
def test_law_30_a_notice_that_is_only_expected_moves_nothing_but_the_flag(
    name, t, w, shift, is_dated
):
    """An expected notice leaves the due instant alone and flags what crosses its day."""
    day = t.date() + shift * DAY
    changed = NoticeDay(day, "worked" if CALENDARS[name]().day(day).kind == "off" else "off")
    notice = Notice("9/TB", day if is_dated else None, "expected", days=[changed])
    allotment = FRESH[name](notices=[notice]).allot(t, w)
    assert allotment.due == CALENDARS[name]().add(t, w)
    assert allotment.provisional is _may_move(t, allotment.due, (*PROPOSED, day))


def test_a_combination_is_known_from_the_latest_of_its_parts():
    """Two offices know what both know; a calendar without a country always knew."""
    late = FRESH["A"](known_from=date(2020, 1, 1))
    bare = FRESH["nights"]()
    for both in (late & FRESH["VP"](), FRESH["VP"]() | late, late - FRESH["VP"]()):
        assert both.known_from == date(2020, 1, 1)
        assert both.provisional(*_days_of(2019)) is True
        assert both.provisional(*_days_of(2020)) is False
    assert bare.known_from == bare.first_day
    short = FRESH["A"](days=VietnamDays(first_day=date(2020, 1, 1)), strict=True)
    with pytest.raises(CoverageError) as caught:
        short.check_days_settled(date(2026, 12, 30), date(2027, 1, 1))
    assert (caught.value.first, caught.value.last) == ("2020-01-01", "2026-12-31")
    assert not bare.provisional(*_days_of(1901))


def _days_of(year):
    return datetime(year, 3, 4, 9, tzinfo=VIETNAM), datetime(year, 3, 6, 9, tzinfo=VIETNAM)
