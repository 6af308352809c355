"""Damage of a case in a file is seen: as an error, or as a case that is named as damaged."""

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from phananh import Desk
from phananh.errors import CorruptError
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.testing.sample_events import (
    START,
    change,
    completed,
    deadline,
    escalated,
    make_command,
    received,
)
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
    store.commit([change(received("HB-1"), escalated("HB-1", 2, clock=deadline()))])
    store.commit([change(completed("HB-1", 3), after=store.load("HB-1"), command="c")])
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
    assert "HB-1" in [
        error.case for error in store.find_damage() if isinstance(error, CorruptError)
    ]


HAND = p.Hand()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """Give a store of three cases."""
    with make_cases(tmp_path / "cases.db") as store:
        yield store


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_of_a_case_is_seen(store: SqliteStore, what: str) -> None:
    """What is lost or changed of a case is a CorruptError, and no act is decided on it."""
    check_damage_is_seen(store, what)


def test_erasure_says_up_to_which_version_texts_are_gone(store: SqliteStore) -> None:
    """After an erasure earlier texts may be gone; that of a later event may not."""
    store.erase("HB-1", at=START)
    store.commit([change(completed("HB-1", 4), after=store.load("HB-1"))])
    assert store.load("HB-1")[3] == completed("HB-1", 4)
    alter(Path(store.path), "delete from phananh_personal where position < 3")
    assert len(store.load("HB-1")) == 4
    alter(Path(store.path), "delete from phananh_personal")
    with pytest.raises(CorruptError, match="HB-1, version 4"):
        store.load("HB-1")


def test_act_whose_text_was_erased_is_not_taken_for_another(store: SqliteStore) -> None:
    """Where only the record of the erasure is lost, no digest tells what the act was."""
    store.erase("HB-1", at=START)
    alter(Path(store.path), "delete from phananh_erasure")
    with pytest.raises(CorruptError, match="HB-1, version 3"):
        store.find_command("c")
    alter(Path(store.path), "update phananh_command set version = 'x'")
    with pytest.raises(CorruptError) as caught:
        store.find_command("c")
    assert (caught.value.case, caught.value.version) == ("HB-1", 0)


@pytest.mark.parametrize(
    "damage",
    [
        "update phananh_case set state = 'answered' where case_id = 'HB-1'",
        "update phananh_case set crc = crc + 1 where case_id = 'HB-1'",
        "update phananh_case set unit = cast(x'ff' as text) where case_id = 'HB-1'",
        "update phananh_case set since = 'x' where case_id = 'HB-1'",
    ],
)
def test_damaged_row_is_named_and_hides_no_other(store: SqliteStore, damage: str) -> None:
    """A list names the case whose row is damaged, page by page, and shows the others."""
    alter(Path(store.path), damage)
    page = store.find(Query())
    assert (page.damaged, {row.case for row in page.rows}) == (("HB-1",), {"HB-0", "HB-2"})
    pages, after, found = [], None, []
    while not pages or after is not None:
        pages.append(store.find(Query(limit=1, after=after)))
        after = pages[-1].next
        found += [row.case for row in pages[-1].rows]
    assert found == ["HB-0", "HB-2"]
    assert [case for page in pages for case in page.damaged] == ["HB-1"]
    store.commit([change(received(f"A-{n}")) for n in range(501)])  # a page, and more
    assert [error.case for error in store.find_damage()] == ["HB-1"]


def test_a_page_does_not_go_on_behind_a_row_without_a_time(store: SqliteStore) -> None:
    """Where the time that orders the list is damaged, no cursor is made of it."""
    alter(Path(store.path), "update phananh_case set received_at = 'x' where case_id = 'HB-1'")
    assert store.find(Query(order="newest")).damaged == ("HB-1",)
    with pytest.raises(CorruptError, match="HB-1"):
        store.find(Query(order="newest", limit=1))


def test_damaged_row_is_named_by_a_sweep(store: SqliteStore) -> None:
    """A sweep names the case whose row is damaged among those that failed."""
    alter(Path(store.path), "update phananh_case set version = version + 0, crc = 1")
    swept = Desk(store=store, clock=HAND).sweep()
    assert [(type(error), error.case) for error in swept.failed] == [(CorruptError, "HB-1")]
    alter(Path(store.path), "update phananh_case set filters = '[' where case_id = 'HB-1'")
    for ask in (store.list_calendars, lambda: [*store.iter_figures(START, p.MORNING)]):
        with pytest.raises(CorruptError, match="HB-1"):
            ask()


@pytest.mark.parametrize("column", ["case_id = 'HB-2'", "version = 2", "digest = 'x'", "crc = 1"])
def test_damaged_command_is_seen(store: SqliteStore, column: str) -> None:
    """A command that was changed tells nothing about what was done."""
    alter(Path(store.path), f"update phananh_command set {column}")  # noqa: S608  # ours
    with pytest.raises(CorruptError):
        store.find_command("c")
    history = store.load("HB-1")
    with pytest.raises(CorruptError):
        store.commit([change(completed("HB-1", 4), after=history, command="c")])
    assert len([*store.find_damage()]) == 1


def test_an_erasure_that_left_a_key_behind_is_seen(store: SqliteStore) -> None:
    """R57: a text that can still be compared was not erased, and it says so."""
    received_once = attrs.evolve(make_command("d", 1), is_personal=True)
    store.commit([attrs.evolve(change(received("HB-3")), commands=(received_once,))])
    alter(Path(store.path), "insert into phananh_erasure values ('HB-3', '2026-03-04', 1)")
    with pytest.raises(CorruptError, match="HB-3"):
        store.find_command("d")
