"""A case's instants are on one clock, that of the office, whoever gave them and on whatever."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh import Case, Desk, InputError
from phananh.regulation import acts as a
from phananh.regulation.case import (
    Appointment,
    find_current,
    find_last,
    find_missed,
    find_running,
    find_stored,
    fold,
)
from phananh.regulation.cautions import find_cautions
from phananh.regulation.decide import decide
from phananh.regulation.request import Erased, Person, Sender
from phananh.stores.base import Store
from phananh.worktime import Notice, NoticeDay, vietnam_calendar
from phananh.worktime.instants import VIETNAM
from tests.desk import people as p
from tests.regulation import cast
from tests.regulation.cast import DAY, HOUR, MONDAY, US
from tests.regulation.positions import LIMITED
from tests.regulation.test_cautions import asked, seen

NEW_YORK = ZoneInfo("America/New_York")


def instants(value: Any, name: str = "case") -> Iterator[tuple[str, datetime]]:
    """Yield every instant of a value with its place; the reasons of a deadline are the calendar's.

    What a deadline says is on the clock of the calendar that counted it.
    """
    if isinstance(value, datetime):
        yield name, value
    elif isinstance(value, tuple):
        for n, each in enumerate(value):
            yield from instants(each, f"{name}[{n}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if field.name not in ("deadlines", "figures_and_steps"):  # as the events say them
                yield from instants(getattr(value, field.name), f"{name}.{field.name}")


@pytest.mark.parametrize("zone", [UTC, NEW_YORK, p.VIETNAM], ids=str)
def test_every_instant_of_a_case_is_on_the_clock_of_the_office(store: Store, zone: Any) -> None:
    """Given in UTC or New York, kept in memory or in a file: read, all are at +07:00, one zone."""
    hand = p.Hand(p.MORNING.astimezone(zone))
    desk = Desk(store=store, clock=hand)
    asked = p.with_agency(desk, hand)
    to = (p.MORNING + 60 * p.HOUR).astimezone(zone)
    put_off = desk.reschedule(asked, to=to, reason="chờ", by=p.AGENCY)
    late = p.with_officer(desk)
    hand.at = (hand.at.astimezone(UTC) + 240 * p.HOUR).astimezone(zone)
    desk.sweep()
    found: list[Case] = [asked, put_off, desk.get(put_off.id), desk.get(late.id)]
    told = [place for case in found for place in instants(case)]
    assert {"case.received_at", "case.lapses[0].due", "case.reschedules[0]"} <= {n for n, _ in told}
    assert [(name, at) for name, at in told if at.tzinfo is not VIETNAM] == []
    rows = [place for row in desk.find().rows for place in instants(row)]
    assert [(name, at) for name, at in rows if at.tzinfo is not VIETNAM] == []
    assert (found[1].due, found[2].figures_and_steps[1]) == (
        to,
        (),
    )  # a case that was read keeps no event


def test_who_sent_a_case_is_shown_only_where_that_is_asked_for():
    """The sender, their words and the code are in no repr, and in plain data if `personal`."""
    case = cast.at_officer()
    hidden = {"content", "sender", "sender_id", "code"}
    assert {*case.as_dict(personal=True)} - {*case.as_dict()} == hidden
    assert case.as_dict(personal=True)["accused"] == [{"id": cast.CULPRIT.id, "unit": cast.HEALTH}]
    assert case.as_dict()["accused"] == [{"unit": cast.HEALTH}]
    assert "id" not in cast.CITIZEN.as_dict()
    assert cast.CITIZEN.as_dict(personal=True)["id"] == cast.CITIZEN.id
    assert cast.OFFICER.as_dict()["id"] == cast.OFFICER.id
    for name in (*hidden, "code_digest", "former_senders", "stored", "staff", "figures_and_steps"):
        assert f" {name}=" not in repr(case)


def test_values_print_as_one_short_line():
    """A page prints who has a case and until when, and why, without the reasons in full."""
    case, rules = cast.at_officer(), cast.HOA_BINH_2019
    shown = (case, cast.rejected_case(), case.deadline, cast.ANSWER, rules.officer_limit, rules)
    assert [str(each) for each in shown] == [
        "HB-1 escalated, officer cb-yte-1 (so-y-te), due 2026-03-02 17:30",
        "HB-1 rejected",
        "due Monday 2026-03-02 17:30 (Art. 9(1), 5 working hours)",
        "answer by officer cb-yte-1 (so-y-te)",
        "5 working hours (Art. 9(1))",
        "HB-2019-729997ed",
    ]
    given_back = cast.record(cast.at_leadership(), cast.OPINION).holder
    assert (str(given_back), str(cast.CITIZEN)) == ("operator", "citizen")
    assert str(rules.readings[3]) == "R4: it may not"
    assert str(rules.requirements[4]).startswith("no_name (Art. 6(c)): ")


def test_the_same_holder_read_again_is_no_hand_over():
    """A holder of the same person, in an event that was read from a store, moves no `since`."""
    case = cast.at_officer()
    [noted] = cast.decide_on(case, a.Note(by=cast.OFFICER, text="Đã gọi lại")).events
    noted = attrs.evolve(noted, holder=attrs.evolve(noted.holder))
    assert fold((noted,), onto=case).since == case.since


def test_a_case_as_data_says_who_has_it():
    """The role of the holder stands beside their id and unit, or nothing where nobody has it."""
    case = cast.at_officer()
    plain = case.as_dict("en")
    assert (plain["holder"], plain["holder_id"]) == ("officer", case.holder.id)
    assert (plain["unit"], plain["due"]) == (case.holder.unit, case.due.isoformat())
    assert (plain["case"], plain["version"], plain["rules"]) == ("HB-1", 2, case.rules)
    assert (plain["state"], plain["kind"], plain["handled_by"]) == (
        "escalated", "conduct", [cast.HEALTH],
    )  # fmt: skip
    assert (plain["is_open"], plain["late"], cast.lapsed_case(case).as_dict()["late"]) == (
        True, False, True,
    )  # fmt: skip
    asked = cast.verification_request(case, focal="dm-yte")
    assert str(cast.record(case, asked).holder) == f"agency dm-yte ({cast.HEALTH})"
    assert plain["deadline"] == case.deadline.as_dict("en")
    nobody = cast.rejected_case().as_dict("en")
    assert (nobody["holder"], nobody["holder_id"], nobody["unit"]) == (None, None, None)
    inner = {"id", "clock", "last_limit", "deadlines", "code_digest", "former_senders", "stored",
             "is_sender_erased"}  # fmt: skip
    assert not inner & case.as_dict(personal=True).keys()


def test_no_events_are_no_case():
    """A history of nothing is refused by name; onto a case it leaves that case as it is."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        fold(())
    assert (caught.value.field, caught.value.code) == ("history", "empty_history")
    case = cast.received_case()
    assert fold((), onto=case) == case
    assert not case.advised


