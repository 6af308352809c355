"""When the session of an instant ends, and when the one before it ended.

Sessions that touch are one, so an office that is always open closes only when its days end.
"""

from datetime import datetime

from phananh.worktime.calendar.table import Table
from phananh.worktime.calendar.years import Years, in_zone_of
from phananh.worktime.instants import require_aware
from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY


def find_next_closing(years: Years, t: datetime, opening: datetime) -> datetime:
    """Return the end of the session that is open at `opening`, in the zone of `t`."""
    x, table = years.locate(opening)
    while True:
        k = table.find(x)
        while k + 1 < len(table.bases) and _touches(table, k + 1):
            k += 1
        # The last one loaded may go on in the next year, but not that of the last day covered.
        if k + 1 < len(table.bases) or _is_last(years, table, table.end(k)):
            return in_zone_of(table.end(k), t)
        table = years.grow(table, 1, x)
        x = x.astimezone(table.zone)


def find_previous_closing(years: Years, t: datetime) -> datetime:
    """Return the last closing at or before `t`."""
    t = require_aware(t)
    x, table = years.locate(t)
    while True:
        k = table.find(x)
        if x < table.end(k):
            while k > 0 and _touches(table, k):
                k -= 1
            k -= 1
        if k > 0:  # session 0 is empty, and below the floor a night may be missing
            return in_zone_of(table.end(k), t)
        table = years.grow(table, -1, x)
        x = x.astimezone(table.zone)


def _is_last(years: Years, table: Table, end: datetime) -> bool:
    """Return whether all days are loaded, and a session ends before they do."""
    all_loaded = table.years[-1] == years.last.year
    return all_loaded and end < to_instant(years.last, DAY, years.zone)


def _touches(table: Table, k: int) -> bool:
    """Return whether session k opens when the one before it closes."""
    return table.bases[k] == table.bases[k - 1]
