"""What each event changes in a case besides state, holder, version and time (Art. 8, 9).

There is one function per event, on the fields that a fold is building (case.py). They do not ask
the table, because an event is a fact. Instants are put on the clock in Vietnam.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from phananh.regulation.values import events as e
from phananh.regulation.values.appointment import Appointment, End, end_appointment
from phananh.regulation.values.cleaning import is_same_id
from phananh.regulation.values.cleaning import to_vietnam_time as local
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.erased import Erased
from phananh.regulation.values.events import Event
from phananh.regulation.values.limits import (
    FindingsRecord,
    MoveRecord,
    RunningLimit,
    make_lapse_record,
)
from phananh.regulation.values.request import Holder, Role, Sender
from phananh.worktime.localtime import VIETNAM

Fields = dict[str, Any]


def _apply_received(f: Fields, event: e.Received) -> None:
    f.update(
        id=event.case,
        rules=event.rules,  # to its end: no later event changes them (R47)
        kind=event.kind,
        channel=event.channel,
        language=event.language,
        about_unit=event.about_unit,
        accused=event.accused,
        content=event.content,
        sender=event.sender,
        sender_id=event.by.id if event.by.role is Role.CITIZEN else _find_id(event.sender),
        code=event.code,
        code_digest=event.code_digest,
        received_at=local(event.at),
    )


def _apply_completed(f: Fields, event: e.Completed) -> None:
    for name in ("kind", "accused", "about_unit", "content", "language"):
        if getattr(event, name) is not None:
            f[name] = getattr(event, name)
    if isinstance(event.sender, Erased):
        f["sender"], f["former_senders"] = event.sender, ()
    elif event.sender is not None and isinstance(f["sender"], Sender):
        before, f["sender"] = f["sender"], f["sender"].merge(event.sender)
        if f["sender"] != before:
            f["former_senders"] = (*f["former_senders"], before)
        if f["sender_id"] == before.id:  # a citizen who sent it themselves stays the sender
            f["sender_id"] = f["sender"].id


def _find_id(sender: Sender | Erased) -> str | None:
    """Return the id of the caller, if the portal knew it (R48)."""
    return sender.id if isinstance(sender, Sender) else None


def _apply_rejected(f: Fields, event: e.Rejected) -> None:
    f["reasons"] = event.reasons
    f["result_article"] = event.article or "7.2"
    f["clock"] = None


def _apply_answered(f: Fields, event: e.Answered) -> None:
    f["result_article"] = event.article or _find_answer_article(f, event.by.role)
    _end_lapses(f, event)
    if f["appointments"]:
        f["appointments"] = _end_last(f, "answered_at", local(event.at))
    f["clock"] = None


def _find_answer_article(f: Fields, role: Role) -> str:
    """Return the clause of an answer that was recorded before clauses were stored."""
    if role is Role.OFFICER:
        return "8.1.c1" if f["findings"] else "8.1.b"
    return "8.2.b" if role is Role.PROVIDER else "8.1.a"


def _run(opened_by: int, due: datetime, late_after: datetime) -> RunningLimit:
    if due.tzinfo is not VIETNAM or late_after.tzinfo is not VIETNAM:
        due, late_after = local(due), local(late_after)
    return RunningLimit(opened_by=opened_by, due=due, late_after=late_after)


def _start_limit(f: Fields, event: Event, deadline: Deadline | None) -> None:
    if deadline is None:
        f["clock"] = None
    else:
        n = event.n
        f["deadlines"] = (*f["deadlines"], (n, deadline))
        f["clock"] = f["last_limit"] = _run(n, deadline.due, deadline.late_after)


def _add_unit(f: Fields, holder: Holder | None) -> None:
    # The leadership gives an opinion (8.3), but does not handle cases.
    handles = holder is not None and holder.role is not Role.LEADERSHIP
    unit, known = holder.unit if holder and handles else None, f["handled_by"]
    if unit and not (known and any(is_same_id(unit, one) for one in known)):
        f["handled_by"] = (*known, unit)


def _apply_escalated(f: Fields, event: e.Escalated) -> None:
    _start_limit(f, event, event.deadline)
    _add_unit(f, event.holder)
    f["officer"] = event.holder


def _apply_advised(f: Fields, event: e.Advised) -> None:
    f["advised"] = True
    f["within_competence"] = event.within_competence
    _end_lapses(f, event)
    f["clock"] = None


def _apply_verification_requested(f: Fields, event: e.VerificationRequested) -> None:
    f["officer"] = f["holder"]
    known = f["findings"]
    _end_lapses(f, event)
    again = bool(known) and any(is_same_id(each.agency, event.agency) for each in known)
    _tell_time(f, event, event.appointment, again=again)
    _start_limit(f, event, event.deadline)
    _add_unit(f, event.holder)


def _tell_time(f: Fields, event: Event, time: datetime, **why: Any) -> None:
    """Add a time promised to the citizen, which replaces the one before."""
    at, by, before = local(event.at), event.by, f["appointments"]
    told = Appointment(told_at=at, time=local(time), by=by, version=event.n, **why)
    f["appointments"] = (*_end_last(f, "replaced_at", at), told) if before else (told,)


def _end_last(f: Fields, how: End, at: datetime) -> tuple[Appointment, ...]:
    """Return the appointments, at least one, with the last ended at that moment."""
    told: tuple[Appointment, ...] = f["appointments"]
    return (*told[:-1], end_appointment(told[-1], how, at))


def _apply_findings_reported(f: Fields, event: e.FindingsReported) -> None:
    limit, holder = f["clock"], f["holder"]
    record = FindingsRecord(
        agency=event.agency or (holder.unit if holder else None),
        at=local(event.at),
        due=limit.due if limit else None,
        left=event.left,
    )
    f["findings"] = (*f["findings"], record)
    _end_lapses(f, event)
    _start_limit(f, event, event.deadline)


def _apply_rescheduled(f: Fields, event: e.Rescheduled) -> None:
    f["reschedules"] = (*f["reschedules"], local(event.to))
    _tell_time(f, event, event.to, provisional=event.provisional)
    if event.due is None or event.late_after is None:
        return
    limit = f["clock"]
    opened_by = limit.opened_by if limit else event.n
    f["clock"] = f["last_limit"] = _run(opened_by, event.due, event.late_after)


def _apply_deadline_moved(f: Fields, event: e.DeadlineMoved) -> None:
    new = event.deadline
    f["deadlines"] = (*f["deadlines"], (event.clock, new))
    f["clock"] = f["last_limit"] = _run(event.clock, new.due, new.late_after)
    moved = MoveRecord(
        opened_by=event.clock,
        at=local(event.at),
        old=local(event.old),
        new=f["clock"].due,
        notices=event.notices,
    )
    f["moves"] = (*f["moves"], moved)


def _apply_lapsed(f: Fields, event: e.Lapsed) -> None:
    f["lapses"] = (*f["lapses"], make_lapse_record(event.clock, event.late, local(event.due)))
    f["clock"] = None


def _end_lapses(f: Fields, event: Event) -> None:
    """End the lateness of the stage that the case leaves, so that it grows no more."""
    if f["lapses"]:
        at = local(event.at)
        f["lapses"] = tuple(
            each if each.ended_at else attrs.evolve(each, ended_at=at) for each in f["lapses"]
        )


def _apply_reassigned(f: Fields, event: e.Reassigned) -> None:
    if event.deadline is not None:
        _start_limit(f, event, event.deadline)


def _apply_unit_notified(f: Fields, event: e.UnitNotified) -> None:
    f["units_told"] = (*f["units_told"], event.unit)


def _apply_published(f: Fields, event: e.Published) -> None:
    f["published"] += 1


def _apply_commended(f: Fields, event: e.Commended) -> None:
    f["commended"] += 1


def _apply_rated(f: Fields, event: e.Rated) -> None:
    f["rating"] = event.score


def _apply_nothing(f: Fields, event: Event) -> None:
    """Only the header changes the case."""


EFFECTS: dict[type[Event], Callable[[Fields, Any], None]] = {
    e.Received: _apply_received,
    e.Completed: _apply_completed,
    e.Noted: _apply_nothing,
    e.Rejected: _apply_rejected,
    e.Answered: _apply_answered,
    e.Escalated: _apply_escalated,
    e.Advised: _apply_advised,
    e.VerificationRequested: _apply_verification_requested,
    e.FindingsReported: _apply_findings_reported,
    e.Rescheduled: _apply_rescheduled,
    e.DeadlineMoved: _apply_deadline_moved,
    e.Lapsed: _apply_lapsed,
    e.Reassigned: _apply_reassigned,
    e.UnitNotified: _apply_unit_notified,
    e.Closed: _apply_nothing,
    e.Published: _apply_published,
    e.Commended: _apply_commended,
    e.Rated: _apply_rated,
}
