"""An event in words: when, who, what they did, and by which clause (Art. 7-9).

Each event is one sentence. `Event.as_text` says which texts it may hold. Instants are shown to the
minute on the clock in Vietnam (R46).
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import attrs

from phananh.messages.event_texts import EVENT_TAILS, EVENT_TEXTS
from phananh.messages.labels import word
from phananh.messages.message import fact_text, say
from phananh.regulation.values.cleaning import to_vietnam_time
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.erased import Erased
from phananh.regulation.values.event_clauses import clause_text
from phananh.regulation.values.request import Holder, Role, Sender
from phananh.worktime.phrases import cite

# Fields of a completion: which were added is named, and their values are personal texts.
_COMPLETED = ("content", "sender", "kind", "accused", "about_unit", "language")


def tell_event(event: Any, lang: str, *, personal: bool) -> str:
    """Return the whole sentence of an event, of whatever class it is."""
    who = tell_actor(event, lang, personal=personal)
    what = tell_deed(event, lang, personal=personal)
    when = _moment_text(event.at, lang)
    return say(EVENT_TAILS["sentence" if who else "alone"], lang, when=when, who=who, what=what)


def tell_actor(event: Any, lang: str, *, personal: bool) -> str:
    """Return who acted: role and id, a citizen by the role only. The system is an empty text."""
    role, name = event.by.role, getattr(event.by, "id", None)
    if role is Role.SYSTEM:
        return ""
    is_shown = isinstance(name, str) and (personal or role is not Role.CITIZEN)
    who = word("role", role.value, lang)
    return f"{who} {name}" if is_shown else who


def tell_deed(event: Any, lang: str, *, personal: bool, told_before: datetime | None = None) -> str:
    """Return what was done, by which clause, and, if asked for, with the personal texts.

    `told_before` is the time that a citizen had before a reschedule, which its event does not have.
    """
    facts, name = _find_facts(event, lang), _name_sentence(event)
    if name == "Rescheduled" and told_before is not None:
        name, facts["told"] = "RescheduledFrom", _moment_text(told_before, lang)
    parts = [say(EVENT_TEXTS[name], lang, **facts), *_list_tails(event, lang)]
    if clause := clause_text(event, lang):
        parts.append(_tail("clause", lang, clause=clause))
    return "".join((*parts, *(_list_personal(event, lang) if personal else ())))


def _name_sentence(event: Any) -> str:
    """Return the name of an event's sentence, which in some cases depends on who acted."""
    name = type(event).__name__
    match name, event.by.role:
        case "Received", Role.CITIZEN:
            return "Sent"
        case "Answered", Role.PROVIDER:
            return "AnsweredByProvider"
        case "Reassigned", Role.LEADERSHIP if event.holder and event.holder.unit:
            return "ReassignedByCentre"
    return name


def _moment_text(moment: datetime, lang: str) -> str:
    """Return an instant cut to the minute: `10:00 08/05/2025` or `2025-05-08 10:00`."""
    return fact_text("", to_vietnam_time(moment), lang)


def due_text(deadline: Deadline, due: datetime, lang: str) -> str:
    """Return when a limit ends. One in days ends at 24:00 of its last, not 00:00 of the next."""
    local = to_vietnam_time(due)
    in_days = not isinstance(deadline.budget, timedelta) and due == deadline.due
    if not in_days or local.time() != time():
        return fact_text("", local, lang)
    day = fact_text("", (local - timedelta(days=1)).date(), lang)
    return f"24:00 {day}" if lang == "vi" else f"{day} 24:00"


def _tail(code: str, lang: str, **facts: object) -> str:
    return say(EVENT_TAILS[code], lang, **facts)


