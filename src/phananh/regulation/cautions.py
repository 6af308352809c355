"""Cautions: what deserves a look although no rule is broken, such as open duties or long waits.

Art. 1.1.b, 3.5, 6.a, 8.1.c1, 8.1.c2, 8.3, 9.3, 10.2.a.
Readings R9, R24, R29, R35, R36, R39, R41, R47, R49, R52, R53, R58.
"""

from datetime import datetime, timedelta
from itertools import pairwise

from phananh.errors import CoverageError, InputError
from phananh.messages.labels import RULES_ENDED, word
from phananh.messages.message import say
from phananh.regulation.access import is_holder_accused
from phananh.regulation.case import Case, find_overdue
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.context import CalendarLookup, DecisionContext
from phananh.regulation.deadline import LAST_DAY_BEFORE_MERGER
from phananh.regulation.guards import Rules
from phananh.regulation.intake import EXCLUDED, find_unmet
from phananh.regulation.request import Erased, Kind, Reason, Role, State
from phananh.worktime.instants import VIETNAM

_INSTANT = timedelta(microseconds=1)


def find_cautions(case: Case, context: DecisionContext) -> tuple[str, ...]:
    """Return the slugs of the cautions about `case` at `context.at`, in a fixed order."""
    # A complaint is rejected as it is (1.1.b). Another language is for the operator to judge (6.a).
    is_asked = case.is_open and case.kind not in EXCLUDED
    unmet = find_unmet(case, rules=context.rules) if is_asked else ()
    found = {
        "complaint": case.is_open and case.kind in EXCLUDED,
        "incomplete": bool(unmet),
        "not_vietnamese": any(each.code is Reason.NOT_VIETNAMESE for each in unmet),
        "not_within_competence": _is_out_of_competence(case),
        "unit_not_told": _is_unit_uninformed(case),
        "holder_accused": is_holder_accused(case),
        "appointment_missed": any(x.status(context.at) == "missed" for x in case.appointments),
        "appointment_again": case.is_open and any(each.again for each in case.appointments),
        "appointment_provisional": _is_awaited(case, context) and case.appointments[-1].provisional,
        "appointment_off_hours": _is_awaited(case, context) and _is_off_hours(case, context),
        "appointment_earlier": _is_awaited(case, context) and _is_brought_forward(case),
        "appointment_before_limit": _is_awaited(case, context) and _is_before_limit(case),
        "waiting": case.state is State.RECEIVED
        and _is_held_for(context.rules.waiting_warning, case, context),
        "passed_around": case.is_open and max(len(case.sent_back), case.opinions) > 1,
        "put_off": case.is_open and _count_put_off(case) > 1,
        "no_reply_after_findings": _is_reply_owed(case, context),
        "entered_after_due": case.entered_after_due,
        "sender_erased": case.is_sender_erased or isinstance(case.sender, Erased),
        "silent": case.clock is None
        and find_overdue(case) is None  # which says more
        and _is_held_for(context.rules.silent_warning, case, context),
        "rules_not_begun": is_before_rules(case, context.rules),
        "rules_ended": is_after_rules(case, context.rules),
    }
    return tuple(slug for slug, holds in found.items() if holds)


def caution_text(slug: str, rules: Rules, lang: str) -> str:
    """Return a caution in `vi` or `en`, with the last day of the rules if they ended (R29).

    The merger of the province is given as the reason only for the last day of Hòa Bình's rules.
    """
    if slug != "rules_ended" or rules.valid_until is None:
        return word("caution", slug, lang)
    code = "merged" if rules.valid_until == LAST_DAY_BEFORE_MERGER else "dated"
    return say(RULES_ENDED[code], lang, until=rules.valid_until)


def _is_out_of_competence(case: Case) -> bool:
    """Return whether a case goes on although the leadership finds no competence for it (8.3).

    Its last opinion counts. While the leadership has the case again, a new one is expected.
    """
    return (
        case.is_open
        and case.within_competence is False
        and not (case.holder and case.holder.role is Role.LEADERSHIP)
    )


