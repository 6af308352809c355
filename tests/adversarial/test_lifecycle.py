"""Rows 67, 77, 78 and 85 to 92: receipts, refusals, hand-overs, answers and closed cases.
Rows 71 to 76: whoever is accused or is not the holder, and the case given to another.
Rows 68 to 70: every act at every position, by every role, against the table typed by hand.
Rows 79 to 84: a time is rescheduled once, for a reason, while it is in time.
Rows 93 to 96: what is published and rated."""

from datetime import datetime, timedelta
from functools import partial

import attrs

from phananh import Accused, InputError, Person, RefusedError, StepNotAllowedError, vietnam_calendar
from phananh.errors import CoverageError
from phananh.regulation import acts as a
from phananh.regulation.request import Assignee
from tests.adversarial.stories import (
    COLLEAGUE,
    CULPRIT,
    HEAD,
    LEADERSHIP,
    PROVIDER,
    act,
    answered,
    ask,
    conduct,
    received,
    with_agency,
    with_leadership,
    with_officer,
)
from tests.adversarial.world import World, check_recorded, expect
from tests.desk import people as p
from tests.regulation import cast

ANSWER = a.Answer(text="đã xong", by=p.OFFICER)
ASKED = ["Received", "Escalated", "VerificationRequested"]


def test_row_67(world: World) -> None:
    """A receipt twice under one command id is one case; under another id it is another."""
    first = received(world, command_id="c-1")
    assert received(world, command_id="c-1") == first
    assert [each.event.case for each in world.store.scan()] == [first.id]
    assert received(world, command_id="c-2").id != first.id


def reject(*reasons: str, guidance: str = "Gửi nơi khác") -> a.Reject:
    """Return the operator's refusal for these reasons."""
    return a.Reject(reasons=reasons, guidance=guidance, by=p.OPERATOR)


def test_row_77(world: World) -> None:
    """A refusal needs a reason and a way on; an unknown reason is invalid, one twice kept once."""
    case = received(world)
    world.refuse(lambda: world.desk.do(case.id, reject()), ("no_reasons", "7.2"))
    blank = reject("unclear", guidance="\u200b ")
    world.refuse(lambda: world.desk.do(case.id, blank), ("blank", "7.2"))
    both = reject(guidance=" ")
    world.refuse(lambda: world.desk.do(case.id, both), ("no_reasons", "7.2"), ("blank", "7.2"))
    caught = world.fail(InputError, lambda: reject("rude"), says="'rude'")
    assert isinstance(caught, InputError)
    assert caught.field == "reasons"
    rejected = act(world, case, reject("unclear", "unclear"))
    check_recorded(world, rejected, ["Received", "Rejected"])
    assert rejected.reasons == ("unclear",)


def test_row_78(world: World) -> None:
    """A computed reason that does not hold is no ground; what the operator judges always holds."""
    case = received(world)
    for reason in ("no_name", "no_contact"):
        step = reject(reason)
        world.refuse(lambda step=step: world.desk.do(case.id, step), ("no_ground", "6.c"))
    step = reject("complaint_or_denunciation")
    world.refuse(lambda: world.desk.do(case.id, step), ("no_ground", "1.1.b"))
    world.refuse(lambda: world.desk.do(case.id, reject("not_vietnamese")), ("no_ground", "6.a"))
    for reason in ("unclear", "outside_article_4"):
        assert act(world, received(world), reject(reason)).reasons == (reason,)


def test_row_85(world: World) -> None:
    """A complaint or denunciation is neither answered nor passed on, by 1.1.b."""
    targets = (p.OFFICER, PROVIDER, LEADERSHIP)
    steps: list[a.Act] = [a.Escalate(to=to, by=p.OPERATOR) for to in targets]
    for case in (received(world, "complaint"), received(world, "denunciation")):
        for step in (*steps, a.Answer(text="đã rõ", by=p.OPERATOR)):
            world.refuse(partial(world.desk.do, case.id, step), ("complaint", "1.1.b"))


