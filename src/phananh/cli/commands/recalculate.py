"""`phananh recalculate`: the effect of a changed calendar on the running limits (R15)."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import attrs
import click
from rich.console import RenderableType

from phananh.cli.context import RunContext, shared_options
from phananh.cli.errors import CommandError
from phananh.cli.input.parsing import parse_day
from phananh.cli.options.actors import actors_option, former_hours, hours_by_actor
from phananh.cli.options.open_desk import at_option, open_desk
from phananh.cli.output.emit import emit
from phananh.cli.output.recalculation import MovePrinter
from phananh.cli.output.terminal import Progress, make_table
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.calendars import CalendarInUse
from phananh.desk.desk import Desk
from phananh.desk.recalculate import Recalculation


@click.command("recalculate", cls=TranslatedCommand, help="recalculate.help")
@click.option("--apply", "applied", is_flag=True, help="recalculate.apply")
@click.option(
    "--earlier", type=click.Choice(("keep", "apply")), default="keep", help="recalculate.earlier"
)
@click.option(
    "--unexplained", type=click.Choice(("keep", "apply")), default="keep",
    help="recalculate.unexplained",
)  # fmt: skip
@click.option("--day", "days", multiple=True, metavar="DATE", help="recalculate.day")
@click.option("--csv", "as_csv", is_flag=True, help="recalculate.csv")
@click.option("--check", is_flag=True, help="recalculate.check")
@click.option("--resume", metavar="CURSOR", help="recalculate.resume")
@actors_option
@at_option
@shared_options
@click.pass_obj
def command(
    context: RunContext,
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
    ignored = applied or as_csv or days or resume or "apply" in (earlier, unexplained)
    _check_options(context, as_csv=as_csv, is_alone=not (check and ignored))
    changed, actors = [parse_day(day) for day in days], hours_by_actor(hours)
    with open_desk(context, hours="A", at=at) as opened:
        desk = attrs.evolve(opened, calendar=actors, former=former_hours(former))
        # One that is unknown stops everything before anything has moved.
        used = _check_calendars(context, desk) if check or applied else ()
        if check:
            emit(context, used, _calendar_texts(context, used))
            return 0
        printer = MovePrinter(context, as_csv)
        with _show_progress(context, resume) as on_page:
            report = desk.recalculate(
                dry_run=not applied,
                earlier=earlier,
                unexplained=unexplained,
                days=changed,
                after=resume,
                on_move=printer.take,
                on_page=on_page,
            )
    printer.end(report)
    for failure in report.failed:
        context.warn("not_moved", problem=failure)
    return 3 if report.failed or (applied and report.unexplained) else 0


def _check_options(context: RunContext, *, as_csv: bool, is_alone: bool) -> None:
    """Refuse two forms at once, and `--check` beside options that it would ignore."""
    if as_csv and context.json:
        raise CommandError("csv_or_json")
    if not is_alone:
        raise click.UsageError(context.say("check_alone"))


@contextmanager
def _show_progress(
    context: RunContext, resume: str | None
) -> Iterator[Callable[[Recalculation], None]]:
    """Show the progress, and after an interrupt how to go on."""
    cursor, any_page = resume, False
    with Progress(context, "limits_read") as progress:

        def on_page(report: Recalculation) -> None:
            nonlocal cursor, any_page
            cursor, any_page = report.next, True
            progress.advance_to(report.read)

        try:
            yield on_page
        except BaseException as cut:
            if any_page or isinstance(cut, KeyboardInterrupt):
                _say_how_to_go_on(context, cursor, all_done=any_page and cursor is None)
            raise


def _say_how_to_go_on(context: RunContext, cursor: str | None, *, all_done: bool) -> None:
    if cursor:
        context.warn("resume_with", cursor=shlex.quote(cursor))
    elif not all_done:
        context.warn("run_again")


def _check_calendars(context: RunContext, desk: Desk) -> tuple[CalendarInUse, ...]:
    with Progress(context, "limits_read") as progress:
        return desk.check_calendars(on_page=progress.advance_to)


def _calendar_texts(
    context: RunContext, used: tuple[CalendarInUse, ...]
) -> Iterator[RenderableType]:
    names = ("calendar", "version", "deadlines", "at_hand", "cases")
    rows = (
        (
            use.name,
            use.version,
            f"{use.deadlines:,}",
            context.say("yes" if use.is_at_hand else "no"),
            ", ".join(use.cases) + (", ..." if use.deadlines > len(use.cases) else ""),
        )
        for use in used
    )
    if used:
        yield make_table(context, names, rows)
    yield context.say("calendars_in_use", n=len(used))
    absent = tuple(f"{use.name} {use.version}" for use in used if not use.is_at_hand)
    if absent:
        yield context.say("versions_absent", versions=absent)
