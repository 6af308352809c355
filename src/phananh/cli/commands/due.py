"""`phananh due`: when a budget of working time, or a term in days, ends (Art. 9.1-9.2)."""

import click

from phananh.cli.context import RunContext, speech_options
from phananh.cli.due.batch import run_batch
from phananh.cli.due.question import Question
from phananh.cli.input.parsing import parse_budget
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.output.validity import warn_of_validity
from phananh.cli.translated_command import TranslatedCommand


class Due(TranslatedCommand):
    """Lets `-5h` reach the grammar, which says why it is refused."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse a budget below zero before it is taken for an option."""
        for word in args:
            if word[:1] == "-" and word[1:2].isdigit():
                parse_budget(word)
        return super().parse_args(ctx, args)


@click.command("due", cls=Due, help="due.help")
@click.argument("start", required=False)
@click.argument("budget", required=False)
@hours_option
@click.option("--explain", is_flag=True, help="due.explain")
@click.option("--picture", is_flag=True, help="due.picture")
@click.option("--svg", metavar="FILE", help="due.svg")
@click.option("--ends", type=click.Choice(("midnight", "closing")), help="due.ends")
@click.option("--batch", is_flag=False, flag_value="-", metavar="[FILE]", help="due.batch")
@speech_options
@click.pass_obj
def command(
    context: RunContext, *, start: str | None, budget: str | None, hours: str, batch: str | None,
    explain: bool, ends: str | None, picture: bool, svg: str | None,
) -> int:  # fmt: skip
    """Answer one question, or a file of them."""
    if batch is not None:
        if batch == "-" and budget is None:  # the file may stand after other options
            batch, start = start or "-", None
        if start is not None or explain or ends or picture or svg:
            raise click.UsageError(context.say("batch_alone"))
        return run_batch(batch, calendar_of(hours), context)
    if start is None or budget is None:
        raise click.UsageError(context.say("start_and_budget_needed"))
    if picture and context.json:
        raise click.UsageError(context.say("picture_or_json"))
    question = Question(
        context=context, calendar=calendar_of(hours), start=start, explain=explain, ends=ends,
        picture=picture, svg=svg,
    )  # fmt: skip
    question.answer(budget)
    warn_of_validity(context, hours, question.at)
    return 0
