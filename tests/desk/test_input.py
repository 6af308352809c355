"""What a desk is asked is checked at the door, on every store alike, and leaves nothing."""

from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from phananh import Desk, InputError, NotFoundError, Role
from phananh.regulation.values import acts as a
from phananh.regulation.values.events import Erased
from tests.desk import people as p

NAIVE = datetime(2026, 3, 4, 8, 0)
CALL = a.Receive(kind="information", channel="phone", content="mẫu", by=p.OPERATOR)


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


@pytest.mark.parametrize("act", ["answer", None, a.Answer, a.Act(by=p.OPERATOR)])
def test_what_is_no_act(desk: Desk, act: object) -> None:
    """A word, nothing, a class and an act without a trigger are no act."""
    case = p.a_case(desk)
    for target in (case, case.id, None):
        with pytest.raises(InputError, match="is not an act") as caught:
            desk.do(target, act)  # type: ignore[arg-type]  # wrong on purpose
        assert isinstance(caught.value, TypeError)


def test_a_receipt_on_a_case(desk: Desk) -> None:
    """A receipt makes a case: given one, it is refused rather than made beside it."""
    case = p.a_case(desk)
    for given in (case, case.id):
        with pytest.raises(InputError, match="case: a receipt makes a case"):
            desk.do(given, CALL)
    assert len(desk.find().rows) == 1


@pytest.mark.parametrize("command_id", ["", " ", "\u200b"])
def test_a_blank_command_id(desk: Desk, command_id: str) -> None:
    """A blank command id names no click: two calls with it would pass for one."""
    with pytest.raises(InputError, match="command_id: is blank"):
        p.a_case(desk, command_id=command_id)
    assert desk.find().rows == ()


def test_one_text_is_no_list(desk: Desk) -> None:
    """One text for a list is refused, not taken for its letters; any other iterable goes."""
    case = p.a_case(desk)
    with pytest.raises(InputError, match=r"documents: 'a\.pdf' is not a list"):
        desk.answer(case, text="mẫu", documents="a.pdf", by=p.OPERATOR)
    with pytest.raises(InputError, match="reasons: 'unclear' is not a list"):
        desk.reject(case, reasons="unclear", guidance="mẫu", by=p.OPERATOR)
    done = desk.answer(case, text="mẫu", documents=iter(["a.pdf", "b.pdf"]), by=p.OPERATOR)
    assert desk.history(done)[-1].documents == ("a.pdf", "b.pdf")  # type: ignore[attr-defined]


def test_forgetting_nobody(desk: Desk) -> None:
    """To erase a case that does not exist is an error: a wrong id would pass for done."""
    with pytest.raises(NotFoundError):
        desk.erase("HB-2603-0000000000")
    with pytest.raises(NotFoundError):
        Desk(clock=desk.clock).erase(p.a_case(desk))


def test_forgetting_what_cannot_be_read(tmp_path, hand: p.Hand) -> None:  # type: ignore[no-untyped-def]  # pytest's
    """A damaged history does not keep a name from being erased."""
    import sqlite3

    from phananh import open_store

    path = tmp_path / "cases.db"
    desk = Desk(store=open_store(path), clock=hand)
    case = p.a_case(desk)
    desk.answer(case, text="bí mật", by=p.OPERATOR)
    with closing(sqlite3.connect(path)) as damaged, damaged:
        good = damaged.execute("select body from phananh_event where version = 2").fetchone()
        damaged.execute("update phananh_event set body = '{' where version = 2")
    desk.erase(case)
    with closing(sqlite3.connect(path)) as mended, mended:
        mended.execute("update phananh_event set body = ? where version = 2", good)
    assert isinstance(desk.get(case.id).sender, Erased)
    desk.store.close()


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


def test_what_is_unmet_is_listed(desk: Desk) -> None:
    """All that a request does not meet is listed, each with clause and guidance (Art. 1, 6)."""
    case = desk.receive(kind="denunciation", channel="phone", content=" ", by=p.OPERATOR)
    assert [(row.code, row.article.id) for row in desk.unmet(case)] == [
        ("complaint_or_denunciation", "1.1.b"),
        ("unclear", "6.b"),
        ("no_name", "6.c"),
        ("no_contact", "6.c"),
    ]
    assert desk.unmet(case)[2].as_dict() == {
        "code": "no_name",
        "article": "6.c",
        "vi": "thiếu họ tên hoặc tên tổ chức",
        "en": "the sender's name is missing",
        "guidance": {"vi": "cho biết họ tên hoặc tên tổ chức", "en": "give the name"},
    }
    assert desk.unmet(p.a_case(desk)) == ()


def test_the_accused_may_come_in_any_order_of_things(desk: Desk) -> None:
    """A generator, a set or one alone is taken as a list is; a text or a stranger is refused."""
    one = p.ACCUSED[0]
    for given in ([one], iter([one]), {one}, one):
        assert p.a_case(desk, kind="conduct", accused=given).accused == (one,)
    with pytest.raises(InputError, match="accused: 'CB-1' is not a list"):
        p.a_case(desk, accused="CB-1")
    with pytest.raises(InputError, match="accused: 'CB-1' is not of type Accused; give"):
        p.a_case(desk, accused=["CB-1"])
