"""Opening and closing of every session of a calendar, as instants."""

from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo

from phananh.worktime.calendar.day_rules import DayRules
from phananh.worktime.localtime import has_one_offset, to_instant

Openings = tuple[tuple[datetime, datetime], ...]


def find_openings(
    day_rules: DayRules, zone: tzinfo, first: date, last: date
) -> Iterator[tuple[datetime, datetime]]:
    """Return opening and closing of every session that begins from `first` to `last`, in order."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        found = day_rules.sessions(day)
        if found and has_one_offset(zone, day.year):
            midnight = datetime.combine(day, time.min, zone)
            for part in found:
                yield midnight + part.open, midnight + part.close
        else:
            for part in found:
                yield to_instant(day, part.open, zone), to_instant(day, part.close, zone)
