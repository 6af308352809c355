"""How cases come to where rows of the lifecycle try them; one minute passes before each act."""

from datetime import timedelta

from phananh import Accused, Case, Person
from phananh.regulation import acts as a
from tests.adversarial.world import World
from tests.desk import people as p

LEADERSHIP = Person(id="LD-1", role="leadership", unit="U-9")
PROVIDER = Person(id="PV-1", role="provider", unit="U-3")
HEAD = Person(id="HD-1", role="agency_head", unit="U-1")
CULPRIT = Accused(id="CB-1", unit="U-1")
COLLEAGUE = Person(id="CB-2", role="officer", unit="U-1")


def act(world: World, case: Case, step: a.Act) -> Case:
    """Return a case after an act that must be recorded."""
    world.hand.at += timedelta(minutes=1)
    return world.do(case, step)


def received(world: World, kind: str = "regulation", **more: object) -> Case:
    """Return a case that was received."""
    return p.a_case(world.desk, kind=kind, **more)


def conduct(world: World) -> Case:
    """Return a report on the conduct of the culprit."""
    return received(world, "conduct", accused=[CULPRIT])


def with_officer(world: World, to: Person = p.OFFICER, **more: object) -> Case:
    """Return a case that lies with the officer."""
    return act(world, received(world, **more), a.Escalate(to=to, by=p.OPERATOR))


def with_leadership(world: World) -> Case:
    """Return a case that lies with the leadership."""
    return act(world, received(world), a.Escalate(to=LEADERSHIP, by=p.OPERATOR))


def ask(world: World, agency: str = "U-2") -> a.RequestVerification:
    """Return the officer's question to an agency."""
    return a.RequestVerification(
        agency=agency, appointment=world.hand.at + 50 * p.HOUR, by=p.OFFICER
    )


def with_agency(world: World) -> Case:
    """Return a case that lies with the agency."""
    return act(world, with_officer(world), ask(world))


def answered(world: World, case: Case | None = None) -> Case:
    """Return a case that was answered by its officer."""
    case = case or with_officer(world)
    assert case.holder
    by = Person(id=case.holder.id or "", role="officer", unit=case.holder.unit)
    return act(world, case, a.Answer(text="đã xong", by=by))
