"""Rows 97 to 104: several act at once, and answers are lost on their way."""

import threading
from contextlib import suppress
from functools import partial

import pytest

from phananh import StoreError
from phananh.errors import CommandReusedError, LeaseLostError
from phananh.regulation import acts as a
from phananh.stores.base import Store
from phananh.testing.contract.transactions import UndoError
from tests.adversarial.meeting import LostReply, Meeting, at_once
from tests.adversarial.world import World, check_recorded, expect, names_of
from tests.desk import people as p

ROUNDS = 10


def test_row_97(stored_world: World) -> None:
    """Of two reschedules at once one is recorded and one in conflict; a later one is refused."""
    for _ in range(ROUNDS):
        reschedule_twice(stored_world)


def reschedule_twice(world: World) -> None:
    """Reschedule a case twice, each decided on the same version."""
    case = p.with_agency(world.desk, world.hand)
    assert case.due
    to, desk = case.due + p.HOUR, world.desk_on(Meeting(world.store, 2))

    def reschedule() -> object:
        return desk.reschedule(case, to=to, reason="chờ", by=p.AGENCY)

    assert at_once(reschedule, reschedule) == ["ConflictError", "recorded"]
    later = a.Reschedule(to=to + p.HOUR, reason="chờ", by=p.AGENCY)
    world.refuse(lambda: world.desk.do(case.id, later), ("rescheduled_before", "9.3"))
    assert len(world.desk.get(case.id).reschedules) == 1


def test_row_98(stored_world: World) -> None:
    """A sweep against an answer leaves one lapse, and one history, whoever is first."""
    for _ in range(ROUNDS):
        sweep_and_answer(stored_world)


def sweep_and_answer(world: World) -> None:
    """Sweep and answer a case that is late, both decided on the same version."""
    case = p.with_officer(world.desk)
    assert case.due
    world.hand.at = case.due + p.MICROSECOND
    desk = world.desk_on(Meeting(world.store, 2))
    found = at_once(desk.sweep, lambda: desk.answer(case.id, text="xong", by=p.OFFICER))
    assert found == ["recorded", "recorded"]
    answered = world.desk.get(case.id)
    check_recorded(world, answered, ["Received", "Escalated", "Lapsed", "Answered"])
    assert [lapse.due for lapse in answered.lapses] == [case.due]


def test_row_99(stored_world: World) -> None:
    """When the reply to a commit is lost, the retry finds the first outcome."""
    for n in range(ROUNDS):
        lose_reply(stored_world, f"c{n}")


def lose_reply(world: World, command: str) -> None:
    """Note something, lose the reply, and do it again."""
    case = p.with_officer(world.desk)
    lost, note = world.desk_on(LostReply(world.store)), a.Note(text="gọi lại", by=p.OFFICER)
    expect(StoreError, lambda: lost.do(case, note, command_id=command), says="reply was lost")
    world.wait()
    again = world.desk.do(case.id, note, command_id=command)
    check_recorded(world, again, ["Received", "Escalated", "Noted"])
    assert again.updated_at == world.hand.at - p.HOUR


def test_row_100(stored_world: World) -> None:
    """A command id with other content, or for another case, records nothing."""
    case, other = p.with_officer(stored_world.desk), p.with_officer(stored_world.desk)
    stored_world.desk.note(case, text="một", by=p.OFFICER, command_id="c")
    for used, text in ((case, "hai"), (other, "một")):
        note = partial(stored_world.desk.note, used.id, text=text, by=p.OFFICER, command_id="c")
        stored_world.fail(CommandReusedError, note, says="was used for another act")


def test_row_101(stored_world: World) -> None:
    """A retry while the first still runs leads to the same outcome, and to one event."""
    for n in range(ROUNDS):
        case, desk = (
            p.with_officer(stored_world.desk),
            stored_world.desk_on(Meeting(stored_world.store, 2)),
        )
        note = partial(desk.note, case.id, text="một", by=p.OFFICER, command_id=f"c{n}")
        assert at_once(note, note) == ["recorded", "recorded"]
        assert names_of(stored_world, case) == ["Received", "Escalated", "Noted"]


def test_row_102(stored_world: World) -> None:
    """A feed that is read beside six writers shows nothing behind a position that was read."""
    reader = Reader(stored_world.store)

    def write() -> None:
        desk = stored_world.desk_on(stored_world.store)
        for _ in range(5):
            p.a_case(desk)
            reader.read_on()

    assert at_once(*[write] * 6) == ["recorded"] * 6
    reader.read_on()
    assert len(reader.seen) == 30
    assert reader.seen == [
        (each.event.case, each.event.n) for each in stored_world.store.scan(limit=100)
    ]


class Reader:
    """Somebody who reads the feed on from where they were, one at a time."""

    def __init__(self, store: Store) -> None:
        """Begin at the beginning."""
        self.store = store
        self.after: str | None = None
        self.seen: list[tuple[str, int]] = []
        self.lock = threading.Lock()

    def read_on(self) -> None:
        """Read what came since."""
        with self.lock:
            for entry in self.store.scan(self.after, limit=100):
                self.after = entry.position
                self.seen.append((entry.event.case, entry.event.n))


def test_row_103(stored_world: World) -> None:
    """Of two sweepers one marks a lapse; of two workers one has the lease, to its end."""
    case = p.with_officer(stored_world.desk)
    stored_world.wait(24)
    desk = stored_world.desk_on(Meeting(stored_world.store, 2))
    assert at_once(desk.sweep, desk.sweep) == ["recorded", "recorded"]
    assert names_of(stored_world, case) == ["Received", "Escalated", "Lapsed"]
    now = stored_world.hand.at
    first = stored_world.store.claim("mail", now, now + p.HOUR)
    assert first is not None
    assert stored_world.store.claim("mail", now + p.HOUR - p.MICROSECOND, now + 2 * p.HOUR) is None
    again = stored_world.store.claim("mail", now + p.HOUR, now + 2 * p.HOUR)
    assert again is not None
    assert again.position == first.position, "what the first did not finish is not handed out again"
    position = stored_world.store.scan(limit=1)[0].position
    expect(LeaseLostError, lambda: stored_world.store.advance(first, position))


def test_row_104(stored_world: World) -> None:
    """When the application rolls back, no event, row or command is left."""
    if "external_transaction" not in stored_world.store.capabilities:
        pytest.skip("the store joins no transaction")
    case, before = p.with_officer(stored_world.desk), stored_world.read_all()
    with suppress(UndoError), stored_world.transact() as bound:
        noted = stored_world.desk_on(bound).note(case.id, text="một", by=p.OFFICER, command_id="c")
        assert noted.version == 3
        raise UndoError
    assert stored_world.read_all() == before
    assert stored_world.store.find_command("c") is None
    with stored_world.transact() as bound:
        stored_world.desk_on(bound).note(case.id, text="một", by=p.OFFICER, command_id="c")
    assert names_of(stored_world, case) == ["Received", "Escalated", "Noted"]
