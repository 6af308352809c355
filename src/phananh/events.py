"""What was recorded: an event class for each step of a case (Art. 7-10, 16.1).

The history of a case is a tuple of these values. Handlers of the feed tell them apart by class.
"""

from phananh.regulation.events import (
    Advised,
    Answered,
    Closed,
    Commended,
    Completed,
    DeadlineMoved,
    Escalated,
    Event,
    FindingsReported,
    Lapsed,
    Noted,
    Published,
    Rated,
    Reassigned,
    Received,
    Rejected,
    Rescheduled,
    UnitNotified,
    VerificationRequested,
)

__all__ = [
    "Advised",
    "Answered",
    "Closed",
    "Commended",
    "Completed",
    "DeadlineMoved",
    "Escalated",
    "Event",
    "FindingsReported",
    "Lapsed",
    "Noted",
    "Published",
    "Rated",
    "Reassigned",
    "Received",
    "Rejected",
    "Rescheduled",
    "UnitNotified",
    "VerificationRequested",
]
