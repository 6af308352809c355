"""Calendars from TOML, so that an office can enter its hours and new notices (Art. 3.2, 9).

    format = 1
    base = "vn-public"            # public days of Vietnam; "none" for a calendar without any
    hours = "A"                   # a preset, or else [[schedule]] tables
    known_through = 2026-12-31
    [[schedule]]                  # from, to, days, sessions, effective_from, effective_to, source
    [[notice]]                    # document, issued, status
    [[notice.day]]                # date, kind, swapped_with, sessions, note
    [[override]]                  # like a day of a notice

Unknown keys are refused: a mistyped `know_through` must not pass for silence.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NoReturn

from phananh.errors import InputError, InputTypeError, shown
from phananh.worktime.calendar import WorkCalendar
from phananh.worktime.notice import Notice, NoticeDay
from phananh.worktime.presets import preset
from phananh.worktime.timetable import Hours, Timetable
from phananh.worktime.vietnam import VIETNAM_DAYS

_TOP: Mapping[str, type] = {
    "format": int,
    "name": str,
    "zone": str,
    "base": str,
    "hours": str,
    "known_through": dt.date,
    "strict": bool,
    "expected": bool,
    "schedule": list,
    "notice": list,
    "override": list,
}
_SCHEDULE: Mapping[str, type] = {
    "from": str,
    "to": str,
    "days": list,
    "sessions": list,
    "effective_from": dt.date,
    "effective_to": dt.date,
    "source": str,
}
_NOTICE: Mapping[str, type] = {"document": str, "issued": dt.date, "status": str, "day": list}
_DAY: Mapping[str, type] = {
    "date": dt.date,
    "kind": str,
    "swapped_with": dt.date,
    "sessions": list,
    "note": str,
}
_BASES = {"vn-public": VIETNAM_DAYS, "none": None}


class _Place:
    """A table of the text with its name, such as `file: notice[2].day[1]`."""

    def __init__(self, name: str, table: object, keys: Mapping[str, type]) -> None:
        """Refuse what is no table, keys nobody knows, and values of the wrong type."""
        self.name = name
        if not isinstance(table, dict):
            raise InputTypeError(field=name, problem=f"{shown(table)} is not a table")
        self.values: dict[str, Any] = table
        for key, value in table.items():
            if key not in keys:
                self.refuse(key, f"{shown(value)}: no such key", f"use {', '.join(keys)}")
            if type(value) is not keys[key]:
                wanted = {list: "a list", int: "a whole number", str: "a text", bool: "a boolean"}
                self.refuse(key, f"{shown(value)} is not {wanted.get(keys[key], 'a date')}", "")

    def refuse(self, key: str, problem: str, way_out: str) -> NoReturn:
        """Raise `InputError` for a key of this table."""
        raise InputError(field=self.at(key), problem=problem, way_out=way_out)

    def at(self, key: str) -> str:
        """Return the full name of a key: `file: notice[2].day[1].kind`."""
        return f"{self.name}.{key}" if self.name.endswith("]") else f"{self.name} {key}"

    def need(self, *keys: str) -> None:
        """Refuse a table without one of these keys."""
        for key in keys:
            if key not in self.values:
                self.refuse(key, "is missing", "")

    def tables(self, key: str, keys: Mapping[str, type]) -> list["_Place"]:
        """Return the tables listed under a key, each by its number from 1."""
        listed = self.values.get(key, [])
        return [_Place(f"{self.at(key)}[{n}]", table, keys) for n, table in enumerate(listed, 1)]


def calendar_from_toml(text: str, *, where: str = "<text>") -> WorkCalendar:
    """Return the calendar that a TOML text describes.

    Args:
        text: the text; see the head of this module for its keys.
        where: what messages call it, such as a file name.

    Raises:
        InputError: with file, table, key and value.
        NoWorkingTimeError: the calendar never opens.
    """
    top = _Place(f"{where}:", _parsed(text, where), _TOP)
    top.need("format")
    if top.values["format"] != 1:
        top.refuse("format", f"{top.values['format']} is unknown", "use 1")
    given: dict[str, Any] = {
        key: top.values[key]
        for key in ("name", "zone", "known_through", "strict", "expected")
        if key in top.values
    }
    given["notices"] = [_notice(place) for place in top.tables("notice", _NOTICE)]
    given["overrides"] = [_day(place) for place in top.tables("override", _DAY)]
    made: WorkCalendar = _made(
        top, WorkCalendar, timetable=_schedule(top), days=_base(top), **given
    )
    return made


def _parsed(text: object, where: str) -> dict[str, Any]:
    import tomllib

    if not isinstance(text, str):
        raise InputTypeError(field=where, problem="is not a text", way_out="decode it as UTF-8")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as cause:
        raise InputError(field=where, problem=f"is not TOML: {cause}") from cause


def _made(place: _Place, make: Any, /, **values: Any) -> Any:
    """Build a value; an error it raises gets the name of the table in front."""
    try:
        return make(**values)
    except InputError as error:
        way_out, field = error.way_out, place.at(error.field)
        raise type(error)(field=field, problem=error.problem, way_out=way_out) from error


def _base(top: _Place) -> Any:
    base = top.values.get("base", "vn-public")
    if base not in _BASES:
        top.refuse("base", f"{shown(base)} is unknown", f"use {' or '.join(_BASES)}")
    return _BASES[base]


def _schedule(top: _Place) -> Timetable:
    parts = top.tables("schedule", _SCHEDULE)
    if ("hours" in top.values) == bool(parts):
        top.refuse("hours", "give either hours or [[schedule]] tables", 'hours = "A"')
    if not parts:
        found: Timetable = _made(top, preset, name=top.values["hours"])
        return found
    hours = [_hours(part) for part in parts]
    source = "; ".join(dict.fromkeys(part.source for part in hours if part.source))
    made: Timetable = _made(top, Timetable, hours=hours, source=source)
    return made


def _hours(place: _Place) -> Hours:
    place.need("days", "sessions")
    values = dict(place.values)
    if ("from" in values) != ("to" in values):
        place.refuse("from", "a season has both from and to", "")
    season = (values.pop("from"), values.pop("to")) if "from" in values else None
    made: Hours = _made(place, Hours, season=season, **values)
    return made


def _notice(place: _Place) -> Notice:
    place.need("document", "issued", "day")
    values = {key: value for key, value in place.values.items() if key != "day"}
    days = [_day(day) for day in place.tables("day", _DAY)]
    made: Notice = _made(place, Notice, days=days, **values)
    return made


def _day(place: _Place) -> NoticeDay:
    place.need("date", "kind")
    made: NoticeDay = _made(place, NoticeDay, **place.values)
    return made
