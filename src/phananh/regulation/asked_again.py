"""Art. 9.2, reading R41: an agency that is asked again goes on with what was left of its limit.

Without this an officer and an agency could put the citizen off for ever, eight hours at a time.
What was left is counted when the agency reports: the working time from then to the running due
time, rescheduled or not, on the agency's calendar. It is stored with the findings, and counted
only once. If the limit had run out, no time is left: asked again, the agency is late from the next
instant on.
"""

from datetime import timedelta

from phananh.errors import CoverageError
from phananh.regulation.case import Case, FindingsRecord
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.context import DecisionContext
from phananh.regulation.deadline import Deadline
from phananh.regulation.request import Holder, Role


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
        left = _count_left(last, agency, context)
    return context.continue_limit(limit, left, agency)


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


def _count_left(last: FindingsRecord, agency: Holder, context: DecisionContext) -> timedelta:
    if last.due is None:
        return timedelta()
    return context.calendar_for(agency.role, agency.unit).remaining(last.at, last.due)
