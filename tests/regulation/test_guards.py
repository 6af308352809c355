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
# Each guard: its code, the clause and the reading that it rests on, and what is asked of it when.
EXPECTED = """\
accused 8.1.c2
accused_named 8.1.c2 needs_act
accused_unit 8.1.c2 R16
accused_unit 8.1.c2 R40 needs_act is_private
after_answer 10.2.a R39 needs_act
already_late 9.3 R4
blank 10.1.b R53 needs_act
blank 10.2.a needs_act
blank 10.2.b needs_act
blank 16.1.p2 needs_act
blank 2.2 needs_act
blank 3.1 R54 needs_act
blank 7.2 R55 needs_act
blank 7.2 needs_act
blank 8.1.a needs_act
blank 8.1.b needs_act cite
blank 8.1.c1 needs_act
blank 8.1.c2 needs_act
blank 8.2.b needs_act
blank 8.3 needs_act
blank 9.2 R50 needs_act cite
blank 9.3 R3 needs_act
complaint 1.1.b
day_off_earlier 9.1 R15 needs_act cite
earlier_kept 9.1 R15 needs_act cite
handed_on 10.2.a R56 needs_act
head_not_accused 8.1.c2 R33 is_private cite
history_full 10.1.b R53
history_full 10.2.a
history_full 10.2.a needs_act
moved_into_past 9.2 needs_act cite
names_accused 2.2 R45 needs_act compares
names_sender 2.2 R45 needs_act compares
names_sender 8.1.c2 R40 needs_act compares
no_contact 6.c R42 is_private
no_content 6.b R42 is_private
no_ground 1.1.b needs_act is_private
no_ground 6.a needs_act is_private
no_ground 6.b R26 needs_act
no_ground 6.c needs_act is_private
no_lapse 9.2 R50
no_name 6.c R42 is_private
no_reasons 7.2 needs_act
not_advised 8.3 R43 needs_act
not_answered 10.2.b
not_answered 16.1.p2
not_conduct 8.1.c2
not_due 9.2 cite
not_handling_unit 16.1.p2
not_head 8.1.c2 cite
not_later 9.3 R24 needs_act
not_notified 8.1.c2 is_private
not_rejected 7.2 R55
not_the_sender 10.2.a R48
not_the_sender 10.2.c R48
not_the_sender 3.1 R48
not_their_unit 8.1.c2 needs_act is_private
not_vietnamese 6.a R42 is_private
not_yet_known 9.1 needs_act cite
nothing_left 9.3 R41
nothing_to_move 9.1 needs_act cite
operator_only 10.1.b needs_act
other_unit 8.1.c2 needs_act is_private cite
past_appointment 8.1.c1 needs_act
promised_time 9.3 R38
ran_out_before 9.2 R37 needs_act cite
rated_before 10.2.c R48
rescheduled_before 9.3
same_person 8.1.c2 needs_act is_private cite
unexplained 9.1 R15 needs_act cite
unfit_target 8.1.b needs_act
unfit_target 8.2.a needs_act
unfit_target 8.3 needs_act
unit_proposes 16.1.p2
withdrawn 10.2.c R54
"""


def describe(each):
    """Return a guard as a line of the table."""
    flags = [
        name for name in ("needs_act", "compares", "is_private", "cite") if getattr(each, name)
    ]
    return " ".join([each.code, each.article.id, *filter(None, [each.reading]), *flags])


def test_each_guard_rests_on_its_clause_and_its_reading():
    """What no clause says names its reading, and each reading speaks of the clause."""
    assert {*map(describe, GUARDS)} == {*EXPECTED.splitlines()}
    clauses = {each.id: each.articles for each in READINGS}
    for each in (each for each in GUARDS if each.reading):
        assert each.article.id in clauses[each.reading], (each.code, each.reading)


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

    desk = Desk(rules=attrs.evolve(HOA_BINH_2019, guards=[own]), clock=lambda: cast.MONDAY)
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
    desk = Desk(rules=change("answer", not_too_far), clock=lambda: cast.MONDAY)
    case = desk.receive(kind="information", channel="phone", content="Câu hỏi mẫu",
                        sender=cast.SENDER, by=cast.OPERATOR)  # fmt: skip
    with pytest.raises(InputError, match=r"^guards: the guard too_far reads `to`.*needs_act=True"):
        desk.allowed(case, by=cast.OPERATOR)


@pytest.mark.parametrize(("check", "name"), [(before_due, "due"), (not_too_far, "to")])
def test_an_error_of_a_guard_names_it(check, name):
    """An error that a guard raises stays what it is, with the code of the guard and the act."""
    with pytest.raises(AttributeError, match=name) as raised:
        answer(change("answer", check))
    assert raised.value.__notes__ == [
        f"in the guard {check.code} of answer: it returns facts to object, or None to agree"
    ]


def test_a_recorder_returns_an_event():
    """Another value is refused with the step, and an error of the recorder names the step."""
    with pytest.raises(
        InputTypeError, match=r"^make_event: the recorder of answer returned None; return an"
    ):
        answer(change("answer", make_event=record_too_little))
    with pytest.raises(TypeError, match="txt") as raised:
        answer(change("answer", make_event=record_unknown_field))
    assert raised.value.__notes__ == ["in the recorder of answer: it returns an event"]


def test_reasons_about_the_person_come_first():
    """In each row the guards on who may act stand before those on the case and the act."""
    who = {"not_the_sender", "not_head", "head_not_accused", "not_handling_unit", "unit_proposes",
           "accused_unit", "not_notified"}  # fmt: skip
    for row in LIFECYCLE:
        found = [each.code in who for each in row.guards]
        assert found == sorted(found, reverse=True), row.trigger
