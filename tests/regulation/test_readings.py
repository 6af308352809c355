"""Each reading of what the text leaves open: its default, and its alternative (Art. 9; R1-R16)."""

from datetime import datetime, timedelta

import pytest

from phananh.articles import Article
from phananh.regulation import acts as a
from phananh.regulation.cautions import find_cautions
from phananh.regulation.deadline import is_late
from phananh.regulation.decide import NotAllowed
from phananh.regulation.request import Assignee, Person, Role, Sender, State
from phananh.regulation.reschedule import count_reschedules
from tests.regulation import cast


def test_r1_two_points_c():
    """R1: the two points c of Art. 8.1 have ids of their own, and say which."""
    assert "thứ nhất" in Article("8.1.c1").vi
    assert "thứ hai" in Article("8.1.c2").vi


def test_r2_both_clocks_lapse_into_overdue():
    """R2: by default the officer's lateness is a state, and belongs to the officer."""
    case = cast.lapsed_case(cast.at_officer())
    assert (case.state, case.lapses[0].stage) == (State.OVERDUE, Role.OFFICER)


def test_r2_only_the_agency_is_overdue():
    """R2, other way: the officer's lateness is measured and kept, but is no state."""
    rules = cast.read(overdue_stages=frozenset({Role.AGENCY}))
    case = cast.lapsed_case(cast.at_officer(rules=rules), rules=rules)
    assert (case.state, case.is_late, case.due) == (State.ESCALATED, True, None)
    assert cast.refuse(case, a.Lapse(), at=cast.LATER, rules=rules) == ["not_due"]
    case = cast.lapsed_case(
        cast.record(case, cast.verification_request(case), rules=rules), rules=rules
    )
    assert (case.state, len(case.lapses)) == (State.OVERDUE, 2)


def test_r2_nobody_is_overdue():
    """R2, the far end: with no stage a state, a late agency still reports and is still late."""
    rules = cast.read(overdue_stages=frozenset())
    case = cast.lapsed_case(cast.at_agency(rules=rules), rules=rules)
    assert case.state is State.PENDING_VERIFICATION
    assert cast.refuse(case, cast.PUT_OFF, rules=rules) == ["already_late"]
    case = cast.record(case, cast.FOUND, rules=rules)
    assert (case.state, case.is_late) == (State.ESCALATED, True)


def test_r3_a_reschedule_moves_the_due_time():
    """R3: the due time moves with the promise; the original stays in the history."""
    before = cast.at_agency()
    case = cast.record(before, cast.PUT_OFF)
    assert (case.due, case.reschedules) == (cast.LATER, (cast.LATER,))
    assert case.deadlines[-1][1].due == before.due
    assert cast.lapsed_case(case).lapses[-1].due == cast.LATER


def test_r3_a_reschedule_moves_nothing():
    """R3, other way: the promise is kept beside the clock, which runs on."""
    rules = cast.read(reschedule_moves_due=False)
    before = cast.at_agency(rules=rules)
    case = cast.record(before, cast.PUT_OFF, rules=rules)
    assert (case.due, case.reschedules) == (before.due, (cast.LATER,))
    assert cast.refuse(case, cast.PUT_OFF, rules=rules) == ["rescheduled_before"]


def test_r4_not_after_the_due_instant():
    """R4: at the due instant yes, a microsecond later no, whether or not it was swept."""
    case = cast.at_agency()
    assert cast.is_recorded(case, cast.PUT_OFF, at=case.due)
    assert cast.refuse(case, cast.PUT_OFF, at=case.due + cast.US) == ["already_late"]
    assert cast.refuse(cast.lapsed_case(case), cast.PUT_OFF) == ["already_late"]


def test_r4_after_the_due_instant():
    """R4, other way: a late agency may put it off; the lapse stays, and a second may follow."""
    rules = cast.read(reschedule_after_due=True)
    late = cast.lapsed_case(cast.at_agency(rules=rules), rules=rules)
    case = cast.record(late, cast.PUT_OFF, rules=rules)
    assert (case.state, case.due, len(case.lapses)) == (State.OVERDUE, cast.LATER, 1)
    passed = a.Reschedule(by=cast.FOCAL, to=late.updated_at + cast.US, reason="Chờ")
    assert cast.refuse(late, passed, rules=rules) == ["not_later"]  # after the due, before the act
    case = cast.lapsed_case(case, rules=rules)
    assert [lapse.due for lapse in case.lapses] == [late.lapses[0].due, cast.LATER]
    assert len({lapse.opened_by for lapse in case.lapses}) == 2
    assert cast.refuse(case, cast.PUT_OFF, rules=rules) == [
        "rescheduled_before",
        "not_later",
    ]


def test_r5_the_first_appointment_does_not_count():
    """R5: the appointment of 8.1.c1 is not the hẹn lại of 9.3."""
    assert cast.is_recorded(cast.at_agency(), cast.PUT_OFF)