def test_row_86(world: World) -> None:
    """Passed on to a role that the kind does not fit is refused by the clause of that role."""
    for kind, to, article in (
        ("service", p.OFFICER, "8.1.b"),
        ("information", PROVIDER, "8.2.a"),
        ("conduct", PROVIDER, "8.2.a"),
    ):
        case, step = received(world, kind), a.Escalate(to=to, by=p.OPERATOR)
        world.refuse(lambda step=step, c=case: world.desk.do(c.id, step), ("unfit_target", article))
    case = act(world, received(world, "service"), a.Escalate(to=LEADERSHIP, by=p.OPERATOR))
    check_recorded(world, case, ["Received", "Escalated"])


def test_row_87(world: World) -> None:
    """The operator does not answer while the leadership has the case."""
    case, step = with_leadership(world), a.Answer(text="đã rõ", by=p.OPERATOR)
    reasons = (("wrong_holder", "8.1.b"), ("wrong_role", "8.1.b"))
    world.refuse(lambda: world.desk.do(case.id, step), *reasons)


def test_row_88(world: World) -> None:
    """An answer that comes with the lapse stands behind it, whichever is recorded first."""
    for sweeps_first in (True, False):
        case = with_officer(world)
        assert case.due
        world.hand.at = case.due + p.MICROSECOND
        if sweeps_first:
            world.desk.sweep()
        done = world.do(case, ANSWER)
        world.desk.sweep()
        check_recorded(world, done, ["Received", "Escalated", "Lapsed", "Answered"])
        assert ([lapse.due for lapse in done.lapses], done.is_late) == ([case.due], True)


def test_row_89(world: World) -> None:
    """Findings after the agency's due are recorded; the officer has the case, late for ever."""
    case = with_agency(world)
    assert case.due
    world.hand.at = case.due + p.MICROSECOND
    found = world.do(case, a.ReportFindings(text="có chậm trễ", by=p.AGENCY))
    check_recorded(world, found, [*ASKED, "Lapsed", "FindingsReported"])
    holder = found.holder and (found.holder.role, found.holder.id)
    assert (found.state, holder, found.due) == ("overdue", ("officer", "OF-1"), None)
    done = world.do(act(world, found, ANSWER), a.Close(by=p.OPERATOR))
    assert [(lapse.stage, lapse.due) for lapse in done.lapses] == [("agency", case.due)]


def not_allowed(world: World, case: str, step: a.Act, *, says: str = "") -> None:
    """Check that an act is no step of the lifecycle, and which steps there are."""
    caught = world.fail(StepNotAllowedError, lambda: world.desk.do(case, step), says=says)
    assert isinstance(caught, StepNotAllowedError)
    assert step.trigger not in caught.allowed


def test_row_90(world: World) -> None:
    """What is not answered is not closed: received, escalated, asked, or overdue."""
    for case in (received(world), with_officer(world), with_agency(world)):
        not_allowed(world, case.id, a.Close(by=p.OPERATOR))
    late = with_officer(world)
    world.wait(300)
    world.desk.sweep()
    assert world.desk.get(late.id).state == "overdue"
    not_allowed(world, late.id, a.Close(by=p.OPERATOR))


def test_row_91(world: World) -> None:
    """A blank opinion is refused by 8.3, and a second one is no step."""
    case = with_leadership(world)
    blank = a.Advise(text="\u200b", within_competence=True, by=LEADERSHIP)
    world.refuse(lambda: world.desk.do(case.id, blank), ("blank", "8.3"))
    opinion = a.Advise(text="thuộc thẩm quyền", within_competence=True, by=LEADERSHIP)
    check_recorded(world, act(world, case, opinion), ["Received", "Escalated", "Advised"])
    not_allowed(world, case.id, opinion)


