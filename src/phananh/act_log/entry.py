"""One line of an act log, read strictly: JSON in, an act out, or what is wrong and where.

The keys of an act are the fields of its class, and their types say how each is read. An
unknown, missing or doubled key, a wrong type and a wrong slug are each an InputError that
names the path. The message repeats no other wrong value than an act, a slug, a time, or the name
of a case or key, because it may be personal.
"""

import difflib
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from math import isinf
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin
from unicodedata import category

import attrs

from phananh.errors import InputError, InputTypeError, short_repr, show_key
from phananh.messages.labels import WORDS
from phananh.regulation import acts as a
from phananh.regulation.cleaning import clean_instant, clean_text, is_blank
from phananh.regulation.request import Person, parse_slug
from phananh.spreadsheet import read_pairs

LONGEST_LINE = 1_000_000  # bytes: the longest texts of an act fit, escaped letter by letter
LONGEST_NAME = 200  # characters of a case, a key or a log
_LONGEST_NUMBER = 20  # digits: the only number of a log is a score
_OF_TIMES = frozenset("0123456789-+:.,/ TZWtzw")
Json = dict[str, Any]
T = TypeVar("T")
Fields = tuple["attrs.Attribute[Any]", ...]


@attrs.frozen(kw_only=True)
class Entry:
    """A line that could be read: its act (None for a sweep), case name, time and key."""

    trigger: str
    at: datetime
    case: str | None
    key: str | None
    act: a.Act | None


def read_object(line: bytes) -> Json:
    """Return the JSON object of a line.

    Raises:
        InputError: the line is longer than `LONGEST_LINE`, or is not JSON.
        InputTypeError: it is JSON, but not an object.
    """
    if len(line) > LONGEST_LINE:
        raise InputError(field="line", code="line_too_long", limit=f"{LONGEST_LINE:,}")
    value = _parse(line)
    if isinstance(value, InputError):  # raised here, so that no cause shows the line
        raise value
    return _require(dict, "not_an_object", value, "line")


def _parse(line: bytes) -> Any:
    """Return the JSON of a line, or the error that says why it has none."""
    try:
        return json.loads(
            line.decode("utf-8"), object_pairs_hook=read_pairs, parse_constant=_refuse_constant,
            parse_int=_read_int, parse_float=_read_float,
        )  # fmt: skip
    except InputError as error:
        return error
    except UnicodeDecodeError as error:
        return InputError(field="line", code="not_utf8", number=error.start + 1)
    except RecursionError:
        return InputError(field="line", code="nested_too_deeply")
    except json.JSONDecodeError as error:
        return InputError(field="line", code="not_json", number=error.colno)


def _refuse_constant(name: str) -> Any:
    raise InputError(field="line", code="not_json_constant", value=name)


