"""The accessor `.worktime`: a column of deadlines is each deadline, under its index and name."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from phananh.errors import CoverageError, InputError, InputTypeError
from phananh.worktime import Term
from tests.worktime.bulk.bulk_calendars import MICROSECOND, amounts, at, bulk_calendars, starts
from tests.worktime.calendars import FRESH, HOUR, VP, A

pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")
pytest.importorskip("phananh.pandas")

CALENDARS = bulk_calendars()
VIETNAM = "Asia/Ho_Chi_Minh"
LABELS = ["HB-1", "HB-2", "HB-3"]
ZONES = st.sampled_from([VIETNAM, "UTC", "Europe/Berlin", "America/New_York", "+05:30"])


def received(unit="us", zone=VIETNAM):
    """Return a column as offices have it: two instants, one unknown, labels and a name."""
    texts = ["2026-03-04 16:30", "2026-12-31 17:00", None]
    column = pd.Series(pd.to_datetime(texts), index=LABELS, name="received")
    return column.dt.tz_localize(zone).astype(f"datetime64[{unit}, {zone}]")


def stripped(column):
    """Return a column's cells as the standard library has them, instants in UTC, None for NaT.

    In UTC, because Python holds no instant of an hour that comes twice equal to one elsewhere.
    """
    return [None if pd.isna(cell) else _plain(cell) for cell in column]


def _plain(cell):
    if isinstance(cell, pd.Timedelta):
        return cell.to_pytimedelta()
    return cell.tz_convert("UTC").to_pydatetime()


@settings(max_examples=40, deadline=None)
@given(
    data=st.data(),
    name=st.sampled_from([*CALENDARS]),
    zone=ZONES,
    unit=st.sampled_from(["us", "ns"]),
)
def test_each_row_is_the_scalar(data, name, zone, unit):
    """Every row of every method is what the calendar says, in the zone and unit it came in."""
    one, calendar = st.tuples(starts(name), amounts(), starts(name)), CALENDARS[name]
    rows = data.draw(st.lists(one, min_size=1, max_size=15))
    frame = pd.DataFrame(rows, columns=["start", "budget", "end"]).iloc[::-1]
    dtype = f"datetime64[{unit}, {zone}]"
    for each in ("start", "end"):
        frame[each] = pd.to_datetime(frame[each], unit="us", utc=True).astype(dtype)
    frame["budget"] = pd.to_timedelta(frame["budget"], unit="us").astype(f"timedelta64[{unit}]")
    cells = [(at(start), budget * MICROSECOND, at(end)) for start, budget, end in reversed(rows)]
    column = frame["start"].worktime
    due = column.add(calendar, frame["budget"])
    assert (due.dtype, due.name, [*due.index]) == (frame["start"].dtype, "start", [*frame.index])
    assert stripped(due) == [calendar.add(a, w) for a, w, _ in cells]
    found = column.subtract(calendar, frame["budget"])
    assert stripped(found) == [calendar.subtract(a, w) for a, w, _ in cells]
    found = column.next_opening(calendar)
    assert found.dtype == frame["start"].dtype
    assert stripped(found) == [calendar.next_opening(a) for a, _, _ in cells]
    found = column.between(calendar, frame["end"])
    assert stripped(found) == [calendar.between(a, b) for a, _, b in cells]
    found = column.is_open(calendar)
    assert found.tolist() == [calendar.is_open(a) for a, _, _ in cells]
    found = column.provisional(calendar, frame["end"])
    assert found.tolist() == [calendar.provisional(a, b) for a, _, b in cells]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_series_gives_a_series(unit):
    """Index, name and zone are kept; NaT stays; the unit is us, or ns where it came in."""
    column, out = received(unit), "ns" if unit == "ns" else "us"
    due = column.worktime.add(A, 5 * HOUR)
    expected = pd.Series(
        pd.to_datetime(["2026-03-05 11:30", "2027-01-04 14:00", None]),
        index=LABELS,
        name="received",
    )
    expected = expected.dt.tz_localize(VIETNAM).astype(f"datetime64[{out}, {VIETNAM}]")
    pd.testing.assert_series_equal(due, expected)
    worked = column.worktime.between(A, due)
    assert (worked.dtype, worked.name) == ("timedelta64[us]", "received")
    assert stripped(worked) == [5 * HOUR, 5 * HOUR, None]
    for found, flags in (
        (column.worktime.is_open(VP), [False, False, False]),
        (column.worktime.provisional(A, due), [False, True, False]),
    ):
        assert (found.dtype, found.tolist(), [*found.index]) == (bool, flags, LABELS)


def test_an_index_gives_an_index():
    """A DatetimeIndex gives one in its zone and with its name; booleans come as an array."""
    index = pd.DatetimeIndex(received("us", "UTC"), name="received")
    due = index.worktime.add(A, HOUR)
    assert isinstance(due, pd.DatetimeIndex)
    assert (due.name, str(due.tz)) == ("received", "UTC")
    assert index.worktime.between(A, due).tolist()[:2] == [pd.Timedelta(HOUR)] * 2
    assert index.worktime.is_open(A).tolist() == [False, False, False]
    assert index.worktime.add(A, HOUR)[0] == A.add(index[0].to_pydatetime(), HOUR)


def test_budgets_of_each_form():
    """One for all, one for each, missing ones: a timedelta, a Timedelta, NumPy's, a column."""
    column, hours = received(), pd.Series(pd.to_timedelta([1, None, 1], unit="h"), index=LABELS)
    one = column.worktime.add(A, HOUR)
    for form in (pd.Timedelta(HOUR), pd.Timedelta(HOUR).to_timedelta64()):
        pd.testing.assert_series_equal(column.worktime.add(A, form), one)
    for form in (hours, hours.to_numpy(), pd.TimedeltaIndex(hours), hours.array):
        each = column.worktime.add(A, form)
        assert (each.iloc[0], each.isna().tolist()) == (one.iloc[0], [False, True, True])
    assert column.worktime.add(A, pd.NaT).isna().all()
    assert column.worktime.between(A, pd.NaT).isna().all()


