"""An application's own rows beside our cases, and what is there of both."""

from typing import Any

from sqlalchemy import Engine, text

from phananh.stores.base import Query
from phananh.stores.sqlalchemy import SqlalchemyStore


class UndoError(Exception):
    """Raised by the application."""


def note_call(place: Any, case: str) -> None:
    """Record a row of the application."""
    place.execute(text("insert into calls values (:case)"), {"case": case})


def lend(place: Any) -> None:
    """Lend a store to a place, and do nothing with it."""
    with SqlalchemyStore.bound(place):
        pass


def list_calls(engine: Engine) -> list[str]:
    """Return the rows of the application."""
    with engine.connect() as connection:
        return [case for (case,) in connection.execute(text("select case_id from calls"))]


def list_cases(engine: Engine) -> list[str]:
    """Return the cases that are listed; each must have its events."""
    store = SqlalchemyStore(engine)
    found = [row.case for row in store.find(Query()).rows]
    assert sorted({entry.event.case for entry in store.scan()}) == sorted(found)
    assert all(store.load(case) for case in found)
    return found
