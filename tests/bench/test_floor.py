"""The floors do what they are compared with."""

from phananh.regulation.engine.decide import Recorded, decide
from phananh.regulation.values import events as e
from phananh.regulation.values.request import Role, State
from tests.bench.floor import move, plain_case, stepper
from tests.bench.office import steps


def test_the_floor_of_a_step_answers_as_decide_does():
    """A dict of tuples leads to the state and the event's fields that a decision leads to."""
    answer = steps()["answer"]
    decision = decide(answer.case, answer.act, answer.moment)
    assert isinstance(decision, Recorded)
    moves = move("answer", State.RECEIVED, State.ANSWERED, Role.OPERATOR, e.Answered)
    found = stepper(moves)(
        plain_case(answer.case), answer.act, answer.moment.at, answer.act.text, ()
    )
    assert found is not None
    event, case = found
    (recorded,) = decision.events
    for name in ("case", "n", "at", "by", "state", "rules", "article", "text", "documents"):
        assert getattr(event, name) == getattr(recorded, name)
    assert (case.state, case.version) == (decision.case.state, decision.case.version)
