"""Timetables and calendars from TOML, so that an office can enter its hours (Art. 3.2, 9).

A timetable:

    format = 1
    source = "QĐ 873/2020"        # what the hours rest on; source_en in English
    assumed = false               # true where no document is known to set them
    [[schedule]]                  # days, sessions; from, to (a season), effective_from,
                                  # effective_to, source
    [[override]]                  # date, kind (off, worked, hours), sessions, note

or several put together: `op` is union, intersection or difference, and each `[[part]]` is a
timetable, again an `op`, or instants: `[[part.span]]` with `from` and `to`, and a `note`.

A calendar has these keys too, or `hours = "A"` for a preset, or a table `[timetable]`, and

    name, zone, known_through, strict, expected
    as_of = 2025-12-24            # as the calendar was known on that day
    base = "vn-public"            # public days of Vietnam; "none" for a calendar without any
    [[notice]]                    # document, issued, status, office, known_on, known_through,
                                  # also (other documents), source, note
    [[notice.day]]                # date, kind, swapped_with, sessions, note

A part with a `name` is a calendar. Unknown keys are refused: a mistyped `know_through` must
not pass for silence.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import attrs

from phananh.errors import InputError, short_repr
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from phananh.worktime.formats.toml_notices import DAY, NOTICE, day_of, notice_of
from phananh.worktime.formats.toml_table import TomlTable, parsed
from phananh.worktime.presets.office_hours import preset_timetable
from phananh.worktime.span import Span
from phananh.worktime.timetables.algebra import CombinedTimetable, Spans
from phananh.worktime.timetables.timetable import Hours, Timetable
from phananh.worktime.weekdays import MonthDay, month_day

TIMETABLE: Mapping[str, type] = {
    "source": str,
    "source_en": str,
    "assumed": bool,
    "hours": str,
    "schedule": list,
    "override": list,
}
_COMBINED: Mapping[str, type] = {"op": str, "part": list}
_SPANS: Mapping[str, type] = {"span": list, "note": str}
_SPAN: Mapping[str, type] = {"from": dt.datetime, "to": dt.datetime}
_CALENDAR: Mapping[str, type] = {
    "name": str,
    "zone": str,
    "base": str,
    "known_through": dt.date,
    "as_of": dt.date,
    "strict": bool,
    "expected": bool,
    "notice": list,
    "timetable": dict,
}
TEXT: Mapping[str, type] = {"format": int}
_PART = {**_CALENDAR, **TIMETABLE, **_COMBINED, **_SPANS}
_SCHEDULE: Mapping[str, type] = {
    "from": str,
    "to": str,
    "days": list,
    "sessions": list,
    "effective_from": dt.date,
    "effective_to": dt.date,
    "source": str,
}
_SEASON = ("from", "to")
_OWN = ("schedule", "source", "source_en", "assumed")
_BASES = {"vn-public": VIETNAM_DAYS, "none": None}


def timetable_from_toml(text: str, *, where: str = "<text>") -> Timetable | CombinedTimetable:
    """Return the timetable, or several put together, that a TOML text describes.

    Args:
        text: the text; see the head of this module for its keys.
        where: what messages call it, such as a file name.

    Raises:
        InputError: with file, table, key and value.
    """
    top = top_of(text, where, {**TEXT, **TIMETABLE, **_COMBINED})
    made: Timetable | CombinedTimetable = timetable_of(top)
    return made


def calendar_from_toml(text: str, *, where: str = "<text>") -> WorkCalendar:
    """Return the calendar that a TOML text describes; arguments as for `timetable_from_toml`.

    Raises:
        InputError: with file, table, key and value.
        NoWorkingTimeError: the calendar never opens.
    """
    return _calendar(top_of(text, where, {**TEXT, **_CALENDAR, **TIMETABLE, **_COMBINED}))


def top_of(text: str, where: str, keys: Mapping[str, type]) -> TomlTable:
    """Return the whole text as a table of these keys; refuse another format."""
    top = TomlTable(f"{where}:", parsed(text, where), keys)
    top.need("format")
    if top.values["format"] != 1:
        top.refuse("format", f"{top.values['format']} is unknown", "use 1")
    return top


def _calendar(place: TomlTable) -> WorkCalendar:
    given = place.given("name", "zone", "known_through", "strict", "expected")
    given["notices"] = [notice_of(table) for table in place.tables("notice", NOTICE)]
    given["overrides"] = [day_of(table) for table in place.tables("override", DAY)]
    if "timetable" in place.values:
        _refuse_beside(place, "timetable", {**TIMETABLE, **_COMBINED}, "override")
        inner = TomlTable(place.at("timetable"), place.values["timetable"], _PART)
        timetable = timetable_of(inner)
    else:
        timetable = timetable_of(place, own_days=False)
    made: WorkCalendar = place.made(
        WorkCalendar, timetable=timetable, days=_base(place, timetable), **given
    )
    if "as_of" in place.values:
        made = place.made(made.as_of, day=place.values["as_of"])
    return made


def _base(place: TomlTable, timetable: Timetable | CombinedTimetable) -> Any:
    of_calendars = isinstance(timetable, CombinedTimetable) and any(
        isinstance(leaf, WorkCalendar) for leaf in timetable.leaves()
    )
    base = place.values.get("base", "none" if of_calendars else "vn-public")
    if base not in _BASES:
        place.refuse("base", f"{short_repr(base)} is unknown", f"use {' or '.join(_BASES)}")
    return _BASES[base]


def _refuse_beside(place: TomlTable, key: str, keys: Iterable[str], *allowed: str) -> None:
    for other in keys:
        if other in place.values and other not in (key, *allowed):
            place.refuse(other, f"has no place beside {key}", f"leave out {other} or {key}")


def timetable_of(place: TomlTable, *, own_days: bool = True) -> Any:
    """Return what a table describes; `own_days` where its overrides are the timetable's own."""
    if "op" in place.values:
        _refuse_beside(place, "op", {**TIMETABLE, **_SPANS}, "" if own_days else "override")
        place.need("part")
        parts = [_part(part) for part in place.tables("part", _PART)]
        return place.made(CombinedTimetable, op=place.values["op"], parts=parts)
    _refuse_beside(place, "schedule", _SPANS)
    hours = [_hours(table) for table in place.tables("schedule", _SCHEDULE)]
    if "hours" not in place.values and "schedule" not in place.values:
        place.refuse("hours", "give either hours or [[schedule]] tables", 'hours = "A"')
    own = [day_of(day) for day in place.tables("override", DAY)] if own_days else []
    if "hours" in place.values:
        _refuse_beside(place, "hours", _OWN)
        found = place.made(preset_timetable, name=place.values["hours"])
        return place.made(partial(attrs.evolve, found), overrides=own) if own else found
    source = "; ".join(dict.fromkeys(part.source for part in hours if part.source))
    told = {"source": source, **place.given("source", "source_en", "assumed")}
    return place.made(Timetable, hours=hours, overrides=own, **told)


