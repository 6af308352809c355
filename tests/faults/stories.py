"""Every act once, on three cases; and a case as it was before any of them, in any store.

A step is what was recorded of a case, and the act that comes next. `plant` puts that history
into a store under another id, so that the same act can be done there as often as you like.
"""

import hashlib
from datetime import datetime, timedelta
from functools import cache

import attrs

from phananh import Accused, Desk, Person, Sender
from phananh.errors import InputError, RefusedError, StepNotAllowedError
from phananh.regulation import acts as a
from phananh.regulation.case import Case, fold
from phananh.regulation.events import Event, Received
from phananh.regulation.request import Assignee
from phananh.stores.base import Change, Store
from phananh.stores.index_row import make_index_row
from tests.desk import people as p

HEAD = Person(id="HD-2", role="agency_head", unit="U-2")
_APPOINTMENT = p.MORNING + timedelta(days=20)
TALE: tuple[tuple[str, a.Act], ...] = (
    (
        "whole",
        a.Receive(
            kind="regulation",
            channel="phone",
            content=p.SAID,
            sender=p.SENDER,
            accused=[Accused(id="CB-1", unit="U-9")],
            by=p.OPERATOR,
        ),
    ),
    ("whole", a.Complete(sender=p.ADDRESS, by=p.OPERATOR)),
    ("whole", a.Note(text="Người dân gọi lại", by=p.OPERATOR)),
    ("whole", a.Escalate(to=p.LEADER, by=p.OPERATOR)),
    ("whole", a.Advise(text="Chuyển bộ phận một cửa", within_competence=True, by=p.LEADER)),
    ("whole", a.Escalate(to=p.OFFICER, by=p.OPERATOR)),
    ("whole", a.RequestVerification(agency="U-2", appointment=_APPOINTMENT, by=p.OFFICER)),
    ("whole", a.NotifyUnit(unit="U-9", text="Đề nghị cử người khác", by=p.LEADER)),
    ("whole", a.Reassign(to=Assignee(id="AG-2", unit="U-2"), by=HEAD)),
    (
        "whole",
        a.Reschedule(
            to=_APPOINTMENT + timedelta(days=1),
            reason="chờ tài liệu",
            by=Person(id="AG-2", role="agency", unit="U-2"),
        ),
    ),
    (
        "whole",
        a.ReportFindings(text="Đúng một phần", by=Person(id="AG-2", role="agency", unit="U-2")),
    ),
    ("whole", a.Answer(text="Đã xử lý", documents=["CV-12.pdf"], by=p.OFFICER)),
    ("whole", a.Publish(text="Đã chấn chỉnh", by=p.OPERATOR)),
    ("whole", a.Commend(text="Phản ánh kịp thời", by=HEAD)),
    ("whole", a.Rate(score=5, by=p.CITIZEN)),
    ("whole", a.Close(by=p.OPERATOR)),
    (
        "nameless",
        a.Receive(
            kind="regulation", channel="phone", content=p.SAID, sender=Sender(), by=p.OPERATOR
        ),
    ),
    ("nameless", a.Reject(reasons=["no_name"], guidance="Gửi lại kèm họ tên", by=p.OPERATOR)),
    (
        "late",
        a.Receive(
            kind="regulation", channel="phone", content=p.SAID, sender=p.SENDER, by=p.OPERATOR
        ),
    ),
    ("late", a.Escalate(to=p.OFFICER, by=p.OPERATOR)),
    ("late", a.Lapse()),
    ("late", a.Answer(text="Đã trả lời muộn", by=p.OFFICER)),
)


@attrs.frozen(kw_only=True)
class Step:
    """An act, the moment of it, and what was recorded of its case before."""

    act: a.Act
    at: datetime
    before: tuple[Event, ...]

    @property
    def name(self) -> str:
        """The trigger, and how many events there were."""
        return f"{self.act.trigger}-{len(self.before)}"


@cache
def list_steps() -> tuple[Step, ...]:
    """Return every step of the three cases, in order."""
    hand, steps = p.Hand(), []
    desk, ids = Desk(clock=hand), {}
    for name, act in TALE:
        hand.at += timedelta(days=30) if isinstance(act, a.Lapse) else timedelta(minutes=1)
        before = desk.history(ids[name]) if name in ids else ()
        steps.append(Step(act=act, at=hand.at, before=before))
        ids[name] = desk._do(ids.get(name), act, by_code=isinstance(act, a.Rate)).id
    return tuple(steps)


@cache
def list_rivals(step: Step) -> tuple[a.Act, ...]:
    """Return the acts of all the steps that the Regulation allows where this one is allowed."""
    if not step.before:
        return (step.act,)
    return tuple(
        act
        for act in {str(each.act): each.act for each in list_steps()}.values()
        if _is_allowed(act, step)
    )


def _is_allowed(act: a.Act, step: Step) -> bool:
    desk = Desk(clock=p.Hand(step.at))
    case = plant(desk.store, step.before, "HB-TRY")
    try:
        desk._do(case, act, by_code=True)
    except (RefusedError, StepNotAllowedError, InputError):
        return False
    return True


def rename(history: tuple[Event, ...], case: str) -> tuple[Event, ...]:
    """Return a history as that of another case."""
    return tuple(attrs.evolve(event, **_name(event, case)) for event in history)


def _name(event: Event, case: str) -> dict[str, str]:
    if not isinstance(event, Received):
        return {"case": case}
    digest = hashlib.sha256(case.encode()).hexdigest()
    return {"case": case, "code": f"MA-{case}", "code_digest": digest}


def plant(store: Store, before: tuple[Event, ...], case: str) -> Case | None:
    """Record a history under another id, in one commit; None where nothing came before."""
    if not before:
        return None
    events = rename(before, case)
    planted = fold(events)
    store.commit([Change(case=case, expected=0, events=events, row=make_index_row(planted))])
    return planted
