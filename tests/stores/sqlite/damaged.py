"""Kinds of damage that a case may take, and a check that each is seen."""

from pathlib import Path

import pytest

from phananh import Desk
from phananh.errors import CorruptError
from phananh.stores import SqliteStore
from phananh.testing.sample_events import change, completed, deadline, escalated, received
from tests.desk import people as p
from tests.stores.files import alter

DAMAGE = {
    "the last event is lost": "delete from phananh_event where version = 3",
    "a middle event is lost": "delete from phananh_event where version = 2",
    "all events are lost": "delete from phananh_event where case_id = 'HB-1'",
    "the row is lost": "delete from phananh_case where case_id = 'HB-1'",
    "the row is behind": "update phananh_case set version = 2 where case_id = 'HB-1'",
    "the row is ahead": "update phananh_case set version = 4 where case_id = 'HB-1'",
    "a text is changed": "update phananh_personal set data = replace(data, '0912', '0913') "
    "where position = 1",
    "a text is lost": "delete from phananh_personal where position = 1",
    "a text reads as erased": "update phananh_personal set data = cast(data as blob) "
    "where position = 1",
    "a salt is changed": "update phananh_personal set salt = zeroblob(16) where position = 1",
    "a time is changed": "update phananh_event set at = replace(at, '2019', '2018')",
    "a body is changed": "update phananh_event set body = replace(body, 'portal', 'phone')",
    "no text at all": "update phananh_event set body = cast(x'ff' || body as text)",
}


def make_cases(path: Path) -> SqliteStore:
    """Return a new store of three cases, of which HB-1 has three versions, and a command."""
    store = SqliteStore(path)
    first = received("HB-1")
    store.commit([change(first, escalated("HB-1", 2, clock=deadline()))])
    history = store.load("HB-1")
    store.commit([change(completed("HB-1", 3), after=history, command="c")])
    store.commit([change(received("HB-0")), change(received("HB-2"))])
    return store


def check_damage_is_seen(store: SqliteStore, what: str) -> None:
    """Check that this damage of HB-1 is a CorruptError, and that no act is decided on it."""
    alter(Path(store.path), DAMAGE[what])
    with pytest.raises(CorruptError):
        store.load("HB-1")
    desk = Desk(store=store, clock=p.Hand())
    with pytest.raises(CorruptError):
        desk.complete("HB-1", content="thêm", by=p.OPERATOR)
    damaged = [error.case for error in store.find_damage() if isinstance(error, CorruptError)]
    assert "HB-1" in damaged
