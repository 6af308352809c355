"""`phananh db schema`: the SQL of the tables, for the migrations of an application."""

from importlib import import_module

import click

from phananh.cli.context import RunContext, shared_options
from phananh.cli.options.open_database import open_database, require_address, require_tables
from phananh.cli.output.emit import emit
from phananh.cli.translated_command import TranslatedCommand
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.schema import schema_sql

# Where the dialect of an engine is; each is loaded when it is asked for.
_DIALECTS = {
    "sqlite": ("sqlite", "SqliteDialect"),
    "postgresql": ("postgres", "PostgresDialect"),
    "mariadb": ("mariadb", "MariadbDialect"),
}


@click.command("schema", cls=TranslatedCommand, help="db.schema.help")
@click.option("--for", "engine", type=click.Choice([*_DIALECTS]), help="db.for")
@click.option("--since", metavar="N", type=click.IntRange(0, 10**6), default=0, help="db.since")
@shared_options
@click.pass_obj
def schema(context: RunContext, *, engine: str | None, since: int) -> int:
    """Print the statements."""
    if engine is not None and context.db is not None:
        raise click.UsageError(context.say("db.for_or_db"))
    dialect = _find_dialect(context) if engine is None else _load_dialect(engine)
    text = schema_sql(dialect, since=since)
    facts = {"engine": dialect.name, "since": since, "sql": text}
    emit(context, [facts], text.splitlines())
    return 0


def _load_dialect(engine: str) -> Dialect:
    folder, name = _DIALECTS[engine]
    module = import_module(f"phananh.stores.sql.dialects.{folder}.dialect")
    dialect: Dialect = getattr(module, name)()
    return dialect


def _find_dialect(context: RunContext) -> Dialect:
    with open_database(require_address(context), check_schema=False) as store:
        return require_tables(store).dialect
