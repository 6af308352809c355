"""Days off from a feed of public holidays, such as `holidays` or a calendar provider exports.

Such a feed names no documents. Its days become one notice with a name that you choose and no date
of issue, so that every dated notice comes before it.
"""

import datetime as dt
from collections.abc import Iterable

from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.formats.ical_component import Component

_STATUSES = {"": "official", "CONFIRMED": "official", "TENTATIVE": "expected"}


def is_whole_day(event: Component) -> bool:
    """Return whether an event begins on a date, not at a time."""
    return not isinstance(event.moment("DTSTART"), dt.datetime)


def read_holidays(events: Iterable[Component], document: str) -> tuple[Notice, ...]:
    """Return all-day events as days off, with those that are only tentative as expected.

    Raises:
        InputError: an event recurs, or cannot be read.
    """
    found: dict[str, dict[dt.date, list[str]]] = {}
    for event in events:
        event.check_lines()
        event.check_alone()
        status = event.text("STATUS").upper()
        if status not in _STATUSES:
            event.refuse("STATUS", "unknown_value", value=status, known=tuple(_STATUSES)[1:])
        for day in event.days():
            names = found.setdefault(_STATUSES[status], {}).setdefault(day, [])
            names.append(event.text("SUMMARY"))
    return tuple(_notice(document, status, found[status]) for status in sorted(found, reverse=True))


def _notice(document: str, status: str, names: dict[dt.date, list[str]]) -> Notice:
    days = [
        NoticeDay(day, "off", note="; ".join(dict.fromkeys(filter(None, said))))
        for day, said in names.items()
    ]
    return Notice(document, None, status, days)
