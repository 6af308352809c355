"""Law 23: many deadlines at once are the deadlines one by one."""

from datetime import UTC, datetime, timedelta

import pytest

from phananh.errors import CoverageError, InputTypeError
from phananh.worktime import Timetable, WorkCalendar, vietnam_calendar

np = pytest.importorskip("numpy")
add_many = pytest.importorskip("phananh.worktime.bulk").add_many

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
NIGHTS = "22:00-06:00, 08:00-09:30"
CALENDARS = [
    vietnam_calendar("A"),
    vietnam_calendar("VP"),
    vietnam_calendar("VP", expected=True),
    WorkCalendar(timetable=Timetable.weekly(NIGHTS, days="mon-sun")),
    WorkCalendar(timetable=Timetable.weekly("08:00:07-09:30", days="mon-sun")),
    WorkCalendar(
        timetable=Timetable.weekly(NIGHTS, days="mon-sun"), zone="Europe/Berlin", days=None
    ),
    WorkCalendar(timetable=Timetable.weekly("00:00-24:00", days="mon-sun"), zone="UTC", days=None),
]
STARTS = np.array(["2026-03-04T02:00", "NaT"], "M8[us]")


def _drawn(seed, count=1500):
    """Instants and budgets, a part of them on the half hour, where boundaries lie."""
    rng, half = np.random.default_rng(seed), 1_800_000_000
    low, high = np.array(["2018-12-01", "2027-02-01"], "M8[us]").view("i8")
    t, w = rng.integers(low, high, count), rng.integers(-3 * half, 900 * half, count)
    t[::3], w[::2] = t[::3] // half * half, w[::2] // half * half
    return t, w


@pytest.mark.parametrize("calendar", CALENDARS, ids=repr)
def test_law_23_bulk_equals_scalar(calendar):
    """Each element is what `add` gives, on boundaries and between, back and forth."""
    t, w = _drawn(23)
    expected = [
        (calendar.add(EPOCH + int(a) * MICROSECOND, int(b) * MICROSECOND) - EPOCH) // MICROSECOND
        for a, b in zip(t, w, strict=True)
    ]
    assert add_many(calendar, t, w).tolist() == expected
    assert add_many(calendar, t.view("M8[us]"), w.view("m8[us]")).view("i8").tolist() == expected


def test_not_a_time_stays_not_a_time():
    """NaT among the starts or the budgets gives NaT, and nothing else does."""
    due = add_many(vietnam_calendar("A"), STARTS, 5 * HOUR)
    assert np.isnat(due).tolist() == [False, True]
    assert due[0] == np.datetime64("2026-03-04T09:30") - np.timedelta64(30, "m")
    budgets = np.array(["NaT", 1], "m8[us]")
    assert np.isnat(add_many(vietnam_calendar("A"), STARTS, budgets)).all()


def test_shapes_are_broadcast():
    """A column of starts and a row of budgets give a table; nothing gives nothing."""
    starts, budgets = STARTS[:1].reshape(1, 1), np.array([[1, 2, 3]])
    assert add_many(vietnam_calendar("A"), starts, budgets).shape == (1, 3)
    assert add_many(vietnam_calendar("A"), STARTS[:0], HOUR).shape == (0,)


def test_a_strict_calendar_is_strict_in_bulk():
    """A deadline beyond the notices is refused among many as it is alone."""
    late = np.array(["2026-03-04T02:00", "2026-12-31T09:00"], "M8[s]")
    assert add_many(vietnam_calendar("A", strict=True), late[:1], HOUR).size == 1
    with pytest.raises(CoverageError):
        add_many(vietnam_calendar("A", strict=True), late, 8 * HOUR)


@pytest.mark.parametrize("budget", [timedelta.max, timedelta.min, timedelta(days=40_000)])
def test_one_budget_out_of_reach_is_refused(budget):
    """A budget that no calendar holds is a coverage error, never an overflow."""
    with pytest.raises(CoverageError):
        add_many(vietnam_calendar("A"), STARTS[:1], budget)
    with pytest.raises(CoverageError):
        add_many(vietnam_calendar("A"), np.array([2**62]), HOUR)


def test_other_types_are_refused():
    """Floats, bare numbers and nanoseconds are refused with what to use."""
    calendar = vietnam_calendar("A")
    for starts, budgets in [
        (STARTS, 5),
        (STARTS, np.array([0.5])),
        (STARTS.astype("M8[ns]"), HOUR),
        (np.array([1.0]), HOUR),
    ]:
        with pytest.raises(InputTypeError, match="int64 microseconds"):
            add_many(calendar, starts, budgets)
