"""Days on which clocks change, counted by hand. The laws hold for such offices too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh.worktime import Timetable, WorkCalendar
from tests.oracle.combined import first_instant

HOUR = timedelta(hours=1)
BERLIN = "00:00-01:30, 02:00-02:30, 02:45-08:00, 23:00-24:00"
NEW_YORK = "00:00-01:15, 01:30-02:15, 02:30-08:00"
LORD_HOWE = "00:00-01:45, 02:00-02:15, 02:30-08:00"
CAIRO = "00:00-00:30, 00:45-06:00, 22:00-23:30, 23:45-24:00"


@pytest.mark.parametrize(
    ("zone", "sessions", "day", "hours"),
    [
        ("Europe/Berlin", BERLIN, "2026-03-28", 8.25),
        ("Europe/Berlin", BERLIN, "2026-03-29", 7.5),  # 02:00-02:30 is skipped, and 02:45-03:00
        ("Europe/Berlin", BERLIN, "2026-10-25", 9.25),  # 02:45 comes first, then the hour again
        ("America/New_York", NEW_YORK, "2026-03-08", 6.75),  # 02:00-02:15 and 02:30-03:00
        ("America/New_York", NEW_YORK, "2026-11-01", 8.5),  # 01:30 comes first, then the hour again
        ("Australia/Lord_Howe", LORD_HOWE, "2026-10-04", 7.25),  # 02:00-02:15 is skipped
        ("Australia/Lord_Howe", LORD_HOWE, "2026-04-05", 7.5),  # 01:45 comes first: no repetition
        ("Africa/Cairo", CAIRO, "2026-04-24", 6.75),  # 00:00-00:30 is skipped, and 00:45-01:00
        ("Africa/Cairo", CAIRO, "2026-10-29", 8.5),  # 23:45 comes first, then 23:00-24:00 again
    ],
)
def test_a_day_of_changing_clocks_by_hand(zone, sessions, day, hours):
    """What is worked on a day of 23, 23.5, 24.5 or 25 hours, counted by hand."""
    midnight, week = datetime.fromisoformat(day), Timetable.weekly(sessions, days="mon-sun")
    begin, end = (
        first_instant(at, ZoneInfo(zone)).replace(tzinfo=UTC)
        for at in (midnight, midnight + 24 * HOUR)
    )
    calendar = WorkCalendar(timetable=week, zone=zone, days=None)
    assert calendar.between(begin, end) == hours * HOUR
    assert sum((span.length for span in calendar.spans(begin, end)), timedelta()) == hours * HOUR
