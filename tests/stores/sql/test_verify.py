"""All of a database is read and compared, on every engine, and each kind of damage is named."""

import attrs
import pytest

from phananh import Desk
from phananh.errors import CorruptError, StoreError
from phananh.stores.base import Store
from phananh.stores.sql.store import SqlStore
from phananh.testing.faulty_store import FaultyStore
from phananh.testing.sample_events import START, change, completed, deadline, escalated, received
from tests.desk import people as p
from tests.stores.sql.damaged import alter, forge_row


@pytest.fixture
def store(every_store: Store) -> SqlStore:
    """Give each store over SQL in turn, with three cases, of which HB-1 has three versions."""
    if not isinstance(every_store, SqlStore):
        pytest.skip("keeps no tables")
    every_store.commit([change(received("HB-1"), escalated("HB-1", 2, clock=deadline()))])
    every_store.commit([change(completed("HB-1", 3), after=every_store.load("HB-1"), command="c")])
    every_store.commit([change(received("HB-0")), change(received("HB-2"))])
    return every_store


def name_damage(store: SqlStore) -> list[tuple[str, str]]:
    """Return what is found: the case and the code of each error."""
    found = [*store.find_damage()]
    return [(each.case if isinstance(each, CorruptError) else "", each.code) for each in found]


def test_sound_store_has_no_damage(store: SqlStore) -> None:
    """Of what nobody damaged nothing is said, erased or not."""
    assert name_damage(store) == []
    store.erase("HB-1", at=START)
    assert name_damage(store) == []


def test_real_cases_have_no_damage(store: SqlStore) -> None:
    """Rows that a desk wrote are what their histories add up to."""
    desk = Desk(store=store, clock=p.Hand())
    for i in range(6):
        case = p.with_officer(desk) if i % 2 else p.a_case(desk)
        if i % 2 == 0:
            desk.complete(case.id, content="thêm", by=p.OPERATOR, command_id=f"c{i}")
        if i % 3 == 0:
            store.erase(case.id, at=p.MORNING)
    assert [*store.find_damage()] == []


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"unit": "MC-9"}, "unit"),
        ({"late": 1}, "late"),
        ({"due": "2031-01-01T00:00:00.000000Z"}, "due"),
        ({"received_at": "2018-01-01T00:00:00.000000Z"}, "received_at"),
    ],
)
def test_row_that_is_not_of_its_history_is_named(
    store: SqlStore, changed: dict[str, object], column: str
) -> None:
    """A row whose checksum is right and that says something else is named with the column."""
    forge_row(store, "HB-1", **changed)
    (found,) = [error for error in store.find_damage() if isinstance(error, CorruptError)]
    assert (found.case, found.code, found.facts["columns"]) == (
        "HB-1",
        "row_not_of_history",
        [column],
    )
    assert f"does not match its events, in {column}" in str(found)


DAMAGE = {
    "row lost": ("delete from phananh_case where case_id = 'HB-1'", "row_differs"),
    "row damaged": (
        "update phananh_case set late = 1 where case_id = 'HB-1'", "row_checksum_differs",
    ),
    "row behind": ("update phananh_case set version = 2 where case_id = 'HB-1'", "row_differs"),
    "last event lost": (
        "delete from phananh_event where case_id = 'HB-1' and version = 3", "event_missing",
    ),
    "event damaged": (
        "update phananh_event set body = replace(body, 'portal', 'phone') "
        "where case_id = 'HB-1'", "checksum_differs",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_damaged_case_is_named_once(store: SqlStore, what: str) -> None:
    """Damage of a case is found on every engine, and the case is named once."""
    statement, code = DAMAGE[what]
    alter(store, statement)
    assert [each for each in name_damage(store) if each[0] == "HB-1"] == [("HB-1", code)]
    assert {case for case, _ in name_damage(store)} <= {"HB-1", ""}


def test_erasure_that_left_something_is_named(store: SqlStore) -> None:
    """What was erased and is still there is named."""
    alter(store, "insert into phananh_erasure (case_id, at, version) values (?,?,?)",
          "HB-1", "2019-12-02T02:00:00.000000Z", 3)  # fmt: skip
    assert ("HB-1", "personal_unerased") in name_damage(store)


def test_erasure_that_was_broken_off_is_named_and_ended(store: SqlStore) -> None:
    """Where the event was recorded and the data is there, it is damage until it is erased again."""
    desk = Desk(store=store, clock=p.Hand())
    case = desk.answer(p.a_case(desk), text="Bí mật", by=p.OPERATOR)
    for events in (3, 5):
        faulty = attrs.evolve(desk, store=FaultyStore(store, fail_at=1, methods=["erase"]))
        with pytest.raises(StoreError):
            faulty.erase(case.id, by=p.OPERATOR, ground="Hết hạn")
        assert name_damage(store) == [(case.id, "personal_unerased")]
        faulty.erase(case.id, by=p.OPERATOR, ground="Hết hạn")
        assert (name_damage(store), len(desk.history(case))) == ([], events)
        desk.publish(case.id, text="Sau khi xóa", by=p.OPERATOR)  # what comes later is not erased
        assert name_damage(store) == []
