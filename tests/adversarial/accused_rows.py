"""Rows 71 to 76: whoever is accused or is not the holder, and the case given to another."""

import attrs

from phananh import Accused, Person
from phananh.regulation.conduct import EVERY_ACT, unit_not_accused
from phananh.regulation.values import acts as a
from phananh.regulation.values.request import Assignee
from tests.adversarial import changed
from tests.adversarial.rows import row
from tests.adversarial.stories import (
    COLLEAGUE,
    CULPRIT,
    HEAD,
    LEADERSHIP,
    act,
    answered,
    conduct,
    with_agency,
    with_officer,
)
from tests.adversarial.world import World, check_recorded
from tests.desk import people as p

ACCUSED = ("accused", "8.1.c2")
NAMED = ("accused_named", "8.1.c2")


@row(changed.anybody("answer"), changed.anybody("report_findings"))
def row_71(world: World) -> None:
    """The right role of another officer or unit is refused: the case is not theirs."""
    case = with_officer(world)
    for by in (COLLEAGUE, Person(id="OF-1", role="provider", unit="U-1")):
        reason = ("wrong_role" if by.role == "provider" else "not_the_holder", "8.1.b")
        step = a.Answer(text="đã xong", by=by)
        world.refuse(lambda step=step: world.desk.do(case.id, step), reason)
    case = with_agency(world)
    step = a.ReportFindings(text="có", by=attrs.evolve(p.AGENCY, unit="U-3"))
    world.refuse(lambda: world.desk.do(case.id, step), ("not_the_holder", "8.1.c1"))


@row(changed.ACCUSED_ACT)
def row_72(world: World) -> None:
    """The accused are refused whatever they do, by 8.1.c2 alone."""
    culprit = "cb-1"  # however it is spelt
    case, done = act(world, conduct(world), to(COLLEAGUE)), None
    asked = a.RequestVerification(
        agency="U-1", appointment=world.hand.at + 50 * p.HOUR, by=COLLEAGUE
    )
    for story, step in (
        (case, a.Note(text="một", by=Person(id=culprit, role="operator"))),
        (case, a.Reassign(to=Assignee(id="CB-3"), by=attrs.evolve(HEAD, id=culprit))),
        (act(world, act(world, conduct(world), to(COLLEAGUE)), asked), report(culprit)),
        (done := answered(world, act(world, conduct(world), to(COLLEAGUE))), close(culprit)),
        (done, a.Publish(text="đã xử lý", by=Person(id=culprit, role="operator"))),
    ):
        world.refuse(lambda story=story, step=step: world.desk.do(story.id, step), ACCUSED)
        by = attrs.evolve(step.by, id="KHAC-1")
        world.do(story, attrs.evolve(step, by=by))
    holds = act(world, act(world, with_officer(world, COLLEAGUE), accuse(COLLEAGUE)), note())
    step = a.Answer(text="đã xong", by=COLLEAGUE)
    world.refuse(lambda: world.desk.do(holds.id, step), ACCUSED)


def to(person: Person) -> a.Escalate:
    """Return the act that gives a case to somebody."""
    return a.Escalate(to=person, by=p.OPERATOR)


def report(by: str) -> a.ReportFindings:
    """Return findings by this person of the agency."""
    return a.ReportFindings(text="không có gì", by=Person(id=by, role="agency", unit="U-1"))


def close(by: str) -> a.Close:
    """Return the closing by this operator."""
    return a.Close(by=Person(id=by, role="operator"))


def accuse(person: Person) -> a.Complete:
    """Return the act by which an operator adds somebody to the accused."""
    return a.Complete(accused=[Accused(id=person.id, unit=person.unit)], by=p.OPERATOR)


def note() -> a.Note:
    """Return a note of an operator."""
    return a.Note(text="một", by=p.OPERATOR)


@row(changed.ACCUSED_ACT)
def row_73(world: World) -> None:
    """The accused operator takes the call, as nobody is turned away; the next act is refused."""
    by = Person(id=CULPRIT.id or "", role="operator")
    call = a.Receive(
        kind="conduct", channel="phone", content=p.SAID, sender=p.SENDER, accused=[CULPRIT], by=by
    )
    case = world.do(None, call)
    check_recorded(world, case, ["Received"])
    step = a.Answer(text="không sao", by=by)
    world.refuse(lambda: world.desk.do(case.id, step), ACCUSED)


@row(changed.read("only the accused are kept away", guards=(*EVERY_ACT, unit_not_accused)))
def row_74(world: World) -> None:
    """A colleague of the accused handles the case of a unit that was told."""
    case = act(world, conduct(world), a.NotifyUnit(unit="U-1", by=LEADERSHIP))
    case = act(world, case, to(COLLEAGUE))
    check_recorded(
        world, answered(world, case), ["Received", "UnitNotified", "Escalated", "Answered"]
    )


@row(changed.ACCUSED_ACT, changed.ACCUSED_NAMED)
def row_75(world: World) -> None:
    """Nobody gives the case to the accused, and a head who is accused gives it to nobody."""
    case = conduct(world)
    culprit = Person(id="cb-1", role="officer", unit="U-1")
    world.refuse(lambda: world.desk.do(case.id, to(culprit)), NAMED)
    case = act(world, case, to(COLLEAGUE))
    step = a.Reassign(to=Assignee(id="cb-1"), by=HEAD)
    world.refuse(lambda: world.desk.do(case.id, step), NAMED)
    step = a.Reassign(to=Assignee(id="CB-3"), by=attrs.evolve(HEAD, id="cb-1"))
    world.refuse(lambda: world.desk.do(case.id, step), ACCUSED)


@row(
    changed.unguarded("reassign", "same_person"),
    changed.read("a limit runs on with another person", reassign_restarts_clock=True),
)
def row_76(world: World) -> None:
    """Reassigned to the same person is refused; to another it is recorded, and the due stays."""
    case = with_officer(world)
    step = a.Reassign(to=Assignee(id="of-1"), by=HEAD)
    world.refuse(lambda: world.desk.do(case.id, step), ("same_person", "8.1.c2"))
    world.wait()
    given = act(world, case, attrs.evolve(step, to=Assignee(id="OF-2")))
    check_recorded(world, given, ["Received", "Escalated", "Reassigned"])
    assert (given.holder and given.holder.id, given.due) == ("OF-2", case.due)
