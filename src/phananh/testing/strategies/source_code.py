"""Drawn values as source code: what Hypothesis prints of them in a failing example.

Hypothesis shows a value by its repr, or by the calls that drew it. The repr of a `Sender` hides
who it is, and the calls are ours. So each strategy says what a person would write in a test:
`datetime.fromisoformat('2025-04-21T09:00:00+07:00')`, or `Person(id='OP-1', role='operator')`.
Fields that are left as they are by default are left out.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import singledispatch
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import attrs

from phananh.articles import Article, Document
from phananh.regulation.guards import Guard
from phananh.regulation.intake import Requirement
from phananh.regulation.lifecycle import Transition
from phananh.regulation.readings import Reading
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.drawing import st
from phananh.worktime import Term, Timetable
from phananh.worktime.instants import VIETNAM
from phananh.worktime.session import Session, format_sessions
from phananh.worktime.timetable import WEEKDAYS, Hours

T = TypeVar("T")
WIDTH = 88
Named = Iterable[tuple[str, str]]


@st.composite
def print_as_code(draw: st.DrawFn, drawn: st.SearchStrategy[T]) -> T:
    """Draw from a strategy, and print the value as source code."""
    value = draw(drawn)
    print_as(value, lambda: to_code(value))
    return value


def print_as(value: object, write: Callable[[], str]) -> None:
    """Have Hypothesis print this very value, of the test that runs, as `write` says.

    Hypothesis has no public way for it. If the private one is gone, it prints values its own way.
    """
    with suppress(ImportError, AttributeError):
        from hypothesis.control import current_build_context
        from hypothesis.vendor.pretty import IDKey, RepresentationPrinter

        def show(_: object, printer: RepresentationPrinter, cycle: bool) -> None:  # noqa: FBT001
            first, *rest = write().splitlines()
            printer.text(first)
            for line in rest:
                printer.break_()
                printer.text(line)

        current_build_context().known_object_printers[IDKey(value)] = [show]


def to_code(value: object) -> str:
    """Return the expression that makes a value, over several lines if it is long."""
    return _write(value)


@singledispatch
def _write(value: Any) -> str:
    return _write_fields(value) if attrs.has(type(value)) else repr(value)


def _write_fields(value: Any) -> str:
    """Return the call of an attrs class with the fields that differ from their defaults."""
    given = [field for field in attrs.fields(type(value)) if field.init]
    changed = ((field, getattr(value, field.name)) for field in given)
    named = [
        (field.alias or field.name, _write_field(field.name, found))
        for field, found in changed
        if found != _find_default(field, value)
    ]
    return _write_call(type(value).__name__, named)


def _find_default(field: "attrs.Attribute[Any]", value: object) -> Any:
    make: Any = getattr(field.default, "factory", None)
    if make is None:
        return field.default
    return make(value) if getattr(field.default, "takes_self", False) else make()


def _write_field(name: str, value: object) -> str:
    if name == "sessions" and isinstance(value, tuple):
        return repr(format_sessions(value))
    return to_code(value)


def _write_call(name: str, named: Named) -> str:
    return _enclose(f"{name}(", [f"{key}={text}" if key else text for key, text in named], ")")


def _enclose(first: str, parts: list[str], last: str) -> str:
    """Return parts in brackets: on one line, or each on its own where that would be long."""
    line = first + ", ".join(parts) + last
    if len(line) <= WIDTH and "\n" not in line:
        return line
    body = ",\n".join(parts).replace("\n", "\n    ")
    return f"{first}\n    {body},\n{last}"


@_write.register
def _(value: datetime) -> str:
    text = f"datetime.fromisoformat({value.isoformat()!r})"
    zone = value.tzinfo
    if not isinstance(zone, ZoneInfo) or zone is VIETNAM:
        return text
    return f"{text}.astimezone(ZoneInfo({zone.key!r}))"


@_write.register
def _(value: date) -> str:
    return f"date({value.year}, {value.month}, {value.day})"


@_write.register
def _(value: time) -> str:
    return repr(value).removeprefix("datetime.")


_UNITS = {
    "hours": timedelta(hours=1),
    "minutes": timedelta(minutes=1),
    "seconds": timedelta(seconds=1),
    "microseconds": timedelta(microseconds=1),
}


@_write.register
def _(value: timedelta) -> str:
    left, named = abs(value), []
    for name, unit in _UNITS.items():
        count, left = divmod(left, unit)
        named += [(name, str(count))] if count else []
    return ("-" if value < timedelta() else "") + _write_call("timedelta", named)


@_write.register
def _(value: Enum) -> str:
    return repr(value.value)


@_write.register
def _(value: tuple) -> str:  # type: ignore[type-arg]  # singledispatch takes the bare class
    parts = [to_code(item) for item in value]
    return f"({parts[0]},)" if len(parts) == 1 else _enclose("(", parts, ")")


@_write.register
def _(value: list) -> str:  # type: ignore[type-arg]
    return _enclose("[", [to_code(item) for item in value], "]")


@_write.register
def _(value: dict) -> str:  # type: ignore[type-arg]
    return _enclose("{", [f"{key!r}: {to_code(item)}" for key, item in value.items()], "}")


@_write.register
def _(value: frozenset) -> str:  # type: ignore[type-arg]
    return _enclose("{", sorted(to_code(item) for item in value), "}") if value else "frozenset()"


@_write.register
def _(value: Article) -> str:
    return f"Article({value.id!r})"


@_write.register
def _(value: Session) -> str:
    return repr(value)


@_write.register
def _(value: Term) -> str:
    options = [
        (name, to_code(getattr(value, name)))
        for name in ("counts_first_day", "rolls", "ends", "received")
        if getattr(value, name) != getattr(attrs.fields(Term), name).default
    ]
    return _write_call(f"Term.{value.unit}", [("", str(value.count)), *options])


@_write.register
def _(value: Hours) -> str:
    text = _write_fields(attrs.evolve(value, days=()))
    return text.replace("days=()", f"days={_write_days(value.days)!r}", 1)


def _write_days(days: tuple[int, ...]) -> str:
    names = [WEEKDAYS[number] for number in days]
    is_row = len(days) > 2 and days == tuple(range(days[0], days[-1] + 1))
    return f"{names[0]}-{names[-1]}" if is_row else ", ".join(names)


@_write.register
def _(value: Timetable) -> str:
    if len(value.hours) == 1:
        (hours,) = value.hours
        if value == Timetable.weekly(hours.sessions, days=hours.days):
            sessions = ("", repr(format_sessions(hours.sessions)))
            days = _write_days(hours.days)
            rest = [] if days == "mon-fri" else [("days", repr(days))]
            return _write_call("Timetable.weekly", [sessions, *rest])
    return _write_fields(value)


@_write.register
def _(value: Rules) -> str:
    return "HOA_BINH_2019" if value == HOA_BINH_2019 else _write_fields(value)


@_write.register(Document)
@_write.register(Transition)
@_write.register(Guard)
@_write.register(Requirement)
@_write.register(Reading)
def _(_: object) -> str:
    return "..."  # a row of a table holds functions, which have no short source
