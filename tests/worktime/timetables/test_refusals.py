"""What is refused of timetables put together, by the name of the argument that is wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from phananh.errors import InputError
from phananh.worktime import Span, Timetable, vietnam_calendar
from phananh.worktime.algebra import CombinedTimetable, Spans
from phananh.worktime.timetable import Hours
from tests.desk.people import HOUR, MORNING

DAY = Timetable.weekly("08:00-12:00")
CUT = Spans(Span(MORNING, MORNING + HOUR))


@pytest.mark.parametrize(
    ("make", "field", "code"),
    [
        (lambda: CombinedTimetable("union", (DAY, "A")), "parts", "not_working_time"),
        (lambda: CombinedTimetable("union", (DAY,)), "parts", "too_few_parts"),
        (lambda: CombinedTimetable("union", (CUT, CUT)), "parts", "instants_alone"),
        (lambda: CombinedTimetable("xor", (DAY, DAY)), "op", "unknown_value"),
        (lambda: Spans([DAY]), "spans", "not_a_span"),  # type: ignore[list-item]  # on purpose
        (
            lambda: (vietnam_calendar("A") & vietnam_calendar("VP")) - DAY,
            "timetable",
            "timetables_beside_calendars",
        ),
    ],
)
def test_the_argument_is_named(make: Callable[[], object], field: str, code: str) -> None:
    """The error names the argument and says which rule it breaks."""
    with pytest.raises(InputError) as caught:
        make()
    assert (caught.value.field, caught.value.code) == (field, code)


def test_a_note_makes_no_other_instants() -> None:
    """Spans are equal where their instants are, whatever they are called."""
    noted = Spans(CUT.spans, note="mất điện (mẫu)")
    assert noted == CUT
    assert hash(noted) == hash(CUT)


def test_instants_are_not_assumed() -> None:
    """Hours that a decision sets stay so with single instants added, and assumed ones too."""
    stated, assumed = (Timetable(hours=DAY.hours, assumed=flag) for flag in (False, True))
    assert CUT.assumed is False
    assert [(each | CUT).assumed for each in (stated, assumed)] == [False, True]


def test_the_first_day_with_two_hours_is_named() -> None:
    """Of all dates that two sets of hours share, the error names the first."""
    since = date(2026, 1, 1)
    both = [Hours(days="mon-sun", sessions="08:00-12:00", effective_from=since) for _ in range(2)]
    with pytest.raises(InputError) as caught:
        Timetable(hours=both)
    assert caught.value.facts["day"] == since


def test_an_english_source_is_text() -> None:
    """The error names the argument of the English source."""
    given: Any = 5
    with pytest.raises(InputError) as caught:
        Timetable(hours=DAY.hours, source_en=given)
    assert caught.value.field == "source_en"
