"""Guards and recorders of ones own that are wrong: the error names them and says the way out."""

from datetime import timedelta

import attrs
import pytest

from phananh import HOA_BINH_2019, Desk, InputError
from phananh.errors import InputTypeError
from phananh.regulation.events import Answered
from phananh.regulation.guards import guard
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.testing import check, explore
from tests.regulation import cast


@guard("too_far", "9.3")
def not_too_far(_case, act, at, _rules):
    """Object to a time in more than ten days. It reads the act, and does not say so."""
    return None if act.to <= at + timedelta(days=10) else {}


@guard("asks_wrongly", "9.3")
def asks_wrongly(_case, _act, _at, rules):
    """Ask the library for what it refuses."""
    return attrs.evolve(rules, late_after="never")


@guard("after_due", "9.1")
def before_due(case, _act, at, _rules):
    """Object after the limit, as if one always ran."""
    return {} if at > case.clock.due else None


@guard("my_code", "9.1", needs_act=True)
def agrees_badly(_case, _act, _at, _rules):
    """Object by True, in place of facts."""
    return True


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


def test_an_error_of_the_library_passes_a_guard_as_it_is():
    """A guard that asks the library has its error, which says what is wrong, and no other way."""
    with pytest.raises(InputError) as raised:
        answer(change("answer", asks_wrongly))
    assert raised.value.field == "late_after"
    assert not hasattr(raised.value, "__notes__")


def test_a_recorder_returns_an_event():
    """Another value is refused with the step, and an error of the recorder names the step."""
    with pytest.raises(
        InputTypeError, match="make_event: the recorder of answer returned None; return an"
    ):
        answer(change("answer", make_event=record_too_little))
    with pytest.raises(TypeError, match="txt") as raised:
        answer(change("answer", make_event=record_unknown_field))
    assert raised.value.__notes__ == ["in the recorder of answer: it returns an event"]


@pytest.mark.parametrize(
    ("rules", "look", "error"),
    [
        (
            change("reschedule", not_too_far),
            check,
            "guards: the guard too_far reads `to` of the act",
        ),
        (change("answer", before_due), explore, "object has no attribute 'due'"),
        (change("answer", agrees_badly), explore, "guards: the check of my_code returned True"),
        (change("answer", make_event=record_too_little), explore, "recorder of answer returned"),
    ],
)
def test_a_walk_shows_the_acts_that_lead_to_a_mistake(rules, look, error):
    """A walk ends with the error of the guard or recorder, and the acts before it."""
    with pytest.raises((InputError, AttributeError), match=error) as raised:
        look(rules, kinds=["information"])
    first, *log = raised.value.__notes__[-1].splitlines()
    assert first.startswith("in the walk, at 2025-03-")
    assert '"act": "receive"' in log[0]