@pytest.mark.parametrize(
    ("by", "first", "given", "known"),
    [
        (cast.OPERATOR, "CT-1", "CT-2", "CT-2"),  # the portal knew the caller, and was put right
        (cast.OPERATOR, "CT-1", None, "CT-1"),
        (cast.OPERATOR, None, "CT-2", "CT-2"),
        (cast.CITIZEN, None, "CT-2", cast.CITIZEN.id),  # whoever sent it in stays the sender
        (cast.CITIZEN, "CT-1", "CT-2", cast.CITIZEN.id),
    ],
)
def test_who_the_sender_is_after_a_completion(by, first, given, known):
    """R48: another id of a caller counts from then on; whoever sent it in is known already."""
    case = cast.received_case(by=by, sender=Sender(name="Mây", phone="0218383102", id=first))
    more = Sender(address="Số 8", id=given)
    case = cast.record(case, a.Complete(by=cast.OPERATOR, sender=more))
    assert case.sender_id == known


def test_each_move_of_a_deadline_is_kept():
    """R15: moved twice, a limit has two moves, in order, and is due as the last one says."""
    case = cast.at_officer()
    due = case.due
    case = cast.record(case, a.MoveDeadline(recount=cast.make_recount(case)))
    later = case.due
    sooner = cast.make_earlier_recount(case, cast.HOUR)
    case = cast.record(case, a.MoveDeadline(recount=sooner, earlier=True))
    assert [(move.old, move.new) for move in case.moves] == [(due, later), (later, case.due)]
    assert (case.due, {move.opened_by for move in case.moves}) == (
        later - cast.HOUR,
        {case.clock.opened_by},
    )


