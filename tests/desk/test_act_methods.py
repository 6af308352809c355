"""The methods named after the acts only build the act, from what Python can list."""

import inspect
from typing import Any

import attrs
import pytest

from phananh import Assignee, Desk, InputError, Person, Sender
from phananh.regulation import acts as a
from phananh.regulation.acts import Answer
from tests.desk import people as p

LEADERSHIP = Person(id="GD-1", role="leadership", unit="TT")
LATER = p.MORNING + 9 * p.HOUR
# What each method may be given besides `case`, `by`, `command_id` and `expected`.
GIVEN: dict[str, dict[str, Any]] = {
    "receive": {
        "kind": "conduct", "channel": "email", "content": "mẫu", "sender": p.SENDER,
        "accused": p.ACCUSED, "about_unit": "U-9", "language": "en", "at": LATER,
    },
    "complete": {
        "content": "thêm", "sender": Sender(name="Khác"), "kind": "service",
        "accused": p.ACCUSED, "about_unit": "U-8", "language": "fr", "at": LATER,
    },
    "note": {"text": "mẫu"},
    "reject": {"reasons": ["unclear"], "guidance": "mẫu"},
    "answer": {"text": "mẫu", "documents": ["a.pdf"]},
    "escalate": {"to": p.OFFICER},
    "advise": {"text": "mẫu", "within_competence": False},
    "request_verification": {"agency": "U-2", "appointment": LATER, "focal": "AG-1"},
    "report_findings": {"text": "mẫu"},
    "reschedule": {"to": LATER, "reason": "mẫu"},
    "reassign": {"to": Assignee(id="CB-2", unit="U-1")},
    "notify_unit": {"unit": "U-1", "text": "mẫu"},
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
    for name, given in GIVEN.items():
        heard = Heard()
        fields = {field.name: field for field in attrs.fields(a.ACTS[name])}
        needed = {key: it for key, it in given.items() if fields[key].default is attrs.NOTHING}
        made = {"by": p.OPERATOR, **(needed or dict(list(given.items())[:1]))}
        getattr(heard, name)(*() if name == "receive" else ("HB-1",), **made)
        [(_, act, more)] = heard.calls
        assert act == a.ACTS[name](**made)
        assert not any(more.values())


def test_every_act_of_a_person_has_a_method() -> None:
    """What only the system does has none."""
    assert {*GIVEN} == {*a.ACTS} - {*a.SYSTEM_TRIGGERS}


def test_do_is_the_one_path(desk: Desk) -> None:
    """A named method and `do` with the act's value record the same event."""
    one, other = p.with_officer(desk), p.with_officer(desk)
    desk.answer(one, text="Như nhau", by=p.OFFICER)
    desk.do(other, Answer(text="Như nhau", by=p.OFFICER))
    pair = [desk.history(case)[-1] for case in (one, other)]
    assert attrs.evolve(pair[0], case="") == attrs.evolve(pair[1], case="")


def test_one_text_is_no_list(desk: Desk) -> None:
    """One text for a list is refused, not taken for its letters; any other iterable goes."""
    case = p.a_case(desk)
    with pytest.raises(InputError, match=r"documents: a text is not a list"):
        desk.answer(case, text="mẫu", documents="a.pdf", by=p.OPERATOR)
    with pytest.raises(InputError, match="reasons: a text is not a list"):
        desk.reject(case, reasons="unclear", guidance="mẫu", by=p.OPERATOR)
    done = desk.answer(case, text="mẫu", documents=iter(["a.pdf", "b.pdf"]), by=p.OPERATOR)
    assert desk.history(done)[-1].documents == ("a.pdf", "b.pdf")  # type: ignore[attr-defined]


def test_the_accused_may_come_in_any_order_of_things(desk: Desk) -> None:
    """A generator, a set or one alone is taken as a list is; a text or a stranger is refused."""
    one = p.ACCUSED[0]
    for given in ([one], iter([one]), {one}, one):
        assert p.a_case(desk, kind="conduct", accused=given).accused == (one,)
    for stranger in ("CB-1", ["CB-1"]):
        with pytest.raises(InputError, match="accused: a text is not of type Accused; give"):
            p.a_case(desk, accused=stranger)


def test_what_is_added_on_the_way(desk: Desk) -> None:
    """A note, a language, who is accused and what the leadership finds reach the history (8.3)."""
    case = desk.escalate(p.a_case(desk, language="en"), to=LEADERSHIP, by=p.OPERATOR)
    case = desk.complete(case, language="vi", accused=p.ACCUSED, by=p.OPERATOR)
    case = desk.note(case, text="Đã gọi lại", by=LEADERSHIP)
    case = desk.advise(case, text="Thuộc bộ khác", within_competence=False, by=LEADERSHIP)
    assert (case.language, case.accused) == ("vi", tuple(p.ACCUSED))
    done = desk.reject(case, reasons=["out_of_competence"], guidance="Bộ mẫu", by=p.OPERATOR)
    *_, noted, advised, _ = desk.history(done)
    assert (noted.text, advised.within_competence) == (  # type: ignore[attr-defined]
        "Đã gọi lại",
        False,
    )
    assert "Đã gọi lại" not in repr(noted)


def test_the_leaderships_finding_is_yes_or_no(desk: Desk) -> None:
    """What is neither true nor false is refused by the name of its field (R43)."""
    case = desk.escalate(p.a_case(desk), to=LEADERSHIP, by=p.OPERATOR)
    with pytest.raises(InputError, match="within_competence"):
        desk.advise(case, text="x", within_competence="no", by=LEADERSHIP)  # type: ignore[arg-type]
    assert desk.get(case.id) == case
