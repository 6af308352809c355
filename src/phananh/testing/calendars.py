"""Hypothesis strategies for whole calendars, by the path under which they came first.

They are those of `phananh.testing.strategies`: `work_calendars` is its `calendars`.
"""

from phananh.testing.strategies.calendars import (
    ZONES,
    boundaries,
    sessions,
    timetables,
    turning_days,
    work_calendars,
)

__all__ = ["ZONES", "boundaries", "sessions", "timetables", "turning_days", "work_calendars"]
