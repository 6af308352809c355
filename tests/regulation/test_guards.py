"""Each guard cites a clause, and where no clause says it also the reading that does."""

from datetime import timedelta
from itertools import product

import attrs
import pytest

from phananh import Desk, InputError, RefusedError
from phananh.errors import InputTypeError
from phananh.regulation.acts import Act
from phananh.regulation.conduct import EVERY_ACT
from phananh.regulation.events import Answered
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
    "after_answer": {"R39"},
    "already_late": {"R4"},
    "blank": {"R3", "R50", "R53", "R54", "R55"},
    "day_off_earlier": {"R15"},
    "earlier_kept": {"R15"},
    "handed_on": {"R56"},
    "head_not_accused": {"R33"},
    "names_accused": {"R45"},
    "names_sender": {"R40", "R45"},
    "no_contact": {"R42"},
    "no_content": {"R42"},
    "no_ground": {"R26"},
    "no_lapse": {"R50"},
    "no_name": {"R42"},
    "not_advised": {"R43"},
    "not_later": {"R24"},
    "not_rejected": {"R55"},
    "not_the_sender": {"R48"},
    "not_vietnamese": {"R42"},
    "nothing_left": {"R41"},
    "promised_time": {"R38"},
    "ran_out_before": {"R37"},
    "rated_before": {"R48"},
    "unexplained": {"R15"},
    "withdrawn": {"R54"},
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


@attrs.frozen(kw_only=True)
class AskOnly(Act):
    """Who asks, and no word of what they would do."""

    trigger = "asking"


def test_a_guard_needs_the_act_or_says_so():
    """A guard without `needs_act` answers of who acts alone, wherever the case lies."""
    for case in (make() for make in POSITIONS.values()):
        for each in (each for each in GUARDS if not each.needs_act):
            for by, at in product(cast.PEOPLE, (case.updated_at, case.updated_at + 30 * cast.DAY)):
                facts = each.check(case, AskOnly(by=by), at, HOA_BINH_2019)
                assert facts is None or isinstance(facts, dict), each.code


def test_a_guard_answers_of_every_case():
    """A row may be added for any state, so each guard of its act answers there too."""
    for place in POSITIONS:
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
    with pytest.raises((RefusedError, InputTypeError), match=r"\w \w") as refused:
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
    """R1 to R58, each once and in order."""
    assert [each.id for each in READINGS] == [f"R{n}" for n in range(1, 59)]


@guard("too_far", "9.3")
def not_too_far(_case, act, at, _rules):
    """Object to a time in more than ten days. It reads the act, and does not say so."""
    return None if act.to <= at + timedelta(days=10) else {}


@guard("after_due", "9.1")
def before_due(case, _act, at, _rules):
    """Object after the limit, as if one always ran."""
    return {} if at > case.clock.due else None


def record_too_little(_case, _act, _head, _context):
    """Record no event."""


def record_unknown_field(_case, _act, head, _context):
    """Record an event with a field that it does not have."""
    return Answered(**head, txt="Mẫu")


def change(trigger, *guards, **changed):
    """Return the rules with more guards on an act, or another recorder."""
    rows = [
        attrs.evolve(row, guards=(*row.guards, *guards), **changed)
        if row.trigger == trigger
        else row
        for row in LIFECYCLE
    ]
    return attrs.evolve(HOA_BINH_2019, name="OWN", lifecycle=rows)


def answer(rules):
    """Return a case that a desk of these rules answers at once."""
    desk = Desk(rules=rules, clock=lambda: cast.MONDAY)
    case = desk.receive(kind="information", channel="phone", content="Câu hỏi mẫu",
                        sender=cast.SENDER, by=cast.OPERATOR)  # fmt: skip
    return desk.answer(case, text="Mẫu", by=cast.OPERATOR)


def test_a_guard_that_reads_the_act_says_so():
    """A guard without `needs_act` is named where permission is asked for, with the way out."""
    rules = change("answer", not_too_far)
    desk = Desk(rules=rules, clock=lambda: cast.MONDAY)
    case = desk.receive(kind="information", channel="phone", content="Câu hỏi mẫu",
                        sender=cast.SENDER, by=cast.OPERATOR)  # fmt: skip
    with pytest.raises(InputError, match=r"guard too_far reads `to` of the act.*needs_act=True"):
        desk.allowed(case, by=cast.OPERATOR)


def test_an_error_of_a_guard_names_it():
    """An error that a guard raises stays what it is, with the code of the guard and the act."""
    with pytest.raises(AttributeError, match="due") as raised:
        answer(change("answer", before_due))
    assert raised.value.__notes__ == [
        "in the guard after_due of answer: it returns facts to object, or None to agree"
    ]


def test_a_recorder_returns_an_event():
    """Another value is refused with the step, and an error of the recorder names the step."""
    with pytest.raises(
        InputTypeError, match="make_event: the recorder of answer returned None; return an"
    ):
        answer(change("answer", make_event=record_too_little))
    with pytest.raises(TypeError, match="txt") as raised:
        answer(change("answer", make_event=record_unknown_field))
    assert raised.value.__notes__ == ["in the recorder of answer: it returns an event"]
