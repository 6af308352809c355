"""Calendars and notices in TOML, so that an office can enter its hours (Art. 3.2, 9).

A file begins with `format = 1`. The hours are a timetable:

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

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, NoReturn, TypeVar

import attrs

from phananh.errors import InputError, InputTypeError, NoWorkingTimeError, short_repr
from phananh.worktime.algebra import CombinedTimetable, Spans
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from phananh.worktime.presets import find_timetable
from phananh.worktime.span import Span
from phananh.worktime.timetable import Hours, Timetable, day_names
from phananh.worktime.validators import check_kind

T = TypeVar("T")
_FORMS = {int: "1", str: '"..."', bool: "true", list: '["..."]', dict: "{...}", date: "2026-03-04"}
_EXAMPLES = {
    "format": "format = 1",
    "document": 'document = "12729/VPCP-KGVX"',
    "issued": "issued = 2025-12-25",
    "day": "[[notice.day]]",
    "date": "date = 2026-03-04",
    "kind": 'kind = "off"',
    "days": 'days = ["mon-fri"]',
    "sessions": 'sessions = ["07:30-11:30"]',
    "part": "[[part]], twice or more",
    "schedule": "[[schedule]]",
    "override": "[[override]]",
    "notice": "[[notice]]",
    "span": "[[part.span]]",
    "timetable": "[timetable]",
    "hours": 'hours = "A"',
    "from": "from = 2026-03-04T09:00:00+07:00",
    "to": "to = 2026-03-04T10:00:00+07:00",
}
_SEASON_EXAMPLES = {"from": 'from = "10-16"', "to": 'to = "04-15"'}
# The field's name in a value, and the file's word for it.
_KEYS = {
    "span": "to",
    "day.kind": "kind",
    "parts": "part",
    "overrides": "override",
    "notices": "notice",
}
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
_SPAN: Mapping[str, type] = {"from": datetime, "to": datetime}
_CALENDAR: Mapping[str, type] = {
    "name": str,
    "zone": str,
    "base": str,
    "known_from": date,
    "known_through": date,
    "as_of": date,
    "strict": bool,
    "expected": bool,
    "notice": list,
    "timetable": dict,
}
_PART = {**_CALENDAR, **TIMETABLE, **_COMBINED, **_SPANS}
_SCHEDULE: Mapping[str, type] = {
    "from": str,
    "to": str,
    "days": list,
    "sessions": list,
    "effective_from": date,
    "effective_to": date,
    "source": str,
}
_OWN = ("schedule", "source", "source_en", "assumed")
_BASES = {"vn-public": VIETNAM_DAYS, "none": None}
NOTICE: Mapping[str, type] = {
    "document": str,
    "issued": date,
    "status": str,
    "office": str,
    "known_on": date,
    "known_through": date,
    "also": list,
    "source": str,
    "note": str,
    "day": list,
}
DAY: Mapping[str, type] = {
    "date": date,
    "kind": str,
    "swapped_with": date,
    "sessions": list,
    "note": str,
}
_HEAD = "format = 1"
_MOST_DOTS = 3_000
_MOST_PARTS = 50  # in each other
_ZERO, _MINUTE = timedelta(), timedelta(minutes=1)


class TomlTable:
    """A table of the text with its name, such as `file: notice[2].day[1]`."""

    def __init__(self, name: str, table: object, keys: Mapping[str, type]) -> None:
        """Refuse a value that is not a table, unknown keys, and values of the wrong type."""
        self.name = name
        if not isinstance(table, dict):
            raise InputTypeError(code="not_a_table", field=name, value=short_repr(table))
        self.values: dict[str, Any] = table
        for key, value in table.items():
            if key not in keys:
                self.refuse(key, "no_such_key", value=_as_written(value), known=tuple(keys))
            kind = keys[key]
            if type(value) is not kind:
                code, example = f"toml_not_{kind.__name__}", _example(key, kind)
                self.refuse(key, code, value=_as_written(value), example=example)

    def refuse(self, key: str, code: str, /, **facts: object) -> NoReturn:
        """Raise `InputError` for a key of this table."""
        raise InputError(code=code, field=self.at(key), **facts)

    def at(self, key: str) -> str:
        """Return the full name of a key: `file: notice[2].day[1].kind`."""
        return f"{self.name} {key}" if self.name.endswith(":") else f"{self.name}.{key}"

    def require(self, *keys: str) -> None:
        """Refuse a table without one of these keys."""
        for key in keys:
            if key not in self.values:
                self.refuse(key, "missing_key", example=_EXAMPLES.get(key, f'{key} = "..."'))

    def tables(self, key: str, keys: Mapping[str, type]) -> list["TomlTable"]:
        """Return the tables listed under a key, each by its number from 1."""
        listed = self.values.get(key, [])
        return [TomlTable(f"{self.at(key)}[{n}]", table, keys) for n, table in enumerate(listed, 1)]

    def pick(self, *keys: str) -> dict[str, Any]:
        """Return the values of those keys that are there."""
        return {key: self.values[key] for key in keys if key in self.values}

    def build(self, make: Callable[..., T], /, **values: Any) -> T:
        """Build a value. An error that it raises gets the name of the table in front."""
        try:
            return make(**values)
        except InputError as error:
            raise error.of_field(self.at(_KEYS.get(error.field, error.field))) from error
        except NoWorkingTimeError as error:
            raise NoWorkingTimeError(
                code="in_file", where=self.name.removesuffix(":"), cause=error
            ) from error


def _example(key: str, kind: type) -> str:
    """Return an example of a key of that type."""
    if kind is str and key in _SEASON_EXAMPLES:
        return _SEASON_EXAMPLES[key]
    return _EXAMPLES[key] if key in _EXAMPLES else f"{key} = {_FORMS[kind]}"


def _as_written(value: object) -> str:
    """Return a value as the file has it: a date as a date."""
    return value.isoformat() if isinstance(value, date | time) else short_repr(value)


def check_text(given: object, where: str) -> str:
    """Return the value if it is a text.

    Raises:
        InputTypeError: it is not, or it is a path, which is not read here.
    """
    if not isinstance(given, str):
        raise InputTypeError(
            code="path_not_read" if hasattr(given, "read_text") else "not_decoded", field=where
        )
    return given


def parse_toml(text: object, where: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises:
        InputError: it is not TOML.
    """
    import tomllib

    text = check_text(text, where)
    try:
        # Keys of many parts would take tomllib minutes, by the square of their length.
        if sum(line.count(".") ** 2 for line in text.split("\n")) > _MOST_DOTS**2:
            raise ValueError(f"more than {_MOST_DOTS} dots in one line, or as much in several")
        return tomllib.loads(text)
    except (ValueError, RecursionError) as cause:  # a TOMLDecodeError is a ValueError
        is_path = "\n" not in text and "=" not in text and text.strip() != ""
        code, facts = (
            ("toml_is_path", {}) if is_path else ("toml_unreadable", {"cause": str(cause)})
        )
        raise InputError(code=code, field=where, **facts) from cause


