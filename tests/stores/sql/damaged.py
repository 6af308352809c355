"""Damage of a database, done behind the back of any store over SQL."""

from typing import Any

from phananh.stores.sql.rows import COLUMNS, row_checksum
from phananh.stores.sql.store import SqlStore


def alter(store: SqlStore, statement: str, *values: Any) -> None:
    """Run a statement in a transaction of the store."""
    store._transact(
        lambda: {"doing": "recording"},
        lambda session: session.execute(store.dialect.say(statement), values),
    )


def forge_row(store: SqlStore, case: str, **changed: Any) -> None:
    """Change columns of an index row, and give it the checksum that they call for."""
    (found,) = store._select("finding", store.dialect.sql.row, (case,))
    values = {**dict(zip(COLUMNS, found, strict=True)), **changed}
    values["crc"] = row_checksum([values[name] for name in COLUMNS], values["recorded_at"])
    for name, value in values.items():
        if name != "case_id":
            alter(store, f"update phananh_case set {name} = ? where case_id = ?", value, case)  # noqa: S608  # names of ours
