"""What a desk is asked is decided, recorded once and read back; what is refused leaves no trace."""

from datetime import date, datetime, timedelta

import pytest

from phananh import (
    ConflictError,
    Desk,
    InputError,
    RefusedError,
    Role,
    State,
    StepNotAllowedError,
)
from phananh.errors import ClockError, CommandReusedError
from phananh.regulation import acts as a
from phananh.regulation.acts import Close
from phananh.regulation.case import fold
from phananh.regulation.events import Lapsed
from phananh.stores.base import Store
from tests.desk import people as p

NAIVE = datetime(2026, 3, 4, 8, 0)
CALL = a.Receive(kind="information", channel="phone", content="mẫu", by=p.OPERATOR)


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


def test_rows_follow_the_history(desk: Desk, hand: p.Hand) -> None:
    """The index row says what the fold of the history says, after every act."""
    case = p.with_agency(desk, hand)
    row = desk.find(is_open=True).rows[0]
    assert (row.case, row.version, row.state) == (case.id, case.version, "pending_verification")
    assert (row.holder, row.unit, row.due, row.late) == ("agency", "U-2", case.due, False)
    assert fold(desk.history(case)) == case


def test_clock_turned_back(desk: Desk, hand: p.Hand) -> None:
    """An act on a clock an hour before the last event of its case is refused; others go on."""
    case = p.with_officer(desk)
    hand.at -= p.HOUR
    with pytest.raises(ClockError, match="before its last event"):
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


@pytest.mark.parametrize("at", [NAIVE, date(2026, 3, 4), "2026-03-04T08:00+07:00", 5])
def test_a_receipt_at_no_instant(desk: Desk, at: object) -> None:
    """A naive time, a date, a text and a number are no moment of a receipt; nothing is recorded."""
    with pytest.raises(InputError) as caught:
        desk.do(None, CALL, at=at)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.field == "at"
    assert desk.find().rows == ()


def test_a_receipt_at_a_given_moment(desk: Desk) -> None:
    """A receipt has the moment given, else that of the act, else the clock's."""
    early, earlier = p.MORNING - p.HOUR, p.MORNING - 2 * p.HOUR
    then = a.Receive(kind="information", channel="phone", content="mẫu", by=p.OPERATOR, at=early)
    assert desk.do(None, then, at=earlier).received_at == earlier
    assert desk.do(None, then).received_at == early
    assert desk.do(None, CALL).received_at == p.MORNING


def test_a_receipt_on_a_case(desk: Desk) -> None:
    """A receipt makes a case: given one, it is refused rather than made beside it."""
    case = p.a_case(desk)
    for given in (case, case.id):
        with pytest.raises(InputError, match="case: a receipt creates the case"):
            desk.do(given, CALL)
    assert len(desk.find().rows) == 1


@pytest.mark.parametrize("command_id", ["", " ", "\u200b"])
def test_a_blank_command_id(desk: Desk, command_id: str) -> None:
    """A blank command id names no click: two calls with it would pass for one."""
    with pytest.raises(InputError, match="command_id: is blank"):
        p.a_case(desk, command_id=command_id)
    assert desk.find().rows == ()


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"due_before": NAIVE}, "due_before"),
        ({"due_before": "2026-03-04T08:00+07:00"}, "due_before"),
        ({"due_before": date(2026, 3, 4)}, "due_before"),
        ({"states": "received"}, "states"),
        ({"states": ["received", "opened"]}, "states"),
        ({"states": 5}, "states"),
        ({"holder": "Officer"}, "holder"),
        ({"kind": "complain"}, "kind"),
        ({"unit": 5}, "unit"),
        ({"unit": ""}, "unit"),
        ({"holder_id": "CB-\u0410"}, "holder_id"),
        ({"is_open": "yes"}, "is_open"),
        ({"late": 1}, "late"),
        ({"code": 5}, "code"),
        ({"after": 5}, "after"),
    ],
)
def test_a_filter_that_means_nothing(desk: Desk, filters: dict[str, object], field: str) -> None:
    """A filter that no case could meet is refused, whether or not a case is there."""
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            desk.find(**filters)
        assert caught.value.field == field
        p.with_officer(desk)


def test_filters_are_taken_in_each_form(desk: Desk) -> None:
    """States come as any collection, slugs as words or as members; an hour of another zone fits."""
    case = p.with_officer(desk)
    assert case.due is not None
    later = case.due.astimezone(tz=None) + timedelta(seconds=1)
    for filters in (
        {"states": ["escalated"]},
        {"states": {case.state}},
        {"holder": Role.OFFICER, "kind": case.kind},
        {"holder_id": "of-1", "unit": "u-1"},
        {"due_before": later, "is_open": True, "late": False},
        {"code": case.code_digest},
    ):
        assert [row.case for row in desk.find(**filters).rows] == [case.id]


def test_a_receipt_that_is_refused_says_why(desk: Desk) -> None:
    """Who may not record a receipt is given the clause and the reason, and no case is made."""
    with pytest.raises(RefusedError) as caught:
        p.a_case(desk, by=p.OFFICER)
    assert [reason.code for reason in caught.value.refusals] == ["wrong_role"]
    assert str(caught.value.article.id) == "7.1"
    assert desk.count() == 0
