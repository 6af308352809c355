"""The results of a walk over rules, as data: states, edges, counts, and findings."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import attrs

from phananh.errors import check_language
from phananh.regulation.rules import Rules
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.diagram import draw_dot, draw_mermaid
from phananh.testing.exploration.findings import (
    DeadEnd,
    NeverRefused,
    NobodyMay,
    UnreachableRow,
    find_dead_ends,
    find_never_refused,
    find_nobody,
    find_unreachable_rows,
)
from phananh.testing.exploration.order import OrderMatters, find_order_pairs
from phananh.testing.exploration.outcomes import Edge
from phananh.testing.exploration.plain import to_plain_exploration
from phananh.testing.exploration.step import Path
from phananh.testing.exploration.text import write_text
from phananh.testing.exploration.walk import Walk


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Exploration:
    """Everything that a walk over some rules found. You can print it.

    Args:
        walk: the walk.
        spoiled: whether acts were also tried spoilt.
    """

    walk: Walk
    spoiled: bool

    @property
    def rules(self) -> Rules:
        """The rules that were explored."""
        return self.walk.rules

    @cached_property
    def states(self) -> Mapping[StateKey, Path]:
        """Each canonical state, with the fewest acts that lead there."""
        return {key: node.path for key, node in self.walk.nodes.items()}

    @cached_property
    def edges(self) -> Mapping[StateKey, tuple[Edge, ...]]:
        """The acts that are recorded in each state, and the states they lead to."""
        found = self.walk.outcomes.edges
        return {key: tuple(found.get(key, ())) for key in self.walk.nodes}

    @property
    def recorded(self) -> int:
        """How many of the acts tried are recorded."""
        return self.walk.outcomes.recorded

    @property
    def refused(self) -> int:
        """How many of the acts tried are refused, with reasons."""
        return self.walk.outcomes.refused

    @property
    def not_allowed(self) -> int:
        """How many of the acts tried have no row in their state."""
        return self.walk.outcomes.not_allowed

    @property
    def pairs(self) -> int:
        """How many acts were tried, each in one state, at one moment, by one person."""
        return self.recorded + self.refused + self.not_allowed + self.walk.outcomes.failed

    @property
    def codes(self) -> Mapping[str, int]:
        """How many acts were refused with each reason, the most frequent first."""
        return dict(self.walk.outcomes.codes.most_common())

    @property
    def failures(self) -> Mapping[str, Path]:
        """What could not be judged, such as a limit beyond the calendar, with a path to it."""
        return self.walk.outcomes.failures

    @property
    def truncated(self) -> bool:
        """Whether there are more states than the limit."""
        return self.walk.truncated

    @cached_property
    def dead_ends(self) -> tuple[DeadEnd, ...]:
        """The open states from which no case can be answered or rejected (Art. 3.1)."""
        return find_dead_ends(self.states, self.edges)

    @cached_property
    def unreachable(self) -> tuple[UnreachableRow, ...]:
        """The rows that are not taken at all, or not from one of their states or by one role."""
        return tuple(find_unreachable_rows(self.rules, self.walk.outcomes.taken))

    @cached_property
    def nobody(self) -> tuple[NobodyMay, ...]:
        """The states with a row for an act that no person may ever do."""
        return tuple(find_nobody(self.rules, self.edges))

    @cached_property
    def never(self) -> tuple[NeverRefused, ...]:
        """The guards without a refusal. Those that read an act's content only if `spoiled`."""
        fired = self.walk.outcomes.fired
        return tuple(find_never_refused(self.rules, fired, spoiled=self.spoiled))

    @cached_property
    def order_matters(self) -> tuple[OrderMatters, ...]:
        """The pairs of acts of which the first one decides what becomes of the other."""
        return find_order_pairs(self.walk)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data, ready for JSON, with paths as lines of an act log."""
        return to_plain_exploration(self)

    def text(self) -> str:
        """Return counts and findings in English, as a page for the terminal."""
        return write_text(self)

    def __repr__(self) -> str:
        """Return the id of the rules, and how much was seen."""
        counts = f"{len(self.states):,} states, {self.pairs:,} acts tried"
        return f"<Exploration of {self.rules.id}: {counts}>"

    def __str__(self) -> str:
        """Return the page for the terminal."""
        return self.text()

    def mermaid(self, lang: str = "en") -> str:
        """Return a Mermaid diagram of states and holders, with dead ends marked.

        Args:
            lang: `vi` or `en`.
        """
        return draw_mermaid(self.edges, self._list_dead(), check_language(lang))

    def dot(self, lang: str = "en") -> str:
        """Return a Graphviz digraph of states and holders, with dead ends marked.

        Args:
            lang: `vi` or `en`.
        """
        return draw_dot(self.edges, self._list_dead(), check_language(lang))

    def _list_dead(self) -> frozenset[str]:
        return frozenset(each.state.text() for each in self.dead_ends)
