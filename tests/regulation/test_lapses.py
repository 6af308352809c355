"""Whose a lapse is, until when, and how a wrong one is lifted (Art. 9, R50, R51)."""

from datetime import date, timedelta

import attrs

from phananh.regulation import acts as a
from phananh.regulation.cautions import find_cautions
from phananh.regulation.context import DecisionContext
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.events import LapseLifted, late_holder_text
from phananh.regulation.request import Accused, Assignee, Holder, Person, Role, Sender, State
from phananh.worktime import Notice, NoticeDay
from tests.desk.people import end_hours
from tests.regulation import cast
from tests.regulation.cast import DAY, HOUR, MINUTE, US

LIFT = a.LiftLapse(by=cast.LEADERSHIP, text="Ngày nghỉ bù", documents=["TB 7"])
SECOND = Assignee(id="cb-yte-2", unit=cast.HEALTH)


def lift_on(case, calendar, at):
    """Return the case after the lapse was lifted on a desk with this calendar."""
    context = DecisionContext(at=at, rules=cast.HOA_BINH_2019, calendar_for=lambda r, u: calendar)
    decision = decide(case, LIFT, context)
    assert isinstance(decision, Recorded), decision
    (event,) = decision.events
    assert isinstance(event, LapseLifted)
    return decision.case, event


def test_a_lapse_is_lifted_with_its_reason():
    """R50: it stays in the history, no longer counts, and the case is not overdue by it."""
    late = cast.lapsed_case(cast.at_officer())
    lifted, event = lift_on(late, cast.CENTRE, late.updated_at + HOUR)
    assert (lifted.state, lifted.is_late, lifted.due) == (State.ESCALATED, False, None)
    (record,) = lifted.lapses
    assert record == attrs.evolve(late.lapses[0], lifted=True, ended_at=lifted.updated_at)
    assert (event.clock, event.due, event.late) == (2, late.lapses[0].due, late.lapses[0].late)
    assert (event.text, event.documents, event.article) == (LIFT.text, LIFT.documents, "9.1")
    assert cast.refuse_citing(lifted, LIFT) == [("no_lapse", "9.2")]
    assert cast.refuse_citing(late, attrs.evolve(LIFT, text=" ")) == [("blank", "9.1")]
    assert cast.refuse(late, attrs.evolve(LIFT, by=cast.OPERATOR)) == ["wrong_role"]
    agency = cast.record(cast.lapsed_case(cast.at_agency()), LIFT)
    found = cast.record(agency, cast.FOUND)
    again = cast.record(found, cast.verification_request(found))
    assert (agency.state, again.deadline.continues) == (State.PENDING_VERIFICATION, None)
    back = cast.record(cast.at_provider(), a.SendBack(by=cast.PROVIDER, text="Không thuộc"))
    back = cast.record(back, a.Complete(by=cast.OPERATOR, kind="proposal"))
    late = cast.lapsed_case(cast.record(back, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)))
    assert cast.record(late, LIFT).sent_back == back.sent_back != ()


def test_a_lifted_limit_runs_again_if_it_has_not_ended():
    """R50: it is counted on the desk's calendar of today, from its first start."""
    late = cast.lapsed_case(cast.at_officer())
    first = late.deadlines[0][1]
    gone = end_hours(cast.CENTRE, late.received_at.date() - DAY)
    assert lift_on(late, gone, late.updated_at + HOUR)[0].due is None
    shut, _ = lift_on(late, cast.CENTRE_SHUT, late.updated_at + HOUR)
    assert (shut.state, shut.clock.opened_by) == (State.ESCALATED, shut.version)
    assert (shut.deadline.start, shut.deadline.budget, shut.due > first.due) == (
        first.start, first.budget, True,
    )  # fmt: skip
    rules = cast.read(overdue_stages=())  # where lateness is no state (R2)
    kept = cast.lapsed_case(cast.at_officer(rules=rules), rules=rules)
    assert (kept.updated_at, lift_on(kept, cast.CENTRE_SHUT, late.updated_at + HOUR)[0].due) == (
        late.updated_at,
        shut.due,
    )
    ended = lift_on(late, cast.CENTRE_SHUT, shut.due)[0]
    assert (ended.state, ended.due) == (State.ESCALATED, None)
    again = cast.lapsed_case(shut)
    assert [lapse.lifted for lapse in again.lapses] == [True, False]
    assert again.is_late


