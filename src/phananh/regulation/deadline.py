"""Art. 9.1-9.2: when a limit is due, and when it is late.

Rule 1: a limit starts at the moment of the hand-over (R6, R25) and counts working time only.
Rule 2: the due instant itself is in time. Late is `at > late_after` (R14). Every article and the
desk ask `is_late` for that.
Rule 3: a limit that has run out is recorded as a lapse, dated at the last instant in time,
whenever it is noticed: by the next act (engine/decide.py) or by a sweep (desk/sweep.py).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from phananh.regulation.limit import Limit
from phananh.regulation.values.budget import Budget, lay_out
from phananh.regulation.values.deadline import Deadline
from phananh.worktime import WorkCalendar

if TYPE_CHECKING:  # rules are made of these
    from phananh.regulation.rules import Rules


def start_limit(limit: Limit, *, at: datetime, calendar: WorkCalendar, rules: Rules) -> Deadline:
    """Return the deadline of a limit that starts at `at`, the moment of hand-over (R6, R25)."""
    return lay_limit(limit.budget, article=limit.article.id, at=at, calendar=calendar, rules=rules)


def lay_limit(
    budget: Budget,
    *,
    article: str,
    at: datetime,
    calendar: WorkCalendar,
    rules: Rules,
    continues: Budget | None = None,
) -> Deadline:
    """Return the deadline of a budget, which may be zero if it `continues` a limit (R41)."""
    fields = lay_out(budget, at, calendar)
    fields["late_after"] = compute_late_after(fields["due"], calendar=calendar, rules=rules)
    fields["article"] = article
    fields["continues"] = continues
    deadline = object.__new__(Deadline)
    object.__setattr__(deadline, "__dict__", fields)  # all its fields, each of them valid
    return deadline


def compute_late_after(due: datetime, *, calendar: WorkCalendar, rules: Rules) -> datetime:
    """Return the last instant that is still in time for `due` (reading R14)."""
    return due if rules.late_after == "due" else calendar.next_opening(due)


def is_late(at: datetime, *, late_after: datetime) -> bool:
    """Return whether `at` is late: after the last instant in time, not at it (R14)."""
    if at.utcoffset() == late_after.utcoffset():
        return at > late_after
    return at.astimezone(UTC) > late_after.astimezone(UTC)
