"""The findings of a walk over rules: dead ends, rows and guards without effect."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import attrs

from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.regulation.lifecycle import Transition
from phananh.regulation.machine import get_table
from phananh.regulation.request import OPEN_STATES, Role, State
from phananh.regulation.rules import Rules
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.moments import AFTER_DUE
from phananh.testing.exploration.outcomes import Edge
from phananh.testing.exploration.step import Path

Edges = Mapping[StateKey, tuple[Edge, ...]]
_ENDS = frozenset({State.ANSWERED, State.REJECTED})


@attrs.frozen(kw_only=True)
class DeadEnd:
    """An open state from which no acts lead to an answer or a rejection (Art. 3.1).

    Args:
        state: the state.
        path: the fewest acts that lead there.
        is_stuck: whether no person can even pass it on.
    """

    state: StateKey
    path: Path = attrs.field(repr=False)
    is_stuck: bool


@attrs.frozen(kw_only=True)
class UnreachableRow:
    """A row of the lifecycle that is not taken: at all, from one state, or by one role.

    Args:
        row: the row.
        source: the state from which it is not taken, None for any.
        role: the role that does not take it, None for any.
    """

    row: Transition = attrs.field(repr=lambda row: row.trigger)
    source: State | None = None
    role: Role | None = None


class NobodyMay(NamedTuple):
    """A state and holder with a row for an act that no person may ever do."""

    where: str
    trigger: str


class NeverRefused(NamedTuple):
    """A guard without a refusal. Its trigger is None if it is asked of every act."""

    trigger: str | None
    code: str


def find_dead_ends(states: Mapping[StateKey, Path], edges: Edges) -> tuple[DeadEnd, ...]:
    """Return the open states that lead to no end, those with the fewest acts first.

    A state beyond the limit of the walk counts as an end, as it was not visited.
    """
    ended = {key for key in states if key.state in _ENDS}
    back: dict[StateKey, set[StateKey]] = {}
    for key, led in edges.items():
        for edge in led:
            back.setdefault(edge.to, set()).add(key)
    ended |= back.keys() - states.keys()
    ahead = [*ended]
    while ahead:
        more = back.get(ahead.pop(), set()) - ended
        ended |= more
        ahead += more
    return tuple(
        DeadEnd(state=key, path=path, is_stuck=not any(_moves(key, e) for e in edges[key]))
        for key, path in states.items()
        if key.state in OPEN_STATES and key not in ended
    )


def _moves(key: StateKey, edge: Edge) -> bool:
    """Return whether somebody passes the case on: a lapse is no person's act."""
    is_elsewhere = (edge.to.state, edge.to.holder) != (key.state, key.holder)
    return is_elsewhere and edge.trigger not in SYSTEM_TRIGGERS


def find_unreachable_rows(
    rules: Rules, taken: set[tuple[Transition, State, Role]]
) -> Iterator[UnreachableRow]:
    """Yield the rows that were not taken, and of the others the states and roles."""
    for row in rules.lifecycle:
        mine = [(source, role) for each, source, role in taken if each is row]
        if not mine:
            yield UnreachableRow(row=row)
            continue
        for source in row.sources:
            if source not in {s for s, _ in mine}:
                yield UnreachableRow(row=row, source=source)
        for role in sorted(row.roles - {r for _, r in mine}):
            yield UnreachableRow(row=row, role=role)


def find_nobody(rules: Rules, edges: Edges) -> Iterator[NobodyMay]:
    """Yield each state and holder with an act that has a row for them, but is not recorded."""
    table, there, done = get_table(rules), dict[str, StateKey](), set[tuple[str, str]]()
    for key, led in edges.items():
        there.setdefault(key.text(), key)
        for edge in led:  # after the due instant the case is elsewhere when it is judged
            if edge.position != AFTER_DUE or edge.trigger in SYSTEM_TRIGGERS:
                done.add((key.text(), edge.trigger))
    for where, key in sorted(there.items()):
        role = key.holder.role if key.holder else None
        for trigger, rows in table[key.state].items():
            fits = any(not row.holders or role in row.holders for row in rows)
            if fits and (where, trigger) not in done:
                yield NobodyMay(where, trigger)


def find_never_refused(
    rules: Rules, fired: Mapping[tuple[str, str], int], *, spoiled: bool
) -> Iterator[NeverRefused]:
    """Yield the guards without a refusal.

    If no act was spoilt, guards that read an act's content had no act to refuse.
    """
    codes = {code for _, code in fired}
    for guard in rules.guards:
        if (spoiled or not guard.needs_act) and guard.code not in codes:
            yield NeverRefused(None, guard.code)
    asked = dict.fromkeys(
        (row.trigger, guard.code)
        for row in rules.lifecycle
        for guard in row.guards
        if spoiled or not guard.needs_act
    )
    for trigger, code in asked:
        if (trigger, code) not in fired:
            yield NeverRefused(trigger, code)
