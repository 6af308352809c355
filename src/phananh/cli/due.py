"""`phananh due`: when a budget of working time, or a term in days, ends (Art. 9.1-9.2)."""

import click

from phananh.cli.batch import run_batch
from phananh.cli.frame import Frame, shared
from phananh.cli.grammar import budget as read_budget
from phananh.cli.grammar import instant
from phananh.cli.hours import calendar_of, hours_option
from phananh.cli.spoken import Spoken
from phananh.cli.terms import tell, term
from phananh.worktime import WorkCalendar

_HELP = (
    "When a budget of working time is used up. START is like 2026-03-04T09:00 (Vietnamese time) "
    "or with an offset; BUDGET is like 5h, 8h30m, 45m or 90s, or a term in days, which may start "
    "on a date: 5wd (working days), 10d, 2w, 3mo or 1y. --batch reads CSV rows "
    "start,budget_seconds and writes them with their due times."
)


class Due(Spoken):
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
    frame: Frame, *, start: str | None, budget: str | None, hours: str, explain: bool,
    ends: str | None, batch: str | None,
) -> int:  # fmt: skip
    """Answer one question, or a file of them."""
    if batch is not None:
        if batch == "-" and budget is None:  # the file may stand after other options
            batch, start = start or "-", None
        if start is not None or explain or ends:
            problem = "--batch takes no START, BUDGET, --explain or --ends."
            raise click.UsageError(frame.say(problem))
        return run_batch(batch, calendar_of(hours), frame)
    if start is None or budget is None:
        problem = "START and BUDGET are needed, such as 2026-03-04T09:00 5h."
        raise click.UsageError(frame.say(problem))
    _one(frame, calendar_of(hours), (start, budget), ends=ends, explain=explain)
    return 0


def _one(
    frame: Frame, calendar: WorkCalendar, words: tuple[str, str], *, ends: str | None, explain: bool
) -> None:
    days = term(words[1])
    if days is not None:
        tell(frame, calendar, words[0], days, ends=ends or "midnight", explain=explain)
    elif ends:
        raise click.UsageError(frame.say("--ends is for terms in days, such as 5wd."))
    else:
        _hours(frame, calendar, *words, explain=explain)


def _hours(frame: Frame, calendar: WorkCalendar, start: str, budget: str, *, explain: bool) -> None:
    written, amount = instant(start), read_budget(budget)
    due = calendar.add(written.at, amount)
    if frame.json:
        facts = calendar.explain(written.at, amount).as_dict()
        frame.row(facts if explain else {k: v for k, v in facts.items() if k != "steps"})
    elif explain:
        for line in calendar.explain(written.at, amount).text(frame.lang).splitlines():
            frame.line(line)
    else:
        frame.line(written.like(due))
        if calendar.provisional(written.at, due):
            frame.note(frame.say("provisional: a notice yet to come may move this day"))
