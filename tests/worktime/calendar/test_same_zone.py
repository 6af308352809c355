"""Two instants of one zone whose clocks change: 01:30 comes twice, an hour apart.

Python compares and subtracts datetimes of one zone by the wall. Every question about such
instants has the answer of the same instants in UTC.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings, strategies as st

from phananh.errors import InputError
from phananh.worktime import Span, Term, Timetable, WorkCalendar
from phananh.worktime.algebra import Spans
from tests.worktime.laws import EXAMPLES

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
# zone: the instant, in UTC, at which its clocks go back, and the one at which they go ahead
CHANGES = {
    "America/New_York": (datetime(2026, 11, 1, 6), datetime(2026, 3, 8, 7)),
    "Australia/Lord_Howe": (datetime(2026, 4, 4, 15), datetime(2026, 10, 3, 15, 30)),
}


def _calendars(name):
    zone = ZoneInfo(name)
    early = Timetable.weekly("00:30-01:15, 01:20-01:45, 02:10-05:00", days="mon-sun", source="x")
    night = Timetable.weekly("22:00-01:40, 02:15-02:30", days="mon-sun")
    back = CHANGES[name][0].replace(tzinfo=UTC).astimezone(zone)
    cut = Span(_plus(back, -40 * MINUTE), _plus(back, 10 * MINUTE))
    plain = [WorkCalendar(timetable=t, zone=name, days=None) for t in (early, night)]
    return [*plain, plain[0] - Spans(cut, note="cut")]


def _plus(t, amount):
    """Return an instant so much later, in the zone of `t`."""
    return (t.astimezone(UTC) + amount).astimezone(t.tzinfo)


CALENDARS = {name: _calendars(name) for name in CHANGES}
ODD_ZONES = [ZoneInfo(name) for name in CHANGES]


@st.composite
def situations(draw):
    """Draw a calendar, and two instants near a change of its clocks, in one zone that has it."""
    name = draw(st.sampled_from(sorted(CHANGES)))
    change = draw(st.sampled_from(CHANGES[name])).replace(tzinfo=UTC)
    calendar = draw(st.sampled_from(CALENDARS[name]))
    offsets = st.integers(-30 * 12, 30 * 12).map(lambda n: n * 5 * MINUTE)
    near = st.one_of(st.integers(-18, 18).map(lambda n: n * 5 * MINUTE), offsets)
    a, b = change + draw(near), change + draw(near)
    return calendar, a.astimezone(ZoneInfo(name)), b.astimezone(ZoneInfo(name))


def _utc(value):
    """Return an answer with each instant in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, Span):
        return value.start.astimezone(UTC), value.end.astimezone(UTC)
    return [_utc(each) for each in value] if isinstance(value, list | tuple) else value


def _answers(calendar, a, b, w):
    """Return what is answered about two instants and a budget, with instants in UTC."""
    allotted, explained = calendar.allot(a, w), calendar.explain(a, w)
    first, last = sorted((a, b), key=_utc)
    span = Span(first, last)
    expiry = Term.days(2).expiry(a, on=calendar)
    found = [
        calendar.add(a, w), calendar.subtract(a, w), calendar.between(a, b),
        calendar.is_open(a), calendar.next_opening(a), calendar.spans(a, b),
        calendar.remaining(a, b), calendar.overrun(a, b), calendar.time_left_text(a, b),
        calendar.provisional(a, b), calendar.local(a), allotted.due, allotted.spans,
        explained.due, explained.text(), explained.text("vi"), explained.svg(),
        [(s.start, s.end, s.worked, s.left, s.gap) for s in explained.steps],
        span.length, b in Span(first, _plus(last, MINUTE)), first in span, last in span,
        expiry.due, expiry.is_late(b), expiry.time_left_text(b),
    ]  # fmt: skip
    return _utc(found)


@settings(max_examples=max(25, EXAMPLES // 10), deadline=None)
@given(situation=situations(), w=st.integers(1, 60 * 12).map(lambda n: n * 5 * MINUTE))
def test_every_answer_is_that_of_utc(situation, w):
    """In the zone whose clocks change, in either fold, an instant is what it is in UTC."""
    calendar, a, b = situation
    assert _answers(calendar, a, b, w) == _answers(calendar, *map(_utc, (a, b)), w)
    for zone in ODD_ZONES:
        there = [t.astimezone(zone) for t in (a, b)]
        assert _answers(calendar, *there, w) == _answers(calendar, a, b, w)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "apart"),
    [
        ("America/New_York", date(2026, 11, 1), (1, 30), HOUR),
        ("Australia/Lord_Howe", date(2026, 4, 5), (1, 45), HOUR / 2),
    ],
)
def test_the_same_time_twice_is_two_instants(zone, day, clock, apart):
    """Between the first and the second of one clock time the time that passes is worked."""
    always = WorkCalendar(
        timetable=Timetable.weekly("00:00-24:00", days="mon-sun"), zone=zone, days=None
    )
    first = datetime(day.year, day.month, day.day, *clock, tzinfo=ZoneInfo(zone))
    second = first.replace(fold=1)
    assert always.between(first, second) == apart == Span(first, second).length
    assert always.add(first, apart).fold == 1
    assert always.remaining(first, second) == always.overrun(second, first) == apart
    assert (first in Span(first, second), second in Span(first, second)) == (True, False)
    with pytest.raises(InputError):
        Span(second, first)


@example(minutes=0)
@given(minutes=st.integers(0, 59))
def test_spans_are_equal_by_their_instants(minutes):
    """The second 01:30 is not the first; the same instant in another zone is the same."""
    zone = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, minutes, tzinfo=zone)
    end = datetime(2026, 11, 1, 5, tzinfo=zone)
    one, other = Span(first, end), Span(first.replace(fold=1), end)
    assert one != other
    same = Span(first.astimezone(UTC), end.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")))
    assert ((one, hash(one)), len({one, other, same})) == ((same, hash(same)), 2)
    assert Spans(one) != Spans(other)
