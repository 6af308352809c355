"""The day of `phananh demo` in words: what each step did, and why not."""

from collections.abc import Iterator
from typing import Any

import attrs
from rich.console import RenderableType
from rich.text import Text

from phananh.articles import Article
from phananh.cli.context import RunContext
from phananh.cli.output.escaping import escape_control
from phananh.cli.output.story import Step
from phananh.cli.output.terminal import table, when
from phananh.errors import Refusal
from phananh.messages.labels import word
from phananh.regulation.case import Case
from phananh.regulation.intake import REQUIREMENTS
from phananh.regulation.values.budget import budget_text

_STYLES = {"refused": "bold red", "late": "bold yellow", "recorded": "green",
           "due": "cyan"}  # fmt: skip


@attrs.frozen(kw_only=True)
class Told:
    """What became of a step: the case afterwards, why not, and whom a sweep marked."""

    step: Step
    case: Case | None
    refusals: tuple[Refusal, ...] = ()
    marked: tuple[str, ...] = ()


def lines(frame: RunContext, told: list[Told]) -> Iterator[Text]:
    """Yield the story line by line, a heading a day, each reason of a refusal below it."""
    day = None
    for each in told:
        if each.step.at.date() != day:
            day = each.step.at.date()
            yield Text(when(each.step.at, frame.lang).split(" ")[0], style="bold")
        yield _line(each, frame.lang)
        for said, style in _beneath(frame, each):
            yield Text(f"             {escape_control(said)}", style=style)


def _beneath(frame: RunContext, told: Told) -> Iterator[tuple[str, str]]:
    """Yield what stands below a step: why not, what for, until when, and whether it is late."""
    act: Any = told.step.act
    for refusal in told.refusals:
        yield _reason(refusal, frame.lang), _STYLES["refused"]
    if told.refusals or told.case is None:
        return
    for reason in act.reasons if act.trigger == "reject" else ():
        row = REQUIREMENTS[reason]
        yield f"{row.text(frame.lang)} ({row.article.text(frame.lang)})", ""
    if act.trigger in ("escalate", "request_verification"):
        yield _limit(frame, told.case), _STYLES["due"]
    if told.case.is_late:
        yield frame.say("late, and it stays late"), _STYLES["late"]


def _reason(refusal: Refusal, lang: str) -> str:
    named = f" ({refusal.article.text(lang)})" if refusal.article else ""
    return refusal.text(lang) + named


def _line(told: Told, lang: str) -> Text:
    step = told.step
    line = Text(f"  {step.at:%H:%M}  {step.case:<3} ")
    if step.act is None:
        said = f"{word('trigger', 'sweep', lang)}: {', '.join(told.marked) or '-'}"
        return line.append(said, style=_STYLES["late"])
    line.append(f"{word('role', step.act.by.role.value, lang)} {step.act.by.id}: ")
    line.append(word("trigger", step.act.trigger, lang), style="bold")
    line.append(_object(step, lang))
    outcome = "refused" if told.refusals else "recorded"
    return line.append(f"  {word('outcome', outcome, lang)}", style=_STYLES[outcome])


def _object(step: Step, lang: str) -> str:
    act: Any = step.act
    match act.trigger:
        case "receive":
            return f" ({word('kind', act.kind.value, lang)})"
        case "escalate":
            return f" → {word('role', act.to.role.value, lang)} {act.to.id}"
        case "request_verification":
            return f" → {act.agency}"
        case "reschedule":
            return f" → {when(act.to, lang)}"
        case _:
            return ""


def _limit(frame: RunContext, case: Case) -> str:
    deadline = case.deadline
    if deadline is None:
        return frame.say("no limit")
    clause = Article(deadline.article).text(frame.lang)
    limit, due = budget_text(deadline.budget, frame.lang), when(case.due, frame.lang)
    return frame.say("{limit} ({clause}), due {due}", limit=limit, clause=clause, due=due)


def ending(frame: RunContext, cases: dict[str, Case]) -> RenderableType:
    """Return how the cases stand when the story ends."""
    lang = frame.lang
    heads = [frame.say(head) for head in ("Case", "Kind", "State", "Late")]
    rows = (
        (
            f"{name} {case.id}",
            word("kind", case.kind.value, lang),
            word("state", case.state.value, lang),
            Text(frame.say("late") if case.is_late else "", style=_STYLES["late"]),
        )
        for name, case in cases.items()
    )
    return table(heads, rows)
