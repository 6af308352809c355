"""An event keeps what its act says, who did it, when and by which rules (Art. 7-10, 16.1)."""

from datetime import timedelta

import attrs

from phananh.regulation import acts as a
from phananh.regulation.case import (
    Appointment,
    FindingsRecord,
    LapseRecord,
    MoveRecord,
    RunningLimit,
    SendBackRecord,
    fold,
)
from phananh.regulation.decide import decide
from phananh.regulation.request import Assignee, Person, Role, Sender
from tests.regulation import cast

AT = cast.MONDAY + cast.HOUR / 4
ENTERED = AT + cast.HOUR
WHOLE = a.Receive(
    by=Person(id="cd-may", role="citizen"), kind="conduct", channel="email", content="Chờ lâu",
    sender=attrs.evolve(cast.SENDER, id="cd-may"), accused=[cast.CULPRIT], about_unit=cast.LAND,
    language="vi-VN",
)  # fmt: skip
ACTS = (
    (cast.received_case, a.Complete(
        by=cast.OPERATOR, kind="proposal", accused=[cast.CULPRIT], about_unit=cast.LAND,
        content="Khác", sender=Sender(address="Tổ 5"), language="en")),
    (cast.at_officer, a.Note(by=cast.OFFICER, text="Đã gọi")),
    (cast.received_case, cast.reject("unclear")),
    (cast.at_officer, a.Answer(by=cast.OFFICER, text="Đã rõ", documents=["CV 1", "CV 2"])),
    (cast.received_case, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)),
    (cast.at_leadership, cast.OPINION),
    (cast.at_officer, a.RequestVerification(
        by=cast.OFFICER, agency=cast.LAND, appointment=cast.LATER, focal="dm-tnmt")),
    (cast.at_agency, attrs.evolve(cast.FOUND, documents=["BC 1", "BC 2"])),
    (cast.at_officer, a.SendBack(by=cast.OFFICER, text="Không thuộc lĩnh vực")),
    (cast.at_agency, cast.PUT_OFF),
    (cast.at_officer, a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2"))),
    (cast.at_officer, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH, text="Cử người khác")),
    (cast.at_officer, a.Withdraw(by=cast.CITIZEN, text="Đã xong")),
    (cast.rejected_case, a.Reopen(by=cast.LEADERSHIP, text="Sai")),
    (cast.answered_case, a.Close(by=cast.OPERATOR)),
    (cast.answered_case, a.Publish(by=cast.OPERATOR, text="Đã xử lý")),
    (cast.answered_case, a.Commend(by=cast.HEAD, text="Đề nghị khen")),
    (cast.answered_case, a.Rate(by=cast.CITIZEN, score=4)),
)  # fmt: skip


def shared(one, other) -> set[str]:
    """Return the names of the fields that two values have in common, but for the moment."""
    first, second = ({field.name for field in attrs.fields(type(each))} for each in (one, other))
    return first & second - {"at"}


def test_an_event_keeps_every_field_of_its_act():
    """Whatever an act says stands in its event, with the case, the rules and both moments."""
    texts = {(act.trigger, f) for _, act in ACTS for f in attrs.fields(type(act)) if not f.repr}
    assert [(name, f.name) for name, f in texts if not any(
        act.trigger == name and getattr(act, f.name) for _, act in ACTS)] == []  # fmt: skip
    for story, act in ACTS:
        case = story()
        decision = decide(case, act, attrs.evolve(cast.context(AT), recorded_at=ENTERED))
        event = decision.events[-1]
        for name in shared(act, event):
            assert getattr(event, name) == getattr(act, name), (act.trigger, name)
        assert (event.case, event.n, event.at, event.rules, event.recorded_at) == (
            case.id, case.version + 1, AT, cast.HOA_BINH_2019.id, ENTERED,
        )  # fmt: skip
        end = decision.case
        assert (end.version, end.updated_at, end.recorded_at) == (event.n, AT, ENTERED)


def test_a_case_keeps_every_field_of_its_receipt_and_of_a_completion():
    """7.1, 10.2.a: what came in is the case, and so is what an operator completed."""
    receipt = cast.first_event(**{f.name: getattr(WHOLE, f.name) for f in attrs.fields(a.Receive)
                                  if f.name != "at"})  # fmt: skip
    assert all(getattr(receipt, name) == getattr(WHOLE, name) for name in shared(WHOLE, receipt))
    case = fold((receipt,))
    for name in shared(receipt, case):
        assert getattr(case, name) == getattr(receipt, name)
    assert (case.sender_id, case.received_at, case.since) == ("cd-may", cast.MONDAY, cast.MONDAY)
    act = attrs.evolve(ACTS[0][1], sender=Sender(address="Tổ 5"))
    done = cast.record(case, act)
    for name in ("kind", "accused", "about_unit", "content", "language"):
        assert getattr(done, name) == getattr(act, name)
    assert done.sender == attrs.evolve(case.sender, address="Tổ 5")


def test_every_field_of_what_a_case_remembers():
    """9.1, 9.2, R15, R41, R53: limits, reports, appointments, moves and lapses, each whole."""
    case = cast.at_officer()
    due, since = case.due, case.since
    assert case.clock == RunningLimit(opened_by=2, due=due, late_after=due)
    told = cast.record(case, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH))
    assert [each[0] for each in told.figures] == ["limit", "notified"]  # it ends as it did
    moved = cast.record(case, a.MoveDeadline(recount=cast.make_recount(case)))
    assert moved.moves == (
        MoveRecord(opened_by=2, at=moved.updated_at, old=due, new=moved.due, notices=("TB 1",)),
    )
    back = cast.record(case, a.SendBack(by=cast.OFFICER, text="x"), at=since + cast.HOUR)
    assert back.sent_back == (
        SendBackRecord(
            n=3, role=Role.OFFICER, holder=cast.OFFICER.id, at=back.updated_at, due=due,
            left=4 * cast.HOUR,
        ),
    )  # fmt: skip
    late = cast.lapsed_case(case)
    person = {"stage": Role.OFFICER, "holder": cast.OFFICER.id, "unit": cast.HEALTH}
    assert late.lapses == (LapseRecord(opened_by=2, due=due, since=since, **person),)
    asked = cast.at_agency()
    promised = Appointment(
        told_at=asked.updated_at, time=asked.promised, by=cast.OFFICER, version=3
    )
    assert asked.appointments == (promised,)
    found = cast.record(asked, cast.FOUND, at=asked.updated_at + timedelta(minutes=9))
    assert found.findings == (
        FindingsRecord(
            n=4, agency=cast.HEALTH, at=found.updated_at, due=asked.due,
            left=timedelta(hours=7, minutes=51),
        ),
    )  # fmt: skip
    assert a.Lapse().by == Person(id="clock", role="system")
    late = cast.lapsed_case(asked)
    unit = {"stage": Role.AGENCY, "holder": cast.HEALTH, "unit": cast.HEALTH}
    assert late.lapses == (LapseRecord(opened_by=3, due=asked.due, since=asked.since, **unit),)
    report = cast.record(late, cast.FOUND)
    assert (report.findings[0].due, report.findings[0].left) == (None, timedelta())
    assert report.lapses == (attrs.evolve(late.lapses[0], ended_at=report.updated_at),)
