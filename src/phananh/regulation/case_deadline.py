"""The limits of a case: the one that runs, and those that were missed (Art. 9, R15, R38).

The deadline is that of the event that opened the limit, or of the last move of it. If the case
was rescheduled, another time counts (Art. 9.3).
"""

from datetime import datetime

import attrs

from phananh.errors import CoverageError
from phananh.plain_value import PlainValue
from phananh.regulation.case import Case, LapseRecord, RunningLimit, find_stored
from phananh.regulation.deadline import Deadline, is_provisional
from phananh.worktime import WorkCalendar


@attrs.frozen(kw_only=True)
class CaseDeadline(PlainValue):
    """A limit's deadline, the version of the case that opened it, and the `due` that counts.

    `is_time_provisional`: that time was set on a day that is not official (Art. 9.3).
    """

    opened_by: int
    deadline: Deadline
    due: datetime
    is_time_provisional: bool = False

    @property
    def is_rescheduled(self) -> bool:
        """Whether the due time was rescheduled, not computed (Art. 9.3, R38)."""
        return self.due != self.deadline.due

    @property
    def is_provisional(self) -> bool:
        """Whether it was computed, or set, on days that a notice could still change."""
        return self.is_time_provisional if self.is_rescheduled else self.deadline.provisional

    def is_provisional_on(self, calendar: WorkCalendar | None) -> bool:
        """Return whether a notice can still move it, as far as `calendar` knows.

        With a calendar of another name, or None, you get the stored answer.
        """
        own = calendar is not None and calendar.name == self.deadline.calendar
        if calendar is None or not (own and self.is_provisional):
            return self.is_provisional
        try:
            return is_provisional(self.deadline.budget, self.deadline.start, self.due, calendar)
        except CoverageError:
            return True


def find_running(case: Case) -> CaseDeadline | None:
    """Return the limit that runs, or None."""
    return find_deadline(case, case.clock) if case.clock else None


def find_missed(case: Case) -> tuple[CaseDeadline, ...]:
    """Return the limits that ran out, in order."""
    found = (find_deadline(case, lapse) for lapse in case.lapses)
    return tuple(each for each in found if each)


def find_current(case: Case) -> CaseDeadline | None:
    """Return the limit that counts now: the running one, else the overdue one, else None.

    Lateness need not be a state (R2), and the state may last longer. A limit is overdue until
    the case has left the holder who missed it.
    """
    if case.clock is not None:
        return find_running(case)
    last = case.lapses[-1] if case.lapses else None
    return None if last is None or last.ended_at is not None else find_deadline(case, last)


def find_last(case: Case) -> CaseDeadline | None:
    """Return the limit that counts now, else the last one that ran, answered in time or late.

    It is None if the case had no limit so far.
    """
    found = find_current(case)
    if found is None and case.last_limit is not None:
        found = find_deadline(case, case.last_limit)
    if found is None and case.deadlines:  # a time was set when no limit ran (R4)
        opened_by, deadline = case.deadlines[-1]
        found = CaseDeadline(opened_by=opened_by, deadline=deadline, due=deadline.due)
    return found


def find_deadline(case: Case, limit: RunningLimit | LapseRecord) -> CaseDeadline | None:
    """Return the limit as stored last, or None if its deadline is not in the history."""
    deadline = find_stored(case, limit.opened_by)
    if deadline is None:
        return None
    named = any(told.provisional and told.time == limit.due for told in case.appointments)
    return CaseDeadline(
        opened_by=limit.opened_by, deadline=deadline, due=limit.due, is_time_provisional=named
    )
