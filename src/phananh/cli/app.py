"""The command `phananh`: finds a command, runs it, and turns what went wrong into one line.

Each command lives in a module of its own, loaded when it is asked for.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from phananh.cli.context import RunContext, hush, shared
from phananh.cli.errors import CommandError, report
from phananh.cli.translated_command import TranslatedCommand
from phananh.errors import PhanAnhError

COMMANDS = (
    "demo", "due", "between", "calendar", "hours", "replay", "case", "list", "sweep",
    "recalculate", "lifecycle", "articles", "notices", "doctor",
)  # fmt: skip
OK, WRONG, FAULTY, INTERRUPTED = 0, 2, 70, 130
EXIT_CODES = (
    "Exit codes: 0 all done; 2 bad input, wrong usage, or the database failed; 3 some rows or "
    "acts were not done; 70 a fault of the program itself; 130 interrupted."
)


class App(TranslatedCommand, click.Group):
    """The group of commands; `main` is the only place where a run ends."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"phananh.cli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name those that are close."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            close = get_close_matches(args[0], COMMANDS, n=3, cutoff=0.5) or list(COMMANDS)
            raise CommandError(
                "no command {name}; close: {close}", name=args[0], close=", ".join(close)
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line a command."""
        frame = ctx.find_object(RunContext) or RunContext()
        rows = []
        for name in COMMANDS:
            command = self.get_command(ctx, name)
            rows.append(
                (name, command.short(ctx) if isinstance(command, TranslatedCommand) else "")
            )
        with formatter.section(frame.say("Commands")):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and flush: a reader who went away, or a full disk, shows here."""
        code = super().invoke(ctx)
        try:
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            hush()
        return code

    def main(  # type: ignore[override]  # it always ends the run, as standalone commands do
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run, and leave with the exit code that the help documents."""
        words = list(sys.argv[1:] if args is None else args)
        frame = RunContext.of(words, os.environ)
        sys.exit(self._code(words, frame, extra))

    def _code(self, words: list[str], frame: RunContext, extra: dict[str, Any]) -> int:
        extra.pop("standalone_mode", None)
        try:
            done = super().main(words, "phananh", standalone_mode=False, obj=frame, **extra)
            return done if isinstance(done, int) else OK
        except (click.Abort, KeyboardInterrupt):
            hush()
            return INTERRUPTED
        except (click.ClickException, CommandError, PhanAnhError) as error:
            report(error, frame)
            return WRONG
        except OSError as error:  # a full disk, a device that failed
            hush()
            fault = CommandError("cannot read or write: {problem}", problem=error.strerror or error)
            report(fault, frame, kind="OSError")
            return WRONG
        except Exception as error:  # noqa: BLE001 - the last door: a clerk gets a line
            fault = CommandError("a fault of the program: {problem}", problem=repr(error))
            report(fault, frame, kind=type(error).__name__)
            return FAULTY


def _version(ctx: click.Context, _param: click.Parameter, value: object) -> None:
    if value:
        try:
            click.echo(f"phananh {version('phananh')}")
        except PackageNotFoundError:  # run from the sources
            click.echo("phananh")
        ctx.exit()


@click.group(
    cls=App,
    invoke_without_command=True,
    epilog=EXIT_CODES,
    help="Deadlines and cases of the hotline regulation, Decision 2370/QĐ-UBND (Hòa Bình, 2019).",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Print the version.",
)  # fmt: skip
@shared
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Print the help where no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return WRONG
    return None


def main() -> None:
    """Run the command line and leave with its exit code; characters never break it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # as above
    cli.main()
