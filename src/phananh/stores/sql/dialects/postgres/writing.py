"""An act in one statement: all of it or none, in one round trip and one transaction.

Everything else is inserted from the row that was updated or inserted, so an expected version that
is too low or too high writes no row. The wait for another writer is limited inside the statement,
so that no setting stays with the connection.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from phananh.stores.sql.dialects.postgres.tables import OWN
from phananh.stores.sql.rows import CHANGING, COLUMNS, Batch

MOST = 50  # rows of a table that one statement writes; a batch of more is written in steps
FEW = 50  # rows of a table that are not worth a COPY
SET_WAIT = "select set_config('lock_timeout', ?, true)"
COPIED = {
    "case": COLUMNS,
    "event": ("case_id", "version", "type", "at", "body", "crc", "tx"),
    "personal": ("salt", "data", "case_id", "version"),
    "command": ("command_id", "case_id", "version", "digest", "is_personal", "crc"),
}

_TYPES = {
    "event": ("text", "integer", "text", "text", "text", "bigint"),
    "personal": ("bytea", "text", "text", "integer"),
    "command": ("text", "text", "integer", "text", "smallint", "bigint"),
}
_WAIT = "set_config('lock_timeout', ?, true) is not null"


def is_one_statement(batch: Batch) -> bool:
    """Return whether a batch is one case, and short."""
    return len(batch.new) + len(batch.changed) == 1 and len(batch.events) <= MOST


def write_statement(batch: Batch, wait: str) -> tuple[str, list[Any]]:
    """Return the statement that writes a batch, and its values. It selects how many cases.

    `wait` is for how long it waits for a lock, such as "5000ms".
    """
    counts = len(batch.events), len(batch.personal), len(batch.commands)
    values = [*(batch.new or batch.changed)[0], wait]
    values += chain(*batch.events, *batch.personal, *batch.commands)
    return _statement(bool(batch.new), *counts), values


@lru_cache(maxsize=256)
def _statement(is_new: bool, events: int, personal: int, commands: int) -> str:  # noqa: FBT001  # private
    row = _insert_row() if is_new else _update_row()
    parts = [f"r as ({row})", f"e as ({_insert('event', events, f', {OWN}')})"]
    if personal:
        parts.append(f"p as ({_insert('personal', personal)})")
    if commands:
        parts.append(f"c as ({_insert('command', commands)})")
    return f"with {', '.join(parts)} select count(*) from r"  # noqa: S608  # names of ours


def _update_row() -> str:
    return (
        f"update phananh_case set {' = ?, '.join(CHANGING)} = ?, crc = ? "  # noqa: S608
        f"where case_id = ? and version = ? and {_WAIT} returning 1"
    )


def _insert_row() -> str:
    waiting = f"select 1 as one where {_WAIT}"
    given = ", ".join("?" * len(COLUMNS))
    return (
        f"insert into phananh_case ({', '.join(COLUMNS)}) select {given} from ({waiting}) w "  # noqa: S608
        "on conflict (case_id) do nothing returning 1"
    )


def _insert(table: str, count: int, more: str = "") -> str:
    types: Sequence[str] = _TYPES[table]
    first = ", ".join(f"?::{each}" for each in types)
    rest = ", ".join("?" * len(types))
    rows = ", ".join(f"({each})" for each in (first, *[rest] * (count - 1)))
    names = [f"c{i}" for i in range(len(types))]
    chosen = ", ".join(f"v.{name}" for name in names)
    into = ", ".join(COPIED[table])
    ordered = " order by v.c1" if table == "event" else ""
    return (
        f"insert into phananh_{table} ({into}) select {chosen}{more} "  # noqa: S608
        f"from r, (values {rows}) v ({', '.join(names)}){ordered} returning 1"
    )
