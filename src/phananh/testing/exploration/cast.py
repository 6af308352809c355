"""The cast of a walk, of the machine and of the strategies: people, hours, and what comes in.

The centre and the agencies have different hours, so that a limit on the wrong ones shows. One of
the unit that holds most cases is accused. Their acts spell the id in capitals, with decomposed
letters and the tone mark in its other place, so that a walk also tries how ids compare.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Final

import attrs

from phananh.regulation.acts import SYSTEM, Receive
from phananh.regulation.request import Accused, Kind, Person, Role, Sender
from phananh.regulation.rules import Rules
from phananh.worktime import Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.instants import VIETNAM
from phananh.worktime.timetable import Hours

UNIT, SECOND_UNIT = "so-mau", "so-mau-hai"
"""The unit of the officer, of the accused and of the agency asked first; and a second agency."""
POST, CENTRE, STRANGER_UNIT = "buu-dien-mau", "trung-tam-mau", "don-vi-khac"
COLLEAGUE_ID, STRANGER_ID, SUCCESSOR_ID = "dong-nghiep", "nguoi-la", "nguoi-moi"

ACCUSED = Accused(id="nguyễn-tòa-01", unit=UNIT)
ACCUSED_SPELT = unicodedata.normalize("NFD", "NGUYỄN-TOÀ-01")
ACCUSED_WITHOUT_ID = Accused(unit=SECOND_UNIT)
SECOND_ACCUSED = Accused(id="can-bo-02", unit=CENTRE)
SECOND_ACCUSED_SPELT = "CAN-BO-02"
SENDER = Sender(
    name="Người Gửi Mẫu", address="12 Đường Mẫu", phone="0218 000 0000", email="mau@vidu.vn"
)
CODE = "MAU-7K3M"
"""The tracking code of each case of a walk."""
PEOPLE: Final[Mapping[Role, Person]] = MappingProxyType(
    {
        Role.CITIZEN: Person(id="cd-mau", role="citizen"),
        Role.OPERATOR: Person(id="dtv-mau", role="operator"),
        Role.OFFICER: Person(id="cb-mau", role="officer", unit=UNIT),
        Role.PROVIDER: Person(id="bd-mau", role="provider", unit=POST),
        Role.LEADERSHIP: Person(id="ld-mau", role="leadership", unit=CENTRE),
        Role.AGENCY: Person(id="dm-mau", role="agency", unit=UNIT),
        Role.AGENCY_HEAD: Person(id="tt-mau", role="agency_head", unit=UNIT),
        Role.OFFICE: Person(id="vp-mau", role="office"),
        Role.SYSTEM: SYSTEM,
    }
)
KINDS: Final = (Kind.INFORMATION, Kind.CONDUCT, Kind.SERVICE, Kind.COMPLAINT)
"""One of each kind that the Regulation treats in its own way."""
EVERY_KIND: Final = tuple(Kind)
_TREATED_AS = {
    Kind.REGULATION: Kind.INFORMATION,
    Kind.PROPOSAL: Kind.INFORMATION,
    Kind.DENUNCIATION: Kind.COMPLAINT,
}
_START = datetime(2025, 3, 3, 10, 29, tzinfo=VIETNAM)


def make_hours() -> dict[Role, WorkCalendar]:
    """Return the hours of a walk: eight a day for the centre, seven for the agencies."""
    centre = vietnam_calendar("A")
    week = Timetable(hours=Hours(days="mon-fri", sessions="08:00-12:00, 13:00-16:00"))
    agency = WorkCalendar(name="agency", timetable=week)
    return {role: agency if role is Role.AGENCY else centre for role in Role}


def choose_start(rules: Rules) -> datetime:
    """Return a Monday, 10:29, on which the rules are in force.

    Passed on a minute later, an officer's five hours end with the day.
    """
    first, last = rules.valid_from, rules.valid_until
    if first <= _START.date() and (last is None or _START.date() <= last):
        return _START
    monday = first + timedelta(days=-first.weekday() % 7)
    return datetime.combine(monday, time(10, 29), VIETNAM)


def split_kinds(kinds: Iterable[Kind]) -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    """Return the first of each kinds that the Regulation treats alike, and the others."""
    first: dict[Kind, Kind] = {}
    given = tuple(kinds)
    for kind in given:
        first.setdefault(_TREATED_AS.get(kind, kind), kind)
    chosen = tuple(first.values())
    return chosen, tuple(kind for kind in given if kind not in chosen)


def make_request(kind: Kind, sender: Sender = SENDER) -> Receive:
    """Return a request. A conduct report names the accused.

    A request for a service names a unit that it is about, and comes by phone.
    """
    by_phone = kind is Kind.SERVICE
    return Receive(
        by=PEOPLE[Role.OPERATOR if by_phone else Role.CITIZEN],
        kind=kind,
        channel="phone" if by_phone else "portal",
        content="Nội dung mẫu",
        sender=sender,
        accused=(ACCUSED,) if kind is Kind.CONDUCT else (),
        about_unit=UNIT if kind is Kind.SERVICE else None,
    )


def list_requests(kinds: Iterable[Kind]) -> Iterator[Receive]:
    """Yield a request of each kind, and of the first also one without a name or a way to reply."""
    for n, kind in enumerate(kinds):
        yield make_request(kind)
        if n == 0:
            yield from _list_incomplete(kind)


def list_other_requests(kinds: Iterable[Kind]) -> Iterator[Receive]:
    """Yield what `list_requests` has of no kind, or of the first only.

    That is a request of each further kind that is treated like another, and requests by mail, in
    another language, and without a name or a way to reply.
    """
    chosen, others = split_kinds(kinds)
    for kind in others:
        yield make_request(kind)
    yield attrs.evolve(make_request(chosen[0]), language="en")
    yield attrs.evolve(make_request(chosen[0]), by=PEOPLE[Role.CITIZEN], channel="email")
    for kind in chosen[1:]:
        yield from _list_incomplete(kind)


def _list_incomplete(kind: Kind) -> Iterator[Receive]:
    yield make_request(kind, Sender(name=SENDER.name))
    yield make_request(kind, attrs.evolve(SENDER, name=None))
