"""An act is recorded, and the answer is lost on its way: the same command id settles it."""

import pytest

from phananh import Desk
from phananh.errors import InputError, StoreError
from tests.desk import people as p


class Unheard:
    """A store that records, and then fails to say so as often as it is told to."""

    def __init__(self, store, times):
        """Keep the store, and how many answers are lost."""
        self.store, self.times = store, times

    def __getattr__(self, name):
        """Pass every other question on."""
        return getattr(self.store, name)

    def commit(self, changes, /):
        """Record the changes, and lose the answer."""
        self.store.commit(changes)
        if self.times:
            self.times -= 1
            raise StoreError(doing="recording", problem="the answer was lost")


@pytest.mark.parametrize("times", [1, 3])
def test_the_retry_gets_the_first_outcome(store, hand, times):
    """Whoever sends the act again gets what it led to, and it stands in the history once."""
    case = p.with_officer(Desk(store=store, clock=hand))
    desk = Desk(store=Unheard(store, times), clock=hand)
    with pytest.raises(StoreError, match="the answer was lost"):
        desk.answer(case, text="Đã xong", by=p.OFFICER, command_id="c-9")
    hand.at += p.HOUR
    again = desk.answer(case.id, text="Đã xong", by=p.OFFICER, command_id="c-9")
    assert again.updated_at == hand.at - p.HOUR
    assert [event.n for event in desk.history(case.id)] == [1, 2, 3]


def test_the_retry_with_other_content_is_refused(store, hand):
    """The id that was recorded cannot be used for another text, heard or not."""
    case = p.with_officer(Desk(store=store, clock=hand))
    desk = Desk(store=Unheard(store, 1), clock=hand)
    with pytest.raises(StoreError):
        desk.answer(case, text="Đã xong", by=p.OFFICER, command_id="c-9")
    with pytest.raises(InputError, match="was used for another act"):
        desk.answer(case.id, text="Chưa xong", by=p.OFFICER, command_id="c-9")
    assert len(desk.history(case.id)) == 3
