"""The recording handler keeps what it was given, fails when told to, and checks a delivery."""

import pytest

from phananh import Desk
from phananh.regulation.values.events import Answered, Escalated, Received
from phananh.stores.base import FeedEntry
from phananh.testing.recording_handler import IntendedError, RecordingHandler
from tests.desk import people as p


@pytest.fixture
def desk() -> Desk:
    """Return a desk with two cases, one of them answered."""
    desk = Desk(clock=p.Hand())
    desk.answer(p.a_case(desk), text="Đã xong", by=p.OPERATOR)
    p.with_officer(desk)
    return desk


def test_everything_is_kept_in_order(desk: Desk) -> None:
    """Without a failure each entry is given once, and handled."""
    handler = RecordingHandler()
    assert desk.consume("mail", handler).handled == 4
    assert handler.given == handler.handled == list(desk.feed().entries)
    assert handler.repeated == ()
    handler.check_delivery(desk.feed().entries)


@pytest.mark.parametrize("fail_at", [3, (3,), [3, 4]])
def test_an_entry_comes_again_after_a_failed_call(desk: Desk, fail_at: int | list[int]) -> None:
    """The entry of a call that failed is given again until one returns, and then the others."""
    handler = RecordingHandler(fail_at=fail_at)
    failures = 1 if fail_at in (3, (3,)) else 2
    for _ in range(failures):
        with pytest.raises(IntendedError, match=r"call [34] fails, as the test asked: Received"):
            desk.consume("mail", handler)
    desk.consume("mail", handler)
    third = desk.feed().entries[2].event
    assert handler.repeated == ((third.case, third.n),)
    assert len(handler.given) == 4 + failures
    handler.check_delivery(desk.feed().entries)


def test_an_event_fails_until_the_handler_is_healed(desk: Desk) -> None:
    """A class of events fails whenever it is given, and holds up all that comes after it."""
    handler = RecordingHandler(fail_on=[Answered])
    for _ in range(3):
        with pytest.raises(IntendedError):
            desk.consume("mail", handler)
    assert [type(entry.event) for entry in handler.given] == [Received, *[Answered] * 3]
    with pytest.raises(AssertionError, match=r"never handled: HB-.*/2, HB-.*/1, HB-.*/2$"):
        handler.check_delivery(desk.feed().entries)
    handler.heal()
    desk.consume("mail", handler)
    handler.check_delivery(desk.feed().entries)


def test_own_handler_is_called_before_an_entry_is_handled(desk: Desk) -> None:
    """What your own handler refuses was given and not handled."""
    sent: list[str] = []

    def send(entry: FeedEntry) -> None:
        if isinstance(entry.event, Escalated):
            raise OSError("the mail server is down")
        sent.append(type(entry.event).__name__)

    handler = RecordingHandler(inner=send)
    with pytest.raises(OSError, match="mail server"):
        desk.consume("mail", handler)
    assert sent == ["Received", "Answered", "Received"]
    assert len(handler.given) == 4
    assert len(handler.handled) == 3


def test_wrong_deliveries_are_found(desk: Desk) -> None:
    """Entries out of order, entries that nobody asked for and lost ones fail the check."""
    entries = desk.feed().entries
    for given, message in (
        (reversed(entries), "delivered in the order"),
        (entries[1:], "never handled"),
        ((), "never handled"),
    ):
        handler = RecordingHandler()
        for entry in given:
            handler(entry)
        with pytest.raises(AssertionError, match=message):
            handler.check_delivery(entries)
    everything = RecordingHandler()
    desk.consume("all", everything)
    with pytest.raises(AssertionError, match="not nothing"):
        everything.check_delivery([])
