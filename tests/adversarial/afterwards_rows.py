"""Rows 93 to 96: what is published and rated."""

from functools import partial

import attrs

from phananh import InputError, StepNotAllowedError
from phananh.regulation.values import acts as a
from phananh.regulation.values.request import Role
from tests.adversarial import changed
from tests.adversarial.rows import row
from tests.adversarial.stories import COLLEAGUE, act, answered, conduct, with_officer
from tests.adversarial.world import World, check_recorded, expect
from tests.desk import people as p
from tests.regulation.changed_rows import on

DONE = ["Received", "Escalated", "Answered"]


@row(changed.rows(on("publish", roles=frozenset(Role)), "only people publish"))
def row_93(world: World) -> None:
    """A case on conduct is not published by the system; an operator publishes it, redacted."""
    case = answered(world, act(world, conduct(world), a.Escalate(to=COLLEAGUE, by=p.OPERATOR)))
    step = a.Publish(text="Đã xử lý", by=a.SYSTEM)
    world.refuse(lambda: world.desk.do(case.id, step), ("wrong_role", "10.2.b"))
    published = act(world, case, attrs.evolve(step, by=p.OPERATOR))
    check_recorded(world, published, [*DONE, "Published"])


@row(changed.unguarded("publish", "names_sender"))
def row_94(world: World) -> None:
    """A published text that gives the sender's name, phone or mail is refused without the value."""
    case = answered(world)
    told = {"name": "NGƯỜI GỬI MẪU", "phone": "0218.383.1022", "e-mail": "MAU@example.vn"}
    for field, given in told.items():
        step = a.Publish(text=f"Trả lời {given} như sau", by=p.OPERATOR)
        refused = partial(world.desk.do, case.id, step)
        world.refuse(refused, ("names_sender", "2.2"), says=f"the sender's {field}")
        assert given not in str(expect(ValueError, refused))


@row(changed.ANY_SCORE)
def row_95(world: World) -> None:
    """A score that is no whole number from 1 to 5 is invalid."""
    case = answered(world, with_officer(world))
    for score in (0, 6, 4.5, True, "5"):
        rate = partial(world.desk.rate, case.code, score=score, by=p.CITIZEN)
        caught = world.fail(InputError, rate)
        assert isinstance(caught, InputError)
        assert caught.field == "score"
    rated = world.desk.rate(case.code, score=5, by=p.CITIZEN)
    check_recorded(world, rated, [*DONE, "Rated"])


@row(
    changed.unguarded("rate", "rated_before"),
    changed.unguarded("rate", "not_the_sender"),
    changed.wider("rate", "what is answered is rated", sources="received"),
)
def row_96(world: World) -> None:
    """Rated twice or by another citizen is refused; before the answer there is no such step."""
    sent = a.Receive(
        kind="regulation", channel="portal", content=p.SAID, sender=p.SENDER, by=p.CITIZEN
    )
    case = world.do(None, sent)
    step = a.Rate(score=4, by=p.CITIZEN)
    world.fail(StepNotAllowedError, lambda: world.desk.do(case.id, step))
    case = answered(world, act(world, case, a.Escalate(to=p.OFFICER, by=p.OPERATOR)))
    other = attrs.evolve(step, by=attrs.evolve(p.CITIZEN, id="CT-2"))
    world.refuse(lambda: world.desk.do(case.id, other), ("not_the_sender", "10.2.c"))
    rated = act(world, case, step)
    check_recorded(world, rated, [*DONE, "Rated"])
    world.refuse(lambda: world.desk.do(case.id, step), ("rated_before", "10.2.c"))
