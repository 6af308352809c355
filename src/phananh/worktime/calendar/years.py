"""Which years a calendar has loaded, and the limits of what it covers.

A year is built when an instant or a budget first needs it. The table is replaced by one
assignment: two threads may build the same years, neither sees a half, and the order in
which years were asked for changes no answer.
"""

from datetime import date, datetime, timedelta, tzinfo

import attrs

from phananh.errors import CoverageError
from phananh.worktime.calendar.combined import CombinedDayRules
from phananh.worktime.calendar.day_rules import DayRules, Unsettled
from phananh.worktime.calendar.never_open import check_continues
from phananh.worktime.calendar.table import COLD, SLOTS, ZERO, FastPath, Table, extend
from phananh.worktime.instants import require_aware
from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY


@attrs.define(kw_only=True, eq=False)
class Years:
    """The loaded years of one calendar. Its quick paths read `hot`."""

    name: str
    day_rules: DayRules | CombinedDayRules
    zone: tzinfo
    first: date
    last: date
    strict: bool
    hot: FastPath = COLD
    arrays: tuple[Table, object] | None = None  # of the bulk path, for one table

    def check_covered(self, day: date) -> None:
        """Refuse a day outside the calendar."""
        if not self.first <= day <= self.last:
            raise self.not_covered(day)

    def not_covered(
        self, day: date | str, code: str = "days_unknown", **facts: object
    ) -> CoverageError:
        """Return the error for a day that is not covered, and why."""
        return CoverageError(
            calendar=self.name,
            day=str(day),
            first=self.first.isoformat(),
            last=self.last.isoformat(),
            code=code,
            **facts,
        )

    def unsettled_error(self, found: Unsettled) -> CoverageError:
        """Return the error of a strict calendar for a day that a notice may still move."""
        return CoverageError(
            calendar=self.name,
            day=found.day.isoformat(),
            first=max(self.first, self.day_rules.known_from).isoformat(),
            last=self.day_rules.known_through.isoformat(),
            code=found.code,
            document=found.document,
            through=self.day_rules.known_through,
        )

    def local(self, t: datetime, field: str = "t") -> datetime:
        """Return an instant on the calendar's own clock, if it is covered."""
        try:
            local = require_aware(t, field).astimezone(self.zone)
        except OverflowError:
            raise self.not_covered(f"{t.year:04d}") from None
        self.check_covered(local.date())
        return local

    def locate(self, t: datetime, table: Table | None = None) -> tuple[datetime, Table]:
        """Return `t` in the zone of a table with its day in the index, and that table.

        The table has all that the given one has, which defaults to that of the loaded years.
        """
        local, table = self.local(t), table or self.hot[5]
        near: tuple[datetime, ...] = (local,)
        while table is None or local.astimezone(table.zone).toordinal() not in table.days:
            years = [self._clip(day.year) for day in near] + list(table.years if table else ())
            table = self._load(range(min(years), max(years) + 1), table)
            near = (local - 2 * DAY, local, local + DAY)  # a night, a day of UTC, across New Year
        return local.astimezone(table.zone), table

    def locate_both(self, a: datetime, b: datetime) -> tuple[datetime, datetime, Table]:
        """Return two instants in the zone of one table that has the days of both."""
        x, table = self.locate(require_aware(a, "a"))
        y, table = self.locate(require_aware(b, "b"), table)
        return x.astimezone(table.zone), y, table

    def _clip(self, year: int) -> int:
        return min(max(year, self.first.year), self.last.year)

    def _load(self, years: range, table: Table | None) -> Table:
        table = extend(table, self.day_rules, self.zone, years, (self.first, self.last))
        ends = table.years[0] == self.first.year or table.years[-1] == self.last.year
        # The slow path has to check: if strict, and if a day of UTC is covered in part.
        looks = self.strict or (ends and table.zone is not self.zone)
        zone = object() if looks else table.zone
        first = table.days.start * SLOTS
        self.hot = (table.bases, table.ends, table.index, first, zone, table)
        return table

    def grow(self, table: Table, towards: int, x: datetime) -> Table:
        """Return a table that reaches further into the future (1) or the past (-1)."""
        check_continues(self.day_rules, towards, self.name, table.years)
        first, last = min(table.years), max(table.years)
        more = max(1, (last - first) // 2)
        low, high = (first, last + more) if towards > 0 else (first - more, last)
        years = range(self._clip(low), self._clip(high) + 1)
        if len(years) == len(table.years):
            edge = self.last if towards > 0 else self.first
            raise self.not_covered(edge + DAY * towards, "covered_until", start=x.date())
        return self._load(years, table)

    def move(self, t: datetime, w: timedelta) -> datetime:
        """Return the instant `w` of work after `t`, or before it if negative."""
        x, table = self.locate(t)
        if w == ZERO:
            return t
        self._check_within_range(x, w)
        return in_zone_of(
            self._forward(x, table, w) if w > ZERO else self._backward(x, table, w), t
        )

    def _check_within_range(self, x: datetime, w: timedelta) -> None:
        """Refuse a budget longer than all covered time, before any year is loaded."""
        day = self.last if w > ZERO else self.first
        edge = to_instant(day, DAY if w > ZERO else ZERO, self.zone)
        if w > edge - x if w > ZERO else w < edge - x:
            towards = DAY if w > ZERO else -DAY
            raise self.not_covered(day + towards, "budget_beyond", budget=w, start=x.date())

    def _forward(self, x: datetime, table: Table, w: timedelta) -> datetime:
        while (p := table.position(x) + w) > table.ends[-1]:
            table = self.grow(table, 1, x)
            x = x.astimezone(table.zone)
        return table.earliest(p)

    def _backward(self, x: datetime, table: Table, w: timedelta) -> datetime:
        while (p := table.position(x) + w) < table.floor:
            table = self.grow(table, -1, x)
            x = x.astimezone(table.zone)
        return table.latest(p)


def in_zone_of(instant: datetime, model: datetime) -> datetime:
    """Return an instant in the zone of the caller's datetime."""
    return instant if instant.tzinfo is model.tzinfo else instant.astimezone(model.tzinfo)