def test_r5_the_first_appointment_counts():
    """R5, other way: the appointment uses the one time up."""
    rules = cast.read(first_appointment_counts=True)
    (reason,) = cast.decide_on(cast.at_agency(rules=rules), cast.PUT_OFF, rules=rules).reasons
    assert (reason.code, reason.text(), count_reschedules(cast.at_officer(), rules=rules)) == (
        "rescheduled_before",
        "no reschedule is left, as the first appointment counts as one (reading R5)",
        0,
    )


@pytest.mark.parametrize("day", ["2026-03-07", "2026-03-03"])
@pytest.mark.parametrize("hour", [12, 3])
def test_r6_received_out_of_hours(day, hour):
    """R6: the hand-over is when it is recorded; its clock starts at the next opening (3.2)."""
    at = datetime.fromisoformat(f"{day}T{hour:02d}:00+07:00")
    deadline = cast.at_officer(at=at).deadline
    assert (deadline.start, deadline.spans[0].start) == (
        at + cast.MINUTE,
        cast.CENTRE.next_opening(at),
    )


def test_r7_at_once_has_no_clock():
    """R7, R20: what is to be done at once (7.2, 8.1.b) has no clock; the operator has none."""
    assert cast.received_case().due is None


def test_r8_no_clock_after_the_findings():
    """R8: after the findings no clock runs; the appointment told is tracked, and pointed out."""
    case = cast.record(cast.at_agency(), cast.FOUND)
    assert (case.due, case.holder.id) == (None, cast.OFFICER.id)
    told = case.appointments[-1].time
    assert "appointment_missed" not in find_cautions(case, cast.context(told))
    assert "appointment_missed" in find_cautions(case, cast.context(told + cast.US))


def test_r8_a_limit_for_the_reply():
    """R8, other way: the officer has so many hours from the findings, and can be late."""
    rules = cast.read(reply_limit=cast.limit(2, "8.1.c1"))
    case = cast.record(cast.at_agency(rules=rules), cast.FOUND, rules=rules)
    assert case.due == cast.CENTRE.add(case.updated_at, timedelta(hours=2))
    late = cast.lapsed_case(case, rules=rules)
    assert (late.state, late.lapses[-1].stage) == (State.OVERDUE, Role.OFFICER)
    assert cast.record(late, cast.ANSWER, rules=rules).state is State.ANSWERED


@pytest.mark.parametrize(
    ("story", "field", "role"),
    [
        (cast.at_provider, "provider_limit", Role.PROVIDER),
        (cast.at_leadership, "leadership_limit", Role.LEADERSHIP),
    ],
)
def test_r9_services_and_leadership(story, field, role):
    """R9: no clock, a caution after five working days; with a limit set, a lapse like any."""
    case = story()
    assert case.due is None
    soon = cast.CENTRE.add(case.since, timedelta(hours=40))
    assert "silent" not in find_cautions(case, cast.context(soon))
    assert "silent" in find_cautions(case, cast.context(soon + cast.DAY))
    rules = cast.read(**{field: cast.limit(4, "8.3")})
    late = cast.lapsed_case(story(rules=rules), rules=rules)
    assert (late.state, late.holder.role, late.lapses[0].stage) == (State.OVERDUE, role, role)


def test_r9_the_warning_is_a_number():
    """R9: how long a silence may last is a number of the rules."""
    case = cast.at_provider()
    rules = cast.read(silent_warning=timedelta(hours=1))
    assert "silent" in find_cautions(case, cast.context(case.since + cast.DAY, rules))


@pytest.mark.parametrize("stages", [(), ("officer",)])
def test_r10_reassigned_at_the_due_instant(stages):
    """R2, R10, R14: the due instant is in time, so whoever takes over then is late after it."""
    rules = cast.read(overdue_stages=stages)
    case = cast.at_officer(rules=rules)
    given = a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2"))
    decision = cast.decide_on(case, given, at=case.due, rules=rules)
    assert [type(event).__name__ for event in decision.events] == ["Reassigned"]
    moved = decision.case
    assert (moved.due, moved.is_late, moved.state) == (case.due, False, State.ESCALATED)
    assert cast.refuse(moved, a.Lapse(), at=case.due, rules=rules) == ["not_due"]
    after = cast.record(moved, a.Lapse(), at=case.due + cast.US, rules=rules)
    assert [(each.late.id, each.due) for each in after.lapses] == [("cb-2", case.due)]
    assert after.state is (State.OVERDUE if stages else State.ESCALATED)
    late = cast.decide_on(case, given, at=case.due + cast.US, rules=rules)
    assert [type(event).__name__ for event in late.events] == ["Lapsed", "Reassigned"]
    assert [each.late.id for each in late.case.lapses] == [cast.OFFICER.id]
    back = a.SendBack(by=Person(id="cb-2", role="officer", unit=cast.OFFICER.unit), text="x")
    left = cast.record(late.case, back, at=case.due + cast.US, rules=rules).sent_back[0]
    assert (late.case.due, left.due, left.left) == (None, case.due, timedelta())


