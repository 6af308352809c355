"""The version of a calendar: a short hash of what it answers from, stored with each deadline.

Rule 1: it changes exactly when an answer or its reason could: with a session, a special day
and what is known about it, a notice, an override, or a setting. It does not depend on the release
of the package that predicts days, on the years that are loaded, on the order of notices, or on
how a session is cut.
Rule 2: a country's days are hashed from 2013, a year long before the first case, to five years
after the last notice. A deadline beyond is counted again when it is verified.
Twelve hex digits of SHA-256 over canonical JSON.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from phananh.worktime.algebra import CombinedTimetable, Spans
from phananh.worktime.days.notices import Notice, NoticeDay, Ruling, notices_by_year
from phananh.worktime.session import format_sessions
from phananh.worktime.timetable import Timetable

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar

_FORMAT = 2
_FIRST_YEAR, _YEARS_BEYOND = 2013, 5


def digest(calendar: "WorkCalendar") -> str:
    """Return the first twelve hex digits of the hash of a calendar's specification."""
    text = json.dumps(
        describe_calendar(calendar), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def describe_calendar(calendar: "WorkCalendar") -> dict[str, object]:
    """Return the specification of a calendar as plain data."""
    day_rules = calendar.day_rules
    rulings = {**day_rules.rulings, **day_rules.pending}
    return {
        "format": _FORMAT,
        "zone": calendar.zone,
        "schedule": _timetable_data(calendar.timetable),
        "public_days": list(_public_days_data(calendar)),
        "notices": [_ruling_data(rulings[day]) for day in sorted(rulings)],
        "overrides": list(_days_data(calendar.overrides)),
        "known_from": _first_known_data(calendar),
        "known_through": str(calendar.known_through),
        "expected": calendar.expected,
    }


def _first_known_data(calendar: "WorkCalendar") -> str | None:
    """Return the first day with notices, or None if neither calendar nor country sets it."""
    own = calendar.days.known_from if calendar.days else None
    day = own if calendar.known_from == calendar.first_known_day else calendar.known_from
    return str(day) if day else None


def _timetable_data(part: Any) -> object:
    """Return a timetable as plain data. A calendar in it is described in full."""
    if isinstance(part, CombinedTimetable):
        first = 1 if part.op == "difference" else 0
        parts = [_timetable_data(one) for one in part.parts]
        rest = {json.dumps(one, sort_keys=True): one for one in parts[first:]}
        return [part.op, *parts[:first], *(rest[text] for text in sorted(rest))]
    return part.key() if isinstance(part, Timetable | Spans) else describe_calendar(part)


def _public_days_data(calendar: "WorkCalendar") -> Iterator[list[object]]:
    """Yield each public day of the years that are hashed, and the notice that fixed its date."""
    days = calendar.days
    if days is None:
        return
    fixed_by = notices_by_year((*days.notices, *calendar.notices))
    last = min(calendar.known_through.year + _YEARS_BEYOND, days.last_day.year)
    for year in range(max(_FIRST_YEAR, days.first_day.year), last + 1):
        notice = _notice_data(fixed_by, year)
        for day, public in sorted(days.year(year).items()):
            other = str(public.swapped_with or "")
            names = (public.code, public.vi, public.en, public.source)
            fixed = notice if public.yearly else None
            yield [str(day), public.kind, *names, other, public.floats, fixed]


def _notice_data(fixed_by: Mapping[int, Notice], year: int) -> list[str] | None:
    notice = fixed_by.get(year)
    return [notice.document, str(notice.issued)] if notice else None


def _ruling_data(ruling: Ruling) -> list[object]:
    [day], notice = _days_data([ruling.day]), ruling.notice
    return [*day, notice.document, str(notice.issued), notice.status]


def _days_data(days: Iterable[NoticeDay]) -> Iterable[list[object]]:
    return [
        [str(d.date), d.kind, format_sessions(d.sessions), str(d.swapped_with), d.note]
        for d in days
    ]
