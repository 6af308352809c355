"""The day of `phananh demo` in words: what each step did, and why not."""

from collections.abc import Iterator
from typing import Any

import attrs
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from phananh.articles import Article
from phananh.cli.context import RunContext
from phananh.cli.escaping import escape_control
from phananh.cli.output.story import Step
from phananh.cli.output.terminal import make_table
from phananh.cli.output.times import format_instant
from phananh.errors import Refusal
from phananh.messages.labels import word
from phananh.regulation.case import Case
from phananh.regulation.deadline import budget_text
from phananh.regulation.intake import REQUIREMENTS
from phananh.worktime.phrases import format_date

_HEAD = 13  # columns of the terminal before what happened
_STYLES = {"refused": "bold red", "late": "bold yellow", "recorded": "green",
           "due": "cyan"}  # fmt: skip


@attrs.frozen(kw_only=True)
class StepResult:
    """The result of a step: the case afterwards, the refusal, and the cases a sweep marked."""

    step: Step
    case: Case | None
    refusals: tuple[Refusal, ...] = ()
    marked: tuple[str, ...] = ()


def story_lines(context: RunContext, results: list[StepResult]) -> Iterator[RenderableType]:
    """Yield the story line by line, a heading a day, each reason of a refusal below it."""
    day = None
    for result in results:
        if result.step.at.date() != day:
            day = result.step.at.date()
            yield Text(format_date(day, context.lang), style="bold")
        step = result.step
        head = Text(f"  {step.at:%H:%M}  {step.case:<3} ")
        yield _indent(_step_line(result, context.lang), head)
        for text, style in _notes(context, result):
            yield _indent(Text(escape_control(text), style=style))


def _indent(text: Text, head: Text | None = None) -> RenderableType:
    """Return a text that goes on below its beginning where the terminal is too narrow for it."""
    line = Table.grid()
    line.add_column(width=_HEAD)
    line.add_column(overflow="fold")
    line.add_row(head or "", text)
    return line


def _notes(context: RunContext, result: StepResult) -> Iterator[tuple[str, str]]:
    """Yield the notes below a step: why not, what for, until when, and whether it is late."""
    act: Any = result.step.act
    for refusal in result.refusals:
        yield refusal.text_with_article(context.lang), _STYLES["refused"]
    if result.refusals or result.case is None:
        return
    for reason in act.reasons if act.trigger == "reject" else ():
        row = REQUIREMENTS[reason]
        yield f"{row.text(context.lang)} ({row.article.text(context.lang)})", ""
    if act.trigger in ("escalate", "request_verification"):
        yield _limit_text(context, result.case), _STYLES["due"]
    if result.case.is_late:
        yield context.say("stays_late"), _STYLES["late"]


def _step_line(result: StepResult, lang: str) -> Text:
    step, line = result.step, Text()
    if step.act is None:
        swept = f"{word('trigger', 'sweep', lang)}: {', '.join(result.marked) or '-'}"
        return line.append(swept, style=_STYLES["late"])
    line.append(f"{word('role', step.act.by.role.value, lang)} {step.act.by.id}: ")
    line.append(word("trigger", step.act.trigger, lang), style="bold")
    line.append(_object_text(step, lang))
    outcome = "refused" if result.refusals else "recorded"
    return line.append(f"  {word('outcome', outcome, lang)}", style=_STYLES[outcome])


def _object_text(step: Step, lang: str) -> str:
    act: Any = step.act
    match act.trigger:
        case "receive":
            return f" ({word('kind', act.kind.value, lang)})"
        case "escalate":
            return f" → {word('role', act.to.role.value, lang)} {act.to.id}"
        case "request_verification":
            return f" → {act.agency}"
        case "reschedule":
            return f" → {format_instant(act.to, lang)}"
        case _:
            return ""


def _limit_text(context: RunContext, case: Case) -> str:
    deadline = case.deadline
    if deadline is None:
        return context.say("no_limit")
    clause = Article(deadline.article).text(context.lang)
    limit, due = budget_text(deadline.budget, context.lang), format_instant(case.due, context.lang)
    return context.say("limit_due", limit=limit, clause=clause, due=due)


def case_table(context: RunContext, cases: dict[str, Case]) -> RenderableType:
    """Return the states of the cases at the end of the story."""
    lang = context.lang
    rows = (
        (
            f"{name} {case.id}",
            word("kind", case.kind.value, lang),
            word("state", case.state.value, lang),
            Text(context.say("late") if case.is_late else "", style=_STYLES["late"]),
        )
        for name, case in cases.items()
    )
    return make_table(context, ("case", "kind", "state", "late"), rows)
