"""Judges that decide otherwise than the library: what mutants of code are made of."""

import itertools
from datetime import timedelta

import attrs

from phananh.regulation import events as e
from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.regulation.case import fold
from phananh.regulation.decide import (
    Decision,
    Recorded,
    Refused,
    decide,
    find_pending_lapse,
    list_allowed,
)

_INSTANT = timedelta(microseconds=1)


def late_at_the_due(case, act, context) -> Decision:
    """Let a limit run out at its last instant, not after it."""
    limit = case.clock
    if limit is None or context.at != limit.late_after or act.trigger in SYSTEM_TRIGGERS:
        return decide(case, act, context)
    later = attrs.evolve(context, at=limit.late_after + _INSTANT)
    lapse = find_pending_lapse(case, later)
    found = decide(fold(lapse, onto=case), act, context)
    if not isinstance(found, Recorded):
        return found
    return Recorded(events=(*lapse, *found.events), case=found.case)


def _change_case(change):
    def judge(case, act, context) -> Decision:
        found = decide(case, act, context)
        return change(found, case) if isinstance(found, Recorded) else found

    return judge


def _evolve(found, **changes):
    return attrs.evolve(found, case=attrs.evolve(found.case, **changes))


@_change_case
def answers_forgive(found, _case):
    """Let an answer take lateness away."""
    answered = isinstance(found.events[-1], e.Answered)
    return _evolve(found, lapses=(), clock=None) if answered else found


@_change_case
def reschedule_overwrites(found, _case):
    """Let a reschedule take the place of the due time that was told first."""
    if not isinstance(found.events[-1], e.Rescheduled) or not found.case.deadlines:
        return found
    n, last = found.case.deadlines[-1]
    new = attrs.evolve(last, due=found.events[-1].to)
    return _evolve(found, deadlines=(*found.case.deadlines[:-1], (n, new)))


@_change_case
def lateness_by_state(found, _case):
    """Let lateness end where the state is no longer overdue, and begin anew where it is."""
    is_overdue = found.case.state.value == "overdue"
    at = None if is_overdue else found.case.updated_at
    return _evolve(found, lapses=tuple(attrs.evolve(x, ended_at=at) for x in found.case.lapses))


@_change_case
def lapses_by_stage(found, case):
    """Keep one lapse a stage, whichever limit it was of."""
    stages = {lapse.stage for lapse in case.lapses}
    new = [x for x in found.case.lapses[len(case.lapses) :] if x.stage not in stages]
    return _evolve(found, lapses=(*case.lapses, *new))


@_change_case
def moved_by_name(found, case):
    """Record that a due time moved, and let the old one run."""
    moved = isinstance(found.events[-1], e.DeadlineMoved)
    return _evolve(found, clock=case.clock) if moved else found


def lapses_dated_now(case, act, context) -> Decision:
    """Date a lapse at the act that found it, not at its due instant."""
    found = decide(case, act, context)
    if not isinstance(found, Recorded):
        return found
    events = tuple(
        attrs.evolve(x, at=context.at) if isinstance(x, e.Lapsed) else x for x in found.events
    )
    return Recorded(events=events, case=fold(events, onto=case))


def lapses_by_sweep_only(case, act, context) -> Decision:
    """Record an act without the lapse that is due before it."""
    if case.clock is None or act.trigger in SYSTEM_TRIGGERS:
        return decide(case, act, context)
    found = decide(attrs.evolve(case, clock=None), act, context)
    if not isinstance(found, Recorded):
        return found
    return Recorded(events=found.events, case=fold(found.events, onto=case))


def allowed_without_clock(case, by, context):
    """Say what would be allowed if no limit ran."""
    return list_allowed(attrs.evolve(case, clock=None), by, context)


def make_moody_judge():
    """Return a judge that says no to every seventh question, whatever it is."""
    asked = itertools.count(1)

    def judge(case, act, context) -> Decision:
        found = decide(case, act, context)
        if next(asked) % 7 == 0 and isinstance(found, Recorded):
            return Refused(trigger=act.trigger, reasons=())
        return found

    return judge
