"""The ladder of messages: at which event or moment of a limit, which letter, to whom, and how.

In TOML a rung is a table:

    [[send]]
    when = "80%"                # or "due", "+4h", "+1d", or the class of an event
    letter = "reminder"
    to = ["holder", "head"]     # or "office"
    by = ["smtp"]               # all channels by default

A notice is for the "unit" that was notified, or the office, and every letter but these two for the
"sender". A moment counts working time of the holder, and a day is 8 hours.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

import attrs

from phananh.errors import short_repr
from phananh.regulation.events import EVENTS
from phananh.worktime import WorkCalendar
from phananh.worktime.formats.toml import TomlTable

# Each letter, and who may get it: one to the sender names them, and a notice names the accused.
_RECIPIENTS = {
    **dict.fromkeys(
        ("receipt", "missing", "refusal", "appointment", "reschedule", "answer"), ("sender",)
    ),
    "unit_notice": ("unit", "office"),
    "reminder": ("holder", "head", "office"),
}
_PERCENT, _LATER = re.compile(r"([0-9]{1,2})%"), re.compile(r"\+([0-9]{1,3})([hd])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(hours=8)}
KEYS: Final[Mapping[str, type]] = {"when": str, "letter": str, "to": list, "by": list}
USUAL: Final = (
    ("Received", "receipt", ["sender"]),
    ("Rejected", "refusal", ["sender"]),
    ("VerificationRequested", "appointment", ["sender"]),
    ("Rescheduled", "reschedule", ["sender"]),
    ("Answered", "answer", ["sender"]),
    ("UnitNotified", "unit_notice", ["unit"]),
    ("50%", "reminder", ["holder"]),
    ("80%", "reminder", ["holder"]),
    ("due", "reminder", ["holder", "head"]),
    ("+4h", "reminder", ["head"]),
    ("+1d", "reminder", ["head", "office"]),
)


@attrs.frozen
class Rung:
    """One kind of message: at which event or moment, which letter, to whom, by which channels."""

    when: str
    letter: str
    to: list[str]
    by: list[str]

    def find_moment(self, calendar: WorkCalendar, start: datetime, due: datetime) -> datetime:
        """Return when a limit from `start` to `due` reaches this moment, by working time."""
        if percent := _PERCENT.fullmatch(self.when):
            return calendar.add(start, calendar.between(start, due) * int(percent[1]) / 100)
        later = _LATER.fullmatch(self.when)
        return calendar.add(due, int(later[1]) * _UNITS[later[2]]) if later else due


def read_rung(table: TomlTable, channels: Collection[str]) -> Rung:
    """Return the rung of a table.

    Raises:
        InputError: a value that is not known, or a recipient whom the letter is not for. It names
            file, table and key.
    """
    table.require("when", "letter", "to")
    values = {"by": [*channels], **table.values}
    when = values["when"]
    if not (_PERCENT.fullmatch(when) or _LATER.fullmatch(when) or when == "due"):
        _check_known(table, "when", [when], (*EVENTS, "50%", "due", "+4h", "+1d"))
    _check_known(table, "letter", [values["letter"]], _RECIPIENTS)
    _check_known(table, "to", values["to"], _RECIPIENTS[values["letter"]])
    _check_known(table, "by", values["by"], channels)
    return Rung(**values)


def _check_known(
    table: TomlTable, key: str, values: Collection[object], known: Collection[str]
) -> None:
    for value in values:
        if value not in tuple(known):  # a value of TOML need not have a hash
            table.refuse(key, "unknown_value", value=short_repr(value), known=tuple(known))
