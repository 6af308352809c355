"""Calendars in use, counted in an index: a damaged row among those that are named."""

from pathlib import Path

import pytest

from phananh import Desk, open_store
from phananh.errors import CorruptError
from tests.desk import people as p
from tests.stores.files import alter


def test_a_damaged_row_is_named_by_its_case_alone(tmp_path: Path) -> None:
    """The error gives the id of the case whose row is damaged, and nothing else of the row."""
    path = tmp_path / "cases.db"
    with open_store(path) as store:
        desk = Desk(store=store, clock=p.Hand())
        cases = [p.with_officer(desk).id for _ in range(3)]
        alter(path, "update phananh_case set kind = 'conduct' where case_id = ?", cases[1])
        with pytest.raises(CorruptError) as caught:
            store.list_calendars()
    assert caught.value.case == cases[1]
    assert p.OFFICER.id not in str(caught.value)
