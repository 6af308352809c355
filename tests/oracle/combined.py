"""The sessions of any week in any zone, in UTC: seasons, dates, own days, swaps, holidays.

Given plain facts, in the order of who has the last word: the office's own day, a notice, a
public holiday, the week. Nothing is shared with the library but the meaning of these facts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from tests.oracle.hours import Session, Sessions

_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=15)
Offsets = Sequence[tuple[timedelta, timedelta]]


@dataclass(frozen=True)
class Part:
    """Hours that hold on some weekdays, in a season, between two dates; offsets from midnight."""

    weekdays: tuple[int, ...]
    hours: Offsets
    season: tuple[tuple[int, int], tuple[int, int]] | None
    since: date | None
    until: date | None

    def holds(self, day: date, weekday: int) -> bool:
        """Say whether these are the hours of a date, were it the given weekday."""
        if weekday not in self.weekdays:
            return False
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        if not self.season:
            return True
        (first, last), today = self.season, (day.month, day.day)
        return first <= today <= last if first <= last else not last < today < first


@dataclass(frozen=True)
class Dated:
    """A date off, worked (in place of another) or at hours of its own."""

    kind: str
    hours: Offsets = ()
    instead_of: date | None = None


Public = Callable[[date], Dated | None]


def combine(
    zone: tzinfo,
    parts: Sequence[Part],
    dated: Sequence[Mapping[date, Dated]],
    public: Public,
) -> Sessions:
    """Return what tells the sessions of a date; of `dated`, the first that knows it decides."""

    def week(day: date, weekday: int) -> Offsets:
        for part in parts:
            if part.holds(day, weekday):
                return part.hours
        return ()

    def offsets(day: date) -> Offsets:
        found = [known[day] for known in dated if day in known]
        fact = found[0] if found else public(day)
        if fact is None:
            return week(day, day.weekday())
        if fact.kind == "worked":
            if fact.instead_of:
                return week(day, fact.instead_of.weekday())
            for weekday in [day.weekday(), 0, 1, 2, 3, 4, 5, 6]:
                if week(day, weekday):
                    return week(day, weekday)
        return fact.hours

    @cache
    def sessions(day: date) -> list[Session]:
        midnight = datetime.combine(day, time())
        return [
            (first_instant(midnight + a, zone), first_instant(midnight + b, zone))
            for a, b in offsets(day)
        ]

    @cache
    def apart(day: date) -> list[Session]:
        """Cut off what the night before still works, so that nothing is counted twice."""
        ends = [closes for _, closes in sessions(day - _DAY)]
        cut = [(max(opens, *ends, opens), closes) for opens, closes in sessions(day)]
        return [(opens, closes) for opens, closes in cut if opens < closes]

    return apart


def first_instant(wall: datetime, zone: tzinfo) -> datetime:
    """Return the first instant, as naive UTC, when the clocks of `zone` show `wall` or later.

    Clocks change on quarters of an hour; between two of them they run on.
    """
    ahead = [
        (wall + nudge * _DAY).replace(tzinfo=zone, fold=fold).utcoffset()
        for nudge in (-1, 0, 1)
        for fold in (0, 1)
    ]
    at = wall - max(offset for offset in ahead if offset is not None) - _QUARTER
    at = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    while True:
        shown = at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        if shown + _QUARTER > wall:
            return max(at, at + (wall - shown))
        at += _QUARTER
