"""An inbox: what is for a person, in words, with what they may do, and nothing that tells more."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import attrs
import pytest

from phananh import (
    HOA_BINH_2019,
    Accused,
    Assignee,
    Case,
    Desk,
    InputError,
    MemoryStore,
    Person,
    Sender,
    open_store,
    vietnam_calendar,
)
from phananh.desk.inbox import InboxRow
from phananh.stores.base import Query
from tests.desk import people as p

A = vietnam_calendar("A")
HEAD = Person(id="HD-1", role="agency_head", unit="u-2")
CONTENT = "\n  Hồ sơ mẫu đã quá ngày hẹn \nDòng hai"


class Counted(MemoryStore):
    """A store that counts what is read, and in which some histories are damaged."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.finds, self.loads, self.damaged = 0, 0, frozenset[str]()

    def find(self, query: Query, /) -> Any:
        """Count a page of rows."""
        self.finds += 1
        return super().find(query)

    def load(self, case: str, /) -> Any:
        """Count a history that is read by itself."""
        self.loads += 1
        return super().load(case)

    def load_many(self, cases: Collection[str], /) -> Any:
        """Count a read of histories, and leave out those that are damaged."""
        self.loads += 1
        return super().load_many([case for case in cases if case not in self.damaged])


@pytest.fixture
def desk(hand: p.Hand) -> Desk:
    """Return a desk over a store that counts."""
    return Desk(store=Counted(), clock=hand)


def rows_of(desk: Desk, person: Person, **more: Any) -> dict[str, InboxRow]:
    """Return the rows of an inbox by their cases, in order."""
    return {row.case: row for row in desk.inbox(person, **more).rows}


def test_each_person_has_what_is_for_them(desk: Desk, hand: p.Hand) -> None:
    """What lies with them, what they wait for, and where a head or the leadership may step in."""
    new, held, asked = p.a_case(desk), p.with_officer(desk), p.with_agency(desk, hand)
    hand.at = held.due + p.HOUR  # type: ignore[operator]  # a limit runs
    desk.sweep()
    for person, cases in (
        (p.OPERATOR, [new]),
        (p.OFFICER, [held, asked]),
        (attrs.evolve(p.OFFICER, id="OF-2"), []),
        (p.AGENCY, [asked]),
        (HEAD, [asked]),
        (p.LEADER, [held]),
    ):
        rows = rows_of(desk, person)
        assert {*rows} == {case.id for case in cases}
        assert [*rows] == [row.case for row in desk.find(for_=person, order="urgent").rows]
        for case, row in rows.items():
            assert {*row.allowed} == {
                step for step, why in desk.allowed(case, by=person).items() if not why
            }
    for nobody in (p.CITIZEN, None):
        with pytest.raises(InputError):
            Desk().inbox(nobody)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("address", ["memory:", "cases.db"])
def test_the_leadership_has_what_lies_with_an_accused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, hand: p.Hand
) -> None:
    """Once, in time and late, until another was named, and never where they are accused."""
    monkeypatch.chdir(tmp_path)
    desk = Desk(store=open_store(address), clock=hand)
    other = attrs.evolve(p.LEADER, id="LD-2")
    accused = [Accused(id=each.id, unit="U-1") for each in (p.OFFICER, other)]
    held, asked = p.with_officer(desk), p.with_agency(desk, hand)
    for case in (held, asked):
        desk.complete(case, accused=[*accused, Accused(id=None, unit="U-1")], by=p.OPERATOR)
    assert "reassign" in rows_of(desk, p.LEADER)[asked.id].allowed  # who gets it back
    asked = desk.report_findings(asked.id, text="Mẫu", by=p.AGENCY)  # to nobody in the unit
    addressed = desk.escalate(p.a_case(desk), to=p.LEADER, by=p.OPERATOR)
    desk.complete(addressed, accused=[Accused(id=p.LEADER.id, unit="TT")], by=p.OPERATOR)
    wanted = sorted((held.id, asked.id))
    for hours in (0, 99):
        hand.at += hours * p.HOUR
        desk.sweep()
        found = sorted(row.case for row in desk.find(for_=p.LEADER).rows)
        assert found == sorted(rows_of(desk, p.LEADER)) == wanted
        assert {*rows_of(desk, other)} == {addressed.id}
        assert all("reassign" in row.allowed for row in rows_of(desk, p.LEADER).values())
        assert desk.count(for_=p.LEADER) == desk.count(holder_accused=True) == 2
    for case in (held, asked):
        desk.reassign(case.id, to=Assignee(id="OF-2"), by=p.LEADER)
    assert ([*rows_of(desk, p.LEADER)], desk.count(holder_accused=True)) == ([held.id], 0)  # late
    desk.store.close()


