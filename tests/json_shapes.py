"""The plain form of the classes that say themselves how they are plain data, as types."""

import typing
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import attrs

from phananh.act_log.replay import Outcome
from phananh.articles import Article
from phananh.desk import recalculation as report
from phananh.desk.inbox import Inbox
from phananh.errors import Refusal
from phananh.regulation.case import WRITTEN_OTHERWISE, Appointment, AppointmentStatus, Case
from phananh.regulation.deadline import Deadline, Limit
from phananh.regulation.intake import Requirement
from phananh.regulation.readings import Reading
from phananh.regulation.request import Erased, Person, Role, State
from phananh.regulation.rules import _TABLES, Rules
from phananh.worktime import WorkCalendar
from phananh.worktime.days.notices import Contradiction
from phananh.worktime.explain.explanation import Explanation, Gap, Step
from phananh.worktime.session import Session
from phananh.worktime.terms import Term
from phananh.worktime.terms.expiry import DayStep, Expiry

Json = dict[str, Any]
Hints = dict[str, Any]
LATER = {"Term": Term, "WorkCalendar": WorkCalendar}  # what some files import for types only
Shape = tuple[Hints, set[str]]  # the keys with their types, and those that may be missing

TEXT: Json = {"type": "string"}
BOTH: Json = {
    "type": "object",
    "properties": {"vi": TEXT, "en": TEXT},
    "required": ["vi", "en"],
    "additionalProperties": False,
}
BUDGET: Hints = {"budget_us": int | None, "budget_text": TEXT, "term": Term}
CONTINUES: Json = {
    "type": "object",
    "properties": {
        "budget_us": {"type": ["integer", "null"]},
        "budget_text": TEXT,
        "term": {"$ref": "#/$defs/Term"},
    },
    "required": ["budget_us"],
    "additionalProperties": False,
}
DAYS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "date": {"type": "string", "format": "date"},
            **dict.fromkeys(("code", "vi", "en", "source"), TEXT),
        },
        "required": ["date", "code", "vi", "en"],
        "additionalProperties": False,
    },
}
SPANS: Json = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "string", "format": "date-time"}},
}


def fields_of(kind: type[Any], *without: str) -> Hints:
    """Return the fields of a class with their types, in order."""
    hints = typing.get_type_hints(kind, localns=LATER)
    return {f.name: hints[f.name] for f in attrs.fields(kind) if f.name not in without}


def named(kind: type[Any], names: tuple[str, ...]) -> Hints:
    """Return fields and properties of a class with their types, in the order of the names."""
    known = typing.get_type_hints(kind)
    return {
        name: known.get(name) or typing.get_type_hints(getattr(kind, name).fget)["return"]
        for name in names
    }


def case_shape() -> Shape:
    """Return the keys of a case: what lists read, then all that is known of it."""
    first: Hints = {
        "case": str,
        "version": int,
        "rules": str,
        "holder": Role | None,
        "holder_id": str | None,
        "unit": str | None,
        "is_open": bool,
        "late": bool,
        "due": datetime | None,
    }
    fields = fields_of(Case, *WRITTEN_OTHERWISE)
    personal = {f.name for f in attrs.fields(Case) if not f.repr}
    return {**first, **fields, "deadline": Deadline | None}, personal


def told(kind: type[Any], *without: str, **more: Any) -> Shape:
    """Return the fields of a class, and the text that a language adds."""
    return {**fields_of(kind, *without), **more, "text": TEXT}, {"text"}


def outcome_shape() -> Shape:
    """Return the keys of what became of a line of an act log."""
    lapse = {"stage": TEXT, "holder": {"type": ["string", "null"]}, "due": TEXT,
             "lifted": {"type": "boolean"}}  # fmt: skip
    items = {"type": "object", "properties": lapse, "additionalProperties": False}
    hints = fields_of(Outcome, "after", "reasons", "allowed", "lapsed")
    return {
        **hints,
        "state": State | None,
        "holder": Role | None,
        "holder_id": str | None,
        "unit": str | None,
        "due": datetime | None,
        "late": bool,
        "lapses": {"type": "array", "items": items},
        "reasons": tuple[Refusal, ...],
        "allowed": tuple[str, ...],
        "lapsed": tuple[str, ...],
    }, {"allowed", "lapsed"}


SHAPES: dict[type[Any], Callable[[], Shape]] = {
    Appointment: lambda: ({**fields_of(Appointment), "status": AppointmentStatus | None}, set()),
    Case: case_shape,
    Outcome: outcome_shape,
    Inbox: lambda: (fields_of(Inbox, "damaged"), set()),
    Erased: lambda: ({"erased": {"const": True}, "length": int}, set()),
    Person: lambda: (fields_of(Person), {"id"}),
    Refusal: lambda: (
        {"code": str, "article": Article | None, "vi": str, "en": str, "reading": str,
         "text": TEXT},
        {"reading", "text"},
    ),
    Requirement: lambda: (
        {"code": str, "article": Article, "vi": str, "en": str, "guidance": BOTH,
         "text": TEXT, "guidance_text": TEXT},
        {"text"},
    ),
    Reading: lambda: (
        {"id": str, "gap": BOTH, "default": BOTH, "option": str | None,
         "articles": tuple[str, ...]},
        set(),
    ),
    Rules: lambda: ({**fields_of(Rules, "_table", *_TABLES), "document": str}, set()),
    Limit: lambda: ({**BUDGET, **fields_of(Limit, "budget")}, {"term"}),
    Deadline: lambda: (
        {"start": datetime, **BUDGET, "continues": CONTINUES, "due": datetime, "article": Article,
         "calendar": str, "version": str, "provisional": bool, "spans": SPANS},
        {"term", "continues"},
    ),
    report.DeadlineMove: lambda: (named(report.DeadlineMove, report.HEADER), set()),
    Session: lambda: ({"open": str, "close": str}, set()),
    Gap: lambda: (
        {"code": str, "article": str, "notice": str, "vi": str, "en": str, "text": TEXT},
        {"article", "notice", "text"},
    ),
    Step: lambda: (
        {"from": datetime, "to": datetime, "worked": timedelta, "left": timedelta, "gap": Gap},
        {"gap"},
    ),
    DayStep: lambda: (
        {"kind": str, "from": date, "to": date, "counted": int, "total": int, "clause": str,
         "days": DAYS},
        {"days"},
    ),
    Explanation: lambda: told(Explanation, "on", "steps", calendar=str, version=str,
                              steps=tuple[Step, ...]),
    Expiry: lambda: told(Expiry, "on"),
    Contradiction: lambda: told(Contradiction),
    Term: lambda: told(Term),
}  # fmt: skip
