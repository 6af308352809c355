"""Each guard cites a clause, and where no clause says it also the reading that does."""

from itertools import product
from typing import Any

import attrs
import pytest

from phananh import Desk, InputError, RefusedError
from phananh.errors import InputTypeError
from phananh.regulation.acts import Act, Escalate
from phananh.regulation.conduct import EVERY_ACT
from phananh.regulation.guards import guard
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.regulation.readings import READINGS
from phananh.regulation.rules import HOA_BINH_2019, Rules
from tests.regulation import cast
from tests.regulation.positions import POSITIONS

GUARDS = {*EVERY_ACT, *(guard for row in LIFECYCLE for guard in row.guards)}
# What each rests on beside the nearest clause.
ON_A_READING = {
    "accused_unit": {"R16"},
    "already_late": {"R4"},
    "day_off_earlier": {"R15"},
    "head_not_accused": {"R33"},
    "names_accused": {"R45"},
    "names_sender": {"R40", "R45"},
    "no_contact": {"R42"},
    "no_name": {"R42"},
    "not_advised": {"R43"},
    "not_later": {"R24"},
    "not_the_sender": {"R48"},
    "nothing_left": {"R41"},
    "rated_before": {"R48"},
}


def test_what_no_clause_says_names_its_reading():
    """The guards that rest on a reading are these, and each reading speaks of the clause."""
    found: dict[str, set[str]] = {}
    clauses = {each.id: each.articles for each in READINGS}
    for each in GUARDS:
        if each.reading:
            found.setdefault(each.code, set()).add(each.reading)
            assert each.article.id in clauses[each.reading], (each.code, each.reading)
    assert found == ON_A_READING


@pytest.mark.parametrize(
    ("reading", "clauses", "en", "vi"),
    [
        ("R11", {"10.2.a"}, "library does not check", "không kiểm tra"),
        ("R20", {"3.2", "8.1.a"}, "3.2", "Khoản 2 Điều 3"),
        ("R27", {"10.2.a"}, "does not check this", "không kiểm tra"),
        ("R33", {"8.1.c2"}, "does not know who heads a unit", "ai là thủ trưởng"),
        ("R36", {"8.1.c2"}, "recorded before the answer", "ghi nhận trước khi trả lời"),
        ("R42", {"6.a", "6.b", "6.c", "10.2.a"}, "Only 6.c is a condition", "Chỉ điểm c Điều 6"),
    ],
)
def test_a_reading_says_what_is_not_checked(reading, clauses, en, vi):
    """What a reading leaves to people, or cannot know, stands in it in both languages."""
    (found,) = (each for each in READINGS if each.id == reading)
    assert clauses <= set(found.articles)
    assert (vi in found.default[0], en in found.default[1]) == (True, True)


def test_a_case_that_is_unclear_may_be_handed_on_or_refused():
    """R27, R42: 6.a and 6.b gate no hand-over, and a refusal asks nobody first."""
    case = cast.received_case("information", content=" ", language="en")
    assert cast.unmet_codes(case) == ["unclear", "not_vietnamese"]
    assert cast.is_recorded(case, Escalate(by=cast.OPERATOR, to=cast.OFFICER))
    assert cast.is_recorded(case, cast.reject("unclear"))


@attrs.frozen(kw_only=True)
class AskOnly(Act):
    """Who asks, and no word of what they would do."""

    trigger = "asking"


@pytest.mark.parametrize("place", POSITIONS)
def test_a_guard_needs_the_act_or_says_so(place):
    """A guard without `needs_act` answers of who acts alone, wherever the case lies."""
    case = POSITIONS[place]()
    for each in (each for each in GUARDS if not each.needs_act):
        for by, at in product(cast.PEOPLE, (case.updated_at, case.updated_at + 30 * cast.DAY)):
            facts = each.check(case, AskOnly(by=by), at, HOA_BINH_2019)
            assert facts is None or isinstance(facts, dict), each.code


@pytest.mark.parametrize("place", POSITIONS)
def test_a_guard_answers_of_every_case(place):
    """A row may be added for any state, so each guard of its act answers there too."""
    case = POSITIONS[place]()
    for row in LIFECYCLE:
        act = cast.well_formed_act(row.trigger, cast.LEADERSHIP, case, case.updated_at)
        for each in (*EVERY_ACT, *row.guards):
            facts = each.check(case, act, case.updated_at, HOA_BINH_2019)
            assert facts is None or isinstance(facts, dict), (row.trigger, each.code)


def refused_by(facts, code="my_code"):
    """Return the error of an answer to which a guard of ones own says this."""

    @guard(code, "9.3")
    def own(_case, _act, _at, _rules):
        return facts

    rules = attrs.evolve(HOA_BINH_2019, guards=[own])
    desk = Desk(rules=rules, clock=lambda: cast.MONDAY)
    case = desk.receive(kind="information", channel="phone", content="Câu hỏi mẫu",
                        sender=cast.SENDER, by=cast.OPERATOR)  # fmt: skip
    with pytest.raises((RefusedError, InputTypeError)) as refused:
        desk.answer(case, text="Mẫu", by=cast.OPERATOR)
    return refused.value


def test_a_code_of_ones_own_is_said_as_it_is():
    """A refusal for which the library has no sentence says its code and its facts."""
    error = refused_by({"most": 3, "role": "officer"})
    assert "my_code (most: 3, role: one-stop officer) (Art. 9(3))" in str(error)
    assert "my_code (most: 3, role: " in error.text("vi")
    assert error.refusals[0].as_dict("vi")["text"].startswith("my_code (most: 3")
    assert refused_by({}).refusals[0].text() == "my_code"
    with pytest.raises(InputError, match="fr"):
        error.refusals[0].text("fr")


def test_a_sentence_without_its_facts_falls_back_to_its_code():
    """A known code whose facts lack a name that its sentence needs is said by its code."""
    error = refused_by({"other": 1}, code="unfit_target")
    assert [error.refusals[0].text(lang) for lang in ("vi", "en")] == [
        "unfit_target (other: 1)"
    ] * 2


def test_an_article_is_not_a_text():
    """The clause of a guard, and of the receipt, is a value. The error names the argument."""
    wrong: Any = "9.3"
    for field, make in (
        ("article", lambda: attrs.evolve(EVERY_ACT[0], article=wrong)),
        ("receipt_article", lambda: attrs.evolve(HOA_BINH_2019, receipt_article=wrong)),
    ):
        with pytest.raises(InputTypeError) as caught:
            make()
        assert caught.value.field == field


@pytest.mark.parametrize("facts", [False, "no", ["role"], 0])
def test_a_check_that_returns_no_facts_is_refused(facts):
    """What a check returns is facts or None; the error names the guard by its code."""
    error = refused_by(facts)
    assert isinstance(error, InputTypeError)
    assert (error.field, error.code, error.facts["guard"]) == ("guards", "not_facts", "my_code")
    assert "return a dict to object, None to agree" in str(error)


def test_every_option_is_a_field_of_the_rules():
    """A reading that can be chosen otherwise names the field of `Rules` that chooses."""
    fields = {field.name for field in attrs.fields(Rules)}
    options = {each.id: each.option for each in READINGS if each.option}
    assert set(options.values()) <= fields
    assert (options["R41"], options["R42"]) == ("asked_again", "contact_gate")


def test_the_readings_are_numbered():
    """R1 to R48, each once and in order."""
    assert [each.id for each in READINGS] == [f"R{n}" for n in range(1, 49)]
