"""A path as an act log: lines of JSON that `phananh replay` does on a desk.

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
from phananh.testing.exploration.step import Path

CASE = "C1"


def to_act_log(path: Path | Iterable[tuple[Act, datetime]], *, case: str = CASE) -> list[str]:
    """Return the acts of a path as lines of an act log, without line ends.

    Args:
        path: the acts with their moments, the receipt first.
        case: the name of the case in the log.
    """
    return [_write_line(act, at, case) for act, at in path]


def _write_line(act: Act, at: datetime, case: str) -> str:
    if isinstance(act, MoveDeadline):
        due = act.recount.deadline.due.isoformat()
        return f"# {at.isoformat()}: the calendar changed, and the limit of {case} ends at {due}"
    if isinstance(act, Lapse):
        return _dump({"act": "sweep", "at": at.isoformat()})
    said = {f.name: getattr(act, f.name) for f in attrs.fields(type(act)) if f.name != "at"}
    return _dump(
        {"act": act.trigger, "at": at.isoformat(), "case": case}
        | {name: _to_plain(value) for name, value in said.items() if value is not None}
    )


def _dump(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False)


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
