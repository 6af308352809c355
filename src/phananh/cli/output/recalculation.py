"""The output of `phananh recalculate`: rows of CSV or JSON, or tables (R15).

Cases for a person to decide have their own part, each kind under a line that says what to do.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import attrs
from rich.console import RenderableType

from phananh.cli.context import RunContext
from phananh.cli.escaping import escape_control
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import make_table
from phananh.cli.output.times import format_instant
from phananh.desk.recalculate import HEADER, DeadlineMove, Recalculation, format_csv
from phananh.messages.labels import word
from phananh.worktime.phrases import cite, format_date

_LISTED = 100
_Cells = Callable[[RunContext, DeadlineMove], tuple[str, ...]]


@attrs.define
class MovePrinter:
    """Prints moves as they come: rows of CSV or JSON at once, the first hundred as a table."""

    context: RunContext
    as_csv: bool
    _first: dict[str, list[DeadlineMove]] = attrs.field(factory=dict, init=False)
    _count: dict[str, int] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Print the header of the CSV."""
        if self.as_csv:
            self.context.write(format_csv([HEADER]), nl=False)

    def take(self, move: DeadlineMove) -> None:
        """Print a move, or keep it for the table."""
        kind = move.outcome if move.outcome in _TO_DECIDE else "counted"
        self._count[kind] = self._count.get(kind, 0) + 1
        if self.as_csv:
            self.context.write(format_csv([map(escape_control, move.row())]), nl=False)
        elif self.context.json:
            self.context.write_json(move.as_dict())
        elif self._count[kind] <= _LISTED:
            self._first.setdefault(kind, []).append(move)

    def end(self, report: Recalculation) -> None:
        """Print the tables and the sums. Beside CSV the sums go to standard error."""
        if self.as_csv:
            for line in self._sums(report):
                self.context.write_aside(line)
            return
        facts: dict[str, Any] = report.as_dict()
        facts.pop("moves")
        emit(self.context, [facts], self._texts(report))

    def _sums(self, report: Recalculation) -> Iterator[str]:
        code = "would_move" if report.dry_run else "moved"
        yield self.context.say(code, **_counts(report, "moved", "kept", "read"))
        if any(unit.to_decide for unit in report.units):
            yield self.context.say("to_decide", **_counts(report, *_TO_DECIDE))

    def _texts(self, report: Recalculation) -> Iterator[RenderableType]:
        yield from self._table("counted", ("case", "unit", "was_due", "is_due", "days", "why"),
                               _counted_cells)  # fmt: skip
        for kind, (heads, cells) in _TO_DECIDE.items():
            if kind in self._first:
                yield self.context.say(f"decide.{kind}")
                yield from self._table(kind, heads, cells)
        if report.units:
            yield _unit_table(self.context, report)
        yield from self._sums(report)

    def _table(self, kind: str, heads: tuple[str, ...], cells: _Cells) -> Iterator[RenderableType]:
        moves = self._first.get(kind, [])
        if moves:
            yield make_table(self.context, heads, (cells(self.context, each) for each in moves))
        if self._count.get(kind, 0) > _LISTED:
            yield self.context.say("more_moves", n=f"{self._count[kind] - _LISTED:,}")


def _unit_table(context: RunContext, report: Recalculation) -> RenderableType:
    rows = (
        (word("role", u.role, context.lang), u.unit or "-",
         *(f"{n:,}" for n in (u.later, u.earlier, u.kept, u.to_decide)))
        for u in report.units
    )  # fmt: skip
    return make_table(context, ("holder", "unit", "later", "earlier", "kept", "decide"), rows)


def _counts(report: Recalculation, *names: str) -> dict[str, str]:
    return {name: f"{getattr(report, name):,}" for name in names}


def _first_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    return (move.case, move.unit or move.holder or "-", format_instant(move.old, context.lang))


def _counted_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    lang = context.lang
    why = [word("cause", move.cause, lang), *_cite_all(move.notices, lang)]
    why += [f"{context.say('kept')}: {reason.text(lang)}" for reason in move.reasons]
    new = format_instant(move.new, lang) if move.new else ""
    return (*_first_cells(context, move), new, _list_days(move.days, lang), "; ".join(why))


def _unexplained_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    counted = format_instant(move.counted, context.lang)
    days = _list_days(move.unexplained, context.lang)
    missing = ", ".join(_cite_all(move.missing, context.lang)) or "?"
    set_on = f"{move.old_calendar} {move.old_version}"
    return (*_first_cells(context, move), counted, days, set_on, missing)


def _named_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    days = _list_days(move.days, context.lang)
    notices = ", ".join(_cite_all(move.notices, context.lang)) or "-"
    return (*_first_cells(context, move), days, notices)


def _late_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    lang = context.lang
    counted, days = format_instant(move.counted, lang), _list_days(move.days, lang)
    why = [word("cause", move.cause, lang), *_cite_all(move.notices, lang)]
    why += [reason.text(lang) for reason in move.reasons]
    return (*_first_cells(context, move), counted, days, "; ".join(why))


def _cite_all(documents: tuple[str, ...], lang: str) -> list[str]:
    return [cite(document, None, lang) for document in documents]


def _list_days(days: tuple[date, ...], lang: str) -> str:
    return ", ".join(format_date(day, lang) for day in days)


# outcome that a person is to decide: the heads of its table, and its cells
_TO_DECIDE: dict[str, tuple[tuple[str, ...], _Cells]] = {
    "unexplained": (
        ("case", "unit", "due", "counted", "days", "set_on", "missing"), _unexplained_cells
    ),
    "named_on_day_off": (
        ("case", "unit", "promised", "day_off", "by_notice"), _named_cells
    ),
    "late_before": (
        ("case", "unit", "was_due", "counted", "days", "why"), _late_cells
    ),
}  # fmt: skip
