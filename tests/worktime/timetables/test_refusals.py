"""What is refused of timetables put together, by the name of the argument that is wrong."""

from datetime import date

import pytest

from phananh.errors import InputError
from phananh.worktime import Span, Timetable
from phananh.worktime.algebra import Spans
from phananh.worktime.timetable import Hours
from tests.desk.people import HOUR, MORNING

CUT = Spans(Span(MORNING, MORNING + HOUR))


def test_a_note_makes_no_other_instants() -> None:
    """Spans are equal where their instants are, whatever they are called."""
    noted = Spans(CUT.spans, note="mất điện (mẫu)")
    assert noted == CUT
    assert hash(noted) == hash(CUT)


def test_the_first_day_with_two_hours_is_named() -> None:
    """Of all dates that two sets of hours share, the error names the first."""
    since = date(2026, 1, 1)
    both = [Hours(days="mon-sun", sessions="08:00-12:00", effective_from=since) for _ in range(2)]
    with pytest.raises(InputError) as caught:
        Timetable(hours=both)
    assert caught.value.facts["day"] == since
