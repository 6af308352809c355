"""Histories that the walk takes for one have one future, but for what brings a case back."""

import pytest

from phananh.regulation.acts import ACTS
from phananh.regulation.context import DecisionContext, make_lookup
from phananh.regulation.decide import Recorded, Refused, decide
from phananh.regulation.request import Role
from phananh.testing.exploration import (
    GOOD_ACTS,
    KINDS,
    OTHER_AGENCY,
    OTHER_WAYS,
    SPOILED_ACTS,
    Canonical,
    Situation,
    list_actors,
    list_moments,
    list_requests,
    make_exploration,
    make_hours,
)
from tests.testing.exploration.rules_tried import RULES

HOURS = make_lookup(make_hours())
# After these the nearest history stands for all that was before.
NEAREST = {"send_back", "reopen", "withdraw", "lift_lapse"}
WELL, TRIED = (
    tuple(way for way in ways if way.trigger not in NEAREST)
    for ways in (
        (*GOOD_ACTS, *OTHER_WAYS),
        (*GOOD_ACTS, *OTHER_WAYS, *OTHER_AGENCY[:1], *SPOILED_ACTS),
    )
)
MOST = 12


def list_futures(case, rules, canonical):
    """Return what everybody is answered to every act, and where it leads."""
    found = {}
    unknown = not isinstance(case.sender_id, str)
    for n, (position, at) in enumerate(list_moments(case)):
        situation = Situation(case, at, rules, HOURS)
        for variant in TRIED:
            fields = variant.find(situation)
            for person, identity in list_actors(case) if fields is not None else ():
                by_code = unknown and person.role is Role.CITIZEN and identity == "right"
                context = DecisionContext(
                    at=at, rules=rules, calendar_for=HOURS, named_by_code=by_code
                )
                act = ACTS[variant.trigger](by=person, **dict(fields))
                key = (n, position, variant.trigger, variant.name, person.role, identity)
                found[key] = _describe(decide(case, act, context), canonical)
    return found


def _describe(decision, canonical):
    """Return what of an answer must be the same."""
    if isinstance(decision, Recorded):
        return [type(e).__name__ for e in decision.events], canonical.find(decision.case)
    if isinstance(decision, Refused):
        is_of_calendar = decision.trigger == "move_deadline"  # which reasons, a notice says
        return "refused", [each.code for each in decision.reasons if not is_of_calendar]
    return "not allowed", decision.allowed


def list_histories(rules):
    """Yield case and events of each state within six acts, then of every act in each of them."""
    walk = make_exploration(rules, depth=6, variants=WELL)
    walk.walk(list_requests(KINDS))
    for node in walk.nodes.values():
        once = {}
        for step in walk.edges.get(node.key, ()):
            key = (step.act.trigger, step.variant, step.act.by.role, step.position, step.to)
            once.setdefault(key, step)
        if len(node.path) == 1:
            yield node.case, node.history
        for step in once.values():
            yield step.decision.case, (*step.history, *step.decision.events)


def find_merged(rules, canonical):
    """Return pairs of cases that are one state, by different histories.

    Where a case has what only some rows require, one of each result stands for all.
    """
    first, pairs = {}, []
    for case, events in list_histories(rules):
        if any(getattr(case, name) for name in canonical.required):
            continue
        one, known = first.setdefault(canonical.find(case), (case, events))
        if known[1:] != events[1:]:
            pairs.append((one, case))
    return pairs


# Ten seconds each: the first in `make test`, the others in `make slow`.
@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n == "built in" else pytest.mark.slow) for n in RULES]
)
def test_merged_histories_have_the_same_future(name):
    """Whoever does whatever next, two histories of one state are answered alike, and stay one."""
    rules = RULES[name]
    canonical = Canonical(rules, HOURS)
    pairs = find_merged(rules, canonical)
    assert len(pairs) > 4 * MOST
    for pair in pairs[:: len(pairs) // MOST]:
        one, other = (list_futures(case, rules, canonical) for case in pair)
        assert one == other


class Blind(Canonical):
    """A canonical state that leaves out one field too many."""

    without = "running"

    def find(self, case):
        """Return the state without the field."""
        return super().find(case)._replace(**{self.without: None})


@pytest.mark.parametrize(
    "field",
    [
        "running",
        *(pytest.param(each, marks=pytest.mark.slow) for each in (
            "reschedules", "left", "accused", "unmet", "handled_by", "within_competence",
            "rated",
        )),
    ],
)  # fmt: skip
def test_a_field_less_is_seen(field):
    """Each field of the state matters: without it, histories are one that are answered apart."""
    rules = RULES["built in"]
    blind, whole = Blind(rules, HOURS, ()), Canonical(rules, HOURS, ())
    blind.without = field
    pairs = [
        (one, other)
        for one, other in find_merged(rules, blind)
        if whole.find(one) != whole.find(other)
    ]
    assert any(
        list_futures(one, rules, blind) != list_futures(other, rules, blind)
        for one, other in pairs[:: max(1, len(pairs) // MOST)]
    )
