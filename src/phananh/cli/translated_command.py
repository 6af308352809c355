"""Commands with `--help` in the language of the run: their texts are codes."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import click

from phananh.cli.context import SENTENCES, find_context


class TranslatedCommand(click.Command):
    """A command with help in Vietnamese or English."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run, but refuse a `--db` that was given before the command and would be ignored."""
        takes_it = any(each.name == "db" for each in self.params)
        if not takes_it and find_context(ctx).db is not None:
            raise click.NoSuchOption("--db", ctx=ctx)
        return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        context = find_context(ctx)
        pieces = context.translate_metavars(" ".join(self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, context.say("app.usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description of the command."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.describe(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option means."""
        context = find_context(ctx)
        records = (parameter.get_help_record(ctx) for parameter in self.get_params(ctx))
        # click puts the range of a number behind what we say of it
        codes = [(record[0], record[1].split()[0]) for record in records if record and record[1]]
        rows = [(context.translate_metavars(names), context.say(code)) for names, code in codes]
        with formatter.section(context.say("app.options")):
            formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the end of the help on its own line."""
        if self.epilog:
            formatter.write_paragraph()
            formatter.write(f"{find_context(ctx).say(self.epilog)}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, also described by a code."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "app.show_help"
        return option

    def describe(self, ctx: click.Context) -> str:
        """Return the description of the command."""
        return find_context(ctx).say(str(self.help))

    def summarize(self, ctx: click.Context) -> str:
        """Return the first sentence of the description."""
        return self.describe(ctx).split(". ")[0].rstrip(".")


def unknown_command_error(ctx: click.Context, name: str, known: Iterable[str]) -> click.UsageError:
    """Return the error for an unknown command, which names those that are near."""
    names = list(known)
    few = names if len(names) <= 3 else []  # as few as these can all be named
    near = ", ".join(get_close_matches(name, names, n=3, cutoff=0.5) or few)
    code = "no_such_command" if near else "no_command_near"
    return click.UsageError(find_context(ctx).say(code, name=name, close=near), ctx)


class TranslatedGroup(TranslatedCommand, click.Group):
    """A command with commands below it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command below, or name those that there are."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise unknown_command_error(ctx, args[0], self.commands)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line a command."""
        commands = ((n, c) for n, c in self.commands.items() if isinstance(c, TranslatedCommand))
        with formatter.section(find_context(ctx).say("app.commands")):
            formatter.write_dl([(name, command.describe(ctx)) for name, command in commands])


SENTENCES.update({
    "app.usage": ("Cách dùng: ", "Usage: "),
    "app.options": ("Tùy chọn", "Options"),
    "app.commands": ("Lệnh", "Commands"),
    "app.show_help": ("Hiện hướng dẫn này.", "Show this message and exit."),
    "no_such_command": (
        "không có lệnh {name}; gần giống: {close}.", "no command {name}; the nearest: {close}.",
    ),
    "no_command_near": ("không có lệnh {name}.", "no command {name}."),
    "metavar.A": ("LÚC-ĐẦU", "A"),
    "metavar.ARGS": ("THAM-SỐ", "ARGS"),
    "metavar.B": ("LÚC-CUỐI", "B"),
    "metavar.BUDGET": ("THỜI-HẠN", "BUDGET"),
    "metavar.COMMAND": ("LỆNH", "COMMAND"),
    "metavar.CURSOR": ("VỊ-TRÍ", "CURSOR"),
    "metavar.DATE": ("NGÀY", "DATE"),
    "metavar.FILE": ("TỆP", "FILE"),
    "metavar.FROM": ("TỪ", "FROM"),
    "metavar.ID": ("MÃ", "ID"),
    "metavar.ID-or-code": ("MÃ", "ID-or-code"),
    "metavar.LOG": ("NHẬT-KÝ", "LOG"),
    "metavar.MONTH": ("THÁNG", "MONTH"),
    "metavar.N": ("SỐ", "N"),
    "metavar.NAME": ("TÊN", "NAME"),
    "metavar.OPTIONS": ("TÙY-CHỌN", "OPTIONS"),
    "metavar.PATH-or-URL": ("ĐƯỜNG-DẪN hoặc URL", "PATH-or-URL"),
    "metavar.ROLE": ("VAI-TRÒ", "ROLE"),
    "metavar.START": ("TỪ-LÚC", "START"),
    "metavar.TIME": ("THỜI-ĐIỂM", "TIME"),
    "metavar.TO": ("ĐẾN", "TO"),
    "metavar.UNIT": ("ĐƠN-VỊ", "UNIT"),
    "metavar.YEAR": ("NĂM", "YEAR"),
})  # fmt: skip
