"""What can be put together with what, in which order, and what it says of itself."""

from datetime import date, datetime
from typing import Any

import pytest

from phananh.errors import InputError
from phananh.worktime import Span, Timetable, vietnam_calendar
from phananh.worktime.algebra import CombinedTimetable, Spans
from tests.desk.people import HOUR, MORNING

DAY = Timetable.weekly("08:00-12:00", source="ca ngày")
NIGHT = Timetable.weekly("22:00-06:00", source="ca đêm")
SPAN = Span(MORNING, MORNING + HOUR)


def test_a_list_of_spans_stands_on_either_side() -> None:
    """What both have is the same, whichever is written first."""
    assert [SPAN] & DAY == DAY & [SPAN]
    assert isinstance([SPAN] & DAY, CombinedTimetable)
    assert [SPAN] | DAY == DAY | [SPAN]


def test_hours_on_the_left_get_the_days_of_the_calendar() -> None:
    """Hours before a calendar make the calendar that they make after it."""
    office, tuesday = vietnam_calendar("A"), date(2026, 3, 3)
    assert (DAY | office).day(tuesday).sessions == (office | DAY).day(tuesday).sessions
    assert (DAY & office).day(tuesday).sessions == (office & DAY).day(tuesday).sessions
    assert [str(each) for each in (DAY - office).day(tuesday).sessions] == ["11:30-12:00"]
    assert (DAY - office).day(date(2026, 2, 17)).reason_code == "holiday"


def test_what_is_taken_from_what_is_taken_away_stays() -> None:
    """Less a meeting that is itself cut short is not less the meeting and less the cut."""
    meeting = Timetable.weekly("08:00-10:00", days="mon")
    short = meeting - Spans(SPAN)
    assert (DAY - short).parts == (DAY, short)
    assert ((DAY - meeting) - Spans(SPAN)).parts == (DAY, meeting, Spans(SPAN))


def test_only_decisions_that_were_given_are_named() -> None:
    """Hours without a source add nothing to the sources of the whole."""
    plain = Timetable.weekly("13:00-14:00")
    assert (plain | NIGHT | DAY).source == "ca đêm; ca ngày"


def test_spans_without_a_zone_are_refused_by_name() -> None:
    """Two times of a clock nobody named are a span, and no set of instants."""
    with pytest.raises(InputError) as caught:
        Spans(Span(datetime(2026, 3, 4, 7), datetime(2026, 3, 4, 9)))
    assert caught.value.field == "start"


def test_no_spans_are_not_a_timetable_without_hours() -> None:
    """Two parts of different kinds are different, even if both are empty."""
    assert DAY | Spans() != DAY | Timetable(hours=())
    assert DAY | Spans() == DAY | Spans()


@pytest.mark.parametrize("given", [5, "08:00-12:00", [5], ["08:00-12:00"], None])
def test_what_is_no_working_time_is_left_to_python(given: Any) -> None:
    """A number, a text or a list of others has no common hours with a timetable."""
    with pytest.raises(TypeError, match="unsupported operand"):
        DAY | given
    with pytest.raises(TypeError, match="unsupported operand"):
        given | DAY
