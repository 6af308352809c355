"""Rows 42 to 48: acts at, before and after the due instant, and clocks that go back."""

from datetime import timedelta

import attrs

from phananh import InputError
from phananh.errors import ClockError
from phananh.regulation.values import acts as a
from tests.adversarial import broken, changed
from tests.adversarial.rows import Off, row
from tests.adversarial.stories import ask, with_agency, with_officer
from tests.adversarial.world import World, check_recorded, names_of
from tests.desk import people as p

ANSWER = a.Answer(text="đã xong", by=p.OFFICER)
BEGUN = ["Received", "Escalated"]


@row(changed.LATE_AFTER)
def row_42(world: World) -> None:
    """An act exactly at the due instant is in time, and marks no lapse."""
    case = with_officer(world)
    assert case.due
    world.hand.at = case.due
    answered = world.do(case, ANSWER)
    check_recorded(world, answered, [*BEGUN, "Answered"])
    assert not answered.is_late


@row(changed.LAPSE_FIRST)
def row_43(world: World) -> None:
    """An act a microsecond after comes behind the lapse, dated at the due; late for ever."""
    case = with_officer(world)
    assert case.due
    world.hand.at = case.due + p.MICROSECOND
    answered = world.do(case, ANSWER)
    check_recorded(world, answered, [*BEGUN, "Lapsed", "Answered"])
    assert [event.at for event in world.desk.history(case)[2:]] == [case.due, world.hand.at]
    assert world.do(answered, a.Close(by=p.OPERATOR)).is_late


@row(changed.read("no hour after closing counts", late_after="next_opening"))
def row_44(world: World) -> None:
    """Due at 17:30 and answered at 18:00 is late; under the other reading (R14) it is in time."""
    read_otherwise = attrs.evolve(world.rules, late_after="next_opening")
    for rules, is_late in ((world.rules, True), (read_otherwise, False)):
        world.rules, world.hand.at = rules, p.MORNING.replace(hour=10, minute=29)
        case = with_officer(world)
        assert case.due == p.MORNING.replace(hour=17, minute=30)
        world.hand.at = case.due + p.HOUR / 2
        assert world.do(case, ANSWER).is_late is is_late


@row(
    changed.together(
        "the due instant is in time for a sweep",
        broken.on(broken.FindsEarly, ""),
        changed.unguarded("lapse", "not_due"),
    ),
    changed.DATED_AT_DUE,
)
def row_45(world: World) -> None:
    """A sweep at the due instant marks nothing, after it one lapse, and then none again."""
    first, second = with_officer(world), with_agency(world)
    assert first.due
    assert second.due
    marked = []
    for at in (first.due, first.due + p.MICROSECOND, first.due + p.MICROSECOND):
        world.hand.at = at
        marked.append([(event.case, event.at) for event in world.desk.sweep().lapsed])
    assert marked == [[], [(first.id, first.due)], []]
    world.wait(365 * 24)
    lapsed = world.desk.sweep().lapsed
    assert [(event.case, event.at) for event in lapsed] == [(second.id, second.due)]
    assert world.desk.sweep().lapsed == ()


def trust_the_clock(world: World) -> None:
    """Forgive a clock that is a day behind."""
    world.skew = timedelta(days=1)


@row(Off("a clock that is behind is told", trust_the_clock))
def row_46(world: World) -> None:
    """A clock that is behind a case is an error that names both instants; other cases go on."""
    case, now = with_officer(world), world.hand.at
    world.hand.at -= timedelta(seconds=5)
    assert world.do(case, a.Note(text="một", by=p.OFFICER)).updated_at == now
    world.hand.at = now - timedelta(minutes=5)
    caught = world.fail(ClockError, lambda: world.desk.do(case.id, ANSWER))
    assert isinstance(caught, ClockError)
    assert (caught.now, caught.last) == (world.hand.at.isoformat(), now.isoformat())
    assert with_officer(world).version == 2
    given = attrs.evolve(ANSWER, at=now - p.MICROSECOND)
    world.fail(InputError, lambda: world.desk.do(case.id, given), says=now.isoformat())


@row(broken.on(broken.FeedByTime, "the feed is in the order of recording"))
def row_47(world: World) -> None:
    """Two acts of one instant are both recorded, in the order of their versions."""
    case = p.with_officer(world.desk)
    for n in range(9):
        noted = world.do(case, a.Note(text=f"lần {n}", by=p.OFFICER))
    check_recorded(world, noted, [*BEGUN, *["Noted"] * 9])
    assert {event.at for event in world.desk.history(case)} == {p.MORNING}
    assert [each.event.n for each in world.store.scan()] == list(range(1, 12))


@row(changed.unguarded("request_verification", "past_appointment"))
def row_48(world: World) -> None:
    """An appointment that is now or past is refused by 8.1.c1."""
    case = with_officer(world)
    for ahead in (timedelta(), -p.MICROSECOND):
        step = attrs.evolve(ask(world), appointment=world.hand.at + ahead)
        world.refuse(lambda step=step: world.desk.do(case.id, step), ("past_appointment", "8.1.c1"))
    step = attrs.evolve(ask(world), appointment=world.hand.at + p.MICROSECOND)
    assert world.do(case, step).promised == world.hand.at + p.MICROSECOND
    assert names_of(world, case) == [*BEGUN, "VerificationRequested"]
