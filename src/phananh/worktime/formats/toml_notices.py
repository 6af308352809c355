"""Notices and single days in TOML: the tables `[[notice]]`, `[[notice.day]]`, `[[override]]`."""

import datetime as dt
from collections.abc import Mapping

from phananh.errors import short_repr
from phananh.worktime.days.notices import Notice, NoticeDay, find_half_swap
from phananh.worktime.formats.toml_table import TomlTable, parse_toml

NOTICE: Mapping[str, type] = {
    "document": str,
    "issued": dt.date,
    "status": str,
    "office": str,
    "known_on": dt.date,
    "known_through": dt.date,
    "also": list,
    "source": str,
    "note": str,
    "day": list,
}
DAY: Mapping[str, type] = {
    "date": dt.date,
    "kind": str,
    "swapped_with": dt.date,
    "sessions": list,
    "note": str,
}


def notices_from_toml(text: str, *, where: str = "<text>") -> tuple[Notice, ...]:
    """Return the notices of a TOML text that has only `format = 1` and `[[notice]]`.

    Args:
        text: the text.
        where: its name in messages, such as a file name.

    Raises:
        InputError: the text cannot be read. It names file, table, key and value.
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
    half = find_half_swap(days)
    if half:
        key = f"day[{days.index(half) + 1}].swapped_with"
        facts = {"document": values["document"], "day": half.date, "other": half.swapped_with}
        table.refuse(key, "half_swap", **facts)
    return table.build(Notice, days=days, **values)


def read_day(table: TomlTable) -> NoticeDay:
    """Return the day of a notice, or an office's own day."""
    table.require("date", "kind")
    return table.build(NoticeDay, **table.values)