def _is_unit_uninformed(case: Case) -> bool:
    """Return whether a unit has yet to be notified: that of an accused, or the one it is about.

    The latter if no person is named. Without a unit it is still to be found whose that is. A
    rejected case has no such step.
    """
    if case.kind in EXCLUDED or case.reasons:
        return False
    units: set[str | None] = {accused.unit for accused in case.accused}
    is_named = case.kind is not Kind.CONDUCT or any(each.id for each in case.accused)
    if not is_named and (case.about_unit or not units):
        units.add(case.about_unit)
    return any(not any(is_same_id(unit, told) for told in case.units_told) for unit in units)


def _is_awaited(case: Case, context: DecisionContext) -> bool:
    told = case.appointments
    return bool(told) and told[-1].status(context.at) == "open"


def _is_off_hours(case: Case, context: DecisionContext) -> bool:
    """Return whether the officer, who answers the citizen, is off at the appointed time (8.1.c1).

    The closing instant is in time, as for a limit (R14).
    """
    appointment, officer = case.appointments[-1].time, case.officer
    assert officer is not None  # who promised the time
    calendar = context.calendar_for(officer.role, officer.unit)
    try:
        return not (calendar.is_open(appointment) or calendar.is_open(appointment - _INSTANT))
    except CoverageError:
        return False  # the hours of that day are unknown


def _is_brought_forward(case: Case) -> bool:
    """Return whether the time is earlier than the one that the citizen had (9.3)."""
    told = case.appointments
    return len(told) > 1 and told[-1].time < told[-2].time and not told[-2].answered_at


def _is_before_limit(case: Case) -> bool:
    """Return whether the agency may still be in time at the appointed time (9.2)."""
    limit, holder = case.clock, case.holder
    is_agency = holder is not None and holder.role is Role.AGENCY
    return limit is not None and is_agency and case.appointments[-1].time < limit.due


def _is_reply_owed(case: Case, context: DecisionContext) -> bool:
    """Return whether an agency is done, and an officer has had 9.1's time to answer (R8).

    Another officer who was named since then has them too. Whoever gets the case anew has a limit.
    """
    budget, holder = context.rules.officer_limit.budget, case.holder
    if holder is None or holder.role is not Role.OFFICER or case.clock is not None:
        return False
    done = [
        *(each.at for each in case.findings),
        *(each.at for each in case.sent_back if each.role is Role.AGENCY),
    ]
    if not done or any(each.at > max(done) for each in case.sent_back):
        return False
    return isinstance(budget, timedelta) and _is_held_for(budget, case, context)


def _is_held_for(longest: timedelta, case: Case, context: DecisionContext) -> bool:
    """Return whether the holder has had the case for more than so much working time."""
    holder, hours = case.holder, context.calendar_for
    is_unit = holder is not None and holder.role is Role.AGENCY  # which has it since it was asked
    since = case.deadlines[-1][1].start if is_unit and case.deadlines else case.since
    return holder is not None and (
        measure_wait(hours, holder.role, holder.unit, since, context.at) > longest
    )


def measure_wait(
    calendar_for: CalendarLookup, role: Role, unit: str | None, since: datetime, at: datetime
) -> timedelta:
    """Return the working time that whoever has a case had it, none if the hours are unknown."""
    try:
        return calendar_for(role, unit).between(since, at)
    except (CoverageError, InputError):
        return timedelta()  # of these days, or of this holder


def _count_put_off(case: Case) -> int:
    """Return how often the officer gave the citizen a later appointment by asking again (R58)."""
    return sum(
        new.by.role is Role.OFFICER and new.time > old.time and not old.answered_at
        for old, new in pairwise(case.appointments)
    )


def is_before_rules(case: Case, rules: Rules) -> bool:
    """Return whether a case was received before the first day that is under `rules` (R47)."""
    return case.received_at.astimezone(VIETNAM).date() < rules.valid_from


def is_after_rules(case: Case, rules: Rules) -> bool:
    """Return whether a case was received after the last day that is surely under `rules` (R29)."""
    until = rules.valid_until
    return until is not None and case.received_at.astimezone(VIETNAM).date() > until
