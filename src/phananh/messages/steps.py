"""A step and a state as an English sentence has them: `cannot close a received case` (Art. 8)."""

# What a step does, before the case it is done to. Steps of a citizen and the system too.
STEPS: dict[str, str] = {
    "receive": "receive",
    "complete": "complete",
    "note": "add a note to",
    "reject": "reject",
    "answer": "answer",
    "escalate": "escalate",
    "advise": "advise on",
    "request_verification": "request verification of",
    "report_findings": "report findings on",
    "reschedule": "reschedule",
    "lapse": "mark as late",
    "move_deadline": "move the deadline of",
    "reassign": "reassign",
    "notify_unit": "notify the unit of",
    "close": "close",
    "publish": "publish",
    "commend": "propose a commendation for",
    "rate": "rate",
    "sweep": "sweep",
}
# The case, by its state.
STAGES: dict[str, str] = {
    "received": "a received case",
    "rejected": "a rejected case",
    "escalated": "an escalated case",
    "pending_verification": "a case pending verification",
    "overdue": "an overdue case",
    "answered": "an answered case",
    "closed": "a closed case",
}
