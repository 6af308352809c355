"""The sweep marks every limit that ran out, once (Art. 9.2)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import attrs
import pytest

from phananh import (
    ConflictError,
    Desk,
    MemoryStore,
    State,
    StoreError,
)
from phananh.desk.desk import SweepResult
from phananh.errors import CorruptError, UnknownRulesError
from phananh.regulation.events import Lapsed
from phananh.regulation.rules import HOA_BINH_2019
from phananh.stores.base import Page, Query
from phananh.stores.sqlite import SqliteStore
from tests.desk import people as p
from tests.desk.contested import Contested

OTHER = attrs.evolve(HOA_BINH_2019, name="SAMPLE")


def test_sweep_marks_once(desk: Desk, hand: p.Hand) -> None:
    """A sweep marks nothing at the due instant, one case after it, and nothing again."""
    case = p.with_officer(desk)
    p.a_case(desk)
    assert case.due is not None
    hand.at = case.due
    assert desk.sweep().lapsed == ()
    hand.at += p.MICROSECOND
    assert [(e.case, e.due) for e in desk.sweep().lapsed] == [(case.id, case.due)]
    assert desk.sweep().lapsed == ()
    assert desk.get(case.id).state is State.OVERDUE


def test_sweep_goes_page_by_page(hand: p.Hand) -> None:
    """A sweep over more cases than a page holds marks each of them once, in order of due."""
    desk, cases = Desk(clock=hand), []
    for _ in range(520):
        hand.at += p.MICROSECOND
        cases.append(p.with_officer(desk))
    hand.at += 100 * p.HOUR
    assert [e.case for e in desk.sweep().lapsed] == [case.id for case in cases]


@pytest.mark.parametrize(
    "damage",
    ["update phananh_event set body = '{'", "update phananh_case set kind = 'conduct'"],
)
def test_a_sweep_steps_over_what_it_cannot_read(hand: p.Hand, tmp_path: Path, damage: str) -> None:
    """A case with an unreadable history or row is among the failed, once; the others are swept."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as store:
        desk = Desk(store=store, clock=hand)
        broken, whole = p.with_officer(desk), p.with_officer(desk)
        with closing(sqlite3.connect(path)) as raw, raw:
            raw.execute(f"{damage} where case_id = ?", (broken.id,))
        hand.at += 100 * p.HOUR
        swept = desk.sweep()
    assert [event.case for event in swept.lapsed] == [whole.id]
    assert [(type(each), each.as_dict()["case"]) for each in swept.failed] == [
        (CorruptError, broken.id)
    ]


@pytest.mark.parametrize(("times", "marked"), [(0, 2), (4, 2), (5, 1), (9, 1), (10, 0), (99, 0)])
def test_a_sweep_names_what_others_kept_recording(hand: p.Hand, times: int, marked: int) -> None:
    """Each case is tried five times; then it is among the failed, and the next sweep marks it."""
    store = Contested()
    desk = Desk(store=store, clock=hand)
    late = [p.with_officer(desk).id for _ in range(2)]
    hand.at += 100 * p.HOUR
    store.times = times
    swept = desk.sweep()
    assert {event.case for event in swept.lapsed} | {*_named(swept)} == {*late}
    assert (len(swept.lapsed), len(swept.failed)) == (marked, 2 - marked)
    store.times = 0
    assert [event.case for event in desk.sweep().lapsed] == _named(swept)


class Busy(MemoryStore):
    """A store that another keeps busy from the second commit on."""

    left, code = 1, "busy"

    def commit(self, changes, /):  # type: ignore[no-untyped-def]  # as its parent has it
        """Record once, and then wait in vain."""
        if not self.left:
            raise StoreError(doing="recording", code=self.code, seconds=5)
        self.left -= 1
        super().commit(changes)


def test_a_sweep_ends_where_the_store_is_busy(hand: p.Hand) -> None:
    """What was marked before is told, the case that waited in vain failed, and the rest waits."""
    store = Busy()
    store.left = 6
    desk = Desk(store=store, clock=hand)
    first, second, _ = sorted(p.with_officer(desk).id for _ in range(3))
    hand.at += 100 * p.HOUR
    store.left = 1
    swept = desk.sweep()
    assert [event.case for event in swept.lapsed] == [first]
    assert [error.code for error in swept.failed if isinstance(error, StoreError)] == ["busy"]
    store.left, store.code = 0, "database_busy"
    assert len(desk.sweep().failed) == 1
    store.left = 2
    assert [event.case for event in desk.sweep().lapsed][:1] == [second]


def _named(swept: SweepResult) -> list[str]:
    return [error.case for error in swept.failed if isinstance(error, ConflictError)]


def test_what_somebody_did_since_the_list_is_not_of_the_sweep(hand: p.Hand) -> None:
    """An act between the list and the sweep's own is no failure, and a note is not told."""
    store = MemoryStore()
    desk = Desk(store=store, clock=hand)
    answered, noted, asked_on = (p.with_officer(desk) for _ in range(3))
    page = store.find(Query(is_open=True))
    desk.note(noted, text="Đã gọi lại", by=p.OFFICER)
    hand.at += 100 * p.HOUR
    desk.answer(answered, text="Xong", by=p.OFFICER)
    told = hand.at + 50 * p.HOUR
    desk.request_verification(asked_on, agency="U-2", appointment=told, by=p.OFFICER)
    asked = list[Query]()

    def find(query: Query, /) -> Page:
        asked.append(query)
        return page

    store.find = find  # type: ignore[method-assign]  # the list of a moment before
    swept = desk.sweep()
    assert asked == [Query(is_open=True, due_before=hand.at, limit=500)]
    assert [(event.case, type(event)) for event in swept.lapsed] == [(noted.id, Lapsed)]
    assert swept.failed == desk.sweep(at=hand.at - p.HOUR).failed == ()


def test_a_sweep_tells_a_lapse_once(desk: Desk, hand: p.Hand) -> None:
    """If an officer and then the agency are late, the second sweep tells of the agency alone."""
    case = p.with_officer(desk)
    hand.at += 100 * p.HOUR
    desk.sweep()
    told = hand.at + 50 * p.HOUR
    desk.request_verification(case.id, agency="U-2", appointment=told, by=p.OFFICER)
    hand.at += 100 * p.HOUR
    assert len(desk.sweep().lapsed) == 1


class Counting(MemoryStore):
    """A store that counts how often a history is read."""

    loads = 0

    def load(self, case, /):  # type: ignore[no-untyped-def]  # as its parent has it
        """Count, and load."""
        self.loads += 1
        return super().load(case)


def test_a_sweep_reads_no_history_under_unknown_rules(hand: p.Hand) -> None:
    """A case under rules that the desk does not know is among the failed, by its row alone."""
    store = Counting()
    case = p.with_officer(Desk(store=store, clock=hand, rules=OTHER))
    hand.at += 100 * p.HOUR
    store.loads = 0
    swept = Desk(store=store, clock=hand).sweep()
    assert swept.lapsed == ()
    assert [(type(error), error.case) for error in swept.failed] == [(UnknownRulesError, case.id)]
    assert store.loads == 0
