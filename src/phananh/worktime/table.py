"""Whole years of a calendar as sorted tables: the clocks of Art. 9 are one search each.

S[k] is the start of session k, C[k] the work done before it, B[k] = S[k] - C[k]. Position
of t = min(t - B[k], C[k + 1]): it grows inside sessions and is flat between them. The
instant at position p is B[k] + p. An empty session 0 stands at the start of the table, so
that every instant has one before it; the end of S is out of reach.

Rule 1: nothing is converted. Where the zone's wall clock is exact, S is in that zone;
where clocks change, S is in UTC, because two datetimes of one zone subtract by the wall.
Rule 2: a table is never changed. A larger one takes its place by one assignment.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

import attrs

from phananh.worktime.book import Book
from phananh.worktime.composed import CombinedBook
from phananh.worktime.rows import Rows, book_rows
from phananh.worktime.session import DAY
from phananh.worktime.wall import to_instant, wall_is_exact

ZERO = timedelta()
# Of each session: the next one's start, its base, the work done by its end; then the index.
Hot = tuple[list[datetime], list[datetime], list[timedelta], dict[int, int], object, "Table | None"]
COLD: Hot = ([], [], [], {}, object(), None)


@attrs.frozen(kw_only=True)
class Table:
    """The sessions of consecutive years; `index` leads from a day to its first session."""

    years: Mapping[int, Rows]
    zone: tzinfo
    starts: list[datetime]
    bases: list[datetime]
    work: list[timedelta]
    index: dict[int, int]

    def find(self, t: datetime) -> int:
        """Return the last session that starts at or before `t`, an instant of an indexed day."""
        k = self.index[t.toordinal()]
        while self.starts[k + 1] <= t:
            k += 1
        return k

    def position(self, t: datetime) -> timedelta:
        """Return the work done from the start of the table to `t`."""
        k = self.find(t)
        return min(t - self.bases[k], self.work[k + 1])

    def end(self, k: int) -> datetime:
        """Return the closing of session k."""
        return self.bases[k] + self.work[k + 1]

    def worked(self, x: datetime, y: datetime) -> list[tuple[datetime, datetime]]:
        """Return what is worked from `x` to `y`, touching sessions joined, as (start, end)."""
        starts, bases, work = self.starts, self.bases, self.work
        found: list[tuple[datetime, datetime]] = []
        k = self.find(x)
        while k < len(bases) and starts[k] < y:
            start, end = starts[k], bases[k] + work[k + 1]
            if start < x:
                start = x
            if end > y:
                end = y
            if start < end:
                if found and found[-1][1] == start:
                    start = found.pop()[0]
                found.append((start, end))
            k += 1
        return found

    def after(self, position: timedelta) -> int:
        """Return the session in which work beyond `position` begins."""
        return bisect_right(self.work, position) - 1


def extended(
    table: Table | None, book: Book | CombinedBook, zone: tzinfo, years: range, edges: range
) -> Table:
    """Return the table of `years`; those in `table` are taken over, not built again.

    `edges` are all years that the calendar covers: beyond them nothing is missing.
    """
    known = table.years if table else {}
    rows = {y: known[y] if y in known else year_rows(book, zone, y) for y in years}
    exact = all(wall_is_exact(zone, y) for y in years)
    if not exact:
        rows = {
            y: tuple((a.astimezone(UTC), b.astimezone(UTC)) for a, b in r) for y, r in rows.items()
        }
    kept = (
        years[0] not in (edges[0],) and (book.passes_midnight or not exact),
        years[-1] not in (edges[-1],) and not exact,
    )
    return _built(rows, zone if exact else UTC, _bounds(years, zone if exact else UTC, zone), kept)


def _bounds(years: range, out: tzinfo, zone: tzinfo) -> tuple[datetime, datetime]:
    first = to_instant(date(years[0], 1, 1), ZERO, zone)
    last = to_instant(date(years[-1], 12, 31), DAY, zone)
    return first.astimezone(out), last.astimezone(out)


def _built(
    rows: Mapping[int, Rows],
    zone: tzinfo,
    bounds: tuple[datetime, datetime],
    unsure: tuple[bool, bool],
) -> Table:
    begin, stop = bounds
    starts, bases, work, total, last = [begin], [begin], [ZERO, ZERO], ZERO, begin
    for start, end in (row for year in rows.values() for row in year):
        opening = start if start >= last else last  # a night may run into the next day's hours
        if opening < end:
            starts.append(opening)
            bases.append(opening - total)
            total += end - opening
            work.append(total)
            last = end
    starts.append(datetime.max.replace(tzinfo=zone))
    first, final = begin.toordinal() + unsure[0], (stop - timedelta.resolution).toordinal()
    index = _indexed(starts, range(first, final + 1 - unsure[1]), zone)
    return Table(years=rows, zone=zone, starts=starts, bases=bases, work=work, index=index)


def _indexed(starts: list[datetime], days: range, zone: tzinfo) -> dict[int, int]:
    index, k = {}, 0
    for day in days:
        midnight = datetime.fromordinal(day).replace(tzinfo=zone)
        while starts[k + 1] <= midnight:
            k += 1
        index[day] = k
    return index


def year_rows(book: Book | CombinedBook, zone: tzinfo, year: int) -> Rows:
    """Return opening and closing of every session that begins in a year, in order."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if isinstance(book, CombinedBook):
        return book.rows(zone, first, last)
    return tuple(book_rows(book, zone, first, last))
