"""Rows 67, 77, 78 and 85 to 92: receipts, refusals, hand-overs, answers and closed cases."""

from functools import partial

from phananh import InputError, StepNotAllowedError
from phananh.regulation.values import acts as a
from tests.adversarial import broken, changed
from tests.adversarial.rows import row
from tests.adversarial.stories import (
    LEADERSHIP,
    PROVIDER,
    act,
    answered,
    received,
    with_agency,
    with_leadership,
    with_officer,
)
from tests.adversarial.world import World, check_recorded
from tests.desk import people as p
from tests.regulation import cast

ANSWER = a.Answer(text="đã xong", by=p.OFFICER)
ASKED = ["Received", "Escalated", "VerificationRequested"]


@row(broken.on(broken.ForgetsCommands, "command ids are kept"))
def row_67(world: World) -> None:
    """A receipt twice under one command id is one case; under another id it is another."""
    first = received(world, command_id="c-1")
    assert received(world, command_id="c-1") == first
    assert [each.event.case for each in world.store.scan()] == [first.id]
    assert received(world, command_id="c-2").id != first.id


def reject(*reasons: str, guidance: str = "Gửi nơi khác") -> a.Reject:
    """Return the operator's refusal for these reasons."""
    return a.Reject(reasons=reasons, guidance=guidance, by=p.OPERATOR)


@row(changed.unguarded("reject", "no_reasons"), changed.unguarded("reject", "blank"))
def row_77(world: World) -> None:
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


@row(changed.unguarded("reject", "no_ground"))
def row_78(world: World) -> None:
    """A computed reason that does not hold is no ground; what the operator judges always holds."""
    case = received(world)
    for reason in ("no_name", "no_contact"):
        step = reject(reason)
        world.refuse(lambda step=step: world.desk.do(case.id, step), ("no_ground", "6.c"))
    step = reject("complaint_or_denunciation")
    world.refuse(lambda: world.desk.do(case.id, step), ("no_ground", "1.1.b"))
    for reason in ("unclear", "not_vietnamese", "outside_article_4"):
        assert act(world, received(world), reject(reason)).reasons == (reason,)


@row(changed.unguarded("answer", "complaint"), changed.unguarded("escalate", "complaint"))
def row_85(world: World) -> None:
    """A complaint or denunciation is neither answered nor passed on, by 1.1.b."""
    targets = (p.OFFICER, PROVIDER, LEADERSHIP)
    steps: list[a.Act] = [a.Escalate(to=to, by=p.OPERATOR) for to in targets]
    for case in (received(world, "complaint"), received(world, "denunciation")):
        for step in (*steps, a.Answer(text="đã rõ", by=p.OPERATOR)):
            world.refuse(partial(world.desk.do, case.id, step), ("complaint", "1.1.b"))


@row(changed.unguarded("escalate", "unfit_target"))
def row_86(world: World) -> None:
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


@row(
    changed.wider(
        "answer",
        "the operator answers what lies with the operator",
        sources="escalated",
        holders="operator leadership",
    ),
)
def row_87(world: World) -> None:
    """The operator does not answer while the leadership has the case."""
    case, step = with_leadership(world), a.Answer(text="đã rõ", by=p.OPERATOR)
    reasons = (("wrong_holder", "8.1.b"), ("wrong_role", "8.1.b"))
    world.refuse(lambda: world.desk.do(case.id, step), *reasons)


@row(changed.LAPSE_FIRST)
def row_88(world: World) -> None:
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


@row(changed.BACK_TO_THE_OFFICER, changed.LAPSE_FIRST)
def row_89(world: World) -> None:
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


@row(
    changed.wider("close", "only what is done is closed", sources="escalated"),
    changed.wider("close", "only what is done is closed, late or not", sources="overdue"),
)
def row_90(world: World) -> None:
    """What is not answered is not closed: received, escalated, asked, or overdue."""
    for case in (received(world), with_officer(world), with_agency(world)):
        not_allowed(world, case.id, a.Close(by=p.OPERATOR))
    late = with_officer(world)
    world.wait(300)
    world.desk.sweep()
    assert world.desk.get(late.id).state == "overdue"
    not_allowed(world, late.id, a.Close(by=p.OPERATOR))


@row(
    changed.unguarded("advise", "blank"),
    changed.wider("advise", "an opinion is given where it was asked for", sources="received"),
)
def row_91(world: World) -> None:
    """A blank opinion is refused by 8.3, and a second one is no step."""
    case = with_leadership(world)
    blank = a.Advise(text="\u200b", within_competence=True, by=LEADERSHIP)
    world.refuse(lambda: world.desk.do(case.id, blank), ("blank", "8.3"))
    opinion = a.Advise(text="thuộc thẩm quyền", within_competence=True, by=LEADERSHIP)
    check_recorded(world, act(world, case, opinion), ["Received", "Escalated", "Advised"])
    not_allowed(world, case.id, opinion)


@row(changed.wider("complete", "what is closed stays closed", sources="closed"))
def row_92(world: World) -> None:
    """No act opens a closed case again, and it says that new facts make a new, linked case."""
    case = act(world, answered(world), a.Close(by=p.OPERATOR))
    after = {"publish", "commend", "rate", "notify_unit", "receive", *a.SYSTEM_TRIGGERS}
    for trigger in a.ACTS.keys() - after:
        step = cast.well_formed_act(trigger, p.OPERATOR, case, world.hand.at + 90 * p.HOUR)
        not_allowed(world, case.id, step, says="a new, linked case (reading R13)")
