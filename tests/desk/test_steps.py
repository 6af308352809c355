"""The steps of a role with their forms: what a form offers is taken, and nothing else."""

import json
from collections.abc import Iterator
from typing import Any

import attrs
import jsonschema
import pytest

from phananh import Accused, Assignee, Case, Desk, InputError, Person, Role, Sender
from phananh.acts import make_act, make_act_schema
from phananh.desk.forms import Field
from phananh.desk.steps import CaseStep
from phananh.regulation import acts as a, personal_data
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.lifecycle import LIFECYCLE
from tests.desk import people as p

HEAD = Person(id="HD-1", role="agency_head", unit="U-2")
PROVIDER = Person(id="PR-1", role="provider", unit="BD")
PEOPLE = (p.OPERATOR, p.OFFICER, p.AGENCY, p.CITIZEN, p.LEADER, HEAD, PROVIDER)
OTHER = Accused(id="CB-7", unit="U-7")
GIVEN = {"text": "Mẫu", "line": "Mẫu", "instant": "2026-03-20T16:00", "id": "bd-12"}


def make_cases(desk: Desk, hand: p.Hand) -> Iterator[Case]:
    """Yield a case of the citizen at each place, each new."""

    def receive(**more: Any) -> Case:
        return p.a_case(desk, channel="portal", by=p.CITIZEN, **more)

    def pass_on(to: Person = p.OFFICER, **more: Any) -> Case:
        return desk.escalate(receive(**more), to=to, by=p.OPERATOR)

    def ask() -> Case:
        later = hand.at + 50 * p.HOUR
        return desk.request_verification(pass_on(), agency="U-2", appointment=later, by=p.OFFICER)

    yield from (receive(), receive(kind="complaint"), receive(kind="conduct", about_unit="U-9"))
    yield from (pass_on(), pass_on(p.LEADER), pass_on(PROVIDER, kind="service"), ask())
    yield desk.reject(receive(), reasons=["unclear"], guidance="Mẫu", by=p.OPERATOR)
    yield desk.answer(pass_on(kind="conduct", accused=p.ACCUSED[:0], about_unit="U-9"),
                      text="Mẫu", by=p.OFFICER)  # fmt: skip
    done = desk.close(desk.answer(receive(), text="Mẫu", by=p.OPERATOR), by=p.OPERATOR)
    yield from (done, desk.publish(done, text="Mẫu", by=p.OPERATOR))
    yield desk.notify_unit(receive(kind="conduct", about_unit="U-2"), unit="U-2", by=p.LEADER)
    late = ask()
    hand.at = late.due + p.HOUR
    yield late  # not swept: a step shows the lapse


def of(steps: tuple[CaseStep, ...], trigger: str) -> CaseStep:
    """Return the step of a trigger."""
    (found,) = (each for each in steps if each.trigger == trigger)
    return found


class Repeated(dict[str, list[str]]):
    """A form as Flask, FastAPI and Django read it: a name that is asked for has one value."""

    def __getitem__(self, name: str) -> Any:
        """Return the last value."""
        return super().__getitem__(name)[-1]

    def getlist(self, name: str) -> list[str]:
        """Return every value."""
        return super().__getitem__(name)


def names_of(step: CaseStep) -> list[str]:
    """Return the names of a form's fields."""
    return [each.name for each in step.fields]


def choices_of(step: CaseStep, name: str) -> list[object]:
    """Return the values that can be chosen in a field of a form."""
    (field,) = (each for each in step.fields if each.name == name)
    return [each.value for each in field.choices]


def fill(field: Field) -> list[dict[str, object]]:
    """Return what somebody may type into a field: each choice, and of a group what is needed."""
    if field.choices:
        return [{field.name: str(each.value).lower()} for each in field.choices]
    if not field.fields:
        return [{field.name: GIVEN[field.type]}]
    needed = [each for each in field.fields if each.required_in_group] or field.fields[:1]
    rest = {k: v for each in needed for k, v in fill(each)[0].items()}
    ways = [rest | given for each in needed for given in fill(each)]
    return [{f"{field.name}.{k}": v for k, v in way.items()} for way in ways]


