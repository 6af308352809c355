"""Cases and events as plain data; what can name people is left out unless asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from phananh.act_log.outcome import to_vietnam_iso
from phananh.plain_data import to_plain
from phananh.regulation.case import Case
from phananh.regulation.case_deadline import CaseDeadline, find_deadline, find_running
from phananh.regulation.values.erased import Erased
from phananh.regulation.values.events import Event
from phananh.regulation.values.limits import LapseRecord
from phananh.regulation.values.request import Accused, ErasedPerson, Person, Role

# Which act leads to which event, for their words.
TRIGGERS = {
    "Received": "receive",
    "Completed": "complete",
    "Noted": "note",
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


def value_to_plain(value: Any, *, personal: bool) -> Any:
    """Return any value of an event as plain data; who it is about only if `personal`."""
    match value:
        case datetime():
            return to_vietnam_iso(value)
        case Erased():
            return {"erased": value.length}
        case Accused() if not personal:
            return {"unit": value.unit}
        case Person(role=Role.CITIZEN) | ErasedPerson() if not personal:
            return {"role": value.role.value}
        case tuple():
            return [value_to_plain(item, personal=personal) for item in value]
        case _:
            return to_plain(value, personal=personal)


def is_hidden(field: "attrs.Attribute[Any]", *, personal: bool) -> bool:
    """Return whether a field of an event is left out: a header, a digest, or personal."""
    if field.name in (*_HEADER, *_SECRET):
        return True
    return bool(field.metadata.get("personal")) and not personal


def event_to_plain(event: Event, *, personal: bool) -> dict[str, Any]:
    """Return an event as plain data."""
    shown = (f for f in attrs.fields(type(event)) if not is_hidden(f, personal=personal))
    return {
        "n": event.n,
        "event": type(event).__name__,
        "at": to_vietnam_iso(event.at),
        "by": value_to_plain(event.by, personal=personal),
        "state": event.state.value,
        "holder": value_to_plain(event.holder, personal=personal),
        **{f.name: value_to_plain(getattr(event, f.name), personal=personal) for f in shown},
    }


def case_to_plain(
    case: Case,
    cautions: tuple[str, ...],
    is_provisional: Callable[[CaseDeadline, Case], bool],
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
        "provisional": runs is not None and is_provisional(runs, case),
        "late": case.is_late,
        "lapses": [_lapse_to_plain(case, lapse, is_provisional) for lapse in case.lapses],
        "cautions": list(cautions),
    }


def _lapse_to_plain(
    case: Case, lapse: LapseRecord, is_provisional: Callable[[CaseDeadline, Case], bool]
) -> dict[str, Any]:
    limit = find_deadline(case, lapse)
    return {
        "stage": lapse.stage.value,
        "holder": lapse.holder,
        "due": to_vietnam_iso(lapse.due),
        "clock": lapse.opened_by,
        "article": limit.deadline.article if limit else None,
        "provisional": limit is not None and is_provisional(limit, case),
    }
