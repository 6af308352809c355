"""`phananh sweep`: mark every case whose limit has run out (Art. 9.2)."""

from typing import Any

import click

from phananh.act_log.outcome import to_vietnam_iso
from phananh.cli.context import RunContext, shared
from phananh.cli.options.hours import hours_option
from phananh.cli.options.open_desk import at_option, kept_desk
from phananh.cli.output.deadline_texts import Standing
from phananh.cli.output.terminal import busy, show, table, when
from phananh.cli.translated_command import TranslatedCommand
from phananh.messages.labels import word
from phananh.regulation.case_deadline import find_missed
from phananh.regulation.values.events import Lapsed


@click.command(
    "sweep",
    cls=TranslatedCommand,
    help="Mark every case whose limit has run out; again is nothing.",
)
@hours_option
@at_option
@shared
@click.pass_obj
def command(frame: RunContext, *, hours: str, at: str | None) -> int:
    """Sweep, and say which cases were marked and which could not be read."""
    with kept_desk(frame, hours=hours, at=at) as desk:
        with busy(frame, "sweeping"):
            swept = desk.sweep()
        stands = Standing(frame, desk)
        marked = [(event, _doubted(event, stands)) for event in swept.lapsed]
    if frame.json:
        for event, doubted in marked:
            frame.row(_facts(event, doubted=doubted))
    else:
        heads = [frame.say(head) for head in ("Case", "Holder", "Due")]
        if marked:
            show(
                frame,
                table(heads, (_cells(frame, event, doubted=doubted) for event, doubted in marked)),
            )
        frame.line(frame.say("marked late: {n}", n=len(marked)))
    for failure in swept.failed:
        frame.note(frame.say("not swept: {problem}", problem=failure.text(frame.lang)))
    return 3 if swept.failed else 0


def _doubted(event: Lapsed, stands: Standing) -> bool:
    """Return whether a notice can still move the limit that ran out."""
    case = stands.desk.get(event.case)
    found = (promise for promise in find_missed(case) if promise.opened_by == event.clock)
    return any(stands.in_doubt(promise, case) for promise in found)


def _facts(event: Lapsed, *, doubted: bool) -> dict[str, Any]:
    late = event.late
    who = {"stage": late.role.value, "holder": late.id, "unit": late.unit}
    return {"case": event.case, "due": to_vietnam_iso(event.due), **who, "provisional": doubted}


def _cells(frame: RunContext, event: Lapsed, *, doubted: bool) -> tuple[str, ...]:
    late, lang = event.late, frame.lang
    parts = (word("role", late.role.value, lang), late.id, late.unit)
    mark = f" ({frame.say('provisional')})" if doubted else ""
    return event.case, " ".join(part for part in parts if part), when(event.due, lang) + mark
