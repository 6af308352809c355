"""What people ask for: an act class for each step, and the file of acts (Art. 7-10, 16.1).

The methods of a desk build these values for you, and `Desk.do` takes one as it is. `replay` does
the acts of an act log, one a line.
"""

from phananh.act_log.replay import replay
from phananh.desk.forms import make_act, make_act_schema
from phananh.regulation.acts import (
    Act,
    Advise,
    Answer,
    Close,
    Commend,
    Complete,
    Escalate,
    LiftLapse,
    Note,
    NotifyUnit,
    Publish,
    Rate,
    Reassign,
    Receive,
    Reject,
    Reopen,
    ReportFindings,
    ReportOutcome,
    RequestVerification,
    Reschedule,
    SendBack,
    Unpublish,
    Withdraw,
)

__all__ = [
    "Act",
    "Advise",
    "Answer",
    "Close",
    "Commend",
    "Complete",
    "Escalate",
    "LiftLapse",
    "Note",
    "NotifyUnit",
    "Publish",
    "Rate",
    "Reassign",
    "Receive",
    "Reject",
    "Reopen",
    "ReportFindings",
    "ReportOutcome",
    "RequestVerification",
    "Reschedule",
    "SendBack",
    "Unpublish",
    "Withdraw",
    "make_act",
    "make_act_schema",
    "replay",
]
