"""The desk asks the Regulation and records what it allows, on memory and on SQLite alike."""

import sqlite3
from pathlib import Path

import attrs
import pytest

from phananh import (
    ConflictError,
    Desk,
    InputError,
    NotFoundError,
    Person,
    RefusedError,
    Role,
    State,
    StepNotAllowedError,
    open_store,
    vietnam_calendar,
)
from phananh.errors import CommandReusedError, CorruptError
from phananh.regulation.case import fold
from phananh.regulation.values.acts import Answer, Close
from phananh.regulation.values.events import Lapsed
from phananh.stores.base import Store
from tests.desk import people as p


def test_five_hours(desk: Desk) -> None:
    """The officer has five working hours from the hand-over, lunch left out (Art. 9.1)."""
    assert p.with_officer(desk).due == p.MORNING.replace(hour=15)


def test_eight_hours(desk: Desk, hand: p.Hand) -> None:
    """The agency has eight working hours from its own hand-over (Art. 9.2)."""
    hand.at = p.MORNING.replace(hour=10)
    assert p.with_agency(desk, hand).due == p.MORNING.replace(day=5, hour=10)


def test_found_by_code_and_id(desk: Desk) -> None:
    """A case is found by its id and by its tracking code, however the code is typed."""
    case = p.a_case(desk)
    typed = str(case.code).lower().replace("-", " ")
    assert desk.get(case.id) == desk.get(str(case.code)) == desk.get(typed) == case


def test_wrong_codes_look_like_unknown_ones(desk: Desk) -> None:
    """A mistyped code, an unknown code and an unknown id all give the same kind of answer."""
    code = str(p.a_case(desk).code)
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    for key in (wrong, "0000-0000-0000-00000", "HB-2603-0000000000", "../x"):
        with pytest.raises(NotFoundError):
            desk.get(key)


def test_a_stale_case_loses(desk: Desk) -> None:
    """An act on a version that is no longer the last is a conflict that carries the fresh case."""
    seen = p.a_case(desk)
    fresh = desk.escalate(seen, to=p.OFFICER, by=p.OPERATOR)
    with pytest.raises((ConflictError, StepNotAllowedError)) as caught:
        desk.answer(seen, text="Đã rõ", by=p.OPERATOR)
    assert isinstance(caught.value, ConflictError)
    assert caught.value.fresh == fresh
    assert desk.get(seen.id) == fresh


def test_by_id_is_decided_again(desk: Desk) -> None:
    """A case given by id is loaded afresh, so what another did is not a conflict."""
    case = p.a_case(desk)
    desk.complete(case.id, content="Thêm chi tiết", by=p.OPERATOR)
    assert desk.escalate(case.id, to=p.OFFICER, by=p.OPERATOR).version == 3


def test_a_command_twice(desk: Desk) -> None:
    """A command done twice is recorded once, and gives the first result again."""
    case = p.a_case(desk)
    first = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR, command_id="c-1")
    desk.answer(first, text="Đã giải quyết", by=p.OFFICER)
    again = desk.escalate(case.id, to=p.OFFICER, by=p.OPERATOR, command_id="c-1")
    assert again == first
    assert len(desk.history(case)) == 3


def test_receiving_twice_is_one_case(desk: Desk) -> None:
    """A receipt repeated under its command id finds the first case."""
    assert p.a_case(desk, command_id="r-1") == p.a_case(desk, command_id="r-1")
    assert p.a_case(desk, command_id="r-2") != p.a_case(desk, command_id="r-1")


def test_a_command_reused(desk: Desk) -> None:
    """A command id with other content is refused, and nothing is recorded."""
    case = p.a_case(desk)
    desk.complete(case, content="Một", by=p.OPERATOR, command_id="c-1")
    with pytest.raises(CommandReusedError):
        desk.complete(case.id, content="Hai", by=p.OPERATOR, command_id="c-1")
    with pytest.raises(CommandReusedError):
        desk.complete(p.a_case(desk), content="Một", by=p.OPERATOR, command_id="c-1")
    assert len(desk.history(case)) == 2


def test_lapse_before_act(desk: Desk, hand: p.Hand) -> None:
    """A late answer records the lapse first, at its due instant, and stays late (Art. 9.2)."""
    case = p.with_officer(desk)
    assert case.due is not None
    hand.at = case.due + p.MICROSECOND
    after = desk.answer(case, text="Xin lỗi vì chậm", by=p.OFFICER)
    lapse, answered = desk.history(case)[-2:]
    assert isinstance(lapse, Lapsed)
    assert (lapse.at, answered.at) == (case.due, hand.at)
    assert (after.state, after.is_late, after.due) == (State.ANSWERED, True, None)
    assert desk.close(after, by=p.OPERATOR).is_late


def test_in_time_at_the_due_instant(desk: Desk, hand: p.Hand) -> None:
    """The due instant itself is in time (reading R14)."""
    case = p.with_officer(desk)
    assert case.due is not None
    hand.at = case.due
    assert not desk.answer(case, text="Đã giải quyết", by=p.OFFICER).is_late


def test_a_refused_act_leaves_no_trace(desk: Desk, hand: p.Hand) -> None:
    """What is refused writes nothing, not even the lapse that was due."""
    case = p.with_officer(desk)
    assert case.due is not None
    hand.at = case.due + p.HOUR
    before = desk.history(case), desk.find(is_open=True)
    with pytest.raises(RefusedError):
        desk.answer(case, text=" ", by=p.OFFICER)
    assert (desk.history(case), desk.find(is_open=True)) == before
    assert desk.as_of(case).state is State.OVERDUE


