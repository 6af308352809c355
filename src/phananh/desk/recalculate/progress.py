"""The options of a recalculation, and its findings so far (R15). Its size stays small."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import attrs

from phananh.desk.recalculate.report import DeadlineMove, Recalculation, UnitMoves
from phananh.errors import PhanAnhError
from phananh.stores.base import IndexRow
from phananh.worktime import WorkCalendar
from phananh.worktime.localtime import VIETNAM

_TOO_MANY = 100  # so many failures in a row: the engine, or the calendar, is at fault
_DAY = timedelta(days=1)
# the versions of today's calendar and of the deadline's, its name, and the day it was set
CalendarKey = tuple[str, str, str, date]


@attrs.define(kw_only=True)
class Progress:
    """The options, and the findings so far. Its size does not grow with the store.

    `days` changed, and `spare` is how long after the due time one can still touch a limit.
    """

    dry_run: bool
    earlier: bool
    unexplained: bool
    at: datetime | None
    started: datetime
    days: tuple[date, ...]
    spare: timedelta
    on_move: Callable[[DeadlineMove], None] | None
    read: int = 0
    units: dict[tuple[str, str], UnitMoves] = attrs.Factory(dict)
    moves: list[DeadlineMove] = attrs.Factory(list)
    failed: list[PhanAnhError] = attrs.Factory(list)
    failures_in_a_row: int = 0
    moved_later: set[str] = attrs.Factory(set)  # moved to a later time, and so met again there
    former: dict[CalendarKey, WorkCalendar | None] = attrs.Factory(dict)

    def report(self, cursor: str | None) -> Recalculation:
        """Return the findings so far."""
        return Recalculation(
            dry_run=self.dry_run,
            at=self.started,
            read=self.read,
            units=tuple(self.units[key] for key in sorted(self.units)),
            moves=tuple(self.moves),
            failed=tuple(self.failed),
            next=cursor,
        )

    def note(self, move: DeadlineMove) -> None:
        """Count a move, and hand it on."""
        self.failures_in_a_row = 0
        key = (move.role, move.unit or "")
        unit = self.units.get(key) or UnitMoves(role=move.role, unit=move.unit)
        self.units[key] = unit.with_one(move)
        if move.outcome == "moved" and not move.is_earlier:
            self.moved_later.add(move.case)
        if self.on_move is None:
            self.moves.append(move)
        else:
            self.on_move(move)

    def fail(self, error: PhanAnhError) -> None:
        """Keep the error of a case, and raise it if case after case fails."""
        self.failures_in_a_row += 1
        if self.failures_in_a_row >= _TOO_MANY:
            raise error
        self.failed.append(error)

    def has_to_read(self, row: IndexRow) -> bool:
        """Return whether a case has to be read: it was not, and its limit may cross a day."""
        if row.case in self.moved_later:
            self.moved_later.remove(row.case)
            return False
        if not self.days or row.due is None:
            return row.due is not None
        first = row.received_at.astimezone(VIETNAM).date() - _DAY
        last = row.due.astimezone(VIETNAM).date() + self.spare
        return any(first <= day <= last for day in self.days)

    def has_to_read_late(self, row: IndexRow) -> bool:
        """Return whether a late case has to be read: a day changed since it was received."""
        first = row.received_at.astimezone(VIETNAM).date() - _DAY
        return not self.days or any(first <= day for day in self.days)
