"""Histories of cases, smallest first: what tests of desks, stores and pages can start from."""

from collections.abc import Iterable, Iterator

import attrs

from phananh.regulation import decide as judge
from phananh.regulation.case import Case
from phananh.regulation.context import CalendarChoice
from phananh.regulation.decide import Recorded
from phananh.regulation.events import Event
from phananh.regulation.request import Kind, KindSlug
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.arguments import list_given
from phananh.testing.exploration.explore_rules import MOST_STATES, make_walk
from phananh.testing.exploration.people import choose_start
from phananh.testing.exploration.receipts import KINDS, check_count, list_receipts, parse_kinds
from phananh.testing.exploration.step import Path
from phananh.testing.exploration.walk import Node, Walk

_DEPTH = 6


@attrs.frozen(kw_only=True)
class History:
    """A history of one case.

    Args:
        path: the acts with their moments, the receipt first.
        events: the events they recorded.
        case: the case that the events add up to.
    """

    path: Path
    events: tuple[Event, ...] = attrs.field(repr=False)
    case: Case = attrs.field(repr=False)


def histories(
    rules: Rules = HOA_BINH_2019,
    *,
    depth: int = _DEPTH,
    kinds: Iterable[Kind | KindSlug] = KINDS,
    agencies: int = 1,
    calendar_for: CalendarChoice | None = None,
) -> Iterator[History]:
    """Return the histories of up to `depth` acts that the rules allow, smallest first.

    Of those that come to the same state the first one is continued, with each act that is possible
    there. So every act is seen in every state within reach of `depth` acts.

    Args:
        rules: the rules, yours or the built-in ones.
        depth: the most acts, the receipt included.
        kinds: the kinds of requests.
        agencies: how many agencies are asked, 1 or 2.
        calendar_for: the hours, as of `explore`.

    Raises:
        InputTypeError: `rules` is no `Rules`.
        InputError: there is no kind, one is unknown, `agencies` is neither 1 nor 2, or the depth
            is no whole number above 0.
    """
    check_count(depth, field="depth")
    begun = parse_kinds(list_given(kinds, field="kinds"))
    walk = make_walk(
        rules, calendar_for, spoiled=False, agencies=agencies, decide=judge.decide,
        list_allowed=judge.list_allowed, visit=None, limit=MOST_STATES, depth=depth,
    )  # fmt: skip
    return _walk(walk, begun)  # a generator checks no argument before it is iterated


def _walk(walk: Walk, kinds: Iterable[Kind]) -> Iterator[History]:
    """Yield the histories of a walk, once it is done."""
    walk.run(list_receipts(kinds), choose_start(walk.rules))
    for node in walk.nodes.values():
        if len(node.path) == 1:
            yield History(path=node.path, events=node.history, case=node.case)
    for node in walk.nodes.values():  # found nearest first
        yield from _continue(walk, node)


def _continue(walk: Walk, node: Node) -> Iterator[History]:
    """Yield a history longer by one act, for each act once, by one person and at one moment."""
    seen = set()
    for edge in walk.outcomes.edges.get(node.key, ()):
        key = (edge.trigger, edge.variant, edge.role, edge.position, edge.to)
        if key in seen:
            continue
        seen.add(key)
        decision = walk.decide(node.case, edge.act, edge.context)
        assert isinstance(decision, Recorded)  # as it was when the walk tried it
        yield History(
            path=(*node.path, (edge.act, edge.context.at)),
            events=(*node.history, *decision.events),
            case=decision.case,
        )
