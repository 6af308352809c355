"""Two cases, events or histories as tables: in which fields they differ, and what happened.

What a repr hides, because it may name people, is hidden here too.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import Enum
from typing import Any

import attrs

from phananh.errors import short_repr
from phananh.regulation.case import Case, fold
from phananh.regulation.deadline import Deadline
from phananh.regulation.events import Event
from phananh.regulation.request import ErasedPerson, Holder, Person, Role

HistoryLoader = Callable[[str], tuple[Event, ...]]
Row = tuple[str, ...]
_HIDDEN = "(personal, not shown)"
_WIDEST = 60


@attrs.frozen(kw_only=True)
class Comparison:
    """A title, the lines with the differences, and the whole with both histories."""

    title: str
    differences: tuple[str, ...]
    whole: str


def compare(left: object, right: object, load: HistoryLoader | None = None) -> Comparison | None:
    """Return how two cases, two events or two histories differ, None for other values."""
    is_values = _are(Case, left, right) or _are(Event, left, right)
    if not is_values and not (_is_history(left) and _is_history(right)):
        return None
    rows = [*_find_differences(left, right)]
    head = ("", "left", "right")
    differences = (*format_table([head, *rows]), *([] if rows else ["they differ nowhere"]))
    title = f"{_name(left)} == {_name(right)}"
    histories = [*_list_histories(left, right, load)]
    whole = "\n".join([title, *differences, *histories])
    return Comparison(title=title, differences=differences, whole=whole)


def _are(kind: type, *values: object) -> bool:
    return all(isinstance(value, kind) for value in values)


def _is_history(value: object) -> bool:
    return isinstance(value, tuple | list) and bool(value) and _are(Event, *value)


def _name(value: object) -> str:
    """Return the kind of a value, in a few words."""
    if isinstance(value, Case):
        holder = f" with {value.holder.role}" if value.holder else ""
        return f"Case {value.id} version {value.version}, {value.state}{holder}"
    if isinstance(value, Event):
        return f"{type(value).__name__} {value.case}/{value.n}"
    return f"{len(value)} events" if isinstance(value, tuple | list) else type(value).__name__


def _find_differences(left: object, right: object, path: str = "") -> Iterator[Row]:
    """Yield path, left and right of each part in which two values differ."""
    kind = type(left)
    if not path and _are(Event, left, right) and kind is not type(right):
        yield "class", kind.__name__, type(right).__name__
        yield from _compare_fields(Event, left, right, path)  # they have these in common
    elif kind is type(right) and attrs.has(kind) and not isinstance(left, Person):
        yield from _compare_fields(kind, left, right, path)
    elif isinstance(left, tuple | list) and isinstance(right, tuple | list):
        for i in range(max(len(left), len(right))):
            one, other = (side[i] if i < len(side) else None for side in (left, right))
            yield from _find_differences(one, other, f"{path}[{i}]")
    elif left != right:
        shown = _show(left), _show(right)
        yield (path, *shown) if shown[0] != shown[1] else (path, _HIDDEN, _HIDDEN)


def _compare_fields(kind: Any, left: object, right: object, path: str) -> Iterator[Row]:
    for field in attrs.fields(kind):
        where = f"{path}.{field.name}" if path else field.name
        one, other = getattr(left, field.name), getattr(right, field.name)
        if field.eq and field.repr:
            yield from _find_differences(one, other, where)
        elif field.eq and one != other:
            yield where, _HIDDEN, _HIDDEN


def _show(value: object) -> str:
    """Return a value in a cell, or the repr of values of other libraries."""
    if isinstance(value, Case | Event):
        return _name(value)
    text = _show_parts(value) if attrs.has(type(value)) else _show_plain(value)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."


def _show_plain(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, tuple):
        return " ".join(map(_show, value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return str(value.value) if isinstance(value, Enum) else short_repr(value)


def _show_parts(value: object) -> str:
    """Return the fields of a value that its repr shows. A citizen is the role alone."""
    if isinstance(value, Person | ErasedPerson) and value.role is Role.CITIZEN:
        return value.role
    if isinstance(value, Deadline):
        return f"due {_show(value.due)}"
    kind: Any = type(value)
    shown = (getattr(value, field.name) for field in attrs.fields(kind) if field.repr)
    return " ".join(_show(part) for part in shown if part is not None)


def _list_histories(left: object, right: object, load: HistoryLoader | None) -> Iterator[str]:
    """Yield a table of the history of each side, or one table for one case."""
    seen: list[object] = []
    for value in (left, right):
        events = _load_events(value, load)
        if events and events not in seen:
            seen.append(events)
            yield f"\nhistory of {events[0].case}"
            yield from format_table(list_events(events))


def _load_events(value: object, load: HistoryLoader | None) -> tuple[Event, ...]:
    if _is_history(value):
        return tuple(value)  # type: ignore[arg-type]  # just looked at
    key = value.id if isinstance(value, Case) else value.case if isinstance(value, Event) else None
    return load(key) if load is not None and key is not None else ()


def list_events(events: tuple[Event, ...]) -> Iterator[Row]:
    """Yield a row for each event: the act, the person, and the state of the case after it."""
    yield "n", "at", "event", "by", "state", "holder", "due"
    for i, event in enumerate(events):
        yield (
            str(event.n),
            event.at.isoformat(" "),
            type(event).__name__,
            event.by.role,
            event.state,
            _show_holder(event.holder),
            _show(_find_due(events[: i + 1])),
        )


def _show_holder(holder: Holder | None) -> str:
    return f"{holder.role} {holder.id or holder.unit or ''}".strip() if holder else "-"


def _find_due(events: tuple[Event, ...]) -> datetime | None:
    """Return when the running limit ends after these events, None for a part of a history."""
    if [event.n for event in events] != [*range(1, len(events) + 1)]:
        return None
    try:
        return fold(events).due
    except (TypeError, KeyError, ValueError):  # a history that a store under test made up
        return None


def format_table(rows: Iterable[Row]) -> list[str]:
    """Return rows as lines with aligned columns."""
    cells = [*rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
