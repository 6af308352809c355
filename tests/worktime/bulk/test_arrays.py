"""What comes into bulk and what goes out: types, units, missing values, shapes."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from phananh.errors import CoverageError, InputError, InputTypeError
from tests.worktime.calendars import HOUR, A

np = pytest.importorskip("numpy")
bulk = pytest.importorskip("phananh.worktime.bulk")

STARTS = np.array(["2026-03-04T02:00", "NaT"], "M8[us]")
START = datetime(2026, 3, 4, 2, tzinfo=UTC)

DOORS = {
    "add": partial(bulk.add_many, A),
    "subtract": partial(bulk.subtract_many, A),
    "between": partial(bulk.between_many, A),
    "is_open": lambda t, _: bulk.is_open_many(A, t),
    "next_opening": lambda t, _: bulk.next_opening_many(A, t),
    "provisional": partial(bulk.provisional_many, A),
}
MOVES = ("add", "subtract")


@pytest.mark.parametrize(
    ("module", "needed"),
    [("phananh.worktime.bulk", "numpy"), ("phananh.pandas", "pandas")],
)
def test_an_extra_that_is_missing_is_named(module, needed):
    """Without NumPy or pandas the error says which extra brings it."""
    code = f"import sys; sys.modules[{needed!r}] = None; import {module}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f'the extra "{needed}"; in a clone: pip install ".[{needed}]"' in done.stderr


def second(name):
    """Return the other argument that each door takes, beside the instants."""
    return HOUR if name in MOVES else STARTS[:1]


@pytest.mark.parametrize("name", DOORS)
def test_not_a_time_stays_not_a_time(name):
    """NaT gives NaT, or False, and nothing else does; int64's least is NaT too."""
    found = DOORS[name](STARTS, second(name))
    if found.dtype == bool:
        assert found.tolist()[1] is False
    else:
        assert np.isnat(found).tolist() == [False, True]
    numbers = DOORS[name](STARTS.view("i8"), HOUR if name in MOVES else STARTS[:1].view("i8"))
    assert numbers[1] in (np.iinfo(np.int64).min, False)
    assert numbers.dtype == (bool if found.dtype == bool else np.int64)
    nothing = DOORS[name](STARTS[1:], second(name))
    assert nothing.tolist() in ([None], [False])
    assert nothing.dtype == found.dtype


@pytest.mark.parametrize("name", MOVES)
def test_no_budget_is_no_deadline(name):
    """NaT among the budgets gives NaT, and so does one NaT for all."""
    assert np.isnat(DOORS[name](STARTS[:1], np.array([1, "NaT"], "m8[us]"))).tolist() == [
        False,
        True,
    ]
    assert np.isnat(DOORS[name](STARTS, np.timedelta64("NaT", "us"))).all()
    assert np.isnat(DOORS["between"](STARTS[:1], np.datetime64("NaT", "us"))).all()


@pytest.mark.parametrize("name", DOORS)
def test_shapes_are_broadcast(name):
    """A column and a row give a table, nothing gives nothing, and a scalar gives a scalar."""
    row = np.array([1, 2, 3], "m8[h]") if name in MOVES else STARTS[[0, 0, 0]]
    given = row if name in ("is_open", "next_opening") else STARTS[:1].reshape(1, 1)
    assert DOORS[name](given, row).shape == (row.shape if given is row else (1, 3))
    assert DOORS[name](STARTS[:0], second(name)).shape == (0,)
    for scalar in (STARTS[0], START, STARTS[0].view("i8")):
        assert isinstance(DOORS[name](scalar, HOUR if name in MOVES else scalar), np.generic)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns", "m", "h"])
def test_units(unit):
    """Instants come out in microseconds, or in nanoseconds where these came in."""
    starts = STARTS.astype(f"M8[{unit}]")
    out = "M8[ns]" if unit == "ns" else "M8[us]"
    due = DOORS["add"](starts, np.array([90], "m8[m]"))
    assert (due.dtype, due.astype("M8[us]").tolist()) == (out, [datetime(2026, 3, 4, 3, 30), None])
    others = {"subtract": HOUR, "next_opening": None, "between": STARTS}
    assert [DOORS[name](starts, other).dtype for name, other in others.items()] == [
        out, out, "m8[us]",
    ]  # fmt: skip
    budgets = np.array([5, "NaT"], "m8[h]").astype(f"m8[{unit}]")
    assert DOORS["add"](STARTS[:1], budgets).tolist() == [datetime(2026, 3, 4, 9), None]


def test_nothing_is_rounded():
    """A fraction of a microsecond is refused with its place; nothing is cut in silence."""
    starts = STARTS.astype("M8[ns]")[[0, 1, 0]]
    starts[2] += np.timedelta64(7, "ns")
    with pytest.raises(InputError, match=r"^starts: starts\[2\] has 7 ns beyond the microsecond"):
        DOORS["add"](starts, HOUR)
    with pytest.raises(InputError, match=r"budgets\[0\] has 999 ns .*; round to microseconds"):
        DOORS["add"](STARTS, np.array([-1], "m8[ns]"))
    with pytest.raises(InputError, match="starts has 1 ns"):
        DOORS["add"](np.datetime64(1, "ns"), HOUR)


@pytest.mark.parametrize(
    ("starts", "budgets"),
    [
        (STARTS, 5),
        (STARTS, [HOUR]),
        (STARTS, np.array([0.5])),
        (STARTS, np.array([1], "m8[Y]")),
        (STARTS, np.array([5], np.int32)),
        (STARTS, STARTS),
        (np.array(["NaT"], "M8[ps]"), HOUR),
        (np.array([1.0]), HOUR),
        (np.array([1], np.uint64), HOUR),
        ([START], HOUR),
        (["2026-03-04"], HOUR),
        (STARTS.view("m8[us]"), HOUR),
    ],
)
def test_other_types_are_refused(starts, budgets):
    """Floats, bare numbers, texts and objects are refused with what to use."""
    with pytest.raises(InputTypeError, match="int64 microseconds"):
        DOORS["add"](starts, budgets)


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize(
    "far",
    [
        np.array(["1975-12-31T16:00"], "M8[us]"),
        np.array(["2101-01-01"], "M8[D]"),
        np.array(["300000"], "M8[Y]"),
        np.array(["-300000"], "M8[Y]"),
        np.array([2**62], "M8[s]"),
        np.array([2**62]).view("M8[us]"),
    ],
)
def test_what_is_not_covered_is_refused(name, far):
    """An instant that the calendar does not cover raises as alone, however far it is."""
    with pytest.raises(CoverageError, match="calendar A"):
        DOORS[name](far, second(name))


@pytest.mark.parametrize(
    "budget",
    [
        timedelta.max,
        timedelta.min,
        timedelta(days=40_000),
        timedelta(days=-20_000),
        np.array([2**62], "m8[s]"),
        np.array([-(2**62)], "m8[D]"),
        np.array([-(2**63) + 1]),
    ],
)
@pytest.mark.parametrize("name", MOVES)
def test_a_budget_out_of_reach_is_refused(name, budget):
    """A budget that no calendar holds is a coverage error, never an overflow."""
    with pytest.raises(CoverageError):
        DOORS[name](STARTS[:1], budget)
