"""A regulation is one value: what decides is its own table, guards, clauses and requirements."""

from datetime import date, timedelta

import attrs
import pytest

from phananh import HOA_BINH_2019, Desk, InputError, RefusedError, StepNotAllowedError
from phananh.articles import Document
from phananh.regulation.conduct import EVERY_ACT
from phananh.regulation.deadline import Limit
from phananh.regulation.guards import guard
from phananh.regulation.intake import INTAKE
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.regulation.machine import get_table
from phananh.regulation.request import Accused, Role, Sender, State
from tests.regulation import cast
from tests.regulation.changed_rows import dropped, on, rules_of

SAMPLE = Document(number="1/QĐ-SAMPLE", clauses={"1": "Sample", "2.a": "Sample", "3": "Sample"},
                  languages=("en",))  # fmt: skip
RECEIPT = {"kind": "information", "channel": "phone", "content": "Câu hỏi mẫu",
           "sender": cast.SENDER, "by": cast.OPERATOR}  # fmt: skip


@guard("unfit_target", SAMPLE.article("2.a").id, needs_act=True)
def never_fits(_case, _act, _at, _rules):
    """Object always."""
    return {"role": "officer"}


OWN = attrs.evolve(
    HOA_BINH_2019,
    name="SAMPLE",
    document=SAMPLE,
    receipt_article=SAMPLE.article("1"),
    officer_limit=Limit(
        budget=timedelta(hours=2), article=SAMPLE.article("2.a"), since=date(2025, 1, 1)
    ),
    lifecycle=[
        attrs.evolve(row, article=SAMPLE.article("3"), others=(), cite=None) for row in LIFECYCLE
    ],
)


def desk_of(rules) -> Desk:
    """Return a desk of these rules at a fixed hour."""
    return Desk(rules=rules, clock=lambda: cast.MONDAY)


def test_a_dropped_row_is_a_step_that_there_is_not():
    """A desk decides by the rows of its rules, and names what they leave possible."""
    desk = desk_of(rules_of(dropped("reject")))
    case = desk.receive(**RECEIPT)
    with pytest.raises(StepNotAllowedError) as refused:
        desk.reject(case, reasons=["unclear"], guidance="Mẫu", by=cast.OPERATOR)
    assert "reject" not in refused.value.allowed
    assert "reject" not in desk.allowed(case, by=cast.OPERATOR)


def test_two_tables_run_side_by_side():
    """Each set of rules keeps its own table, and the Decision's stays as it was."""
    other = rules_of(on("answer", roles=frozenset({Role.OFFICER})))
    for rules, may in ((HOA_BINH_2019, True), (other, False), (HOA_BINH_2019, True)):
        desk = desk_of(rules)
        case = desk.receive(**RECEIPT)
        assert (not desk.allowed(case, by=cast.OPERATOR)["answer"]) is may


def test_a_second_regulation_cites_its_own_clauses():
    """Receipt, step, limit and refusal cite the document of the rules, in a history too."""
    desk = desk_of(OWN)
    case = desk.receive(**RECEIPT)
    case = desk.escalate(case, to=cast.OFFICER, by=cast.OPERATOR)
    assert [event.article for event in desk.history(case)] == [
        "1@1/QĐ-SAMPLE",
        "3@1/QĐ-SAMPLE",
    ]
    assert case.deadline.article == "2.a@1/QĐ-SAMPLE"
    assert "Art. 3 of 1/QĐ-SAMPLE" in desk.history(case)[1].as_text("en")
    told = desk.explain(case, lang="en")
    assert told.startswith("Art. 2(a) of 1/QĐ-SAMPLE: 2 working hours\n")
    assert "2370" not in told
    with pytest.raises(RefusedError) as refused:
        desk.answer(case, text="Mẫu", by=cast.OPERATOR)
    assert refused.value.refusals[-1].article == SAMPLE.article("3")
    late = desk.as_of(case, at=cast.MONDAY + timedelta(days=3))
    assert late.lapses


def test_a_guard_of_ones_own_decides():
    """A guard that was put into a row refuses, with the clause of its own document."""
    rules = rules_of(
        lambda row: attrs.evolve(row, guards=(never_fits,)) if row.trigger == "escalate" else row
    )
    desk = desk_of(rules)
    case = desk.receive(**RECEIPT)
    with pytest.raises(RefusedError) as refused:
        desk.escalate(case, to=cast.OFFICER, by=cast.OPERATOR)
    assert str(refused.value.refusals[0].article) == "2.a@1/QĐ-SAMPLE"


def test_guards_of_every_act_are_those_of_the_rules():
    """Without the guard of the actor an accused may act; a guard of ones own is always asked."""
    accused = {"accused": [Accused(id=cast.OPERATOR.id, unit=cast.HUB)], "kind": "conduct"}
    for guards, may in ((EVERY_ACT, False), (EVERY_ACT[1:], True)):
        desk = desk_of(attrs.evolve(HOA_BINH_2019, guards=guards))
        case = desk.receive(**RECEIPT | accused)
        assert (not desk.allowed(case, by=cast.OPERATOR)["answer"]) is may

    @guard("not_due", "3.3")
    def nobody(_case, _act, _at, _rules):
        return {}

    desk = desk_of(attrs.evolve(HOA_BINH_2019, guards=[nobody]))
    case = desk.receive(**RECEIPT)
    assert [each.code for each in desk.allowed(case, by=cast.OPERATOR)["answer"]] == ["not_due"]


def test_requirements_are_those_of_the_rules():
    """What a request must meet is the table of the rules."""
    lacking = RECEIPT | {"sender": Sender()}
    desk = desk_of(attrs.evolve(HOA_BINH_2019, requirements=INTAKE[:4]))
    case = desk.receive(**lacking)
    assert desk.unmet(case) == ()
    assert desk_of(HOA_BINH_2019).unmet(desk_of(HOA_BINH_2019).receive(**lacking))


def test_what_the_compiler_refuses_it_refuses_for_every_table():
    """Rows that can both pass are refused when a desk gets them, before any act."""
    twice = attrs.evolve(HOA_BINH_2019, lifecycle=[*LIFECYCLE, LIFECYCLE[2]])
    for call in (lambda: desk_of(twice), lambda: get_table(twice)):
        with pytest.raises(InputError, match="two rows for reject from received"):
            call()
    with pytest.raises(InputError, match="give a tuple of Transition values"):
        attrs.evolve(HOA_BINH_2019, lifecycle=["reject"])


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("trigger", None, 'give "answer"'),
        ("sources", State.CLOSED, "give a tuple of State values"),
        ("sources", ("closed",), "give a tuple of State values"),
        ("dest", "closed", "give State.ANSWERED"),
        ("holders", {Role.OFFICER}, "give a frozenset of Role values"),
        ("target", "officer", "give Role.OFFICER"),
        ("new_holder", "officer", "give Role.OFFICER"),
        ("roles", frozenset({"operator"}), "give a frozenset of Role values"),
        ("by_holder", None, "give a frozenset of Role values"),
        ("guards", [never_fits], "a tuple of Guard values"),
        ("guards", (print,), "a tuple of Guard values"),
        ("make_event", None, "give def"),
        ("article", "9.3", "give Article"),
        ("others", ("9.3",), "a tuple of Article values"),
        ("cite", "9.3", "give def"),
    ],
)
def test_what_is_no_row_is_refused(field, wrong, said):
    """A row with a field of another kind is refused when it is made, with the way out."""
    with pytest.raises(InputError, match=said) as refused:
        attrs.evolve(LIFECYCLE[0], **{field: wrong})
    assert refused.value.field == field
    assert refused.value.text("vi")
