"""Art. 9.3 and 9.2: an agency's limit is moved once, and goes on if the agency is asked again.

An agency may put the citizen off once, while it is still in time. It moves the due time (R3). It
is not possible after the due instant (R4), and the first appointment does not count (R5). Only the
agency may do it (R23), to any later time (R24), once per case (R32), and not if the limit went on
without any time left (R41). Two desks may both get a yes here. The store lets one of them record,
and the other one decides again.

An agency that is asked again goes on with what was left of its limit (R41). Without this an
officer and an agency could put the citizen off for ever, eight hours at a time. What was left is
counted when the agency reports: the working time from then to the running due time, rescheduled or
not, on the agency's calendar. It is stored with the findings, and counted only once. If the limit
had run out, no time is left: asked again, the agency is late from the next instant on.
"""

from datetime import datetime, timedelta
from itertools import takewhile

from phananh.errors import CoverageError
from phananh.regulation.acts import Reschedule
from phananh.regulation.case import (
    Case,
    CaseDeadline,
    FindingsRecord,
    SendBackRecord,
    has_missed,
    name_holder,
)
from phananh.regulation.cleaning import is_same_id, to_vietnam_time
from phananh.regulation.context import DecisionContext
from phananh.regulation.deadline import Deadline, Limit
from phananh.regulation.guards import Facts, Rules, guard, not_blank
from phananh.regulation.request import Holder, Role
from phananh.worktime import WorkCalendar


def count_reschedules(case: Case, *, rules: Rules) -> int:
    """Return how often the case was rescheduled, as 9.3 counts it (R5, R32)."""
    return len(case.reschedules) + bool(rules.first_appointment_counts and case.appointments)


def find_due(case: Case) -> datetime | None:
    """Return the running limit's due instant, else the one that was missed last, else None."""
    return (case.clock or case.lapses[-1]).due if case.clock or case.lapses else None


def is_time_provisional(to: datetime, *, calendar: WorkCalendar) -> bool:
    """Return whether a time lies on a day that is not official yet.

    Raises:
        CoverageError: it does, and the calendar is strict.
    """
    after = to + timedelta.resolution
    calendar.check_settled(to, after)
    try:
        return calendar.provisional(to, after)
    except CoverageError:  # beyond the last day of the calendar, which is not strict
        return True


@guard("rescheduled_before", "9.3")
def reschedules_left(case: Case, _act: object, _at: datetime, rules: Rules) -> Facts | None:
    """Object if the case was rescheduled as often as the rules allow."""
    times = count_reschedules(case, rules=rules)
    first = {"first": "8.1.c1"} if times > len(case.reschedules) else {}  # which counts (R5)
    return (
        {**first, "times": str(times), "most": str(rules.reschedules)}
        if times >= rules.reschedules
        else None
    )


@guard("already_late", "9.3", reading="R4")
def due_not_passed(case: Case, _act: object, at: datetime, rules: Rules) -> Facts | None:
    """Object after the due instant (R4). The lapse comes before the act, so no limit runs."""
    if case.clock is not None or rules.reschedule_after_due:
        return None
    due = find_due(case)
    return {"due": to_vietnam_time(due) if due else "-", "at": to_vietnam_time(at)}


@guard("nothing_left", "9.3", reading="R41")
def something_left(case: Case, _act: object, _at: datetime, rules: Rules) -> Facts | None:
    """Object to moving a limit that went on without any time left, even at its instant (R41)."""
    deadline = case.deadline
    spent = deadline is not None and not deadline.budget
    return {} if spent and not rules.reschedule_after_due else None


@guard("not_later", "9.3", needs_act=True, reading="R24")
def to_later_time(case: Case, act: Reschedule, at: datetime, _rules: Rules) -> Facts | None:
    """Object to a time that is not later than the due time, or already past."""
    due = find_due(case)
    limit = max(due, at) if due else at
    return (
        None if act.to > limit else {"due": to_vietnam_time(limit), "to": to_vietnam_time(act.to)}
    )