def test_only_the_latest_that_counts_is_lifted():
    """R50: one after the other, the latest first, in any state."""
    late = cast.lapsed_case(cast.at_officer())
    asked = cast.record(late, cast.verification_request(late))
    answered = cast.record(cast.record(cast.lapsed_case(asked), cast.FOUND), cast.ANSWER)
    once, event = lift_on(answered, cast.CENTRE, answered.updated_at + HOUR)
    assert event.late == answered.lapses[1].late != answered.lapses[0].late
    assert [lapse.lifted for lapse in once.lapses] == [False, True]
    assert (once.is_late, once.state) == (True, State.ANSWERED)
    assert once.lapses[1] == attrs.evolve(answered.lapses[1], lifted=True)
    twice = cast.record(once, LIFT)
    assert (twice.is_late, [lapse.lifted for lapse in twice.lapses]) == (False, [True, True])
    case = cast.record(cast.lapsed_case(cast.at_agency()), cast.FOUND)
    case = cast.lapsed_case(cast.record(case, cast.verification_request(case, agency=cast.LAND)))
    found = attrs.evolve(cast.FOUND, by=Person(id="dm-tnmt", role="agency", unit=cast.LAND))
    lifted = cast.record(cast.record(case, found), LIFT)  # the first one ran out all the same
    assert [each.left for each in lifted.findings] == [timedelta(), None]


def test_after_findings_the_limit_of_the_agency_does_not_run_for_the_officer():
    """R50: the officer has no limit there, so none runs again."""
    case = cast.record(cast.lapsed_case(cast.at_agency()), cast.FOUND)
    lifted, _ = lift_on(case, cast.AGENCY_SHUT, case.updated_at + MINUTE)
    assert (case.state, lifted.state, lifted.due) == (State.OVERDUE, State.ESCALATED, None)
    late = cast.lapsed_case(cast.at_officer())
    back = cast.record(cast.record(late, cast.verification_request(late)), cast.FOUND)
    lifted, event = lift_on(back, cast.CENTRE_SHUT, back.updated_at + MINUTE)
    assert (back.state, lifted.due, event.deadline) == (State.ESCALATED, None, None)


def test_a_lapse_ends_when_the_case_leaves_whoever_was_late():
    """R51: a colleague who takes over is not late, and neither grows the lateness further."""
    late = cast.lapsed_case(cast.at_officer())
    head = a.Reassign(by=cast.HEAD, to=SECOND)
    other = cast.record(late, head, at=late.updated_at + HOUR)
    assert other.lapses[0].ended_at == other.updated_at
    assert other.lapses[0].late == Holder(role=Role.OFFICER, id="cb-yte-1", unit=cast.HEALTH)
    assert lift_on(other, cast.CENTRE_SHUT, other.updated_at + MINUTE)[0].due is not None
    agency = cast.lapsed_case(cast.at_agency())
    focal = attrs.evolve(head, to=Assignee(id="dm-2"))
    assert cast.record(agency, focal).lapses[0].ended_at is None
    gone = cast.record(agency, a.Withdraw(by=cast.CITIZEN))
    assert gone.lapses[0].ended_at == gone.updated_at
    assert (gone.is_withdrawn, agency.is_withdrawn) == (True, False)
    running = cast.record(cast.at_officer(), head, at=cast.MONDAY + 2 * HOUR)
    (record,) = cast.lapsed_case(running).lapses
    assert (record.holder, record.since) == (SECOND.id, running.since)
    accuse = a.Complete(by=cast.OPERATOR, accused=[Accused(id=SECOND.id, unit=cast.HEALTH)])
    for case in (cast.record(running, accuse), cast.record(cast.at_agency(), focal)):
        (record,) = cast.lapsed_case(case).lapses  # of a unit, which had it from its limit on
        assert (record.holder, record.since) == (record.unit, case.deadline.start)
        assert case.since > record.since
    alone = a.Escalate(by=cast.OPERATOR, to=Person(id=SECOND.id, role="officer"))
    alone = cast.record(cast.received_case(accused=()), alone)
    (record,) = cast.lapsed_case(cast.record(alone, accuse)).lapses  # of whose unit they were named
    assert record.late == Holder(role=Role.OFFICER, unit=cast.HEALTH)


def test_an_accused_who_may_not_act_is_not_late():
    """R51: the unit is, which has to name somebody else."""
    accuse = a.Complete(
        by=cast.OPERATOR, accused=[Accused(id=cast.OFFICER.id.upper(), unit=cast.HEALTH)]
    )
    late = cast.lapsed_case(cast.record(cast.at_officer(), accuse))
    (record,) = late.lapses
    assert record.late == Holder(role=Role.OFFICER, unit=cast.HEALTH)
    assert late_holder_text(record.late, "vi") == f"cơ quan, đơn vị ({cast.HEALTH})"
    assert cast.record(late, a.Reassign(by=cast.HEAD, to=SECOND)).lapses == (
        record,
    )  # the unit still has it
    first = cast.lapsed_case(cast.at_officer())
    blamed, more = (
        cast.record(
            attrs.evolve(first, lapses=first.lapses * n), accuse, at=first.updated_at + HOUR
        )
        for n in (1, 2)
    )
    assert more.lapses == (first.lapses[0], *blamed.lapses)
    assert blamed.lapses == (  # from then on the unit is, and they no more
        attrs.evolve(first.lapses[0], ended_at=blamed.updated_at),
        attrs.evolve(record, since=blamed.updated_at),
    )
    other = attrs.evolve(accuse, accused=(Accused(id="cb-9", unit=cast.HEALTH),))
    assert [cast.record(x, other).lapses == x.lapses for x in (first, blamed, late)] == [True] * 3
    for case in (blamed, late):
        lifted, event = lift_on(case, cast.CENTRE_SHUT, case.updated_at + HOUR)
        assert (event.late, lifted.is_late, lifted.clock is None) == (
            case.lapses[0].late, False, False,
        )  # fmt: skip
    assert [each[3:6] for each in lifted.figures if each[0] == "limit"][-1] == (
        "officer", None, cast.HEALTH,
    )  # fmt: skip


