"""What a desk is asked is decided, recorded once and read back; what is refused leaves no trace."""

import inspect
import time
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest

from phananh import (
    HOA_BINH_2019,
    Accused,
    Assignee,
    ConflictError,
    Desk,
    InputError,
    Person,
    RefusedError,
    Sender,
    State,
    StepNotAllowedError,
    vietnam_calendar,
)
from phananh.errors import CommandReusedError
from phananh.regulation import acts as a, receipt
from phananh.regulation.acts import Close
from phananh.regulation.events import Lapsed
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.testing.sample_events import change
from tests.desk import people as p

LATER = p.MORNING + 9 * p.HOUR
# What each method may be given besides `case`, `by`, `command_id` and `expected`.
GIVEN: dict[str, dict[str, Any]] = {
    "receive": {
        "kind": "conduct", "channel": "email", "content": "mẫu", "sender": p.SENDER,
        "accused": p.ACCUSED, "about_unit": "U-9", "language": "en", "at": LATER,
        "procedure": "MAU-1",
    },
    "complete": {
        "content": "thêm", "sender": Sender(name="Khác"), "kind": "service",
        "accused": p.ACCUSED, "about_unit": "U-8", "language": "fr", "at": LATER,
        "procedure": "MAU-2",
    },
    "note": {"text": "mẫu"},
    "reject": {"reasons": ["unclear"], "guidance": "mẫu"},
    "answer": {"text": "mẫu", "documents": ["a.pdf"]},
    "escalate": {"to": p.OFFICER},
    "advise": {"text": "mẫu", "within_competence": False},
    "request_verification": {"agency": "U-2", "appointment": LATER, "focal": "AG-1"},
    "report_findings": {"text": "mẫu", "documents": ["a.pdf"]},
    "reschedule": {"to": LATER, "reason": "mẫu"},
    "reassign": {"to": Assignee(id="CB-2", unit="U-1")},
    "send_back": {"text": "mẫu"},
    "withdraw": {"text": "mẫu"},
    "reopen": {"text": "mẫu"},
    "lift_lapse": {"text": "mẫu", "documents": ["a.pdf"]},
    "notify_unit": {"unit": "U-1", "text": "mẫu"},
    "report_outcome": {"text": "mẫu"},
    "unpublish": {"text": "mẫu"},
    "close": {},
    "publish": {"text": "mẫu"},
    "commend": {"text": "mẫu"},
    "rate": {"score": 4},
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Heard(Desk):
    """Methods that only say what they would do."""

    calls: list[tuple[Any, ...]] = attrs.field(factory=list)

    def do(self, case: Any, act: a.Act, **more: Any) -> Any:
        """Keep what is asked."""
        self.calls.append((case, act, more))


@pytest.mark.parametrize("name", GIVEN)
def test_a_method_hands_on_all_that_it_is_given(name: str) -> None:
    """Each argument stands in the act, or is handed on beside it, and none is left out."""
    heard, made = Heard(), {"by": p.OPERATOR, **GIVEN[name]}
    method, act = getattr(heard, name), a.ACTS[name](**made)
    parameters = {*inspect.signature(method).parameters}
    if name == "receive":
        assert parameters == {*made, "command_id"}
        method(**made, command_id="c-1")
        assert heard.calls == [(None, act, {"command_id": "c-1"})]
        return
    assert parameters == {*made, "case", "options"}
    method("HB-1", **made, command_id="c-1", expected=7)
    assert heard.calls == [("HB-1", act, {"command_id": "c-1", "expected": 7})]


def test_what_is_left_out_is_what_the_act_says() -> None:
    """Without what may be left out, a method asks for the act of the class's own defaults."""
    assert GIVEN.keys() == a.ACTS.keys() - a.SYSTEM_TRIGGERS
    for name, given in GIVEN.items():
        heard = Heard()
        fields = {field.name: field for field in attrs.fields(a.ACTS[name])}
        assert {*given, "by", "at"} == {*fields}, f"what is given to {name}"
        needed = {key: it for key, it in given.items() if fields[key].default is attrs.NOTHING}
        made = {"by": p.OPERATOR, **(needed or dict(list(given.items())[:1]))}
        getattr(heard, name)(*() if name == "receive" else ("HB-1",), **made)
        [(_, act, more)] = heard.calls
        assert act == a.ACTS[name](**made)
        assert not any(more.values())


def test_what_other_methods_leave_out() -> None:
    """A worker has five minutes, pages have 20 or 500 rows, and a recalculation moves nothing."""
    words = {"lang": "en"}
    for call, known in (
        (Desk.feed, {"after": None, "events": None, "limit": 500}),
        (Desk.consume, {"events": None, "start": None, "lease": timedelta(minutes=5),
                        "limit": 500}),
        (Desk.recalculate, {"dry_run": True, "earlier": "keep", "unexplained": "keep",
                            "days": (), "at": None, "after": None, "page_size": 500}),
        (Desk.inbox, {**words, "order": "urgent", "limit": 20, "after": None}),
        (Desk.search, {**words, "limit": 20}), (Desk.timeline, words), (Desk.verify, words),
        (Desk.explain, {**words, "deadline": None, "precision": "minute"}),
    ):  # fmt: skip
        assert known == {
            name: each.default
            for name, each in inspect.signature(call).parameters.items()
            if name in known
        }


A = vietnam_calendar("A")


@pytest.mark.parametrize(
    "wired",
    [{"store": "cases.db"}, {"calendar": "VP"}, {"rules": "HB-2019"}],
)
def test_what_cannot_serve(wired: dict[str, object]) -> None:
    """A path is no store, a name is neither a calendar nor rules."""
    with pytest.raises(InputError, match="give ") as caught:
        Desk(**wired)  # type: ignore[arg-type]  # wrong on purpose
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("act", ["answer", None, a.Answer, a.Act(by=p.OPERATOR)])
def test_what_is_no_act(desk: Desk, act: object) -> None:
    """A word, nothing, a class and an act without a trigger are no act."""
    case = p.a_case(desk)
    for target in (case, case.id, None):
        with pytest.raises(InputError, match="is not an act") as caught:
            desk.do(target, act)  # type: ignore[arg-type]  # wrong on purpose
        assert isinstance(caught.value, TypeError)
    with pytest.raises(InputError, match=r"^act: `lapse` is recorded by the library"):
        desk.do(case, a.Lapse())


def test_a_lifecycle_that_cannot_be_meant_is_refused_with_the_desk() -> None:
    """A row that stands twice is found when the desk is made, and not at its first act."""
    twice = attrs.evolve(HOA_BINH_2019, lifecycle=[*LIFECYCLE, LIFECYCLE[2]])
    with pytest.raises(InputError, match=r"\w \w") as caught:
        Desk(rules=twice)
    assert caught.value.field == "lifecycle"


@pytest.mark.parametrize("wrong", [A, "A", ["A"], [A, None]], ids=str)
def test_former_calendars_are_a_list(wrong):
    """What is no list of calendars is refused as `former`."""
    with pytest.raises(InputError, match=r"^former: .* is not a (list|WorkCalendar)"):
        Desk(former=wrong)


NAIVE = datetime(2026, 3, 4, 8, 0)
CALL = a.Receive(kind="information", channel="phone", content="mẫu", by=p.OPERATOR)


def test_a_stale_case_loses(desk: Desk) -> None:
    """An act on a version that is no longer the last is a conflict that carries the fresh case."""
    seen = p.a_case(desk)
    fresh = desk.escalate(seen, to=p.OFFICER, by=p.OPERATOR)
    with pytest.raises((ConflictError, StepNotAllowedError), match=r"\w \w") as caught:
        desk.answer(seen, text="Đã rõ", by=p.OPERATOR)
    assert isinstance(caught.value, ConflictError)
    assert (caught.value.fresh, desk.get(seen.id)) == (fresh, fresh)
    with pytest.raises(ConflictError) as caught:
        desk.do(seen, a.Withdraw(by=p.CITIZEN), by_code=True)
    assert caught.value.fresh == fresh
    other = p.a_case(desk, kind="conduct")
    accused = [Accused(id=p.OPERATOR.id, unit="U-1")]
    desk.complete(other.id, accused=accused, by=attrs.evolve(p.OPERATOR, id="OP-2"))
    with pytest.raises(ConflictError) as caught:
        desk.answer(other, text="Đã rõ", by=p.OPERATOR)
    assert caught.value.fresh is None  # who is accused now reads it no more


def test_a_command_twice(desk: Desk) -> None:
    """A command done twice is recorded once, and gives the first result again."""
    case = p.a_case(desk)
    first = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR, command_id="c-1")
    desk.answer(first, text="Đã giải quyết", by=p.OFFICER)
    assert desk.escalate(case.id, to=p.OFFICER, by=p.OPERATOR, command_id="c-1") == first
    assert len(desk.history(case)) == 3