def test_an_erased_completion_leaves_nothing_of_the_sender():
    """Once the sender of a completion is erased, what it replaced is gone as well."""
    case = cast.received_case(by=cast.OPERATOR, sender=Sender(name="Mây", phone="0218383102"))
    act = a.Complete(by=cast.OPERATOR, sender=Sender(phone="0218383103"))
    [completed] = cast.decide_on(case, act).events
    assert fold((completed,), onto=case).former_senders == (case.sender,)
    blank = Erased(length=8, digest="0" * 64)
    case = fold((completed, attrs.evolve(completed, sender=blank, n=3)), onto=case)
    assert (case.sender, case.former_senders) == (blank, ())
    again = fold((completed,), onto=attrs.evolve(case, sender_id="cd-1"))  # it is whole
    assert (again.sender, again.is_sender_erased, again.sender_id) == (act.sender, True, "cd-1")


def test_a_unit_that_handles_a_case_twice_is_named_once():
    """16.1: the officer and the agency are of one unit, however the agency is written."""
    agency = cast.verification_request(cast.at_officer(), agency=cast.HEALTH.upper())
    assert cast.record(cast.at_officer(), agency).handled_by == (cast.HEALTH,)


def test_one_of_two_agencies_is_asked_again():
    """9.2: the citizen waits once more where any of the agencies that reported is asked again."""
    focal = Person(id="dm-tnmt", role="agency", unit=cast.LAND)
    case = cast.record(cast.at_agency(), cast.FOUND)
    case = cast.record(case, cast.verification_request(case, agency=cast.LAND))
    case = cast.record(case, attrs.evolve(cast.FOUND, by=focal))
    assert [each.agency for each in case.findings] == [*case.handled_by] == [cast.HEALTH, cast.LAND]
    again = cast.record(case, cast.verification_request(case))
    assert [each.again for each in again.appointments] == [False, False, True]


def test_an_officer_who_sends_back_is_no_agency_that_is_asked_again():
    """9.2: an agency is asked for the first time, though an officer is called as it is."""
    namesake = attrs.evolve(cast.OFFICER, id=cast.LAND)
    named = a.Escalate(by=cast.OPERATOR, to=namesake)
    back = a.SendBack(by=namesake, text="Nhầm")
    case = cast.record(cast.record(cast.received_case("information"), named), back)
    case = cast.record(case, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER))
    case = cast.record(case, cast.verification_request(case, agency=cast.LAND))
    assert [each.again for each in case.appointments] == [False]


def test_an_opinion_ends_the_limit_of_the_leadership():
    """R9: where the rules give the leadership a limit, none runs once they said what they think."""
    case = cast.at_leadership(rules=LIMITED)
    assert case.clock is not None
    assert cast.record(case, cast.OPINION, rules=LIMITED).clock is None
    assert (case.holder.unit, case.handled_by) == (cast.HUB, ())


def test_a_hand_over_to_nobody_adds_no_unit():
    """A history that names no holder leaves the case with nobody, and with no unit more."""
    case = cast.received_case()
    [event] = cast.decide_on(case, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)).events
    assert fold((event,), onto=case).handled_by == (cast.OFFICER.unit,)
    lost = fold((attrs.evolve(event, holder=None),), onto=case)
    assert (lost.holder, lost.officer, lost.handled_by) == (None, None, ())


A = vietnam_calendar("A")
ACROSS = datetime(2026, 11, 20, 15, 0, tzinfo=cast.VIETNAM)  # five hours end on the 23rd
NO_SWAP = Notice("CV 1", date(2026, 11, 21), days=(NoticeDay(date(2026, 11, 23), "worked"),))


def in_doubt_case():
    """Return a case whose limit runs across a day that a notice may move, on preset A."""
    case = cast.at_officer("information", at=ACROSS - cast.MINUTE)
    ((n, deadline),) = case.deadlines
    assert deadline.provisional
    return attrs.evolve(case, deadlines=((n, attrs.evolve(deadline, calendar="A")),))


