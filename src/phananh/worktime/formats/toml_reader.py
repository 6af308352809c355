"""Timetables and calendars from TOML, so that an office can enter its hours (Art. 3.2, 9).

A timetable:

    format = 1
    source = "QĐ 873/2020"        # the document behind the hours (source_en in English)
    assumed = false               # true if no document is known to set them
    [[schedule]]                  # days, sessions, from, to (a season), effective_from,
                                  # effective_to, source
    [[override]]                  # date, kind (off, worked, hours), sessions, note

or several combined: `op` is union, intersection or difference, and each `[[part]]` is a
timetable, again an `op`, or instants: `[[part.span]]` with `from` and `to`, and a `note`.

A calendar has these keys too, or `hours = "A"` for a preset, or a table `[timetable]`, and

    name, zone, known_from, known_through, strict, expected
    as_of = 2025-12-24            # as the calendar was known on that day
    base = "vn-public"            # public days of Vietnam, or "none" for a calendar without any
    [[notice]]                    # document, issued, status, office, known_on, known_through,
                                  # also (other documents), source, note
    [[notice.day]]                # date, kind, swapped_with, sessions, note

A part with a `name` is a calendar. Unknown keys are refused, so that a mistyped `know_through`
is not ignored.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import attrs

from phananh.errors import InputError, short_repr
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from phananh.worktime.formats.toml_notices import DAY, NOTICE, read_day, read_notice, read_top
from phananh.worktime.formats.toml_table import TomlTable
from phananh.worktime.presets.office_hours import find_timetable
from phananh.worktime.span import Span
from phananh.worktime.timetables.algebra import CombinedTimetable, Spans
from phananh.worktime.timetables.timetable import Hours, Timetable
from phananh.worktime.weekdays import MonthDay, parse_month_day

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
    "known_from": dt.date,
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
    """Return the timetable, or several combined, that a TOML text describes.

    Args:
        text: the text. For its keys see the top of `phananh.worktime.formats.toml_reader`.
        where: its name in messages, such as a file name.

    Raises:
        InputError: the text cannot be read. It names file, table, key and value.
    """
    top = read_top(text, where, {**TEXT, **TIMETABLE, **_COMBINED})
    return _read_timetable(top)


def calendar_from_toml(text: str, *, where: str = "<text>") -> WorkCalendar:
    """Return the calendar that a TOML text describes.

    The arguments are those of `timetable_from_toml`.

    Raises:
        InputError: the text cannot be read. It names file, table, key and value.
        NoWorkingTimeError: the calendar has no working time.
    """
    return _read_calendar(read_top(text, where, {**TEXT, **_CALENDAR, **TIMETABLE, **_COMBINED}))


def _read_calendar(table: TomlTable) -> WorkCalendar:
    given = table.pick("name", "zone", "known_from", "known_through", "strict", "expected")
    given["notices"] = [read_notice(each) for each in table.tables("notice", NOTICE)]
    given["overrides"] = [read_day(each) for each in table.tables("override", DAY)]
    if "timetable" in table.values:
        _check_alone(table, "timetable", {**TIMETABLE, **_COMBINED}, "override")
        inner = TomlTable(table.at("timetable"), table.values["timetable"], _PART)
        timetable = _read_timetable(inner)
    else:
        timetable = _read_timetable(table, own_days=False)
    given["days"] = _read_base(table, timetable)
    calendar = table.build(WorkCalendar, timetable=timetable, **given)
    if "as_of" in table.values:
        return table.build(calendar.as_of, day=table.values["as_of"])
    return calendar


def _read_base(table: TomlTable, timetable: Timetable | CombinedTimetable) -> Any:
    of_calendars = isinstance(timetable, CombinedTimetable) and any(
        isinstance(leaf, WorkCalendar) for leaf in timetable.leaves()
    )
    base = table.values.get("base", "none" if of_calendars else "vn-public")
    if base not in _BASES:
        table.refuse("base", "unknown_value", value=short_repr(base), known=tuple(_BASES))
    return _BASES[base]


def _check_alone(table: TomlTable, key: str, keys: Iterable[str], *allowed: str) -> None:
    for other in keys:
        if other in table.values and other not in (key, *allowed):
            table.refuse(other, "no_place_beside", key=other, other=key)


def _read_timetable(table: TomlTable, *, own_days: bool = True) -> Timetable | CombinedTimetable:
    """Return what a table describes. `own_days`: its overrides belong to the timetable."""
    if "op" in table.values:
        _check_alone(table, "op", {**TIMETABLE, **_SPANS}, "" if own_days else "override")
        table.require("part")
        parts = [_read_part(part) for part in table.tables("part", _PART)]
        return table.build(CombinedTimetable, op=table.values["op"], parts=parts)
    _check_alone(table, "schedule", _SPANS)
    hours = [_read_hours(each) for each in table.tables("schedule", _SCHEDULE)]
    if "hours" not in table.values and "schedule" not in table.values:
        table.refuse("hours", "hours_or_schedule")
    own = [read_day(day) for day in table.tables("override", DAY)] if own_days else []
    if "hours" in table.values:
        _check_alone(table, "hours", _OWN)
        found = table.build(find_timetable, name=table.values["hours"])
        return table.build(partial(attrs.evolve, found), overrides=own) if own else found
    source = "; ".join(dict.fromkeys(part.source for part in hours if part.source))
    sources = {"source": source, **table.pick("source", "source_en", "assumed")}
    return table.build(Timetable, hours=hours, overrides=own, **sources)


def _read_part(table: TomlTable) -> Any:
    if "name" in table.values:
        return _read_calendar(table)
    _check_alone(table, "name", _CALENDAR)
    if "span" not in table.values:
        return _read_timetable(table)
    _check_alone(table, "span", {**TIMETABLE, **_COMBINED})
    spans = [_read_span(span) for span in table.tables("span", _SPAN)]
    return table.build(Spans, spans=spans, **table.pick("note"))


def _read_span(table: TomlTable) -> Span:
    table.require("from", "to")
    for key, value in table.values.items():
        if value.utcoffset() is None:
            table.refuse(key, "toml_no_offset", value=value.isoformat())
    return table.build(Span, start=table.values["from"], end=table.values["to"])


def _read_hours(table: TomlTable) -> Hours:
    table.require("days", "sessions")
    values = {key: value for key, value in table.values.items() if key not in _SEASON}
    return table.build(Hours, season=_read_season(table), **values)


def _read_season(table: TomlTable) -> tuple[MonthDay, MonthDay] | None:
    ends = table.pick(*_SEASON)
    for key in _SEASON if ends else ():
        if key not in ends:
            table.refuse(key, "missing_key", example='from = "10-16", to = "04-15"')
        try:
            ends[key] = parse_month_day(ends[key])
        except InputError as error:
            raise error.of_field(table.at(key)) from error
    return (ends["from"], ends["to"]) if ends else None
