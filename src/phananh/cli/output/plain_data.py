"""Cases and events as plain data and as rows; what can name people is left out unless asked."""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

import attrs

from phananh.act_log.outcome import to_vietnam_iso
from phananh.regulation.case import Case
from phananh.regulation.case_deadline import CaseDeadline, find_deadline, find_running
from phananh.regulation.values.clock import LapseRecord
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.events import Erased, Event
from phananh.regulation.values.request import Accused, Person, Role

# Which act leads to which event, for their words.
TRIGGERS = {
    "Received": "receive",
    "Completed": "complete",
    "Rejected": "reject",
    "Answered": "answer",
    "Escalated": "escalate",
    "Advised": "advise",
    "VerificationRequested": "request_verification",
    "FindingsReported": "report_findings",
    "Rescheduled": "reschedule",
    "DeadlineMoved": "move_deadline",
    "Lapsed": "lapse",
    "Reassigned": "reassign",
    "UnitNotified": "notify_unit",
    "Closed": "close",
    "Published": "publish",
    "Commended": "commend",
    "Rated": "rate",
}
_HEADER = ("case", "n", "at", "by", "state", "holder", "rules")
_SECRET = ("code_digest",)


def plain(value: Any, *, personal: bool) -> Any:
    """Return any value of an event as plain data."""
    match value:
        case None | bool() | int():
            return value
        case datetime():
            return to_vietnam_iso(value)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case str():
            return value
        case Deadline():
            return value.as_dict()
        case Erased():
            return {"erased": value.length}
        case Accused() if not personal:
            return {"unit": value.unit}
        case Person(role=Role.CITIZEN) if not personal:
            return {"role": value.role.value}
        case tuple() | list():
            return [plain(item, personal=personal) for item in value]
        case _:
            return {
                f.name: plain(getattr(value, f.name), personal=personal)
                for f in attrs.fields(type(value))
            }


def hidden(field: "attrs.Attribute[Any]", *, personal: bool) -> bool:
    """Return whether a field of an event is left out: a header, a digest, or personal."""
    if field.name in (*_HEADER, *_SECRET):
        return True
    return bool(field.metadata.get("personal")) and not personal


def payload(event: Event, *, personal: bool) -> dict[str, Any]:
    """Return what an event says beyond its header."""
    return {
        field.name: plain(getattr(event, field.name), personal=personal)
        for field in attrs.fields(type(event))
        if not hidden(field, personal=personal)
    }


def event_facts(event: Event, *, personal: bool) -> dict[str, Any]:
    """Return an event as plain data."""
    return {
        "n": event.n,
        "event": type(event).__name__,
        "at": to_vietnam_iso(event.at),
        "by": plain(event.by, personal=personal),
        "state": event.state.value,
        "holder": plain(event.holder, personal=personal),
        **payload(event, personal=personal),
    }


def case_facts(
    case: Case, cautions: tuple[str, ...], in_doubt: Callable[[CaseDeadline, Case], bool]
) -> dict[str, Any]:
    """Return where a case stands, without anything that names a person outside the offices.

    `clock` of a lapse is the event that opened the limit; `provisional` says that a notice can
    still move it, and so the lateness.
    """
    holder, runs = case.holder, find_running(case)
    return {
        "case": case.id,
        "state": case.state.value,
        "holder": holder.role.value if holder else None,
        "holder_id": holder.id if holder else None,
        "unit": holder.unit if holder else None,
        "kind": case.kind.value,
        "channel": case.channel.value,
        "received_at": to_vietnam_iso(case.received_at),
        "since": to_vietnam_iso(case.since),
        "updated_at": to_vietnam_iso(case.updated_at),
        "due": to_vietnam_iso(case.due),
        "provisional": runs is not None and in_doubt(runs, case),
        "late": case.is_late,
        "lapses": [
            {
                "stage": lapse.stage.value,
                "holder": lapse.holder,
                "due": to_vietnam_iso(lapse.due),
                "clock": lapse.opened_by,
                **_told(case, lapse, in_doubt),
            }
            for lapse in case.lapses
        ],
        "cautions": list(cautions),
    }


def _told(
    case: Case, lapse: LapseRecord, in_doubt: Callable[[CaseDeadline, Case], bool]
) -> dict[str, Any]:
    promise = find_deadline(case, lapse)
    if promise is None:
        return {"article": None, "provisional": False}
    return {"article": promise.deadline.article, "provisional": in_doubt(promise, case)}
