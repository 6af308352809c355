"""Art. 9.3: an agency may put the citizen off once, while it is still in time.

It moves the due time (R3). It is not possible after the due instant (R4), and the first
appointment does not count (R5). Only the agency may do it (R23), to any later time (R24), once per
case (R32), and not if the limit went on without any time left (R41).

Two desks may both get a yes here. The store lets one of them record (stores/base.py,
`exclusive`), and the other one decides again.
"""

from datetime import datetime, timedelta

from phananh.errors import CoverageError
from phananh.regulation.acts import Reschedule
from phananh.regulation.case import Case
from phananh.regulation.cleaning import to_vietnam_time
from phananh.regulation.guards import Facts, Rules, guard, not_blank
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
def due_not_passed(case: Case, _act: object, _at: datetime, rules: Rules) -> Facts | None:
    """Object after the due instant (R4). The lapse comes before the act, so no limit runs."""
    if case.clock is not None or rules.reschedule_after_due:
        return None
    due = find_due(case)
    return {"due": to_vietnam_time(due)} if due else {"due": "-"}


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
    return None if act.to > limit else {"due": to_vietnam_time(limit)}


RESCHEDULE = (
    reschedules_left, due_not_passed, something_left, to_later_time, not_blank("reason", "9.3"),
)  # fmt: skip
