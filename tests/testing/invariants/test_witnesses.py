"""A situation of the text that no history shows is named, unless the text leaves it out."""

import pytest

from phananh.regulation.request import Kind
from phananh.testing import Expected, explore
from phananh.testing.invariants.witnesses import PROVIDER, WITNESSES, find_missing, tell_event

EVERY = (Kind.CONDUCT, Kind.SERVICE)
STORIES = {
    "the leadership was asked about more than services":
        ("Received/conduct Noted Escalated/leadership", "Received/service Escalated/leadership"),
    "the opinion came, then the refusal":
        ("Received/conduct Escalated/leadership Advised Rejected/unclear,out_of_competence",
         "Received/conduct Escalated/leadership Advised Rejected/unclear"),
    PROVIDER: ("Received/service Escalated/provider Answered", "Received/conduct Answered"),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_a_story_shows_what_it_tells(name):
    """Who got the case, of which kind, and why it was refused are told apart."""
    shows, other = STORIES[name]
    assert name not in find_missing([shows, other], Expected(), EVERY)
    assert name in find_missing([other], Expected(), EVERY)


def test_what_the_text_leaves_out_is_not_looked_for():
    """Neither a reschedule that there is no time for, nor the provider without services."""
    assert find_missing([], Expected(), EVERY) == [*WITNESSES]
    assert PROVIDER in find_missing([], Expected(outcomes=None), EVERY)
    assert PROVIDER not in find_missing([], Expected(outcomes={}), EVERY)
    left = find_missing([], Expected(reschedules=0), [Kind.CONDUCT])
    assert {*WITNESSES} - {*left} == {
        PROVIDER, "rescheduled once, in time", "rescheduled and late all the same",
    }  # fmt: skip


def test_events_are_told_with_what_tells_them_apart():
    """A receipt has its kind, a hand-over the holder, a refusal its reasons."""
    told = set()
    explore(kinds=["service"], visit=lambda step: told.update(map(tell_event, step.history)))
    assert {"Received/service", "Escalated/provider", "Rejected/unclear", "Closed"} <= told