def test_r10_the_clock_starts_again():
    """R10, other way: a new clock of the same limit starts; without a clock none does."""
    rules = cast.read(reassign_restarts_clock=True, reply_limit=cast.limit(2, "8.1.c1"))
    given = a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2"))
    case = cast.at_officer(rules=rules)
    again = cast.record(case, given, at=case.updated_at + cast.HOUR, rules=rules)
    assert again.due == cast.CENTRE.add(again.updated_at, timedelta(hours=5))
    named = cast.record(cast.at_agency(rules=rules), cast.PUT_OFF, rules=rules)
    assert cast.record(named, given, rules=rules).due == named.due  # 9.3: it moves once
    case = cast.record(cast.at_agency(rules=rules), cast.FOUND, rules=rules)
    again = cast.record(case, given, rules=rules)
    assert again.due == cast.CENTRE.add(again.updated_at, timedelta(hours=2))
    assert cast.record(cast.lapsed_case(case, rules=rules), given, rules=rules).due is None


@pytest.mark.parametrize(
    ("sender", "default", "full"),
    [
        (Sender(), ["no_name", "no_contact"], ["no_name", "no_contact"]),
        (Sender(name="Mây", phone="0218 3831022"), [], ["no_contact"]),
        (Sender(name="Mây", address="Số 1"), [], ["no_contact"]),
        (Sender(phone="0218 3831022"), ["no_name"], ["no_name", "no_contact"]),
        (Sender(name="Mây", phone="12"), ["no_contact"], ["no_contact"]),
        (cast.SENDER, [], []),
    ],
)
def test_r11_contact_data(sender, default, full):
    """R11: a name and one way to reply are enough; all four of 6.c only where the rules say."""
    strict = cast.read(contact_required=frozenset({"name", "address", "phone", "email"}))
    case = cast.received_case(sender=sender)
    assert (cast.unmet_codes(case), cast.unmet_codes(case, strict)) == (default, full)
    refused = a.Reject(by=cast.OPERATOR, reasons=full or ["no_name"], guidance="Cho biết họ tên")
    assert cast.is_recorded(case, refused, rules=strict) == bool(full)


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_r12_complaints_are_refused_with_guidance(kind):
    """R12: a complaint or denunciation is refused with the reason, and where to send it."""
    act = a.Reject(by=cast.OPERATOR, reasons=["complaint_or_denunciation"], guidance="Tiếp dân")
    assert cast.record(cast.received_case(kind), act).state is State.REJECTED


def test_r13_closed_is_the_end():
    """R13: what is closed is not opened again, by nobody and by no act; the error says what is."""
    case = cast.record(cast.answered_case(), a.Close(by=cast.OPERATOR))
    after = {"complete", "reopen", "lift_lapse", "publish", "commend", "rate", "notify_unit"}
    for trigger in a.ACTS.keys() - {"receive", "lapse", *after}:
        act = cast.well_formed_act(trigger, cast.OPERATOR, case, cast.LATER)
        decision = cast.decide_on(case, act)
        assert isinstance(decision, NotAllowed)
        error = decision.as_error("HB-1")
        assert error.text().endswith("for new facts receive a new, linked case (reading R13)")
        assert error.text("vi").endswith("có dẫn chiếu (cách hiểu R13)")
    for done in (cast.answered_case(), cast.rejected_case()):
        assert "reading R13" in cast.decide_on(done, cast.reject("unclear")).as_error("HB-1").text()
    received = cast.decide_on(cast.received_case(), a.Close(by=cast.OPERATOR))
    assert "R13" not in received.as_error("HB-1").text()


def test_r14_the_closing_instant_is_in_time():
    """R14: due at 17:30, 17:30 is in time, and 18:00 is late although no work was done since."""
    case = cast.at_officer()
    assert f"{case.due:%H:%M}" == "17:30"
    assert not cast.record(case, cast.ANSWER, at=case.due).is_late
    assert cast.record(case, cast.ANSWER, at=case.due + cast.HOUR / 2).is_late


def test_r14_until_the_next_opening():
    """R14, other way: the working time is spent at the next opening, so 18:00 is in time."""
    rules = cast.read(late_after="next_opening")
    case = cast.at_officer(rules=rules)
    opening = cast.CENTRE.next_opening(case.due)
    assert case.clock.late_after == opening > case.due
    assert not cast.record(case, cast.ANSWER, at=opening, rules=rules).is_late
    late = cast.record(case, cast.ANSWER, at=opening + cast.US, rules=rules)
    assert (late.is_late, late.lapses[0].due) == (True, case.due)
    assert not is_late(opening, late_after=opening)


def test_r15_nothing_moves_by_itself():
    """R15: a deadline is stored with its calendar's version; another calendar is pointed out."""
    case = cast.at_officer()
    assert case.deadline.verify(cast.CENTRE) == ()
    assert case.deadline.verify(cast.AGENCY) != ()


def test_r16_conduct_is_never_published_by_itself():
    """R16: the system publishes nothing; an operator publishes a redacted text."""
    assert cast.refuse(cast.answered_case(), a.Publish(by=cast.CLOCK, text="Đã xử lý")) == [
        "wrong_role"
    ]
    assert (
        cast.record(cast.answered_case(), a.Publish(by=cast.OPERATOR, text="Đã xử lý")).published
        == 1
    )
