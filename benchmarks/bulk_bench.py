"""Six questions of a million instants at once, whatever the boundaries: at most 25 ns each.

The instants are drawn from eight years in no order; a time is of a thousand of them, so 25 µs
is the goal. Beside them two binary searches of the same sessions, which is what is saved.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import numpy as np

from benchmarks.rounds import Call, Row, Times, in_turns, row
from phananh.worktime import Timetable, WorkCalendar, bulk, vietnam_calendar

COUNT = 1_000_000
GOAL = 25
_SEARCHED = "add, two binary searches of NumPy instead"
_NO_GOAL = {
    _SEARCHED,
    "add, sixty sessions in an hour",
}
HOUR = timedelta(hours=1)
CROWDED = ", ".join(f"08:{n:02d}:00-08:{n:02d}:30" for n in range(60))


def calendars() -> dict[str, WorkCalendar]:
    """Return calendars by how their boundaries lie."""
    weekly = Timetable.weekly
    return {
        "half hours": vietnam_calendar("A"),
        "minutes": WorkCalendar(timetable=weekly("07:31-11:29, 13:31-17:29")),
        "seconds": WorkCalendar(timetable=weekly("08:00:07-09:30", days="mon-sun")),
        "Berlin, nights": WorkCalendar(
            timetable=weekly("22:00-06:00, 08:00-09:30", days="mon-sun"),
            zone="Europe/Berlin", days=None,
        ),
        "sixty sessions in an hour": WorkCalendar(timetable=weekly(CROWDED, days="mon-sun")),
    }  # fmt: skip


def searched_twice(calendar: WorkCalendar, t: Any, w: Any) -> Any:
    """Return the due instants of positive budgets by NumPy's binary search, nothing checked."""
    sessions = calendar._arrays[1]
    starts, ends = sessions.following[:-1], sessions.ends
    k = np.searchsorted(starts, t, side="right")
    p = np.minimum(t - sessions.bases[k], ends[k]) + w
    return sessions.bases[np.searchsorted(ends, p, side="left")] + p


def _calls(t: Any, w: Any) -> Mapping[str, Call]:
    named = calendars()
    office = named["half hours"]
    calls = {
        "add 5 h": Call(bulk.add_many, (office, t, 5 * HOUR)),
        "add, a budget each": Call(bulk.add_many, (office, t, w)),
        "add, forth and back": Call(bulk.add_many, (office, t, w - np.median(w).astype("i8"))),
        "subtract 5 h": Call(bulk.subtract_many, (office, t, 5 * HOUR)),
        "between": Call(bulk.between_many, (office, t, t + w)),
        "is_open": Call(bulk.is_open_many, (office, t)),
        "next_opening": Call(bulk.next_opening_many, (office, t)),
        "provisional": Call(bulk.provisional_many, (office, t, t + w)),
        "add, strict": Call(bulk.add_many, (vietnam_calendar("A", strict=True), t, w)),
        "add, nanoseconds": Call(bulk.add_many, (office, (t * 1000).view("M8[ns]"), w)),
        _SEARCHED: Call(searched_twice, (office, t, w)),
    }
    for name, calendar in named.items():
        calls[f"add, {name}"] = Call(bulk.add_many, (calendar, t, w))
    return calls


def _columns(t: Any, w: Any) -> dict[str, Call]:
    try:
        import pandas as pd

        import phananh.pandas  # noqa: F401 - registers the accessor
    except ModuleNotFoundError:
        return {}
    instants = pd.to_datetime(pd.Series(t), unit="us", utc=True).dt.as_unit("us")
    starts = instants.dt.tz_convert("Asia/Ho_Chi_Minh").worktime
    budgets, office = pd.Series(w.view("m8[us]")), vietnam_calendar("A")
    return {
        "pandas: add": Call(starts.add, (office, budgets)),
        "pandas: between": Call(starts.between, (office, instants + budgets)),
        "pandas: is_open": Call(starts.is_open, (office,)),
    }


def run() -> list[Row]:
    """Return the rows of every question, in microseconds for a thousand elements."""
    rng = np.random.default_rng(2370)
    low, high = np.array(["2019-01-02", "2026-11-01"], "M8[us]").view("i8")
    t, w = rng.integers(low, high, COUNT), rng.integers(1, 8 * 3_600_000_000, COUNT)
    calls = {**_calls(t, w), **_columns(t, w)}
    for call in calls.values():
        call.function(*call.arguments)  # loads the years
    searched, office = calls[_SEARCHED], calls["add, a budget each"]
    assert (searched.function(*searched.arguments) == office.function(*office.arguments)).all()
    times = in_turns(calls, rounds=9)
    return [_judged(what, took) for what, took in times.items()]


def _judged(what: str, took: Times) -> Row:
    thousand = Times(tuple(seconds * 1000 / COUNT for seconds in took.seconds))
    found = row(f"1,000 of a million: {what}", thousand)
    return found if what in _NO_GOAL else found.below(GOAL, f"<= {GOAL} us")
