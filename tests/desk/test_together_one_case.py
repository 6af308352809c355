"""Several acts at once over a store that records one change at a time."""

from collections.abc import Sequence

import pytest

from phananh import Desk, InputError, MemoryStore
from phananh.stores.base import Capability, Change
from tests.desk import people as p
from tests.desk.test_together import take_and_pass_on


class OneAtATime(MemoryStore):
    """Takes one change a commit, says so, and of more would record the last."""

    capabilities: frozenset[Capability] = frozenset()

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record the last change."""
        super().commit(changes[-1:])


def test_two_cases_over_a_store_of_one(hand: p.Hand) -> None:
    """Over a store without `lists` a second case in the block is refused, and none is recorded."""
    desk = Desk(store=OneAtATime(), clock=hand)
    with pytest.raises(InputError) as caught:
        take_and_pass_on(desk)
    assert (caught.value.field, caught.value.code) == ("together", "together_one_case")
    assert "one case at a time, so the block has recorded nothing" in caught.value.problem
    assert (desk.find().rows, desk.feed().entries) == ((), ())
    assert desk.store.find_command("click-1") is None
    old, other = p.a_case(desk), p.a_case(desk)
    with desk.together() as d:
        d.escalate(old, to=p.OFFICER, by=p.OPERATOR)
        with pytest.raises(InputError):
            d.escalate(other, to=p.OFFICER, by=p.OPERATOR)
    assert (desk.get(old.id).version, desk.get(other.id)) == (2, other)


def test_one_case_over_a_store_of_one(hand: p.Hand) -> None:
    """Over a store without `lists` several acts on one case are one change, and are recorded."""
    desk = Desk(store=OneAtATime(), clock=hand)
    with desk.together() as d:
        case = p.a_case(d)
        case = d.escalate(case, to=p.OFFICER, by=p.OPERATOR)
    assert desk.get(case.id) == case
    assert case.version == 2
