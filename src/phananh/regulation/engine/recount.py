"""What a changed calendar makes of a stored deadline (reading R15, Art. 9.1, 9.2).

No deadline moves by itself. This file only says when it would be due, because of which days, and
by which documents. The table says whether it may move (lifecycle.py, deadline_move.py).
"""

from collections.abc import Callable
from datetime import date, timedelta

import attrs

from phananh.regulation.deadline import compute_late_after
from phananh.regulation.engine.calendar_changes import ChangedDay, find_changed_days
from phananh.regulation.rules import Rules
from phananh.regulation.values.budget import compute_due, lay_out
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.recount import Recount
from phananh.worktime import WorkCalendar


def recount(
    old: Deadline,
    *,
    calendar: WorkCalendar,
    rules: Rules,
    find_former: Callable[[], WorkCalendar | None] = lambda: None,
) -> Recount | None:
    """Return what `calendar` makes of the deadline, or None if it stays the same.

    Args:
        old: the deadline as it is stored.
        calendar: that of today.
        rules: the regulation's numbers and readings.
        find_former: returns the calendar of the stored deadline, or None. It is only called if
            the deadline moves.

    Raises:
        CoverageError: the new due time lies outside the days that the calendar covers.
    """
    if calendar.version == old.version:
        return None
    due = compute_due(old.budget, old.start, calendar)  # the spans wait for a move
    until = compute_late_after(due, calendar=calendar, rules=rules)
    if due == old.due and until == old.late_after:
        return None
    new = attrs.evolve(old, late_after=until, **lay_out(old.budget, old.start, calendar))
    days = find_changed_days(old, new, calendar=calendar, former=find_former())
    # The day in which the earlier one runs out. A term in days runs out at the end of one.
    end = min(old.late_after, new.late_after) - timedelta.resolution
    return _make_recount(old, new, days, calendar.local(end).date())


def _make_recount(
    old: Deadline, new: Deadline, days: tuple[ChangedDay, ...], near: date
) -> Recount:
    did_it = [each for each in days if each.day <= near] or days
    issued = [day.issued for day in did_it]
    return Recount(
        deadline=new,
        days=tuple(each.day for each in days),
        notices=tuple(dict.fromkeys(day.document for day in days if day.document)),
        issued=None if None in issued else max(day for day in issued if day),
        cause=_find_cause(days, earlier=new.late_after < old.late_after),
        known=max((day.known for day in days if day.known), default=None),
        unexplained=tuple(each.day for each in days if not each.is_explained),
        missing=tuple(dict.fromkeys(day.missing for day in days if day.missing)),
    )


def _find_cause(days: tuple[ChangedDay, ...], *, earlier: bool) -> str:
    kinds = {day.kind for day in days}
    if not all(day.is_explained for day in days):
        return "unexplained"
    if "off" in kinds and not earlier:  # a day off only makes an end later
        return "day_off"
    return "worked_day" if earlier and "worked" in kinds else "other_hours"
