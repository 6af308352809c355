"""The named calendars on which the laws are tried.

A and VP are the presets with the notices up to 2026, so that a later one changes no test of them.
The others are weeks without holidays: night shifts that pass midnight, a clock that never stops,
and hours in Berlin and New York that begin or end in the hour skipped in March and repeated in
autumn.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from phananh.worktime import Timetable, WorkCalendar
from phananh.worktime.days.vietnam import OFFICIAL_NOTICES, VietnamDays
from phananh.worktime.presets import PRESETS
from phananh.worktime.timetable import Hours

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = VietnamDays(
    notices=tuple(
        each
        for each in OFFICIAL_NOTICES
        if not each.known_through or each.known_through.year < 2027
    )
)
TICK, HOUR = timedelta(microseconds=1), timedelta(hours=1)
DAY = timedelta(days=1)
CLOCK_CHANGES = (
    date(2025, 3, 30),
    date(2025, 10, 26),
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 11, 1),
)
NIGHT_BOUNDARIES = (time(22, 0), time(6, 0), time(2, 30))

_ODD = ((time(0), time(2, 30)), (time(2, 45), time(8)), (time(23), time(0)))

WEEKS = {
    "nights": ("Asia/Ho_Chi_Minh", dict.fromkeys(range(5), ((time(22), time(6)),))),
    "always": ("Europe/Berlin", dict.fromkeys(range(7), ((time(0), time(0)),))),
    "berlin": ("Europe/Berlin", dict.fromkeys(range(7), _ODD)),
    "new york": (
        "America/New_York",
        {**dict.fromkeys(range(6), _ODD), 6: ((time(1, 30), time(8)),)},
    ),
}


def in_hanoi(*parts: int) -> datetime:
    """Return a moment on the wall in Hanoi."""
    return datetime(*parts, tzinfo=HANOI)  # type: ignore[misc,arg-type]  # parts of a moment


def _text(opens: time, closes: time) -> str:
    return f"{opens:%H:%M}-{closes:%H:%M}".replace("-00:00", "-24:00")


def _of_week(name: str, **options: Any) -> WorkCalendar:
    zone, week = WEEKS[name]
    hours = [
        Hours(days=[day], sessions=[_text(*pair) for pair in pairs]) for day, pairs in week.items()
    ]
    timetable = Timetable(hours=hours)
    return WorkCalendar(name=name, zone=zone, days=None, timetable=timetable, **options)


def _of_preset(name: str, **options: Any) -> WorkCalendar:
    return WorkCalendar(name=name, timetable=PRESETS[name].timetable, **{"days": DAYS, **options})


A, VP = _of_preset("A"), _of_preset("VP")
FRESH: dict[str, Callable[..., WorkCalendar]] = {
    "A": partial(_of_preset, "A"),
    "VP": partial(_of_preset, "VP"),
    **{name: partial(_of_week, name) for name in WEEKS},
}
"""How to build each calendar anew; keywords such as `overrides` go to the calendar."""

CALENDARS = {name: cache(build) for name, build in FRESH.items()}
"""Each calendar, built once."""