def test_a_step_that_was_entered_late_says_so():
    """R49: stated in time it is in time, with a caution and both times."""
    case = cast.at_officer(
        rules=cast.read(late_after="due", asked_again="continues", backdating="keep")
    )

    def answer(at, recorded_at):
        return decide(case, cast.ANSWER, attrs.evolve(cast.context(at), recorded_at=recorded_at))

    after = case.due + DAY
    late, soon = answer(case.due, after), answer(case.due, case.due)
    assert (late.case.is_late, late.case.entered_after_due) == (False, True)
    assert "entered_after_due" in find_cautions(late.case, cast.context(after))
    assert not soon.case.entered_after_due
    assert not answer(case.due + US, after).case.entered_after_due
    assert late.case.recorded_at == late.events[0].recorded_at == after
    assert ", entered 2026-03-03 17:30" in late.events[0].as_text()
    assert "entered" not in soon.events[0].as_text()
    refuse = attrs.evolve(cast.context(case.due, cast.read(backdating="refuse")), recorded_at=after)
    (reason,) = decide(case, cast.ANSWER, refuse).reasons
    assert (reason.code, reason.article.id, reason.reading) == ("backdated", "8.1.b", "R49")
    lapsed = decide(case, a.Lapse(), attrs.evolve(refuse, at=case.due + US))
    assert isinstance(lapsed, Recorded)
    noted = decide(
        case, a.Note(by=cast.OFFICER, text="Đã gọi"), attrs.evolve(refuse, rules=cast.HOA_BINH_2019)
    )
    assert [each.case.entered_after_due for each in (lapsed, noted)] == [False, False]


def test_a_step_that_shifts_lateness_says_when_it_was_entered():
    """R49: it began a limit that had run out by then, or gave case or blame away in time."""
    handed = cast.at_officer()
    blamed = a.Complete(by=cast.OPERATOR, accused=[Accused(id=cast.OFFICER.id, unit="x")])
    given = a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2"))
    asked = cast.verification_request(handed)

    def enter(case, act, recorded_at):
        context = attrs.evolve(cast.context(case.updated_at), recorded_at=recorded_at)
        return decide(case, act, context).case

    for case, act in ((handed, blamed), (cast.at_officer("information"), given)):
        ends = case.due
        assert not enter(case, act, ends).entered_after_due
        assert enter(case, act, ends + US).entered_after_due
    for added in ({"sender": Sender(name="Lò")}, {"accused": [Accused(id="cb-9", unit="x")]}):
        assert not enter(
            handed, a.Complete(by=cast.OPERATOR, **added), handed.due + US
        ).entered_after_due
    hand_over = a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
    for case, act in ((cast.received_case(), hand_over), (handed, asked)):
        assert enter(case, act, max(handed.due, enter(case, act, None).due) + US).entered_after_due
    due = enter(cast.received_case(), hand_over, None).due
    assert not enter(cast.received_case(), hand_over, due).entered_after_due


def test_a_notice_of_another_day_moves_nothing():
    """R50: a lifted limit is counted anew only by what today's calendar says of its days."""
    later = Notice(
        document="TB 8", issued=date(2026, 2, 20), days=(NoticeDay(date(2026, 3, 9), "off"),)
    )
    calendar = attrs.evolve(cast.CENTRE, notices=(later,))
    late = cast.lapsed_case(cast.at_officer())
    assert lift_on(late, calendar, late.updated_at + timedelta(seconds=1))[0].due is None


def test_the_documents_of_a_lift_do_not_name_the_sender():
    """R40: whoever handles the case reads them, and they outlive an erasure."""
    late = cast.lapsed_case(cast.at_officer())
    named = attrs.evolve(LIFT, documents=[f"Đơn của {cast.SENDER.name}"])
    assert cast.refuse(late, named) == ["names_sender"]
    of_them = Person(id="ld-2", role="leadership", unit=cast.HEALTH)
    for act in (named, LIFT):
        assert cast.refuse(late, attrs.evolve(act, by=of_them)) == ["accused_unit"]
    assert cast.record(late, attrs.evolve(LIFT, by=of_them, documents=())).lapses[0].lifted
