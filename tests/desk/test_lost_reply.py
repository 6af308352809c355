"""An act is recorded, and the answer is lost on its way: the same command id settles it."""

import pytest

from phananh import Desk, MemoryStore
from phananh.errors import InputError, StoreError
from phananh.testing.faulty_store import FaultyStore
from tests.desk import people as p


def lose_reply(store, *, persistent=False):
    """Return a store that records, and loses the reply of the first commit."""
    return FaultyStore(store, fail_at=1, when="after", methods=["commit"], persistent=persistent)


@pytest.mark.parametrize("persistent", [False, True])
def test_the_retry_gets_the_first_outcome(store, hand, persistent):
    """Whoever sends the act again gets what it led to, and it stands in the history once."""
    case = p.with_officer(Desk(store=store, clock=hand))
    desk = Desk(store=lose_reply(store, persistent=persistent), clock=hand)
    with pytest.raises(StoreError, match="lost the reply"):
        desk.answer(case, text="Đã xong", by=p.OFFICER, command_id="c-9")
    hand.at += p.HOUR
    again = desk.answer(case.id, text="Đã xong", by=p.OFFICER, command_id="c-9")
    assert again.updated_at == hand.at - p.HOUR
    assert [event.n for event in desk.history(case.id)] == [1, 2, 3]


def test_the_retry_with_other_content_is_refused(store, hand):
    """The id that was recorded cannot be used for another text, heard or not."""
    case = p.with_officer(Desk(store=store, clock=hand))
    desk = Desk(store=lose_reply(store), clock=hand)
    with pytest.raises(StoreError):
        desk.answer(case, text="Đã xong", by=p.OFFICER, command_id="c-9")
    with pytest.raises(InputError, match="was used for another act"):
        desk.answer(case.id, text="Chưa xong", by=p.OFFICER, command_id="c-9")
    assert len(desk.history(case.id)) == 3


class Behind(MemoryStore):
    """A store that finds a command only at the second look, as when both clicks come at once."""

    hidden = 0

    def find_command(self, command_id, /):
        """Find nothing as often as it is told to."""
        if self.hidden:
            self.hidden -= 1
            return None
        return super().find_command(command_id)


def test_of_two_clicks_at_once_both_get_the_first_outcome(hand):
    """Whoever is second at recording the same command gets the case as the first one left it."""
    store = Behind()
    desk = Desk(store=store, clock=hand)
    first = p.a_case(desk, command_id="r-1")
    noted = desk.note(first, text="Đã gọi", by=p.OPERATOR, command_id="n-1")
    hand.at += p.HOUR
    store.hidden = 1
    assert p.a_case(desk, command_id="r-1") == first
    store.hidden = 1
    again = desk.note(first, text="Đã gọi", by=p.OPERATOR, command_id="n-1")
    assert again == noted
    assert again.updated_at == hand.at - p.HOUR
    assert (desk.count(), len(desk.history(first.id))) == (1, 2)
