"""Rewriting index rows from the histories, which stay as they are."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from phananh.errors import CorruptError, StoreError
from phananh.regulation.events import Event
from phananh.stores.histories import fold_row
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.rows import checksum, row_values
from phananh.stores.sql.session import Session
from phananh.stores.sql.store import SqlStore
from phananh.stores.sql.stored import read_history

_LOCK = "update phananh_case set crc = crc where case_id = ?"
_OF_ROWS = ("row_checksum_differs", "row_not_of_history", "row_differs", "event_missing")
_DELETE = "delete from phananh_case where case_id = ?"


def is_of_row(error: StoreError) -> bool:
    """Return whether the damage may be that of an index row."""
    return isinstance(error, CorruptError) and bool(error.case) and error.code in _OF_ROWS


def repair_row(store: SqlStore, case: str) -> None:
    """Rewrite the index row of a case.

    Raises:
        CorruptError: the history cannot be read, or lacks a version that the row knows of. The row
            stays.
    """

    def work(session: Session) -> None:
        _rewrite(session, store.dialect, case)

    store._transact_again(lambda: {"doing": "repairing", "case": case}, work)


def _rewrite(session: Session, dialect: Dialect, case: str) -> None:
    session.execute(dialect.say(_LOCK), (case,))  # nobody records on it meanwhile
    rows = session.execute(dialect.sql.load, (case,) * 3).fetchall()
    row = row_values(fold_row(_read(session, dialect, case, rows)))
    session.execute(dialect.say(_DELETE), (case,))
    dialect.insert(session, "case", [row])


def _read(session: Session, dialect: Dialect, case: str, rows: Sequence[Any]) -> tuple[Event, ...]:
    """Return the history, whatever a damaged row says of how long it is."""
    known, count = rows[0][-1] if rows else 1, len(rows)
    if not rows or (type(known) is int and known > count and _is_sound(session, dialect, case)):
        raise CorruptError(doing="loading", code="event_missing", case=case, version=count + 1)
    return read_history(case, [(*row[:-1], count) for row in rows])


def _is_sound(session: Session, dialect: Dialect, case: str) -> bool:
    rows = session.execute(dialect.sql.row, (case,)).fetchall()
    return all(checksum(*values[:-1]) == values[-1] for values in rows)


def repair_indexes(store: SqlStore) -> tuple[str, ...]:
    """Rebuild the indexes that have lost entries of their tables, and return their names.

    If a table itself is damaged, its indexes stay: they may be all that is left of it.
    """
    names = store.dialect.find_broken_indexes(partial(store._select, "repairing_indexes"))

    def work(session: Session) -> None:
        for name in names:
            session.execute(f"reindex {name}", ())

    if names:
        store._transact_again(lambda: {"doing": "repairing_indexes"}, work)
    return names
