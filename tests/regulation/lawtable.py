"""The table typed from the Articles, as the test kit lends it: position, act, role -> letter."""

from phananh.regulation import events as e
from phananh.testing.invariants.expected import NEW, ROLES, Outcome, read_decision

Line = Outcome
TRIGGERS = {
    e.Completed: "complete", e.Noted: "note", e.Rejected: "reject", e.Answered: "answer",
    e.Escalated: "escalate", e.Advised: "advise", e.Reassigned: "reassign", e.Closed: "close",
    e.VerificationRequested: "request_verification", e.FindingsReported: "report_findings",
    e.Rescheduled: "reschedule", e.DeadlineMoved: "move_deadline", e.Lapsed: "lapse",
    e.UnitNotified: "notify_unit", e.Published: "publish", e.Commended: "commend", e.Rated: "rate",
}  # fmt: skip
__all__ = ["ROLES", "TRIGGERS", "Line", "law", "position_of"]


def position_of(case) -> str:
    """Return how a table names where a case lies: `escalated/officer`, `answered`."""
    return f"{case.state.value}/{case.holder.role.value}" if case.holder else case.state.value


def law() -> dict[str, dict[str, Line]]:
    """Return the positions of cases under the default readings."""
    return {
        place: lines
        for place, lines in read_decision().items()
        if place != NEW and " if " not in place
    }