def test_a_row_says_it_in_words(desk: Desk, hand: p.Hand) -> None:
    """The first line of the content, the sender's name, and the working time left or over."""
    case = p.with_officer(desk, content=CONTENT)
    row = rows_of(desk, p.OFFICER)[case.id]
    assert (row.subject, row.sender, row.due, row.left, row.late) == (
        p.SAID, p.SENDER.name, case.due, "5 working hours left", False,
    )  # fmt: skip
    (plain,) = desk.inbox(p.OFFICER).as_dict("vi", personal=True)["rows"]
    assert (plain["subject"], plain["allowed_text"][0]) == (p.SAID, "ghi chú")
    assert not {"subject", "sender"} & {*row.as_dict("vi")}
    assert not [each for each in (p.SAID, p.SENDER.name) if str(each) in repr(row)]
    hand.at = case.due + p.HOUR  # type: ignore[operator]  # not swept
    row = rows_of(desk, p.OFFICER, lang="vi")[case.id]
    assert (row.state, row.late, row.left, row.due, row.version) == (
        "overdue", True, "quá 1 giờ làm việc", case.due, case.version,
    )  # fmt: skip
    asked = p.with_agency(desk, hand)
    hand.at = asked.promised + p.HOUR  # type: ignore[operator]  # the agency was asked
    asked = desk.report_findings(asked, text="Mẫu", by=p.AGENCY)
    row = rows_of(desk, p.OFFICER)[asked.id]
    assert (row.due, row.promised) == (None, asked.promised)  # passed, and nobody else counts it
    found = {row.case: row for row in desk.search("mẫu", by=p.OPERATOR).rows}
    assert found[asked.id].promised == asked.promised
    desk.answer(asked, text="Mẫu", by=p.OFFICER)
    found = {row.case: row for row in desk.search("mẫu", by=p.OPERATOR).rows}
    assert found[asked.id].promised is None
    long = p.a_case(desk, content="x" * 200)
    assert rows_of(desk, p.OPERATOR)[long.id].subject == "x" * 120
    put_off = p.with_agency(desk, hand)
    assert put_off.due is not None
    later = put_off.due + 9 * p.HOUR
    put_off = desk.reschedule(put_off, to=later, reason="x", by=p.AGENCY)
    assert rows_of(desk, p.OFFICER)[put_off.id].promised == later
    received = p.a_case(desk, content=" ", sender=Sender())
    row = rows_of(desk, p.OPERATOR)[received.id]
    assert (row.subject, row.sender, row.due, row.left) == (None, None, None, "")