def test_once_only(desk: Desk, hand: p.Hand) -> None:
    """The second reschedule is refused with Art. 9.3, whoever of the agency asks."""
    case = p.with_agency(desk, hand)
    assert case.due is not None
    moved = desk.reschedule(case, to=case.due + p.HOUR, reason="chờ hồ sơ", by=p.AGENCY)
    assert moved.due == case.due + p.HOUR
    with pytest.raises(RefusedError) as caught:
        desk.reschedule(moved, to=case.due + 2 * p.HOUR, reason="chờ nữa", by=p.AGENCY)
    assert [r.code for r in caught.value.refusals] == ["rescheduled_before"]
    assert str(caught.value.article) == "9.3"


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


def test_sweep_goes_page_by_page(desk: Desk, hand: p.Hand) -> None:
    """A sweep over more cases than a page holds marks each of them once, in order of due."""
    cases = []
    for _ in range(520):
        hand.at += p.MICROSECOND
        cases.append(p.with_officer(desk))
    hand.at += 100 * p.HOUR
    lapsed = desk.sweep().lapsed
    assert [e.case for e in lapsed] == [case.id for case in cases]


def test_rows_follow_the_history(desk: Desk, hand: p.Hand) -> None:
    """The index row says what the fold of the history says, after every act."""
    case = p.with_agency(desk, hand)
    row = desk.find(is_open=True).rows[0]
    assert (row.case, row.version, row.state) == (case.id, case.version, "pending_verification")
    assert (row.holder, row.unit, row.due, row.late) == ("agency", "U-2", case.due, False)
    assert fold(desk.history(case)) == case


def test_allowed_agrees_with_do(desk: Desk) -> None:
    """What `allowed` lists without a reason can be done, and what has reasons is refused."""
    case = p.with_officer(desk)
    answers = desk.allowed(case, by=p.OFFICER)
    assert answers["answer"] == ()
    assert [r.code for r in desk.allowed(case, by=p.OPERATOR)["answer"]] == ["wrong_role"]
    assert [r.code for r in answers["close"]] == ["no_such_step"]
    desk.answer(case, text="Đã giải quyết", by=p.OFFICER)


def test_hours_per_role(store: Store, hand: p.Hand) -> None:
    """The centre and the agencies may keep different hours (reading R18)."""
    calendars = {Role.OFFICER: vietnam_calendar("A"), Role.AGENCY: vietnam_calendar("VP")}
    desk = Desk(store=store, clock=hand, calendar=calendars)
    assert p.with_officer(desk).due == p.MORNING.replace(hour=15)
    assert p.with_agency(desk, hand).due == p.MORNING.replace(day=5)
    with pytest.raises(InputError, match="no hours for"):
        Desk(store=store, clock=hand, calendar={}).escalate(
            p.a_case(desk), to=p.OFFICER, by=p.OPERATOR
        )


def test_clock_turned_back(desk: Desk, hand: p.Hand) -> None:
    """An act before the last event of its case is refused; other cases go on."""
    case = p.with_officer(desk)
    hand.at -= p.HOUR
    with pytest.raises(InputError, match="lies before the last event"):
        desk.answer(case, text="Đã giải quyết", by=p.OFFICER)
    p.a_case(desk)


def test_naive_clock(store: Store) -> None:
    """A clock without an offset is refused at the first act."""
    desk = Desk(store=store, clock=lambda: p.MORNING.replace(tzinfo=None))
    with pytest.raises(InputError, match="offset"):
        p.a_case(desk)


def test_an_unknown_case(desk: Desk) -> None:
    """An act on an unknown case is a LookupError, and creates nothing."""
    with pytest.raises(LookupError):
        desk.close("HB-2603-ZZZZZZZZZZ", by=p.OPERATOR)
    with pytest.raises(InputError):
        desk.do(None, Close(by=p.OPERATOR))
    assert desk.find().rows == ()


def test_do_is_the_one_path(desk: Desk) -> None:
    """A named method and `do` with the act's value record the same event."""
    one, other = p.with_officer(desk), p.with_officer(desk)
    desk.answer(one, text="Như nhau", by=p.OFFICER)
    desk.do(other, Answer(text="Như nhau", by=p.OFFICER))
    pair = [desk.history(case)[-1] for case in (one, other)]
    assert attrs.evolve(pair[0], case="") == attrs.evolve(pair[1], case="")


def test_a_sweep_steps_over_what_it_cannot_read(hand: p.Hand, tmp_path: Path) -> None:
    """One unreadable history is reported, and the other cases are swept all the same."""
    path = tmp_path / "cases.db"
    desk = Desk(store=open_store(path), clock=hand)
    broken, whole = p.with_officer(desk), p.with_officer(desk)
    with sqlite3.connect(path) as raw:
        raw.execute("update phananh_event set body = '{' where case_id = ?", (broken.id,))
    raw.close()
    hand.at += 100 * p.HOUR
    swept = desk.sweep()
    assert [event.case for event in swept.lapsed] == [whole.id]
    assert [type(error) for error in swept.failed] == [CorruptError]
    desk.store.close()


def test_the_accused_operator_takes_the_call(desk: Desk) -> None:
    """An accused operator may take the call (3.1), and is refused every act after it."""
    accused = Person(id="cb-1", role="operator")
    case = desk.receive(
        kind="conduct", channel="phone", content=p.SAID, by=accused, accused=p.ACCUSED
    )
    with pytest.raises(RefusedError) as caught:
        desk.escalate(case, to=p.OFFICER, by=accused)
    assert str(caught.value.article) == "8.1.c2"
