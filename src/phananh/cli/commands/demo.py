"""`phananh demo`: a day at the hotline on a fixed clock, step by step, or many samples."""

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import count, islice
from typing import Any

import attrs
import click
from rich.console import Group
from rich.text import Text

from phananh.act_log.outcome import to_vietnam_iso
from phananh.cli.context import RunContext, shared_options
from phananh.cli.errors import CommandError
from phananh.cli.options.open_desk import open_desk_at
from phananh.cli.output.emit import emit
from phananh.cli.output.story import STORY, Step
from phananh.cli.output.story_text import StepResult, case_table, story_lines
from phananh.cli.output.svg import draw_svg, write_svg
from phananh.cli.output.terminal import Progress
from phananh.cli.output.times import format_instant
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.desk import Desk
from phananh.errors import ConflictError, RefusedError
from phananh.regulation.case import Case
from phananh.samples import UNTIL, draw_changes
from phananh.stores.base import Change, Store

AT_ONCE = 500  # sample cases in one commit


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
    """Return a source of bits that gives the same each time: only for cases that are not stored."""
    turn = count()
    return lambda bits: int.from_bytes(sha256(b"%d" % next(turn)).digest()) >> 256 - bits


@click.command("demo", cls=TranslatedCommand, help="demo.help")
@click.option("--svg", metavar="FILE", help="picture_svg")
@click.option("--cases", metavar="N", type=click.IntRange(1, 10**9), help="demo.cases")
@click.option("--seed", metavar="N", type=click.IntRange(0, 2**63 - 1), help="demo.seed")
@shared_options
@click.pass_obj
def command(context: RunContext, *, svg: str | None, cases: int | None, seed: int | None) -> int:
    """Show the story, or add sample cases."""
    if cases is None:
        if seed is not None:
            raise CommandError("seed_without_cases")
        return _tell_story(context, svg)
    if svg:
        raise CommandError("no_story_of_samples")
    return _add_samples(context, cases, secrets.randbits(32) if seed is None else seed)


def _tell_story(context: RunContext, svg: str | None) -> int:
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


def _add_samples(context: RunContext, cases: int, seed: int) -> int:
    """Add sample cases to the database, and describe them."""
    if context.address is None:
        raise CommandError("no_database_named")
    events = 0
    with (
        open_desk_at(context.address, hours="A") as desk,
        Progress(context, "cases_added", prints=False) as done,
    ):
        for some in _draw_batches(desk.store, cases, seed):
            try:
                desk.store.commit(some)
            except ConflictError as error:
                raise CommandError("samples_there", seed=seed, case=error.case) from error
            events += sum(len(change.events) for change in some)
            done.advance_to(done.count + len(some))
    facts = {"cases": cases, "events": events, "seed": seed, "until": to_vietnam_iso(UNTIL)}
    said = {**facts, "until": format_instant(UNTIL, context.lang)}
    emit(context, [facts], [context.say("samples_added", **said)])
    return 0


def _draw_batches(store: Store, cases: int, seed: int) -> Iterator[list[Change]]:
    changes = draw_changes(cases, seed=seed)
    size = AT_ONCE if "lists" in store.capabilities else 1
    while some := list(islice(changes, size)):
        yield some
