"""The event of an allowed act: the new holder of the case, and its limit (Art. 8, 9).

There is one function per trigger, and `make_recorder` makes those that record what the act says
and nothing else. It is called only after the table and the guards said yes.
"""

from collections.abc import Callable
from typing import Any

import attrs

from phananh.articles import Article
from phananh.errors import NoWorkingTimeError
from phananh.plain_value import make_unchecked
from phananh.regulation import acts as a, events as e
from phananh.regulation.access import is_accused, leave_out_accused
from phananh.regulation.case import Case, find_latest_lapse, find_stored
from phananh.regulation.cleaning import fold_id
from phananh.regulation.conduct import find_replaced, merge_accused
from phananh.regulation.context import DecisionContext
from phananh.regulation.deadline import Deadline, compute_late_after, lay_limit
from phananh.regulation.guards import cite_note
from phananh.regulation.intake import find_unmet
from phananh.regulation.request import Holder, Role, State
from phananh.regulation.reschedule import (
    find_due,
    is_time_provisional,
    measure_left,
    start_limit_again,
)

Header = dict[str, Any]
Recorder = Callable[[Case, Any, Header, DecisionContext], e.Event]


def make_header(
    case: Case, act: a.Act, state: State, article: Article, context: DecisionContext
) -> Header:
    """Return the header of every event, with the person who answers for it (Art. 11.1.d).

    The holder stays, unless the recorder names another. An event stays for good, so a citizen is
    in it without a unit.
    """
    by = act.by
    return {
        "case": case.id,
        "n": case.version + 1,
        "at": context.at,
        "by": attrs.evolve(by, unit=None) if by.role is Role.CITIZEN else by,
        "state": state,
        "holder": case.holder,
        "rules": context.rules.id,
        "article": article.id,
        "recorded_at": context.recorded_at,
    }


def make_recorder(event: type[e.Event], **changes: Any) -> Recorder:
    """Return a recorder of what an act says, with these `changes` to the header."""
    names = tuple(attrs.fields_dict(event).keys() - attrs.fields_dict(e.Event).keys())

    def record(case: Case, act: a.Act, head: Header, context: DecisionContext) -> e.Event:
        fields = head | changes
        for name in names:
            fields[name] = getattr(act, name)
        return make_unchecked(event, fields)

    return record


def complete(case: Case, act: a.Complete, head: Header, context: DecisionContext) -> e.Event:
    """Record Art. 10.2.a. After the hand-over new accused are added to those known (R39)."""
    return e.Completed(
        **head,
        kind=act.kind,
        accused=merge_accused(case, act.accused),
        about_unit=act.about_unit,
        content=act.content,
        sender=act.sender,
        language=act.language,
        procedure=act.procedure,
    )


def note(case: Case, act: a.Note, head: Header, context: DecisionContext) -> e.Event:
    """Record Art. 8.1.c1, 8.2.b, 10.2.a. State, holder and limit stay."""
    own = cite_note(act.by.role)
    return e.Noted(**head | ({"article": own.id} if own else {}), text=act.text)


def reject(case: Case, act: a.Reject, head: Header, context: DecisionContext) -> e.Event:
    """Record Art. 7.2. Every computed reason is added to those given. The case has no holder."""
    computed = (each.code.value for each in find_unmet(case, rules=context.rules))
    return e.Rejected(
        **head | {"holder": None},
        reasons=tuple(dict.fromkeys((*act.reasons, *computed))),
        guidance=act.guidance,
    )


def escalate(case: Case, act: a.Escalate, head: Header, context: DecisionContext) -> e.Event:
    """Record Art. 7.3, 8.1.b, 8.2.a, 8.3. The officer's 5 hours start (9.1), or go on (R53)."""
    holder = Holder(role=act.to.role, id=act.to.id, unit=act.to.unit)
    deadline = start_limit_again(case, holder, context.rules.limit(holder.role), context)
    return make_unchecked(e.Escalated, head | {"holder": holder, "deadline": deadline})


def request_verification(
    case: Case, act: a.RequestVerification, head: Header, context: DecisionContext
) -> e.Event:
    """Record Art. 8.1.c1. The agency's 8 hours start, or go on if asked before (9.2, R41)."""
    holder = Holder(role=Role.AGENCY, id=act.focal, unit=act.agency)
    return e.VerificationRequested(
        **head | {"holder": holder},
        agency=act.agency,
        focal=act.focal,
        appointment=act.appointment,
        deadline=start_limit_again(case, holder, context.rules.agency_limit, context),
    )


def report_findings(
    case: Case, act: a.ReportFindings, head: Header, context: DecisionContext
) -> e.Event:
    """Record Art. 8.1.c1. The officer has it again, without a limit unless R8 sets one."""
    agency, holder = case.holder, _find_who_asked(case)
    assert agency is not None  # the agency holds it
    return e.FindingsReported(
        **head | {"holder": holder},
        text=act.text,
        documents=act.documents,
        deadline=context.start_limit(context.rules.reply_limit, holder),
        agency=fold_id(agency.unit) if agency.unit else None,
        left=measure_left(case, context),
    )


def _find_who_asked(case: Case) -> Holder:
    """Return the officer who asked the agency. If they are accused now, it is only their unit."""
    officer = case.officer
    assert officer is not None  # an agency has a case only after an officer asked
    return attrs.evolve(officer, id=None) if is_accused(case, officer.id) else officer


