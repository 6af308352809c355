"""The suite for the library's stores over SQL: how their rows are hurt, replaced and read."""

from collections.abc import Sequence
from typing import Any

from phananh.stores.base import Change, IndexRow, Store
from phananh.stores.codec import decode
from phananh.stores.paging import format_instant
from phananh.stores.sql import SqlStore
from phananh.stores.sql.rows import event_checksum
from phananh.testing.conformance import StoreConformance, StoredEvent

_HOLE = "delete from phananh_event where case_id = ? and version = ?"
_SPOIL = (
    "update phananh_event set body = replace(body, ?, ?)",
    "update phananh_case set kind = replace(kind, ?, ?)",
    "update phananh_command set digest = replace(digest, ?, ?)",
)
_BODY = "update phananh_event set body = ?, crc = ? where case_id = ? and version = ?"
_PERSONAL = "update phananh_personal set salt = ?, data = ? where "
_BY_POSITION = "position in (select position from phananh_event where case_id = ? and version = ?)"
_BY_VERSION = "case_id = ? and version = ?"


def require_sql(store: Store) -> SqlStore:
    """Return a store that keeps its rows in the library's tables."""
    if not isinstance(store, SqlStore):
        raise TypeError(f"{type(store).__name__} is no store over SQL")
    return store


def run_statement(store: Store, statement: str, *values: Any) -> None:
    """Change rows behind the store's back, in a transaction of its own."""
    sql = require_sql(store)
    said = sql.dialect.say(statement)
    sql._transact(lambda: {"doing": "recording"}, lambda session: session.execute(said, values))


class SqlConformance(StoreConformance):
    """The hooks do the same on every engine."""

    def hole(self, store: Store, case: str, version: int) -> Store:
        """Delete the row of an event."""
        run_statement(store, _HOLE, case, version)
        return store

    def spoil(self, store: Store, old: str, new: str) -> Store:
        """Replace a text in the bodies of events, the kinds of rows and the digests of commands."""
        for statement in _SPOIL:
            run_statement(store, statement, old, new)
        return store

    def store_old(self, store: Store, events: Sequence[StoredEvent], row: IndexRow) -> Store:
        """Record the history, and put the values of an earlier version into its rows."""
        history = tuple(
            decode(e.kind, e.body, e.personal, e.salt, case=e.case, version=e.version)
            for e in events
        )
        store.commit([Change(case=row.case, expected=0, events=history, row=row)])
        is_keyed = require_sql(store).dialect.name != "sqlite"
        personal = _PERSONAL + (_BY_VERSION if is_keyed else _BY_POSITION)
        for event, old in zip(history, events, strict=True):
            at = format_instant(event.at)
            crc = event_checksum(old.case, old.version, old.kind, at, old.body)
            run_statement(store, _BODY, old.body, crc, old.case, old.version)
            if old.personal is not None:
                run_statement(store, personal, old.salt, old.personal, old.case, old.version)
        return store
