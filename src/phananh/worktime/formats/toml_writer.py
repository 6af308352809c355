"""Timetables and calendars written as TOML, which `toml_reader` reads back as equal values."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from phananh.errors import InputError
from phananh.worktime.calendar.coverage import first_known_day
from phananh.worktime.calendar.value import last_known_day
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from phananh.worktime.formats.notice_dates import check_dates
from phananh.worktime.timetables.algebra import CombinedTimetable, Spans
from phananh.worktime.timetables.timetable import Hours, Timetable
from phananh.worktime.validators import check_kind
from phananh.worktime.weekdays import day_names

_HEAD = "format = 1"
_ZERO, _MINUTE = timedelta(), timedelta(minutes=1)


def timetable_to_toml(timetable: Timetable | CombinedTimetable) -> str:
    """Return a timetable, or several combined, as TOML.

    Raises:
        InputError: a date of a notice is unknown.
        InputTypeError: bare instants, or a calendar.
    """
    check_kind(Timetable | CombinedTimetable, "timetable", [timetable])
    return _join(_timetable_lines(timetable, ""))


def calendar_to_toml(calendar: WorkCalendar) -> str:
    """Return a calendar as TOML.

    Raises:
        InputError: its public days are not the built-in ones, or a date of a notice is unknown.
    """
    check_kind(WorkCalendar, "calendar", [calendar])
    return _join(_calendar_lines(calendar, ""))


def _join(lines: Iterable[str]) -> str:
    return "\n".join((_HEAD, *lines)) + "\n"


def _pair(key: str, value: object) -> str:
    return f"{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime) and (value.utcoffset() or _ZERO) % _MINUTE:
        value = value.astimezone(UTC)  # TOML has no offset with seconds
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(part) for part in value)}]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _pairs(**values: object) -> Iterator[str]:
    return (
        _pair(key.rstrip("_"), value) for key, value in values.items() if value not in (None, "")
    )


def _table_lines(path: str) -> Iterator[str]:
    yield ""
    yield f"[[{path}]]"


def _timetable_lines(timetable: Any, path: str) -> Iterator[str]:
    if isinstance(timetable, CombinedTimetable):
        yield _pair("op", timetable.op)
        for part in timetable.parts:
            yield from _table_lines(f"{path}part")
            yield from _part_lines(part, f"{path}part.")
        return
    derived = "; ".join(dict.fromkeys(part.source for part in timetable.hours if part.source))
    if timetable.source != derived:
        yield _pair("source", timetable.source)
    if timetable.source_en != timetable.source:
        yield _pair("source_en", timetable.source_en)
    yield from _pairs(assumed=timetable.assumed or None)
    if not timetable.hours:
        yield "schedule = []"
    for part in timetable.hours:
        yield from _table_lines(f"{path}schedule")
        yield from _hours_lines(part)
    yield from _days_lines(timetable.overrides, f"{path}override")


def _part_lines(part: Any, path: str) -> Iterator[str]:
    if isinstance(part, WorkCalendar):
        yield from _calendar_lines(part, path)
    elif isinstance(part, Spans):
        yield from _spans_lines(part, path)
    else:
        yield from _timetable_lines(part, path)


def _spans_lines(part: Spans, path: str) -> Iterator[str]:
    yield from _pairs(note=part.note)
    if not part.spans:
        yield "span = []"
    for span in part.spans:
        yield from _table_lines(f"{path}span")
        yield from _pairs(from_=span.start, to=span.end)


def _hours_lines(hours: Hours) -> Iterator[str]:
    yield _pair("days", day_names(hours.days))
    yield _pair("sessions", [str(part) for part in hours.sessions])
    if hours.season:
        first, last = ("{:02d}-{:02d}".format(*end) for end in hours.season)
        yield from _pairs(from_=first, to=last)
    yield from _pairs(
        effective_from=hours.effective_from, effective_to=hours.effective_to, source=hours.source
    )


def _days_lines(days: Iterable[NoticeDay], path: str) -> Iterator[str]:
    for day in days:
        yield from _table_lines(path)
        yield from _pairs(date=day.date, kind=day.kind, swapped_with=day.swapped_with)
        if day.sessions:
            yield _pair("sessions", [str(part) for part in day.sessions])
        yield from _pairs(note=day.note)


def _calendar_lines(calendar: Any, path: str) -> Iterator[str]:
    yield from _pairs(name=calendar.name, zone=calendar.zone, base=_name_base(calendar))
    yield from _pairs(as_of=_find_as_of(calendar))
    if calendar.known_from != first_known_day(calendar.timetable, calendar.days):
        yield _pair("known_from", calendar.known_from)
    if calendar.known_through != last_known_day(calendar):
        yield _pair("known_through", calendar.known_through)
    yield from (f"{key} = true" for key in ("strict", "expected") if getattr(calendar, key))
    timetable, lines = calendar.timetable, _timetable_lines(calendar.timetable, path)
    if isinstance(timetable, Timetable) and timetable.overrides:
        lines = _timetable_lines(timetable, f"{path}timetable.")
        yield from ("", f"[{path}timetable]")
    yield from lines
    for notice in calendar.notices:
        yield from _table_lines(f"{path}notice")
        yield from _notice_lines(notice, f"{path}notice.")
    yield from _days_lines(calendar.overrides, f"{path}override")


def _notice_lines(notice: Notice, path: str) -> Iterator[str]:
    check_dates(notice, "TOML")
    yield from _pairs(document=notice.document, issued=notice.issued, status=notice.status)
    known_on = None if notice.known_on == notice.issued else notice.known_on
    yield from _pairs(
        office=notice.office, known_on=known_on, known_through=notice.known_through,
        source=notice.source, note=notice.note,
    )  # fmt: skip
    if notice.also:
        yield _pair("also", notice.also)
    if not notice.days and not notice.known_through:
        yield "day = []"
    yield from _days_lines(notice.days, f"{path}day")


def _name_base(calendar: WorkCalendar) -> str:
    if calendar.days is None:
        return "none"
    if calendar.days != VIETNAM_DAYS and _find_as_of(calendar) is None:
        raise InputError(code="own_days_in_toml", field="days", name=calendar.days.name)
    return "vn-public"


def _find_as_of(calendar: WorkCalendar) -> date | None:
    """Return the day if the public days are those of Vietnam as of a day, else None."""
    days = calendar.days
    if days is None or days == VIETNAM_DAYS or not days.notices:
        return None
    known = [notice.known_on for notice in (*days.notices, *calendar.notices)]
    day = max(each for each in (*known, getattr(days, "seen_on", None)) if each)
    return day if VIETNAM_DAYS.as_of(day) == days else None
