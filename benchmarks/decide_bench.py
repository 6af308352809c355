"""`decide` against a dict of tuples on attrs values; then two libraries on the same table."""

from collections.abc import Callable

from benchmarks.floor import move, plain_case, stepper
from benchmarks.office import Step, steps
from benchmarks.rounds import Call, Row, Times, in_turns, row
from benchmarks.state_machines import with_statemachine, with_transitions
from phananh.regulation import events as e
from phananh.regulation.decide import Recorded, Refused, decide
from phananh.regulation.request import Role, State

CEILING_US = 10.0
FLOOR = "floor: a dict of tuples, answer"
PEER_STEPS = {"decide": 3, "peer: transitions": 3, "peer: python-statemachine": 4}


def run() -> list[Row]:
    """Return the rows of each act, the ceiling, and the peers."""
    found = steps()
    _check(found)
    answer = found["answer"]
    moves = move("answer", State.RECEIVED, State.ANSWERED, Role.OPERATOR, e.Answered)
    moved = (plain_case(answer.case), answer.act, answer.moment.at, answer.act.text, ())
    calls = {FLOOR: Call(stepper(moves), moved)}
    calls |= {f"decide {what}": Call(decide, _asked(step)) for what, step in found.items()}
    times = in_turns(calls)
    rows = [row(FLOOR, times[FLOOR])]
    for what, taken in times.items():
        if what != FLOOR:
            rows.append(_goals(what, taken, times[FLOOR]))
    return rows + _peers(found)


def _goals(what: str, times: Times, floor: Times) -> Row:
    """Return the row: an act that opens a clock has the ceiling only, others the ratio too."""
    most = None if "deadline" in what else 2
    return row(what, times, floor, most=most).below(CEILING_US, f"<= {CEILING_US:g} us")


def _asked(step: Step) -> tuple[object, ...]:
    return step.case, step.act, step.moment


def _check(found: dict[str, Step]) -> None:
    """Look that what is timed is what the row says."""
    for what, step in found.items():
        decision = decide(step.case, step.act, step.moment)
        if "refused" in what:
            assert isinstance(decision, Refused), decision
            assert len(decision.reasons) == 3, decision
        else:
            assert isinstance(decision, Recorded), decision


def _peers(found: dict[str, Step]) -> list[Row]:
    names = ("escalate, with its deadline", "answer by the officer", "close")
    three = tuple(found[name] for name in names)
    calls = {
        "decide": Call(_ours(three)),
        "peer: transitions": Call(with_transitions(three)),
        "peer: python-statemachine": Call(with_statemachine()),
    }
    times = {what: taken.each(PEER_STEPS[what]) for what, taken in in_turns(calls).items()}
    ours = times["decide"]
    return [
        row(f"{what}, a step of received..closed", taken, None if what == "decide" else ours)
        for what, taken in times.items()
    ]


def _ours(three: tuple[Step, ...]) -> Callable[[], None]:
    asked = [_asked(step) for step in three]

    def drive() -> None:
        for case, act, moment in asked:
            decide(case, act, moment)

    return drive
