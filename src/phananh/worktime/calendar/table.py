"""Whole years of a calendar as sorted tables: the clocks of Art. 9 are one search each.

S[k] is the start of session k, C[k] the work done before it, B[k] = S[k] - C[k]. Position
of t = min(t - B[k], C[k + 1]): it grows inside sessions and is flat between them. The
instant at position p is B[k] + p. Only B and C[k + 1] are stored, two values per session. t is
in a later session than k exactly if t - B[k + 1] > C[k + 1]. An empty session 0 is at the start
of the table, so that every instant has one before it.

Rule 1: instants are not converted. If the zone's wall clock is exact, B is in that zone. If
clocks change, B is in UTC, because two datetimes of one zone subtract by the wall clock.
Rule 2: a table does not change. A larger one replaces it by one assignment.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain

import attrs

from phananh.worktime.calendar.day_rules import CombinedDayRules, DayRules, Opening
from phananh.worktime.instants import has_one_offset, to_instant
from phananh.worktime.session import DAY

ZERO = timedelta()
SLOTS, SLOT_HOURS = 12, 2  # of a day, in the index: two hours keep it small, and near enough


@attrs.frozen(kw_only=True, repr=False)
class Table:
    """The sessions of consecutive years.

    `bases` and `ends` are B[k] and C[k + 1]. `index` gives, for each slot of `days` (ordinals),
    the last session that starts at or before it, and `first_slot` is the number of the first.
    `floor` is the position at which `days` begin. Below it a night of the year before may be
    missing. `own_clock` is the zone of datetimes that can be looked up as they are, without a
    conversion or a check. If there is none, it is an object that is no zone.
    """

    years: range
    zone: tzinfo
    bases: list[datetime]
    ends: list[timedelta]
    days: range
    index: "array[int]"
    own_clock: object
    first_slot: int = attrs.field(
        init=False, default=attrs.Factory(lambda table: table.days.start * SLOTS, takes_self=True)
    )
    floor: timedelta = attrs.field(init=False)

    @floor.default
    def _floor(self) -> timedelta:
        if not self.days:
            return ZERO
        first = datetime.combine(date.fromordinal(self.days.start), time(), self.zone)
        return max(ZERO, self.position(first))

    def start(self, k: int) -> datetime:
        """Return the opening of session k."""
        return self.bases[k] + (self.ends[k - 1] if k else ZERO)

    def end(self, k: int) -> datetime:
        """Return the closing of session k."""
        return self.bases[k] + self.ends[k]

    def find(self, at: datetime) -> int:
        """Return the last session that starts at or before `at`, or raise LookupError."""
        slot = at.toordinal() * SLOTS + at.hour // SLOT_HOURS - self.first_slot
        if slot < 0:  # would be counted from the end
            raise LookupError(at)
        k = self.index[slot]
        last = len(self.bases) - 1
        while k < last and at - self.bases[k + 1] >= self.ends[k]:
            k += 1
        return k

    def position(self, at: datetime) -> timedelta:
        """Return the work done from the start of the table to `at`, or raise LookupError."""
        slot = at.toordinal() * SLOTS + at.hour // SLOT_HOURS - self.first_slot
        if slot < 0:
            raise LookupError(at)
        bases, ends, k = self.bases, self.ends, self.index[slot]
        p, end = at - bases[k], ends[k]
        while p > end:  # `t` is in a later session, or in the gap before it
            k += 1
            if k == len(bases):
                return end
            p, end = (q if (q := at - bases[k]) > end else end), ends[k]
        return p

    def is_open(self, at: datetime) -> bool:
        """Return whether `at` lies in a session, or raise LookupError."""
        k = self.find(at)
        return at - self.bases[k] < self.ends[k]

    def earliest(self, p: timedelta) -> datetime:
        """Return the earliest instant of a position within the table: a closing, not the next."""
        return self.bases[bisect_left(self.ends, p)] + p

    def latest(self, p: timedelta) -> datetime:
        """Return the latest instant of a position: an opening, not the closing before it."""
        return self.bases[bisect_right(self.ends, p)] + p

    def use_up(self, budget: timedelta, start: datetime) -> list[Opening]:
        """Return the work from `start` that adds up to a budget, with touching sessions joined.

        Raises:
            LookupError: `start` or the end lies outside the table.
        """
        bases, ends = self.bases, self.ends
        found: list[Opening] = []
        k, last = self.find(start), None
        while budget > ZERO:
            end = bases[k] + ends[k]
            if start < end:
                budget -= end - start
                if budget < ZERO:
                    end += budget
                if start == last:
                    start = found.pop()[0]
                last = end
                found.append((start, end))
            k += 1
            start = end if k == len(bases) else bases[k] + ends[k - 1]
        return found

    def sessions(self) -> Iterator[Opening]:
        """Yield opening and closing of every session but the empty one at the start."""
        for k in range(1, len(self.bases)):
            yield self.start(k), self.end(k)


COLD = Table(
    years=range(0), zone=UTC, bases=[], ends=[], days=range(0), index=array("I"), own_clock=object()
)
"""The table before any year is loaded."""


def extend(
    table: Table,
    day_rules: DayRules | CombinedDayRules,
    zone: tzinfo,
    years: range,
    covered: tuple[date, date],
    *,
    strict: bool,
) -> Table:
    """Return the table of `years`. Those in `table` are taken over, not built again.

    `covered` are the first and the last day of the calendar, and only days between are built.
    """
    known = table.years or range(years[0], years[0])
    early, late = range(years[0], known.start), range(known.stop, years[-1] + 1)
    changing = not all(has_one_offset(zone, year) for year in chain(early, late))
    out = UTC if changing or (table.years and table.zone is not zone) else zone
    kept = table if table.years and not early and table.zone is out else None
    first = to_instant(_clip_days(years, covered)[0], ZERO, zone).astimezone(out)
    bases, ends = (kept.bases[:], kept.ends[:]) if kept else ([first], [ZERO])
    rows = _openings(day_rules, zone, late, covered)
    if not kept:
        rows = chain(_openings(day_rules, zone, early, covered), table.sessions(), rows)
    in_utc = ((start.astimezone(UTC), end.astimezone(UTC)) for start, end in rows)
    _append(rows if out is zone else in_utc, bases, ends)
    days = _days(years, covered, zone, out)
    # The slow path has to check: if strict, and as a day of UTC may be covered in part.
    clock = zone if out is zone and not strict else object()
    return Table(
        years=years, zone=out, bases=bases[:], ends=ends[:], days=days,
        index=_build_index(kept, bases, ends, days),
        own_clock=clock,
    )  # fmt: skip


def _openings(
    day_rules: DayRules | CombinedDayRules, zone: tzinfo, years: range, covered: tuple[date, date]
) -> Iterable[Opening]:
    """Return opening and closing of every session that begins in some years, in order."""
    return day_rules.openings(zone, *_clip_days(years, covered)) if years else ()


def _clip_days(years: range, covered: tuple[date, date]) -> tuple[date, date]:
    """Return the first and the last day of some years that the calendar covers."""
    return max(date(years[0], 1, 1), covered[0]), min(date(years[-1], 12, 31), covered[1])


def _days(
    years: range,
    covered: tuple[date, date],
    zone: tzinfo,
    out: tzinfo,
) -> range:
    """Return the ordinals of the days that are complete.

    The first day lacks a night that began before it, and both edges lack hours of another UTC
    day.
    """
    first_day, last_day = _clip_days(years, covered)
    begin = to_instant(first_day, ZERO, zone).astimezone(out)
    stop = to_instant(last_day, DAY, zone).astimezone(out)
    shifted = out is not zone
    first = begin.toordinal()
    if first_day != covered[0]:
        # A night may last until late on a shifted day.
        first += 1 + shifted
    last = (stop - timedelta.resolution).toordinal() - (last_day != covered[1] and shifted)
    return range(first, last + 1)


def _append(rows: Iterable[Opening], bases: list[datetime], ends: list[timedelta]) -> None:
    """Add sessions to the lists. A night may overlap the next day's hours."""
    total = ends[-1]
    last = bases[-1] + total
    for start, end in rows:
        opening = max(start, last)
        if opening < end:
            bases.append(opening - total)
            total += end - opening
            ends.append(total)
            last = end


def _build_index(
    kept: Table | None, bases: list[datetime], ends: list[timedelta], days: range
) -> "array[int]":
    """Return, for each slot of the days, the last session that starts at or before it."""
    index = kept.index[:] if kept else array("I")
    at, stop = days.start * SLOTS + len(index), days.stop * SLOTS
    for k in range(index[-1] + 1 if kept else 1, len(bases)):
        upto = min(_slot(bases[k] + ends[k - 1]), stop)
        index += array("I", [k - 1]) * (upto - at)
        at = max(at, upto)
    return index + array("I", [len(bases) - 1]) * (stop - at)


def _slot(start: datetime) -> int:
    """Return the first slot that begins at or after an instant."""
    hour = start.hour
    slot = start.toordinal() * SLOTS + hour // SLOT_HOURS
    if hour % SLOT_HOURS or start.minute or start.second or start.microsecond:
        slot += 1
    return slot
