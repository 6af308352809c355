"""`phananh due`: when a budget of working time, or a term in days, ends (Art. 9.1-9.2)."""

import sys
from datetime import date, datetime

import attrs
import click

from phananh.cli.commands.due_batch import run_batch
from phananh.cli.commands.due_term import tell, term
from phananh.cli.context import RunContext, shared
from phananh.cli.input.parsing import VIETNAM, day_or_instant, instant
from phananh.cli.input.parsing import budget as read_budget
from phananh.cli.options.hours import calendar_of, hours_option, note_validity
from phananh.cli.output.terminal import on_terminal, show
from phananh.cli.output.timeline import drawn, write_svg
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime import WorkCalendar
from phananh.worktime.explain.explanation import Explanation

_HELP = (
    "When a budget of working time is used up. START is like 2026-03-04T09:00 (Vietnamese time) "
    "or with an offset; BUDGET is like 5h, 8h30m, 45m or 90s, or a term in days, which may start "
    "on a date: 5wd (working days), 10d, 2w, 3mo or 1y. --batch reads CSV rows "
    "start,budget_seconds, and hours where wanted, and writes them with their due times."
)


@attrs.frozen(kw_only=True)
class View:
    """What is wanted beside the due time."""

    explain: bool
    ends: str | None
    picture: bool
    svg: str | None

    def draws(self, frame: RunContext) -> bool:
        """Say whether the days are drawn: when asked for, or beside the reasons on a terminal."""
        seen = self.explain and on_terminal(sys.stdout) and not frame.json
        return self.picture or seen


class Due(TranslatedCommand):
    """Lets `-5h` reach the grammar, which says why it is refused."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse a budget below zero before it is taken for an option."""
        for word in args:
            if word[:1] == "-" and word[1:2].isdigit():
                read_budget(word)
        return super().parse_args(ctx, args)


@click.command("due", cls=Due, help=_HELP)
@click.argument("start", required=False)
@click.argument("budget", required=False)
@hours_option
@click.option("--explain", is_flag=True, help="Say why, session by session.")
@click.option(
    "--picture",
    is_flag=True,
    help="Draw the days with the spans that count; --explain does so on a terminal.",
)
@click.option("--svg", metavar="FILE", help="Write the picture of the days to an SVG file.")
@click.option(
    "--ends",
    type=click.Choice(("midnight", "closing")),
    help="When the last day of a term in days ends: at 24:00 (default), or at closing.",
)
@click.option(
    "--batch", is_flag=False, flag_value="-", metavar="[FILE]",
    help="Rows start,budget_seconds from FILE or standard input.",
)  # fmt: skip
@shared
@click.pass_obj
def command(
    frame: RunContext, *, start: str | None, budget: str | None, hours: str, batch: str | None,
    explain: bool, ends: str | None, picture: bool, svg: str | None,
) -> int:  # fmt: skip
    """Answer one question, or a file of them."""
    if batch is not None:
        if batch == "-" and budget is None:  # the file may stand after other options
            batch, start = start or "-", None
        if start is not None or explain or ends or picture or svg:
            problem = "--batch takes no START, BUDGET, --explain, --ends, --picture or --svg."
            raise click.UsageError(frame.say(problem))
        return run_batch(batch, calendar_of(hours), frame)
    if start is None or budget is None:
        problem = "START and BUDGET are needed, such as 2026-03-04T09:00 5h."
        raise click.UsageError(frame.say(problem))
    if picture and frame.json:
        problem = "--picture is for people and --json for programs; give one of them."
        raise click.UsageError(frame.say(problem))
    view = View(explain=explain, ends=ends, picture=picture, svg=svg)
    _one(frame, hours, (start, budget), view)
    return 0


def _note_validity(frame: RunContext, hours: str, start: str) -> None:
    written = day_or_instant(start)
    at = datetime(written.year, written.month, written.day, tzinfo=VIETNAM) if isinstance(
        written, date) else written.at  # fmt: skip
    note_validity(frame, hours, at)


def _one(frame: RunContext, hours: str, words: tuple[str, str], view: View) -> None:
    _answer(frame, calendar_of(hours), words, view)
    _note_validity(frame, hours, words[0])


def _answer(frame: RunContext, calendar: WorkCalendar, words: tuple[str, str], view: View) -> None:
    days = term(words[1])
    if days is None:
        if view.ends:
            raise click.UsageError(frame.say("--ends is for terms in days, such as 5wd."))
        _hours(frame, calendar, words, view)
        return
    if view.picture or view.svg:
        problem = "--picture and --svg are for working time, not for terms in days."
        raise click.UsageError(frame.say(problem))
    tell(frame, calendar, words[0], days, ends=view.ends or "midnight", explain=view.explain)


def _hours(frame: RunContext, calendar: WorkCalendar, words: tuple[str, str], view: View) -> None:
    written, amount = instant(words[0]), read_budget(words[1])
    if view.svg:  # a file that cannot be written is refused before anything is printed
        write_svg(view.svg, calendar.explain(written.at, amount), frame.lang)
    if not (view.explain or frame.json):
        due = calendar.add(written.at, amount)
        frame.line(written.like(due))
        if calendar.provisional(written.at, due):
            frame.note(frame.say("provisional: a notice yet to come may move this day"))
    if view.explain or frame.json or view.picture:
        _explained(frame, calendar.explain(written.at, amount), view)


def _explained(frame: RunContext, explanation: Explanation, view: View) -> None:
    if frame.json:
        facts = explanation.as_dict()
        frame.row(facts if view.explain else {k: v for k, v in facts.items() if k != "steps"})
    elif view.explain:
        for line in explanation.text(frame.lang).splitlines():
            frame.line(line)
    if view.draws(frame):
        frame.out("")
        show(frame, drawn(frame, explanation))
