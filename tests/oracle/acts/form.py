"""A line as it is read: who does what when, with instants read and letters composed.

Which lines are malformed is tested of `phananh.act_log.entry`. The logs of the oracle have none.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.oracle.acts.values import compose, read_instant

SENDER_KEYS = ["name", "address", "phone", "email"]


@dataclass(frozen=True)
class Person:
    """Who acts, or is handed the case."""

    id: str
    role: str
    unit: str | None = None


@dataclass(frozen=True)
class Line:
    """One act as a line has it; `more` are the act's further keys, by their names in the log."""

    act: str
    at: datetime
    by: Person | None
    case: str
    key: str | None
    more: Mapping[str, Any]


def _compose(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _compose(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_compose(item) for item in value]
    return compose(value) if isinstance(value, str) else value


def read_line(text: str) -> Line:
    """Return the act that a line says."""
    found = _compose(json.loads(text))
    act, at, case = found.pop("act"), read_instant(found.pop("at")), found.pop("case", "")
    by, key = found.pop("by", None), found.pop("key", None)
    for name in {"appointment", "to"} & found.keys():
        if isinstance(found[name], str):
            found[name] = read_instant(found[name])
    return Line(act=act, at=at, by=Person(**by) if by else None, case=case, key=key, more=found)
