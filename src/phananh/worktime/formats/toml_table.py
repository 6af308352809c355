"""Where in a TOML text something stands, so that a message names file, table and key."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NoReturn

from phananh.errors import InputError, InputTypeError, NoWorkingTimeError, short_repr

_NAMES = {
    list: "a list",
    int: "a whole number",
    str: "a text",
    bool: "a boolean",
    dt.date: "a date",
    dt.datetime: "a date and time",
    dict: "a table",
}
_FORMS = {
    int: "1",
    str: '"..."',
    bool: "true",
    list: '["..."]',
    dt.date: "2026-03-04",
}
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
# What a value calls it, where the file has another word.
_KEYS = {"span": "to", "parts": "part", "overrides": "override", "notices": "notice"}


class TomlTable:
    """A table of the text with its name, such as `file: notice[2].day[1]`."""

    def __init__(self, name: str, table: object, keys: Mapping[str, type]) -> None:
        """Refuse what is no table, keys nobody knows, and values of the wrong type."""
        self.name = name
        if not isinstance(table, dict):
            raise InputTypeError(field=name, problem=f"{short_repr(table)} is not a table")
        self.values: dict[str, Any] = table
        for key, value in table.items():
            if key not in keys:
                self.refuse(key, f"{_written(value)}: no such key", f"use {', '.join(keys)}")
            if type(value) is not keys[key]:
                problem = f"{_written(value)} is not {_NAMES[keys[key]]}"
                self.refuse(key, problem, f"write {_example(key, keys[key])}")

    def refuse(self, key: str, problem: str, way_out: str) -> NoReturn:
        """Raise `InputError` for a key of this table."""
        raise InputError(field=self.at(key), problem=problem, way_out=way_out)

    def at(self, key: str) -> str:
        """Return the full name of a key: `file: notice[2].day[1].kind`."""
        return f"{self.name} {key}" if self.name.endswith(":") else f"{self.name}.{key}"

    def need(self, *keys: str) -> None:
        """Refuse a table without one of these keys."""
        for key in keys:
            if key not in self.values:
                self.refuse(
                    key, "is missing", f"write {_EXAMPLES[key]}" if key in _EXAMPLES else ""
                )

    def tables(self, key: str, keys: Mapping[str, type]) -> list["TomlTable"]:
        """Return the tables listed under a key, each by its number from 1."""
        listed = self.values.get(key, [])
        return [TomlTable(f"{self.at(key)}[{n}]", table, keys) for n, table in enumerate(listed, 1)]

    def given(self, *keys: str) -> dict[str, Any]:
        """Return the values of those keys that are there."""
        return {key: self.values[key] for key in keys if key in self.values}

    def made(self, make: Any, /, **values: Any) -> Any:
        """Build a value; an error it raises gets the name of the table in front."""
        try:
            return make(**values)
        except InputError as error:
            key = _KEYS.get(error.field, error.field)
            raise type(error)(
                field=self.at(key), problem=error.problem, way_out=error.way_out
            ) from error
        except NoWorkingTimeError as error:
            problem = f"{self.name.removesuffix(':')}: {error.problem}"
            raise NoWorkingTimeError(problem=problem, way_out=error.way_out) from error


def _example(key: str, kind: type) -> str:
    """Return how a key of that type is written."""
    if kind is str and key in _SEASON:
        return _SEASON[key]
    return _EXAMPLES[key] if key in _EXAMPLES else f"{key} = {_FORMS[kind]}"


def _written(value: object) -> str:
    """Return a value as it stands in the file: a date as a date."""
    return value.isoformat() if isinstance(value, dt.date | dt.time) else short_repr(value)


def text_wanted(given: object) -> str:
    """Return the way out for what is no text: a path is not read here."""
    is_path = hasattr(given, "read_text")
    return 'use .read_text(encoding="utf-8")' if is_path else "decode it as UTF-8"


def parsed(text: object, where: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises:
        InputError: it is no TOML.
    """
    import tomllib

    if not isinstance(text, str):
        raise InputTypeError(field=where, problem="is not a text", way_out=text_wanted(text))
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as cause:
        is_path = "\n" not in text and "=" not in text and text.strip() != ""
        way_out = "give the text of the file, not its path" if is_path else ""
        raise InputError(field=where, problem=f"is not TOML: {cause}", way_out=way_out) from cause
