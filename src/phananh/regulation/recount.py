"""What a changed calendar makes of a deadline that was told before (reading R15, Art. 9.1, 9.2).

Nothing moves by itself: this file only says what would be due when, which days did it, and
by which documents. Whether it may move is asked of the table (moving.py).
"""

from collections.abc import Iterable
from datetime import date, datetime

import attrs

from phananh.regulation.deadline import Deadline, late_after
from phananh.regulation.rules import Rules
from phananh.worktime import Span, WorkCalendar
from phananh.worktime.book import DayInfo

CAUSES = ("day_off", "worked_day", "other_hours")


@attrs.frozen(kw_only=True)
class Recount:
    """A deadline laid anew over a changed calendar, and why it differs.

    `days` are the dates that differ before the earlier of the two due times, `notices` the
    documents that speak of them. `issued` is the last of their dates of issue, None where
    one has none: nobody can then show that the change was known in time.
    """

    deadline: Deadline
    days: tuple[date, ...]
    notices: tuple[str, ...]
    issued: date | None
    cause: str


def recount(told: Deadline, *, calendar: WorkCalendar, rules: Rules) -> Recount | None:
    """Return what `calendar` makes of the deadline, or None where it moves nothing.

    Raises:
        CoverageError: the new due time lies outside the days the calendar knows.
    """
    if calendar.version == told.version:
        return None
    due = calendar.add(told.start, told.budget)  # the spans are wanted only where it moves
    until = late_after(due, calendar=calendar, rules=rules)
    if due == told.due and until == told.late_after:
        return None
    laid = calendar.allot(told.start, told.budget)
    new = attrs.evolve(
        told,
        due=laid.due,
        late_after=until,
        calendar=laid.calendar,
        version=laid.version,
        provisional=laid.provisional,
        spans=laid.spans,
    )
    return _explained(told, new, calendar)


def _explained(told: Deadline, new: Deadline, calendar: WorkCalendar) -> Recount:
    days = tuple(_changed_days(told, new, calendar))
    found = [calendar.day(day) for day in days]
    issued = [info.issued for info in found]
    return Recount(
        deadline=new,
        days=days,
        notices=tuple(dict.fromkeys(info.source for info in found if info.source)),
        issued=None if None in issued else max(day for day in issued if day),
        cause=_cause(found, earlier=new.late_after < told.late_after),
    )


def _changed_days(told: Deadline, new: Deadline, calendar: WorkCalendar) -> list[date]:
    """Return the dates on which other hours count, up to the earlier of the two due times."""
    from phananh.worktime.telling import office_day  # its words wait for a move to tell

    end = min(told.due, new.due)
    before, after = _until(end, told.spans), _until(end, new.spans)
    days = {office_day(calendar, start).date for start, _ in before ^ after}
    # Where only the last instant in time moved (R14), that day opens, or no longer does.
    return sorted(days) or [calendar.local(min(told.late_after, new.late_after)).date()]


def _until(end: datetime, spans: Iterable[Span]) -> set[tuple[datetime, datetime]]:
    return {(span.start, min(span.end, end)) for span in spans if span.start < end}


def _cause(days: list[DayInfo], *, earlier: bool) -> str:
    kinds = {info.kind for info in days}
    if kinds == {"off"} or (not earlier and "off" in kinds):
        return "day_off"
    return "worked_day" if earlier and "worked" in kinds else "other_hours"
