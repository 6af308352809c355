"""What can be put together with what, in which order, and what it says of itself."""

import operator
from datetime import date
from typing import Any

import attrs
import pytest

from phananh.worktime import Span, Timetable, vietnam_calendar
from phananh.worktime.algebra import Spans
from tests.desk.people import HOUR, MORNING
from tests.worktime.pasted import pasted

DAY = Timetable.weekly("08:00-12:00", source="ca ngày")
SPAN = Span(MORNING, MORNING + HOUR)


def test_hours_on_the_left_get_the_days_of_the_calendar() -> None:
    """Hours before a calendar make the calendar that they make after it."""
    office, tuesday = vietnam_calendar("A"), date(2026, 3, 3)
    assert (DAY | office).day(tuesday).sessions == (office | DAY).day(tuesday).sessions
    assert (DAY & office).day(tuesday).sessions == (office & DAY).day(tuesday).sessions
    assert [str(each) for each in (DAY - office).day(tuesday).sessions] == ["11:30-12:00"]
    assert (DAY - office).day(date(2026, 2, 17)).reason_code == "holiday"


@pytest.mark.parametrize("left", [DAY, vietnam_calendar("A"), Spans(SPAN)])
def test_what_is_no_working_time_is_left_to_the_other_operand(left: Any) -> None:
    """A number is no operand: Python asks it too, and then names both types."""
    for ask in (operator.or_, operator.and_, operator.sub):
        for pair in ((left, 5), (5, left)):
            with pytest.raises(TypeError, match="unsupported operand"):
                ask(*pair)


def test_what_is_taken_from_what_is_taken_away_stays() -> None:
    """Less a meeting that is itself cut short is not less the meeting and less the cut."""
    meeting = Timetable.weekly("08:00-10:00", days="mon")
    short = meeting - Spans(SPAN)
    assert (DAY - short).parts == (DAY, short)
    assert ((DAY - short) == (meeting - short), (DAY | SPAN).assumed) == (False, False)
    assert (meeting | attrs.evolve(DAY, assumed=True)).assumed
    assert ((DAY - meeting) - Spans(SPAN)).parts == (DAY, meeting, Spans(SPAN))


def test_calendars_less_a_span_can_be_pasted_back() -> None:
    """The repr of calendars put together makes them again, beside single instants too."""
    both = (vietnam_calendar("A") & vietnam_calendar("VP")) - SPAN
    assert pasted(both) == both
