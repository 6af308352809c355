"""The calendars on which many instants at once are tried against one by one.

Beside those of `calendars`: hours that open on a second, forty sessions an hour, hours that
end for good, shifts that touch, public days that are only expected, and two offices at once.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from phananh.testing.strategies import budgets, instants
from phananh.worktime import Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import CALENDARS, CLOCK_CHANGES, NIGHT_BOUNDARIES

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
EVERY_DAY = "mon-sun"
CROWD = ", ".join(f"08:{n // 2:02d}:{n % 2 * 30:02d}-08:{n // 2:02d}:{n % 2 * 30 + 7:02d}"
                  for n in range(40))  # fmt: skip
BOUNDARIES = (
    *(time(7), time(7, 30), time(8), time(11, 30), time(13, 30), time(17), time(17, 30), time(0)),
    *(time(8, 0, 7), time(8, 0, 37), time(9, 30), time(2, 45), time(1, 30), time(12, 10, 59)),
    *NIGHT_BOUNDARIES,
)


def _ending() -> WorkCalendar:
    hours = [
        Hours(days="mon-fri", sessions="08:00-12:00", effective_to=date(2026, 6, 30)),
        Hours(days=EVERY_DAY, sessions="09:00-12:10:59", effective_from=date(2026, 7, 1)),
    ]
    return WorkCalendar(name="changes", timetable=Timetable(hours=hours), days=None)


@cache
def bulk_calendars() -> dict[str, WorkCalendar]:
    """Return the calendars by name, each built once."""
    weekly = Timetable.weekly
    return {
        **{name: build() for name, build in CALENDARS.items()},
        "A, expected": vietnam_calendar("A", expected=True),
        "seconds": WorkCalendar(timetable=weekly("08:00:07-09:30", days=EVERY_DAY)),
        "crowd": WorkCalendar(timetable=weekly(CROWD, days=EVERY_DAY), days=None),
        "touching": WorkCalendar(timetable=weekly("22:00-06:00, 06:00-07:30", days=EVERY_DAY)),
        "changes": _ending(),
        "always, UTC": WorkCalendar(timetable=weekly("00:00-24:00"), days=None, zone="UTC"),
        "both": vietnam_calendar("A") & vietnam_calendar("VP"),
        "berlin nights": WorkCalendar(
            timetable=weekly("22:00-06:00, 08:00-09:30", days=EVERY_DAY), zone="Europe/Berlin"
        ),
    }


def _microseconds(value: Any) -> int:
    return int((value - EPOCH if isinstance(value, datetime) else value) // MICROSECOND)


def starts(name: str) -> st.SearchStrategy[int]:
    """Draw instants in microseconds, half near a boundary of the calendar's own clock."""
    zone = bulk_calendars()[name].tzinfo
    turning = {} if zone == ZoneInfo("Asia/Ho_Chi_Minh") else {"turning_days": CLOCK_CHANGES}
    drawn = instants(
        first=date(2018, 12, 29), last=date(2027, 2, 2), boundaries=BOUNDARIES, zone=zone, **turning
    )
    return drawn.map(_microseconds)


def amounts() -> st.SearchStrategy[int]:
    """Draw budgets in microseconds: zero, forth and back."""
    forth = budgets().map(_microseconds)
    return st.one_of(st.just(0), forth, forth.map(lambda amount: -amount))


def pairs(name: str) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Draw rows of an instant and a budget."""
    return st.lists(st.tuples(starts(name), amounts()), min_size=1, max_size=40)


def at(microseconds: int) -> datetime:
    """Return the instant of whole microseconds since 1970."""
    return EPOCH + microseconds * MICROSECOND
