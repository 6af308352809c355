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

from phananh.errors import CoverageError
from phananh.regulation.acts import Reschedule
from phananh.regulation.case import Case, FindingsRecord
from phananh.regulation.cleaning import is_same_id, to_vietnam_time
from phananh.regulation.context import DecisionContext
from phananh.regulation.deadline import Deadline
from phananh.regulation.guards import Facts, Rules, guard, not_blank
from phananh.regulation.request import Holder, Role
from phananh.worktime import WorkCalendar


def count_reschedules(case: Case, *, rules: Rules) -> int:
    """Return how often the case was rescheduled, as 9.3 counts it (R5, R32)."""
    first = 1 if rules.first_appointment_counts and case.appointments else 0
    return len(case.reschedules) + first


def find_due(case: Case) -> datetime | None:
    """Return the running limit's due instant, else the one that was missed last, else None."""
    if case.clock is not None:
        return case.clock.due
    return case.lapses[-1].due if case.lapses else None


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
    if times < rules.reschedules:
        return None
    return {"times": str(times), "most": str(rules.reschedules)}


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
    spent = deadline is not None and deadline.continues is not None and not deadline.budget
    return {} if spent and not rules.reschedule_after_due else None


@guard("not_later", "9.3", needs_act=True, reading="R24")
def to_later_time(case: Case, act: Reschedule, at: datetime, _rules: Rules) -> Facts | None:
    """Object to a time that is not later than the due time, or already past."""
    due = find_due(case)
    limit = due if due and due > at else at
    return (
        None if act.to > limit else {"due": to_vietnam_time(limit), "to": to_vietnam_time(act.to)}
    )


RESCHEDULE = (
    reschedules_left, due_not_passed, something_left, to_later_time, not_blank("reason", "9.3"),
)  # fmt: skip


def start_agency_limit(case: Case, agency: Holder, context: DecisionContext) -> Deadline | None:
    """Return the deadline that `agency` gets now: a new one, or what it had left (Art. 9.2).

    Raises:
        CoverageError: the limit, or what was left of it, ends outside the days that the calendar
            covers.
    """
    limit, last = context.rules.agency_limit, find_last_findings(case, agency.unit)
    if last is None or context.rules.asked_again == "fresh":
        return context.start_limit(limit, agency)
    left = last.left
    if left is None:  # findings from before this was stored, or beyond that calendar
        calendar = context.calendar_for(agency.role, agency.unit)
        left = calendar.remaining(last.at, last.due) if last.due else timedelta()
    return context.lay_limit(left, limit.article.id, agency, continues=limit.budget)


def find_last_findings(case: Case, unit: str | None) -> FindingsRecord | None:
    """Return what this unit reported last in the case, or None if it has not reported."""
    return next((each for each in reversed(case.findings) if is_same_id(each.agency, unit)), None)


def measure_left(case: Case, context: DecisionContext) -> timedelta | None:
    """Return the time left to the agency that holds the case, None beyond its calendar's days."""
    holder, limit = case.holder, case.clock
    if holder is None or limit is None:
        return timedelta()
    calendar = context.calendar_for(holder.role, holder.unit)
    try:
        return calendar.remaining(context.at, limit.due)
    except CoverageError:
        return None


def is_after_reschedule(case: Case, limit: Deadline) -> bool:
    """Return whether a continued limit was rescheduled before its agency reported (Art. 9.3)."""
    reports = (each for each in reversed(case.findings) if each.at <= limit.start)
    last = next((each for each in reports if each.left == limit.budget), None)
    if limit.continues is None or last is None:
        return False
    return any(
        told.by.role is Role.AGENCY and is_same_id(told.by.unit, last.agency)
        for told in case.appointments
        if told.told_at <= last.at
    )
