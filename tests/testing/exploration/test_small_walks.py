"""The small walks of `check` reach what they are for."""

import pytest

from phananh import InputError
from phananh.regulation import decide as judge
from phananh.regulation.decide import Recorded
from phananh.regulation.request import Kind, Role
from phananh.regulation.rules import HOA_BINH_2019
from phananh.testing.exploration.explore_rules import MOST_STATES, make_walk
from phananh.testing.exploration.people import (
    SECOND_ACCUSED,
    SECOND_UNIT,
    STRANGER_UNIT,
    choose_start,
)
from phananh.testing.exploration.receipts import EVERY_KIND, KINDS, list_receipts, split_kinds
from phananh.testing.exploration.small_walks import list_small_walks


def _run(small, *, limit=MOST_STATES):
    """Return the steps of a small walk."""
    steps = []
    walk = make_walk(
        HOA_BINH_2019, None, spoiled=False, agencies=1, decide=judge.decide,
        list_allowed=judge.list_allowed, visit=steps.append, limit=limit,
    )  # fmt: skip
    small.run(walk, choose_start(HOA_BINH_2019))
    return steps


@pytest.fixture(scope="module")
def seen():
    """Return the steps of each small walk."""
    return [_run(small) for small in list_small_walks(EVERY_KIND)]


def test_more_states_than_a_small_walk_visits_are_refused():
    """A small walk that does not see every state says so."""
    for small in list_small_walks(EVERY_KIND):
        with pytest.raises(InputError, match="more than 2 states"):
            _run(small, limit=2)


def test_every_kind_is_walked(seen):
    """The large walk and the small one have all kinds, each once."""
    chosen, others = split_kinds(EVERY_KIND)
    assert chosen == KINDS
    assert {*chosen, *others} == {*Kind}
    assert split_kinds([Kind.PROPOSAL]) == ((Kind.PROPOSAL,), ())
    assert {*others} <= {step.case.kind for step in seen[0]}


def test_receipts_differ(seen):
    """Requests by mail, in another language, and for a service without contact are walked."""
    cases = [step.case for step in seen[0]]
    assert {case.channel for case in cases} >= {"email", "portal", "phone"}
    assert {case.language for case in cases} == {"vi", "en"}
    assert any(case.kind == "service" and case.sender.name is None for case in cases)
    assert {step.identity for step in seen[0]} == {"right"}
    assert {*(each.kind for each in list_receipts(KINDS))} == {*KINDS}


def test_several_are_accused(seen):
    """Each accused tries to act, under another unit too, and a colleague of each publishes."""
    acts = [step.act for step in seen[1]]
    tried = {(act.by.id, act.by.unit) for act in acts if act.by.role is Role.OFFICER}
    assert (SECOND_ACCUSED.id.upper(), STRANGER_UNIT) in tried
    units = {act.by.unit for act in acts if act.trigger == "publish"}
    assert units >= {each.unit for each in seen[1][0].case.accused}
    assert all(len(step.case.accused) == 3 for step in seen[1])
    assert all(step.case.former_senders for step in seen[1])


def test_two_agencies_are_asked(seen):
    """An agency of another unit than the officer reports, and tries a second reschedule."""
    done = [step for step in seen[2] if isinstance(step.decision, Recorded)]
    reported = {step.act.by.unit for step in done if step.act.trigger == "report_findings"}
    assert SECOND_UNIT in reported
    assert any(
        step.case.reschedules and step.case.findings and step.act.trigger == "reschedule"
        for step in seen[2]
    )
