"""An act as a line of an act log, and a path of acts as the lines that `phananh replay` does.

A log has no act that moves a due time, because only a changed calendar does that: such an act is a
comment, and the acts after it may differ on a desk with an unchanged calendar.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Any

import attrs

from phananh.regulation.acts import Act, Lapse, MoveDeadline

Path = tuple[tuple[Act, datetime], ...]


def make_line(act: Act, at: datetime, *, case: str) -> dict[str, Any]:
    """Return an act as a line of an act log, in which the case has the name `case`."""
    if isinstance(act, Lapse):
        return {"act": "sweep", "at": at.isoformat()}
    said = {f.name: getattr(act, f.name) for f in attrs.fields(type(act)) if f.name != "at"}
    return {"act": act.trigger, "at": at.isoformat(), "case": case} | {
        name: _to_plain(value) for name, value in said.items() if value is not None
    }


def to_act_log(path: Iterable[tuple[Act, datetime]], *, case: str = "C1") -> list[str]:
    """Return the acts of a path as lines of an act log, without line ends.

    Args:
        path: the acts with their moments, the receipt first.
        case: the name of the case in the log.
    """
    lines = []
    for act, at in path:
        if isinstance(act, MoveDeadline):
            due = act.recount.deadline.due.isoformat()
            text = f"{at.isoformat()}: the calendar changed, and the limit of {case} ends at {due}"
            lines.append(f"# {text}")
        else:
            lines.append(json.dumps(make_line(act, at, case=case), ensure_ascii=False))
    return lines


def _to_plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_to_plain(each) for each in value]
    kind: type[Any] = type(value)
    if attrs.has(kind):
        fields = ((f.name, getattr(value, f.name)) for f in attrs.fields(kind))
        return {name: _to_plain(each) for name, each in fields if each is not None}
    return value
