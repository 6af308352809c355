"""The people and the morning that the desk's tests share; plainly samples."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs

from phananh import Accused, Case, Desk, Person, Sender
from phananh.worktime import Notice, NoticeDay

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2026, 3, 4, 8, 0, tzinfo=VIETNAM)
HOUR, MICROSECOND = timedelta(hours=1), timedelta(microseconds=1)
OPERATOR = Person(id="OP-1", role="operator")
OFFICER = Person(id="OF-1", role="officer", unit="U-1")
AGENCY = Person(id="AG-1", role="agency", unit="U-2")
LEADER = Person(id="LD-1", role="leadership")
CITIZEN = Person(id="CT-1", role="citizen")
SENDER = Sender(name="Người gửi mẫu", phone="0218 383 1022", email="mau@example.vn")
ADDRESS = Sender(address="Số 1, phường mẫu")
SAID = "Hồ sơ mẫu đã quá ngày hẹn"


class Hand:
    """A clock that a test moves by hand."""

    def __init__(self, at: datetime = MORNING) -> None:
        """Start at `at`."""
        self.at = at

    def __call__(self) -> datetime:
        """Return where the hand stands."""
        return self.at


def end_hours(calendar: Any, day: date) -> Any:
    """Return a calendar of which the hours end on a day."""
    hours = [attrs.evolve(each, effective_to=day) for each in calendar.timetable.hours]
    return attrs.evolve(calendar, timetable=attrs.evolve(calendar.timetable, hours=hours))


def a_case(desk: Desk, **more: object) -> Case:
    """Return a case just received by phone."""
    given = {"kind": "regulation", "channel": "phone", "content": SAID, "sender": SENDER} | more
    return desk.receive(**{"by": OPERATOR, **given})  # type: ignore[arg-type]  # mixed keywords


def with_officer(desk: Desk, **more: object) -> Case:
    """Return a case handed to the one-stop officer."""
    return desk.escalate(a_case(desk, **more), to=OFFICER, by=OPERATOR)


def with_agency(desk: Desk, hand: Hand) -> Case:
    """Return a case handed on to the agency."""
    return desk.request_verification(
        with_officer(desk), agency="U-2", appointment=hand.at + 50 * HOUR, by=OFFICER
    )


def notice(document: str, day: date, kind: str = "off", **more: date | None) -> Notice:
    """Return a sample notice of one day, issued on 2 March 2026 unless told else."""
    days = [NoticeDay(day, kind)]
    return Notice(document=document, days=days, **{"issued": date(2026, 3, 2), **more})


ACCUSED = [Accused(id="CB-1", unit="U-1")]