def notices_from_toml(text: str, *, where: str = "<text>") -> tuple[Notice, ...]:
    """Return the notices of a TOML text that has only `format = 1` and `[[notice]]`.

    Args:
        text: the text.
        where: its name in messages, such as a file name.

    Raises:
        InputError: the text cannot be read. It names file, table, key and value.

    Example:
        >>> text = '''
        ... format = 1
        ... [[notice]]
        ... document = "1/TB-MAU"
        ... issued = 2025-04-01
        ... [[notice.day]]
        ... date = 2025-04-28
        ... kind = "off"
        ... '''
        >>> [notice] = notices_from_toml(text)
        >>> print(notice.document, notice.days[0].date, notice.days[0].kind)
        1/TB-MAU 2025-04-28 off
    """
    top = read_top(text, where, {"format": int, "notice": list})
    return tuple(read_notice(table) for table in top.tables("notice", NOTICE))


def read_top(text: str, where: str, keys: Mapping[str, type]) -> TomlTable:
    """Return the whole text as a table of these keys. Another format is refused."""
    top = TomlTable(f"{where}:", parse_toml(text, where), keys)
    top.require("format")
    if top.values["format"] != 1:
        top.refuse("format", "unknown_value", value=short_repr(top.values["format"]), known=1)
    return top


