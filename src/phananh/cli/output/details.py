"""What an event says beyond who and when, in the words of the run."""

from datetime import date, datetime
from enum import Enum
from typing import Any

import attrs

from phananh.cli.context import RunContext
from phananh.cli.output.plain_data import hidden
from phananh.cli.output.terminal import until, when
from phananh.messages.labels import WORDS
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.events import Completed, Erased, Event
from phananh.regulation.values.request import Accused, Role

_LEFT_OUT = ("clock", "late_after", "language", "old_calendar", "old_version")
_HANDED_OVER = ("Escalated", "VerificationRequested", "Reassigned", "Advised", "FindingsReported")


def details(event: Event, frame: RunContext, *, personal: bool) -> str:
    """Return `due: 2026-03-05 10:00; lies with: ...`; nothing personal unless asked.

    Of what was completed the field is named all the same (Art. 10.2.a).
    """
    parts = []
    for field in attrs.fields(type(event)):
        value = getattr(event, field.name)
        if field.name in _LEFT_OUT or value in (None, (), ""):
            continue
        if hidden(field, personal=personal):
            if isinstance(event, Completed) and field.metadata.get("personal"):
                parts.append(frame.say(field.name))
            continue
        said = spoken(value, frame, group=field.name, personal=personal)
        parts.append(f"{frame.say(field.name)}: {said}")
    if type(event).__name__ in _HANDED_OVER:
        parts.append(f"→ {spoken(event.holder, frame, group='', personal=personal)}")
    return "; ".join(parts)


def spoken(value: Any, frame: RunContext, *, group: str, personal: bool) -> str:
    """Return a value of an event in words; `group` is where the words of its slugs stand."""
    words = WORDS.get(group.rstrip("s"), {})
    match value:
        case datetime():
            return when(value, frame.lang)
        case date():
            return f"{value:%d/%m/%Y}" if frame.lang == "vi" else value.isoformat()
        case Deadline():
            return until(value, value.due, frame.lang)
        case Erased():
            return frame.say("erased ({n} characters)", n=value.length)
        case Role():
            return WORDS["role"][value.value][0 if frame.lang == "vi" else 1]
        case Enum() | str():
            slug = value.value if isinstance(value, Enum) else value
            return words[slug][0 if frame.lang == "vi" else 1] if slug in words else slug
        case tuple():
            return ", ".join(spoken(v, frame, group=group, personal=personal) for v in value)
        case Accused() if not personal:
            return value.unit
        case int() | None:
            return str(value)
        case _:
            parts = (getattr(value, field.name) for field in attrs.fields(type(value)))
            return " ".join(
                spoken(part, frame, group="", personal=personal) for part in parts if part
            )
