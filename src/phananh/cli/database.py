"""The database of a command, its desk, which moment counts as now, and damage in the database."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import attrs
import click

from phananh.cli.base import SENTENCES, CommandError, RunContext
from phananh.cli.input import calendar_of, parse_instant
from phananh.cli.terminal import emit
from phananh.desk.desk import Desk, vietnam_now
from phananh.desk.lookup import iter_pages
from phananh.errors import SchemaError, StoreError
from phananh.regulation.case import Case
from phananh.regulation.cleaning import clean_instant
from phananh.regulation.events import Event
from phananh.stores import open_store
from phananh.stores.base import Query, Store
from phananh.stores.open import OpenStore, is_libpq
from phananh.stores.sql.store import SqlStore

_UNREACHED = (
    "no_connection", "pool_timeout", "server_gone", "too_many_connections",
    "login_refused", "database_missing", "schema_missing", "rights_missing",
)  # fmt: skip


def require_address(context: RunContext) -> str:
    """Return the address of the cases, without creating a database.

    Raises:
        CommandError: no database is named, or it is a file that is not there.
    """
    if context.address is None:
        raise CommandError("no_database_named")
    check_present(context.address)
    return context.address


def check_present(address: str) -> None:
    """Raise CommandError for a file that is not there. A server is asked when it is opened."""
    path = address.removeprefix("sqlite:///")
    if not (is_url(address) or is_libpq(address) or Path(path).exists()):
        raise CommandError("no_database_at", path=path)


def is_url(address: str) -> bool:
    """Return whether an address is a URL, and not that of an SQLite file."""
    return re.match(r"(?!sqlite:///)[A-Za-z][A-Za-z0-9+.-]+:", address) is not None


def open_database(address: str, *, check_schema: bool = True) -> OpenStore:
    """Open the store at an address, which is closed at the end of a `with` block."""
    # What fails is told once, by us; a pool of connections would log each attempt.
    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    return open_store(address, check_schema=check_schema)


@contextmanager
def open_tables(context: RunContext) -> Iterator[SqlStore]:
    """Open the database of a command whatever its schema, and lend it, then close it.

    Raises:
        CommandError: it is in memory, or of another package.
    """
    with open_database(require_address(context), check_schema=False) as store:
        if not isinstance(store, SqlStore):
            raise CommandError("db.not_in_tables")
        yield store


at_option = click.option("--at", metavar="TIME", help="app.at")


@contextmanager
def open_desk_at(
    address: str, *, hours: str, clock: Callable[[], datetime] = vietnam_now
) -> Iterator[Desk]:
    """Open the database and lend a desk, then close the database."""
    calendar = calendar_of(hours)
    with open_database(address) as store:
        yield Desk(store=store, calendar=calendar, clock=clock)


def open_desk(context: RunContext, *, hours: str, at: str | None) -> AbstractContextManager[Desk]:
    """Lend a desk over an existing database, without creating one."""
    address = require_address(context)
    if at is None:
        return open_desk_at(address, hours=hours)
    moment = clean_instant(parse_instant(at).at, field="--at")
    return open_desk_at(address, hours=hours, clock=lambda: moment)


def enter_now(desk: Desk) -> Desk:
    """Return a desk that records what was done at `--at` as entered now (R49).

    Raises:
        InputError: `--at` is ahead of the clock of this machine.
    """
    desk._check_ahead(desk.now(), vietnam_now())
    return attrs.evolve(desk, clock=vietnam_now)


def is_set_back(desk: Desk) -> bool:
    """Return whether `--at` names a moment that has passed."""
    return desk.clock is not vietnam_now and desk.now() < vietnam_now()


def load_until(desk: Desk, case: Case | str) -> tuple[Event, ...]:
    """Return the history of a case up to the moment of `--at`, all of it without one."""
    history, now = desk.history(case), desk.now()
    return tuple(e for e in history if e.at <= now) if is_set_back(desk) else history


def print_damage(context: RunContext, store: Store) -> int:
    """Print the damage that is found in a store while all of it is read, and return how much."""
    count, find = 0, getattr(store, "find_damage", tuple)  # without tables there is none to find
    for error in find():
        if isinstance(error, SchemaError) or error.code in _UNREACHED:
            raise error  # the database was not read at all, so nothing is known of it
        count += 1
        text = context.say("damaged", what=error.text(context.lang))
        emit(context, [{"damaged": error.as_dict(context.lang)}], [text])
    if count:
        emit(context, [], [context.say("database_damaged", n=count)])
    return count


def count_cases(store: Store) -> int | None:
    """Return how many cases a store lists, or None if its list is damaged, which was named."""
    try:
        return sum(len(page.rows) for page in iter_pages(store, Query(limit=500)))
    except StoreError:
        return None


SENTENCES.update({
    "app.at": (
        "Tính tại thời điểm này thay vì bây giờ.", "Compute as of this moment instead of now.",
    ),
    "db.not_in_tables": (
        "kho dữ liệu này không dùng bảng SQL; lệnh này cần tệp SQLite, PostgreSQL hoặc "
        "sqlalchemy+URL",
        "this store has no SQL tables. Give an SQLite file, PostgreSQL or sqlalchemy+URL.",
    ),
    "damaged": ("hỏng: {what}", "damaged: {what}"),
    "database_read": ("cơ sở dữ liệu: đã đọc {n} PAKN", "database: {n} cases read"),
    "database_well": (
        "cơ sở dữ liệu: đã đọc {n} PAKN, không có gì hỏng",
        "database: {n} cases read, none damaged",
    ),
    "database_damaged": (
        "cơ sở dữ liệu: có hỏng, nêu ở trên ({n})", "database: damage found, named above ({n})",
    ),
    "no_database_at": (
        "không có cơ sở dữ liệu ở {path}; `phananh replay`, `phananh demo` và `open_store` sẽ tạo",
        "no database at {path}. `phananh replay`, `phananh demo` and `open_store` create one.",
    ),
    "no_database_named": (
        "chưa nêu cơ sở dữ liệu; dùng --db ĐƯỜNG-DẪN hoặc đặt PHANANH_DB",
        "no database is named. Give --db PATH or set PHANANH_DB.",
    ),
})  # fmt: skip
