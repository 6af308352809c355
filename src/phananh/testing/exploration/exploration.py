"""What a walk over rules found, as data: states, edges, counts, and what is odd."""

from collections.abc import Mapping

import attrs

from phananh.regulation.rules import Rules
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.outcomes import Edge
from phananh.testing.exploration.step import Path


@attrs.frozen(kw_only=True)
class Exploration:
    """Everything that a walk over some rules found.

    Args:
        rules: the rules.
        states: each canonical state, with the shortest path to it.
        edges: of each state the acts that are recorded there.
        recorded, refused, not_allowed: how many of the acts tried came to that.
        codes: how many acts each reason was given for.
        failures: what could not be judged, such as a limit beyond the calendar, with a path.
        truncated: whether there are more states than the limit.
    """

    rules: Rules
    states: Mapping[StateKey, Path] = attrs.field(repr=False)
    edges: Mapping[StateKey, tuple[Edge, ...]] = attrs.field(repr=False)
    recorded: int
    refused: int
    not_allowed: int
    codes: Mapping[str, int]
    failures: Mapping[str, Path]
    truncated: bool

    @property
    def pairs(self) -> int:
        """How many acts were tried: each in one state, at one moment, by one person."""
        return self.recorded + self.refused + self.not_allowed