def test_the_time_left_is_that_of_the_hours_of_today(desk: Desk, hand: p.Hand) -> None:
    """A limit on hours that changed since is told in full minutes of the new ones."""
    p.with_officer(desk)
    hand.at += p.HOUR / 500
    left = "4 hours 59 minutes of working time left"
    for day, said in ((5, left), (4, "not due yet, but no working time is left")):
        closed = A.with_notices([p.notice("TB 1", p.MORNING.date().replace(day=day))])
        assert [row.left for row in desk.with_calendars(closed).inbox(p.OFFICER).rows] == [said]
    desk = attrs.evolve(desk, calendar=lambda role, unit: closed)
    assert [row.left for row in desk.inbox(p.OFFICER).rows] == [said]
    renamed = attrs.evolve(desk, calendar=attrs.evolve(A, name="office"))
    assert [row.left for row in renamed.inbox(p.OFFICER).rows] == [left]
    hand.at += 9 * p.HOUR  # how much it is over is not known
    assert [(row.late, row.left) for row in renamed.inbox(p.OFFICER).rows] == [(True, "")]
    desk = Desk(clock=hand, rules=attrs.evolve(HOA_BINH_2019, name="N", late_after="next_opening"))
    hand.at = p.MORNING.replace(hour=10, minute=30)
    p.with_officer(desk)
    hand.at += 8 * p.HOUR  # after closing, and still in time (R14)
    assert [(row.late, row.left) for row in desk.inbox(p.OFFICER).rows] == [(False, "due now")]
    desk.reschedule(p.with_agency(desk, hand), to=hand.at + 99 * p.HOUR, reason="Chờ", by=p.AGENCY)
    assert [row.left for row in desk.inbox(p.AGENCY).rows] == ["16 working hours left"]


def test_the_unit_of_the_accused_does_not_read_who_complained(desk: Desk) -> None:
    """Neither does whoever holds the case, nor what was sent."""
    near = Person(id="OP-7", role="operator", unit="U-1")
    case = p.a_case(desk, kind="conduct", accused=p.ACCUSED)
    row = rows_of(desk, near)[case.id]
    assert (row.subject, row.sender) == (None, None)
    case = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR)
    row = rows_of(desk, p.OFFICER)[case.id]
    assert (row.subject, row.sender) == (None, None)


def test_a_hidden_case_shortens_no_page(desk: Desk, hand: p.Hand) -> None:
    """Each page is full, ends at a row for this reader, and no next page is without rows."""
    cases: list[Case] = []
    for n in range(9):
        hand.at += p.MICROSECOND
        accused = [Accused(id="op-1", unit="TT")] if n in (1, 2, 4, 8) else []
        cases.append(p.a_case(desk, kind="conduct", accused=accused))
    desk.store.damaged = frozenset({cases[6].id})  # type: ignore[attr-defined]  # it is counted
    wanted = [cases[n].id for n in (0, 3, 5, 7)]
    for find in (desk.inbox, lambda person, **more: desk.find(for_=person, **more)):
        for limit in (1, 2, 3, 4, 5):
            shown, sizes, after = list[str](), list[int](), None
            while after or not sizes:
                page: Any = find(p.OPERATOR, limit=limit, after=after)
                shown += [row.case for row in page.rows]
                sizes.append(len(page.rows))
                after = page.next
                assert {*page.damaged} <= desk.store.damaged  # type: ignore[attr-defined]  # as above
                assert {*desk.inbox(p.OPERATOR).as_dict()} == {"rows", "next"}
            assert shown == wanted
            assert all(size == limit for size in sizes[:-1])
            assert 0 < sizes[-1] <= limit
    for limit, finds in ((1, 4), (5, 3)):
        desk.store.finds = 0  # type: ignore[attr-defined]  # it is counted
        desk.inbox(p.OPERATOR, limit=limit)
        assert desk.store.finds == finds  # type: ignore[attr-defined]  # as above


def test_a_page_reads_no_case_by_itself(desk: Desk) -> None:
    """A page of 20 costs what a page of 5 costs: one read of rows and one of histories, twice."""
    for _ in range(30):
        p.a_case(desk)
    store: Any = desk.store
    for limit, reads in ((5, 2), (20, 2), (40, 1)):
        store.finds = store.loads = 0
        assert len(desk.inbox(p.OPERATOR, limit=limit).rows) == min(limit, 30)
        assert (store.finds, store.loads) == (reads, reads)
