"""How cases come to where rows of the lifecycle try them; one minute passes before each act."""

from datetime import timedelta

from phananh import Accused, Case, Person
from phananh.regulation import acts as a
from tests.adversarial.world import World
from tests.desk import people as p

LEADERSHIP = Person(id="LD-1", role="leadership", unit="U-9")
CULPRIT = Accused(id="CB-1", unit="U-1")


def act(world: World, case: Case, step: a.Act) -> Case:
    """Return a case after an act that must be recorded."""
    world.hand.at += timedelta(minutes=1)
    return world.do(case, step)


def received(world: World, kind: str = "regulation", **more: object) -> Case:
    """Return a case that was received."""
    return p.a_case(world.desk, kind=kind, **more)


def with_officer(world: World) -> Case:
    """Return a case that lies with the officer."""
    return act(world, received(world), a.Escalate(to=p.OFFICER, by=p.OPERATOR))


def with_leadership(world: World) -> Case:
    """Return a case that lies with the leadership."""
    return act(world, received(world), a.Escalate(to=LEADERSHIP, by=p.OPERATOR))


def with_agency(world: World) -> Case:
    """Return a case that lies with the agency."""
    later = world.hand.at + 50 * p.HOUR
    asked = a.RequestVerification(agency="U-2", appointment=later, by=p.OFFICER)
    return act(world, with_officer(world), asked)


def answered(world: World) -> Case:
    """Return a case that was answered by its officer."""
    return act(world, with_officer(world), a.Answer(text="đã xong", by=p.OFFICER))