def read_notice(table: TomlTable) -> Notice:
    """Return the notice of a table."""
    table.require("document")
    if table.values.get("status") != "expected":  # a proposal may have no date
        table.require("issued")
    if "known_through" not in table.values:  # a notice may say only that a year is settled
        table.require("day")
    values = {key: value for key, value in table.values.items() if key != "day"}
    days = [read_day(day) for day in table.tables("day", DAY)]
    values.setdefault("issued", None)
    return table.build(Notice, days=days, **values)


def read_day(table: TomlTable) -> NoticeDay:
    """Return the day of a notice, or an office's own day."""
    table.require("date", "kind")
    return table.build(NoticeDay, **table.values)


def calendar_from_toml(text: str, *, where: str = "<text>") -> WorkCalendar:
    """Return the calendar that a TOML text describes.

    Args:
        text: the text. For its keys see the top of `phananh.worktime.formats.toml`.
        where: its name in messages, such as a file name.

    Raises:
        InputError: the text cannot be read. It names file, table, key and value.
        NoWorkingTimeError: the calendar has no working time.

    Example:
        >>> text = '''
        ... format = 1
        ... name = "mau"
        ... hours = "VP"
        ... '''
        >>> print(calendar_from_toml(text).add(friday, timedelta(hours=5)))
        2025-04-26 10:00:00+07:00
    """
    return _read_calendar(
        read_top(text, where, {"format": int, **_CALENDAR, **TIMETABLE, **_COMBINED})
    )


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
        return table.build(
            CombinedTimetable,
            op=table.values["op"],
            parts=[_read_part(part) for part in table.tables("part", _PART)],
        )
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
    if table.name.count("part[") > _MOST_PARTS:
        table.refuse("part", "nested_too_deeply")
    if "name" in table.values:
        return _read_calendar(table)
    _check_alone(table, "name", _CALENDAR)
    if "span" not in table.values:
        return _read_timetable(table)
    _check_alone(table, "span", {**TIMETABLE, **_COMBINED})
    return table.build(
        Spans,
        spans=[_read_span(span) for span in table.tables("span", _SPAN)],
        **table.pick("note"),
    )


def _read_span(table: TomlTable) -> Span:
    table.require("from", "to")
    for key, value in table.values.items():
        if value.utcoffset() is None:
            table.refuse(key, "toml_no_offset", value=value.isoformat())
    return table.build(Span, start=table.values["from"], end=table.values["to"])


def _read_hours(table: TomlTable) -> Hours:
    table.require("days", "sessions")
    values = dict(table.values)
    ends = {key: values.pop(key) for key in _SEASON_EXAMPLES if key in values}
    for key in _SEASON_EXAMPLES if ends else ():
        if key not in ends:
            table.refuse(key, "missing_key", example='from = "10-16", to = "04-15"')
    return table.build(Hours, season=(ends["from"], ends["to"]) if ends else None, **values)


def calendar_to_toml(calendar: WorkCalendar) -> str:
    """Return a calendar as TOML, which reads back equal.

    Raises:
        InputError: its public days are not the built-in ones, or a date of a notice is unknown.

    Example:
        >>> text = calendar_to_toml(vietnam_calendar("VP"))
        >>> text.splitlines()[:3]
        ['format = 1', 'name = "VP"', 'zone = "Asia/Ho_Chi_Minh"']
        >>> calendar_from_toml(text) == vietnam_calendar("VP")
        True
    """
    check_kind(WorkCalendar, "calendar", [calendar])
    return "\n".join((_HEAD, *_lines(_calendar_table(calendar), ""))) + "\n"