def _find_facts(event: Any, lang: str) -> dict[str, object]:
    """Return the facts of an event's sentence, with a slug as words and an instant as text."""
    found: dict[str, object] = {"field": "|".join(_list_completed(event))}
    for field in attrs.fields(type(event)):
        value = getattr(event, field.name)
        if isinstance(value, datetime):
            found[field.name] = _moment_text(value, lang)
        elif field.name in ("kind", "channel", "cause") and value is not None:
            found[field.name] = word(field.name, getattr(value, "value", value), lang)
        elif isinstance(value, Holder):
            found |= _name_holder(field.name, value, lang)
        elif field.name in ("unit", "score"):
            found[field.name] = value
    if type(event).__name__ == "Rejected":
        found["reason"] = "|".join(event.reasons)
    if type(event).__name__ == "DeadlineMoved":
        found["due"] = due_text(event.deadline, event.deadline.due, lang)
    return found


def _name_holder(field: str, holder: Holder, lang: str) -> dict[str, str]:
    if field == "late":
        return {"late": late_holder_text(holder, lang)}
    return {"whom": _holder_text(holder, lang)}


def _holder_text(holder: Holder, lang: str) -> str:
    """Return who holds a case: the role, the person if one is named, and the unit."""
    unit = f"({holder.unit})" if holder.unit else ""
    return " ".join(filter(None, (word("role", holder.role.value, lang), holder.id, unit)))


def late_holder_text(late: Holder, lang: str) -> str:
    """Return the holder of a limit that ran out. An agency is named as a unit only (9.2)."""
    if late.role is not Role.AGENCY:
        return _holder_text(late, lang)
    return _tail("agency", lang, unit=late.unit or "-")


def _list_completed(event: Any) -> Iterator[str]:
    if type(event).__name__ == "Completed":
        yield from (name for name in _COMPLETED if getattr(event, name) is not None)


def _list_tails(event: Any, lang: str) -> Iterator[str]:
    name, deadline = type(event).__name__, getattr(event, "deadline", None)
    if name == "Advised" and event.within_competence is not None:
        yield _tail("within" if event.within_competence else "without", lang)
    if name == "Received":
        yield from _list_subjects(event, lang)
    if name == "Rescheduled":
        code, due = ("limit_stays", event.old) if event.due is None else ("limit_moved", event.due)
        old, due = _moment_text(event.old, lang), _moment_text(due, lang)
        yield _tail(code, lang, old=old, due=due)
    if name == "DeadlineMoved":
        yield from _list_causes(event, lang)
    elif deadline is not None:
        continues = "continues" if deadline.budget else "continues_over"
        code = "due" if deadline.continues is None else continues
        yield _tail(code, lang, due=due_text(deadline, deadline.due, lang))


def _list_causes(event: Any, lang: str) -> Iterator[str]:
    """Yield the days that count differently, and the documents behind them."""
    if event.days:
        yield _tail("days", lang, days=event.days)
    if event.notices:
        cited = tuple(cite(document, None, lang) for document in event.notices)
        yield _tail("notices", lang, notices=cited)


def _list_subjects(event: Any, lang: str) -> Iterator[str]:
    """Yield the subject of a case: the units of the accused, without their ids."""
    if units := tuple(dict.fromkeys(accused.unit for accused in event.accused)):
        yield _tail("accused", lang, units=units)
    elif event.about_unit:
        yield _tail("about", lang, unit=event.about_unit)


def _list_personal(event: Any, lang: str) -> Iterator[str]:
    for field in attrs.fields(type(event)):
        value = getattr(event, field.name)
        if field.metadata.get("personal") and value not in (None, ()) and field.name != "by":
            name = word("field", field.name, lang)
            yield _tail("personal", lang, name=name, value=personal_text(value, lang))


def personal_text(value: Any, lang: str) -> str:
    """Return a personal value in words: a text, a sender, documents, or that it was erased."""
    if isinstance(value, Erased):
        return value.text(lang)
    if isinstance(value, Sender):
        return "; ".join(filter(None, (getattr(value, f.name) for f in attrs.fields(Sender))))
    return "; ".join(value) if isinstance(value, tuple) else str(value)