def test_row_92(world: World) -> None:
    """No act opens a closed case again, and it says that new facts make a new, linked case."""
    case = act(world, answered(world), a.Close(by=p.OPERATOR))
    after = {"publish", "commend", "rate", "notify_unit", "receive", *a.SYSTEM_TRIGGERS}
    after |= {"complete", "lift_lapse", "reopen"}
    for trigger in a.ACTS.keys() - after:
        step = cast.well_formed_act(trigger, p.OPERATOR, case, world.hand.at + 90 * p.HOUR)
        not_allowed(world, case.id, step, says="a new, linked case (reading R13)")


ACCUSED = ("accused", "8.1.c2")
NAMED = ("accused_named", "8.1.c2")


def test_row_71(world: World) -> None:
    """The right role of another officer or unit is refused: the case is not theirs."""
    case = with_officer(world)
    for by in (COLLEAGUE, Person(id="OF-1", role="provider", unit="U-1")):
        reason = ("wrong_role" if by.role == "provider" else "not_the_holder", "8.1.b")
        step = a.Answer(text="đã xong", by=by)
        world.refuse(lambda step=step: world.desk.do(case.id, step), reason)
    case = with_agency(world)
    step = a.ReportFindings(text="có", by=attrs.evolve(p.AGENCY, unit="U-3"))
    world.refuse(lambda: world.desk.do(case.id, step), ("not_the_holder", "8.1.c1"))


def test_row_72(world: World) -> None:
    """The accused are refused whatever they do, by 8.1.c2 alone."""
    culprit = "cb-1"  # however it is spelt
    case, done = act(world, conduct(world), to(COLLEAGUE)), None
    asked = a.RequestVerification(
        agency="U-1", appointment=world.hand.at + 50 * p.HOUR, by=COLLEAGUE
    )
    for story, step in (
        (case, a.Note(text="một", by=Person(id=culprit, role="operator"))),
        (case, a.Reassign(to=Assignee(id="CB-3"), by=attrs.evolve(HEAD, id=culprit))),
        (act(world, act(world, conduct(world), to(COLLEAGUE)), asked), report(culprit)),
        (done := answered(world, act(world, conduct(world), to(COLLEAGUE))), close(culprit)),
        (done, a.Publish(text="đã xử lý", by=Person(id=culprit, role="operator"))),
    ):
        world.refuse(lambda story=story, step=step: world.desk.do(story.id, step), ACCUSED)
        by = attrs.evolve(step.by, id="KHAC-1")
        world.do(story, attrs.evolve(step, by=by))
    holds = act(world, act(world, with_officer(world, COLLEAGUE), accuse(COLLEAGUE)), note())
    step = a.Answer(text="đã xong", by=COLLEAGUE)
    world.refuse(lambda: world.desk.do(holds.id, step), ACCUSED)


def to(person: Person) -> a.Escalate:
    """Return the act that gives a case to somebody."""
    return a.Escalate(to=person, by=p.OPERATOR)


def report(by: str) -> a.ReportFindings:
    """Return findings by this person of the agency."""
    return a.ReportFindings(text="không có gì", by=Person(id=by, role="agency", unit="U-1"))


def close(by: str) -> a.Close:
    """Return the closing by this operator."""
    return a.Close(by=Person(id=by, role="operator"))


def accuse(person: Person) -> a.Complete:
    """Return the act by which an operator adds somebody to the accused."""
    return a.Complete(accused=[Accused(id=person.id, unit=person.unit)], by=p.OPERATOR)


def note() -> a.Note:
    """Return a note of an operator."""
    return a.Note(text="một", by=p.OPERATOR)


def test_row_73(world: World) -> None:
    """The accused operator takes the call, as nobody is turned away; the next act is refused."""
    by = Person(id=CULPRIT.id or "", role="operator")
    call = a.Receive(
        kind="conduct", channel="phone", content=p.SAID, sender=p.SENDER, accused=[CULPRIT], by=by
    )
    case = world.do(None, call)
    check_recorded(world, case, ["Received"])
    step = a.Answer(text="không sao", by=by)
    world.refuse(lambda: world.desk.do(case.id, step), ACCUSED)


