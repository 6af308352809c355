"""What must not be taken for unknown, because an index has lost it: a click, and a code."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from phananh import Case, Desk, Person
from phananh.errors import CorruptError
from phananh.regulation.tracking_code import digest_code
from phananh.stores import SqliteStore
from phananh.testing.sample_events import START
from tests.desk import people as p
from tests.stores.files import alter

HAND = p.Hand()


def receive(desk: Desk, command_id: str = "click-1", by: Person = p.OPERATOR) -> Case:
    """Receive a case, or the same once more."""
    return desk.receive(
        kind="information", channel="phone", content="Hỏi", by=by, command_id=command_id
    )


def make_file(path: Path) -> Case:
    """Make a store of one case that was received by a click, and one note, and close it."""
    with SqliteStore(path) as store:
        case = receive(Desk(store=store, clock=HAND))
        store.erase("HB-9", at=START)  # which empties the log into the file
    return case


def flip(path: Path, tree: str, what: str) -> None:
    """Change the last bit of the last byte of a text in the page of a table or index."""
    with sqlite3.connect(path) as connection:
        ((page,),) = connection.execute(
            "select rootpage from sqlite_master where name = ?", (tree,)
        )
    connection.close()
    data, text = bytearray(path.read_bytes()), what.encode()
    data[data.index(text, 4096 * (page - 1)) + len(text) - 1] ^= 1
    path.write_bytes(data)


def find_first(desk: Desk) -> None:
    """Ask the store for the click alone."""
    desk.store.find_command("click-1")


@pytest.mark.parametrize("ask", [receive, find_first])
@pytest.mark.parametrize("tree", ["phananh_command", "phananh_command_again"])
def test_a_click_that_was_recorded_is_never_new(
    tmp_path: Path, tree: str, ask: Callable[[Desk], object]
) -> None:
    """Where the entry of a click was changed, it is found, or an error; there is one case."""
    path = tmp_path / "cases.db"
    case = make_file(path)
    flip(path, tree, "click-1")
    with SqliteStore(path) as store:
        desk = Desk(store=store, clock=HAND)
        if tree == "phananh_command":
            with pytest.raises(CorruptError):
                ask(desk)
        else:
            ask(desk)
        assert [row.case for row in desk.find().rows] == [case.id]


def test_a_click_that_is_lost_is_not_recorded_again(tmp_path: Path) -> None:
    """A commit sees it too, even if nobody looked the click up before."""
    path = tmp_path / "cases.db"
    make_file(path)
    flip(path, "phananh_command", "click-1")
    with SqliteStore(path) as store:
        blind = Desk(store=store, clock=HAND)
        looks = iter([lambda _: None])
        look = store.find_command
        object.__setattr__(store, "find_command", lambda name: next(looks, look)(name))
        with pytest.raises(CorruptError):
            receive(blind)
        assert len(blind.find().rows) == 1


@pytest.mark.parametrize("tree", ["phananh_case_code", "phananh_case_code_again"])
def test_a_code_that_was_given_is_never_unknown(tmp_path: Path, tree: str) -> None:
    """Where the entry of a code was changed, the case is found, or the citizen gets an error."""
    path = tmp_path / "cases.db"
    case = make_file(path)
    flip(path, tree, digest_code(str(case.code)))
    with SqliteStore(path) as store:
        desk = Desk(store=store, clock=HAND)
        if tree == "phananh_case_code":
            with pytest.raises(CorruptError, match=case.id):
                desk.track(str(case.code))
        else:
            assert desk.track(str(case.code)).state == case.state


@pytest.mark.parametrize(
    "damage",
    [
        "update phananh_personal set salt = zeroblob(16)",
        "update phananh_personal set salt = 'x'",
        "update phananh_personal set data = zeroblob(9)",
        "update phananh_command set version = 'x'",
        "insert into phananh_erasure select case_id, '2026', 1 from phananh_case",
    ],
)
def test_a_damaged_click_is_no_other_act(tmp_path: Path, damage: str) -> None:
    """A click of which something is damaged is neither another act, nor any act."""
    path = tmp_path / "cases.db"
    make_file(path)
    alter(path, damage)
    with SqliteStore(path) as store:
        desk = Desk(store=store, clock=HAND)
        with pytest.raises(CorruptError):
            receive(desk)
        assert len(desk.find().rows) == 1


@pytest.mark.parametrize("tree", ["due", "open"])
def test_a_sweep_names_what_an_index_leaves_out(tmp_path: Path, tree: str) -> None:
    """A case that an index lost is late all the same, and the sweep says that it is not shown."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as store:
        desk = Desk(store=store, clock=HAND)
        cases = [p.with_officer(desk).id for _ in range(3)]
        store.erase("HB-9", at=START)
    with sqlite3.connect(path) as connection:
        ((page,),) = connection.execute(
            "select rootpage from sqlite_master where name = ?", (f"phananh_case_{tree}",)
        )
    connection.close()
    data = bytearray(path.read_bytes())
    count = 4096 * (page - 1) + 4
    assert data[count] == 3
    data[count] = 1  # of the three entries, the first
    path.write_bytes(data)
    with SqliteStore(path) as store:
        swept = Desk(store=store, clock=HAND).sweep(at=HAND() + timedelta(days=90))
    said = " ".join(map(str, swept.failed))
    assert all(case in {event.case for event in swept.lapsed} or case in said for case in cases)
