"""The recording handler keeps what it was given, fails when told to, and checks a delivery."""

from typing import Any

import pytest

from phananh import Desk, InputError
from phananh.regulation.events import Answered, Escalated, Received
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


async def send_later(_entry: FeedEntry) -> None:
    """Send nothing."""


@pytest.mark.parametrize(
    ("given", "message"),
    [
        *(({"fail_at": n}, "fail_at: .* is not the number of a call") for n in (0, True, [2, 0])),
        ({"fail_at": "x"}, "fail_at: 'x' is not the number of a call; give a whole number"),
        ({"fail_at": 1.5}, "fail_at: 1.5 is not a list"),
        ({"fail_on": ["Answered"]}, "fail_on: 'Answered' is not a class of events; give one of"),
        ({"fail_on": [Desk]}, "fail_on: <class .*Desk'> is not a class of events"),
        ({"fail_on": Answered}, "fail_on: <class .*Answered'> is not a list"),
        ({"inner": 5}, "inner: 5 is not a function"),
        ({"inner": send_later}, "inner: .*send_later"),
    ],
)
def test_what_cannot_fail_or_handle_is_refused(given: dict[str, Any], message: str) -> None:
    """A handler that would not fail as the test means is refused when it is made."""
    with pytest.raises(InputError, match=message):
        RecordingHandler(**given)


def test_it_prints_what_it_was_given(desk: Desk) -> None:
    """Its repr counts entries, and says what fails."""
    handler = RecordingHandler(fail_at=[3, 2], fail_on=[Escalated])
    with pytest.raises(IntendedError):
        desk.consume("mail", handler)
    counts = "2 entries given, 1 handled"
    assert repr(handler) == f"<RecordingHandler: {counts}, fails at call 2, call 3, Escalated>"
    handler.heal()
    assert repr(handler) == f"<RecordingHandler: {counts}>"
