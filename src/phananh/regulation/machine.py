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
from phananh.regulation.guards import Rules
from phananh.regulation.lifecycle import LIFECYCLE, SAME_STATE, Transition, find_refusals, is_match
from phananh.regulation.request import State

if TYPE_CHECKING:
    from transitions import Machine

    from phananh.regulation.acts import Act
    from phananh.regulation.case import Case

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
            made.add_transition(
                transition.trigger,
                str(source.value),
                None if transition.dest is SAME_STATE else str(transition.dest.value),
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


def get_table(rules: Rules) -> Table:
    """Return the compiled table of the rules' lifecycle. It is made once, at first use.

    Raises:
        InputError: a row is for no act, or two rows are for one act.
    """
    table: Table | None = rules._table
    if table is None:
        table = _compile_table(rules.lifecycle)
        object.__setattr__(rules, "_table", table)  # cached on this value for later acts
    return table


@lru_cache(maxsize=64)
def _compile_table(lifecycle: tuple[Transition, ...]) -> Table:
    """Return state -> trigger -> transitions, read-only."""
    cells: dict[State, dict[str, tuple[Transition, ...]]] = {state: {} for state in State}
    for trigger, event in make_machine(lifecycle).events.items():
        for source, arrows in event.transitions.items():
            found = tuple(arrow.origin for arrow in arrows)  # type: ignore[attr-defined]  # ours
            _check_cell(found, source)
            cells[State(source)][trigger] = found
    return MappingProxyType({state: MappingProxyType(cell) for state, cell in cells.items()})


def _check_cell(transitions: tuple[Transition, ...], source: str) -> None:
    """Refuse a row for no act, or for the receipt, which makes a new case. And two for one act."""
    step, acts = transitions[0].trigger, tuple(each for each in ACTS if each != Receive.trigger)
    if step not in acts:
        facts = {"step": short_repr(step), "known": acts}
        raise _make_error("transition_of_no_act", transitions[0], **facts)
    for one, other in combinations(transitions, 2):
        same_target = one.target is other.target or None in (one.target, other.target)
        shared = not one.holders or not other.holders or one.holders & other.holders
        if same_target and shared:
            raise _make_error("transition_overlap", one, step=step, source=source)


def _make_error(code: str, transition: Transition, **facts: object) -> InputError:
    return InputError(field="lifecycle", code=code, article=transition.article, **facts)
