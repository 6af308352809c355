"""Rows 79 to 84: a time is rescheduled once, for a reason, while it is in time."""

from datetime import datetime, timedelta

import attrs

from phananh import CoverageError, vietnam_calendar
from phananh.regulation import cautions, recorders
from phananh.regulation.values import acts as a
from tests.adversarial import changed
from tests.adversarial.rows import row
from tests.adversarial.stories import act, ask, with_agency
from tests.adversarial.world import World, check_recorded
from tests.desk import people as p

ONCE = changed.unguarded("reschedule", "rescheduled_before")
BEFORE = ("rescheduled_before", "9.3")
ASKED = ["Received", "Escalated", "VerificationRequested"]


def put_off(to: datetime, reason: str = "chờ hồ sơ gốc") -> a.Reschedule:
    """Return the agency's reschedule to a time."""
    return a.Reschedule(to=to, reason=reason, by=p.AGENCY)


@row(ONCE, changed.read("once is the most", reschedules=2))
def row_79(world: World) -> None:
    """A second reschedule is refused, and it says that there was a first."""
    case = with_agency(world)
    assert case.due
    case = act(world, case, put_off(case.due + p.HOUR))
    check_recorded(world, case, [*ASKED, "Rescheduled"])
    step = put_off(world.hand.at + 80 * p.HOUR)
    world.refuse(lambda: world.desk.do(case.id, step), BEFORE, says="already rescheduled")


@row(ONCE)
def row_80(world: World) -> None:
    """After a second hand-over a reschedule is refused too: it is once per case."""
    case = with_agency(world)
    assert case.due
    case = act(world, case, put_off(case.due + p.HOUR))
    case = act(world, case, a.ReportFindings(text="có", by=p.AGENCY))
    case = act(world, case, ask(world, "U-5"))
    assert case.due
    by = attrs.evolve(p.AGENCY, unit="U-5")
    step = attrs.evolve(put_off(case.due + p.HOUR), by=by)
    world.refuse(lambda: world.desk.do(case.id, step), BEFORE)


@row(
    changed.unguarded("reschedule", "not_later"),
    changed.unguarded("reschedule", "blank"),
    changed.anybody("reschedule"),
)
def row_81(world: World) -> None:
    """By another, without a reason, and to no later time: each is refused, all reasons at once."""
    case = with_agency(world)
    assert case.due
    for to in (case.due, case.due - p.HOUR, world.hand.at - p.HOUR):
        step = put_off(to)
        world.refuse(lambda step=step: world.desk.do(case.id, step), ("not_later", "9.3"))
    other = attrs.evolve(put_off(case.due, " "), by=attrs.evolve(p.AGENCY, unit="U-5"))
    reasons = (("not_the_holder", "9.3"), ("not_later", "9.3"), ("blank", "9.3"))
    world.refuse(lambda: world.desk.do(case.id, other), *reasons)
    officer = attrs.evolve(put_off(case.due, " "), by=p.OFFICER)
    reasons = (("wrong_role", "9.3"), ("not_later", "9.3"), ("blank", "9.3"))
    world.refuse(lambda: world.desk.do(case.id, officer), *reasons)


@row(
    changed.replaced(
        recorders,
        "is_time_provisional",
        lambda _to, *, calendar: False,
        "a calendar says how far its days are official",
    )
)
def row_82(world: World) -> None:
    """Beyond the official days a time is recorded as provisional; a strict calendar refuses it."""
    office = vietnam_calendar("A")
    for year in (2027, 2150):
        to = datetime(year, 6, 1, 9, tzinfo=p.VIETNAM)
        world.calendar = office
        case = act(world, with_agency(world), put_off(to))
        assert (case.due, case.appointments[-1].provisional) == (to, True)
        assert "appointment_provisional" in world.desk.cautions(case)
        world.calendar = attrs.evolve(office, strict=True)
        asked = with_agency(world)
        world.fail(CoverageError, lambda asked=asked, to=to: world.desk.do(asked.id, put_off(to)))


@row(
    changed.replaced(
        cautions, "_is_off_hours", lambda _case, _context: False, "a time off hours is pointed out"
    )
)
def row_83(world: World) -> None:
    """A reschedule to a Sunday is recorded as promised, and pointed out."""
    case = with_agency(world)
    sunday = datetime(2026, 3, 15, 9, tzinfo=p.VIETNAM)
    moved = act(world, case, put_off(sunday))
    check_recorded(world, moved, [*ASKED, "Rescheduled"])
    assert (moved.due, moved.promised) == (sunday, sunday)
    assert "appointment_off_hours" in world.desk.cautions(moved)


@row(changed.read("no reschedule once it is late", reschedule_after_due=True))
def row_84(world: World) -> None:
    """A reschedule after the due is refused by 9.3, nothing is recorded, and it reads overdue."""
    case = with_agency(world)
    assert case.due
    world.hand.at = case.due + p.MICROSECOND
    step = put_off(case.due + timedelta(days=3))
    late = ("already_late", "9.3")
    world.refuse(lambda: world.desk.do(case.id, step), late, says="reading R4")
    check_recorded(world, case, ASKED)
    assert world.desk.as_of(case.id).state == "overdue"
    world.hand.at = case.due
    assert world.do(case, step).due == step.to
