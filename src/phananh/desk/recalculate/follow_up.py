"""The cases that a recalculation leaves to a person: late before, named on a day off (R37, R38).

A lapse is final, and so is a time named to the citizen. This file only finds those that today's
calendar makes doubtful, so that somebody can look at them (Art. 9.2, 9.3).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import attrs

from phananh.regulation import events as e
from phananh.regulation.case import Case, find_stored, fold
from phananh.regulation.deadline import Deadline, Recount
from phananh.regulation.recount import is_dated, list_notices
from phananh.regulation.request import Holder
from phananh.worktime import PublicDay, WorkCalendar
from phananh.worktime.calendar.day_rules import DayInfo

# What ends the turn of whoever was late.
_ENDS = (e.Answered, e.Rejected, e.FindingsReported, e.VerificationRequested, e.Escalated)


@attrs.frozen(kw_only=True)
class MissedLimit:
    """A limit that was marked late: its deadline, its holder, and when the work was done.

    `due` is the time that was missed. `done` is None while the work is not done.
    """

    deadline: Deadline
    holder: Holder
    due: datetime
    done: datetime | None

    def is_met_by(self, found: Recount, *, at: datetime) -> bool:
        """Return whether the limit, computed anew, was met, or still runs at the moment."""
        until = found.deadline.late_after.astimezone(UTC)
        return not found.unexplained and (self.done or at).astimezone(UTC) <= until


def find_missed_limits(history: Sequence[e.Event]) -> Iterator[MissedLimit]:
    """Yield the computed limits of a case that ran out, without times named to the citizen."""
    case = fold(history)
    for number, event in enumerate(history):
        if not isinstance(event, e.Lapsed):
            continue
        deadline = find_stored(case, event.clock)
        if deadline is not None and deadline.due == event.due:
            ends = (later.at for later in history[number:] if isinstance(later, _ENDS))
            done = next(ends, None)
            yield MissedLimit(deadline=deadline, holder=event.late, due=event.due, done=done)


def find_closed_day(
    case: Case, *, calendar: WorkCalendar, find_former: Callable[[], WorkCalendar | None]
) -> DayInfo | None:
    """Return the day of the time named to the citizen if it was closed since, else None."""
    deadline, limit = case.deadline, case.clock
    if deadline is None or limit is None or deadline.version == calendar.version:
        return None
    if not case.is_due_rescheduled:
        return None
    info = calendar.day(calendar.local(limit.due).date())
    if info.sessions or not is_dated(info):
        return None
    before = find_former()
    if before is not None:
        return info if before.day(info.date).sessions else None
    notice = list_notices(calendar).get(info.source)
    set_on = calendar.local(deadline.start).date()
    known = notice.known_on if notice else None
    since = info.reason_code == "override" or (notice is not None and (not known or known > set_on))
    return info if since else None


def find_lost_notices(case: Case, calendar: WorkCalendar) -> tuple[str, ...]:
    """Return the documents that moved the running limit before and that the calendar lacks."""
    deadline, limit = case.deadline, case.clock
    if deadline is None or limit is None:
        return ()
    years = {calendar.local(t).year for t in (deadline.start, deadline.due)}
    laws = {day.source for year in years for day in _list_public_days(calendar, year)}
    moves = (move for move in case.moves if move.opened_by == limit.opened_by)
    named = dict.fromkeys(document for move in moves for document in move.notices)
    known = list_notices(calendar).keys() | laws
    return tuple(document for document in named if document not in known)


def _list_public_days(calendar: WorkCalendar, year: int) -> tuple[PublicDay, ...]:
    return tuple(calendar.days.year(year).values()) if calendar.days else ()
