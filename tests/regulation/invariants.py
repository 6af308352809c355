"""What must hold of every recorded act: one function a clause, none of them asks the code's keys.

Each takes the clerk's count before the act (`was`, lapse included), the event, the whole history
with it, the count `now`, and the case; it returns whether all is well.
V1 to V39 number them, the last four in handing_on.py; those left out need a store, a report or the
whole walk.
"""

import itertools
from collections.abc import Callable

from phananh.regulation import events as e
from phananh.regulation.case import Case, fold
from tests.regulation import cast
from tests.regulation.clocks import Count, plain
from tests.regulation.handing_on import (
    handed_on_for_good,
    handed_on_with_contact,
    notes_move_nothing,
    proposed_by_who_handled,
)
from tests.regulation.lawtable import TRIGGERS, law

Check = Callable[[Count, e.Event, tuple[e.Event, ...], Count, Case], bool]
FIT = {
    "officer": {"information", "regulation", "conduct", "proposal"},
    "provider": {"service"},
    "leadership": {"information", "regulation", "conduct", "proposal", "service"},
}
AFTER_CLOSING = e.Published | e.Commended | e.Rated | e.UnitNotified


def _visible(text) -> bool:
    return bool(text) and any(c.isprintable() and not c.isspace() for c in text)


def _last_asked(history) -> e.VerificationRequested:
    return next(past for past in reversed(history) if isinstance(past, e.VerificationRequested))


def _accused(of: Count) -> set[str | None]:
    return {plain(accused.id) for accused in of.case.accused if accused.id}


def _accused_units(of: Count) -> set[str | None]:
    return {plain(accused.unit) for accused in of.case.accused}


def refused_with_guidance(was, event, history, now, case) -> bool:
    """V3, 7.2: a refusal has reasons, and guidance that can be seen."""
    return not isinstance(event, e.Rejected) or bool(event.reasons and _visible(event.guidance))


def reasons_hold(was, event, history, now, case) -> bool:
    """V4, 6, 7.2: computed reasons are told, and true; out of competence is the last opinion."""
    if not isinstance(event, e.Rejected):
        return True
    opinions = [past.within_competence for past in history if isinstance(past, e.Advised)]
    sender = was.case.sender
    reachable = any((sender.address, sender.phone, sender.email))
    excluded = was.case.kind in ("complaint", "denunciation")
    if excluded and "complaint_or_denunciation" not in event.reasons:
        return False
    true = {"complaint_or_denunciation": excluded}
    true |= {"no_name": not sender.name, "no_contact": not reachable}
    true |= {"out_of_competence": opinions[-1:] == [False]}
    return all(true.get(reason, True) for reason in event.reasons)


def complaints_stay_out(was, event, history, now, case) -> bool:
    """V5, 1.1.b: a complaint or denunciation is completed, noted, refused and closed, no more."""
    excluded = was.case.kind in ("complaint", "denunciation")
    return not excluded or isinstance(event, e.Completed | e.Noted | e.Rejected | e.Closed)


def target_fits(was, event, history, now, case) -> bool:
    """V6, 8.1.b, 8.2.a, 8.3: a case goes to those whom its kind concerns."""
    return not isinstance(event, e.Escalated) or was.case.kind in FIT[event.holder.role.value]


def leadership_advises(was, event, history, now, case) -> bool:
    """V7, 8.3: what lies with the leadership is moved by their opinion only."""
    before = history[-2].holder
    if before is None or before.role.value != "leadership":
        return True
    aside = e.Completed | e.Noted | e.UnitNotified
    return isinstance(event, e.Advised | aside | e.Lapsed | e.DeadlineMoved)


def the_holder_asks(was, event, history, now, case) -> bool:
    """V8, 8.1.c1: the officer who holds the case asks the agency."""
    if not isinstance(event, e.VerificationRequested):
        return True
    return event.by.role.value == "officer" and plain(event.by.id) == plain(was.case.holder.id)