def _read_int(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise InputError(field="line", code="number_too_long", limit=_LONGEST_NUMBER)
    return int(digits)


def _read_float(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise InputError(field="line", code="not_json_constant", value=short_repr(text))
    return number


def _require(kind: type[T], code: str, value: Any, field: str) -> T:
    if not isinstance(value, kind):
        raise InputTypeError(field=field, code=code, value=type(value).__name__)
    return value


def _read_instant(value: Any, field: str) -> datetime:
    """Return an ISO 8601 instant with an offset. Digits past the microsecond are cut."""
    _require(str, "not_a_text", value, field)
    # Newer Pythons read 24:00 as the next day, but here an instant stays on the day it names.
    if value[10:13].lstrip("T ").startswith("24"):
        raise InputError(field=field, code="time_24_00", value=_show_time(value))
    instant = None
    with suppress(ValueError):  # whose text has the value
        instant = datetime.fromisoformat(value)
    if instant is None:
        raise InputError(field=field, code="not_iso_8601", value=_show_time(value))
    if instant.tzinfo is None:
        raise InputError(field=field, code="no_offset", value=instant.isoformat())
    return clean_instant(instant, field=field)


def _show_time(text: str) -> str:
    """Return what should have been a time as messages show it, hidden if it is something else."""
    return short_repr(text) if set(text) <= _OF_TIMES else "'...'"


def _read(kind: Any, value: Any, field: str) -> Any:
    """Return a value as the type of its field says. Words and numbers stay as they are."""
    if NoneType in get_args(kind):  # None is said by leaving the key out
        (kind,) = set(get_args(kind)) - {NoneType}
    if get_origin(kind) is tuple:
        return _read_items(get_args(kind)[0], value, field)
    if kind is datetime:
        return _read_instant(value, field)
    return _read_value(kind, value, field) if attrs.has(kind) else value


def _read_items(kind: type, value: Any, field: str) -> tuple[Any, ...]:
    items = _require(list, "not_a_list", value, field)
    if kind is str:
        return tuple(_require(str, "not_a_text", item, field) for item in items)
    return tuple(_read(kind, item, f"{field}[{n}]") for n, item in enumerate(items))


def _read_value(kind: type, value: Any, field: str) -> Any:
    """Return a person, a sender or the like. A wrong slug is found before a wrong id."""
    found, fields = _require(dict, "not_an_object", value, field), attrs.fields(kind)
    _check_keys(found, _list_keys(fields), f"{field}.")
    for each in fields:
        is_slug = isinstance(each.type, type) and issubclass(each.type, StrEnum)
        if is_slug and each.name in found:
            parse_slug(each.type, found[each.name], field=f"{field}.{each.name}")
    try:
        return kind(**found)
    except InputError as error:
        raise error.of_field(f"{field}.{error.field}") from None


def _list_keys(fields: Fields) -> dict[str, bool]:
    """Return the keys of an object in order, each with whether it has to be there."""
    return {field.name: field.default is attrs.NOTHING for field in fields}


def _check_keys(found: Json, needed: Mapping[str, bool], prefix: str = "") -> None:
    for key in found:
        if key not in needed:
            field = prefix + show_key(key)
            near = difflib.get_close_matches(key, needed, n=1)
            if near:
                raise InputError(field=field, code="unknown_key_near", near=near[0])
            raise InputError(field=field, code="unknown_key_of", known=tuple(needed))
    for key, is_needed in needed.items():
        if is_needed and key not in found:
            raise InputError(field=prefix + key, code="missing")


# act: the fields that are its own
FIELDS: dict[str, Fields] = {
    trigger: tuple(field for field in attrs.fields(act) if field.name not in ("by", "at"))
    for trigger, act in a.ACTS.items()
    if trigger not in a.SYSTEM_TRIGGERS
} | {"sweep": ()}


def read_entry(found: Json) -> Entry:
    """Return the entry of a line's object, or raise InputError naming the path."""
    try:
        return _read_keys(found)
    except RecursionError:  # json could read it, but repr cannot show it
        raise InputError(field="line", code="nested_too_deeply") from None


def _read_keys(found: Json) -> Entry:
    trigger = _read_trigger(found)
    is_sweep, fields = trigger == "sweep", FIELDS[trigger]
    of_a_case = {} if is_sweep else {"case": True}
    common = {"act": True, "at": True, "by": not is_sweep, **of_a_case, "key": False}
    # An anonymous sender is {}, not a missing key.
    named = {"sender": True} if trigger == "receive" else {}
    _check_keys(found, common | _list_keys(fields) | named)
    by = _read_value(Person, found["by"], "by") if "by" in found else None
    return Entry(
        trigger=trigger,
        at=_read_instant(found["at"], "at"),
        case=None if is_sweep else _read_case(found["case"]),
        key=clean_name(found["key"], field="key") if "key" in found else None,
        act=None if by is None or is_sweep else _read_act(trigger, fields, found, by),
    )


def _read_trigger(found: Json) -> str:
    if "act" not in found:
        raise InputError(field="act", code="missing")
    trigger = found["act"]
    if isinstance(trigger, str) and trigger in FIELDS:
        return trigger
    value = short_repr(trigger) if isinstance(trigger, str) else type(trigger).__name__
    near = difflib.get_close_matches(str(trigger)[:40], FIELDS, n=1)
    if near and str(trigger) not in WORDS["trigger"]:  # a step that no log has is no slip
        raise InputError(field="act", code="unknown_act", value=value, near=near[0])
    raise InputError(field="act", code="unknown_value", value=value, known=tuple(FIELDS))


def _read_case(value: Any) -> str:
    """Return the log's own name of a case: any text that fits on one line."""
    name = clean_name(value, field="case", blank="blank_case_name")
    if name != name.strip():
        raise InputError(field="case", code="spaces_at_an_edge", value=short_repr(name))
    return name


def clean_name(value: object, *, field: str, blank: str = "blank_option") -> str:
    """Return a name in NFC, of at most `LONGEST_NAME` characters on one line.

    Raises:
        InputError: the name is blank, too long, or has a control character or a line break.
    """
    text = clean_text(value, field=field, limit=LONGEST_NAME)
    if is_blank(text):
        raise InputError(field=field, code=blank)
    if any(category(c) in ("Cc", "Zl", "Zp") for c in text):
        raise InputError(field=field, code="control_character", value=short_repr(text))
    return text


def _read_act(trigger: str, fields: Fields, found: Json, by: Person) -> a.Act:
    given = [field for field in fields if field.name in found]
    for field in given:
        if found[field.name] is None:
            raise InputTypeError(field=field.name, code="null")
    payload = {field.name: _read(field.type, found[field.name], field.name) for field in given}
    act = a.ACTS[trigger](by=by, **payload)
    a.check_typed(act)
    return act
