"""An act as a line of an act log, and the case that such lines lead to."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

import attrs

from phananh.act_log.replay import replay
from phananh.desk.desk import Desk
from phananh.errors import InputError
from phananh.regulation.acts import Act
from phananh.regulation.case import Case
from phananh.regulation.context import CalendarChoice
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import Query

Line = Mapping[str, Any]


def make_line(act: Act, *, case: str, at: datetime) -> dict[str, Any]:
    """Return an act as a line of an act log, in which the case has the name `case`."""
    head = {"act": act.trigger, "at": at.isoformat(), "by": _to_json(act.by), "case": case}
    own = [field for field in attrs.fields(type(act)) if field.name not in ("by", "at")]
    said = ((field, getattr(act, field.name)) for field in own)
    return head | {field.name: _to_json(value) for field, value in said if value != field.default}


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    if attrs.has(type(value)):
        named = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
        return {name: _to_json(found) for name, found in named if found is not None}
    return value


def case_of(
    lines: Sequence[Line], *, rules: Rules = HOA_BINH_2019, calendar: CalendarChoice | None = None
) -> Case:
    """Return the case that the lines of an act log lead to, by replaying them in memory.

    Args:
        lines: of one case, such as `histories_of` draws. Each is recorded.
        rules: with the limits and readings to apply.
        calendar: the office hours, as a `Desk` takes them.

    Raises:
        InputError: a line that is not recorded, or lines of no case or of several.
    """
    desk = Desk(rules=rules, calendar=calendar)
    raw = [json.dumps(line).encode() for line in lines]
    for outcome in replay(raw, desk=desk, name="lines"):
        if outcome.outcome != "recorded":
            why = ", ".join(reason.code for reason in outcome.reasons)
            raise InputError(
                field="lines", code="line_not_recorded", number=outcome.line, detail=why
            )
    rows = desk.store.find(Query(limit=2)).rows
    if len(rows) != 1:
        raise InputError(field="lines", code="lines_of_one_case", count=len(rows))
    return desk.get(rows[0].case)
