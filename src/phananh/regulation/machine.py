"""The lifecycle as one `transitions.Machine`, and as the read-only table that is run.

A `Transition` is a row of LIFECYCLE. The machine has an arrow for each of its states. The machine
is a notation, a second opinion and the source of diagrams, and it does not hold a case. The table
is compiled from `machine.events`, so the two cannot drift apart. A test compares them for every
state, trigger, role and flag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from phananh.errors import InputError, short_repr
from phananh.regulation.acts import ACTS, Receive
from phananh.regulation.lifecycle import LIFECYCLE, SAME_STATE, Transition, find_refusals, is_match
from phananh.regulation.request import State

if TYPE_CHECKING:
    from transitions import Machine

    from phananh.regulation.acts import Act
    from phananh.regulation.case import Case
    from phananh.regulation.rules import Rules

Table = Mapping[State, Mapping[str, tuple[Transition, ...]]]


@cache
def _make_machine_class() -> type[Machine]:
    """Return a Machine with arrows that know their origin (loaded only when needed)."""
    from transitions import Machine
    from transitions import Transition as MachineTransition

    class Arrow(MachineTransition):
        """A transition of the machine, with the row that it was made from as its `origin`."""

        def __init__(self, *args: Any, origin: Transition | None = None) -> None:
            super().__init__(*args)
            self.origin = origin

    class LifecycleMachine(Machine):
        """The lifecycle for users of `transitions`: no model, no callbacks."""

        transition_cls = Arrow

    return LifecycleMachine


def make_machine(transitions: Sequence[Transition] = LIFECYCLE) -> Machine:
    """Return a new machine of these: plain states, no model, no automatic triggers.

    Conditions take `case`, `act`, `at` and `rules` by keyword, and return a bool.
    """
    made = _make_machine_class()(
        model=None,
        states=[state.value for state in State],
        initial=State.RECEIVED.value,
        auto_transitions=False,
        send_event=False,
    )
    for transition in transitions:
        for source in transition.sources:
            dest = None if transition.dest is SAME_STATE else str(transition.dest.value)
            made.add_transition(
                transition.trigger,
                str(source.value),
                dest,
                conditions=_make_conditions(transition),
                origin=transition,
            )
    return made


def _make_conditions(transition: Transition) -> list[str | Callable[..., bool | None]]:
    """Return one condition: that its own selectors, people and guards say yes."""

    def may(*, case: Case, act: Act, at: Any, rules: Any) -> bool:
        refusals = find_refusals(transition, case, act, at, rules)
        return is_match(transition, case, act) and not refusals

    may.__name__ = "_".join([transition.trigger, *(guard.code for guard in transition.guards)])
    return [may]


def compile_table(made: Machine) -> Table:
    """Return state -> trigger -> transitions, read-only.

    Raises:
        InputError: the machine has what a table cannot express, such as a callback, or two
            transitions for one act.
    """
    cells: dict[State, dict[str, list[Transition]]] = {state: {} for state in State}
    _check_callbacks(made)
    for trigger, event in made.events.items():
        for source, arrows in event.transitions.items():
            for arrow in arrows:
                transition = _check_arrow(arrow, source)
                if transition.trigger != trigger:
                    names = {"step": trigger, "other": transition.trigger}
                    raise _make_error("transition_of_other_trigger", transition, **names)
                cells[State(source)].setdefault(trigger, []).append(transition)
    _check_overlaps(cells)
    return MappingProxyType(
        {s: MappingProxyType({t: tuple(found) for t, found in c.items()}) for s, c in cells.items()}
    )


def _make_error(code: str, transition: Transition | None = None, **facts: object) -> InputError:
    article = transition.article if transition else None
    return InputError(field="lifecycle", code=code, article=article, **facts)


def _check_callbacks(made: Machine) -> None:
    for name in ("before_state_change", "after_state_change", "prepare_event", "finalize_event"):
        if getattr(made, name):
            raise _make_error("machine_callback", name=name)
    for state in made.states.values():
        if state.on_enter or state.on_exit:
            raise _make_error("state_callback", name=state.name)


def _check_arrow(arrow: Any, source: str) -> Transition:
    transition = getattr(arrow, "origin", None)
    if not isinstance(transition, Transition):
        raise _make_error("transition_without_row", source=source)
    _check_trigger(transition)
    known = {state.value for state in State}
    facts = {"step": transition.trigger, "source": source}
    if source not in known or (arrow.dest is not None and arrow.dest not in known):
        raise _make_error("transition_state", transition, **facts, dest=arrow.dest)
    if arrow.before or arrow.after or arrow.prepare:
        raise _make_error("transition_callback", transition, **facts)
    dest = None if transition.dest is SAME_STATE else transition.dest.value
    if State(source) not in transition.sources or arrow.dest != dest:
        raise _make_error("transition_elsewhere", transition, **facts)
    if len(arrow.conditions) != 1:
        raise _make_error("transition_condition", transition, **facts)
    return transition


def _check_trigger(transition: Transition) -> None:
    """Refuse a row with an unknown act, or with the receipt, which makes a new case."""
    acts = tuple(trigger for trigger in ACTS if trigger != Receive.trigger)
    if transition.trigger not in acts:
        step = short_repr(transition.trigger)
        raise _make_error("transition_of_no_act", transition, step=step, known=acts)


def _check_overlaps(cells: dict[State, dict[str, list[Transition]]]) -> None:
    for state, triggers in cells.items():
        for trigger, transitions in triggers.items():
            for one, other in combinations(transitions, 2):
                same_target = one.target is other.target or None in (one.target, other.target)
                shared = not one.holders or not other.holders or one.holders & other.holders
                if same_target and shared:
                    raise _make_error("transition_overlap", one, step=trigger, source=state.value)


def get_table(rules: Rules) -> Table:
    """Return the compiled table of the rules' lifecycle. It is made once, at first use.

    Raises:
        InputError: the lifecycle has what a table cannot express.
    """
    table: Table | None = rules._table
    if table is None:
        table = _compile_rows(rules.lifecycle)
        object.__setattr__(rules, "_table", table)  # cached on this value for later acts
    return table


@lru_cache(maxsize=64)
def _compile_rows(lifecycle: tuple[Transition, ...]) -> Table:
    return compile_table(make_machine(lifecycle))
