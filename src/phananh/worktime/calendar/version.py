"""The version of a calendar: a short hash of what it is made of, stored with each deadline.

It depends on sessions, days and notices only: not on the years that are loaded, the order
of notices, or how a session is cut. Twelve hex digits of SHA-256 over canonical JSON.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from phananh.worktime.calendar.value import CalendarValue
from phananh.worktime.days.notices import NoticeDay, Ruling
from phananh.worktime.session import format_sessions
from phananh.worktime.timetables.algebra import CombinedTimetable, Spans
from phananh.worktime.timetables.timetable import Timetable

_FORMAT = 1


def digest(calendar: CalendarValue) -> str:
    """Return the first twelve hex digits of the hash of a calendar's specification."""
    text = json.dumps(
        specification(calendar), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def specification(calendar: CalendarValue) -> dict[str, object]:
    """Return what a calendar is made of as plain data."""
    day_rules, days = calendar.day_rules, calendar.days
    rulings = {**day_rules.ruled, **day_rules.pending}
    return {
        "format": _FORMAT,
        "zone": calendar.zone,
        "schedule": _timetable_data(calendar.timetable),
        "notices": [_ruling(rulings[day]) for day in sorted(rulings)],
        "overrides": list(_days_data(calendar.overrides)),
        "known_through": calendar.known_through.isoformat(),
        "base": days.name if days else None,
        "predictor": days.predictor if days else None,
        "expected": calendar.expected,
    }


def _timetable_data(part: Any) -> object:
    """Return a timetable as plain data; a calendar that is part of another is all it is made of."""
    if isinstance(part, CombinedTimetable):
        first = 1 if part.op == "difference" else 0
        parts = [_timetable_data(one) for one in part.parts]
        rest = {json.dumps(one, sort_keys=True): one for one in parts[first:]}
        return [part.op, *parts[:first], *(rest[text] for text in sorted(rest))]
    return part.key() if isinstance(part, Timetable | Spans) else specification(part)


def _ruling(ruling: Ruling) -> list[object]:
    notice = ruling.notice
    return [
        *next(iter(_days_data([ruling.day]))),
        notice.document,
        str(notice.issued),
        notice.status,
    ]


def _days_data(days: Iterable[NoticeDay]) -> Iterable[list[object]]:
    return ([str(d.date), d.kind, format_sessions(d.sessions), str(d.swapped_with)] for d in days)
