"""Notices and single days in TOML: the tables `[[notice]]`, `[[notice.day]]`, `[[override]]`."""

import datetime as dt
from collections.abc import Mapping

from phananh.worktime.days.notices import Notice, NoticeDay, half_swap, told_half
from phananh.worktime.formats.toml_table import TomlTable, parsed

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
    """Return the notices of a TOML text that has nothing else: `format = 1` and `[[notice]]`.

    Raises:
        InputError: with file, table, key and value.
    """
    top = TomlTable(f"{where}:", parsed(text, where), {"format": int, "notice": list})
    top.need("format")
    if top.values["format"] != 1:
        top.refuse("format", f"{top.values['format']} is unknown", "use 1")
    return tuple(notice_of(table) for table in top.tables("notice", NOTICE))


def notice_of(place: TomlTable) -> Notice:
    """Return the notice of a table."""
    place.need("document")
    if place.values.get("status") != "expected":  # a proposal may have no date
        place.need("issued")
    if "known_through" not in place.values:  # a notice may say only that a year is settled
        place.need("day")
    values = {key: value for key, value in place.values.items() if key != "day"}
    days = [day_of(day) for day in place.tables("day", DAY)]
    values.setdefault("issued", None)
    half = half_swap(days)
    if half:
        number, problem = days.index(half) + 1, told_half(values["document"], half)
        place.refuse(f"day[{number}].swapped_with", problem, "list both days")
    made: Notice = place.made(Notice, days=days, **values)
    return made


def day_of(place: TomlTable) -> NoticeDay:
    """Return the day of a notice, or an office's own day."""
    place.need("date", "kind")
    made: NoticeDay = place.made(NoticeDay, **place.values)
    return made
