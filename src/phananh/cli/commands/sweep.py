"""`phananh sweep`: mark every case with a limit that has run out (Art. 9.2)."""

from collections.abc import Iterator
from typing import Any

import attrs
import click
from rich.console import RenderableType

from phananh.act_log.outcome import to_vietnam_iso
from phananh.cli.calendars import hours_option
from phananh.cli.case_texts import DeadlineTexts
from phananh.cli.context import SENTENCES, RunContext, shared_options
from phananh.cli.database import at_option, open_desk
from phananh.cli.terminal import emit, format_instant, make_table, show_spinner
from phananh.cli.translated_command import TranslatedCommand
from phananh.regulation.case import find_missed
from phananh.regulation.events import Lapsed, late_holder_text


@attrs.frozen
class _Marked:
    """A lapse, and whether a notice can still move its limit."""

    event: Lapsed
    provisional: bool


@click.command("sweep", cls=TranslatedCommand, help="sweep.help")
@hours_option
@at_option
@shared_options
@click.pass_obj
def command(context: RunContext, *, hours: str, at: str | None) -> int:
    """Sweep, and say which cases were marked and which could not be read."""
    with open_desk(context, hours=hours, at=at) as desk:
        with show_spinner(context, "sweeping"):
            swept = desk.sweep()
        texts = DeadlineTexts(context, desk)
        marked = [_Marked(event, _is_provisional(event, texts)) for event in swept.lapsed]
    emit(context, map(_facts, marked), _texts(context, marked))
    for failure in swept.failed:
        context.warn("not_swept", problem=failure.text(context.lang))
    return 3 if swept.failed else 0


def _is_provisional(event: Lapsed, texts: DeadlineTexts) -> bool:
    """Return whether a notice can still move the limit that ran out."""
    case = texts.desk.get(event.case)
    limits = (limit for limit in find_missed(case) if limit.opened_by == event.clock)
    return any(texts.is_provisional(limit, case) for limit in limits)


def _facts(marked: _Marked) -> dict[str, Any]:
    event, late = marked.event, marked.event.late
    who = {"stage": late.role.value, "holder": late.id, "unit": late.unit}
    return {
        "case": event.case,
        "due": to_vietnam_iso(event.due),
        **who,
        "provisional": marked.provisional,
    }


def _texts(context: RunContext, marked: list[_Marked]) -> Iterator[RenderableType]:
    if marked:
        rows = (_cells(context, each) for each in marked)
        yield make_table(context, ("case", "holder", "due"), rows)
    yield context.say("marked_late", n=len(marked))


def _cells(context: RunContext, marked: _Marked) -> tuple[str, ...]:
    event, late, lang = marked.event, marked.event.late, context.lang
    mark = f" ({context.say('provisional')})" if marked.provisional else ""
    return event.case, late_holder_text(late, lang), format_instant(event.due, lang) + mark


SENTENCES.update({
    "sweep.help": (
        "Ghi trễ hạn mọi phản ánh, kiến nghị đã hết thời hạn; chạy lại không thêm gì.",
        "Mark every case with a limit that has run out as late. Safe to repeat.",
    ),
    "sweeping": ("đang rà soát", "sweeping"),
    "marked_late": ("số PAKN ghi trễ hạn: {n}", "marked late: {n}"),
    "not_swept": ("chưa rà soát được: {problem}", "not swept: {problem}"),
})  # fmt: skip
