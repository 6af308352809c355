"""Each course is allowed by the Regulation from its first act to its last."""

from datetime import timedelta
from random import Random

import pytest

from phananh.regulation import acts as a
from phananh.regulation.context import DecisionContext, make_lookup
from phananh.regulation.request import Sender
from phananh.regulation.rules import HOA_BINH_2019
from phananh.samples import UNTIL
from phananh.samples.courses import CHANNELS, COURSES, SHARES
from phananh.samples.history import History
from phananh.samples.people import OPERATORS

BARE = Sender(name="Người gửi mẫu")
FULL = Sender(name="Người gửi mẫu", phone="0000 000 000", id="mau-1")
EVERY = [(kind, course) for kind, courses in COURSES.items() for _, course in courses]


@pytest.mark.parametrize(
    ("kind", "course"), EVERY, ids=[f"{kind}-{course.__name__}" for kind, course in EVERY]
)
@pytest.mark.parametrize("sender", [BARE, FULL], ids=["bare", "full"])
def test_a_course_is_never_refused(kind, course, sender):
    """However chance falls, each act is allowed when it comes, and the case ends answered."""
    act = a.Receive(by=OPERATORS[0], kind=kind, channel="phone", content="Mẫu", sender=sender)
    context = DecisionContext(
        at=UNTIL - timedelta(days=90), rules=HOA_BINH_2019, calendar_for=make_lookup(None)
    )
    for seed in range(60):
        history = History.begin(act, Random(seed), context)
        for step in course(history):
            history.do(step)
        assert not history.case.is_open


def test_shares_are_of_a_hundred():
    """Shares of kinds and channels can be read as percent, and every kind has courses."""
    assert sum(SHARES.values()) == sum(CHANNELS.values()) == 100
    assert SHARES.keys() == COURSES.keys()
