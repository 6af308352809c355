"""The findings of a recalculation: each move with its reasons, and the report by unit (R15).

Values only: as plain data for JSON, and as rows for CSV.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

import attrs

from phananh.articles import Article
from phananh.errors import PhanAnhError, Refusal
from phananh.plain_data import names_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.cleaning import to_vietnam_time
from phananh.regulation.deadline import Deadline, Recount
from phananh.regulation.request import Holder
from phananh.spreadsheet import to_text_cell
from phananh.worktime import WorkCalendar
from phananh.worktime.calendar.day_rules import DayInfo

HEADER = (
    "case", "role", "unit", "holder", "article", "start", "old", "new", "counted", "outcome",
    "cause", "days", "notices", "unexplained", "missing", "old_calendar", "old_version",
    "new_calendar", "new_version", "reasons",
)  # fmt: skip
REPORTED = (
    "dry_run", "at", "read", "moved", "kept", "unexplained", "named_on_day_off", "late_before",
    "units", "moves", "failed", "next",
)  # fmt: skip
_MOVED = ("moved", "would_move")


@attrs.frozen(kw_only=True)
class DeadlineMove(PlainValue):
    """A due time that today's calendar would have otherwise: what moves, or why it stays.

    `outcome` is moved, would_move (a dry run) or kept. If a person is to decide, it is unexplained
    (today's calendar gives no reason), named_on_day_off (the time named to the citizen falls on a
    day off now, R38) or late_before (marked late on the calendar before). `reasons` say why it
    stays. `counted` is the due time on today's calendar, None if none was computed. `days` changed,
    by `notices`. `cause` is day_off, worked_day, other_hours or unexplained. For the days
    `unexplained` the calendar that it was set on had the notices `missing`, as far as that is
    known.
    """

    case: str
    role: str
    unit: str | None
    holder: str | None
    article: str
    start: datetime
    old: datetime
    counted: datetime | None
    outcome: str
    cause: str
    days: tuple[date, ...]
    notices: tuple[str, ...]
    old_calendar: str
    old_version: str
    new_calendar: str
    new_version: str
    reasons: tuple[Refusal, ...] = ()
    unexplained: tuple[date, ...] = ()
    missing: tuple[str, ...] = ()

    @classmethod
    def of_recount(
        cls,
        case: str,
        deadline: Deadline,
        holder: Holder,
        found: Recount,
        *,
        old: datetime,
        outcome: str,
        reasons: tuple[Refusal, ...] = (),
    ) -> Self:
        """Return the outcome for a limit that is due at another time on today's calendar."""
        return cls(
            **_describe_case(case, deadline, holder),
            old=old,
            counted=found.deadline.due,
            outcome=outcome,
            cause=found.cause,
            days=found.days,
            notices=found.notices,
            unexplained=found.unexplained,
            missing=found.missing,
            new_calendar=found.deadline.calendar,
            new_version=found.deadline.version,
            reasons=reasons,
        )

    @classmethod
    def of_day_off(
        cls,
        case: str,
        deadline: Deadline,
        holder: Holder,
        day: DayInfo,
        *,
        old: datetime,
        calendar: WorkCalendar,
    ) -> Self:
        """Return that a time named to the citizen falls on a day off now, and stays (R38)."""
        facts = {"due": to_vietnam_time(old)}
        stays = Refusal(code="promised_time", article=Article("9.3"), facts=facts)
        return cls(
            **_describe_case(case, deadline, holder),
            old=old,
            counted=None,
            outcome="named_on_day_off",
            cause="day_off",
            days=(day.date,),
            notices=(day.source,) if day.source else (),
            new_calendar=calendar.name,
            new_version=calendar.version,
            reasons=(stays,),
        )

    @property
    def new(self) -> datetime | None:
        """The due time after the move, or None if it does not move."""
        return self.counted if self.outcome in _MOVED else None

    @property
    def is_earlier(self) -> bool:
        """Whether time that was promised would be taken away."""
        return self.counted is not None and self.counted < self.old

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        return names_to_plain(self, HEADER, lang)

    def row(self) -> tuple[str, ...]:
        """Return the move as cells under `HEADER`, with lists joined by semicolons.

        A spreadsheet takes no cell for a formula, whatever an id is, even if it splits cells at
        semicolons.
        """
        found = self.as_dict() | {"reasons": [reason.code for reason in self.reasons]}
        cells = (cell if isinstance(cell, list) else [cell or ""] for cell in found.values())
        return tuple(";".join(map(to_text_cell, cell)) for cell in cells)


def _describe_case(case: str, deadline: Deadline, holder: Holder) -> dict[str, Any]:
    return {
        "case": case,
        "role": holder.role.value,
        "unit": holder.unit,
        "holder": holder.id,
        "article": deadline.article,
        "start": deadline.start,
        "old_calendar": deadline.calendar,
        "old_version": deadline.version,
    }


@attrs.frozen(kw_only=True)
class UnitMoves(PlainValue):
    """How many due times of one unit move later or earlier, are kept, or wait for a person."""

    role: str
    unit: str | None
    later: int = 0
    earlier: int = 0
    kept: int = 0
    unexplained: int = 0
    named_on_day_off: int = 0
    late_before: int = 0

    @property
    def to_decide(self) -> int:
        """How many wait for a person."""
        return self.unexplained + self.named_on_day_off + self.late_before

    def with_one(self, move: DeadlineMove) -> "UnitMoves":
        """Return the count with one more."""
        name = move.outcome
        if name in _MOVED:
            name = "earlier" if move.is_earlier else "later"
        return attrs.evolve(self, **{name: getattr(self, name) + 1})


@attrs.frozen(kw_only=True)
class Recalculation(PlainValue):
    """The moves that a recalculation did so far, or in a dry run would do.

    `read` counts the running limits that were looked at. `units` is sorted by role and unit.
    `moves` is empty if they were handed to `on_move`. `failed` are cases that could not be done,
    each to be tried again. `next` resumes after the page that was done last, and is None at the
    end.
    """

    dry_run: bool
    at: datetime
    read: int = 0
    units: tuple[UnitMoves, ...] = ()
    moves: tuple[DeadlineMove, ...] = ()
    failed: tuple[PhanAnhError, ...] = ()
    next: str | None = None

    @property
    def moved(self) -> int:
        """How many due times moved, or would move."""
        return sum(unit.later + unit.earlier for unit in self.units)

    @property
    def kept(self) -> int:
        """How many would be due at another time, but stay as they were set."""
        return sum(unit.kept for unit in self.units)

    @property
    def unexplained(self) -> int:
        """How many stay because today's calendar gives no reason for a day that changed."""
        return sum(unit.unexplained for unit in self.units)

    @property
    def named_on_day_off(self) -> int:
        """How many times named to a citizen fall on a day off now (R38)."""
        return sum(unit.named_on_day_off for unit in self.units)

    @property
    def late_before(self) -> int:
        """How many limits were marked late, but by today's calendar had not run out then."""
        return sum(unit.late_before for unit in self.units)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        return names_to_plain(self, REPORTED, lang)

    def as_csv(self) -> str:
        """Return the moves as CSV with a header."""
        return format_csv((HEADER, *(move.row() for move in self.moves)))


def format_csv(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as lines of CSV."""
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
