"""The walk: every act by everybody in every canonical state, breadth first.

The shortest path to a state is found first, so each finding is shown by the fewest acts. If the
rules have no row for an act, the judge gives everybody the same answer, and is asked once.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import attrs

from phananh.errors import PhanAnhError, Refusal
from phananh.regulation import decide as judge
from phananh.regulation.acts import SYSTEM_TRIGGERS, Act, Receive
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarLookup, DecisionContext
from phananh.regulation.decide import Decision, NotAllowed, Recorded, as_of
from phananh.regulation.events import Event
from phananh.regulation.lifecycle import Transition
from phananh.regulation.machine import get_table
from phananh.regulation.receipt import make_receipt
from phananh.regulation.request import Person, Role
from phananh.regulation.rules import Rules
from phananh.testing.exploration.act_log import to_act_log
from phananh.testing.exploration.canonical import Canonical, StateKey
from phananh.testing.exploration.moments import SOON, list_moments
from phananh.testing.exploration.outcomes import Edge, Outcomes
from phananh.testing.exploration.people import CODE
from phananh.testing.exploration.step import Path, Permissions, Step
from phananh.testing.exploration.tried_acts import ActFactory, Fields, Situation, Variant
from phananh.testing.exploration.tried_people import Actor, Whom, list_actors

Decide = Callable[[Case, Act, DecisionContext], Decision]
ListAllowed = Callable[[Case, Person, DecisionContext], Mapping[str, tuple[Refusal, ...]]]
Visit = Callable[[Step], object]


@attrs.frozen(kw_only=True)
class Node:
    """A state that was reached: its key, the case, its events, and the acts that led there."""

    key: StateKey
    case: Case
    history: tuple[Event, ...]
    path: Path


@attrs.define(kw_only=True)
class Walk:
    """A walk over the states of some rules, and what it has seen so far."""

    rules: Rules
    calendar_for: CalendarLookup
    variants: tuple[Variant, ...]
    canonical: Canonical
    decide: Decide
    list_allowed: ListAllowed
    visit: Visit | None
    limit: int
    depth: int | None = None
    whom: Whom = Whom.EVERYBODY
    outcomes: Outcomes
    nodes: dict[StateKey, Node] = attrs.Factory(dict)
    truncated: bool = False
    _queue: deque[Node] = attrs.Factory(deque)
    acts: ActFactory = attrs.Factory(ActFactory)
    _by_trigger: dict[str, tuple[Variant, ...]] = attrs.Factory(dict)

    def run(self, receipts: Iterable[Receive], at: datetime, then: Iterable[Act] = ()) -> None:
        """Walk from these receipts until no new state is found, or the limit is met.

        `then` is what follows each receipt at once, as far as it is recorded.
        """
        for variant in self.variants:
            known = self._by_trigger.get(variant.trigger, ())
            self._by_trigger[variant.trigger] = (*known, variant)
        for receipt in receipts:
            self._begin(receipt, at, then)
        while self._queue:
            node = self._queue.popleft()
            if self.depth is not None and len(node.path) >= self.depth:
                continue
            for position, at in list_moments(node.case):
                try:
                    self._try_all(node, position, at)
                except Exception as error:
                    log = "\n".join(to_act_log(node.path))
                    error.add_note(f"in the walk, at {at.isoformat()}, after the acts\n{log}")
                    raise

    def _begin(self, receipt: Receive, at: datetime, then: Iterable[Act]) -> None:
        event = make_receipt(
            receipt, at=at, case="C1", code=CODE, code_digest="sample", rules=self.rules
        )
        history: tuple[Event, ...] = (event,)
        case = fold(history)
        path: Path = ((receipt, at),)
        for act in then:
            at += SOON
            context = DecisionContext(at=at, rules=self.rules, calendar_for=self.calendar_for)
            decision = self.decide(case, act, context)
            if isinstance(decision, Recorded):
                case, history = decision.case, (*history, *decision.events)
                path = (*path, (act, at))
        self.enter(case, history, path)

    def enter(self, case: Case, history: tuple[Event, ...], path: Path) -> StateKey:
        """Return the state of a case. A new one is walked too."""
        key = self.canonical.find(case)
        if key not in self.nodes:
            if len(self.nodes) >= self.limit:
                self.truncated = True
                return key
            node = self.nodes[key] = Node(key=key, case=case, history=history, path=path)
            self._queue.append(node)
        return key

    def _try_all(self, node: Node, position: str, at: datetime) -> None:
        moment = Moment(self, node, position, at)
        for trigger, variants in self._by_trigger.items():
            rows = moment.find_rows(trigger)
            if not rows and self.decide is judge.decide:
                moment.try_once(trigger, variants[0])
            else:
                roles = frozenset(role for row in rows for role in row.roles)
                moment.try_each(trigger, variants, roles)


def _is_by_code(actor: Actor) -> bool:
    return actor.person.role is Role.CITIZEN and actor.identity == "right"


class Moment:
    """One state at one moment: the people there, and the acts with a row in the rules."""

    def __init__(self, walk: Walk, node: Node, position: str, at: datetime) -> None:
        """Look at a state at a moment."""
        self.walk, self.node, self.position, self.at = walk, node, position, at
        case, rules = node.case, walk.rules
        self.context = DecisionContext(at=at, rules=rules, calendar_for=walk.calendar_for)
        # The right citizen names a case that does not know its sender by its tracking code.
        self.by_code = (
            self.context
            if isinstance(case.sender_id, str)
            else attrs.evolve(self.context, named_by_code=True)
        )
        table = get_table(rules)
        self.stored = table[case.state]
        self.case_now = as_of(case, self.context)
        self.now = table[self.case_now.state]
        self.actors = list_actors(case, walk.whom)
        self.situation = Situation(case, at, rules, walk.calendar_for)
        self.permissions = Permissions(walk.list_allowed, case, self.context)
        self.permissions_by_code = Permissions(walk.list_allowed, case, self.by_code)

    def find_rows(self, trigger: str) -> tuple[Transition, ...]:
        """Return the rows that there are for an act in this state."""
        cells = self.stored if trigger in SYSTEM_TRIGGERS else self.now
        return cells.get(trigger, ())

    def try_once(self, trigger: str, variant: Variant) -> None:
        """Ask for one person, if the answer cannot depend on the person."""
        fields = self._find_fields(variant)
        if fields is None:
            return
        walk, actors = self.walk, self.actors
        acts = walk.acts.find(trigger, fields)
        decision = walk.decide(self.node.case, acts.make(actors[0].person), self.context)
        walk.outcomes.add_not_allowed(len(actors))
        if walk.visit is not None:
            for actor in actors:
                self._show(acts.make(actor.person), variant, actor, decision)

    def try_each(self, trigger: str, variants: tuple[Variant, ...], roles: frozenset[Role]) -> None:
        """Ask for everybody, and the ways beside the good one only for people with a row."""
        walk = self.walk
        for variant in variants:
            fields = self._find_fields(variant)
            if fields is None:
                continue
            acts = walk.acts.find(trigger, fields)
            for actor in self.actors:
                if variant.name != "good" and (
                    actor.identity != "right" or actor.person.role not in roles
                ):
                    continue
                self._judge(acts.make(actor.person), variant, actor)

    def _find_fields(self, variant: Variant) -> Fields | None:
        """Return the content of an act here, or None if it has none, or none can be found."""
        try:
            return variant.find(self.situation)
        except PhanAnhError as error:  # such as a limit beyond the days that the calendar knows
            self.walk.outcomes.add_failure(error, self.node.path)
            return None

    def _judge(self, act: Act, variant: Variant, actor: Actor) -> None:
        walk, node = self.walk, self.node
        context = self._choose_context(actor)
        try:
            decision = walk.decide(node.case, act, context)
        except PhanAnhError as error:  # such as a limit beyond the days that the calendar knows
            walk.outcomes.add_failure(error, (*node.path, (act, self.at)))
            return
        if isinstance(decision, Recorded):
            self._follow(act, variant, actor, decision)
        elif isinstance(decision, NotAllowed):
            walk.outcomes.add_not_allowed(1)
        else:
            walk.outcomes.add_refused(variant.trigger, decision)
        if walk.visit is not None:
            self._show(act, variant, actor, decision)

    def _choose_context(self, actor: Actor) -> DecisionContext:
        return self.by_code if _is_by_code(actor) else self.context

    def _follow(self, act: Act, variant: Variant, actor: Actor, decision: Recorded) -> None:
        walk, node = self.walk, self.node
        key = walk.enter(
            decision.case, (*node.history, *decision.events), (*node.path, (act, self.at))
        )
        edge = Edge(
            variant.trigger, variant.name, actor.person.role, actor.identity, self.position, key,
            act, self._choose_context(actor),
        )  # fmt: skip
        walk.outcomes.add_recorded(node.key, edge)
        judged = node.case if variant.trigger in SYSTEM_TRIGGERS else self.case_now
        walk.outcomes.add_row(self.find_rows(variant.trigger), judged, act)

    def _show(self, act: Act, variant: Variant, actor: Actor, decision: Decision) -> None:
        node = self.node
        if self.walk.visit is None:
            return
        fields = {
            "path": node.path,
            "history": node.history,
            "case": node.case,
            "act": act,
            "at": self.at,
            "variant": variant.name,
            "identity": actor.identity,
            "position": self.position,
            "context": self._choose_context(actor),
            "decision": decision,
            "permissions": self.permissions_by_code if _is_by_code(actor) else self.permissions,
        }
        step = object.__new__(Step)
        object.__setattr__(step, "__dict__", fields)  # quicker to make, and there are many
        self.walk.visit(step)
