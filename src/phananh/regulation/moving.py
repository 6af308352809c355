"""When a changed calendar may move a due time, and when what was told stands (R15, Art. 9).

Readings: R15 nothing moves by itself; R37 a limit that ran out before the notice was issued
stays run out; R38 a time named to the citizen was not reckoned, and stays (9.3). A move is
judged before the lapse, and only here: what was known in time is no lateness.
"""

from datetime import datetime

from phananh.regulation.acts import MoveDeadline
from phananh.regulation.case import Case
from phananh.regulation.deadline import is_late
from phananh.regulation.guard import Facts, guard, stamp
from phananh.regulation.rules import Rules
from phananh.regulation.text import VIETNAM


@guard("nothing_to_move", "9.1", needs_act=True)
def of_the_running_clock(
    case: Case, act: MoveDeadline, _at: datetime, _rules: Rules
) -> Facts | None:
    """Object where no clock runs, or another than was counted anew, or it is due then already."""
    told, new = case.deadline, act.recount.deadline
    if told is None or told == new:
        return {}
    own = (told.start, told.budget, told.article) == (new.start, new.budget, new.article)
    return None if own else {}


@guard("promised_time", "9.3")
def reckoned(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object where the running time was named to the citizen, not reckoned (R38)."""
    return {"due": stamp(case.clock.due)} if case.clock and case.is_promised else None


def _is_earlier(case: Case, act: MoveDeadline) -> bool:
    clock = None if case.is_promised else case.clock
    return clock is not None and act.recount.deadline.late_after < clock.late_after


@guard("earlier_kept", "9.1", needs_act=True)
def earlier_if_asked(case: Case, act: MoveDeadline, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to taking away time that was promised, unless that is asked for."""
    if act.earlier or not _is_earlier(case, act):
        return None
    return {"due": stamp(act.recount.deadline.due)}


@guard("day_off_earlier", "3.2", needs_act=True)
def no_day_off_shortens(
    case: Case, act: MoveDeadline, _at: datetime, _rules: Rules
) -> Facts | None:
    """Object to an earlier time for days off alone: no sound calendar says so."""
    return {} if act.recount.cause == "day_off" and _is_earlier(case, act) else None


@guard("moved_into_past", "9.2", needs_act=True)
def still_ahead(_case: Case, act: MoveDeadline, at: datetime, _rules: Rules) -> Facts | None:
    """Object to a time that has passed: nobody becomes late, or less late, by hindsight."""
    new = act.recount.deadline
    return {"due": stamp(new.due)} if is_late(at, late_after=new.late_after) else None


@guard("ran_out_before", "9.2", needs_act=True)
def known_in_time(case: Case, act: MoveDeadline, at: datetime, rules: Rules) -> Facts | None:
    """Object to a limit that ran out before the notice was issued (R37)."""
    clock, known = case.clock, act.recount.issued
    if clock is None or rules.notice_reaches_back or not is_late(at, late_after=clock.late_after):
        return None
    if known is not None and known <= clock.late_after.astimezone(VIETNAM).date():
        return None
    return {"due": stamp(clock.due)}


MOVING = (
    of_the_running_clock, reckoned, earlier_if_asked, no_day_off_shortens, still_ahead,
    known_in_time,
)  # fmt: skip