def test_one_instant_for_all():
    """What is left until a moment, for every row: an aware datetime or Timestamp."""
    column, now = received(), datetime(2026, 3, 5, 10, tzinfo=UTC)
    expected = [A.between(column.iloc[0].to_pydatetime(), now), A.between(column.iloc[1], now)]
    for form in (now, pd.Timestamp(now), pd.Timestamp(now).tz_convert(VIETNAM)):
        assert stripped(column.worktime.between(A, form)) == [*expected, None]


@pytest.mark.parametrize(
    ("column", "kind", "way_out"),
    [
        (pd.Series(pd.to_datetime(["2026-03-04"])), InputError, "tz_localize"),
        (pd.DatetimeIndex(["2026-03-04"]), InputError, "tz_localize"),
        (pd.Series([datetime(2026, 3, 4, tzinfo=UTC)], dtype=object), InputTypeError, "utc=True"),
        (pd.Series(["2026-03-04T09:00"]), InputTypeError, "utc=True"),
        (pd.Series([5]), InputTypeError, "utc=True"),
        (pd.Series(["2026-03-04"], dtype="category"), InputTypeError, "utc=True"),
        (pd.Index([5]), InputTypeError, "utc=True"),
    ],
)
def test_other_columns_are_refused(column, kind, way_out):
    """A column without a zone, of texts, objects or numbers is refused with what to do."""
    aware = pd.Series([pd.Timestamp("2026-03-04", tz="UTC")])
    for ask in (
        lambda: column.worktime.add(A, HOUR),
        lambda: column.worktime.is_open(A),
        lambda: aware.worktime.between(A, column),
    ):
        with pytest.raises(kind, match=way_out) as caught:
            ask()
        assert type(caught.value) is kind
    with pytest.raises(AttributeError):
        aware.worktime.nothing  # noqa: B018 - that it is not there


@pytest.mark.parametrize(
    "budgets", [5, 5.0, "5h", pd.Series([1, 2, 3], index=LABELS), received(), [1, 2, 3]]
)
def test_other_budgets_are_refused(budgets):
    """Bare numbers could be hours, minutes or days."""
    with pytest.raises(InputTypeError, match=r"budgets: .*pd\.to_timedelta"):
        received().worktime.add(A, budgets)


def test_a_term_in_days_is_no_budget():
    """A term in days is counted by itself: the way out is its own method."""
    with pytest.raises(InputTypeError) as caught:
        received().worktime.add(A, Term.working_days(5))
    assert str(caught.value) == (
        "budgets: Term.working_days(5) is not a timedelta; "
        "count it on a calendar: term.due(start, on=calendar)"
    )


def test_a_number_is_no_instant():
    """What was given is named, not a column that was made of it."""
    with pytest.raises(InputTypeError, match=r"^ends: 5 is not a datetime; give a Series, or one"):
        received().worktime.between(A, 5)


def test_another_index_is_refused():
    """Rows that do not belong together are not counted together, nor too few of them."""
    column = received()
    shuffled = column.iloc[::-1]
    with pytest.raises(InputError, match=r"ends: its index differs .*reindex"):
        column.worktime.between(A, shuffled)
    with pytest.raises(InputError, match=r"budgets: 2 values for 3 instants"):
        column.worktime.add(A, pd.to_timedelta([1, 2], unit="h"))


def test_nothing_is_rounded():
    """Nanoseconds are refused with their row, in instants, in budgets and in one for all."""
    column = received("ns")
    column.iloc[1] += pd.Timedelta(7, "ns")
    with pytest.raises(InputError, match=r"starts\[1\] has 7 ns .*; round to microseconds"):
        column.worktime.add(A, HOUR)
    assert column.dt.round("us").worktime.add(A, HOUR).dtype == f"datetime64[ns, {VIETNAM}]"
    for ask in (
        lambda: received().worktime.add(A, pd.Timedelta(1, "ns")),
        lambda: received().worktime.add(A, pd.Series([pd.Timedelta(1, "ns")] * 3, index=LABELS)),
        lambda: received().worktime.between(A, pd.Timestamp(1, tz="UTC")),
    ):
        with pytest.raises(InputError, match=r"has (1 ns|nanoseconds) beyond|round to micro"):
            ask()


def test_what_the_calendar_refuses_is_refused():
    """A row that is not covered refuses the whole, and a strict calendar is strict."""
    with pytest.raises(CoverageError):
        (received() + pd.Timedelta(days=30_000)).worktime.add(A, HOUR)
    with pytest.raises(CoverageError):
        received().worktime.add(FRESH["A"](strict=True), 8 * HOUR)


def test_nothing_gives_nothing():
    """An empty column gives an empty one of the same dtype."""
    empty = received().iloc[:0]
    assert (empty.worktime.add(A, HOUR).dtype, empty.worktime.is_open(A).dtype) == (
        empty.dtype,
        bool,
    )


def test_a_missing_instant_is_no_datetime():
    """NaT calls itself a datetime; alone it is refused like anything else that is none."""
    for ask in (
        lambda: A.add(pd.NaT, HOUR),
        lambda: A.is_open(pd.NaT),
        lambda: A.between(datetime(2026, 3, 4, tzinfo=UTC), pd.NaT),
        lambda: A.explain(pd.NaT, HOUR),
        lambda: Term.working_days(5).due(pd.NaT, on=A),
    ):
        with pytest.raises(InputTypeError, match="NaT is not a datetime; give an aware datetime"):
            ask()
