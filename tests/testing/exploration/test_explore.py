"""The walk over rules: how large it is, what it shows, and whom it asks."""

import pytest

from phananh.regulation.engine.decide import NotAllowed, Recorded, Refused, decide
from phananh.regulation.rules import HOA_BINH_2019
from phananh.testing import explore

# A change of these is a change of the rules, or of the walk: look at it before you pin it.
STATES, RECORDED, REFUSED, NOT_ALLOWED = 325, 8_095, 91_137, 93_734


@pytest.fixture(scope="module")
def found():
    """Return the exploration of the built-in rules, made once."""
    return explore(HOA_BINH_2019)


def test_the_size_is_known(found):
    """The walk is as large as when it was last reviewed."""
    counts = (len(found.states), found.recorded, found.refused, found.not_allowed)
    assert counts == (STATES, RECORDED, REFUSED, NOT_ALLOWED)
    assert found.pairs == RECORDED + REFUSED + NOT_ALLOWED
    assert not found.truncated
    assert not found.failures


def test_each_act_is_shown():
    """A visitor is shown every act that was tried, with what the judge says to it."""
    seen, kinds = [], {Recorded: 0, Refused: 0, NotAllowed: 0}

    def look(step):
        kinds[type(step.decision)] += 1
        if len(seen) < 3_000:
            seen.append(step)

    found = explore(kinds=["service"], visit=look)
    assert [*kinds.values()] == [found.recorded, found.refused, found.not_allowed]
    for step in seen:
        assert decide(step.case, step.act, step.context) == step.decision


def test_a_limit_cuts_the_walk():
    """A walk that meets more states than it may says so."""
    found = explore(limit=20)
    assert found.truncated
    assert len(found.states) == 20