def appointment_ahead(was, event, history, now, case) -> bool:
    """V9, 8.1.c1: the appointment told to the citizen lies ahead."""
    return not isinstance(event, e.VerificationRequested) or event.appointment > event.at


def the_asked_agency_reports(was, event, history, now, case) -> bool:
    """V10, 8.1.c1: findings come from the agency that was asked."""
    if not isinstance(event, e.FindingsReported):
        return True
    return event.by.role.value == "agency" and plain(event.by.unit) == plain(
        _last_asked(history).agency
    )


def back_to_who_asked(was, event, history, now, case) -> bool:
    """V11, 8.1.c1: after the findings the officer who asked has the case."""
    if not isinstance(event, e.FindingsReported):
        return True
    return case.holder.role.value == "officer" and plain(case.holder.id) == plain(
        _last_asked(history).by.id
    )


def accused_do_not_act(was, event, history, now, case) -> bool:
    """V12, 8.1.c2: no act is the accused's; the clock is nobody."""
    own = isinstance(event, e.Lapsed | e.DeadlineMoved)
    return own or plain(event.by.id) not in _accused(was)


def accused_do_not_hold(was, event, history, now, case) -> bool:
    """V13, 8.1.c2: no case is given to its accused; who becomes one had it before."""
    holder = case.holder and plain(case.holder.id)
    kept = case.holder == was.case.holder or isinstance(event, e.FindingsReported)
    return not holder or kept or holder not in _accused(now)


def only_their_unit_is_told(was, event, history, now, case) -> bool:
    """V14, 8.1.c2: a unit is told of its own staff, or of a report on conduct that is about it."""
    if not isinstance(event, e.UnitNotified):
        return True
    about = {plain(was.case.about_unit)} if was.case.kind == "conduct" or _accused(was) else set()
    return plain(event.unit) in _accused_units(was) | about


def due_as_the_law_counts(was, event, history, now, case) -> bool:
    """V15, V16, V25, 9.1-9.2: the due instant is what the clerk counts, or there is none."""
    return case.due == now.clock


def lapses_as_the_clerk_counts(was, event, history, now, case) -> bool:
    """V18, V19, 9.2: each clock lapses once, at its own due instant, and for ever."""
    notes = now
    return [lapse.due for lapse in case.lapses] == notes.missed and case.is_late == bool(
        notes.missed
    )


def lapse_before_act(was, event, history, now, case) -> bool:
    """V17, V20, 9.2: nothing happens after a due instant before the lapse, and none sooner."""
    return not now.unmarked


def once_per_case(was, event, history, now, case) -> bool:
    """V21, 9.3: a case is rescheduled once, whatever agencies handle it."""
    return sum(isinstance(past, e.Rescheduled) for past in history) <= 1


def rescheduled_in_time(was, event, history, now, case) -> bool:
    """V22, 9.3: by the agency, in time, to a later time, with a reason."""
    if not isinstance(event, e.Rescheduled):
        return True
    asked = plain(_last_asked(history).agency)
    by_agency = event.by.role.value == "agency" and plain(event.by.unit) == asked
    in_time = was.clock is not None and event.at <= was.clock < event.to
    return by_agency and in_time and event.old == was.clock and _visible(event.reason)


def first_promise_kept(was, event, history, now, case) -> bool:
    """V23, 9.3, R3: every due instant that was ever told can still be read."""
    return [each.due for _, each in case.deadlines] == now.dues


def another_person_same_clock(was, event, history, now, case) -> bool:
    """V24, 8.1.c2, R10: reassigned is to somebody else of the unit, and the clock runs on."""
    if not isinstance(event, e.Reassigned):
        return True
    (person, unit), (new, of) = (
        (plain(holder.id), plain(holder.unit)) for holder in (was.case.holder, case.holder)
    )
    own_head = event.by.role.value == "leadership" or plain(event.by.unit) == unit
    return own_head and new != person and of == unit and case.due == was.clock