def test_a_command_reused(desk: Desk) -> None:
    """A command id with other content is refused, and nothing is recorded."""
    case = p.a_case(desk)
    desk.complete(case, content="Một", by=p.OPERATOR, command_id="c-1")
    with pytest.raises(CommandReusedError, match=r"\w \w"):
        desk.complete(case.id, content="Hai", by=p.OPERATOR, command_id="c-1")
    with pytest.raises(CommandReusedError, match=r"\w \w"):
        desk.complete(p.a_case(desk), content="Một", by=p.OPERATOR, command_id="c-1")
    with pytest.raises(
        CommandReusedError, match=r"\w \w"
    ):  # a moment of its own is part of what it names
        desk.complete(case.id, content="Một", by=p.OPERATOR, command_id="c-1", at=p.MORNING)
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
    with pytest.raises(RefusedError, match=r"\w \w"):
        desk.answer(case, text=" ", by=p.OFFICER)
    assert (desk.history(case), desk.find(is_open=True)) == before
    assert desk.as_of(case).state is State.OVERDUE


def test_an_unknown_case(desk: Desk) -> None:
    """An act on an unknown case is a LookupError, and creates nothing."""
    with pytest.raises(LookupError):
        desk.close("HB-2603-ZZZZZZZZZZ", by=p.OPERATOR)
    with pytest.raises(InputError, match=r"\w \w") as caught:
        desk.do(None, Close(by=p.OPERATOR))
    assert (caught.value.field, caught.value.code, desk.find().rows) == (
        "case",
        "no_case_given",
        (),
    )


