"""`phananh db`, and the commands below it."""

import click

from phananh.cli.commands.db.backup import backup
from phananh.cli.commands.db.copy import copy
from phananh.cli.commands.db.migrate import migrate
from phananh.cli.commands.db.schema import schema
from phananh.cli.commands.db.status import status
from phananh.cli.commands.db.verify import verify
from phananh.cli.context import shared_options
from phananh.cli.translated_command import TranslatedGroup


@click.group("db", cls=TranslatedGroup, invoke_without_command=True, help="db.help")
@shared_options
@click.pass_context
def command(ctx: click.Context) -> int | None:
    """Print the help if no command below is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return 2
    return None


for each in (migrate, schema, status, verify, copy, backup):
    command.add_command(each)