def moved_by_the_calendar_only(was, event, history, now, case) -> bool:
    """V35, R15, R37, R38: a running, reckoned limit moves later, for a notice known in time."""
    if not isinstance(event, e.DeadlineMoved):
        return True
    clocked = (e.Escalated, e.VerificationRequested, e.Rescheduled)
    last = next(past for past in reversed(history) if isinstance(past, clocked))
    computed = not isinstance(last, e.Rescheduled) and event.clock == last.n
    later = was.clock is not None and event.old == was.clock < case.due
    in_time = later and (event.at <= was.clock or event.notices == (cast.STORM.document,))
    ahead = event.at <= case.due and event.by.role.value == "system"
    reason = event.cause != "unexplained" and event.notices != ("TB of tomorrow",)
    return computed and in_time and ahead and reason and event.days == (cast.MONDAY.date(),)


def closed_is_closed(was, event, history, now, case) -> bool:
    """V26, R13: after closing a case is published, commended and rated, its unit told, no more."""
    return history[-2].state.value != "closed" or isinstance(event, AFTER_CLOSING)


def rated_once_by_the_sender(was, event, history, now, case) -> bool:
    """V27, 10.2.c: the sender rates, once."""
    rated, sender = [past for past in history if isinstance(past, e.Rated)], history[0].by
    by_sender = all(plain(past.by.id) == plain(sender.id) for past in rated)
    return len(rated) <= 1 and (not rated or (by_sender and sender.role.value == "citizen"))


def nothing_publishes_itself(was, event, history, now, case) -> bool:
    """V28, 2.2, R16, R45: people publish, nobody of the accused's unit, and neither is named."""
    if not isinstance(event, e.Published):
        return True
    role, unit = event.by.role.value, plain(event.by.unit)
    digits = "".join(c for c in event.text if c.isdigit())
    outside = unit is None or unit not in _accused_units(was)
    accused = any(name in (plain(event.text) or "") for name in _accused(was) if name)
    named = accused or "02183831022" in digits
    return role in ("operator", "leadership") and outside and not named


def folded(was, event, history, now, case) -> bool:
    """V31: a case is its history; versions count up by one, time never falls."""
    steps = itertools.pairwise(history)
    ordered = all(b.n == a.n + 1 and b.at >= a.at for a, b in steps)
    return ordered and fold(history) == case


def as_the_table_says(was, event, history, now, case) -> bool:
    """V34, 7-9: from where it lay, by that role, to that state: the table typed by hand agrees."""
    if isinstance(event, e.Lapsed):
        return event.state.value == "overdue" and event.by.role.value == "system"
    if isinstance(event, e.Commended) and event.by.role.value == "leadership":
        return True  # which depends on who handled it: V39
    before = history[-2]
    place = before.state.value + (f"/{before.holder.role.value}" if before.holder else "")
    line = law()[place][TRIGGERS[type(event)]]
    leads_to = before.state.value if line.leads_to == "=" else line.leads_to
    return line.letters[event.by.role.value] == "R" and event.state.value == leads_to


INVARIANTS: tuple[Check, ...] = (
    refused_with_guidance,
    reasons_hold,
    complaints_stay_out,
    handed_on_with_contact,
    handed_on_for_good,
    notes_move_nothing,
    proposed_by_who_handled,
    target_fits,
    leadership_advises,
    the_holder_asks,
    appointment_ahead,
    the_asked_agency_reports,
    back_to_who_asked,
    accused_do_not_act,
    accused_do_not_hold,
    only_their_unit_is_told,
    due_as_the_law_counts,
    lapses_as_the_clerk_counts,
    lapse_before_act,
    once_per_case,
    rescheduled_in_time,
    first_promise_kept,
    another_person_same_clock,
    moved_by_the_calendar_only,
    closed_is_closed,
    rated_once_by_the_sender,
    nothing_publishes_itself,
    folded,
    as_the_table_says,
)
