"""The command `phananh`: finds a command, runs it, and turns what went wrong into one line.

Each command lives in a module of its own, loaded when it is asked for."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from phananh.cli.base import (
    FAULTY,
    INTERRUPTED,
    OK,
    SENTENCES,
    WRONG,
    CommandError,
    RunContext,
    TranslatedGroup,
    discard_output,
    find_context,
    find_version,
    report,
    shared_options,
)
from phananh.errors import PhanAnhError

COMMANDS = (
    "demo", "due", "between", "calendar", "hours", "replay", "case", "why", "list",
    "letter", "report", "delays", "sweep", "erase", "worker", "recalculate", "procedures",
    "lifecycle", "articles", "notices", "doctor", "db",
)  # fmt: skip


class App(TranslatedGroup):
    """The group of commands. Only `main` ends a run."""

    is_brief = True

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name."""
        known = cmd_name in COMMANDS
        return import_module(f"phananh.cli.commands.{cmd_name}").command if known else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and flush: a reader who went away, or a full disk, shows here."""
        code = super().invoke(ctx)
        try:
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            discard_output()
        return code

    def main(  # type: ignore[override]  # it always ends the run, as standalone commands do
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run, and leave with the exit code that the help documents."""
        words = list(sys.argv[1:] if args is None else args)
        context = RunContext.from_arguments(words, os.environ)
        options = {**extra, "standalone_mode": False, "obj": context}
        sys.exit(self._run(words, context, options))

    def _run(self, words: list[str], context: RunContext, options: dict[str, Any]) -> int:
        try:
            done = super().main(words, "phananh", **options)
            return done if isinstance(done, int) else OK
        except (click.Abort, KeyboardInterrupt):
            discard_output()
            return INTERRUPTED
        except (click.ClickException, CommandError, PhanAnhError) as error:
            report(error, context)
            return WRONG
        except OSError as error:  # a full disk, a device that failed
            discard_output()
            fault = CommandError(
                "cannot_read_or_write_file" if error.filename else "cannot_read_or_write",
                path=error.filename,
                problem=error,
            )
            report(fault, context, kind="OSError")
            return WRONG
        except Exception as error:  # noqa: BLE001 - the last door: a clerk gets a line
            fault = CommandError("program_fault", problem=repr(error))
            report(fault, context, kind=type(error).__name__)
            return FAULTY


def _print_version(ctx: click.Context, _param: click.Parameter, value: object) -> None:
    if value:
        # There is none if it is run from the sources.
        click.echo(f"phananh {find_version('phananh') or find_context(ctx).say('not_installed')}")
        ctx.exit()


@click.group(
    cls=App,
    invoke_without_command=True,
    epilog="app.exit_codes",
    help="app.help",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version,
    help="app.version",
)  # fmt: skip
@shared_options
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Print the help if no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return WRONG
    return None


def main() -> None:
    """Run the command line and leave with its exit code, whatever characters the terminal knows."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # as above
    cli.main()


SENTENCES.update({
    "app.help": (
        "Thời hạn và phản ánh, kiến nghị theo Quy chế Tổng đài hành chính công, Quyết định số "
        "2370/QĐ-UBND (Hòa Bình, 2019).",
        "Deadlines and cases of the hotline regulation, Decision 2370/QĐ-UBND (Hòa Bình, 2019).",
    ),
    "app.exit_codes": (
        "Mã thoát: 0 xong; 2 dữ liệu sai, dùng sai hoặc lỗi cơ sở dữ liệu; 3 có dòng hoặc bước "
        "không thực hiện được; 70 lỗi của chính chương trình; 130 bị ngắt.",
        "Exit codes: 0 all done, 2 bad input, wrong usage or a failed database, 3 some rows or "
        "acts were not done, 70 a fault of the program itself, 130 interrupted.",
    ),
    "not_installed": ("(chưa cài đặt)", "(not installed)"),
    "app.version": ("In phiên bản.", "Print the version."),
})  # fmt: skip
