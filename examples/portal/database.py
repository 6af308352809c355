"""The tables of the portal itself, in the database of the store: their names begin with portal_."""

import os
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Executable,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    String,
    Table,
    Text,
    create_engine,
)
from sqlalchemy.exc import DBAPIError

from phananh import open_store
from phananh.stores.open import split_options

METADATA = MetaData()


def make_table(name: str, texts: str, numbers: str = "", content: Any = None) -> Table:
    """Return a table of these columns, of which the first is the key.

    Numbers that end in `at` are whole seconds since 1970.
    """
    columns: list[Column[Any]] = [Column(each, String(200)) for each in texts.split()]
    columns[0].primary_key = True
    columns += [Column(each, Integer, nullable=False, default=0) for each in numbers.split()]
    columns += [Column("content", content, nullable=False)] if content else []
    return Table(f"portal_{name}", METADATA, *columns)


ACCOUNTS = make_table(
    "accounts", "name label role person_id unit password otp_key state", "otp_used"
)
SESSIONS = make_table("sessions", "id account", "ends_at", Text)
FAILURES = make_table("failures", "key", "count ends_at")
TOKENS = make_table("tokens", "account digest")
READS = make_table("reads", "id who case_id page", "at")
UPLOADS = make_table("uploads", "id case_id name who", "at", LargeBinary)
REGISTERS = make_table("registers", "name suffix version", content=LargeBinary)


def read_address() -> str:
    """Return where the store is: the path of a SQLite file, or a URL of PostgreSQL."""
    return os.environ.get("PHANANH_DB", "cases.db")


def open_engine(address: str) -> Engine:
    """Return the engine of a store's database, after making the tables that are missing."""
    with open_store(address):
        pass  # a store makes a missing file, and takes none that has other tables only
    scheme, _, rest = split_options(address)[0].partition("://")
    url = f"sqlite:///{address.removeprefix('sqlite:///')}"
    is_file = scheme not in ("postgresql", "postgres")
    engine = create_engine(url if is_file else f"postgresql+psycopg://{rest}", pool_pre_ping=True)
    try:
        METADATA.create_all(engine)
    except DBAPIError:  # another worker made them at the same time
        METADATA.create_all(engine)
    return engine


def fetch(engine: Engine, query: Select[Any]) -> list[Row[Any]]:
    """Return the rows of a query."""
    with engine.connect() as database:
        return list(database.execute(query))


def record(engine: Engine, *changes: Executable) -> list[Any]:
    """Do all of these changes, or none; return what each one returned, or its count of rows."""
    with engine.begin() as database:
        done = [database.execute(change) for change in changes]
        return [each.scalar() if each.returns_rows else each.rowcount for each in done]
