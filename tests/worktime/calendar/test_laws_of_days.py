"""Laws about the days of a calendar: laws 20 and 24 to 28."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import attrs
from hypothesis import assume

from phananh.worktime import NoticeDay
from tests.oracle import walk
from tests.worktime.laws import law
from tests.worktime.offices import DAY, later, offices, utc

KINDS = (
    lambda day: NoticeDay(day, "off"),
    lambda day: NoticeDay(day, "worked"),
    lambda day: NoticeDay(day, "hours", sessions="07:30-11:30"),
    lambda day: NoticeDay(day, "hours", sessions="09:00-09:01, 21:00-23:30"),
)


def _joined(spans):
    found = []
    for start, end in spans:
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return found


@law(20)
def test_law_20_spans_are_the_evidence(office, t, w):
    """The spans of a deadline are in order, worked throughout, add up, and end when it is due."""
    calendar = office.calendar
    allotment = calendar.allot(t, w)
    ends = [(span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in allotment.spans]
    assert all(start < end for start, end in ends)
    assert all(end < start for (_, end), (start, _) in pairwise(ends))
    assert all(calendar.between(start, end) == end - start for start, end in ends)
    assert sum((span.length for span in allotment.spans), timedelta()) == w
    assert ends[-1][1] == allotment.due.astimezone(UTC) == calendar.add(t, w).astimezone(UTC)
    assert attrs.evolve(calendar).allot(t, w) == allotment
    assert utc(ends[0][0]) == utc(calendar.next_opening(t))
    back = calendar.allot(t, -w)
    assert sum((span.length for span in back.spans), timedelta()) == w
    assert utc(back.spans[0].start) == utc(back.due) == utc(calendar.subtract(t, w))


@law(20)
def test_law_20_spans_are_those_of_the_oracle(office, t, w):
    """The spans of a deadline are the stretches the oracle walked through."""
    due = walk.add(office.sessions, utc(t), w)
    walked = _joined(walk.spans(office.sessions, utc(t), due))
    assert [
        (utc(span.start), utc(span.end)) for span in office.calendar.allot(t, w).spans
    ] == walked
    apart = office.calendar.spans(t, due.replace(tzinfo=UTC))
    assert [(utc(span.start), utc(span.end)) for span in apart] == walked


@law(24, examples=40)
def test_law_24_the_order_of_questions_is_invisible(office, t, w, b, years):
    """Whatever years were asked before, in any order, the answers are the same."""
    calendar, untouched = office.fresh(), office.fresh()
    for year in years:
        calendar.next_opening(datetime(year, 6, 1, tzinfo=office.zone))
    assert utc(calendar.add(t, w)) == utc(untouched.add(t, w)) == utc(office.calendar.add(t, w))
    assert utc(calendar.subtract(t, w)) == utc(untouched.subtract(t, w))
    assert calendar.between(b, t) == untouched.between(b, t) == office.calendar.between(b, t)
    assert calendar.spans(t, later(t, w)) == untouched.spans(t, later(t, w))


OWN_HOURS = (
    "22:00-12:00",
    "02:00-03:00, 04:00-05:00",
    "10:00:00.000001-11:00",
    "00:00-24:00",
    "07:00-08:00, 21:00-23:00",
)
ASKED_BEFORE = ((), (-1,), (1,), (-1, 1), (1, -1), (1, 0, -1), (-2, -1))


@law(24, examples=150)
def test_law_24_years_meet_without_a_seam(office, seam, w, choice):
    """Where years meet or clocks change, and a day there has odd hours, nothing depends on order.

    Every answer is the oracle's, whichever years a fresh calendar had loaded before.
    """
    day = seam.date() - DAY * (choice // 5 % 2)
    if choice % 6 < 5:
        office = office.changed(NoticeDay(day, "hours", sessions=OWN_HOURS[choice % 6]))
    calendar, sessions, t = office.fresh(), office.sessions, utc(seam)
    for years in ASKED_BEFORE[choice % 7]:
        calendar.next_opening(datetime(seam.year + years, 6, 1, tzinfo=office.zone))
    asked = [
        lambda: calendar.is_open(seam) == walk.is_open(sessions, t),
        lambda: utc(calendar.next_opening(seam)) == walk.next_opening(sessions, t),
        lambda: utc(calendar.add(seam, w)) == walk.add(sessions, t, w),
        lambda: utc(calendar.subtract(seam, w)) == walk.subtract(sessions, t, w),
        lambda: calendar.between(seam, later(seam, w)) == walk.between(sessions, t, t + w),
        lambda: calendar.between(later(seam, -w), seam) == walk.between(sessions, t - w, t),
        lambda: _told(calendar.spans(later(seam, -w), seam)) == _walked(sessions, t - w, t),
        lambda: _told(calendar.spans(seam, later(seam, w))) == _walked(sessions, t, t + w),
    ]
    first = choice % len(asked)
    assert [ask() for ask in asked[first:] + asked[:first]] == [True] * len(asked)


def _told(spans):
    return [(utc(span.start), utc(span.end)) for span in spans]


def _walked(sessions, start, end):
    return _joined(walk.spans(sessions, start, end))


@law(25)
def test_law_25_a_day_off_never_helps(office, t, w, shift):
    """With one more day off, nothing is due earlier."""
    day, due = t.date() + shift, office.calendar.add(t, w)
    assume(day.year in (2018, *range(2019, 2028)))
    fewer = office.with_days(NoticeDay(day, "off"))
    assert utc(fewer.add(t, w)) >= utc(due)
    if t.date() < day < due.date() and _worked_alone(office, day):
        assert utc(fewer.add(t, w)) > utc(due)
    assert utc(fewer.subtract(t, w)) <= utc(office.calendar.subtract(t, w))


@law(26)
def test_law_26_a_worked_day_never_hurts(office, t, w, shift):
    """With one more worked day, nothing is due later."""
    day, due = t.date() + shift, office.calendar.add(t, w)
    before = office.calendar.day(day)
    assume(not before.sessions or before.kind == "open")
    more = office.with_days(NoticeDay(day, "worked"))
    assert utc(more.add(t, w)) <= utc(due)
    if t.date() < day < due.date() and not before.sessions and not office.nights:
        assert utc(more.add(t, w)) < utc(due)
    assert utc(more.subtract(t, w)) >= utc(office.calendar.subtract(t, w))


def _worked_alone(office, day):
    midnight = datetime(day.year, day.month, day.day, tzinfo=office.zone)
    return not office.nights and office.calendar.between(midnight, midnight + DAY) > timedelta()


@law(27)
def test_law_27_only_the_days_in_between_matter(office, t, w, years, choice):
    """Days changed before the start or after the due date change neither due nor spans."""
    allotment = office.calendar.allot(t, w)
    first, last = t.date() - office.nights * DAY, allotment.due.date()
    gaps = {1 + year % 40 for year in (choice, *years)}
    changed = [first - days * DAY for days in gaps] + [last + days * DAY for days in gaps]
    other = office.with_days(*map(KINDS[choice % 4], changed))
    assert (other.allot(t, w).spans, utc(other.add(t, w))) == (allotment.spans, utc(allotment.due))


@law(28, among=offices(zones=("Asia/Ho_Chi_Minh", "UTC"), nights=False))
def test_law_28_a_swap_of_equal_days_is_neutral_outside(office, t, long, choice):
    """A swap moves no deadline that runs from before both of its days to after both.

    What is due at 24:00 of a day does not end after that day.
    """
    calendar, week = office.calendar, office.calendar.timetable
    due = calendar.add(t, long)
    last = (due - timedelta.resolution).date()
    inside = [calendar.day(day) for day in walk.dates(t.date() + DAY, last - DAY)]
    equal = [
        (day.date, other.date)
        for day in inside
        if day.kind == "open"
        for other in inside
        if not other.sessions and week.worked_sessions(other.date, day.date) == day.sessions
    ]
    assume(equal)
    off, worked = equal[choice % len(equal)]
    swap = [
        NoticeDay(off, "off", swapped_with=worked),
        NoticeDay(worked, "worked", swapped_with=off),
    ]
    assert utc(office.with_days(*swap).add(t, long)) == utc(due)
