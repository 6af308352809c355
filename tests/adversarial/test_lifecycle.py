"""Rows 67, 73, 82, 88 and 92: receipts, a lapse beside an answer, late times and closed cases.

What each act needs is tried in `tests/regulation`.
"""

from datetime import datetime

import attrs

from phananh import Person, StepNotAllowedError, vietnam_calendar
from phananh.errors import CoverageError
from phananh.regulation import acts as a
from tests.adversarial.stories import (
    CULPRIT,
    act,
    answered,
    received,
    with_agency,
    with_officer,
)
from tests.adversarial.world import World, check_recorded
from tests.desk import people as p
from tests.regulation import cast

ANSWER = a.Answer(text="đã xong", by=p.OFFICER)


def test_row_67(world: World) -> None:
    """A receipt twice under one command id is one case; under another id it is another."""
    first = received(world, command_id="c-1")
    assert received(world, command_id="c-1") == first
    assert [each.event.case for each in world.store.scan()] == [first.id]
    assert received(world, command_id="c-2").id != first.id


def test_row_88(world: World) -> None:
    """An answer that comes with the lapse stands behind it, whichever is recorded first."""
    for sweeps_first in (True, False):
        case = with_officer(world)
        assert case.due
        world.hand.at = case.due + p.MICROSECOND
        if sweeps_first:
            world.desk.sweep()
        done = world.do(case, ANSWER)
        world.desk.sweep()
        check_recorded(world, done, ["Received", "Escalated", "Lapsed", "Answered"])
        assert ([lapse.due for lapse in done.lapses], done.is_late) == ([case.due], True)


def test_row_92(world: World) -> None:
    """No act opens a closed case again, and it says that new facts make a new, linked case."""
    case = act(world, answered(world), a.Close(by=p.OPERATOR))
    after = {"publish", "commend", "rate", "notify_unit", "receive", *a.SYSTEM_TRIGGERS}
    after |= {"complete", "lift_lapse", "reopen"}
    for trigger in a.ACTS.keys() - after:
        step = cast.well_formed_act(trigger, p.OPERATOR, case, world.hand.at + 90 * p.HOUR)
        says = "a new, linked case (reading R13)"
        caught = world.fail(
            StepNotAllowedError, lambda step=step: world.desk.do(case.id, step), says=says
        )
        assert isinstance(caught, StepNotAllowedError)
        assert trigger not in caught.allowed


def test_row_73(world: World) -> None:
    """The accused operator takes the call, as nobody is turned away; the next act is refused."""
    by = Person(id=CULPRIT.id or "", role="operator")
    call = a.Receive(
        kind="conduct", channel="phone", content=p.SAID, sender=p.SENDER, accused=[CULPRIT], by=by
    )
    case = world.do(None, call)
    check_recorded(world, case, ["Received"])
    step = a.Answer(text="không sao", by=by)
    world.refuse(lambda: world.desk.do(case.id, step), ("accused", "8.1.c2"))


def test_row_82(world: World) -> None:
    """Beyond the official days a time is recorded as provisional; a strict calendar refuses it."""
    office = vietnam_calendar("A")
    for year in (2027, 2150):
        to = datetime(year, 6, 1, 9, tzinfo=p.VIETNAM)
        world.calendar = office
        step = a.Reschedule(to=to, reason="chờ hồ sơ gốc", by=p.AGENCY)
        case = act(world, with_agency(world), step)
        assert (case.due, case.appointments[-1].provisional) == (to, True)
        assert "appointment_provisional" in world.desk.cautions(case)
        world.calendar = attrs.evolve(office, strict=True)
        asked = with_agency(world)
        world.fail(CoverageError, lambda asked=asked, step=step: world.desk.do(asked.id, step))
