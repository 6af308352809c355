"""`phananh recalculate`: what a changed calendar does to the limits that run (R15)."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import attrs
import click

from phananh.cli.context import RunContext, shared
from phananh.cli.errors import CommandError
from phananh.cli.options.actors import actors_option, former_hours, hours_by_actor
from phananh.cli.options.hours import day_of
from phananh.cli.options.open_desk import at_option, kept_desk
from phananh.cli.output.recalculation import Told
from phananh.cli.output.terminal import Progress, show, table
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.calendars import CalendarInUse
from phananh.desk.desk import Desk
from phananh.desk.recalculate.report import Recalculation


@click.command(
    "recalculate", cls=TranslatedCommand,
    help="Compare every running limit with the calendar of today, and list what moves. Nothing "
    "is recorded without --apply; again is nothing.",
)  # fmt: skip
@click.option("--apply", "applied", is_flag=True, help="Record the moves.")
@click.option(
    "--earlier", type=click.Choice(("keep", "apply")), default="keep",
    help="Whether a worked day may take away time that was promised (default keep).",
)  # fmt: skip
@click.option(
    "--unexplained", type=click.Choice(("keep", "apply")), default="keep",
    help="Whether a limit moves although no notice explains the day that changed: it was "
    "withdrawn, or the hours were changed (default keep).",
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
    frame: RunContext,
    *,
    applied: bool,
    earlier: Literal["keep", "apply"],
    unexplained: Literal["keep", "apply"],
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
        raise CommandError("--csv and --json are two forms; give one of them")
    changed, actors = [day_of(day) for day in days], hours_by_actor(hours)
    with kept_desk(frame, hours="A", at=at) as kept:
        desk = attrs.evolve(kept, calendar=actors, former=former_hours(former))
        if check:
            return _checked(frame, desk)
        if applied:  # one that is unknown stops everything before anything has moved
            _checking(frame, desk)
        told = Told(frame, as_csv=as_csv)
        with _running(frame, resume) as on_page:
            report = desk.recalculate(
                dry_run=not applied,
                earlier=earlier,
                unexplained=unexplained,
                days=changed,
                after=resume,
                on_move=told.take,
                on_page=on_page,
            )
    told.end(report)
    for failure in report.failed:
        frame.note(frame.say("not moved: {problem}", problem=failure))
    return 3 if report.failed or (applied and report.unexplained) else 0


@contextmanager
def _running(frame: RunContext, resume: str | None) -> Iterator[Callable[[Recalculation], None]]:
    """Show how far it is; where it is cut, say how to go on."""
    cursor, any_page = resume, False
    with Progress(frame, "limits looked at") as progress:

        def on_page(report: Recalculation) -> None:
            nonlocal cursor, any_page
            cursor, any_page = report.next, True
            progress.reach(report.read)

        try:
            yield on_page
        except BaseException as cut:
            if any_page or isinstance(cut, KeyboardInterrupt):
                _say_how_to_go_on(frame, cursor, all_done=any_page and cursor is None)
            raise


def _say_how_to_go_on(frame: RunContext, cursor: str | None, *, all_done: bool) -> None:
    if cursor:
        said = "what was done is kept; go on with --resume {cursor}"
        frame.note(frame.say(said, cursor=shlex.quote(cursor)))
    elif not all_done:
        frame.note(frame.say("what was done is kept; run it again"))


def _checking(frame: RunContext, desk: Desk) -> tuple[CalendarInUse, ...]:
    with Progress(frame, "limits looked at") as progress:
        return desk.check_calendars(on_page=progress.reach)


def _checked(frame: RunContext, desk: Desk) -> int:
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
    frame.line(frame.say("calendars in use: {n}, all known by name", n=len(used)))
    absent = [f"{use.name} {use.version}" for use in used if not use.is_at_hand]
    if absent:
        said = (
            "not at hand as they were: {versions}; to explain those deadlines give the same "
            "--hours and --notices, or --former"
        )
        frame.line(frame.say(said, versions=", ".join(absent)))
    return 0
