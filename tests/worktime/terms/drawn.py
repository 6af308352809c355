"""Terms, starts and calendars as the laws of terms draw them."""

from datetime import date, time
from functools import cache

from hypothesis import settings, strategies as st

from phananh.testing.strategies import TURNING_DAYS, instants
from phananh.worktime import Timetable, WorkCalendar
from phananh.worktime.terms import Term
from tests.worktime.calendars import DAY, FRESH
from tests.worktime.laws import EXAMPLES

UNITS = ("working_days", "days", "weeks", "months", "years")
MOST = {"working_days": 60, "days": 90, "weeks": 12, "months": 14, "years": 2}
FIRST, LAST = date(2019, 1, 2), date(2026, 12, 31)


def _week(name: str, **options: object) -> WorkCalendar:
    days = {"six days": "mon-sat", "every day": "mon-sun", "two days": "tue, thu"}[name]
    timetable = Timetable.weekly("08:00-12:00", days=days)
    return WorkCalendar(name=name, timetable=timetable, **options)


MADE = {
    "A": FRESH["A"],
    "VP": FRESH["VP"],
    "nights": FRESH["nights"],
    **{
        name: lambda name=name, **options: _week(name, **options)
        for name in ("six days", "every day", "two days")
    },
}
"""How to build each calendar anew, with Vietnamese days but for the nights."""

CALENDARS = {name: cache(build) for name, build in MADE.items()}
"""Each calendar, built once."""


@st.composite
def terms(draw, *, units=UNITS, **fixed):
    """Draw a term with any options that go together; `fixed` are given as they are."""
    unit = draw(st.sampled_from(units))
    options = {
        "counts_first_day": draw(st.booleans()),
        "rolls": unit == "working_days" or draw(st.booleans()),
        "ends": draw(st.sampled_from(("midnight", "closing"))),
        "received": draw(st.sampled_from(("date", "opening", time(15), time(0)))),
        **fixed,
    }
    if not options["rolls"]:
        options["ends"] = "midnight"
    if options["counts_first_day"] and options["ends"] == "closing":
        options["received"] = "opening"
    return Term(count=draw(st.integers(1, MOST[unit])), unit=unit, **options)


plain_terms = st.sampled_from(UNITS).flatmap(
    lambda unit: st.builds(Term, count=st.integers(1, MOST[unit]), unit=st.just(unit))
)
"""Terms as the Civil Code has them, without any option."""

starts = instants()

dates = st.one_of(
    st.builds(
        lambda day, step: day + step * DAY, st.sampled_from(TURNING_DAYS), st.integers(-3, 3)
    ),
    st.dates(FIRST, LAST),
).map(lambda day: min(max(day, FIRST), LAST))
"""Dates, half of them near a closure or a swap."""


def tried(examples: int) -> settings:
    """Return how often a law is tried on each calendar: in `make slow`, 10,000 times on all."""
    return settings(deadline=None, max_examples=max(examples, EXAMPLES // len(MADE)))
