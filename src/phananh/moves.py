"""What a recalculation found: each move with its reasons, and the report by unit (R15).

Values only: as plain data for JSON, and as rows for CSV.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import attrs

from phananh.errors import PhanAnhError, Refusal

HEADER = (
    "case", "role", "unit", "holder", "article", "start", "old", "new", "outcome", "cause",
    "days", "notices", "old_calendar", "old_version", "new_calendar", "new_version", "reasons",
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Move:
    """A due time that today's calendar would have otherwise: what moves, or why it stays.

    `outcome` is moved, would_move (a dry run) or kept; `reasons` say why it is kept. `days`
    changed, by `notices`; `cause` is day_off, worked_day or other_hours.
    """

    case: str
    role: str
    unit: str | None
    holder: str | None
    article: str
    start: datetime
    old: datetime
    new: datetime
    outcome: str
    cause: str
    days: tuple[date, ...]
    notices: tuple[str, ...]
    old_calendar: str
    old_version: str
    new_calendar: str
    new_version: str
    reasons: tuple[Refusal, ...] = ()

    @property
    def is_earlier(self) -> bool:
        """Whether time that was promised would be taken away."""
        return self.new < self.old

    def as_dict(self) -> dict[str, Any]:
        """Return the move as plain data: instants in ISO 8601, reasons with their articles."""
        found = {name: getattr(self, name) for name in HEADER}
        for name in ("start", "old", "new"):
            found[name] = found[name].isoformat()
        found["days"] = [day.isoformat() for day in self.days]
        found["notices"] = list(self.notices)
        found["reasons"] = [reason.as_dict() for reason in self.reasons]
        return found

    def row(self) -> tuple[str, ...]:
        """Return the move as cells under `HEADER`; lists are joined by semicolons."""
        found = self.as_dict() | {"reasons": [reason.code for reason in self.reasons]}
        return tuple(
            ";".join(cell) if isinstance(cell, list) else cell or "" for cell in found.values()
        )


@attrs.frozen(kw_only=True)
class UnitMoves:
    """How many due times of one unit move later or earlier, and how many are kept."""

    role: str
    unit: str | None
    later: int = 0
    earlier: int = 0
    kept: int = 0

    def with_one(self, move: Move) -> "UnitMoves":
        """Return the count with one more."""
        if move.outcome == "kept":
            return attrs.evolve(self, kept=self.kept + 1)
        if move.is_earlier:
            return attrs.evolve(self, earlier=self.earlier + 1)
        return attrs.evolve(self, later=self.later + 1)

    def as_dict(self) -> dict[str, Any]:
        """Return the count as plain data."""
        return attrs.asdict(self)


@attrs.frozen(kw_only=True)
class Recalculation:
    """What a recalculation did, or in a dry run would do, so far.

    `read` counts the running limits that were looked at; `units` is sorted by role and unit;
    `moves` is empty where they were handed to `on_move`; `failed` are cases that could not be
    done, each to be tried again. `next` resumes after the page that was done last; None: done.
    """

    dry_run: bool
    at: datetime
    read: int = 0
    units: tuple[UnitMoves, ...] = ()
    moves: tuple[Move, ...] = ()
    failed: tuple[PhanAnhError, ...] = ()
    next: str | None = None

    @property
    def moved(self) -> int:
        """How many due times moved, or would move."""
        return sum(unit.later + unit.earlier for unit in self.units)

    @property
    def kept(self) -> int:
        """How many would be due otherwise, but stay as they were told."""
        return sum(unit.kept for unit in self.units)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "dry_run": self.dry_run,
            "at": self.at.isoformat(),
            "read": self.read,
            "moved": self.moved,
            "kept": self.kept,
            "units": [unit.as_dict() for unit in self.units],
            "moves": [move.as_dict() for move in self.moves],
            "failed": [error.as_dict() for error in self.failed],
            "next": self.next,
        }

    def as_csv(self) -> str:
        """Return the moves as CSV with a header."""
        return csv_lines((HEADER, *(move.row() for move in self.moves)))


def csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as lines of CSV."""
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
