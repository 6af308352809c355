"""Events and changes made by hand, for tests of stores: no rule, no calendar, no clock.

The values are chosen to be lost by careless stores: microseconds, offsets, Vietnamese text,
characters outside the first plane, and every optional field both given and left out.
"""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from phananh.regulation import events as e
from phananh.regulation.case import fold
from phananh.regulation.deadline import Deadline
from phananh.regulation.request import (
    Accused,
    Channel,
    Holder,
    Kind,
    Person,
    Role,
    Sender,
    State,
)
from phananh.stores.base import Change, Command
from phananh.stores.index_row import make_index_row
from phananh.worktime import Span

HANOI = timezone(timedelta(hours=7))
START = datetime(2019, 11, 4, 8, 0, 0, 123456, tzinfo=HANOI)
OPERATOR = Person(id="op-lan", role=Role.OPERATOR, unit="Trung tâm")
OFFICER = Person(id="Đặng-Hà", role=Role.OFFICER, unit="VP-UBND")
CITIZEN = Person(id="kh-0987-654-321", role=Role.CITIZEN)
DESK = Holder(role=Role.OPERATOR, id="op-lan", unit="Trung tâm")
OFFICER_DESK = Holder(role=Role.OFFICER, id="Đặng-Hà", unit="VP-UBND")
AGENCY_DESK = Holder(role=Role.AGENCY, id=None, unit="Sở Y tế")
SECRETS = ("Nguyễn Thị Bí Mật", "0912-345-678", "bi.mat@example.vn", "Cán bộ sách nhiễu 🚌 tôi")
"""The sender's name, phone and mail, and the content: what erasure has to find."""


def deadline(*, start: datetime = START, hours: int = 8) -> Deadline:
    """Return a deadline of two spans, `hours` after `start`, invented and not computed."""
    half = timedelta(hours=hours) / 2
    due = start + 2 * half + timedelta(hours=2)
    return Deadline(
        start=start,
        budget=2 * half,
        due=due,
        late_after=due,
        article="9.1",
        calendar="vn-office",
        version="2019.1",
        provisional=False,
        spans=(Span(start, start + half), Span(due - half, due)),
    )


def header(case: str, n: int, **changed: Any) -> dict[str, Any]:
    """Return the fields that every event has: version `n`, `n` minutes after START."""
    fields = {
        "case": case,
        "n": n,
        "at": START + n * timedelta(minutes=1),
        "by": OPERATOR,
        "state": State.RECEIVED,
        "holder": DESK,
        "rules": "2370/2019",
    }
    return {**fields, **changed}


def received(case: str, **changed: Any) -> e.Received:
    """Return the first event of `case`. Fields given in `changed` replace the defaults."""
    name, phone, email, content = SECRETS
    fields = {
        "kind": Kind.CONDUCT,
        "channel": Channel.PORTAL,
        "language": "vi",
        "about_unit": None,
        "accused": (Accused(id="cb-7", unit="Sở Y tế"), Accused(id=None, unit="UBND xã")),
        "content": content,
        "sender": Sender(name=name, phone=phone, email=email),
        "code": f"MA-{case}",
        "code_digest": hashlib.sha256(case.encode()).hexdigest(),
    }
    return e.Received(**{**header(case, 1), **fields, **changed})


def escalated(case: str, n: int, *, clock: Deadline | None = None, **changed: Any) -> e.Escalated:
    """Return version `n`: with the officer, under `clock`."""
    place = {"state": State.ESCALATED, "holder": OFFICER_DESK}
    return e.Escalated(deadline=clock, **{**header(case, n), **place, **changed})


def completed(case: str, n: int, text: str = "thêm 📎", **changed: Any) -> e.Completed:
    """Return version `n`: something was added to the content."""
    return e.Completed(content=text, **{**header(case, n), **changed})


def answered(case: str, n: int, **changed: Any) -> e.Answered:
    """Return version `n`: answered, without a holder."""
    place = {"state": State.ANSWERED, "holder": None}
    fields = {"text": "Đã xử lý.", "documents": ("CV-12.pdf", "ảnh.png")}
    return e.Answered(**{**header(case, n), **place, **fields, **changed})


def request_verification(
    case: str, n: int, *, clock: Deadline | None = None, **changed: Any
) -> e.Event:
    """Return version `n`: with the agency that the officer asked, under `clock`."""
    place = {"state": State.PENDING_VERIFICATION, "holder": AGENCY_DESK}
    fields = {"agency": "Sở Y tế", "focal": None, "appointment": START}
    return e.VerificationRequested(
        deadline=clock, **{**header(case, n), **place, **fields, **changed}
    )


