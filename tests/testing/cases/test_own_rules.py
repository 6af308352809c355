"""Under a regulation of one's own the way leads by its table, and by whoever it lets act."""

import attrs
import pytest

from phananh import HOA_BINH_2019
from phananh.errors import InputError
from phananh.regulation.intake import INTAKE
from phananh.regulation.lifecycle import Transition
from phananh.regulation.request import Role, State
from phananh.testing.cases import a_case, a_desk
from tests.regulation.changed_rows import dropped, on, rules_of
from tests.regulation.test_own_rules import OWN
from tests.testing.cases.test_builder import PLACES, check_real


@pytest.mark.parametrize(("state", "holder"), PLACES)
def test_second_regulation_leads_everywhere(state: str, holder: str | None) -> None:
    """Each state and holder is reached by the clauses of another document."""
    desk = a_desk(rules=OWN)
    case = a_case(state, holder=holder, desk=desk)  # type: ignore[arg-type]  # one of the slugs
    assert case.state == state
    assert {str(event.article).split("@")[1] for event in desk.history(case)} == {"1/QĐ-SAMPLE"}
    check_real(desk, case)


def _without_answer_on_the_spot(row: Transition) -> Transition | None:
    return None if row.trigger == "answer" and State.RECEIVED in row.sources else row


def test_step_that_there_is_not_is_not_taken() -> None:
    """Where a step was dropped another way is taken, or it is said that there is none."""
    with pytest.raises(
        InputError, match="is rejected; ask for one of received/operator, answered, "
    ):
        a_case("rejected", rules=rules_of(dropped("reject")))
    with pytest.raises(InputError, match="is pending_verification; ask for one of"):
        a_case("pending_verification", rules=rules_of(dropped("request_verification")))
    desk = a_desk(rules=rules_of(_without_answer_on_the_spot))
    case = a_case("answered", desk=desk)
    assert [type(event).__name__ for event in desk.history(case)] == [
        "Received", "Escalated", "Answered",
    ]  # fmt: skip


def test_whoever_may_act_acts() -> None:
    """Where the leadership rejects, or closes, the case gets there by them."""
    rules = rules_of(on("reject", roles=frozenset({Role.LEADERSHIP}), by_holder=frozenset()))
    desk = a_desk(rules=rules)
    case = a_case("rejected", desk=desk)
    assert desk.history(case)[-1].by.role is Role.LEADERSHIP


def test_reasons_are_those_of_the_rules() -> None:
    """Where nothing unclear is a requirement another reason is found for a rejection."""
    rules = attrs.evolve(HOA_BINH_2019, name="FEW", requirements=INTAKE[:1])
    desk = a_desk(rules=rules)
    assert a_case("rejected", desk=desk).reasons != ()
    assert a_case("rejected", kind="complaint", desk=desk).reasons == ("complaint_or_denunciation",)