def test_row_74(world: World) -> None:
    """A colleague of the accused handles the case of a unit that was told."""
    case = act(world, conduct(world), a.NotifyUnit(unit="U-1", by=LEADERSHIP))
    case = act(world, case, to(COLLEAGUE))
    check_recorded(
        world, answered(world, case), ["Received", "UnitNotified", "Escalated", "Answered"]
    )


def test_row_75(world: World) -> None:
    """Nobody gives the case to the accused, and a head who is accused gives it to nobody."""
    case = conduct(world)
    culprit = Person(id="cb-1", role="officer", unit="U-1")
    world.refuse(lambda: world.desk.do(case.id, to(culprit)), NAMED)
    case = act(world, case, to(COLLEAGUE))
    step = a.Reassign(to=Assignee(id="cb-1"), by=HEAD)
    world.refuse(lambda: world.desk.do(case.id, step), NAMED)
    step = a.Reassign(to=Assignee(id="CB-3"), by=attrs.evolve(HEAD, id="cb-1"))
    world.refuse(lambda: world.desk.do(case.id, step), ACCUSED)


def test_row_76(world: World) -> None:
    """Reassigned to the same person is refused; to another it is recorded, and the due stays."""
    case = with_officer(world)
    step = a.Reassign(to=Assignee(id="of-1"), by=HEAD)
    world.refuse(lambda: world.desk.do(case.id, step), ("same_person", "11.1.a"))
    world.wait()
    given = act(world, case, attrs.evolve(step, to=Assignee(id="OF-2")))
    check_recorded(world, given, ["Received", "Escalated", "Reassigned"])
    assert (given.holder and given.holder.id, given.due) == ("OF-2", case.due)


# What becomes of an act that is done again at once. N: there is no such step any more. F: it is
# refused. R: it is recorded again.


BEFORE = ("rescheduled_before", "9.3")
ASKED = ["Received", "Escalated", "VerificationRequested"]


def put_off(to: datetime, reason: str = "chờ hồ sơ gốc") -> a.Reschedule:
    """Return the agency's reschedule to a time."""
    return a.Reschedule(to=to, reason=reason, by=p.AGENCY)


def test_row_79(world: World) -> None:
    """A second reschedule is refused, and it says that there was a first."""
    case = with_agency(world)
    assert case.due
    case = act(world, case, put_off(case.due + p.HOUR))
    check_recorded(world, case, [*ASKED, "Rescheduled"])
    step = put_off(world.hand.at + 80 * p.HOUR)
    world.refuse(lambda: world.desk.do(case.id, step), BEFORE, says="already rescheduled")


def test_row_80(world: World) -> None:
    """After a second hand-over a reschedule is refused too: it is once per case."""
    case = with_agency(world)
    assert case.due
    case = act(world, case, put_off(case.due + p.HOUR))
    case = act(world, case, a.ReportFindings(text="có", by=p.AGENCY))
    case = act(world, case, ask(world, "U-5"))
    assert case.due
    step = attrs.evolve(put_off(case.due + p.HOUR), by=attrs.evolve(p.AGENCY, unit="U-5"))
    world.refuse(lambda: world.desk.do(case.id, step), BEFORE)


def test_row_81(world: World) -> None:
    """By another, without a reason, and to no later time: each is refused, all reasons at once."""
    case = with_agency(world)
    assert case.due
    for to in (case.due, case.due - p.HOUR, world.hand.at - p.HOUR):
        step = put_off(to)
        world.refuse(lambda step=step: world.desk.do(case.id, step), ("not_later", "9.3"))
    other = attrs.evolve(put_off(case.due, " "), by=attrs.evolve(p.AGENCY, unit="U-5"))
    reasons = (("not_the_holder", "9.3"), ("not_later", "9.3"), ("blank", "9.3"))
    world.refuse(lambda: world.desk.do(case.id, other), *reasons)
    officer = attrs.evolve(put_off(case.due, " "), by=p.OFFICER)
    reasons = (("wrong_role", "9.3"), ("not_later", "9.3"), ("blank", "9.3"))
    world.refuse(lambda: world.desk.do(case.id, officer), *reasons)


