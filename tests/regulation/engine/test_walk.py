"""Everything that can be done in every canonical state, walked through (Art. 7-10, 16).

The numbers are pinned, so that a change of the rules shows; what the walk must have seen is
listed, so that its silence means something.
"""

import re

import pytest

from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.regulation.conduct import EVERY_ACT
from phananh.regulation.lifecycle import LIFECYCLE
from tests.regulation.variants import ACCUSING, NAMELESS, UNREACHABLE
from tests.regulation.walk import Walk

# The test kit walks and seeds the same in `make test`; this older walk asks two agencies.
pytestmark = pytest.mark.slow

STATES, PAIRS = 1_037, 1_720_987
WITNESSES = {
    "answered although overdue": r"Lapsed Answered$",
    "the agency was late and reported": r"VerificationRequested Lapsed FindingsReported$",
    "rescheduled once, in time": r"VerificationRequested Rescheduled FindingsReported$",
    "rescheduled and late all the same": r"Rescheduled Lapsed FindingsReported$",
    "moved by the calendar, then late": r"Escalated DeadlineMoved Lapsed",
    "moved by the calendar, then put off": r"DeadlineMoved Rescheduled",
    "two clocks of one case ran out": r"Lapsed VerificationRequested Lapsed$",
    "a second agency was asked": r"FindingsReported VerificationRequested$",
    "the opinion came, then the refusal": r"Escalated Advised Rejected$",
    "the opinion came, then the officer": r"Advised Escalated$",
    "somebody else took over and answered": r"Escalated Reassigned Answered$",
    "the unit was told": r"UnitNotified$",
    "the unit was told after the answer": r"Answered .*UnitNotified$",
    "a note was taken": r"Noted$",
    "what lacked contact was answered": r"Received Answered$",
    "closed and then rated": r"Closed .*Rated$",
    "handed out again after the findings": r"Rescheduled.*VerificationRequested.*Reported$",
}
# Never refused for this alone: the holder is not accused, and an accused is not the sender.
NEVER_ALONE = {"request_verification", "rate"}


@pytest.fixture(scope="module")
def walk() -> Walk:
    """Return the whole walk, made once."""
    return Walk(lacking=(NAMELESS, UNREACHABLE)).run()


def test_nothing_breaks(walk):
    """No act in any state breaks an invariant of Articles 7 to 10."""
    assert walk.violations == []


def test_the_size_is_known(walk):
    """The walk visits as many states, and tries as many acts, as when it was last reviewed."""
    assert (len(walk.states), walk.pairs) == (STATES, PAIRS)


@pytest.mark.slow
def test_who_is_accused_on_the_way():
    """Whoever is found out in the middle, no invariant breaks, and another person goes on (R39)."""
    walk = Walk(kinds=("information",), more=ACCUSING).run()
    assert walk.violations == []
    witnesses = {
        "the holder was accused, and another went on": r"Escalated Completed Reassigned Answered$",
        "accused while an agency looked into it": r"VerificationRequested Completed$",
        "their unit was told then": r"Escalated Completed .*UnitNotified",
    }
    for name, story in witnesses.items():
        assert any(re.search(story, told) for told in walk.stories), name


def test_every_row_is_taken(walk):
    """Each row of the lifecycle is recorded somewhere, by each role that may."""
    for row in LIFECYCLE:
        for role in row.roles:
            assert any(
                trigger == row.trigger
                and actor == role.value
                and target == (row.target.value if row.target else "")
                and place.split("/")[0] in [state.value for state in row.sources]
                and (not row.holders or place.split("/")[-1] in [h.value for h in row.holders])
                for place, trigger, target, actor in walk.recorded
            ), (row.trigger, row.article.id, role)


def test_every_guard_decides_once(walk):
    """Each guard of each row is, in some world, the only thing that stands in the way."""
    missing = {
        (row.trigger, guard.code)
        for row in LIFECYCLE
        for guard in row.guards
        if (row.trigger, guard.code) not in walk.decisive
    }
    assert missing == set()
    for guard in EVERY_ACT:
        assert any(code == guard.code for _, code in walk.decisive)


def test_the_accused_alone_are_refused(walk):
    """Being accused is, for nearly every act, enough by itself to be refused (8.1.c2)."""
    triggers = {row.trigger for row in LIFECYCLE} - SYSTEM_TRIGGERS
    alone = {trigger for trigger, code in walk.decisive if code == "accused"}
    assert alone == triggers - NEVER_ALONE


def test_every_reason_is_given(walk):
    """Each refusal code of the table and of the judge is reached."""
    codes = {guard.code for row in LIFECYCLE for guard in row.guards}
    codes |= {guard.code for guard in EVERY_ACT}
    codes |= {"wrong_role", "wrong_holder", "not_the_holder"}
    assert walk.refused.keys() == codes


@pytest.mark.parametrize("name", WITNESSES)
def test_witness(walk, name):
    """What must be possible has been seen to happen."""
    assert any(re.search(WITNESSES[name], story) for story in walk.stories)


def test_a_second_reschedule_is_refused_for_itself(walk):
    """The walk has seen a second reschedule refused for that reason alone (9.3)."""
    assert walk.decisive["reschedule", "rescheduled_before"]
    assert not any(story.count("Rescheduled") > 1 for story in walk.stories)


def test_every_case_can_end(walk):
    """From each state a path of ordinary acts leads to an answer or a refusal, then closes."""
    ended = {key for key in walk.states if key[0].value == "closed"}
    while True:
        more = {key for key, to in walk.edges.items() if to & ended} - ended
        if not more:
            break
        ended |= more
    assert ended == walk.states.keys()
    assert {key for key in ended if key[0].value == "answered"}
