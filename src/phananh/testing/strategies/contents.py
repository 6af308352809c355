"""What an act says, drawn so that it fits a case: units, people, texts and instants (Art. 7-10)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs

from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.request import (
    Accused,
    Assignee,
    Holder,
    Kind,
    Person,
    Role,
    Sender,
    State,
)
from phananh.testing.drawing import st
from phananh.testing.strategies.choice import choose
from phananh.testing.strategies.people import CONTENTS, PEOPLE, USUAL_SENDER
from phananh.worktime.instants import VIETNAM

Contents = Mapping[str, Any]

_HOUR, _DAY, _TICK = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)
_AHEAD = (_DAY, _HOUR, 2 * _DAY, 7 * _DAY, _TICK)
_TEXTS = ("Đã xem xét", "Chờ hồ sơ gốc", "Sẽ trả lời sau")
_AGENCIES = ("SO-1", "SO-1", "SO-2")
_ADDED = (USUAL_SENDER, Sender(address="Tổ 5, phường Phương Lâm"))


@attrs.frozen(kw_only=True)
class Asked:
    """The situation to draw an act for: a case or none, the person, and the time. `draw` draws."""

    draw: st.DrawFn
    case: Case | None
    by: Person
    at: datetime

    @property
    def holder(self) -> Holder | None:
        """With whom the case lies."""
        return self.case.holder if self.case is not None else None

    def draw_later(self, after: datetime) -> datetime:
        """Return an instant after another, with the offset of Vietnam."""
        start = datetime.fromisoformat(after.astimezone(VIETNAM).isoformat())
        return start + choose(self.draw, _AHEAD)


def draw_contents(trigger: str, asked: Asked) -> Contents:
    """Return a value for each field of an act, so that it fits the case."""
    own = _FIELDS.get(trigger)
    return {} if own is None else own(asked)


def is_free(case: Case | None, person: Person) -> bool:
    """Return whether this person is not accused in the case."""
    accused = case.accused if case is not None else ()
    return not any(is_same_id(each.id, person.id) for each in accused)


def _complete(asked: Asked) -> Contents:
    draw, is_new = asked.draw, asked.case is None or asked.case.state is State.RECEIVED
    if asked.by.role is not Role.OPERATOR:
        return {"content": choose(draw, CONTENTS)} if is_new else {"sender": choose(draw, _ADDED)}
    fields = ("sender", "accused", "content", "kind") if is_new else ("sender", "accused")
    options: Mapping[str, Any] = {
        "sender": _ADDED,
        "accused": [(each,) for each in _list_accusable(asked.holder)],
        "content": CONTENTS,
        "kind": tuple(Kind),
    }
    field = choose(draw, fields)
    return {field: choose(draw, options[field])}


def _list_accusable(holder: Holder | None) -> list[Accused]:
    """Return who may come to be accused: first who has the case."""
    staff = [each for each in PEOPLE if each.unit and each.role is not Role.CITIZEN]
    others = [Accused(id=each.id, unit=each.unit or "") for each in staff]
    if holder is None or holder.id is None or holder.unit is None:
        return others
    return [Accused(id=holder.id, unit=holder.unit)] * 5 + others


def _escalate(asked: Asked) -> Contents:
    case = asked.case
    role = Role.PROVIDER if case is not None and case.kind is Kind.SERVICE else Role.OFFICER
    roles = (role, role, Role.LEADERSHIP)
    people = [each for role in roles for each in PEOPLE if each.role is role]
    free = [each for each in people if is_free(case, each)]
    return {"to": choose(asked.draw, free or people)}


def _request_verification(asked: Asked) -> Contents:
    agency = choose(asked.draw, _AGENCIES)
    people = [each for each in PEOPLE if each.role is Role.AGENCY and is_free(asked.case, each)]
    focal = [each.id for each in people if each.unit == agency]
    return {
        "agency": agency,
        "appointment": asked.draw_later(asked.at),
        "focal": choose(asked.draw, [None, *focal]),
    }


def _reschedule(asked: Asked) -> Contents:
    due = asked.case.due if asked.case is not None else None
    later = asked.draw_later(max(asked.at, due) if due else asked.at)
    return {"to": later, "reason": choose(asked.draw, _TEXTS)}


def _reassign(asked: Asked) -> Contents:
    holder = asked.holder
    role, unit = (holder.role, holder.unit) if holder else (Role.OFFICER, "MC-1")
    people = [each for each in PEOPLE if each.role is role and is_same_id(each.unit, unit)]
    free = [each.id for each in people if is_free(asked.case, each)]
    others = [each for each in free if not (holder and is_same_id(each, holder.id))]
    return {"to": Assignee(id=choose(asked.draw, others or ["CB-9"]))}


def _notify_unit(asked: Asked) -> Contents:
    case = asked.case
    units = [each.unit for each in case.accused] if case is not None else []
    units += [case.about_unit] if case is not None and case.about_unit else []
    unit = choose(asked.draw, units or ["MC-1"])
    return {"unit": unit, "text": choose(asked.draw, (None, *_TEXTS))}


def _reject(asked: Asked) -> Contents:
    is_complaint = asked.case is not None and asked.case.kind in _COMPLAINTS
    reasons = ["complaint_or_denunciation"] if is_complaint else ["unclear", "outside_article_4"]
    return {"reasons": (choose(asked.draw, reasons),), "guidance": choose(asked.draw, _TEXTS)}


def _text(asked: Asked) -> Contents:
    return {"text": choose(asked.draw, _TEXTS)}


def _advise(asked: Asked) -> Contents:
    return {**_text(asked), "within_competence": choose(asked.draw, (True, False))}


def _rate(asked: Asked) -> Contents:
    return {"score": choose(asked.draw, (5, 1, 3))}


_COMPLAINTS = (Kind.COMPLAINT, Kind.DENUNCIATION)
_FIELDS: Mapping[str, Callable[[Asked], Contents]] = {
    "complete": _complete,
    "note": _text,
    "reject": _reject,
    "answer": _text,
    "escalate": _escalate,
    "advise": _advise,
    "request_verification": _request_verification,
    "report_findings": _text,
    "reschedule": _reschedule,
    "reassign": _reassign,
    "notify_unit": _notify_unit,
    "publish": _text,
    "commend": _text,
    "rate": _rate,
}
