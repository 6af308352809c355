"""Recorders that leave something else behind than the Articles say: what mutants are made of."""

import attrs

from phananh.regulation import events as e
from phananh.regulation import recorders as right
from phananh.regulation.deadline import start_limit
from phananh.regulation.request import Holder, Role


def reject_with_given_reasons(case, act, head, context):
    """Record the first reason that was given, and none of those that are computed."""
    return attrs.evolve(right.reject(case, act, head, context), reasons=act.reasons[:1])


def findings_stay(case, act, head, context):
    """Record findings, and leave the case with the agency."""
    return attrs.evolve(right.report_findings(case, act, head, context), holder=case.holder)


def escalate_from_receipt(case, act, head, context):
    """Count the officer's limit from the receipt, not from the hand-over."""
    event = right.escalate(case, act, head, context)
    if event.deadline is None:
        return event
    calendar = context.calendar_for(event.holder.role, event.holder.unit)
    limit = context.rules.limit(event.holder.role)
    deadline = start_limit(limit, at=case.received_at, calendar=calendar, rules=context.rules)
    return attrs.evolve(event, deadline=deadline)


def request_on_centres_calendar(case, act, head, context):
    """Count the agency's limit on the hours of the centre."""
    event = right.request_verification(case, act, head, context)
    officer = Holder(role=Role.OFFICER, id=act.by.id, unit=act.by.unit)
    return attrs.evolve(event, deadline=context.start_limit(context.rules.agency_limit, officer))


def note_that_closes(case, act, head, context):
    """Record a note, and take the case from its holder."""
    return e.Noted(**{**head, "holder": None}, text=act.text)