def _lines(table: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield a table line by line: its own values first, then its tables and lists of tables."""
    tables = {
        key: value
        for key, value in table.items()
        if isinstance(value, dict)
        or (isinstance(value, list) and value and isinstance(value[0], dict))
    }
    for key, value in table.items():
        if key not in tables and value is not None:
            yield f"{key} = {_value(value)}"
    for key, value in tables.items():
        head = f"[{path}{key}]" if isinstance(value, dict) else f"[[{path}{key}]]"
        for each in [value] if isinstance(value, dict) else value:
            yield from ("", head, *_lines(each, f"{path}{key}."))


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


def _timetable_table(timetable: Timetable | CombinedTimetable) -> dict[str, Any]:
    if isinstance(timetable, CombinedTimetable):
        return {"op": timetable.op, "part": [_part_table(part) for part in timetable.parts]}
    derived = "; ".join(dict.fromkeys(part.source for part in timetable.hours if part.source))
    source, english = timetable.source, timetable.source_en
    found: dict[str, Any] = {"source": source} if source != derived else {}
    if english != source:
        found["source_en"] = english
    return {
        **found,
        "assumed": timetable.assumed or None,
        "schedule": [_hours_table(part) for part in timetable.hours],
        **({"override": _day_tables(timetable.overrides)} if timetable.overrides else {}),
    }


def _part_table(part: Any) -> dict[str, Any]:
    if isinstance(part, WorkCalendar):
        return _calendar_table(part)
    if isinstance(part, Spans):
        spans = [{"from": span.start, "to": span.end} for span in part.spans]
        return {"note": part.note or None, "span": spans}
    return _timetable_table(part)


def _hours_table(hours: Hours) -> dict[str, Any]:
    first, last = hours.season or (None, None)
    return {
        "days": day_names(hours.days),
        "sessions": [str(part) for part in hours.sessions],
        "from": "{:02d}-{:02d}".format(*first) if first else None,
        "to": "{:02d}-{:02d}".format(*last) if last else None,
        "effective_from": hours.effective_from,
        "effective_to": hours.effective_to,
        "source": hours.source or None,
    }


def _day_tables(days: Iterable[NoticeDay]) -> list[dict[str, Any]]:
    return [
        {
            "date": day.date,
            "kind": day.kind,
            "swapped_with": day.swapped_with,
            "sessions": [str(part) for part in day.sessions] or None,
            "note": day.note or None,
        }
        for day in days
    ]


def _calendar_table(calendar: WorkCalendar) -> dict[str, Any]:
    known_from, known_through = calendar.known_from, calendar.known_through
    timetable = _timetable_table(calendar.timetable)
    return {
        "name": calendar.name,
        "zone": calendar.zone,
        "base": _name_base(calendar),
        "as_of": _find_as_of(calendar),
        "known_from": known_from if known_from != calendar.first_known_day else None,
        "known_through": known_through if known_through != calendar.last_known_day else None,
        "strict": calendar.strict or None,
        "expected": calendar.expected or None,
        **({"timetable": timetable} if timetable.get("override") else timetable),
        "notice": [_notice_table(notice) for notice in calendar.notices] or None,
        "override": _day_tables(calendar.overrides) or None,
    }


def _notice_table(notice: Notice) -> dict[str, Any]:
    _check_dates(notice)
    return {
        "document": notice.document,
        "issued": notice.issued,
        "status": notice.status,
        "office": notice.office or None,
        "known_on": None if notice.known_on == notice.issued else notice.known_on,
        "known_through": notice.known_through,
        "source": notice.source or None,
        "note": notice.note or None,
        "also": notice.also or None,
        "day": _day_tables(notice.days) or (None if notice.known_through else []),
    }


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
    day = max(each for each in (*known, days.seen_on) if each)
    return day if VIETNAM_DAYS.as_of(day) == days else None


def _check_dates(notice: Notice) -> None:
    """Refuse a notice without a date that the file has to say."""
    facts = {"field": "notices", "document": notice.document, "format": "TOML"}
    if notice.issued is None and notice.status == "official":
        raise InputError(code="no_issue_date", **facts)
    if notice.issued is not None and notice.known_on is None:
        raise InputError(code="no_known_on", **facts)
