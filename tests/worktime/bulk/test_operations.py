"""Law 23: many at once are those one by one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from phananh.errors import CoverageError
from phananh.worktime import Timetable, WorkCalendar
from tests.worktime.bulk.bulk_calendars import MICROSECOND, at, bulk_calendars, pairs, starts
from tests.worktime.laws import EXAMPLES

np = pytest.importorskip("numpy")
bulk = pytest.importorskip("phananh.worktime.bulk")

CALENDARS = bulk_calendars()
NAMES = pytest.mark.parametrize("name", CALENDARS)
# Each draws up to forty rows.
FEW = settings(max_examples=max(10, EXAMPLES // 200), deadline=None)


def micro(instant):
    """Return an instant as whole microseconds since 1970."""
    return (instant - at(0)) // MICROSECOND


def columns(rows):
    """Return rows of whole numbers as arrays."""
    return np.array(rows, dtype=np.int64).reshape(-1, 2).T


@NAMES
@FEW
@given(data=st.data())
def test_add_and_subtract(name, data):
    """Each element is what `add` and `subtract` give, forth, back and for nothing."""
    calendar, rows = CALENDARS[name], data.draw(pairs(name))
    t, w = columns(rows)
    for many, one in ((bulk.add_many, calendar.add), (bulk.subtract_many, calendar.subtract)):
        expected = [micro(one(at(a), b * MICROSECOND)) for a, b in rows]
        assert many(calendar, t, w).tolist() == expected
        assert many(calendar, t.view("M8[us]"), w.view("m8[us]")).view("i8").tolist() == expected


@NAMES
@FEW
@given(data=st.data())
def test_what_is_asked_of_instants(name, data):
    """Each element is what the calendar says: `between` with its sign, `provisional` either way."""
    calendar = CALENDARS[name]
    rows = data.draw(st.lists(st.tuples(starts(name), starts(name)), min_size=1, max_size=40))
    a, b = columns(rows)
    expected = [calendar.between(at(x), at(y)) // MICROSECOND for x, y in rows]
    assert bulk.between_many(calendar, a, b).tolist() == expected
    assert bulk.between_many(calendar, a.view("M8[us]"), b).view("i8").tolist() == expected
    expected = [calendar.provisional(at(x), at(y)) for x, y in rows]
    assert bulk.provisional_many(calendar, a, b).tolist() == expected
    assert bulk.is_open_many(calendar, a).tolist() == [calendar.is_open(at(x)) for x, _ in rows]
    expected = [micro(calendar.next_opening(at(x))) for x, _ in rows]
    assert bulk.next_opening_many(calendar, a).tolist() == expected


def test_where_nothing_is_to_be_worked_no_notice_moves_it():
    """Beyond the last notice an instant is not provisional, what is counted from it is."""
    late = np.array(["2027-03-04T02:00", "2027-03-04T02:00:00.000001"], "M8[us]")
    assert bulk.provisional_many(CALENDARS["A"], late[:1], late).tolist() == [False, True]


def _alone(calendar, t, w):
    try:
        return micro(calendar.add(at(t), w * MICROSECOND))
    except CoverageError as error:
        return str(error)


@pytest.mark.parametrize("name", ["A", "A, expected", "VP", "seconds"])
@FEW
@given(data=st.data())
def test_a_strict_calendar_is_strict_in_bulk(name, data):
    """What is refused alone is refused among many, with the same words, and nothing else is."""
    loose = CALENDARS[name]
    strict = WorkCalendar(timetable=loose.timetable, expected=loose.expected, strict=True)
    rows = data.draw(pairs(name))
    t, w = columns(rows)
    expected = [_alone(strict, *row) for row in rows]
    refused = {text for text in expected if isinstance(text, str)}
    if refused:
        with pytest.raises(CoverageError) as caught:
            bulk.add_many(strict, t, w)
        assert str(caught.value) in refused
    else:
        assert bulk.add_many(strict, t, w).tolist() == expected


@pytest.mark.parametrize("name", ["A", "berlin", "nights", "crowd", "changes"])
def test_years_are_loaded_as_they_are_needed(name):
    """A fresh calendar reaches decades forth and back from one day, and says the same."""
    build = CALENDARS[name]
    fresh = WorkCalendar(timetable=build.timetable, zone=build.zone, days=build.days)
    t = micro(datetime(2026, 3, 4, 2, tzinfo=UTC))
    w = np.array([0, 1, -1, 20_000, -20_000], dtype=np.int64) * 3_600_000_000
    if name == "crowd":
        w //= 400
    found = bulk.add_many(fresh, np.array([t]), w).tolist()
    assert (found, found[0]) == ([micro(build.add(at(t), int(x) * MICROSECOND)) for x in w], t)
    assert found[4] < found[2] < t < found[1] < found[3]


@pytest.mark.parametrize(
    ("start", "budget", "due"),
    [
        ("2026-12-31T10:29:59.999999", 1, "2026-12-31T10:30:00.000000"),
        ("2026-12-31T10:29:59.999999", 2, "2027-01-01T00:30:00.000001"),
        ("2026-01-01T00:30:00.000001", -1, "2026-01-01T00:30:00.000000"),
        ("2026-01-01T00:30:00.000001", -2, "2025-12-31T10:29:59.999999"),
    ],
)
def test_the_first_microsecond_of_another_year(start, budget, due):
    """Work that the loaded year just holds, or misses by one microsecond, is counted right."""
    fresh = WorkCalendar(timetable=Timetable.weekly("07:30-17:30", days="mon-sun"), days=None)
    found = bulk.add_many(fresh, np.array([start], "M8[us]"), np.array([budget]))
    assert found.astype(str).tolist() == [due]
