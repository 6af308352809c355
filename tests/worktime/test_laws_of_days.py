"""Laws about the days of a calendar: research section 10, laws 20 and 24 to 28."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from phananh.testing.strategies import BOUNDARIES, budgets, instants
from phananh.worktime import NoticeDay
from tests.oracle import walk
from tests.oracle.compare import VIETNAM, naive
from tests.oracle.days import OutsideTableError
from tests.oracle.hours import SESSIONS
from tests.worktime.calendars import CALENDARS, FRESH, NIGHT_BOUNDARIES

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LAW = settings(deadline=None, max_examples=80)

EACH = pytest.mark.parametrize("name", CALENDARS)
LOADED = pytest.mark.parametrize("name", ["A", "nights", "berlin"])
LOCAL = pytest.mark.parametrize("name", ["A", "VP", "nights"])
moments = instants(boundaries=(*BOUNDARIES, *NIGHT_BOUNDARIES))
amounts = budgets()
shifts = st.one_of(st.integers(-2, 4), st.integers(-10, 40)).map(lambda days: days * DAY)
kinds = st.sampled_from(
    [
        lambda day: NoticeDay(day, "off"),
        lambda day: NoticeDay(day, "worked"),
        lambda day: NoticeDay(day, "hours", sessions="07:30-11:30"),
        lambda day: NoticeDay(day, "hours", sessions="09:00-09:01, 21:00-23:30"),
    ]
)


@EACH
@given(t=moments, w=amounts)
@LAW
def test_law_20_spans_are_the_evidence(name, t, w):
    """The spans of a deadline are in order, worked throughout, add up, and end when it is due."""
    calendar = CALENDARS[name]()
    allotment = calendar.allot(t, w)
    ends = [(span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in allotment.spans]
    assert all(start < end for start, end in ends)
    assert all(end < start for (_, end), (start, _) in pairwise(ends))
    assert all(calendar.between(start, end) == end - start for start, end in ends)
    assert sum((end - start for start, end in ends), timedelta()) == w
    assert ends[-1][1] == allotment.due == calendar.add(t, w)
    assert ends[0][0] == calendar.next_opening(t)


@pytest.mark.parametrize("name", SESSIONS)
@given(t=moments, w=amounts)
@LAW
def test_law_20_spans_are_those_of_the_oracle(name, t, w):
    """The spans of a deadline are the stretches the oracle walked through."""
    try:
        due = walk.add(SESSIONS[name], naive(t), w)
        walked = walk.spans(SESSIONS[name], naive(t), due)
    except OutsideTableError:
        reject()
    spans = CALENDARS[name]().allot(t, w).spans
    assert [(naive(span.start), naive(span.end)) for span in spans] == walked


@LOADED
@given(t=moments, w=amounts, years=st.lists(st.integers(2010, 2034), max_size=5))
@settings(deadline=None, max_examples=8)
def test_law_24_the_order_of_questions_is_invisible(name, t, w, years):
    """Whatever years were asked before, in any order, the answers are the same."""
    calendar, untouched = FRESH[name](), FRESH[name]()
    for year in years:
        calendar.next_opening(datetime(year, 6, 1, tzinfo=VIETNAM))
    assert calendar.add(t, w) == untouched.add(t, w) == CALENDARS[name]().add(t, w)
    assert calendar.subtract(t, w) == untouched.subtract(t, w)
    far = datetime(2034, 3, 3, 12, tzinfo=VIETNAM)
    assert calendar.between(t, far) == CALENDARS[name]().between(t, far)


@LOADED
def test_law_24_any_number_of_threads_may_ask(name):
    """Four threads that load one calendar at once get the answers of one that asks alone."""
    asked = [datetime(year, 5, 5, 10, tzinfo=VIETNAM) for year in range(2016, 2032)]
    budget, alone = 300 * HOUR, FRESH[name]()
    right = {t: (alone.add(t, budget), alone.subtract(t, budget)) for t in asked}
    calendar, start = FRESH[name](), Barrier(4)

    def ask(seed):
        order = random.Random(seed).sample(asked, len(asked))
        start.wait()
        return {t: (calendar.add(t, budget), calendar.subtract(t, budget)) for t in order}

    with ThreadPoolExecutor(4) as pool:
        assert all(found == right for found in pool.map(ask, range(4)))


@LOCAL
@given(t=moments, w=amounts, shift=shifts)
@LAW
def test_law_25_a_day_off_never_helps(name, t, w, shift):
    """With one more day off, nothing is due earlier."""
    day, due = t.date() + shift, CALENDARS[name]().add(t, w)
    fewer = FRESH[name](overrides=[NoticeDay(day, "off")])
    assert fewer.add(t, w) >= due
    if t.date() < day < due.date() and CALENDARS[name]().day(day).kind == "open":
        assert fewer.add(t, w) > due
    assert fewer.subtract(t, w) <= CALENDARS[name]().subtract(t, w)


@LOCAL
@given(t=moments, w=amounts, shift=shifts)
@LAW
def test_law_26_a_worked_day_never_hurts(name, t, w, shift):
    """With one more worked day, nothing is due later."""
    day, due = t.date() + shift, CALENDARS[name]().add(t, w)
    more = FRESH[name](overrides=[NoticeDay(day, "worked")])
    assert more.add(t, w) <= due
    if t.date() < day < due.date() and CALENDARS[name]().day(day).kind == "off":
        assert more.add(t, w) < due
    assert more.subtract(t, w) >= CALENDARS[name]().subtract(t, w)


@LOCAL
@given(
    t=moments,
    w=amounts,
    before=st.lists(st.integers(1, 40), max_size=4, unique=True),
    after=st.lists(st.integers(1, 40), max_size=4, unique=True),
    kind=kinds,
)
@LAW
def test_law_27_only_the_days_in_between_matter(name, t, w, before, after, kind):
    """Days changed before the start or after the due date change neither due nor spans."""
    allotment = CALENDARS[name]().allot(t, w)
    first, last = t.date(), allotment.due.date()
    if name == "nights":
        first -= DAY
    changed = [first - days * DAY for days in before] + [last + days * DAY for days in after]
    other = FRESH[name](overrides=map(kind, changed))
    assert other.allot(t, w).spans == allotment.spans
    assert other.add(t, w) == allotment.due


@pytest.mark.parametrize("name", SESSIONS)
@given(t=moments, w=budgets(least=45 * HOUR), data=st.data())
@LAW
def test_law_28_a_swap_of_equal_days_is_neutral_outside(name, t, w, data):
    """A swap moves no deadline that runs from before both of its days to after both."""
    calendar = CALENDARS[name]()
    due = calendar.add(t, w)
    inside = walk.dates(t.date() + DAY, due.date() - DAY)
    off = data.draw(st.sampled_from([d for d in inside if calendar.day(d).kind == "open"]))
    closed = [d for d in inside if calendar.day(d).kind == "off"]
    worked = data.draw(st.sampled_from(closed))
    swap = [
        NoticeDay(off, "off", swapped_with=worked),
        NoticeDay(worked, "worked", swapped_with=off),
    ]
    assert FRESH[name](overrides=swap).add(t, w) == due


@pytest.mark.parametrize("name", SESSIONS)
@given(t=moments, w=amounts, length=st.integers(30, 900))
@settings(deadline=None, max_examples=15)
def test_a_closure_of_any_length_is_crossed(name, t, w, length):
    """An office closed for weeks or years resumes as if no time had passed."""
    closed = walk.dates(t.date(), t.date() + length * DAY)
    calendar = FRESH[name](overrides=[NoticeDay(day, "off") for day in closed])
    reopening = datetime.combine(closed[-1] + DAY, datetime.min.time(), VIETNAM)
    assert calendar.add(t, w) == CALENDARS[name]().add(reopening, w)
    assert calendar.between(t, reopening) == timedelta()


def test_a_half_day_has_its_own_sessions():
    """With 30/12/2026 open in the morning only, work goes on the next day."""
    morning = NoticeDay(date(2026, 12, 30), "hours", sessions="07:30-11:30")
    calendar = FRESH["A"](overrides=[morning])
    for start, hours, due in (
        ("2026-12-29T16:00+07:00", 8, "2026-12-31T10:00+07:00"),
        ("2026-12-30T11:30+07:00", 5, "2026-12-31T14:30+07:00"),
    ):
        found = calendar.add(datetime.fromisoformat(start), hours * HOUR)
        assert found == datetime.fromisoformat(due)


def test_a_night_shift_belongs_to_the_day_on_which_it_opens():
    """A shift that opens before a day off runs to its end; one opening on it does not exist."""
    wednesday = NoticeDay(date(2026, 3, 4), "off")
    calendar = FRESH["nights"](overrides=[wednesday])
    morning = datetime(2026, 3, 4, 5, 59, tzinfo=VIETNAM)
    assert calendar.is_open(morning)
    assert not calendar.is_open(morning + 18 * HOUR)
    assert not calendar.is_open(morning + DAY)
    assert calendar.next_opening(morning + HOUR) == datetime(2026, 3, 5, 22, tzinfo=VIETNAM)
