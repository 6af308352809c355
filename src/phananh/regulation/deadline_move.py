"""When a changed calendar may move a running limit (R15, Art. 9): the guards of the move.

By R37 a limit that ran out before the notice was issued stays run out. By R38 a due time that was
rescheduled was not computed, and stays (9.3). A move is decided before the lapse, and only here:
what was known in time does not make a case late. If the calendar does not explain a changed day,
the due time moves only on request, because a notice is probably missing.
"""

from datetime import date, datetime

from phananh.regulation.acts import MoveDeadline
from phananh.regulation.case import Case
from phananh.regulation.cleaning import to_vietnam_time
from phananh.regulation.deadline import is_late
from phananh.regulation.guards import Facts, Rules, cite_limit, guard
from phananh.worktime.instants import VIETNAM


@guard("nothing_to_move", "9.1", needs_act=True, cite=cite_limit)
def moves_running_limit(
    case: Case, act: MoveDeadline, _at: datetime, _rules: Rules
) -> Facts | None:
    """Object if no limit runs, if it is another limit, or if it would not move."""
    old, new = case.deadline, act.recount.deadline
    return (
        None
        if old is not None
        and old != new
        and (old.start, old.budget, old.article) == (new.start, new.budget, new.article)
        else {}
    )


@guard("promised_time", "9.3", reading="R38")
def due_not_rescheduled(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if the running due time was rescheduled, not computed (R38)."""
    return {"due": case.due} if case.is_due_rescheduled else None


def _is_earlier(case: Case, act: MoveDeadline) -> bool:
    limit = None if case.is_due_rescheduled else case.clock
    return limit is not None and act.recount.deadline.late_after < limit.late_after


@guard("earlier_kept", "9.1", needs_act=True, cite=cite_limit, reading="R15")
def earlier_on_request(case: Case, act: MoveDeadline, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to an earlier due time, unless it was asked for."""
    new = to_vietnam_time(act.recount.deadline.due)
    return {"due": new} if _is_earlier(case, act) and not act.earlier else None


@guard("day_off_earlier", "9.1", needs_act=True, cite=cite_limit, reading="R15")
def day_off_not_earlier(
    case: Case, act: MoveDeadline, _at: datetime, _rules: Rules
) -> Facts | None:
    """Object to an earlier time because of days off only: a valid calendar cannot say that."""
    return {} if act.recount.cause == "day_off" and _is_earlier(case, act) else None


@guard("unexplained", "9.1", needs_act=True, cite=cite_limit, reading="R15")
def days_explained(case: Case, act: MoveDeadline, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a day that today's calendar gives no reason for, unless that was asked for."""
    old, days = case.deadline, act.recount.unexplained
    if act.unexplained or old is None or not days:
        return None
    return {"days": days, "calendar": old.calendar, "version": old.version}


@guard("not_yet_known", "9.1", needs_act=True, cite=cite_limit)
def notice_known(_case: Case, act: MoveDeadline, at: datetime, _rules: Rules) -> Facts | None:
    """Object to a notice that became known only after the moment of the move."""
    known = act.recount.known
    return {"day": known} if known and known > at.astimezone(VIETNAM).date() else None


@guard("moved_into_past", "9.2", needs_act=True, cite=cite_limit)
def new_due_ahead(_case: Case, act: MoveDeadline, at: datetime, _rules: Rules) -> Facts | None:
    """Object to a time that has passed, so that a holder does not become late in hindsight."""
    new = act.recount.deadline
    is_past = is_late(at, late_after=new.late_after)
    return {"due": to_vietnam_time(new.due), "at": to_vietnam_time(at)} if is_past else None


@guard("ran_out_before", "9.2", needs_act=True, cite=cite_limit, reading="R37")
def notice_in_time(case: Case, act: MoveDeadline, at: datetime, rules: Rules) -> Facts | None:
    """Object to a limit that ran out before the notice was issued (R37)."""
    limit = case.clock
    if limit is None or not is_late(at, late_after=limit.late_after):
        return None
    in_time = is_issued_in_time(act.recount.issued, late_after=limit.late_after, rules=rules)
    return None if in_time else {"due": to_vietnam_time(limit.due), "at": to_vietnam_time(at)}


def is_issued_in_time(issued: date | None, *, late_after: datetime, rules: Rules) -> bool:
    """Return whether a notice of this date counts for a limit that ran out (R37)."""
    last = late_after.astimezone(VIETNAM).date()
    return rules.notice_reaches_back or (issued is not None and issued <= last)


DEADLINE_MOVE = (
    moves_running_limit, due_not_rescheduled, earlier_on_request, day_off_not_earlier,
    days_explained, notice_known, new_due_ahead, notice_in_time,
)  # fmt: skip
