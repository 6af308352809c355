"""The people of a walk, their hours, and its beginning: plainly samples.

The centre and the agencies have different hours, so that a limit on the wrong ones shows. One of
the unit that holds most cases is accused. Their acts spell the id in capitals, with decomposed
letters and the tone mark in its other place, so that a walk also tries how ids compare.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from phananh.regulation.acts import SYSTEM
from phananh.regulation.context import CalendarLookup, make_lookup
from phananh.regulation.request import Accused, Person, Role, Sender
from phananh.regulation.rules import Rules
from phananh.worktime import Hours, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.instants import VIETNAM

UNIT, SECOND_UNIT = "so-mau", "so-mau-hai"
"""The unit of the officer, of the accused and of the agency asked first; and a second agency."""
_POST, _CENTRE, _ELSEWHERE = "buu-dien-mau", "trung-tam-mau", "don-vi-khac"

ACCUSED = Accused(id="nguyễn-tòa-01", unit=UNIT)
ACCUSED_SPELT = unicodedata.normalize("NFD", "NGUYỄN-TOÀ-01")
ACCUSED_WITHOUT_ID = Accused(unit=SECOND_UNIT)
SECOND_ACCUSED = Accused(id="can-bo-02", unit=_CENTRE)
SECOND_ACCUSED_SPELT = "CAN-BO-02"
SENDER = Sender(
    name="Người Gửi Mẫu", address="12 Đường Mẫu", phone="0218 000 0000", email="mau@vidu.vn"
)
CODE = "MAU-7K3M"
"""The tracking code of each case."""
PEOPLE: Final[Mapping[Role, Person]] = MappingProxyType(
    {
        Role.CITIZEN: Person(id="cd-mau", role="citizen"),
        Role.OPERATOR: Person(id="dtv-mau", role="operator"),
        Role.OFFICER: Person(id="cb-mau", role="officer", unit=UNIT),
        Role.PROVIDER: Person(id="bd-mau", role="provider", unit=_POST),
        Role.LEADERSHIP: Person(id="ld-mau", role="leadership", unit=_CENTRE),
        Role.AGENCY: Person(id="dm-mau", role="agency", unit=UNIT),
        Role.AGENCY_HEAD: Person(id="tt-mau", role="agency_head", unit=UNIT),
        Role.OFFICE: Person(id="vp-mau", role="office"),
        Role.SYSTEM: SYSTEM,
    }
)
COLLEAGUE_ID, STRANGER_ID, STRANGER_UNIT = "dong-nghiep", "nguoi-la", _ELSEWHERE
SUCCESSOR_ID = "nguoi-moi"
"""Who takes a case over."""


def make_hours() -> dict[Role, WorkCalendar]:
    """Return the hours of a walk: eight a day for the centre, seven for the agencies."""
    centre = vietnam_calendar("A")
    week = Timetable(hours=Hours(days="mon-fri", sessions="08:00-12:00, 13:00-16:00"))
    agency = WorkCalendar(name="agency", timetable=week)
    return {role: agency if role is Role.AGENCY else centre for role in Role}


def make_sample_lookup() -> CalendarLookup:
    """Return the hours of a walk as a desk looks them up."""
    return make_lookup(make_hours())


_START = datetime(2025, 3, 3, 10, 29, tzinfo=VIETNAM)


def choose_start(rules: Rules) -> datetime:
    """Return a Monday, 10:29, on which the rules are in force.

    Passed on a minute later, an officer's five hours end with the day.
    """
    first, last = rules.valid_from, rules.valid_until
    if first <= _START.date() and (last is None or _START.date() <= last):
        return _START
    monday = first + timedelta(days=-first.weekday() % 7)
    return datetime.combine(monday, time(10, 29), VIETNAM)
