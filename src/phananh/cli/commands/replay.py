"""`phananh replay`: an act log, done line by line on a database or in memory."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from phananh.act_log.outcome import Outcome
from phananh.act_log.replay import replay
from phananh.cli.context import RunContext, shared_options
from phananh.cli.errors import CommandError
from phananh.cli.input.files import open_file
from phananh.cli.input.log_lines import read_log_lines
from phananh.cli.input.log_names import name_log, to_utf8
from phananh.cli.options.hours import hours_option
from phananh.cli.options.open_desk import open_desk_at
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import Progress, is_terminal
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.desk import Desk
from phananh.errors import StoreError, UnknownRulesError
from phananh.messages.labels import word

_APPOINTMENT = (
    "appointment_again", "appointment_provisional", "appointment_off_hours",
    "appointment_earlier", "appointment_before_limit",
)  # fmt: skip
# What may deserve a look in a step itself, and not in all that the case has come to.
_CAUTIONS = {
    "escalate": ("not_vietnamese", "not_within_competence"),
    "request_verification": _APPOINTMENT,
    "reschedule": _APPOINTMENT,
}


@click.command("replay", cls=TranslatedCommand, help="replay.help")
@click.argument("log", metavar="LOG")
@hours_option
@click.option("--strict", is_flag=True, help="replay.strict")
@click.option("--log-name", metavar="NAME", help="replay.log_name")
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, log: str, hours: str, strict: bool, log_name: str | None
) -> int:
    """Replay a log."""
    shown = "stdin" if log == "-" else to_utf8(Path(log).name)
    name = name_log(log, log_name, context)
    counts: Counter[str] = Counter()
    address = "memory:" if context.address is None else context.address
    with open_file(log) as stream, open_desk_at(address, hours=hours) as desk:
        outcomes = replay(read_log_lines(stream, shown), desk=desk, name=name, strict=strict)
        _print_outcomes(context, desk, outcomes, shown, counts)
    emit(context, [], [_summary(context, counts)])
    return 2 if counts["invalid"] else 3 if set(counts) - {"recorded"} else 0


def _print_outcomes(
    context: RunContext,
    desk: Desk,
    outcomes: Iterator[Outcome],
    name: str,
    counts: Counter[str],
) -> None:
    shows_both = is_terminal(sys.stdout) and is_terminal(sys.stderr) and not context.json
    try:
        with Progress(context, "lines") as progress:
            for outcome in outcomes:
                counts[outcome.outcome] += 1
                progress.step()
                emit(context, [outcome], _lines(context, desk, outcome))
                if outcome.outcome == "invalid" and not shows_both:
                    problems = "; ".join(reason.text(context.lang) for reason in outcome.reasons)
                    context.write_aside(f"{name}:{outcome.line}: {problems}")
    except StoreError as error:
        problem = error.text(context.lang)
        raise CommandError("database_failed_midway", problem=problem) from error


def _lines(context: RunContext, desk: Desk, outcome: Outcome) -> Iterator[str]:
    """Yield the line of an outcome in words, with the cautions of a recorded act."""
    found = "; ".join(word("caution", slug, context.lang) for slug in _list_cautions(desk, outcome))
    note = f"  {context.say('line_caution', cautions=found)}" if found else ""
    yield outcome.text(context.lang) + note


def _list_cautions(desk: Desk, outcome: Outcome) -> Iterator[str]:
    wanted, case = _CAUTIONS.get(outcome.act or "", ()), outcome.after
    if wanted and case is not None and outcome.outcome == "recorded":
        with suppress(UnknownRulesError):
            found = desk.cautions(case, at=case.updated_at)
            yield from (slug for slug in found if slug in wanted)


def _summary(context: RunContext, counts: Counter[str]) -> str:
    texts = (f"{word('outcome', slug, context.lang)} {n}" for slug, n in sorted(counts.items()))
    return context.say("line_count", n=counts.total()) + ": " + (", ".join(texts) or "-")