def test_the_limit_in_question():
    """The running limit counts; after it, that which is overdue, until somebody answers."""
    case = cast.at_officer("information")
    assert find_current(cast.received_case("information")) is None
    assert find_current(case) == find_running(case)
    assert (find_running(case).opened_by, find_running(case).due) == (
        case.clock.opened_by,
        case.due,
    )
    late = cast.lapsed_case(case)
    assert (find_running(late), find_current(late)) == (None, find_missed(late)[0])
    assert find_current(late).deadline == case.deadline
    answered = cast.record(late, a.Answer(by=cast.OFFICER, text="Đã xem xét"))
    assert (find_current(answered), find_missed(answered)) == (None, find_missed(late))
    twice = cast.lapsed_case(cast.record(late, cast.verification_request(late)))
    assert find_current(twice) == find_missed(twice)[1]
    [escalated] = cast.decide_on(
        cast.received_case(), a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
    ).events
    with pytest.raises(TypeError, match="received_at"):
        fold((escalated,))


@pytest.mark.parametrize("stage", ["officer", "agency", "leadership"])
def test_lateness_ends_with_its_stage(stage):
    """9.1, 9.2: a missed limit is that of whoever missed it, until the case leaves them.

    Nobody who comes after is late for it, and it is never taken back.
    """
    rules = cast.read(leadership_limit=cast.limit(4, "8.3"))
    story, leaves = {
        "officer": (cast.at_officer, lambda case: cast.verification_request(case)),
        "agency": (cast.at_agency, lambda _: cast.FOUND),
        "leadership": (cast.at_leadership, lambda _: cast.OPINION),
    }[stage]
    late = cast.lapsed_case(story("information", rules=rules), rules=rules)
    assert late.lapses[-1].ended_at is None
    left = cast.record(late, leaves(late), at=late.due or late.updated_at + cast.HOUR, rules=rules)
    assert (left.lapses[-1].stage, left.lapses[-1].ended_at) == (stage, left.updated_at)
    assert (find_current(left), left.lapses[-1].late.role.value) == (find_running(left), stage)
    by = cast.OPERATOR if left.state.value == "received" else cast.OFFICER
    if stage != "officer":
        assert cast.record(left, a.Answer(by=by, text="Đã rõ"), rules=rules).lapses == left.lapses


def test_a_named_time_is_never_provisional():
    """9.3, R38: the time told to the citizen is no reckoning that a notice could move."""
    case = cast.at_agency("information", at=ACROSS - cast.MINUTE)
    assert find_running(case).is_provisional
    put_off = a.Reschedule(by=cast.FOCAL, to=case.due + cast.DAY, reason="Chờ hồ sơ gốc")
    named = find_running(cast.record(case, put_off))
    assert (named.is_rescheduled, named.is_provisional, named.is_provisional_on(None)) == (
        True,
        False,
        False,
    )
    assert named.due == case.due + cast.DAY
    assert not named.is_provisional_on(attrs.evolve(A, name=named.deadline.calendar))


def test_the_last_limit_is_the_one_that_counts_while_one_does():
    """9.3: put off, it is the running one with its named time; answered, it is still found."""
    case = cast.at_agency("information", at=ACROSS - cast.MINUTE)
    moved = cast.record(case, a.Reschedule(by=cast.FOCAL, to=case.due + cast.DAY, reason="Chờ"))
    assert (find_last(moved), find_last(moved).due) == (find_running(moved), case.due + cast.DAY)
    assert find_last(cast.record(moved, cast.FOUND)) == find_running(moved)
    assert find_last(cast.received_case("information")) is None
    assert [find_stored(case, n) for n, _ in case.deadlines] == [
        found for _, found in case.deadlines
    ]


def test_a_time_that_was_named_when_no_limit_ran():
    """R4: put off only once it is late, the limit that was missed runs again to that time."""
    rules = cast.read(reschedule_after_due=True)
    late = cast.lapsed_case(cast.at_agency(rules=rules), rules=rules)
    case = cast.record(late, cast.PUT_OFF, rules=rules)
    assert case.is_due_rescheduled
    limit = attrs.evolve(find_missed(late)[0], opened_by=case.version, due=cast.LATER)
    twice = cast.lapsed_case(case, rules=rules)
    assert find_current(case) == find_last(case) == find_current(twice) == limit
    assert find_missed(twice) == (*find_missed(late), limit)


