"""Two acts that are possible in one state: does it matter which of them is first?

That is what two people at two desks find out when they act at the same moment.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from phananh.errors import PhanAnhError
from phananh.regulation.case import Case
from phananh.regulation.decide import Recorded
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.moments import INSIDE, NO_CLOCK
from phananh.testing.exploration.outcomes import Edge
from phananh.testing.exploration.walk import Node, Walk


class OrderMatters(NamedTuple):
    """Two acts with an outcome that depends on their order.

    `then` is the state of the case after `first` and `second`, `otherwise` after `second` and
    `first`. Each names the act that was refused, if any.
    """

    where: str
    first: str
    second: str
    then: str
    otherwise: str


def find_order_pairs(walk: Walk) -> tuple[OrderMatters, ...]:
    """Return each pair of acts once for each state and holder in which their order matters."""
    found: dict[tuple[str, str, str], OrderMatters] = {}
    for node in walk.nodes.values():
        for one, other in combinations(_list_acts(walk.outcomes.edges.get(node.key, ())), 2):
            key = (node.key.text(), _name(one), _name(other))
            if key not in found and (pair := _compare(walk, node, one, other)) is not None:
                found[key] = pair
    return tuple(found.values())


def _list_acts(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield one edge for each way to do an act at once, by one person of each role."""
    seen = set()
    for edge in edges:
        key = (edge.trigger, edge.variant, edge.role)
        if edge.position in (INSIDE, NO_CLOCK) and key not in seen:
            seen.add(key)
            yield edge


def _compare(walk: Walk, node: Node, one: Edge, other: Edge) -> OrderMatters | None:
    then, end = _do_both(walk, node, one, other)
    otherwise, other_end = _do_both(walk, node, other, one)
    if end is not None and end == other_end:
        return None
    return OrderMatters(node.key.text(), _name(one), _name(other), then, otherwise)


def _do_both(walk: Walk, node: Node, one: Edge, other: Edge) -> tuple[str, StateKey | None]:
    """Return the outcome of the second act after the first, and the state after both."""
    after = _do(walk, node.case, one)
    assert after is not None  # it was recorded when the walk tried it
    end = _do(walk, after, other)
    if end is None:
        return f"{_name(other)} is refused", None
    key = walk.canonical.find(end)
    return key.text(), key


def _do(walk: Walk, case: Case, edge: Edge) -> Case | None:
    """Return the case after an act, or None where it is not recorded."""
    try:
        decision = walk.decide(case, edge.act, edge.context)
    except PhanAnhError:
        return None
    return decision.case if isinstance(decision, Recorded) else None


def _name(edge: Edge) -> str:
    return edge.trigger if edge.variant == "good" else f"{edge.trigger} {edge.variant}"
