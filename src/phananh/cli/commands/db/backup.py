"""`phananh db backup`: a copy of an SQLite file, of one moment, while others read and write."""

import click

from phananh.cli.context import RunContext, shared_options
from phananh.cli.errors import CommandError
from phananh.cli.options.open_database import open_database, require_address, require_tables
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import show_spinner
from phananh.cli.translated_command import TranslatedCommand
from phananh.stores.sqlite.store import SqliteStore

_TOOLS = {
    "postgresql": "pg_dump --format=custom, pg_basebackup, pgbackrest",
    "mariadb": "mariadb-dump --single-transaction, mariadb-backup",
    "sqlite": "phananh db backup --db sqlite:///PATH",
}


@click.command("backup", cls=TranslatedCommand, help="db.backup.help")
@click.argument("target", metavar="FILE")
@shared_options
@click.pass_obj
def backup(context: RunContext, *, target: str) -> int:
    """Write the copy, or name the tool that does it for other engines."""
    with open_database(require_address(context), check_schema=False) as store:
        if not isinstance(store, SqliteStore):
            engine = require_tables(store).dialect.name
            error = CommandError("db.backup_by_tool", engine=engine, tools=_TOOLS[engine])
            if engine == "postgresql":
                error = CommandError("db.migrate_after_restore", backup=error)
            raise error
        with show_spinner(context, "db.backing_up"):
            store.backup(target)
    emit(context, [{"backup": target}], [context.say("db.backed_up", path=target)])
    return 0
