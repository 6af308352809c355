"""Situations of the text that must occur in some history: answers that come late, and so on.

An invariant is silent about a situation that does not occur. So each of these is looked for among
the histories that the rules allow. A missing one is a finding (W).
"""

import re
from collections.abc import Container, Iterable
from typing import Final

from phananh.regulation import events as e
from phananh.regulation.events import Event
from phananh.regulation.request import Holder, Kind
from phananh.testing.invariants.expected import Expected

PROVIDER: Final = "the provider got it and answered"
# What happens -> the last events of a history that shows it.
WITNESSES: Final[dict[str, str]] = {
    "answered although overdue": r"Lapsed Answered$",
    "the agency was late and reported": r"VerificationRequested Lapsed FindingsReported$",
    "rescheduled once, in time": r"VerificationRequested Rescheduled FindingsReported$",
    "rescheduled and late all the same": r"Rescheduled Lapsed FindingsReported$",
    "two limits of one case ran out": r"Lapsed VerificationRequested Lapsed$",
    "a second agency was asked": r"FindingsReported VerificationRequested$",
    "the leadership was asked about more than services":
        r"^Received/(?!service)\S+ .*Escalated/leadership$",
    "the opinion came, then the refusal": r"Escalated/\w+ Advised Rejected/\S*out_of_competence",
    "the opinion came, then the officer": r"Advised Escalated/officer$",
    PROVIDER: r"Escalated/provider Answered$",
    "another person took over and answered": r"Escalated/\w+ Reassigned Answered$",
    "the unit was notified": r"UnitNotified$",
    "the unit was notified after the answer": r"Answered .*UnitNotified$",
    "a note was taken": r"Noted$",
    "closed and then rated": r"Closed .*Rated$",
}  # fmt: skip


_RESCHEDULES = frozenset({"rescheduled once, in time", "rescheduled and late all the same"})


def tell_event(event: Event) -> str:
    """Return the name of an event, with the kind, the new holder or the reasons after a slash."""
    name = type(event).__name__
    match event:
        case e.Received():
            return f"{name}/{event.kind.value}"
        case e.Escalated(holder=Holder() as holder):
            return f"{name}/{holder.role.value}"
        case e.Rejected():
            return f"{name}/{','.join(event.reasons)}"
    return name


def find_missing(stories: Iterable[str], expected: Expected, kinds: Container[Kind]) -> list[str]:
    """Return the situations that no story shows. A story is what `tell_event` says of a history.

    A rescheduled case is not looked for if the text leaves no time for it (R5), and the provider
    only if services are among the kinds and a typed table does not leave the provider out.
    """
    known = {*stories}
    left_out = {*_RESCHEDULES} if expected.no_reschedule else set()
    is_typed = expected.outcomes is None or "escalated/provider" in expected.outcomes
    left_out |= set() if Kind.SERVICE in kinds and is_typed else {PROVIDER}
    return [
        name
        for name, pattern in WITNESSES.items()
        if name not in left_out and not any(re.search(pattern, story) for story in known)
    ]
