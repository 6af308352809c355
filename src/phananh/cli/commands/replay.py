"""`phananh replay`: an act log, done line by line on a database or in memory."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from phananh.act_log.outcome import Outcome
from phananh.act_log.replay import replay
from phananh.cli.context import RunContext, shared
from phananh.cli.errors import CommandError
from phananh.cli.options.hours import hours_option, opened, unreadable
from phananh.cli.options.open_desk import desk_at
from phananh.cli.output.terminal import Progress
from phananh.cli.translated_command import TranslatedCommand
from phananh.errors import StoreError
from phananh.messages.labels import word


@click.command(
    "replay", cls=TranslatedCommand,
    help="Do the acts of a log (JSON Lines), and say what became of each. "
    "On the same --db it can be run again without doing anything twice.",
)  # fmt: skip
@click.argument("log", metavar="LOG")
@hours_option
@click.option("--strict", is_flag=True, help="Stop at the first line that is not recorded.")
@shared
@click.pass_obj
def command(frame: RunContext, *, log: str, hours: str, strict: bool) -> int:
    """Replay a log."""
    name = "stdin" if log == "-" else Path(log).name
    counts: Counter[str] = Counter()
    address = "memory:" if frame.address is None else frame.address
    with opened(log) as stream, desk_at(address, hours=hours) as desk:
        outcomes = replay(_lines(stream, name), desk=desk, name=name, strict=strict)
        _run(frame, outcomes, name, counts)
    _summary(frame, counts)
    return 2 if counts["invalid"] else 3 if set(counts) - {"recorded"} else 0


def _run(frame: RunContext, outcomes: Iterator[Outcome], name: str, counts: Counter[str]) -> None:
    try:
        with Progress(frame, "lines") as progress:
            for outcome in outcomes:
                counts[outcome.outcome] += 1
                progress.step()
                _print(frame, outcome, name)
    except StoreError as error:
        raise CommandError(
            "the database failed: {problem}; nothing is half recorded, and the log can be "
            "run again on it",
            problem=error.text(frame.lang),
        ) from error


def _lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    try:
        yield from stream
    except OSError as error:
        raise unreadable(name, error) from None


def _print(frame: RunContext, outcome: Outcome, name: str) -> None:
    if frame.json:
        frame.row(outcome.as_dict())
    else:
        frame.line(outcome.text(frame.lang))
    if outcome.outcome == "invalid":
        problems = "; ".join(reason.text(frame.lang) for reason in outcome.reasons)
        frame.note(f"{name}:{outcome.line}: {problems}")


def _summary(frame: RunContext, counts: Counter[str]) -> None:
    if not frame.json:
        said = (f"{word('outcome', slug, frame.lang)} {n}" for slug, n in sorted(counts.items()))
        frame.line(frame.say("{n} lines", n=counts.total()) + ": " + (", ".join(said) or "-"))
