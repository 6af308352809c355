"""Two libraries driving the same lifecycle: received, escalated, answered, closed.

`transitions` runs the machine made from our own rows, guards included; python-statemachine
the same states and triggers without any guard. Neither makes an event nor a case.
"""

from collections.abc import Callable
from typing import Any

from benchmarks.office import Step
from phananh.regulation.lifecycle import make_machine
from phananh.regulation.request import State

STEPS = ("escalate", "answer", "close")


class Model:
    """What `transitions` binds its triggers to."""

    state: str


def with_transitions(steps: tuple[Step, ...]) -> Callable[[], None]:
    """Return the function that takes one model through these steps."""
    model = Model()
    engine = make_machine()
    engine.add_model(model, initial=State.RECEIVED.value)
    asked = [
        (
            getattr(model, step.act.trigger),
            {"case": step.case, "act": step.act, "at": step.moment.at, "rules": step.moment.rules},
        )
        for step in steps
    ]

    def drive() -> None:
        engine.set_state(State.RECEIVED.value, model)
        for trigger, facts in asked:
            if not trigger(**facts):
                raise AssertionError(f"{trigger} was refused")

    return drive


def with_statemachine() -> Callable[[], None]:
    """Return the function that takes one machine through the same steps."""
    import statemachine as sm

    class Lifecycle(sm.StateMachine):
        received = sm.State(initial=True)
        escalated = sm.State()
        answered = sm.State()
        closed = sm.State()
        again = closed.to(received)
        escalate = received.to(escalated)
        answer = received.to(answered) | escalated.to(answered)
        close = answered.to(closed)

    engine: Any = Lifecycle()

    def drive() -> None:
        engine.escalate()
        engine.answer()
        engine.close()
        engine.again()

    return drive
