"""Answers about timetables that no other test asks for, found by small defects."""

from datetime import date
from typing import Any

import pytest

from phananh.errors import InputError
from phananh.worktime import Hours, Spans, Timetable

DAY = Timetable.weekly("08:00-12:00")


class Foreign:
    """A value of another library, which can be united with anything."""

    def __ror__(self, other: object) -> str:
        """Answer for both."""
        return "united elsewhere"


def test_a_value_of_another_library_may_answer() -> None:
    """A timetable leaves the operator to a value that it does not know."""
    given: Any = Foreign()
    assert DAY | given == "united elsewhere"


def test_no_spans_are_not_a_timetable_without_hours() -> None:
    """Two parts of different kinds are different, even if both are empty."""
    assert DAY | Spans() != DAY | Timetable(hours=())
    assert DAY | Spans() == DAY | Spans()


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
