"""Situations of the text that must occur in some history: answers that come late, and so on.

An invariant is silent about a situation that does not occur. So each of these is looked for among
the histories that the rules allow. A missing one is a finding (W).
"""

import re
from collections.abc import Iterable
from typing import Final

from phananh.testing.invariants.expected import Expected

# What happens -> the last events of a history that shows it.
WITNESSES: Final[dict[str, str]] = {
    "answered although overdue": r"Lapsed Answered$",
    "the agency was late and reported": r"VerificationRequested Lapsed FindingsReported$",
    "rescheduled once, in time": r"VerificationRequested Rescheduled FindingsReported$",
    "rescheduled and late all the same": r"Rescheduled Lapsed FindingsReported$",
    "two limits of one case ran out": r"Lapsed VerificationRequested Lapsed$",
    "a second agency was asked": r"FindingsReported VerificationRequested$",
    "the opinion came, then the refusal": r"Escalated Advised Rejected$",
    "the opinion came, then the officer": r"Advised Escalated$",
    "another person took over and answered": r"Escalated Reassigned Answered$",
    "the unit was notified": r"UnitNotified$",
    "the unit was notified after the answer": r"Answered .*UnitNotified$",
    "a note was taken": r"Noted$",
    "closed and then rated": r"Closed .*Rated$",
}


_RESCHEDULES = frozenset({"rescheduled once, in time", "rescheduled and late all the same"})


def find_missing(stories: Iterable[str], expected: Expected) -> list[str]:
    """Return the situations that no story shows. A story is the names of a history's events.

    A rescheduled case is not looked for if the text leaves no time for it (R5).
    """
    known = {*stories}
    used = 1 if expected.first_appointment_counts else 0
    left_out = _RESCHEDULES if expected.reschedules <= used else frozenset()
    return [
        name
        for name, pattern in WITNESSES.items()
        if name not in left_out and not any(re.search(pattern, story) for story in known)
    ]
