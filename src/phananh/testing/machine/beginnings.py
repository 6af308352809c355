"""The beginnings of a machine's play: cases deep in the table, by ordinary acts.

From a receipt alone a random walk seldom comes to an agency, and hardly ever to a limit that
runs out there or to a second try to put the citizen off.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.request import Accused, Kind, Person
from phananh.testing.strategies.people import PEOPLE, USUAL_SENDER

Step = Callable[[Case, datetime], a.Act]

_OPERATOR, _OFFICER, _FOCAL, _LEADER, _PROVIDER, _CITIZEN = PEOPLE[:6]
_WEEK = timedelta(days=7)

LATE = "late"
"""A step in which a limit runs out: the clock goes to a microsecond after it."""


def _escalate_to(person: Person) -> Step:
    return lambda _case, _at: a.Escalate(to=person, by=_OPERATOR)


def _request(_case: Case, at: datetime) -> a.Act:
    appointment = datetime.fromisoformat((at + _WEEK).isoformat())
    return a.RequestVerification(
        agency=_FOCAL.unit or "", focal=_FOCAL.id, appointment=appointment, by=_OFFICER
    )


def _reschedule(case: Case, at: datetime) -> a.Act:
    later = datetime.fromisoformat((max(case.due or at, at) + _WEEK).isoformat())
    return a.Reschedule(to=later, reason="Chờ hồ sơ gốc", by=_FOCAL)


def _accuse(person: Person) -> Step:
    accused = (Accused(id=person.id, unit=person.unit or ""),)
    return lambda _case, _at: a.Complete(accused=accused, by=_OPERATOR)


def _report(_case: Case, _at: datetime) -> a.Act:
    return a.ReportFindings(text="Đã xem xét", by=_FOCAL)


def _answer(_case: Case, _at: datetime) -> a.Act:
    return a.Answer(text="Đã xem xét", by=_OFFICER)


_TO_OFFICER = _escalate_to(_OFFICER)
_TO_AGENCY = (_TO_OFFICER, _request)
BEGINNINGS: Mapping[str, tuple[Kind, tuple[Step | str, ...]]] = {
    "received": (Kind.INFORMATION, ()),
    "a report, received": (Kind.CONDUCT, ()),
    "a complaint, received": (Kind.COMPLAINT, ()),
    "with the officer": (Kind.CONDUCT, (_TO_OFFICER,)),
    "with the agency": (Kind.CONDUCT, _TO_AGENCY),
    "put off": (Kind.CONDUCT, (*_TO_AGENCY, _reschedule)),
    "put off, then asked again": (Kind.CONDUCT, (*_TO_AGENCY, _reschedule, _report, _request)),
    "late with the agency": (Kind.CONDUCT, (*_TO_AGENCY, LATE)),
    "late with the officer": (Kind.CONDUCT, (_TO_OFFICER, LATE)),
    "with the leadership": (Kind.PROPOSAL, (_escalate_to(_LEADER),)),
    "with the provider": (Kind.SERVICE, (_escalate_to(_PROVIDER),)),
    "the agency's person is accused": (Kind.CONDUCT, (*_TO_AGENCY, _accuse(_FOCAL))),
    "the officer is accused": (Kind.CONDUCT, (_TO_OFFICER, _accuse(_OFFICER))),
    "reported": (Kind.CONDUCT, (*_TO_AGENCY, _report)),
    "reported late": (Kind.CONDUCT, (*_TO_AGENCY, LATE, _report)),
    "answered": (Kind.CONDUCT, (_TO_OFFICER, _answer)),
}
"""By name: the kind of request, and what happens to it."""


# Those that little else leads to come more often.
_WEIGHTS = {
    "received": 4,
    "a report, received": 4,
    "a complaint, received": 3,
    "with the officer": 7,
    "with the agency": 15,
    "with the leadership": 8,
    "put off": 2,
    "answered": 4,
}
OFTEN = tuple(name for name in BEGINNINGS for _ in range(_WEIGHTS.get(name, 1)))
"""The names of the beginnings, each as often as it is to be drawn."""


def make_receipt(kind: Kind) -> a.Receive:
    """Return the request that a beginning starts with: complete, and sent by the citizen."""
    return a.Receive(
        kind=kind,
        channel="portal",
        content="Chờ hai giờ ở bộ phận một cửa",
        sender=USUAL_SENDER,
        about_unit="MC-1",
        by=_CITIZEN,
    )