RESCHEDULE = (
    reschedules_left, due_not_passed, something_left, to_later_time,
    not_blank("reason", "9.3", reading="R3"),
)  # fmt: skip


def start_limit_again(
    case: Case, holder: Holder, limit: Limit | None, context: DecisionContext
) -> Deadline | None:
    """Return the deadline that `holder` gets now: a new one, or what they had left (R41, R53).

    The leadership gets a new one each time, as each opinion answers another question.

    Raises:
        CoverageError: the limit, or what was left of it, ends outside the days that the calendar
            covers.
    """
    if limit is None or not (case.findings or case.sent_back):
        return context.start_limit(limit, holder)
    is_fresh = holder.role is Role.LEADERSHIP or (
        holder.role is Role.AGENCY and context.rules.asked_again == "fresh"
    )
    left = None if is_fresh else _find_left(case, holder, context)
    if left is None:
        return context.start_limit(limit, holder)
    return context.lay_limit(left, limit.article.id, holder, continues=limit.budget)


def _list_who_had(case: Case, record: SendBackRecord) -> list[str | None]:
    """Return who had the case in turn since the last limit that began before (R10)."""
    figures, slugs = case.figures, ("limit", "held")
    began = max(
        (k for k, x in enumerate(figures) if x[0] == "limit" and x[6] < record.n), default=0
    )
    after = takewhile(lambda figure: figure[0] != "limit", figures[began + 1 :])
    return [
        x[4] for x in (*figures[began : began + 1], *after) if x[0] in slugs and x[3] == record.role
    ]


def _find_left(case: Case, holder: Holder, context: DecisionContext) -> timedelta | None:
    """Return what was left to this holder when the case last left them, None if nothing is kept.

    It was of one limit, to whoever of a unit had the case then (R10). Whose limit ran out has
    none, whatever became of the case since (R41, R53).
    """
    if has_missed(case.lapses, holder):
        return timedelta()
    who, role = name_holder(holder), holder.role
    reports = case.findings if role is Role.AGENCY else ()
    found: list[FindingsRecord | SendBackRecord] = [
        *(each for each in reports if is_same_id(each.agency, who)),
        *(
            each
            for each in case.sent_back
            if each.role is role
            and any(is_same_id(one, who) for one in (each.holder, *_list_who_had(case, each)))
        ),
    ]
    if not found:
        return None
    last = max(found, key=lambda each: each.n)
    if last.left is None and last.due is not None:  # beyond that calendar, or not stored then
        return context.calendar_for(role, holder.unit).remaining(last.at, last.due)
    return None if last.due is None and isinstance(last, SendBackRecord) else last.left


def measure_left(case: Case, context: DecisionContext) -> timedelta | None:
    """Return the working time left to the holder, 0 without a limit, None beyond the calendar.

    A due time that was computed has its own days, whatever the calendar has now (R15).
    """
    holder, limit, deadline = case.holder, case.clock, case.deadline
    if holder is None or limit is None:
        return timedelta()
    if deadline is not None and deadline.due == limit.due:
        return deadline.remaining(context.at)
    try:
        return context.calendar_for(holder.role, holder.unit).remaining(context.at, limit.due)
    except CoverageError:
        return None


def is_after_reschedule(case: Case, limit: CaseDeadline) -> bool:
    """Return whether a continued limit was rescheduled before its agency gave it up (Art. 9.3)."""
    opened = ("limit", Role.AGENCY, limit.opened_by)
    unit = next((each[5] for each in case.figures if (each[0], *each[3:7:3]) == opened), None)
    ends = [
        *(each.at for each in case.findings if is_same_id(each.agency, unit)),
        *(each.at for each in case.sent_back if is_same_id(each.holder, unit)),
    ]
    return any(
        told.by.role in (Role.AGENCY, Role.AGENCY_HEAD) and is_same_id(told.by.unit, unit)
        for told in case.appointments
        if any(told.told_at <= each <= limit.deadline.start for each in ends)
    )
