"""`phananh recalculate`: what a changed calendar does to the limits that run (R15)."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal

import attrs
import click

from phananh.cli.actors import actors_option, former_hours, hours_by_actor
from phananh.cli.desks import at_option, kept_desk
from phananh.cli.faults import Fault
from phananh.cli.frame import Frame, shared
from phananh.cli.hours import day_of
from phananh.cli.show import Progress, show, table, when
from phananh.cli.spoken import Spoken
from phananh.desk import Desk
from phananh.labels import word
from phananh.moves import HEADER, Move, Recalculation, csv_lines
from phananh.promises import CalendarInUse

_LISTED = 100


@click.command(
    "recalculate", cls=Spoken,
    help="Compare every running limit with the calendar of today, and list what moves. Nothing "
    "is recorded without --apply; again is nothing.",
)  # fmt: skip
@click.option("--apply", "applied", is_flag=True, help="Record the moves.")
@click.option(
    "--earlier", type=click.Choice(("keep", "apply")), default="keep",
    help="Whether a worked day may take away time that was promised (default keep).",
)  # fmt: skip
@click.option(
    "--day", "days", multiple=True, metavar="DATE",
    help="A day that changed; cases that cannot touch one are passed over unread.",
)  # fmt: skip
@click.option("--csv", "as_csv", is_flag=True, help="Print the moves as CSV.")
@click.option("--check", is_flag=True, help="Only list the calendars that open deadlines name.")
@click.option("--resume", metavar="CURSOR", help="Go on where a run was cut.")
@actors_option
@at_option
@shared
@click.pass_obj
def command(
    frame: Frame,
    *,
    applied: bool,
    earlier: Literal["keep", "apply"],
    days: tuple[str, ...],
    as_csv: bool,
    check: bool,
    resume: str | None,
    hours: tuple[str, ...],
    former: tuple[str, ...],
    at: str | None,
) -> int:
    """Recalculate, and say what moved, by case and by unit."""
    if as_csv and frame.json:
        raise Fault("--csv and --json are two forms; give one of them")
    changed, actors = [day_of(day) for day in days], hours_by_actor(hours)
    with kept_desk(frame, hours="A", at=at) as kept:
        desk = attrs.evolve(kept, calendar=actors, former=former_hours(former))
        if check:
            return _checked(frame, desk)
        if applied:  # one that is unknown stops everything before anything has moved
            _checking(frame, desk)
        told = _Told(frame, as_csv=as_csv)
        with _running(frame) as on_page:
            report = desk.recalculate(
                dry_run=not applied,
                earlier=earlier,
                days=changed,
                after=resume,
                on_move=told.take,
                on_page=on_page,
            )
    told.end(report)
    for failure in report.failed:
        frame.note(frame.say("not moved: {problem}", problem=failure))
    return 3 if report.failed else 0


@contextmanager
def _running(frame: Frame) -> Iterator[Callable[[Recalculation], None]]:
    """Show how far it is; where it is cut, say how to go on."""
    cursor: list[str] = []
    with Progress(frame, "limits looked at") as progress:

        def on_page(report: Recalculation) -> None:
            cursor[:] = [report.next] if report.next else []
            progress.reach(report.read)

        try:
            yield on_page
        except BaseException:
            if cursor:
                said = "what was done is kept; go on with --resume {cursor}"
                frame.note(frame.say(said, cursor=shlex.quote(cursor[0])))
            raise


def _checking(frame: Frame, desk: Desk) -> tuple[CalendarInUse, ...]:
    with Progress(frame, "limits looked at") as progress:
        return desk.check_calendars(on_page=progress.reach)


def _checked(frame: Frame, desk: Desk) -> int:
    used = _checking(frame, desk)
    if frame.json:
        for use in used:
            frame.row(use.as_dict())
        return 0
    heads = [frame.say(head) for head in ("Calendar", "Version", "Deadlines", "At hand", "Cases")]
    rows = (
        (
            use.name,
            use.version,
            f"{use.deadlines:,}",
            frame.say("yes" if use.is_at_hand else "no"),
            ", ".join(use.cases) + (", ..." if use.deadlines > len(use.cases) else ""),
        )
        for use in used
    )
    if used:
        show(frame, table(heads, rows))
    frame.line(frame.say("calendars in use: {n}, all known", n=len(used)))
    return 0


class _Told:
    """Prints moves as they come: rows of CSV or JSON at once, the first hundred as a table."""

    def __init__(self, frame: Frame, *, as_csv: bool) -> None:
        """Print the header of the CSV."""
        self._frame = frame
        self._csv = as_csv
        self._first: list[Move] = []
        self._count = 0
        if as_csv:
            frame.out(csv_lines([HEADER]), nl=False)

    def take(self, move: Move) -> None:
        """Print a move, or keep it for the table."""
        self._count += 1
        if self._csv:
            self._frame.out(csv_lines([move.row()]), nl=False)
        elif self._frame.json:
            self._frame.row(move.as_dict())
        elif self._count <= _LISTED:
            self._first.append(move)

    def end(self, report: Recalculation) -> None:
        """Print the table and the sums; beside CSV the sums go to standard error."""
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
        sums = {name: f"{getattr(report, name):,}" for name in ("moved", "kept", "read")}
        (frame.note if self._csv else frame.line)(frame.say(said, **sums))

    def _tables(self, report: Recalculation) -> None:
        frame = self._frame
        heads = [frame.say(h) for h in ("Case", "Unit", "Was due", "Is due", "Days", "Why")]
        if self._first:
            show(frame, table(heads, (_cells(frame, move) for move in self._first)))
        if self._count > _LISTED:
            more = f"{self._count - _LISTED:,}"
            frame.line(frame.say("and {n} more; --csv lists them all", n=more))
        if report.units:
            heads = [frame.say(h) for h in ("Holder", "Unit", "Later", "Earlier", "Kept")]
            rows = (
                (word("role", u.role, frame.lang), u.unit or "-",
                 *(f"{n:,}" for n in (u.later, u.earlier, u.kept)))
                for u in report.units
            )  # fmt: skip
            show(frame, table(heads, rows))


def _cells(frame: Frame, move: Move) -> tuple[str, ...]:
    lang = frame.lang
    why = [word("cause", move.cause, lang), *move.notices]
    why += [f"{frame.say('kept')}: {reason.text(lang)}" for reason in move.reasons]
    return (
        move.case,
        move.unit or move.holder or "-",
        when(move.old, lang),
        when(move.new, lang),
        ", ".join(_day(day, lang) for day in move.days),
        "; ".join(why),
    )


def _day(day: date, lang: str) -> str:
    return f"{day:%d/%m/%Y}" if lang == "vi" else day.isoformat()
