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
from phananh.cli.context import RunContext, shared_options
from phananh.cli.options.open_desk import open_desk_at
from phananh.cli.output.emit import emit
from phananh.cli.output.story import STORY, Step
from phananh.cli.output.story_text import StepResult, case_table, story_lines
from phananh.cli.output.svg import draw_svg, write_svg
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

    def do(self, step: Step) -> StepResult:
        """Let one step happen."""
        self.clock[:] = [step.at]
        if step.act is None:
            names = {case.id: name for name, case in self.cases.items()}
            swept = self.desk.sweep()
            marked = tuple(names[e.case] for e in swept.lapsed if e.case in names)
            self.cases |= {name: self.desk.get(self.cases[name].id) for name in marked}
            return StepResult(step=step, case=None, marked=marked)
        case = self.cases.get(step.case)
        try:
            self.cases[step.case] = self.desk.do(case, step.act, by_code=True)
        except RefusedError as error:
            return StepResult(step=step, case=case, refusals=error.refusals)
        return StepResult(step=step, case=self.cases[step.case])


def make_fixed_bits() -> Callable[[int], int]:
    """Return a source of bits that gives the same each time: only for cases kept nowhere."""
    turn = count()
    return lambda bits: int.from_bytes(sha256(b"%d" % next(turn)).digest()) >> 256 - bits


@click.command("demo", cls=TranslatedCommand, help="demo.help")
@click.option("--svg", metavar="FILE", help="picture_svg")
@shared_options
@click.pass_obj
def command(context: RunContext, *, svg: str | None) -> int:
    """Tell the story."""
    clock = [STORY[0].at]
    address = "memory:" if context.db is None else context.db
    with open_desk_at(address, hours="A", clock=lambda: clock[0]) as desk:
        bits = secrets.randbits if context.db else make_fixed_bits()
        office = Office(attrs.evolve(desk, randbits=bits), clock)
        results = [office.do(step) for step in STORY]
    story = Group(*story_lines(context, results), Text(""), case_table(context, office.cases))
    if svg:
        write_svg(svg, draw_svg(story, title="phananh demo", width=112))
    emit(context, map(_facts, results), [story])
    return 0


def _facts(result: StepResult) -> dict[str, Any]:
    step, case = result.step, result.case
    return {
        "at": to_vietnam_iso(step.at),
        "case": step.case or None,
        "act": step.act.trigger if step.act else "sweep",
        "by": step.act.by.id if step.act else None,
        "outcome": "refused" if result.refusals else "recorded",
        "state": case.state.value if case else None,
        "due": to_vietnam_iso(case.due) if case else None,
        "late": bool(case and case.is_late),
        "reasons": result.refusals,
        "lapsed": result.marked,
    }