@pytest.mark.parametrize("at", [NAIVE, date(2026, 3, 4), "2026-03-04T08:00+07:00", 5])
def test_a_receipt_at_no_instant(desk: Desk, at: object) -> None:
    """A naive time, a date, a text and a number are no moment of a receipt; nothing is recorded."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        desk.do(None, CALL, at=at)  # type: ignore[arg-type]  # wrong on purpose
    assert (caught.value.field, desk.find().rows) == ("at", ())
    with pytest.raises(InputError, match=r"^at: "):
        desk.sweep(at=at)  # type: ignore[arg-type]  # as above
    with pytest.raises(InputError, match=r"^clock: "):
        Desk(clock=lambda: at).now()  # type: ignore[arg-type,return-value]  # as above


def test_a_receipt_at_a_given_moment(desk: Desk) -> None:
    """A receipt has the moment given, else that of the act, else the clock's."""
    early, earlier = p.MORNING - p.HOUR, p.MORNING - 2 * p.HOUR
    then = a.Receive(kind="information", channel="phone", content="mẫu", by=p.OPERATOR, at=early)
    assert desk.do(None, then, at=earlier).received_at == earlier
    case = desk.do(None, then)
    assert (case.received_at, desk.history(case)[0].recorded_at) == (early, p.MORNING)
    strict = attrs.evolve(desk, rules=attrs.evolve(HOA_BINH_2019, backdating="refuse"))
    assert strict.do(None, CALL).received_at == p.MORNING
    with pytest.raises(RefusedError):
        strict.do(None, CALL, at=early)


def test_a_receipt_on_a_case(desk: Desk) -> None:
    """A receipt makes a case: given one, it is refused rather than made beside it."""
    case = p.a_case(desk)
    for given in (case, case.id):
        with pytest.raises(InputError, match=r"^case: a receipt creates the case"):
            desk.do(given, CALL)
    assert len(desk.find().rows) == 1


@pytest.mark.parametrize("command_id", ["", " ", "\u200b"])
def test_a_blank_command_id(desk: Desk, command_id: str) -> None:
    """A blank command id names no click: two calls with it would pass for one."""
    with pytest.raises(InputError, match=r"^command_id: is blank"):
        p.a_case(desk, command_id=command_id)
    with pytest.raises(InputError, match=r"^command_id: "):
        p.a_case(desk, command_id="x" * 301)
    assert desk.find().rows == ()
    assert p.a_case(desk, command_id="x" * 300) == desk.get(desk.find().rows[0].case)


def test_a_receipt_that_is_refused_says_why(desk: Desk) -> None:
    """Who may not record a receipt is given the clause and the reason, and no case is made."""
    with pytest.raises(RefusedError, match=r"\w \w") as caught:
        p.a_case(desk, by=p.OFFICER)
    assert [reason.code for reason in caught.value.refusals] == ["wrong_role"]
    assert ((caught.value.case, caught.value.article.id), desk.count()) == (("(new)", "7.1"), 0)


