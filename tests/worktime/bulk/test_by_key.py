"""Several calendars at once: each element is counted on the one that its key names."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phananh.errors import CoverageError, InputError, InputTypeError
from phananh.worktime import vietnam_calendar
from tests.worktime.bulk.bulk_calendars import MICROSECOND, amounts, at, bulk_calendars, starts

np = pytest.importorskip("numpy")
bulk = pytest.importorskip("phananh.worktime.bulk")

CALENDARS = bulk_calendars()
OFFICES = {"MC": vietnam_calendar("A"), "SNN": vietnam_calendar("VP")}
START = np.datetime64("2026-03-04T09:30", "us")  # 16:30 in Vietnam: A ends at 17:30, VP now
HOUR = timedelta(hours=1)
MANY = {n: OFFICES["MC"] if n % 2 else OFFICES["SNN"] for n in range(101)}


def micro(instant):
    """Return an instant as whole microseconds since 1970."""
    return (instant - at(0)) // MICROSECOND


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_each_on_its_own(data):
    """Every element is what its own calendar gives, in its place, NaT among them."""
    names = st.sampled_from([*CALENDARS])
    one = names.flatmap(lambda name: st.tuples(st.just(name), starts(name), amounts()))
    rows = data.draw(st.lists(one, min_size=1, max_size=40))
    keys, t, w = (np.array(column) for column in zip(*rows, strict=True))
    lost = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    t[lost] = np.iinfo(np.int64).min
    cells = [(CALENDARS[k], at(a), b * MICROSECOND, no)
             for (k, a, b), no in zip(rows, lost, strict=True)]  # fmt: skip
    found = bulk.add_many(CALENDARS, t, w, keys=keys).view("M8[us]").tolist()
    expected = [None if no else c.add(a, b).replace(tzinfo=None) for c, a, b, no in cells]
    assert found == expected
    found = bulk.between_many(CALENDARS, t, t[0], keys=keys).view("m8[us]").tolist()
    assert found == [None if no or lost[0] else c.between(a, cells[0][1]) for c, a, _, no in cells]
    found = bulk.is_open_many(CALENDARS, t, keys=keys).tolist()
    assert found == [not no and c.is_open(a) for c, a, _, no in cells]


@pytest.mark.parametrize(
    "keys",
    [["MC", "SNN"], np.array(["MC", "SNN"], dtype=object), np.array(["MC", "SNN"], dtype="U3")],
)
def test_keys_of_any_kind(keys):
    """Texts are found as a list, as objects and as an array of texts."""
    due = bulk.add_many(OFFICES, np.array([START, START]), HOUR, keys=keys)
    assert due.tolist() == [datetime(2026, 3, 4, 10, 30), datetime(2026, 3, 5, 1, 30)]
    assert bulk.is_open_many(OFFICES, START, keys=keys).tolist() == [True, False]


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, object])
def test_numbers_are_keys(dtype):
    """Whole numbers name calendars too, few or many of them."""
    keys = np.arange(101, dtype=dtype)
    found = bulk.is_open_many(MANY, START, keys=keys)
    assert found.tolist() == [bool(n % 2) for n in range(101)]
    few = {n: MANY[n] for n in range(3)}
    assert bulk.is_open_many(few, START, keys=keys[:3]).tolist() == [False, True, False]


def test_a_name_that_is_a_pair_is_no_list_of_names():
    """Names of any kind are compared whole: a pair of texts is not each of the two."""
    named = {("MC", "SNN"): OFFICES["MC"], "SNN": OFFICES["SNN"]}
    with pytest.raises(InputError, match=r"keys\[0\] is 'MC', which"):
        bulk.is_open_many(named, START, keys=np.array(["MC", "SNN"]))
    keys = np.empty(2, dtype=object)
    keys[:] = [("MC", "SNN"), "SNN"]
    assert bulk.is_open_many(named, START, keys=keys).tolist() == [True, False]


def test_keys_are_broadcast():
    """A row of keys against a column of instants gives a table; one key stands for all."""
    column = np.array([[START], [START + np.timedelta64(1, "D")]])
    assert bulk.is_open_many(OFFICES, column, keys=["MC", "SNN"]).tolist() == [[True, False]] * 2
    assert bulk.is_open_many(OFFICES, column, keys="SNN").tolist() == [[False], [False]]
    assert bulk.add_many(OFFICES, column[:0], HOUR, keys=["SNN"]).shape == (0, 1)
    assert bulk.add_many(OFFICES, column[:0], HOUR, keys=[[]]).shape == (0, 0)


@pytest.mark.parametrize("wrong", ["XYZ", "", None, float("nan"), 5, "MC "])
def test_an_unknown_key_is_named_with_its_place(wrong):
    """A key that names no calendar, or none at all, is refused; NaT beside it is no excuse."""
    keys = np.array(["MC", "SNN", wrong], dtype=object)
    starts = np.array([START, START, "NaT"], "M8[us]")
    with pytest.raises(InputError) as caught:
        bulk.add_many(OFFICES, starts, HOUR, keys=keys)
    assert caught.value.field == "keys"
    assert caught.value.problem == f"keys[2] is {wrong!r}, which names no calendar"
    assert caught.value.way_out == "use 'MC', 'SNN'"


def test_an_unknown_key_among_texts():
    """An array of texts says the same, and where in two dimensions it stands."""
    with pytest.raises(InputError, match=r"keys\[1, 0\] is 'XYZ', which names no calendar"):
        bulk.is_open_many(OFFICES, START, keys=np.array([["MC"], ["XYZ"]]))
    with pytest.raises(InputError, match=r"use 0, 1, 2, 3, 4, 5, 6, 7, \.\.\.$"):
        bulk.is_open_many(MANY, START, keys=np.array([101]))
    with pytest.raises(InputTypeError, match="unhashable"):
        bulk.is_open_many(OFFICES, START, keys=np.array([["MC"], {}], dtype=object))


def test_keys_and_calendars_go_together():
    """A mapping needs keys, keys need a mapping, and a mapping holds calendars."""
    with pytest.raises(InputError, match=r"keys: .*not which one each value uses"):
        bulk.add_many(OFFICES, START, HOUR)
    with pytest.raises(InputTypeError, match=r"calendar: .*give a mapping"):
        bulk.add_many(OFFICES["MC"], START, HOUR, keys=["MC"])
    with pytest.raises(InputTypeError, match="calendar: 'A' is not a WorkCalendar"):
        bulk.add_many({"MC": "A"}, START, HOUR, keys=["MC"])


def test_what_one_calendar_refuses_is_refused():
    """Each calendar keeps its own coverage and strictness; only its own rows meet them."""
    strict = {**OFFICES, "strict": vietnam_calendar("A", strict=True)}
    late = np.array(["2026-03-04T02:00", "2027-03-04T02:00"], "M8[us]")
    assert bulk.add_many(strict, late, HOUR, keys=["strict", "MC"]).size == 2
    with pytest.raises(CoverageError, match="2027-03-04"):
        bulk.add_many(strict, late, HOUR, keys=["MC", "strict"])
