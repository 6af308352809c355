"""Histories that the walk takes for one have one future."""

import pytest

from phananh.regulation.context import DecisionContext, make_lookup
from phananh.regulation.decide import Recorded, Refused, decide
from phananh.regulation.request import Role
from phananh.testing import histories
from phananh.testing.exploration.canonical import Canonical, find_counting_states
from phananh.testing.exploration.moments import list_moments
from phananh.testing.exploration.people import make_hours
from phananh.testing.exploration.spoiled_acts import SPOILED_ACTS
from phananh.testing.exploration.tried_acts import (
    GOOD_ACTS,
    OTHER_AGENCY,
    OTHER_WAYS,
    ActFactory,
    Situation,
)
from phananh.testing.exploration.tried_people import list_actors
from tests.testing.exploration.rules_tried import RULES

HOURS = make_lookup(make_hours())
ACTS = ActFactory()
VARIANTS = (*GOOD_ACTS, *OTHER_WAYS, *OTHER_AGENCY, *SPOILED_ACTS)
MOST = 20


def list_futures(case, rules, canonical):
    """Return what everybody is answered to every act, and where it leads."""
    found = {}
    unknown = not isinstance(case.sender_id, str)
    for n, (position, at) in enumerate(list_moments(case)):
        situation = Situation(case, at, rules, HOURS)
        for variant in VARIANTS:
            fields = variant.find(situation)
            if fields is None:
                continue
            acts = ACTS.find(variant.trigger, fields)
            for person, identity in list_actors(case):
                by_code = unknown and person.role is Role.CITIZEN and identity == "right"
                context = DecisionContext(
                    at=at, rules=rules, calendar_for=HOURS, named_by_code=by_code
                )
                decision = decide(case, acts.make(person), context)
                key = (n, position, variant.trigger, variant.name, person.role, identity)
                found[key] = outcome_of(decision, canonical)
    return found


def outcome_of(decision, canonical):
    """Return what of an answer must be the same."""
    if isinstance(decision, Recorded):
        return (
            "recorded",
            [type(e).__name__ for e in decision.events],
            canonical.find(decision.case),
        )
    if isinstance(decision, Refused):
        return "refused", [each.code for each in decision.reasons]
    return "not allowed", decision.allowed


def find_merged(rules, canonical, *, depth, agencies):
    """Return pairs of cases that are one state, by different histories."""
    first, pairs = {}, []
    for history in histories(rules, depth=depth, agencies=agencies):
        key = canonical.find(history.case)
        one = first.setdefault(key, history)
        if one is not history and one.events[1:] != history.events[1:]:
            pairs.append((one, history))
    return pairs


def check(rules, canonical, *, depth=6, agencies=1):
    """Compare a spread sample of pairs; return how many histories differ."""
    pairs = find_merged(rules, canonical, depth=depth, agencies=agencies)
    assert len(pairs) > 4 * MOST
    differ = 0
    for one, other in pairs[:: len(pairs) // MOST]:
        futures = [list_futures(each.case, rules, canonical) for each in (one, other)]
        differ += futures[0] != futures[1]
    return differ


# Ten seconds each: the first in `make test`, the others in `make slow`.
NAMES = [pytest.param(n, marks=() if n == "built in" else pytest.mark.slow) for n in RULES]


@pytest.mark.parametrize("name", NAMES)
def test_merged_histories_have_the_same_future(name):
    """Whoever does whatever next, two histories of one state are answered alike, and stay one."""
    rules = RULES[name]
    canonical = Canonical(rules, HOURS, counts=find_counting_states(rules))
    assert check(rules, canonical, agencies=2 if name == "two reschedules" else 1) == 0


SLOW_FIELDS = (
    "reschedules", "findings", "accused", "unmet", "handled_by", "within_competence", "rated",
)  # fmt: skip
# `sender_known` matters only to rules that ask for the sender or for the code, not for both (R48).


class Blind(Canonical):
    """A canonical state that leaves out one field too many."""

    def __init__(self, rules, without):
        """Leave a field out."""
        super().__init__(rules, HOURS, counts=frozenset())
        self.without = without

    def find(self, case):
        """Return the state without the field."""
        return super().find(case)._replace(**{self.without: None})


@pytest.mark.parametrize(
    "field",
    [
        "running",
        *(pytest.param(each, marks=pytest.mark.slow) for each in SLOW_FIELDS),
    ],
)
def test_a_field_less_is_seen(field):
    """Each field of the state matters: without it, histories are one that are answered apart."""
    rules = RULES["built in"]
    blind, whole = Blind(rules, field), Canonical(rules, HOURS, counts=frozenset())
    pairs = [
        (one.case, other.case)
        for one, other in find_merged(rules, blind, depth=6, agencies=1)
        if whole.find(one.case) != whole.find(other.case)
    ]
    assert any(
        list_futures(one, rules, blind) != list_futures(other, rules, blind)
        for one, other in pairs[:: max(1, len(pairs) // MOST)]
    )
