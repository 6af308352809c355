"""The tables of the portal itself, in the database of the store: their names begin with portal_."""

import os
import re
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sql
from sqlalchemy.exc import DBAPIError

from phananh import open_store

METADATA = sql.MetaData()
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def make_table(name: str, texts: str, numbers: str = "", content: Any = None) -> sql.Table:
    """Return a table of columns, the first its key; numbers in `at` are seconds since 1970."""
    columns: list[sql.Column[Any]] = [
        sql.Column(each, sql.String(200), index=each == "case_id") for each in texts.split()
    ]
    columns[0].primary_key = True
    numbered = ((x, x in ("at", "ends_at")) for x in numbers.split())
    columns += [sql.Column(x, sql.Integer, nullable=False, index=y) for x, y in numbered]
    columns += [sql.Column("content", content, nullable=False)] if content else []
    return sql.Table(f"portal_{name}", METADATA, *columns)


ACCOUNTS = make_table(
    "accounts", "name label role person_id unit password otp_key state", "otp_used"
)
SESSIONS = make_table("sessions", "id account", "ends_at", sql.Text)
FAILURES = make_table("failures", "key", "count ends_at")
TOKENS = make_table("tokens", "account digest")
READS = make_table("reads", "id who case_id page", "at")
UPLOADS = make_table("uploads", "id case_id name who", "at", sql.LargeBinary)
REGISTERS = make_table("registers", "name suffix version", content=sql.LargeBinary)


def read_address() -> str:
    """Return where the store is: the path of a SQLite file, or a URL of PostgreSQL."""
    return os.environ.get("PHANANH_DB", "cases.db")


def open_engine(address: str) -> sql.Engine:
    """Return the engine of a store's database, after making the tables that are missing."""
    open_store(address).close()  # it makes a missing file, and takes none of other tables alone
    scheme, _, rest = re.sub(r"phananh_[^&]*&?", "", address).rstrip("?&").partition("://")
    file, is_server = address.removeprefix("sqlite:///"), scheme in ("postgresql", "postgres")
    url = f"postgresql+psycopg://{rest}" if is_server else f"sqlite:///{file}"
    engine = sql.create_engine(url, pool_pre_ping=True, hide_parameters=True)  # from the log
    if engine.dialect.name == "sqlite":  # what is deleted is overwritten, as in the store's tables
        sql.event.listen(engine, "connect", lambda x, _: x.execute("pragma secure_delete = on"))
    try:
        METADATA.create_all(engine)
    except DBAPIError:  # another worker made them at the same time
        METADATA.create_all(engine)
    return engine


def fetch(engine: sql.Engine, query: sql.Select[Any]) -> list[sql.Row[Any]]:
    """Return the rows of a query."""
    with engine.connect() as database:
        return list(database.execute(query))


def record(engine: sql.Engine, *changes: sql.Executable) -> list[Any]:
    """Do all of these changes, or none; return what each one returned, or its count of rows."""
    with engine.begin() as own:
        return [x.scalar() if x.returns_rows else x.rowcount for x in map(own.execute, changes)]
