"""Rows 31 to 37: instants that are naive, extreme or odd in form.
Rows 46 and 47: clocks that go back, and acts of one instant."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import attrs

from phananh import InputError, vietnam_calendar
from phananh.errors import ClockError, CoverageError
from phananh.regulation import acts as a
from tests.adversarial.logs import LINE, replay_lines
from tests.adversarial.stories import received, with_officer
from tests.adversarial.world import World, check_recorded, expect, refuse_input
from tests.desk import people as p

NAIVE = datetime(2026, 3, 4, 9)


def doors(world: World, at: object) -> list[object]:
    """Return the calls that are given an instant, none of which takes this one."""
    desk, office = world.desk, vietnam_calendar("A")
    return [
        lambda: a.Close(by=p.OPERATOR, at=at),
        lambda: a.Reschedule(to=at, reason="x", by=p.AGENCY),
        lambda: a.RequestVerification(agency="U-2", appointment=at, by=p.OFFICER),
        lambda: desk.as_of("HB-1", at=at) if desk.count() else desk.sweep(at=at),
        lambda: desk.sweep(at=at),
        lambda: desk.recalculate(at=at),
        lambda: desk.find(due_before=at),
        lambda: office.add(at, p.HOUR),
        lambda: office.between(at, p.MORNING),
        lambda: office.is_open(at),
    ]


def test_row_31(world: World) -> None:
    """A naive time, a date, a number and a text are no instant at any door, each said at once."""
    for at in (NAIVE, date(2026, 3, 4), 1_772_600_000, "2026-03-04T09:00:00+07:00"):
        for door in doors(world, at):
            said = str(refuse_input(world, door))  # type: ignore[arg-type]  # a call
            if at is NAIVE:
                assert "time zone" in said or "+07:00" in said, said


def test_row_32(world: World) -> None:
    """The first and the last instant that a datetime has are refused, and nothing overflows."""
    first = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=7)))
    for at in (first, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)):
        refuse_input(world, lambda at=at: a.Close(by=p.OPERATOR, at=at))
        refuse_input(world, lambda at=at: world.desk.sweep(at=at))
        expect(CoverageError, lambda at=at: vietnam_calendar("A").add(at, p.HOUR), says="covered")


def test_row_33(world: World) -> None:
    """A year whose holidays nobody knows is provisional or a CoverageError, never a plain due."""
    office = vietnam_calendar("A")
    for year in (1970, 2250):
        at = datetime(year, 3, 4, 9, tzinfo=p.VIETNAM)
        expect(CoverageError, lambda at=at: office.add(at, p.HOUR), says=str(year))
    world.hand.at = datetime(2090, 3, 6, 9, tzinfo=p.VIETNAM)
    case = with_officer(world)
    assert case.deadline
    assert case.deadline.provisional
    world.calendar = attrs.evolve(office, strict=True)
    case = received(world)
    world.fail(
        CoverageError, lambda: world.desk.do(case.id, a.Escalate(to=p.OFFICER, by=p.OPERATOR))
    )


def test_row_34(world: World) -> None:
    """23:59:60 and 24:00:00 are refused, and never moved to a neighbour."""
    for clock in ("23:59:60", "24:00:00"):
        outcomes = replay_lines(world, LINE | {"at": f"2026-03-04T{clock}+07:00"})
        assert [each.outcome for each in outcomes] == ["invalid"]
        assert clock in outcomes[0].reasons[0].text()
    assert world.desk.count() == 0


def test_row_35(world: World) -> None:
    """`Z`, the basic form, a week date and seconds in an offset are one instant; +24:00 is none."""
    for at in (
        "2026-03-04T02:30:00Z",
        "20260304T093000+0700",
        "2026-W10-3T09:30:00+07:00",
        "2026-03-04T09:30:30+07:00:30",
    ):
        world = attrs.evolve(world, store=type(world.store)())
        (found,) = replay_lines(world, LINE | {"at": at})
        assert (found.outcome, found.after and found.after.received_at) == (
            "recorded",
            datetime(2026, 3, 4, 2, 30, tzinfo=UTC),
        )
    world = attrs.evolve(world, store=type(world.store)())
    (found,) = replay_lines(world, LINE | {"at": "2026-03-04T09:30:00+24:00"})
    assert (found.outcome, world.desk.count()) == ("invalid", 0)


def test_row_36(world: World) -> None:
    """Seven digits of a second are cut to microseconds."""
    (found,) = replay_lines(world, LINE | {"at": "2026-03-04T09:30:00.1234569+07:00"})
    assert found.after
    assert found.after.received_at == datetime(2026, 3, 4, 2, 30, 0, 123456, tzinfo=UTC)


def test_row_37(world: World) -> None:
    """One instant in three zones gives one due, and the zone of the input is kept."""
    dues = set()
    for zone in (UTC, p.VIETNAM, ZoneInfo("America/New_York")):
        world.hand.at = p.MORNING.astimezone(zone)
        dues.add(with_officer(attrs.evolve(world, store=type(world.store)())).due)
        assert vietnam_calendar("A").add(world.hand.at, p.HOUR).tzinfo == zone
        world.hand.at = p.MORNING
    assert len(dues) == 1


ANSWER = a.Answer(text="đã xong", by=p.OFFICER)


def test_row_46(world: World) -> None:
    """A clock that is behind a case is an error that names both instants; other cases go on."""
    case, now = with_officer(world), world.hand.at
    world.hand.at -= timedelta(seconds=5)
    assert world.do(case, a.Note(text="một", by=p.OFFICER)).updated_at == now
    world.hand.at = now - timedelta(minutes=5)
    caught = world.fail(ClockError, lambda: world.desk.do(case.id, ANSWER))
    assert isinstance(caught, ClockError)
    assert (caught.now, caught.last) == (world.hand.at.isoformat(), now.isoformat())
    assert with_officer(world).version == 2
    world.hand.at = now
    given = attrs.evolve(ANSWER, at=now - p.MICROSECOND)
    world.fail(InputError, lambda: world.desk.do(case.id, given), says=now.isoformat())


def test_row_47(world: World) -> None:
    """Two acts of one instant are both recorded, in the order of their versions."""
    case = p.with_officer(world.desk)
    for n in range(9):
        noted = world.do(case, a.Note(text=f"lần {n}", by=p.OFFICER))
    check_recorded(world, noted, [*["Received", "Escalated"], *["Noted"] * 9])
    assert {event.at for event in world.desk.history(case)} == {p.MORNING}
    assert [each.event.n for each in world.store.scan()] == list(range(1, 12))
