"""`phananh sweep`: mark every case whose limit has run out (Art. 9.2)."""

import click

from phananh.cli.desks import at_option, kept_desk
from phananh.cli.frame import Frame, shared
from phananh.cli.hours import hours_option
from phananh.cli.show import busy, show, table, when
from phananh.cli.spoken import Spoken
from phananh.labels import word
from phananh.outcome import local
from phananh.regulation.events import Lapsed


@click.command(
    "sweep", cls=Spoken, help="Mark every case whose limit has run out; again is nothing."
)
@hours_option
@at_option
@shared
@click.pass_obj
def command(frame: Frame, *, hours: str, at: str | None) -> int:
    """Sweep, and say which cases were marked and which could not be read."""
    with kept_desk(frame, hours=hours, at=at) as desk, busy(frame, "sweeping"):
        swept = desk.sweep()
    if frame.json:
        for event in swept.lapsed:
            late = event.late
            who = {"stage": late.role.value, "holder": late.id, "unit": late.unit}
            frame.row({"case": event.case, "due": local(event.due), **who})
    else:
        heads = [frame.say(head) for head in ("Case", "Holder", "Due")]
        if swept.lapsed:
            show(frame, table(heads, (_cells(event, frame.lang) for event in swept.lapsed)))
        frame.line(frame.say("marked late: {n}", n=len(swept.lapsed)))
    for failure in swept.failed:
        frame.note(frame.say("not swept: {problem}", problem=failure))
    return 3 if swept.failed else 0


def _cells(event: Lapsed, lang: str) -> tuple[str, ...]:
    late = event.late
    parts = (word("role", late.role.value, lang), late.id, late.unit)
    return event.case, " ".join(part for part in parts if part), when(event.due, lang)