def fillings(step: CaseStep) -> Iterator[dict[str, object]]:
    """Yield forms of a step: with what is needed, each other field beside it, and each choice."""
    needed = {k: v for each in step.fields if each.required for k, v in fill(each)[0].items()}
    yield needed
    for field in step.fields:
        yield from (needed | given for given in fill(field))


def test_a_step_is_there_if_the_role_has_it_in_that_state() -> None:
    """The steps are those of the rows, with the reasons of `allowed`. An open one has a form."""
    hand, seen = p.Hand(), set()
    desk = Desk(clock=hand)
    for case in make_cases(desk, hand):
        shown = desk.as_of(case)
        state = shown.state
        for by in PEOPLE:
            own = [r for r in LIFECYCLE if state in r.sources and by.role in r.roles]
            rows = {r.trigger for r in own if not r.requires or getattr(case, r.requires)}
            steps, allowed = desk.steps(case, by), desk.allowed(case, by=by)
            assert {each.trigger for each in steps} == rows
            for step in steps:
                same = [row for row in own if row.trigger == step.trigger]
                assert step.article in {
                    row.article if step.reasons else row.article_for(shown) for row in same
                }
                assert step.reasons == allowed[step.trigger]
                assert not (step.reasons and step.fields)
                assert step.reasons or step.fields or step.trigger == "close"
                seen |= set() if step.reasons else {step.trigger}
    assert seen == {*a.ACTS} - {*a.SYSTEM_TRIGGERS, "receive"}


def test_what_a_form_offers_is_taken() -> None:
    """With what is needed, with each other field beside it, and with each choice it is allowed."""
    hand, tried = p.Hand(), 0
    desk = Desk(clock=hand)
    for case in make_cases(desk, hand):
        for by in PEOPLE:
            for step in desk.steps(case, by):
                for given in () if step.reasons else fillings(step):
                    if step.trigger == "complete" and not given:
                        continue  # each of its fields may be left out, but not all of them
                    act = make_act(step.trigger, given, by=by)
                    assert isinstance(decide(case, act, desk.context_of(case)), Recorded), act
                    tried += 1
    assert tried > 150


def test_a_form_leaves_out_what_would_be_refused() -> None:
    """Who fills it in and where the case lies decide about its fields and choices."""
    desk = Desk(clock=p.Hand())
    case = p.a_case(desk, channel="portal", by=p.CITIZEN, kind="conduct", accused=[OTHER])
    assert names_of(of(desk.steps(case, p.CITIZEN), "complete")) == ["content", "sender"]
    steps = desk.steps(case, p.OPERATOR)
    assert len(names_of(of(steps, "complete"))) == 7
    assert choices_of(of(steps, "reject"), "reasons") == ["outside_article_4", "unclear"]
    (to,) = of(steps, "escalate").fields
    assert [each.value for each in to.fields[1].choices] == ["officer", "leadership"]
    service = of(desk.steps(p.a_case(desk, kind="service"), p.OPERATOR), "escalate")
    assert (of(steps, "escalate").article.id, service.article.id) == ("8.1.b", "8.2.a")
    assert choices_of(of(desk.steps(case, p.LEADER), "notify_unit"), "unit") == ["U-7"]
    case = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR)
    complete = of(desk.steps(case, p.OPERATOR), "complete")
    assert "content" not in names_of(complete)
    assert choices_of(complete, "kind") == ["complaint", "denunciation"]
    asked = of(desk.steps(case, p.OFFICER), "request_verification")
    assert names_of(asked) == ["agency", "appointment", "focal"]
    case = desk.answer(case, text="Mẫu", by=p.OFFICER)
    complete = of(desk.steps(case, p.OPERATOR), "complete")
    assert names_of(complete) == ["accused", "about_unit"]
    assert choices_of(of(desk.steps(case, p.CITIZEN), "rate"), "score") == [1, 2, 3, 4, 5]
    case = p.a_case(desk, kind="conduct", accused=[Accused(id="vi", unit="U-7")])
    (to,) = of(desk.steps(case, p.OPERATOR), "escalate").fields
    assert len(to.fields[1].choices) == 2


