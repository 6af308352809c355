"""Commands whose `--help` speaks the language of the run; their words are keys of `words.VI`."""

import click

from phananh.cli.context import RunContext


def _frame(ctx: click.Context) -> RunContext:
    return ctx.find_object(RunContext) or RunContext()


class TranslatedCommand(click.Command):
    """A command whose help is said in Vietnamese or English."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        prefix = _frame(ctx).say("Usage: ")
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_frame(ctx).say(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option means."""
        frame = _frame(ctx)
        rows = (parameter.get_help_record(ctx) for parameter in self.get_params(ctx))
        with formatter.section(frame.say("Options")):
            formatter.write_dl([(row[0], frame.say(row[1])) for row in rows if row and row[1]])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands at the end, line by line."""
        if self.epilog:
            formatter.write_paragraph()
            for line in _frame(ctx).say(self.epilog).splitlines():
                formatter.write(f"{line}\n")

    def short(self, ctx: click.Context) -> str:
        """Return the first sentence of what the command does."""
        return _frame(ctx).say(self.help or "").split(". ")[0].split("\n")[0].rstrip(".")
