"""From which states there is a step at all, and with whom the case must lie (Art. 7-10, 16)."""

from tests.oracle.acts.case import Case

# What is done beside the way that a case takes, as long as it is open, or once it was answered.
_ASIDE = ["complete", "note", "notify_unit"]
_AFTER = ["notify_unit", "publish", "commend", "rate"]
STEPS = {
    "received": [*_ASIDE, "reject", "answer", "escalate"],
    "escalated": [*_ASIDE, "advise", "answer", "request_verification", "reassign"],
    "pending_verification": [*_ASIDE, "report_findings", "reschedule", "reassign"],
    "overdue": [
        *_ASIDE,
        "advise",
        "answer",
        "request_verification",
        "report_findings",
        "reschedule",
        "reassign",
    ],
    "answered": ["close", *_AFTER],
    "rejected": ["close"],
    "closed": _AFTER,
}
# A complaint or denunciation is completed, noted, refused, and the refusal closed (Art. 1.1.b).
OF_COMPLAINTS = ["complete", "note", "reject", "close"]
# With whom the case must lie that there be such a step; of an act not named, with anybody.
LIES_WITH = {
    "advise": ["leadership"],
    "answer": ["operator", "officer", "provider"],
    "request_verification": ["officer"],
    "report_findings": ["agency"],
    "reschedule": ["agency"],
    "reassign": ["officer", "provider", "agency"],
}


def list_possible(case: Case) -> list[str]:
    """Return the acts that there are for the case now, for anybody."""
    acts = STEPS[case.state]
    if case.is_complaint:
        acts = [act for act in acts if act in OF_COMPLAINTS]
    return sorted(act for act in acts if act not in LIES_WITH or case.holder in LIES_WITH[act])
