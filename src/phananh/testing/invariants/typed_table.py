"""What the rules do against the table typed by hand: steps, roles, states and clauses (Art. 7-10).

A position is where a case lies, such as `escalated/officer`. The typed case is a report on
conduct, with the provider a request for a service.
"""

from collections.abc import Container, Mapping
from typing import NamedTuple

from phananh.regulation import events as e
from phananh.regulation.events import Event
from phananh.regulation.request import Kind, Role
from phananh.testing.exploration.step import Path
from phananh.testing.invariants.expected import Expected
from phananh.testing.invariants.invariant import Record, invariant
from phananh.testing.invariants.outcomes import NEW, Outcome, position_of


class Done(NamedTuple):
    """An act that the right person of a role did at a position."""

    position: str
    trigger: str
    role: Role


@invariant(
    "V34", "7.2, 8, 9, 10, 16", "M39 by another unit's head", "M40 a lapse from received",
    "M41 closed unanswered", "M42 findings that were not asked for", "M44 published at once",
    "M48 moved by a person", "M60 never published", "M61 a lapse leaves the state",
    "M70 no provider", "M73 another clause",
)  # fmt: skip
def the_typed_table_agrees(record: Record) -> bool:
    """Each step is in the table typed by hand, from its state and holder, with role and clause."""
    event, expected = record.event, record.expected
    is_late_state = isinstance(event, e.Lapsed) and event.late.role in expected.overdue_stages
    if is_late_state and event.state.value != "overdue":
        return False
    if expected.outcomes is None or type(event) not in TRIGGERS:
        return True
    outcome = _find_typed(record)
    if outcome is None or outcome.has_no_step or find_wrong_clause(record) is not None:
        return False
    return _is_by_typed_role(event, outcome) and _leads_as_typed(record, outcome)


def _find_typed(record: Record) -> Outcome | None:
    position = position_of(record.before.case)
    return record.expected.find_outcome(position, TRIGGERS[type(record.event)])


def _is_by_typed_role(event: Event, outcome: Outcome) -> bool:
    if isinstance(event, e.Lapsed) and event.by.role is Role.SYSTEM:
        return True  # the typed case is in time
    if isinstance(event, e.Commended) and event.by.role is Role.LEADERSHIP:
        return True  # that depends on who handled it: V39
    if isinstance(event, e.UnitNotified) and not outcome.may_somebody:
        return True  # the typed case has nobody accused
    return outcome.may(event.by.role)


def _leads_as_typed(record: Record, outcome: Outcome) -> bool:
    if not outcome.may_somebody or isinstance(record.event, e.Commended):
        return True
    before = record.before.case.state.value
    leads_to = before if outcome.leads_to == "=" else outcome.leads_to
    return record.event.state.value == leads_to


def find_wrong_clause(record: Record) -> str | None:
    """Return what an event, or the receipt before it, cites in place of the typed clause."""
    first = record.history[0]
    pairs = (
        (first, record.expected.find_outcome(NEW, "receive")),
        (record.event, _find_typed(record) if type(record.event) in TRIGGERS else None),
    )
    for event, typed in pairs:
        if typed is not None and not typed.may_cite(event.article):
            return f"{type(event).__name__} cites {event.article}, not {' or '.join(typed.clauses)}"
    return None


def find_never(
    reached: Mapping[str, Path], done: Container[Done], expected: Expected, kinds: Container[Kind]
) -> tuple[Path, str] | None:
    """Return how to come to what is typed and never happens, with words for it, or None."""
    for position in expected.list_positions():
        if (Kind.SERVICE if position.endswith("/provider") else Kind.CONDUCT) not in kinds:
            continue
        if position not in reached:
            return (), f"no case comes to {position}"
        for trigger, line in (expected.outcomes or {})[position].items():
            if line is not expected.find_outcome(position, trigger):
                continue  # a reading takes its place
            missing = [role for role in Role if line.may(role)]
            missing = [role for role in missing if Done(position, trigger, role) not in done]
            if missing:
                never = f"{trigger} is never recorded by {missing[0].value} in {position}"
                return reached[position], never
    return None


TRIGGERS: dict[type[Event], str] = {
    e.Completed: "complete",
    e.Noted: "note",
    e.Rejected: "reject",
    e.Answered: "answer",
    e.Escalated: "escalate",
    e.Advised: "advise",
    e.VerificationRequested: "request_verification",
    e.FindingsReported: "report_findings",
    e.Rescheduled: "reschedule",
    e.DeadlineMoved: "move_deadline",
    e.Lapsed: "lapse",
    e.Reassigned: "reassign",
    e.UnitNotified: "notify_unit",
    e.Closed: "close",
    e.Published: "publish",
    e.Commended: "commend",
    e.Rated: "rate",
}
