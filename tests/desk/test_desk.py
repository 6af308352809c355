"""The desk asks the Regulation and records what it allows, on memory and on SQLite alike."""

import pytest

from phananh import (
    Desk,
    InputError,
    Person,
    RefusedError,
    Role,
    vietnam_calendar,
)
from phananh.stores.base import Store
from tests.desk import people as p


def test_five_hours(desk: Desk) -> None:
    """The officer has five working hours from the hand-over, lunch left out (Art. 9.1)."""
    assert p.with_officer(desk).due == p.MORNING.replace(hour=15)


def test_eight_hours(desk: Desk, hand: p.Hand) -> None:
    """The agency has eight working hours from its own hand-over (Art. 9.2)."""
    hand.at = p.MORNING.replace(hour=10)
    assert p.with_agency(desk, hand).due == p.MORNING.replace(day=5, hour=10)


def test_in_time_at_the_due_instant(desk: Desk, hand: p.Hand) -> None:
    """The due instant itself is in time (reading R14)."""
    case = p.with_officer(desk)
    assert case.due is not None
    hand.at = case.due
    assert not desk.answer(case, text="Đã giải quyết", by=p.OFFICER).is_late


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


def test_the_accused_operator_takes_the_call(desk: Desk) -> None:
    """An accused operator may take the call (3.1), and is refused every act after it."""
    accused = Person(id="cb-1", role="operator")
    case = desk.receive(
        kind="conduct", channel="phone", content=p.SAID, by=accused, accused=p.ACCUSED
    )
    with pytest.raises(RefusedError) as caught:
        desk.escalate(case, to=p.OFFICER, by=accused)
    assert str(caught.value.article) == "8.1.c2"


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
