"""Values that hardly anybody gives: unknown names, other types, empty sets, the first day."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from phananh import worktime
from phananh.errors import InputError
from phananh.worktime import Term, Timetable, calendar_from_toml, calendar_to_toml, vietnam_calendar
from phananh.worktime.algebra import Spans
from phananh.worktime.days import vietnam

A = vietnam_calendar("A")
DAY = Timetable.weekly("08:00-12:00")
HOUR = timedelta(hours=1)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def test_an_unknown_name_is_an_attribute_error():
    """A name that is loaded late is known, and no other is."""
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = worktime.Nothing


@pytest.mark.parametrize("one", [A, DAY])
@pytest.mark.parametrize("other", [5, "08:00-12:00", None])
def test_hours_go_together_with_hours_alone(one, other):
    """Python says so of other types, on either side."""
    for combine in (lambda: one - other, lambda: other - one, lambda: one | other):
        with pytest.raises(TypeError, match="unsupported operand"):
            combine()


@pytest.mark.parametrize("data", [{"count": 1}, {"count": 1, "unit": "days", "x": 1}])
def test_a_term_has_its_keys(data):
    """A missing key and one too many are refused with those that there are."""
    with pytest.raises(InputError, match="count and unit, and any of") as caught:
        Term.from_dict(data)
    assert (caught.value.field, caught.value.code) == ("term", "keys_of_no_term")


def test_no_spans_at_all_are_written():
    """What takes nothing away stays in the file, and is read back equal."""
    calendar = A - Spans()
    written = calendar_to_toml(calendar)
    assert "span = []" in written
    assert calendar_from_toml(written) == calendar


def test_the_first_day_has_no_evening_before():
    """At night on the first day of a calendar, the day is that day."""
    first = datetime.combine(A.first_day, datetime.min.time(), HANOI)
    assert A.office_day(first + 2 * HOUR).date == A.first_day


def test_the_country_is_found_in_another_layout(monkeypatch):
    """Where `holidays` has no module of Vietnam, its own function makes the days."""
    monkeypatch.setattr(vietnam, "PathFinder", SimpleNamespace(find_spec=lambda *_: None))
    days = vietnam._load_country.__wrapped__()(years=2026)
    assert date(2026, 9, 2) in days