def test_a_form_with_many_units_compares_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """To find which of the units of many accused can be notified, no text is read for each."""
    desk, units = Desk(clock=p.Hand()), [f"U-{n}" for n in range(20)]
    accused = [Accused(id=f"CB-{unit}", unit=unit) for unit in units]
    case = p.a_case(desk, kind="conduct", accused=accused)
    monkeypatch.setattr(personal_data, "_prepare", lambda _text: pytest.fail("a text was read"))
    assert choices_of(of(desk.steps(case, p.LEADER), "notify_unit"), "unit") == units


def test_the_code_makes_the_sender() -> None:
    """A citizen who named a call by its tracking code has the forms of the sender (R48)."""
    desk = Desk(clock=p.Hand())
    call = p.a_case(desk)
    assert of(desk.steps(call, p.CITIZEN), "note").reasons != ()
    assert names_of(of(desk.steps(str(call.code), p.CITIZEN), "note")) == ["text"]
    assert [bool(desk.may_read(key, p.CITIZEN)) for key in (call.id, str(call.code))] == [
        True,
        False,
    ]


def test_a_receipt_has_a_form_too() -> None:
    """Without a case an operator gets the form of one, and a citizen without the phone (7.1)."""
    desk = Desk(clock=p.Hand())
    for by, channels in ((p.OPERATOR, 4), (p.CITIZEN, 3)):
        (step,) = desk.steps(None, by)
        assert len(choices_of(step, "channel")) == channels
        given = {"kind": "proposal", "channel": "portal", "content": "Mẫu", "token": "x",
                 "sender.name": p.SENDER.name, "sender.phone": "", "language": "",
                 "accused.id": "", "accused.unit": "U-7"}  # fmt: skip
        case = desk.do(None, make_act(step.trigger, given, by=by))
        assert (case.sender, case.language) == (Sender(name=p.SENDER.name), "vi")
        assert case.accused == (Accused(unit="U-7"),)
    assert desk.steps(None, p.OFFICER) == ()
    (step,) = desk.steps(None, p.OPERATOR)
    assert choices_of(step, "language")[0] == "vi"


def test_what_cannot_be_read_names_its_field() -> None:
    """A value that is missing or wrong is an InputError with the name that the form has."""
    endless: Any = {}
    endless["name"] = endless
    given: Any
    for trigger, given, field in (
        ("answer", {}, "text missing"),
        ("escalate", {"to.role": "officer"}, "to.id"),
        ("escalate", {"to": {"id": "A", "role": "judge"}}, "to.role"),
        ("escalate", {"to": "A"}, "to"),
        ("escalate", {"to": ""}, "to missing"),
        ("rate", {"score": [""]}, "score missing"),
        ("complete", {"accused.id": ["A", "B"], "accused.unit": "U"}, "accused"),
        ("rate", {"score": "1" * 5_000}, "score"),
        ("advise", {"text": "a", "within_competence": "maybe"}, "within_competence"),
        ("reschedule", {"reason": "a", "to": "tomorrow"}, "to"),
        ("answer", {"text": "a", "documents": [1]}, "documents"),
        ("answer", {"text": "a", "documents": [["a"]]}, "documents"),
        (
            "report_findings",
            {"text": "a", "documents": "a sha256:0 signature: valid by B"},
            "documents",
        ),
        ("answer", {"text": ["a", "b"]}, "text"),
        ("lapse", {}, "act"),
        ("answer", ["text"], "act"),
        ("answer", {1: "a"}, "text"),
        ("complete", {"accused": [{"unit": "U"}, {"Id": "A", "unit": "U"}]}, "accused.'Id'"),
        ("complete", {"accused.Id": ["A"], "accused.unit": ["U"]}, "accused.'Id'"),
        ("complete", {"accused": [{"unit": "U"}, {}]}, "accused.unit missing"),
        ("complete", {"content": "a", "accused": [{"id": None, "unit": ""}]}, "accused.unit"),
        ("complete", {"content": "a", "accused": [None]}, "accused"),
        ("complete", {"sender": {"Name": "a"}}, "sender.'Name' unknown_key_of"),
        ("complete", {"content": "a", "sender": {"id": "A"}}, "sender.'id' unknown_key_of"),
        ("escalate", {"to": {"role": "officer", "Id": "A"}}, "to.'Id' unknown_key_of"),
        ("reassign", {"to": {"id": "A", "Nguyễn Văn Mẫu": "A"}}, "to.? unknown_key_of"),
        ("withdraw", {"text": endless}, "withdraw"),
    ):
        with pytest.raises(InputError) as caught:
            make_act(trigger, given, by=p.OPERATOR)
        assert field in (caught.value.field, f"{caught.value.field} {caught.value.code}")
        assert caught.value.text("vi")