def test_allowed_agrees_with_do(desk: Desk) -> None:
    """What `allowed` lists without a reason can be done, and what has reasons is refused."""
    case = p.with_officer(desk)
    answers = desk.allowed(case, by=p.OFFICER)
    assert answers["answer"] == ()
    assert [r.code for r in desk.allowed(case, by=p.OPERATOR)["answer"]] == ["wrong_role"]
    assert [r.code for r in answers["close"]] == ["no_such_step"]
    desk.answer(case, text="Đã giải quyết", by=p.OFFICER)


def test_history_has_an_end(desk: Desk) -> None:
    """A case of 10,000 events is read in a second, and takes what ends it, but no more notes.

    The centre may still say who is accused, and the leadership names another.
    """
    case = desk.note(p.a_case(desk), text="Ghi chú", by=p.OPERATOR)
    first, noted = desk.history(case)
    more = [attrs.evolve(noted, n=n) for n in range(3, 10_000)]
    desk.store.commit([change(*more, after=(first, noted))])
    desk.note(case.id, text="Cuối cùng", by=p.OPERATOR)
    start, case = time.process_time(), desk.get(case.id)
    assert time.process_time() - start < 1
    assert case.version == 10_000
    for act in (
        a.Note(text="Thêm", by=p.OPERATOR),
        a.Complete(accused=(), by=p.OPERATOR),
        a.Complete(language="vi", by=p.OPERATOR),
    ):
        with pytest.raises(RefusedError, match="no more of this kind") as caught:
            desk.do(case, act)
        assert [each.code for each in caught.value.refusals] == ["history_full"]
    assert desk.allowed(case, by=p.OPERATOR)["note"] == caught.value.refusals
    assert desk.allowed(case, by=p.OPERATOR)["complete"] == ()  # of who is accused
    assert desk.allowed(str(case.code), by=p.CITIZEN)["complete"] == caught.value.refusals
    case = desk.complete(case, accused=[Accused(unit="U-9")], by=p.OPERATOR)
    case = desk.answer(case, text="Trả lời", by=p.OPERATOR)
    assert desk.close(case, by=p.OPERATOR).version == 10_003


def test_another_is_named_in_a_full_case(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """8.1.c2: whoever filled it may be the one, so they are accused, and their head acts."""
    monkeypatch.setattr(receipt, "MOST_EVENTS", 2)
    case, head = p.with_officer(desk), Person(id="AH-1", role="agency_head", unit="U-1")
    for guard, act, most in (
        (receipt.has_room, a.ReportOutcome(text="x", by=head), 1),
        (receipt.has_room_to_complete, a.Complete(language="vi", by=p.OPERATOR), 2),
    ):
        assert guard.check(case, act, desk.now(), desk.rules[0]) == {"count": most}
    with pytest.raises(RefusedError, match="no more of this kind"):
        desk.reassign(case, to=Assignee(id="OF-2"), by=head)
    for each in ("OF-1", "OF-3"):
        accused = [*case.accused, Accused(id=each, unit="U-1")]
        case = desk.complete(case, accused=accused, by=p.OPERATOR)
    assert desk.reassign(case, to=Assignee(id="OF-2"), by=head).holder.id == "OF-2"


def test_senders_and_returns_have_an_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty senders are replaced, and 500 times a case comes back. Then other steps are left."""
    assert (receipt.MOST_FORMER, receipt.MOST_RETURNS) == (50, 500)
    monkeypatch.setattr(receipt, "MOST_FORMER", 3)
    monkeypatch.setattr(receipt, "MOST_RETURNS", 3)
    case = p.with_officer(desk)
    for n in range(3):
        case = desk.complete(case, sender=Sender(phone=f"0912 345 67{n}"), by=p.OPERATOR)
        asked = {"agency": "U-2", "appointment": desk.now() + 9 * p.HOUR, "by": p.OFFICER}
        case = desk.request_verification(case, **asked)
        case = desk.send_back(case, text="Không thuộc đơn vị", by=p.AGENCY)
    again = (
        a.Complete(sender=p.ADDRESS, by=p.OPERATOR),
        a.RequestVerification(**asked),
        a.SendBack(text="Không thuộc đơn vị", by=p.OFFICER),
    )
    for act in again:
        with pytest.raises(RefusedError, match="no more of this kind") as caught:
            desk.do(case, act)
        assert [each.code for each in caught.value.refusals] == ["history_full"]
    case = desk.complete(case, about_unit="U-9", by=p.OPERATOR)
    case = desk.answer(case, text="Trả lời", by=p.OFFICER)
    for number in (p.SENDER.phone, "0912 345 670", "0912 345 672"):  # none is forgotten
        with pytest.raises(RefusedError, match="the sender"):
            desk.publish(case, text=f"Gọi {number}", by=p.OPERATOR)
