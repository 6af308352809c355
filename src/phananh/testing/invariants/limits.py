"""When a case is due, late and rescheduled, as a clerk counts it apart from the code (Art. 9)."""

import itertools
from datetime import timedelta

from phananh.regulation import events as e
from phananh.regulation.acts import MoveDeadline
from phananh.regulation.case import fold
from phananh.regulation.request import Role
from phananh.testing.invariants.clerk import fold_spelling
from phananh.testing.invariants.invariant import Record, invariant
from phananh.testing.invariants.requests import has_text
from phananh.worktime.instants import VIETNAM

_OPENS = (e.Escalated, e.VerificationRequested, e.FindingsReported, e.Reassigned)


@invariant("V15", "9.1", "M15 counted from receipt", "M34 nine hours")
def the_officers_limit_is_counted_from_the_hand_over(record: Record) -> bool:
    """A limit of the centre is due its working hours after its own hand-over, on its calendar."""
    return record.event.holder is None or _is_agency(record) or _is_as_counted(record)


@invariant("V16", "9.2", "M16 on the centre's calendar", "M15 of the other limit")
def the_agencys_limit_is_counted_from_the_hand_over(record: Record) -> bool:
    """An agency's limit is due its working hours after the officer's request, by its own hours."""
    return not _is_agency(record) or _is_as_counted(record)


def _is_agency(record: Record) -> bool:
    holder = record.event.holder
    return holder is not None and holder.role is Role.AGENCY


def _is_as_counted(record: Record) -> bool:
    return record.case.due == record.after.due


@invariant("V17", "9.1, 9.2, R14", "M17 late at the due instant")
def the_due_instant_is_in_time(record: Record) -> bool:
    """The due instant itself is in time: a limit runs out only after it."""
    return all(record.at > past.at for past in record.events if isinstance(past, e.Lapsed))


@invariant("V18", "9.2", "M18 an answer forgives")
def lateness_stays(record: Record) -> bool:
    """A limit that ran out is late for ever, answered or not."""
    case, missed = record.case, record.after.missed
    return [lapse.due for lapse in case.lapses] == [*missed] and case.is_late == bool(missed)


@invariant("V19", "9.2", "M19 dated now", "M46 a lapse a stage")
def each_limit_lapses_once_at_its_due(record: Record) -> bool:
    """The system lapses a limit once, at its due instant, under the version that opened it."""
    lapses = [past for past in record.history if isinstance(past, e.Lapsed)]
    by_system = all(past.by.role is Role.SYSTEM for past in lapses)
    limits = [past.clock for past in lapses]
    dated = not any("a lapse at" in each for each in record.after.disorder)
    kept = len(record.case.lapses) == len(lapses)
    return by_system and dated and kept and len({*limits}) == len(limits)


@invariant("V20", "9.2", "M20 marked by a sweep only")
def a_lapse_comes_before_the_act(record: Record) -> bool:
    """After a due instant the lapse is recorded first, and no event is earlier in time."""
    return not any("no lapse before it" in each for each in record.after.disorder)


@invariant("V21", "9.3, R32", "M21 twice", "M21 counted anew after a second hand-over")
def one_reschedule_at_most(record: Record) -> bool:
    """A case is rescheduled once at most, whatever agencies handle it."""
    return record.after.reschedules <= record.expected.reschedules


@invariant(
    "V22", "9.3, R4, R23, R24", "M22 after the due instant", "M22 to the same time",
    "M35 by the officer", "M36 without a reason",
)  # fmt: skip
def the_agency_reschedules_in_time(record: Record) -> bool:
    """The agency that holds the case and has time left reschedules to later, with a reason."""
    event, due = record.event, record.before.due
    if not isinstance(event, e.Rescheduled):
        return True
    holder = record.before.case.holder
    unit = fold_spelling(getattr(event.by, "unit", None))
    own = holder is not None and unit == fold_spelling(holder.unit)
    by_agency = event.by.role is Role.AGENCY and own
    if record.expected.reschedule_after_due:
        return by_agency and has_text(event.reason) and event.to > event.at
    last = record.before.late_after
    has_left = record.before.given != timedelta()  # else it went on without time left (R41)
    in_time = due is not None and last is not None and event.at <= last and due < event.to
    in_time = in_time and has_left
    return by_agency and in_time and event.old == due and has_text(event.reason)


