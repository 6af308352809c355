"""Weeks whose sessions open and close in the hours that clocks skip and repeat, zone by zone."""

from datetime import date, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import settings

from phananh.testing.strategies import instants
from phananh.worktime import Timetable, WorkCalendar
from tests.oracle.zones import weekly
from tests.worktime.laws import EXAMPLES

# zone: sessions of every day, and the dates on which its clocks change
WEEKS = {
    "Europe/Berlin": (
        "00:00-01:30, 02:00-02:30, 02:45-08:00, 23:00-24:00",
        (date(2025, 10, 26), date(2026, 3, 29), date(2026, 10, 25)),
    ),
    "America/New_York": (
        "00:00-01:15, 01:30-02:15, 02:30-08:00",
        (date(2025, 11, 2), date(2026, 3, 8), date(2026, 11, 1)),
    ),
    "Australia/Lord_Howe": (
        "00:00-01:45, 02:00-02:15, 02:30-08:00",
        (date(2025, 10, 5), date(2026, 4, 5), date(2026, 10, 4)),
    ),
    "Africa/Cairo": (
        "00:00-00:30, 00:45-06:00, 22:00-23:30, 23:45-24:00",
        (date(2025, 10, 30), date(2026, 4, 24), date(2026, 10, 29)),
    ),
    "America/Santiago": (
        "00:30-01:30, 07:00-08:00, 22:00-00:15",
        (date(2025, 9, 7), date(2026, 4, 4), date(2026, 9, 6)),
    ),
}


def _pairs(zone: str) -> list[tuple[time, time]]:
    texts = (part.split("-") for part in WEEKS[zone][0].replace("24:00", "00:00").split(", "))
    return [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in texts]


def fresh(zone: str, **options: Any) -> WorkCalendar:
    """Return the calendar of a zone, built anew."""
    timetable = Timetable.weekly(WEEKS[zone][0], days="mon-sun")
    return WorkCalendar(name=zone, zone=zone, days=None, timetable=timetable, **options)


CALENDARS = {zone: cache(lambda zone=zone: fresh(zone)) for zone in WEEKS}
"""Each calendar, built once."""

SESSIONS_UTC = {zone: weekly(zone, dict.fromkeys(range(7), _pairs(zone))) for zone in WEEKS}
"""The oracle's account of each."""

MOMENTS = {
    zone: instants(
        first=date(2025, 9, 1),
        boundaries=[at for pair in _pairs(zone) for at in pair],
        turning_days=WEEKS[zone][1],
        zone=ZoneInfo(zone),
    )
    for zone in WEEKS
}
"""Instants of each zone, half of them within a day of a change, half of them at a boundary."""


def tried(examples: int) -> settings:
    """Return how often a law is tried on each calendar: in `make slow`, 10,000 times on all."""
    return settings(deadline=None, max_examples=max(examples, EXAMPLES // len(WEEKS)))
