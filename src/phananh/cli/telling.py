"""The day of `phananh demo` in words: what each step did, and why not."""

from collections.abc import Iterator
from typing import Any

import attrs
from rich.table import Table
from rich.text import Text

from phananh.articles import Article
from phananh.cli.frame import Frame
from phananh.cli.show import table, when
from phananh.cli.story import Step
from phananh.cli.visible import visible
from phananh.errors import Refusal
from phananh.labels import word
from phananh.regulation.case import Case
from phananh.regulation.intake import REQUIREMENTS

_STYLES = {"refused": "bold red", "late": "bold yellow", "recorded": "green"}


@attrs.frozen(kw_only=True)
class Told:
    """What became of a step: the case afterwards, why not, and whom a sweep marked."""

    step: Step
    case: Case | None
    refusals: tuple[Refusal, ...] = ()
    marked: tuple[str, ...] = ()


def lines(frame: Frame, told: list[Told]) -> Iterator[Text]:
    """Yield the story line by line, a heading a day, each reason of a refusal below it."""
    day = None
    for each in told:
        if each.step.at.date() != day:
            day = each.step.at.date()
            yield Text(when(each.step.at, frame.lang).split(" ")[0], style="bold")
        yield _line(frame, each)
        for refusal in each.refusals:
            yield Text(f"             {_reason(refusal, frame.lang)}", style=_STYLES["refused"])


def _reason(refusal: Refusal, lang: str) -> str:
    named = f" ({_named(refusal.article, lang)})" if refusal.article else ""
    return visible(refusal.text(lang) + named)


def _named(article: Article, lang: str) -> str:
    return article.vi if lang == "vi" else article.en


def _line(frame: Frame, told: Told) -> Text:
    step, lang = told.step, frame.lang
    line = Text(f"  {step.at:%H:%M}  {step.case:<3} ", style="")
    if step.act is None:
        said = f"{word('trigger', 'sweep', lang)}: {', '.join(told.marked) or '-'}"
        return line.append(said, style=_STYLES["late"])
    line.append(f"{word('role', step.act.by.role.value, lang)} {step.act.by.id}: ")
    line.append(word("trigger", step.act.trigger, lang), style="bold")
    line.append(_object(step, lang))
    outcome = "refused" if told.refusals else "recorded"
    line.append(f"  {word('outcome', outcome, lang)}", style=_STYLES[outcome])
    return _standing(frame, told, line)


def _object(step: Step, lang: str) -> str:
    act: Any = step.act
    if act.trigger == "receive":
        return f" ({word('kind', act.kind.value, lang)})"
    if act.trigger == "reject":
        reasons = (f"{word('reason', r, lang)}; {_cited(r, lang)}" for r in act.reasons)
        return f" ({', '.join(reasons)})"
    if act.trigger == "escalate":
        return f" → {word('role', act.to.role.value, lang)} {act.to.id}"
    if act.trigger == "request_verification":
        return f" → {act.agency}"
    return f" → {when(act.to, lang)}" if act.trigger == "reschedule" else ""


def _cited(reason: str, lang: str) -> str:
    return _named(REQUIREMENTS[reason].article, lang)


def _standing(frame: Frame, told: Told, line: Text) -> Text:
    case = told.case
    assert case is not None  # a step with an act has a case
    act = told.step.act.trigger if told.step.act else ""
    if act in ("escalate", "request_verification", "reschedule") and not told.refusals:
        line.append(_limit(frame, case, opened=act != "reschedule"))
    if case.is_late:
        line.append(frame.say("; late, and it stays late"), style=_STYLES["late"])
    return line


def _limit(frame: Frame, case: Case, *, opened: bool) -> str:
    deadline, due = case.deadline, when(case.due, frame.lang)
    if deadline is None or not opened:
        return frame.say("; due {due}", due=due)
    hours = deadline.budget.total_seconds() / 3600
    clause = _named(Article(deadline.article), frame.lang)
    said = "; {n} working hours ({clause}), due {due}"
    return frame.say(said, n=f"{hours:g}", clause=clause, due=due)


def ending(frame: Frame, cases: dict[str, Case]) -> Table:
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
