"""`phananh db migrate`: bring the tables of a database to what this version needs."""

from collections.abc import Iterator

import click

from phananh.cli.context import RunContext, shared_options
from phananh.cli.options.open_database import open_database, require_address, require_tables
from phananh.cli.output.emit import emit
from phananh.cli.translated_command import TranslatedCommand
from phananh.stores.sql.migrations import Phases
from phananh.stores.sql.status import SchemaStatus, read_schema


@click.command("migrate", cls=TranslatedCommand, help="db.migrate.help")
@click.option("--phase", type=click.Choice(("pre", "post", "all")), default="all", help="db.phase")
@click.option("--dry-run", is_flag=True, help="db.dry_run")
@shared_options
@click.pass_obj
def migrate(context: RunContext, *, phase: Phases, dry_run: bool) -> int:
    """Do the steps that are left, or only name them."""
    with open_database(require_address(context), check_schema=False) as opened:
        store = require_tables(opened)
        steps = read_schema(store, phase).left if dry_run else store.migrate(phase)
        after = read_schema(store)
    facts = {"done": () if dry_run else steps, "left": after.left, "schema": after.version}
    emit(context, [facts], _lines(context, after, steps, is_done=not dry_run))
    return 0


def _lines(
    context: RunContext, after: SchemaStatus, steps: tuple[str, ...], *, is_done: bool
) -> Iterator[str]:
    for step in steps:
        yield context.say("db.step_done" if is_done else "db.step_left", step=step)
    if not steps:
        yield context.say("db.no_steps")
    if is_done:
        for step in after.left:
            yield context.say("db.step_left", step=step)
        yield context.say("db.schema_is", version=after.version)
