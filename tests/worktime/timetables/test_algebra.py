"""Timetables and calendars put together: either, both, one without the other (Art. 3.2)."""

import datetime
from datetime import UTC, date, timedelta

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from phananh.errors import InputError, InputTypeError, NoWorkingTimeError, PhanAnhError
from phananh.worktime import (
    Span,
    Timetable,
    WorkCalendar,
    calendar_from_toml,
    calendar_to_toml,
)
from phananh.worktime.algebra import CombinedTimetable, Spans
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from phananh.worktime.session import Session
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import HANOI, HOUR, VP, A
from tests.worktime.pasted import pasted

DAY_SHIFT = Timetable.weekly("07:30-11:30, 13:30-17:30", source="ca ngày")
NIGHT_SHIFT = Timetable.weekly("22:00-06:00", days="mon-sun", source="ca đêm")
MEETING = Timetable.weekly("08:00-09:00", days="mon", source="giao ban")


def _at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=HANOI)


def _listed(calendar: WorkCalendar, day: date) -> str:
    return ", ".join(str(part) for part in calendar.day(day).sessions)


def test_two_shifts_are_one_timetable():
    """A union is open in either shift, and a night counts for the day on which it begins."""
    both = WorkCalendar(timetable=DAY_SHIFT | NIGHT_SHIFT)
    assert _listed(both, date(2026, 3, 4)) == "07:30-11:30, 13:30-17:30, 22:00-06:00"
    assert (both.add(_at(4, 16), 4 * HOUR), both.source_en, DAY_SHIFT.hours[0].source) == (
        _at(5, 0, 30), "ca ngày; ca đêm", "ca ngày",
    )  # fmt: skip


def test_both_offices_are_open_in_their_common_hours():
    """An intersection of two offices with seasons: summer lunch of one, closing of the other."""
    both = A & VP
    assert (both.name, _listed(both, date(2026, 7, 1))) == ("A & VP", "07:30-11:30, 13:30-17:00")
    assert _listed(both, date(2026, 3, 4)) == "07:30-11:30, 13:30-16:30"
    assert (both.add(_at(4, 16), HOUR), both.day(date(2026, 2, 17)).reason_code) == (
        _at(5, 8),
        "holiday",
    )
    assert both.known_through == date(2026, 12, 31)
    assert both.provisional(_at(28, 9, month=12), _at(31, 9, month=12) + timedelta(days=20))


def test_a_meeting_is_taken_away_each_week_and_on_the_saturday_that_replaces_its_day():
    """A worked Saturday has the meeting of the Monday it replaces, and no other (22/8/2026)."""
    office = A - MEETING
    for month, day, morning in (
        (3, 2, "07:30-08:00, 09:00-11:30"), (3, 3, "07:30-11:30"),
        (8, 22, "07:30-08:00, 09:00-11:30"), (1, 10, "07:30-11:30"),
    ):  # fmt: skip
        assert _listed(office, date(2026, month, day)) == f"{morning}, 13:30-17:30"
    assert office.add(_at(2, 7, 30), HOUR) == _at(2, 9, 30)


def test_a_power_cut_is_taken_away_by_the_instant():
    """A span is cut out to the microsecond, whatever zone it is written in."""
    cut = Span(_at(4, 14).astimezone(UTC), _at(4, 15).astimezone(UTC) + timedelta.resolution)
    office = A - Spans(cut, note="mất điện")
    assert office.add(_at(4, 13, 45), 2 * HOUR) == _at(4, 16, 45) + timedelta.resolution
    assert office.version != A.version
    assert office.name == "A"


def test_overtime_is_added_by_the_instant():
    """A span united with a calendar opens it, on a Sunday too."""
    office = A | [Span(_at(8, 8), _at(8, 10))]
    assert _listed(office, date(2026, 3, 8)) == "08:00-10:00"
    assert office.add(_at(6, 16, 30), 2 * HOUR) == _at(8, 9)


def test_offices_in_two_zones_share_hours():
    """Each part keeps its own clock; the result is told by the first one's."""
    berlin = WorkCalendar(
        timetable=Timetable.weekly("08:00-16:00"), zone="Europe/Berlin", days=None, name="Berlin"
    )
    both = A & berlin
    # Berlin changed its clocks on 29/3.
    assert [_listed(both, date(2026, 3, day)) for day in (4, 30)] == ["14:00-17:30", "13:30-17:30"]
    assert both.add(_at(27, 16), 3 * HOUR) == _at(30, 15)


def test_order_means_nothing_where_it_means_nothing():
    """Unions and intersections are equal in any order, nested or flat; differences are not."""
    assert DAY_SHIFT | NIGHT_SHIFT == NIGHT_SHIFT | DAY_SHIFT
    assert (DAY_SHIFT | NIGHT_SHIFT) | MEETING == DAY_SHIFT | (NIGHT_SHIFT | MEETING)
    assert hash(DAY_SHIFT & MEETING) == hash(MEETING & DAY_SHIFT)
    assert DAY_SHIFT - MEETING != MEETING - DAY_SHIFT
    assert DAY_SHIFT - MEETING - NIGHT_SHIFT == DAY_SHIFT - NIGHT_SHIFT - MEETING
    assert DAY_SHIFT | NIGHT_SHIFT != DAY_SHIFT & NIGHT_SHIFT
    for op in ("union", "intersection", "difference"):
        pairs = [(DAY_SHIFT, NIGHT_SHIFT), (DAY_SHIFT, MEETING), (DAY_SHIFT, NIGHT_SHIFT, MEETING)]
        assert len({CombinedTimetable(op, parts) for parts in pairs}) == len(pairs)
    one, other = (WorkCalendar(timetable=t) for t in (DAY_SHIFT | MEETING, MEETING | DAY_SHIFT))
    assert one.version == other.version


