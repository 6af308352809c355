"""The lifecycle rows as one `transitions.Machine`, and as the read-only table that is run.

A row is a `Transition` of LIFECYCLE; a transition here is one of the machine. The machine is a
notation, a second opinion and the source of diagrams; it never holds a case. The table is
compiled from `machine.events`, so the two cannot drift apart; a test compares them for every
state, trigger, role and flag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from phananh.errors import InputError
from phananh.regulation.engine.matching import find_refusals, is_match
from phananh.regulation.lifecycle import LIFECYCLE, SAME_STATE, Transition
from phananh.regulation.values.request import State

if TYPE_CHECKING:
    from transitions import Machine

    from phananh.regulation.case import Case
    from phananh.regulation.values.acts import Act

Table = Mapping[State, Mapping[str, tuple[Transition, ...]]]


@cache
def _make_machine_class() -> type[Machine]:
    """Return the Machine whose transitions carry their row (loaded only when needed)."""
    from transitions import Machine
    from transitions import Transition as MachineTransition

    class RowTransition(MachineTransition):
        """A transition that remembers which row it was made from."""

        def __init__(self, *args: Any, row: Transition | None = None, **options: Any) -> None:
            super().__init__(*args, **options)
            self.row = row

    class LifecycleMachine(Machine):
        """The lifecycle for users of `transitions`: no model, no callbacks."""

        transition_cls = RowTransition

    return LifecycleMachine


def make_machine(rows: Sequence[Transition] = LIFECYCLE) -> Machine:
    """Return a fresh machine made from `rows`: plain states, no model, no automatic triggers.

    Conditions take `case`, `act`, `at` and `rules` by keyword, and are real booleans.
    """
    made = _make_machine_class()(
        model=None,
        states=[state.value for state in State],
        initial=State.RECEIVED.value,
        auto_transitions=False,
        send_event=False,
    )
    for row in rows:
        for source in row.sources:
            dest = None if row.dest is SAME_STATE else str(row.dest.value)
            made.add_transition(
                row.trigger, str(source.value), dest, conditions=_make_conditions(row), row=row
            )
    return made


def _make_conditions(row: Transition) -> list[str | Callable[..., bool | None]]:
    """Return one boolean condition: the row's own selectors, people and guards say yes."""

    def may(*, case: Case, act: Act, at: Any, rules: Any) -> bool:
        return is_match(row, case, act) and not find_refusals(row, case, act, at, rules)

    may.__name__ = "_".join([row.trigger, *(guard.code for guard in row.guards)])
    return [may]


def compile_table(made: Machine) -> Table:
    """Return state -> trigger -> rows, read-only; refuse what the table cannot mean."""
    cells: dict[State, dict[str, list[Transition]]] = {state: {} for state in State}
    _check_callbacks(made)
    for trigger, event in made.events.items():
        for source, transitions in event.transitions.items():
            for transition in transitions:
                row = _check_transition(transition, source)
                if row.trigger != trigger:
                    raise _make_error(
                        "transition_of_other_trigger", row, step=trigger, other=row.trigger
                    )
                cells[State(source)].setdefault(trigger, []).append(row)
    _check_overlaps(cells)
    return MappingProxyType(
        {s: MappingProxyType({t: tuple(rows) for t, rows in c.items()}) for s, c in cells.items()}
    )


def _make_error(code: str, row: Transition | None = None, **facts: object) -> InputError:
    article = row.article if row else None
    return InputError(field="lifecycle", code=code, article=article, **facts)


def _check_callbacks(made: Machine) -> None:
    for name in ("before_state_change", "after_state_change", "prepare_event", "finalize_event"):
        if getattr(made, name):
            raise _make_error("machine_callback", name=name)
    for state in made.states.values():
        if state.on_enter or state.on_exit:
            raise _make_error("state_callback", name=state.name)


def _check_transition(transition: Any, source: str) -> Transition:
    row = getattr(transition, "row", None)
    if not isinstance(row, Transition):
        raise _make_error("transition_without_row", source=source)
    known = {state.value for state in State}
    facts = {"step": row.trigger, "source": source}
    if source not in known or (transition.dest is not None and transition.dest not in known):
        raise _make_error("transition_state", row, **facts, dest=transition.dest)
    if transition.before or transition.after or transition.prepare:
        raise _make_error("transition_callback", row, **facts)
    dest = None if row.dest is SAME_STATE else row.dest.value
    if State(source) not in row.sources or transition.dest != dest:
        raise _make_error("transition_elsewhere", row, **facts)
    if len(transition.conditions) != 1:
        raise _make_error("transition_condition", row, **facts)
    return row


def _check_overlaps(cells: dict[State, dict[str, list[Transition]]]) -> None:
    for state, triggers in cells.items():
        for trigger, rows in triggers.items():
            for one, other in combinations(rows, 2):
                same_target = one.target is other.target or None in (one.target, other.target)
                shared = not one.holders or not other.holders or one.holders & other.holders
                if same_target and shared:
                    raise _make_error("transition_overlap", one, step=trigger, source=state.value)


@cache
def get_table() -> Table:
    """Return the compiled table of LIFECYCLE; made once, at first use."""
    return compile_table(make_machine())
