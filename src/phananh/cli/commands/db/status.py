"""`phananh db status`: the schema, how much there is, how far the feed and its consumers are."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import attrs
import click
from rich.console import RenderableType

from phananh.cli.context import RunContext, shared_options
from phananh.cli.options.open_database import open_database, require_address, require_tables
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import make_table
from phananh.cli.output.times import format_instant
from phananh.cli.translated_command import TranslatedCommand
from phananh.stores.sql.status import (
    MOST,
    ConsumerStatus,
    DatabaseStatus,
    SchemaStatus,
    read_schema,
    read_status,
)


@click.command("status", cls=TranslatedCommand, help="db.status.help")
@shared_options
@click.pass_obj
def status(context: RunContext) -> int:
    """Print the state of a database, and exit with 3 if this version cannot run on it."""
    with open_database(require_address(context), check_schema=False) as opened:
        store = require_tables(opened)
        schema, engine = read_schema(store), store.dialect.name
        found = read_status(store) if schema.is_usable else None
    facts = {"engine": engine, **_schema_facts(schema), **(_facts(found) if found else {})}
    texts = chain(_schema_lines(context, engine, schema), _texts(context, found) if found else ())
    emit(context, [facts], texts)
    return 0 if schema.is_usable else 3


def _schema_facts(schema: SchemaStatus) -> dict[str, Any]:
    return {
        "schema": schema.version,
        "needed": schema.needed,
        "left": schema.left,
        "usable": schema.is_usable,
    }


def _facts(found: DatabaseStatus) -> dict[str, Any]:
    facts = attrs.asdict(found, recurse=False)
    return {
        **facts,
        "more": [name for name in ("cases", "events") if facts[name] >= MOST],
        "consumers": [attrs.asdict(each) for each in found.consumers],
    }


def _schema_lines(context: RunContext, engine: str, schema: SchemaStatus) -> Iterator[str]:
    say = context.say
    version = say("db.no_tables") if schema.version is None else schema.version
    yield say("db.schema_of", engine=engine, version=version, needed=schema.needed)
    for step in schema.left:
        yield say("db.step_left", step=step)
    if not schema.is_usable and not schema.left:
        yield say("db.not_usable")


def _texts(context: RunContext, found: DatabaseStatus) -> Iterator[RenderableType]:
    say = context.say
    yield say("db.counts", cases=_number(found.cases), events=_number(found.events))
    if found.size_bytes is not None:
        yield say("db.size", size=f"{found.size_bytes / 1e6:.1f}")
    yield say("db.feed_end", position=found.feed_end)
    if found.held_back:
        seconds = f"{found.oldest_seconds or 0:.0f}"
        yield say("db.held_back", n=found.held_back, seconds=seconds)
    if found.consumers:
        rows = [_cells(context, each) for each in found.consumers]
        yield make_table(context, ("consumer", "position", "lease_ends", "claims"), rows)


def _number(count: int) -> str:
    return f"{MOST}+" if count >= MOST else str(count)


def _cells(context: RunContext, each: ConsumerStatus) -> tuple[str, ...]:
    until = format_instant(each.until, context.lang) if each.until else "-"
    return each.consumer, each.position or "-", until, str(each.number)
