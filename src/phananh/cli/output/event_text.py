"""What an event says beyond who and when, in the words of the run."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

import attrs

from phananh.articles import Article
from phananh.cli.context import RunContext
from phananh.cli.output.case_data import is_hidden
from phananh.cli.output.times import format_due, format_instant
from phananh.messages.labels import WORDS, word
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.erased import Erased
from phananh.regulation.values.events import Completed, Event, Received
from phananh.regulation.values.request import Accused, Role, Sender
from phananh.worktime.phrases import cite, format_date

_LEFT_OUT = ("article", "clock", "late_after", "old_calendar", "old_version")
_HANDED_OVER = ("Escalated", "VerificationRequested", "Reassigned", "Advised", "FindingsReported")


def event_text(event: Event, context: RunContext, *, personal: bool) -> str:
    """Return `due: 2026-03-05 10:00; → officer lan; Art. 8(1)(b)`; nothing personal unless asked.

    Of what was completed the field is named all the same (Art. 10.2.a).
    """
    parts = list(_list_fields(event, context, personal=personal))
    if type(event).__name__ in _HANDED_OVER:
        parts.append(f"→ {value_text(event.holder, context, personal=personal)}")
    if event.article is not None:
        parts.append(Article(event.article).text(context.lang))
    return "; ".join(parts)


def _list_fields(event: Event, context: RunContext, *, personal: bool) -> Iterator[str]:
    for field in attrs.fields(type(event)):
        value = getattr(event, field.name)
        if field.name in _LEFT_OUT or value in (None, (), "") or _is_usual(field.name, event):
            continue
        if not is_hidden(field, personal=personal):
            if field.name == "notices":
                value = tuple(cite(document, None, context.lang) for document in value)
            text = value_text(value, context, group=field.name, personal=personal)
            yield f"{_name_field(field.name, value, context, personal=personal)}: {text}"
        elif isinstance(event, Completed) and field.metadata.get("personal"):
            yield context.say(f"field.{field.name}")


def _is_usual(name: str, event: Event) -> bool:
    """Return whether a field says what goes without saying: a request in Vietnamese."""
    return name == "language" and isinstance(event, Received) and event.language == "vi"


def _name_field(name: str, value: Any, context: RunContext, *, personal: bool) -> str:
    """Return the name of a field; of the accused without their ids, that these are their units."""
    if name == "accused" and (not personal or not any(each.id for each in value)):
        return context.say("unit_of_accused")
    return context.say(f"field.{name}")


def value_text(value: Any, context: RunContext, *, personal: bool, group: str = "") -> str:
    """Return a value of an event in words; `group` is where the words of its slugs stand."""
    match value:
        case datetime():
            return format_instant(value, context.lang)
        case date():
            return format_date(value, context.lang)
        case Deadline():
            return format_due(value, value.due, context.lang)
        case Erased():
            return context.say("erased", n=value.length)
        case Role():
            return word("role", value.value, context.lang)
        case Enum() | str():
            slug, group = value.value if isinstance(value, Enum) else value, group.rstrip("s")
            return word(group, slug, context.lang) if slug in WORDS.get(group, {}) else slug
        case tuple():
            return join_texts(value_text(v, context, group=group, personal=personal) for v in value)
        case Accused() if not personal:
            return value.unit
        case int() | None:
            return str(value)
        case _:
            parts = (getattr(value, field.name) for field in attrs.fields(type(value)))
            between = "; " if isinstance(value, Sender) else " "
            return between.join(value_text(p, context, personal=personal) for p in parts if p)


def join_texts(texts: Iterable[str]) -> str:
    """Return texts as a list, between semicolons where one has a comma itself."""
    found = list(texts)
    return ("; " if any("," in text for text in found) else ", ").join(found)
