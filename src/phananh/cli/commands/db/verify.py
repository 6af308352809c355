"""`phananh db verify`: read all of a database, and compare everything with everything."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

import click

from phananh.cli.context import RunContext, shared_options
from phananh.cli.options.open_database import open_database, require_address, require_tables
from phananh.cli.output.damage import Damage, repair_nothing
from phananh.cli.output.emit import emit
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.lookup import iter_pages
from phananh.errors import CorruptError, StoreError
from phananh.stores.base import Query, Store
from phananh.stores.sql.repair import is_of_row, repair_indexes, repair_row
from phananh.stores.sql.store import SqlStore
from phananh.stores.verify import find_differences


@click.command("verify", cls=TranslatedCommand, help="db.verify.help")
@click.option("--repair", is_flag=True, help="db.repair")
@shared_options
@click.pass_obj
def verify(context: RunContext, *, repair: bool) -> int:
    """Print the damage, rewrite what can be, and exit with 3 if damage is left."""
    with open_database(require_address(context)) as store:
        rebuilt = repair_indexes(require_tables(store)) if repair else ()
        mend = partial(_repair, require_tables(store)) if repair else repair_nothing
        damage = Damage(context, find_differences(store), mend)
        data = chain([{"index": name} for name in rebuilt], damage.data(), _sum(store, damage))
        emit(context, data, _lines(context, store, rebuilt, damage))
    return 3 if damage.count else 0


def _repair(store: SqlStore, error: StoreError) -> bool:
    if not isinstance(error, CorruptError) or not is_of_row(error):
        return False
    try:
        repair_row(store, error.case)
    except CorruptError:  # of the history, as the error that is told says
        return False
    return True


def _lines(
    context: RunContext, store: Store, rebuilt: tuple[str, ...], damage: Damage
) -> Iterator[str]:
    for name in rebuilt:
        yield context.say("db.index_rebuilt", name=name)
    yield from damage.lines()
    for facts in _sum(store, damage):
        code = "database_read" if damage.count or damage.repaired else "database_well"
        yield context.say(code, n=facts["cases"])


def _sum(store: Store, damage: Damage) -> Iterator[dict[str, Any]]:
    """Yield how it ended, once all was read."""
    try:
        cases = sum(len(page.rows) for page in iter_pages(store, Query(limit=500)))
    except StoreError:
        return  # the list itself is damaged, and was named
    yield {"cases": cases, "damaged": damage.count, "repaired": damage.repaired}
