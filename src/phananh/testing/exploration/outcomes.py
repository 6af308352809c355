"""The counts of a walk: outcomes, reasons, edges, and the rows taken with their roles."""

from collections import Counter
from typing import NamedTuple

import attrs

from phananh.errors import PhanAnhError
from phananh.regulation.acts import Act
from phananh.regulation.case import Case
from phananh.regulation.context import DecisionContext
from phananh.regulation.decide import Refused
from phananh.regulation.lifecycle import Transition, is_match
from phananh.regulation.request import Role, State
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.step import Path

_MISTAKES = frozenset({"not_facts", "guard_reads_act", "no_event_returned"})


class Edge(NamedTuple):
    """An act that was recorded in a state: the person, the moment, and the state it led to."""

    trigger: str
    variant: str
    role: Role
    identity: str
    position: str
    to: StateKey
    act: Act
    context: DecisionContext


@attrs.define
class Outcomes:
    """The counts of a walk."""

    recorded: int = 0
    refused: int = 0
    not_allowed: int = 0
    failed: int = 0
    codes: Counter[str] = attrs.Factory(Counter)
    fired: Counter[tuple[str, str]] = attrs.Factory(Counter)
    edges: dict[StateKey, list[Edge]] = attrs.Factory(dict)
    taken: set[tuple[Transition, State, Role]] = attrs.Factory(set)
    failures: dict[str, Path] = attrs.Factory(dict)

    def add_not_allowed(self, count: int) -> None:
        """Count acts for which there is no row."""
        self.not_allowed += count

    def add_refused(self, trigger: str, decision: Refused) -> None:
        """Count a refusal and its reasons, each code once."""
        self.refused += 1
        for code in {reason.code for reason in decision.reasons}:
            self.codes[code] += 1
            self.fired[trigger, code] += 1

    def add_recorded(self, key: StateKey, edge: Edge) -> None:
        """Count an act that was recorded."""
        self.recorded += 1
        self.edges.setdefault(key, []).append(edge)

    def add_row(self, rows: tuple[Transition, ...], case: Case, act: Act) -> None:
        """Remember which row was taken. `case` is as it was when the act was judged."""
        row = next((each for each in rows if is_match(each, case, act)), None)
        if row is not None:
            self.taken.add((row, case.state, act.by.role))

    def add_failure(self, error: PhanAnhError, path: Path) -> None:
        """Remember an act that could not be judged, by the shortest path of each message.

        Raises:
            PhanAnhError: it is of a guard or recorder that is wrong.
        """
        if getattr(error, "code", None) in _MISTAKES:
            raise error
        self.failed += 1
        self.failures.setdefault(str(error), path)