def test_what_never_opens_is_refused():
    """A calendar of nothing left is refused when it is built, as any that never opens."""
    office = A
    with pytest.raises(NoWorkingTimeError, match="the difference leaves no working time"):
        office - office
    with pytest.raises(NoWorkingTimeError, match="the intersection leaves no working time"):
        WorkCalendar(timetable=DAY_SHIFT & NIGHT_SHIFT)


def test_timetables_beside_calendars_are_refused_in_a_line():
    """The message names the calendars, not all that they are made of, and says where to go."""
    both = A & VP
    with pytest.raises(InputError) as refused:
        both | DAY_SHIFT
    assert str(refused.value) == (
        "timetable: its calendars (A, VP) have their own days, and cannot be joined with "
        "timetables; give timetables, notices and overrides to the calendars before joining them"
    )


def test_what_cannot_be_put_together_is_refused_by_name():
    """Other types, instants alone, one part, an unknown operation, calendars among timetables."""
    span = Spans(Span(_at(4, 9), _at(4, 10)))
    both = A & VP
    for make, error, problem in (
        (lambda: DAY_SHIFT | 5, TypeError, "unsupported"),
        (lambda: CombinedTimetable("union", (DAY_SHIFT, "A")), InputTypeError, "give a Timetable"),
        (lambda: CombinedTimetable("union", (DAY_SHIFT,)), InputError, "two or more"),
        (
            lambda: CombinedTimetable("xor", (DAY_SHIFT, MEETING)),
            InputError,
            "use one of union, intersection, difference",
        ),
        (lambda: CombinedTimetable("union", (span, span)), InputError, "instants alone"),
        (lambda: both - MEETING, InputError, "before joining them"),
        (lambda: Span(datetime.datetime(2026, 3, 4, 9), _at(4, 10)), InputError, "has no offset"),
    ):
        with pytest.raises(error, match=problem):
            make()


def test_spans_are_sets_of_instants():
    """Touching spans are joined."""
    morning, noon = Span(_at(4, 8), _at(4, 10)), Span(_at(4, 10), _at(4, 12))
    assert Spans([noon, morning]) == Spans(Span(_at(4, 8), _at(4, 12)))


CLOCK = st.integers(min_value=0, max_value=47)
PARTS = st.builds(
    lambda opening, length, days: Timetable(
        hours=Hours(
            days=days or {0}, sessions=[Session(opening * HOUR / 2, (opening + length) * HOUR / 2)]
        )
    ),
    CLOCK,
    st.integers(min_value=1, max_value=24),
    st.sets(st.integers(0, 6)),
)
CUTS = st.builds(
    lambda start, length: Spans(
        Span(_at(1, 0) + start * HOUR, _at(1, 0) + (start + length) * HOUR)
    ),
    st.integers(0, 24 * 20),
    st.integers(1, 72),
)
# Whether it opens at all is asked of a year, not of three hundred.
YEAR = attrs.evolve(VIETNAM_DAYS, first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
OPS = {
    "union": any,
    "intersection": all,
    "difference": lambda opens: opens[0] and not any(opens[1:]),
}


@settings(max_examples=15, deadline=None)
@given(
    op=st.sampled_from(sorted(OPS)),
    first=PARTS,
    rest=st.lists(PARTS | CUTS, min_size=1, max_size=3),
    halves=st.lists(st.integers(0, 48 * 25), min_size=5, max_size=30),
)
def test_open_is_what_the_operation_says_of_the_parts(op, first, rest, halves):
    """At any instant the whole is open exactly when the operation on its parts says so."""
    parts = [first, *rest]
    try:
        whole = WorkCalendar(timetable=CombinedTimetable(op, parts), days=YEAR)
    except NoWorkingTimeError:
        return
    alone = [
        part if isinstance(part, Spans) else WorkCalendar(timetable=part, days=YEAR)
        for part in parts
    ]
    for half in halves:
        t = _at(1, 0) + half * HOUR / 2
        opens = [
            any(t in span for span in part.spans) if isinstance(part, Spans) else part.is_open(t)
            for part in alone
        ]
        assert whole.is_open(t) == OPS[op](opens)


@settings(max_examples=15, deadline=None)
@given(
    op=st.sampled_from(sorted(OPS)),
    first=PARTS,
    rest=st.lists(PARTS | CUTS, min_size=1, max_size=2),
    half=st.integers(0, 48 * 25),
    hours=st.integers(1, 60),
)
def test_a_combined_calendar_counts_as_any_other(op, first, rest, half, hours):
    """The budget is worked to the microsecond, the explanation recounts, TOML and repr return."""
    joined = CombinedTimetable(op, (first, *rest))
    start = _at(1, 0) + half * HOUR / 2
    try:
        year = WorkCalendar(timetable=joined, days=YEAR)
        due = year.add(start, hours * HOUR)
    except PhanAnhError:
        return
    assert year.between(start, due) == hours * HOUR
    assert year.between(start, due - timedelta.resolution) < hours * HOUR
    whole = WorkCalendar(timetable=joined, days=None)
    assert (calendar_from_toml(calendar_to_toml(whole)), pasted(whole)) == (whole, whole)
