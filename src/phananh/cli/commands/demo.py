"""`phananh demo`: a day at the hotline, told step by step on a fixed clock."""

import secrets
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any

import attrs
import click
from rich.console import Group
from rich.text import Text

from phananh.act_log.outcome import to_vietnam_iso
from phananh.cli.context import RunContext, shared
from phananh.cli.options.open_desk import desk_at
from phananh.cli.output.story import STORY, Step
from phananh.cli.output.story_text import Told, ending, lines
from phananh.cli.output.terminal import save_svg, show
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.desk import Desk
from phananh.errors import RefusedError
from phananh.regulation.case import Case


@attrs.define
class Office:
    """The desk of the demo, its clock, and the names of the story for the cases."""

    desk: Desk
    clock: list[datetime]
    cases: dict[str, Case] = attrs.field(factory=dict)

    def do(self, step: Step) -> Told:
        """Let one step happen."""
        self.clock[:] = [step.at]
        if step.act is None:
            names = {case.id: name for name, case in self.cases.items()}
            swept = self.desk.sweep()
            marked = tuple(names[e.case] for e in swept.lapsed if e.case in names)
            self.cases |= {name: self.desk.get(self.cases[name].id) for name in marked}
            return Told(step=step, case=None, marked=marked)
        case = self.cases.get(step.case)
        try:
            self.cases[step.case] = self.desk.do(case, step.act)
        except RefusedError as error:
            return Told(step=step, case=case, refusals=error.refusals)
        return Told(step=step, case=self.cases[step.case])


def _drawn() -> Callable[[int], int]:
    """Return a source of bits that draws the same each time: only for cases kept nowhere."""
    turn = count()
    return lambda bits: int.from_bytes(sha256(b"%d" % next(turn)).digest()) >> 256 - bits


@click.command(
    "demo", cls=TranslatedCommand,
    help="A day at the hotline on a fixed clock: what is taken, refused, passed on, put off, late. "
    "Nothing is kept unless --db is given.",
)  # fmt: skip
@click.option("--svg", metavar="FILE", help="Also write the picture to an SVG file.")
@shared
@click.pass_obj
def command(frame: RunContext, *, svg: str | None) -> int:
    """Tell the story."""
    clock = [STORY[0].at]
    with desk_at(
        "memory:" if frame.db is None else frame.db, hours="A", clock=lambda: clock[0]
    ) as desk:
        bits = secrets.randbits if frame.db else _drawn()
        office = Office(attrs.evolve(desk, randbits=bits), clock)
        told = [office.do(step) for step in STORY]
    if frame.json:
        for each in told:
            frame.row(_facts(each))
    drawn = Group(*lines(frame, told), Text(""), ending(frame, office.cases))
    if svg:
        save_svg(svg, drawn, title="phananh demo", width=112)
    if not frame.json:
        show(frame, drawn)
    return 0


def _facts(told: Told) -> dict[str, Any]:
    step, case = told.step, told.case
    return {
        "at": to_vietnam_iso(step.at),
        "case": step.case or None,
        "act": step.act.trigger if step.act else "sweep",
        "by": step.act.by.id if step.act else None,
        "outcome": "refused" if told.refusals else "recorded",
        "state": case.state.value if case else None,
        "due": to_vietnam_iso(case.due) if case else None,
        "late": bool(case and case.is_late),
        "reasons": [refusal.as_dict() for refusal in told.refusals],
        "lapsed": list(told.marked),
    }
