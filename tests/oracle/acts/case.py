"""A case as plain fields: where it is, with whom it lies, until when, and what is remembered.

The one-stop officer has 5 working hours from the hand-over by the operator (Art. 9.1), the agency
8 from that by the officer (Art. 9.2); nobody else has a limit. The due instant itself is in time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from tests.oracle import walk
from tests.oracle.acts.form import Line
from tests.oracle.acts.values import (
    VIETNAM,
    fold_id,
    format_instant,
    is_blank,
    is_email,
    is_phone,
    is_same,
)
from tests.oracle.hours import SESSIONS

LIMITS = {"officer": timedelta(hours=5), "agency": timedelta(hours=8)}


@dataclass(frozen=True)
class Lapse:
    """A limit that ran out, for ever: on whom, and when it was due (Art. 9.2)."""

    stage: str
    holder: str | None
    due: datetime


@dataclass
class Case:
    """What a log has led one of its names to."""

    kind: str
    language: str
    content: str
    sender: dict[str, str]
    sender_id: str | None
    about_unit: str | None
    accused: list[Mapping[str, Any]]
    changed: datetime
    state: str = "received"
    holder: str | None = "operator"
    holder_id: str | None = None
    unit: str | None = None
    due: datetime | None = None
    lapses: list[Lapse] = field(default_factory=list)
    asked_by: tuple[str | None, str | None] = (None, None)
    units: set[str] = field(default_factory=set)
    handed_on: bool = False
    is_competent: bool | None = None
    verified: bool = False
    ended_by: str = ""
    rescheduled: bool = False
    left: dict[str, timedelta] = field(default_factory=dict)
    spent: bool = False
    rated: bool = False
    former: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_complaint(self) -> bool:
        """Whether it is outside the hotline (Art. 1.1.b)."""
        return self.kind in ("complaint", "denunciation")

    @property
    def has_name(self) -> bool:
        """Whether the sender said who they are (Art. 6.c)."""
        return not is_blank(self.sender.get("name"))

    @property
    def has_contact(self) -> bool:
        """Whether there is one way to reply (Art. 6.c)."""
        phone, email = self.sender.get("phone"), self.sender.get("email")
        return not is_blank(self.sender.get("address")) or is_phone(phone) or is_email(email)

    def is_accused(self, person: str | None) -> bool:
        """Say whether somebody with this id is accused."""
        return any(is_same(accused.get("id"), person) for accused in self.accused)

    def accuses_unit(self, unit: str | None) -> bool:
        """Say whether somebody of this unit is accused."""
        return any(is_same(accused["unit"], unit) for accused in self.accused)

    def as_of(self, at: datetime) -> "Case":
        """Return the case as it reads then: after the due instant, and not at it, it has lapsed."""
        if self.due is None or at <= self.due:
            return replace(self)
        whose = self.unit if self.holder == "agency" else self.holder_id
        lapse = Lapse(stage=self.holder or "", holder=whose, due=self.due)
        return replace(self, state="overdue", due=None, lapses=[*self.lapses, lapse])

    def as_dict(self) -> dict[str, Any]:
        """Return what the output says of the case."""
        return {
            "state": self.state,
            "holder": self.holder,
            "holder_id": self.holder_id,
            "unit": self.unit,
            "due": format_instant(self.due),
            "late": bool(self.lapses),
            "lapses": [
                {"stage": x.stage, "holder": x.holder, "due": format_instant(x.due)}
                for x in self.lapses
            ],
        }


def receive(line: Line) -> Case:
    """Return the case that a receipt makes."""
    assert line.by is not None
    return Case(
        kind=line.more["kind"],
        language=line.more.get("language", "vi"),
        content=line.more["content"],
        sender=dict(line.more["sender"]),
        sender_id=line.by.id if line.by.role == "citizen" else line.more["sender"].get("id"),
        about_unit=line.more.get("about_unit"),
        accused=line.more.get("accused", []),
        changed=line.at,
    )


def _on_the_wall(at: datetime) -> datetime:
    return at.astimezone(VIETNAM).replace(tzinfo=None)


def due_after(
    at: datetime, holder: str, hours: str, left: timedelta | None = None
) -> datetime | None:
    """Return when whoever is handed the case then has to be done with it, if ever.

    An agency that was asked before has what was `left` of its limit, which may be nothing.
    """
    if holder not in LIMITS:
        return None
    budget = LIMITS[holder] if left is None else left
    return walk.add(SESSIONS[hours], _on_the_wall(at), budget).replace(tzinfo=VIETNAM)


def _measure_left(case: Case, at: datetime, hours: str) -> timedelta:
    """Return the working time that the agency still had when it reported: none once it was late."""
    if case.due is None or case.due <= at:
        return timedelta()
    return walk.between(SESSIONS[hours], _on_the_wall(at), _on_the_wall(case.due))


def _hand(case: Case, state: str, holder: str, *, person: str | None, unit: str | None) -> None:
    case.state, case.holder, case.holder_id, case.unit = state, holder, person, unit
    case.due = None
    if unit is not None and holder != "leadership":  # who gives an opinion, and handles nothing
        case.units = {*case.units, fold_id(unit)}


def _leave(case: Case, state: str) -> None:
    case.state, case.holder, case.holder_id, case.unit, case.due = state, None, None, None, None


def do(case: Case, line: Line, hours: str) -> None:
    """Do to the case what was found to be allowed."""
    more = line.more
    case.changed = line.at
    match line.act:
        case "complete":
            case.content = more.get("content", case.content)
            case.former = [*case.former, case.sender]
            case.sender = {**case.sender, **more.get("sender", {})}
            case.kind = more.get("kind", case.kind)
            case.language = more.get("language", case.language)
            case.about_unit = more.get("about_unit", case.about_unit)
            given = more.get("accused", [])
            if case.handed_on:  # added to those known, never taken back
                case.accused = [*case.accused, *given]
            elif "accused" in more:
                case.accused = given
        case "reject":
            _leave(case, "rejected")
            case.ended_by = "7.2"
        case "answer":
            officers = "8.1.c1" if case.verified else "8.1.b"
            case.ended_by = {"officer": officers, "provider": "8.2.b"}.get(case.holder, "8.1.a")
            _leave(case, "answered")
        case "escalate":
            to = more["to"]
            case.handed_on = True
            _hand(case, "escalated", to["role"], person=to["id"], unit=to.get("unit"))
            case.due = due_after(line.at, to["role"], hours)
        case "advise":
            _hand(case, "received", "operator", person=None, unit=None)
            case.is_competent = more["within_competence"]
        case "request_verification":
            case.asked_by = (case.holder_id, case.unit)
            agency = more["agency"]
            _hand(case, "pending_verification", "agency", person=more.get("focal"), unit=agency)
            left = case.left.get(fold_id(agency))
            case.due, case.spent = due_after(line.at, "agency", hours, left), left == timedelta()
        case "report_findings":
            case.verified = True
            case.left = {**case.left, fold_id(case.unit or ""): _measure_left(case, line.at, hours)}
            officer, unit = case.asked_by
            state = "overdue" if case.state == "overdue" else "escalated"
            _hand(case, state, "officer", person=officer, unit=unit)
        case "reschedule":
            case.due, case.rescheduled = more["to"], True
        case "reassign":
            case.holder_id = more["to"]["id"]
        case "close":
            case.state = "closed"
        case "rate":
            case.rated = True
