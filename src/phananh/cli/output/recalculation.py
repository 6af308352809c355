"""What `phananh recalculate` found, as it is printed: rows of CSV or JSON, or tables (R15).

What a person is to decide stands by itself, each kind under a line that says what to do.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from phananh.cli.context import RunContext
from phananh.cli.output.terminal import show, table, when
from phananh.desk.recalculate.report import HEADER, DeadlineMove, Recalculation, format_csv
from phananh.messages.labels import word

_LISTED = 100
_Cells = Callable[[RunContext, DeadlineMove], tuple[str, ...]]


class Told:
    """Prints moves as they come: rows of CSV or JSON at once, the first hundred as a table."""

    def __init__(self, frame: RunContext, *, as_csv: bool) -> None:
        """Print the header of the CSV."""
        self._frame = frame
        self._csv = as_csv
        self._first: dict[str, list[DeadlineMove]] = {}
        self._count: dict[str, int] = {}
        if as_csv:
            frame.out(format_csv([HEADER]), nl=False)

    def take(self, move: DeadlineMove) -> None:
        """Print a move, or keep it for the table."""
        kind = move.outcome if move.outcome in _TO_DECIDE else "counted"
        self._count[kind] = self._count.get(kind, 0) + 1
        if self._csv:
            self._frame.out(format_csv([move.row()]), nl=False)
        elif self._frame.json:
            self._frame.row(move.as_dict())
        elif self._count[kind] <= _LISTED:
            self._first.setdefault(kind, []).append(move)

    def end(self, report: Recalculation) -> None:
        """Print the tables and the sums; beside CSV the sums go to standard error."""
        frame = self._frame
        if frame.json:
            facts: dict[str, Any] = report.as_dict()
            frame.row({key: value for key, value in facts.items() if key != "moves"})
            return
        if not self._csv:
            self._tables(report)
        said = "would move: {moved}, kept: {kept}, of {read} running limits; --apply records it"
        if not report.dry_run:
            said = "moved: {moved}, kept: {kept}, of {read} running limits"
        line = frame.note if self._csv else frame.line
        line(frame.say(said, **_sums(report, "moved", "kept", "read")))
        if any(unit.to_decide for unit in report.units):
            said = (
                "for a person to decide: {unexplained} not explained, {named_on_day_off} promised "
                "on a day off now, {late_before} marked late before"
            )
            line(frame.say(said, **_sums(report, *_TO_DECIDE)))

    def _tables(self, report: Recalculation) -> None:
        frame = self._frame
        self._table("counted", ("Case", "Unit", "Was due", "Is due", "Days", "Why"), _counted)
        for kind, (said, heads, cells) in _TO_DECIDE.items():
            if kind in self._first:
                frame.line(frame.say(said))
                self._table(kind, heads, cells)
        if report.units:
            named = [frame.say(h) for h in ("Holder", "Unit", "Later", "Earlier", "Kept", "Decide")]
            rows = (
                (word("role", u.role, frame.lang), u.unit or "-",
                 *(f"{n:,}" for n in (u.later, u.earlier, u.kept, u.to_decide)))
                for u in report.units
            )  # fmt: skip
            show(frame, table(named, rows))

    def _table(self, kind: str, heads: tuple[str, ...], cells: _Cells) -> None:
        frame, moves = self._frame, self._first.get(kind, [])
        if moves:
            said = [frame.say(head) for head in heads]
            show(frame, table(said, (cells(frame, move) for move in moves)))
        if self._count.get(kind, 0) > _LISTED:
            more = f"{self._count[kind] - _LISTED:,}"
            frame.line(frame.say("and {n} more; --csv lists them all", n=more))


def _sums(report: Recalculation, *names: str) -> dict[str, str]:
    return {name: f"{getattr(report, name):,}" for name in names}


def _whose(frame: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    return (move.case, move.unit or move.holder or "-", when(move.old, frame.lang))


def _counted(frame: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    lang = frame.lang
    why = [word("cause", move.cause, lang), *move.notices]
    why += [f"{frame.say('kept')}: {reason.text(lang)}" for reason in move.reasons]
    new = when(move.new, lang) if move.new else ""
    return (*_whose(frame, move), new, _days(move.days, lang), "; ".join(why))


def _unexplained(frame: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    counted = when(move.counted, frame.lang) if move.counted else "-"
    days, missing = _days(move.unexplained, frame.lang), ", ".join(move.missing) or "?"
    set_on = f"{move.old_calendar} {move.old_version}"
    return (*_whose(frame, move), counted, days, set_on, missing)


def _named(frame: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    return (*_whose(frame, move), _days(move.days, frame.lang), ", ".join(move.notices) or "-")


def _late(frame: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    lang = frame.lang
    counted = when(move.counted, lang) if move.counted else "-"
    why = [word("cause", move.cause, lang), *move.notices, *(r.text(lang) for r in move.reasons)]
    return (*_whose(frame, move), counted, _days(move.days, lang), "; ".join(why))


# outcome: what to do about it, the heads of its table, and its cells
_TO_DECIDE: dict[str, tuple[str, tuple[str, ...], _Cells]] = {
    "unexplained": (
        "Not moved, as today's calendar gives no reason for a day that changed. Most likely a "
        "notice is missing: give it with --notices, or the calendar as it was with --former. "
        "Where it was really withdrawn, or the hours were changed: --unexplained apply.",
        ("Case", "Unit", "Due", "Counted today", "Days", "Set on", "Missing"),
        _unexplained,
    ),
    "named_on_day_off": (
        "The time promised to the citizen falls on a day off now, and stays: call the citizen.",
        ("Case", "Unit", "Promised", "Day off now", "By notice"),
        _named,
    ),
    "late_before": (
        "Marked late before the calendar changed; by today's calendar it had not run out then. "
        "It stays late; a person is to decide what follows from it.",
        ("Case", "Unit", "Was due", "Counted today", "Days", "Why"),
        _late,
    ),
}


def _days(days: tuple[date, ...], lang: str) -> str:
    return ", ".join(f"{day:%d/%m/%Y}" if lang == "vi" else day.isoformat() for day in days)