@pytest.mark.parametrize(
    ("calendar", "doubt"),
    [
        (None, True),
        (A, True),
        (A.with_notices([NO_SWAP]), False),
        (attrs.evolve(A, name="B").with_notices([NO_SWAP]), True),
        (vietnam_calendar("VP"), True),
    ],
    ids=["none", "the same", "with the notice", "another name", "other hours"],
)
def test_who_can_take_the_doubt_away(calendar, doubt):
    """Only the calendar of that name, once a notice in it speaks of the day."""
    assert find_running(in_doubt_case()).is_provisional_on(calendar) is doubt


def test_a_calendar_that_ends_before():
    """What a calendar does not cover it cannot settle."""
    case = in_doubt_case()
    ((n, deadline),) = case.deadlines
    moved = attrs.evolve(deadline, start=deadline.start.replace(year=2150))
    case = attrs.evolve(case, deadlines=((n, moved),))
    assert find_running(case).is_provisional_on(A)


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
    assert attrs.evolve(TOLD, answered_at=MONDAY + after).status(MONDAY + 30 * DAY) == status


@pytest.mark.parametrize(("after", "status"), [(DAY, "replaced"), (DAY + US, "missed")])
def test_another_time_replaces_it_only_before_it_is_missed(after, status):
    """A new appointment does not take away that the old one was missed."""
    assert attrs.evolve(TOLD, replaced_at=MONDAY + after).status(MONDAY + 30 * DAY) == status


def test_a_moment_without_an_offset_is_refused():
    """A naive moment is refused, and not taken for the time of this machine."""
    with pytest.raises(InputError, match=r"^at: "):
        TOLD.status(datetime(2026, 3, 3, 9, 0))


def test_a_case_tells_when_for_when_and_by_whom():
    """8.1.c1, 9.3: the request tells a time, a reschedule another, and the answer ends them."""
    case = cast.at_agency()
    (told,) = case.appointments
    assert (told.told_at, told.by, told.version) == (case.updated_at, cast.OFFICER, 3)
    found = cast.record(cast.lapsed_case(case), cast.FOUND)
    (lapse,) = found.lapses
    limits = {each.due for _, each in case.deadlines}
    assert {*case.deciding_instants} == {told.told_at, told.time, *limits}
    ran_out = {lapse.since, lapse.due, lapse.ended_at}
    assert {*found.deciding_instants} == {told.told_at, told.time, *limits, *ran_out}
    answered = cast.record(cast.at_officer(), cast.ANSWER)
    assert {answered.answered_at, answered.deadlines[0][1].due} == {*answered.deciding_instants}
    assert ([*case.as_dict()][:3], told.time) == (["case", "version", "rules"], case.promised)
    moved = cast.record(case, cast.PUT_OFF)
    first, second = moved.appointments
    assert (first.replaced_at, first.status(moved.updated_at)) == (moved.updated_at, "replaced")
    assert ((second.time, second.by), moved.promised) == ((cast.LATER, cast.FOCAL), cast.LATER)
    found = cast.record(moved, cast.FOUND)
    assert found.appointments == moved.appointments
    done = cast.record(found, cast.ANSWER)
    assert [each.status(done.updated_at) for each in done.appointments] == ["replaced", "kept"]
    assert [each.as_dict()["status"] for each in done.appointments] == ["replaced", "kept"]
    assert told.as_dict()["status"] is None
    assert done.promised == cast.LATER


BEYOND = datetime(2150, 3, 2, 9, 0, tzinfo=cast.VIETNAM)
SOON = datetime(2027, 6, 1, 9, 0, tzinfo=cast.VIETNAM)  # after the last official notice


@pytest.mark.parametrize("to", [SOON, BEYOND], ids=["beyond the notices", "beyond the calendar"])
def test_a_time_beyond_the_official_days_is_provisional(to):
    """9.3: a time whose days are not official yet is recorded, flagged and pointed out."""
    office = vietnam_calendar("A")
    context = attrs.evolve(cast.context(MONDAY + HOUR), calendar_for=lambda role, unit: office)
    decision = decide(cast.at_agency(), attrs.evolve(cast.PUT_OFF, to=to), context)
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