def rescheduled(case: str, n: int, *, to: datetime, **changed: Any) -> e.Rescheduled:
    """Return version `n`: put off to `to`."""
    place = {"state": State.PENDING_VERIFICATION, "holder": AGENCY_DESK}
    fields = {"to": to, "old": START, "due": to, "late_after": to, "reason": "chờ hồ sơ"}
    return e.Rescheduled(**{**header(case, n), **place, **fields, **changed})


def lapsed(case: str, n: int, *, opened_by: int, **changed: Any) -> e.Lapsed:
    """Return version `n`: the limit that version `opened_by` set ran out on the officer."""
    place = {"state": State.OVERDUE, "holder": OFFICER_DESK}
    fields = {"clock": opened_by, "due": deadline().due, "late": OFFICER_DESK}
    return e.Lapsed(**{**header(case, n), **place, **fields, **changed})


def rated(case: str, n: int, **changed: Any) -> e.Rated:
    """Return version `n`: a citizen said how satisfied they are."""
    return e.Rated(score=5, **{**header(case, n), "by": CITIZEN, **changed})


def change(
    *new: e.Event, after: tuple[e.Event, ...] = (), command: str | None = None, says: str = "d"
) -> Change:
    """Return the change that adds `new` to the history `after`, with its index row.

    A command is one act, which says `says`, and led to the last of `new`.
    """
    history = (*after, *new)
    return Change(
        case=history[0].case,
        expected=len(after),
        events=new,
        row=make_index_row(fold(history)),
        commands=() if command is None else (make_command(command, history[-1].n, says),),
    )


def make_command(
    command: str, version: int, says: str = "d", *, is_personal: bool = True
) -> Command:
    """Return the command of an act that led to `version`. Its outline is a letter of `says`."""
    said = says.encode()
    return Command(
        id=command, version=version, content=said, is_personal=is_personal, outline=said[:1]
    )


def every_event(case: str = "HB-2611-ALL") -> tuple[e.Event, ...]:
    """Return a history that holds every type of event once, in an order that folds."""
    utc = datetime(2019, 12, 2, 1, 30, tzinfo=UTC)
    at = iter(header(case, n) for n in range(2, 99))
    clock = deadline()
    verifying = {"state": State.PENDING_VERIFICATION, "holder": AGENCY_DESK}
    return (
        received(case),
        e.Completed(kind=Kind.SERVICE, sender=Sender(address="Tổ 3, Hòa Bình"), **next(at)),
        e.Escalated(deadline=clock, **next(at)),
        e.Advised(text="Trả lời sớm.", **next(at)),
        e.VerificationRequested(
            agency="Sở Y tế",
            focal="Bùi-An",
            appointment=utc,
            deadline=deadline(hours=40),
            **{**next(at), **verifying},
        ),
        e.Rescheduled(
            to=utc, old=START, due=utc, late_after=utc, reason="chờ", **{**next(at), **verifying}
        ),
        e.Lapsed(clock=5, due=utc, late=AGENCY_DESK, **{**next(at), "state": State.OVERDUE}),
        e.FindingsReported(text="Đúng một phần.", documents=("BC 3.pdf",), **next(at)),
        e.Reassigned(deadline=clock, **next(at)),
        e.UnitNotified(unit="UBND xã", text=None, **next(at)),
        answered(case, next(at)["n"]),
        e.Published(text="Đã công khai.", **next(at)),
        e.Commended(text="Khen.", **next(at)),
        e.Rated(score=5, **next(at)),
        e.Closed(**{**next(at), "state": State.CLOSED, "holder": None}),
        e.Rejected(reasons=("anonymous",), guidance="Gửi lại.", **next(at)),
        e.DeadlineMoved(
            clock=3,
            old=START,
            old_calendar="vn-office",
            old_version="2019.0",
            deadline=deadline(hours=9),
            cause="day_off",
            days=(date(2019, 11, 5),),
            notices=("CV 1/VPCP", "TB 2"),
            **{**next(at), "state": State.ESCALATED, "holder": OFFICER_DESK},
        ),
        e.Noted(
            text="Đang xác minh.",
            **{**next(at), "state": State.ESCALATED, "holder": OFFICER_DESK},
        ),
        e.PersonalDataErased(
            ground="hết thời hạn lưu", **{**next(at), "state": State.CLOSED, "holder": None}
        ),
        e.SentBack(text="Không thuộc nhiệm vụ.", by_whom=OFFICER_DESK, **next(at)),
        e.LapseLifted(
            clock=5, due=utc, late=AGENCY_DESK, text="Nghỉ bù", documents=("CV 7",), **next(at)
        ),
        e.Withdrawn(text="Xin rút", **{**next(at), "state": State.CLOSED, "holder": None}),
        e.Reopened(text="Từ chối nhầm", **next(at)),
        e.OutcomeReported(unit="UBND xã", text="Đã kiểm điểm.", **next(at)),
        e.PublicationWithdrawn(text="Có tên người.", **next(at)),
    )
