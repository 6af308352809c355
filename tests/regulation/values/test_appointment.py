"""An appointment is kept, missed, open or replaced, as of a moment (Art. 8.1.c1, 9.3; R35)."""

from datetime import datetime, timedelta

import attrs
import pytest

from phananh import Desk, InputError, vietnam_calendar
from phananh.errors import CoverageError
from phananh.regulation import acts as a
from phananh.regulation.case import Appointment, find_running
from phananh.regulation.cautions import find_cautions
from phananh.regulation.decide import decide
from tests.regulation import cast
from tests.regulation.cast import DAY, HOUR, MONDAY, US

TOLD = Appointment(told_at=MONDAY, time=MONDAY + DAY, by=cast.OFFICER, version=3)


def test_it_is_open_until_its_time_and_then_missed():
    """The time itself is still in time; a microsecond later it is missed."""
    assert TOLD.status(MONDAY) == TOLD.status(TOLD.time) == "open"
    assert TOLD.status(TOLD.time + US) == "missed"


@pytest.mark.parametrize(
    ("after", "status"),
    [(HOUR, "kept"), (DAY, "kept"), (DAY + US, "missed"), (9 * DAY, "missed")],
)
def test_an_answer_keeps_it_if_it_comes_in_time(after, status):
    """An answer at its time keeps it; one after it leaves it missed for ever."""
    answered = attrs.evolve(TOLD, answered_at=MONDAY + after)
    assert answered.status(MONDAY + 30 * DAY) == status


@pytest.mark.parametrize(("after", "status"), [(DAY, "replaced"), (DAY + US, "missed")])
def test_another_time_replaces_it_only_before_it_is_missed(after, status):
    """A new appointment does not take away that the old one was missed."""
    replaced = attrs.evolve(TOLD, replaced_at=MONDAY + after)
    assert replaced.status(MONDAY + 30 * DAY) == status


def test_it_reads_as_of_an_earlier_moment():
    """As of a moment before the answer it is still open."""
    answered = attrs.evolve(TOLD, answered_at=MONDAY + HOUR)
    assert answered.status(MONDAY + HOUR - US) == "open"
    assert answered.status(MONDAY + HOUR) == "kept"


def test_a_moment_without_an_offset_is_refused():
    """A naive moment is refused, and not taken for the time of this machine."""
    with pytest.raises(InputError, match="at: "):
        TOLD.status(datetime(2026, 3, 3, 9, 0))


def test_a_case_tells_when_for_when_and_by_whom():
    """8.1.c1, 9.3: the request tells a time, a reschedule another, and the answer ends them."""
    case = cast.at_agency()
    (told,) = case.appointments
    assert (told.told_at, told.by, told.version) == (case.updated_at, cast.OFFICER, 3)
    assert told.time == case.promised
    moved = cast.record(case, cast.PUT_OFF)
    first, second = moved.appointments
    assert (first.replaced_at, first.status(moved.updated_at)) == (moved.updated_at, "replaced")
    assert (second.time, second.by) == (cast.LATER, cast.FOCAL)
    assert moved.promised == cast.LATER
    found = cast.record(moved, cast.FOUND)
    assert found.appointments == moved.appointments
    done = cast.record(found, cast.ANSWER)
    assert [each.status(done.updated_at) for each in done.appointments] == ["replaced", "kept"]
    assert done.promised == cast.LATER


def test_a_case_without_one_has_none():
    """Who was told no time has no appointment, answered or not."""
    case = cast.at_officer()
    assert (case.appointments, case.promised) == ((), None)
    assert cast.record(case, cast.ANSWER).appointments == ()


def test_a_missed_one_stays_visible_after_the_answer():
    """R35: that an appointment was missed is pointed out after the answer and after closing."""
    case = cast.at_agency()
    case = cast.record(case, cast.FOUND, at=case.promised - HOUR)
    late = cast.record(case, cast.ANSWER, at=case.promised + timedelta(seconds=1))
    closed = cast.record(late, a.Close(by=cast.OPERATOR))
    for each in (late, closed):
        assert "appointment_missed" in find_cautions(each, cast.context(each.updated_at))
        assert [told.status(each.updated_at) for told in each.appointments] == ["missed"]
    kept = cast.record(case, cast.ANSWER, at=case.promised)
    much_later = cast.context(kept.updated_at + 30 * DAY)
    assert "appointment_missed" not in find_cautions(kept, much_later)


BEYOND = datetime(2150, 3, 2, 9, 0, tzinfo=cast.VIETNAM)
SOON = datetime(2027, 6, 1, 9, 0, tzinfo=cast.VIETNAM)  # after the last official notice


@pytest.mark.parametrize("to", [SOON, BEYOND], ids=["beyond the notices", "beyond the calendar"])
def test_a_time_beyond_the_official_days_is_provisional(to):
    """9.3: a time whose days are not official yet is recorded, flagged and pointed out."""
    office = vietnam_calendar("A")
    context = attrs.evolve(cast.context(MONDAY + HOUR), calendar_for=lambda role, unit: office)
    put_off = attrs.evolve(cast.PUT_OFF, to=to)
    decision = decide(cast.at_agency(), put_off, context)
    case = decision.case
    assert (case.due, decision.events[-1].provisional) == (to, True)
    assert case.appointments[-1].provisional
    limit = find_running(case)
    assert (limit.is_rescheduled, limit.is_provisional) == (True, True)
    assert limit.is_provisional_on(attrs.evolve(office, name=limit.deadline.calendar))
    assert "appointment_provisional" in find_cautions(case, cast.context(case.updated_at))
    usual = decide(cast.at_agency(), cast.PUT_OFF, context)
    assert not usual.events[-1].provisional
    assert not find_running(usual.case).is_provisional


@pytest.mark.parametrize("to", [SOON, BEYOND], ids=["beyond the notices", "beyond the calendar"])
def test_a_strict_calendar_refuses_a_time_beyond(to, store):
    """9.3: with a strict calendar such a time is a CoverageError, and nothing is recorded."""
    strict = attrs.evolve(vietnam_calendar("A"), strict=True)
    desk = Desk(store=store, clock=lambda: MONDAY, calendar=strict)
    case = desk.receive(kind="proposal", channel="portal", content="Mẫu", by=cast.CITIZEN,
                        sender=cast.SENDER)  # fmt: skip
    desk.escalate(case.id, to=cast.OFFICER, by=cast.OPERATOR)
    asked = desk.do(case.id, cast.verification_request(case))
    with pytest.raises(CoverageError):
        desk.do(case.id, attrs.evolve(cast.PUT_OFF, to=to))
    assert desk.get(case.id) == asked
    assert desk.do(case.id, cast.PUT_OFF).due == cast.LATER