def send_back(case: Case, act: a.SendBack, head: Header, context: DecisionContext) -> e.Event:
    """Record Art. 10.1.b. What was left of the limit is kept for who sent it back (R53)."""
    sent_by, to, deadline = case.holder, Holder(role=Role.OPERATOR), None
    assert sent_by is not None  # the holder sends it back
    if sent_by.role is Role.AGENCY:
        to = _find_who_asked(case)
        deadline = context.start_limit(context.rules.reply_limit, to)
    return e.SentBack(
        **head | {"holder": to},
        text=act.text,
        by_whom=sent_by,
        left=measure_left(case, context),
        deadline=deadline,
    )


def reschedule(case: Case, act: a.Reschedule, head: Header, context: DecisionContext) -> e.Event:
    """Record Art. 9.3. The due time moves to the new time (R3)."""
    holder, old = case.holder, find_due(case)
    assert holder is not None  # the agency holds it
    assert old is not None  # and it has, or had, a limit
    moves = context.rules.reschedule_moves_due
    calendar = context.calendar_for(holder.role, holder.unit)
    return e.Rescheduled(
        **head,
        to=act.to,
        old=old,
        due=act.to if moves else None,
        late_after=compute_late_after(act.to, calendar=calendar, rules=context.rules)
        if moves
        else None,
        reason=act.reason,
        provisional=is_time_provisional(act.to, calendar=calendar),
    )


def move_deadline(
    case: Case, act: a.MoveDeadline, head: Header, context: DecisionContext
) -> e.Event:
    """Record R15: the same limit, due at another time."""
    old, found = case.deadline, act.recount
    assert old is not None  # the guards have checked it
    assert case.clock is not None  # and this too
    return e.DeadlineMoved(
        **head,
        clock=case.clock.opened_by,
        old=case.clock.due,
        old_calendar=old.calendar,
        old_version=old.version,
        deadline=found.deadline,
        cause=found.cause,
        days=found.days,
        notices=found.notices,
    )


def lapse(case: Case, act: a.Lapse, head: Header, context: DecisionContext) -> e.Lapsed:
    """Record Art. 9.1, 9.2, dated at the last instant in time, whenever it is noticed.

    By reading R2 the lapse of some roles changes the state. For others it is only a fact.
    """
    limit, holder = case.clock, case.holder
    assert limit is not None  # only a running limit runs out
    assert holder is not None  # and it has a holder
    is_state = holder.role in context.rules.overdue_stages
    head |= {"at": limit.late_after} if is_state else {"at": limit.late_after, "state": case.state}
    return e.Lapsed(
        **head,
        clock=limit.opened_by,
        due=limit.due,
        late=leave_out_accused(holder, case.accused),
    )


def lift_lapse(case: Case, act: a.LiftLapse, head: Header, context: DecisionContext) -> e.Event:
    """Record R50. The limit runs again if it still does on the calendar of today."""
    latest = find_latest_lapse(case)
    assert latest is not None  # the guards have checked it
    return e.LapseLifted(
        **head,
        clock=latest.opened_by,
        due=latest.due,
        late=next(each.late for each in case.lapses if each.opened_by == latest.opened_by),
        text=act.text,
        documents=act.documents,
        deadline=_recount_lifted(case, context),
    )


def _recount_lifted(case: Case, context: DecisionContext) -> Deadline | None:
    """Return the limit of the latest lapse as it is counted now, or None if it has ended."""
    lapse, holder = find_latest_lapse(case), case.holder
    if lapse is None or holder is None or holder.role is not lapse.stage or case.clock:
        return None
    old = find_stored(case, lapse.opened_by)
    if (
        old is None
        or old.due != lapse.due
        or (lapse.ended_at is not None and case.state is not State.OVERDUE)
    ):
        return None
    try:
        new = lay_limit(
            old.budget,
            article=old.article,
            at=old.start,
            calendar=context.calendar_for(holder.role, holder.unit),
            rules=context.rules,
            continues=old.continues,
        )
    except NoWorkingTimeError:  # the hours of a unit have ended
        return None
    return new if new.due > context.at else None


def reassign(case: Case, act: a.Reassign, head: Header, context: DecisionContext) -> e.Event:
    """Record Art. 8.1.c2. The limit runs on (R10), in any case if it was rescheduled (9.3)."""
    replaced = find_replaced(case, act)
    assert case.holder is not None  # the table says that it has a holder
    assert replaced is not None  # and an agency has it from an officer
    holder = attrs.evolve(replaced, id=act.to.id, unit=replaced.unit or act.to.unit)
    if replaced is not case.holder:  # who gets the case back from the agency
        return e.Reassigned(**head, officer=holder)
    # The limit that runs, which may be that of the reply after findings (R8), or go on (R41).
    stays = case.is_due_rescheduled or not context.rules.reassign_restarts_clock
    old = None if stays else case.deadline
    again = old and context.lay_limit(old.budget, old.article, holder, continues=old.continues)
    return e.Reassigned(**head | {"holder": holder}, deadline=again)


def report_outcome(
    case: Case, act: a.ReportOutcome, head: Header, context: DecisionContext
) -> e.Event:
    """Record Art. 8.1.c2. State, holder and limit stay."""
    assert act.by.unit is not None  # the guard has checked it
    return e.OutcomeReported(**head, unit=act.by.unit, text=act.text)