def test_values_of_a_form_and_of_json_are_one_act() -> None:
    """Texts become what the act takes, a time without offset is on the clock in Vietnam."""
    by = p.OFFICER
    later = p.MORNING.replace(hour=16)
    for trigger, form, act in (
        ("rate", {"score": "4"}, a.Rate(score=4, by=by)),
        ("note", {"text": ""}, a.Note(text="", by=by)),
        ("advise", {"text": "a", "within_competence": "false"},
         a.Advise(text="a", within_competence=False, by=by)),
        ("reschedule", {"to": "2026-03-04T16:00", "reason": "a"},
         a.Reschedule(to=later, reason="a", by=by)),
        ("answer", {"text": "a", "documents": ["", "b"]},
         a.Answer(text="a", documents=["b"], by=by)),
        ("escalate", {"to": p.AGENCY.as_dict() | {"role": "officer"}},
         a.Escalate(to=attrs.evolve(p.AGENCY, role=Role.OFFICER), by=by)),
        ("escalate", {"to": p.OFFICER}, a.Escalate(to=p.OFFICER, by=by)),
        ("complete", {"accused": [p.OFFICER.as_dict()], "sender": {}},
         a.Complete(accused=[Accused(id="OF-1", unit="U-1")], by=by)),
        ("reassign", {"to": p.OFFICER.as_dict("vi")},
         a.Reassign(to=Assignee(id="OF-1", unit="U-1"), by=by)),
        ("advise", {"text": ["a"], "within_competence": ["True"]},
         a.Advise(text="a", within_competence=True, by=by)),
        ("complete", {"accused.id": ["A", "", ""], "accused.unit": ["U", "V", ""]},
         a.Complete(accused=[Accused(id="A", unit="U"), Accused(unit="V")], by=by)),
        ("reject", Repeated(reasons=["unclear", "no_name"], guidance=["a"]),
         a.Reject(reasons=["unclear", "no_name"], guidance="a", by=by)),
    ):  # fmt: skip
        assert make_act(trigger, form, by=by) == act


def test_of_a_form_only_the_names_of_fields_are_read() -> None:
    """A form with thousands of other names takes no longer, however its lists are looked up."""
    asked = list[str]()

    class Counted(Repeated):
        def getlist(self, name: str) -> list[str]:
            asked.append(name)
            return super().getlist(name)

    form = Counted({"text": ["2019"], "token": ["x"], "text.own": ["x"], "to.id": ["x"]})
    assert make_act("note", form, by=p.OPERATOR) == a.Note(text="2019", by=p.OPERATOR)
    assert asked == ["text"]


def test_a_schema_says_what_is_taken() -> None:
    """The JSON Schema of a step is one, as JSON, and has no field that its act has not."""
    desk = Desk(clock=p.Hand())
    case = p.a_case(desk)
    for step in (*desk.steps(None, p.OPERATOR), *desk.steps(case, p.OPERATOR)):
        schema = step.schema("vi")
        jsonschema.Draft202012Validator.check_schema(schema)
        assert json.loads(json.dumps(schema)) == schema
        assert schema["properties"].keys() <= make_act_schema(step.trigger)["properties"].keys()
    assert of(desk.steps(case, p.OPERATOR), "reject").schema()["title"] == "reject"
