"""A table of a TOML text with its place, so that a message names file, table and key."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from phananh.errors import InputError, InputTypeError, NoWorkingTimeError, short_repr
from phananh.worktime.formats.toml_limits import check_number, check_parts, check_size

T = TypeVar("T")
_FORMS = {int: "1", str: '"..."', bool: "true", list: '["..."]', dt.date: "2026-03-04"}
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
_SEASON = {"from": 'from = "10-16"', "to": 'to = "04-15"'}
# The most frequent messages of `tomllib`, in its own words.
_SYNTAX = {
    "Expected newline or end of document after a statement": "toml_newline",
    "Expected '=' after a key in a key/value pair": "toml_equals",
    "Expected ']' at the end of a table declaration": "toml_table_end",
    "Expected ']]' at the end of an array declaration": "toml_array_end",
    "Invalid statement": "toml_statement",
    "Invalid value": "toml_value",
    "Invalid initial character for a key part": "toml_key",
    "Invalid date or datetime": "toml_date",
    "Unterminated string": "toml_string",
    "Unclosed array": "toml_array",
    "Cannot overwrite a value": "toml_twice",
}
_AT = re.compile(r"(.+) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)")
# The field's name in a value, and the file's word for it.
_KEYS = {
    "span": "to",
    "day.kind": "kind",
    "parts": "part",
    "overrides": "override",
    "notices": "notice",
}


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
                self.refuse(key, "missing_key", example=_EXAMPLES[key])

    def tables(self, key: str, keys: Mapping[str, type]) -> list["TomlTable"]:
        """Return the tables listed under a key, each by its number from 1."""
        listed = self.values.get(key, [])
        check_number(listed, key, self.at(key))
        return [TomlTable(f"{self.at(key)}[{n}]", table, keys) for n, table in enumerate(listed, 1)]

    def pick(self, *keys: str) -> dict[str, Any]:
        """Return the values of those keys that are there."""
        return {key: self.values[key] for key in keys if key in self.values}

    def build(self, make: Callable[..., T], /, **values: Any) -> T:
        """Build a value. An error that it raises gets the name of the table in front."""
        try:
            return make(**values)
        except InputError as error:
            key = _KEYS.get(error.field, error.field)
            raise error.of_field(self.at(key)) from error
        except NoWorkingTimeError as error:
            where = self.name.removesuffix(":")
            raise NoWorkingTimeError(code="in_file", where=where, cause=error) from error


def _example(key: str, kind: type) -> str:
    """Return an example of a key of that type."""
    if kind is str and key in _SEASON:
        return _SEASON[key]
    return _EXAMPLES[key] if key in _EXAMPLES else f"{key} = {_FORMS[kind]}"


def _as_written(value: object) -> str:
    """Return a value as the file has it: a date as a date."""
    return value.isoformat() if isinstance(value, dt.date | dt.time) else short_repr(value)


def check_text(given: object, where: str) -> str:
    """Return the value if it is a text.

    Raises:
        InputTypeError: it is not, or it is a path, which is not read here.
    """
    if not isinstance(given, str):
        code = "path_not_read" if hasattr(given, "read_text") else "not_decoded"
        raise InputTypeError(code=code, field=where)
    return given


def parse_toml(text: object, where: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises:
        InputError: it is not TOML, or exceeds a limit of `toml_limits`.
    """
    import tomllib

    text = check_text(text, where)
    check_size(text, where)
    try:
        found = tomllib.loads(text)
        check_parts(found, where)
    except InputError:
        raise
    except (ValueError, RecursionError) as cause:  # a TOMLDecodeError is a ValueError
        is_path = "\n" not in text and "=" not in text and text.strip() != ""
        code, facts = ("toml_is_path", {}) if is_path else _syntax_error(str(cause))
        raise InputError(code=code, field=where, **facts) from cause
    return found


def _syntax_error(cause: str) -> tuple[str, dict[str, object]]:
    """Return the code for a message of `tomllib`, and the place in the text."""
    said = _AT.fullmatch(cause)
    code = _SYNTAX.get(said[1]) if said else None
    if said is None or code is None:
        return "toml_unreadable", {"cause": cause}
    if said[2] is None:
        return f"{code}_at_end", {}
    return code, {"line": int(said[2]), "column": int(said[3])}