@invariant("V23", "9.3, R3, 8.1.c1", "M23 the first due is overwritten")
def every_due_time_stays_readable(record: Record) -> bool:
    """Every due instant that was ever given can still be read."""
    return [each.due for _, each in record.case.deadlines] == [*record.after.dues]


@invariant("V25", "R8", "M25 the clock is left on")
def no_clock_after_the_findings(record: Record) -> bool:
    """After the findings no limit runs, unless the rules set one for the reply."""
    if not isinstance(record.event, e.FindingsReported):
        return True
    return record.case.due is None or record.expected.reply_limit is not None


@invariant("V29", "9.1, 9.2", "M29 read from the state")
def each_limit_is_in_one_of_four_cells(record: Record) -> bool:
    """Each limit is met in time or late, or still open in time or late, and only one of these."""
    ended = [each.ended_at for each in record.case.lapses]
    is_running = record.case.clock is not None
    return ended == [*record.after.ended] and is_running == (record.after.due is not None)


@invariant("V31", "of the library", "M21 counted anew after a second hand-over")
def the_case_is_its_history(record: Record) -> bool:
    """A case is what its history adds up to. Versions count up by one, and times only rise."""
    steps = itertools.pairwise(record.history)
    is_ordered = all(b.n == a.n + 1 and b.at >= a.at for a, b in steps)
    return is_ordered and fold(record.history) == record.case


@invariant(
    "V35", "R15, R37, R38", "M47 moved against its reasons", "M49 moved by name only",
)  # fmt: skip
def only_a_changed_calendar_moves_a_due_time(record: Record) -> bool:
    """A due time moves by a recorded act only: a hand-over, a reschedule, or a changed calendar."""
    event, before = record.event, record.before
    if isinstance(event, (*_OPENS, e.Rescheduled)):
        return True
    if not isinstance(event, e.DeadlineMoved):
        return record.case.due in (before.due, None)
    was_computed = before.due is not None and before.due in before.dues
    new, old = event.deadline, (before.due, before.late_after)
    later = was_computed and event.old == before.due and (new.due, new.late_after) != old
    explained = event.cause != "unexplained" and bool(event.notices)
    is_ahead = record.case.clock is not None and event.at <= record.case.clock.late_after
    is_ours = event.by.role is Role.SYSTEM and record.case.due == event.deadline.due
    earlier = later and event.deadline.due < before.due  # type: ignore[operator]
    is_sound = explained and _is_known_in_time(record) and not (earlier and _is_day_off(event))
    return later and is_ahead and is_ours and is_sound


def _is_known_in_time(record: Record) -> bool:
    """Return whether a limit that ran out moves by a notice issued before that (R37)."""
    last, act = record.before.late_after, record.act
    if record.expected.notice_reaches_back:
        return True
    if last is None or record.at <= last or not isinstance(act, MoveDeadline):
        return True
    issued = act.recount.issued
    return issued is not None and issued <= last.astimezone(VIETNAM).date()


def _is_day_off(event: e.DeadlineMoved) -> bool:
    return event.cause == "day_off"


LIMITS = (
    the_officers_limit_is_counted_from_the_hand_over,
    the_agencys_limit_is_counted_from_the_hand_over,
    the_due_instant_is_in_time,
    lateness_stays,
    each_limit_lapses_once_at_its_due,
    a_lapse_comes_before_the_act,
    one_reschedule_at_most,
    the_agency_reschedules_in_time,
    every_due_time_stays_readable,
    no_clock_after_the_findings,
    each_limit_is_in_one_of_four_cells,
    the_case_is_its_history,
    only_a_changed_calendar_moves_a_due_time,
)