def _part(place: TomlTable) -> Any:
    if "name" in place.values:
        return _calendar(place)
    _refuse_beside(place, "name", _CALENDAR)
    if "span" not in place.values:
        return timetable_of(place)
    _refuse_beside(place, "span", {**TIMETABLE, **_COMBINED})
    spans = [_span(span) for span in place.tables("span", _SPAN)]
    return place.made(Spans, spans=spans, **place.given("note"))


def _span(place: TomlTable) -> Span:
    place.need("from", "to")
    for key, value in place.values.items():
        if value.utcoffset() is None:
            way_out = f"write it with one, such as {value.isoformat()}+07:00"
            place.refuse(key, f"{value.isoformat()} has no offset", way_out)
    made: Span = place.made(Span, start=place.values["from"], end=place.values["to"])
    return made


def _hours(place: TomlTable) -> Hours:
    place.need("days", "sessions")
    values = {key: value for key, value in place.values.items() if key not in _SEASON}
    made: Hours = place.made(Hours, season=_season(place), **values)
    return made


def _season(place: TomlTable) -> tuple[MonthDay, MonthDay] | None:
    ends = place.given(*_SEASON)
    for key in _SEASON if ends else ():
        if key not in ends:
            place.refuse(key, "is missing", 'write from = "10-16", to = "04-15"')
        try:
            ends[key] = month_day(ends[key])
        except InputError as error:
            place.refuse(key, error.problem, error.way_out)
    return (ends["from"], ends["to"]) if ends else None