def test_a_reschedule_to_an_earlier_time():
    """9.3: a new time before the one that the citizen had is pointed out, and allowed (R24)."""
    case = asked("2026-03-10T09:00")
    earlier, later = (
        a.Reschedule(by=cast.FOCAL, to=datetime.fromisoformat(f"{day}T09:00+07:00"), reason="Chờ")
        for day in ("2026-03-06", "2026-03-11")
    )
    at = case.updated_at + cast.MINUTE
    assert seen(cast.record(case, earlier, at=at)) == ("appointment_earlier",)
    case = cast.record(case, later, at=at)
    assert seen(case) == ()
    again = cast.verification_request(cast.record(case, cast.FOUND), agency="so-khac")
    third = attrs.evolve(again, appointment=later.to - cast.HOUR)  # later than the first
    assert "appointment_earlier" in seen(cast.record(cast.record(case, cast.FOUND), third))


def test_a_limit_is_not_in_doubt_by_a_promise_that_moved_it_nowhere():
    """9.3, R3: only a due time that was promised is provisional by the day of the promise."""
    rules = cast.read(reschedule_moves_due=False)
    far = attrs.evolve(cast.PUT_OFF, to=cast.LATER.replace(year=2030))
    case = cast.record(cast.at_agency(rules=rules), far, rules=rules)
    assert case.appointments[-1].provisional
    assert not find_running(case).is_time_provisional


def test_a_refusal_of_a_late_case_is_reopened():
    """R55: what the leadership was late with stays so, though nobody had the case in between."""
    rules = cast.read(leadership_limit=cast.limit(4, "8.3"))
    late = cast.lapsed_case(cast.at_leadership("information", rules=rules), rules=rules)
    advised = cast.record(late, cast.OPINION, rules=rules)
    refused = cast.record(advised, cast.reject("out_of_competence"), rules=rules)
    again = cast.record(refused, a.Reopen(by=cast.LEADERSHIP, text="Sai thẩm quyền"), rules=rules)
    assert (again.state.value, again.lapses) == ("received", advised.lapses)


FIGURES = (
    ("limit", 1772422200, 0, "officer", "cb-yte-1", "so-y-te", 2, 1772447400),
    ("told", 1772422260, 0, 1772595000),
    ("limit", 1772422260, 0, "agency", None, "so-y-te", 3, 1772512260),
    ("rescheduled", 1772422320, 0, 1773199740, 1772512260),
    ("moved", 1772422320, 0, 3, 1773199740),
    ("found", 1772422380, 0),
    ("held", 1772422380, 0, "officer", "cb-yte-1", "so-y-te"),
    ("answered", 1772422440, 0, "officer", "cb-yte-1", "so-y-te"),
    ("rated", 1772422500, 0, 4),
    ("notified", 1772422560, 0, "so-y-te"),
    ("published", 1772422620, 0),
    ("commended", 1772422680, 0),
)


def test_what_a_report_counts_of_a_case_is_in_the_order_of_its_events():
    """12.1, 14: limits, holders, appointments and outcomes (`phananh.regulation.figures`)."""
    case = cast.at_agency()
    for act in (
        cast.PUT_OFF, cast.FOUND, cast.ANSWER, a.Rate(by=cast.CITIZEN, score=4),
        a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH, text="Đã rõ"),
        a.Publish(by=cast.LEADERSHIP, text="Đã xin lỗi"),
        a.Commend(by=cast.HEAD, text="Góp ý đúng"),
    ):  # fmt: skip
        case = cast.record(case, act)
    assert case.figures == FIGURES
    rejected, late = cast.rejected_case(), cast.lapsed_case(cast.at_officer())
    named = cast.record(cast.received_case(), a.Complete(by=cast.OPERATOR, about_unit=cast.LAND))
    assert (rejected.figures, named.figures) == ((("refused", 1772422200, 0, "unclear"),), ())
    assert late.figures[1:] == (
        ("late", 1772447400, 0, 2, "officer", "cb-yte-1", "so-y-te"),
    )  # fmt: skip