def test_row_82(world: World) -> None:
    """Beyond the official days a time is recorded as provisional; a strict calendar refuses it."""
    office = vietnam_calendar("A")
    for year in (2027, 2150):
        to = datetime(year, 6, 1, 9, tzinfo=p.VIETNAM)
        world.calendar = office
        case = act(world, with_agency(world), put_off(to))
        assert (case.due, case.appointments[-1].provisional) == (to, True)
        assert "appointment_provisional" in world.desk.cautions(case)
        world.calendar = attrs.evolve(office, strict=True)
        asked = with_agency(world)
        world.fail(CoverageError, lambda asked=asked, to=to: world.desk.do(asked.id, put_off(to)))


def test_row_83(world: World) -> None:
    """A reschedule to a Sunday is recorded as promised, and pointed out."""
    case = with_agency(world)
    sunday = datetime(2026, 3, 15, 9, tzinfo=p.VIETNAM)
    moved = act(world, case, put_off(sunday))
    check_recorded(world, moved, [*ASKED, "Rescheduled"])
    assert (moved.due, moved.promised) == (sunday, sunday)
    assert "appointment_off_hours" in world.desk.cautions(moved)


def test_row_84(world: World) -> None:
    """A reschedule after the due is refused by 9.3, nothing is recorded, and it reads overdue."""
    case = with_agency(world)
    assert case.due
    world.hand.at = case.due + p.MICROSECOND
    step = put_off(case.due + timedelta(days=3))
    late = ("already_late", "9.3")
    world.refuse(lambda: world.desk.do(case.id, step), late, says="reading R4")
    check_recorded(world, case, ASKED)
    assert world.desk.as_of(case.id).state == "overdue"
    world.hand.at = case.due
    assert world.do(case, step).due == step.to


DONE = ["Received", "Escalated", "Answered"]


def test_row_93(world: World) -> None:
    """A case on conduct is not published by the system; an operator publishes it, redacted."""
    case = answered(world, act(world, conduct(world), a.Escalate(to=COLLEAGUE, by=p.OPERATOR)))
    step = a.Publish(text="Đã xử lý", by=a.SYSTEM)
    world.refuse(lambda: world.desk.do(case.id, step), ("wrong_role", "10.2.b"))
    published = act(world, case, attrs.evolve(step, by=p.OPERATOR))
    check_recorded(world, published, [*DONE, "Published"])


def test_row_94(world: World) -> None:
    """A published text that gives the sender's name, phone or mail is refused without the value."""
    case = answered(world)
    for given in ("NGƯỜI GỬI MẪU", "0218.383.1022", "MAU@example.vn"):
        step = a.Publish(text=f"Trả lời {given} như sau", by=p.OPERATOR)
        refused = partial(world.desk.do, case.id, step)
        world.refuse(refused, ("names_sender", "2.2"), says="name the sender")
        assert given not in str(expect(RefusedError, refused))


def test_row_95(world: World) -> None:
    """A score that is no whole number from 1 to 5 is invalid."""
    case = answered(world, with_officer(world))
    for score in (0, 6, 4.5, True, "5"):
        rate = partial(world.desk.rate, case.code, score=score, by=p.CITIZEN)
        caught = world.fail(InputError, rate)
        assert isinstance(caught, InputError)
        assert caught.field == "score"
    rated = world.desk.rate(case.code, score=5, by=p.CITIZEN)
    check_recorded(world, rated, [*DONE, "Rated"])


def test_row_96(world: World) -> None:
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
