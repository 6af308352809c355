"""Rows 97 to 104: several act at once, and answers are lost on their way."""

from phananh.regulation import acts as a
from tests.adversarial.meeting import Meeting, at_once
from tests.adversarial.world import World, check_recorded
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
